"""``toolkit collect --status``: nothing is read anew, and the store stays as it is."""

from __future__ import annotations

import json
from typing import Any

from click.testing import CliRunner, Result

from toolkit.cli import toolkit


def run(*arguments: object) -> Result:
    return CliRunner().invoke(toolkit, ["collect", *map(str, arguments)])


def test_the_status_of_the_example(example: Any) -> None:
    before = example.store.read_bytes()
    result = run("--status", "-o", example.store.parent, "--lang", "nb")
    assert result.exit_code == 0, result.output
    assert max(map(len, result.stdout.splitlines())) <= 80
    assert "38 av 40 felt (95\u00a0%)" in result.stdout
    assert "mangler: Målinger, Målt verdi: Mindre kjøretid om natten" in result.stdout
    assert "Ansatt: 6 av 38 skjemaer" in result.stdout
    assert example.store.read_bytes() == before


def test_the_status_as_data_and_of_a_folder_named_first(example: Any) -> None:
    data = json.loads(run("--status", example.store.parent, "--json").stdout)
    assert data["schema_version"] == 1
    benefits = next(one for one in data["rounds"] if one["document"] == "d.03")
    assert (benefits["expected"], benefits["answered"], benefits["partly"]) == (4, 1, 2)
    partly = [copy for copy in benefits["copies"] if copy["state"] == "partly"]
    assert {copy["share"] for copy in partly} == {95.0}
    assert all(copy["missing"] for copy in partly)


def test_no_results_and_no_files(tmp_path: Any) -> None:
    assert run("--status", "-o", tmp_path).exit_code == 3
    result = run("-o", tmp_path)
    assert result.exit_code == 2
    assert "INPUTS" in result.stderr
