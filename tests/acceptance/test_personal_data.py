"""Personal data: told by place and kind, and in no output; with ``--redact`` not kept either."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from canaries import CANARIES, DANISH, FILES, NUMBERS, returned, texts
from click.testing import CliRunner, Result

from toolkit.cli import toolkit
from toolkit.personal import MASK
from toolkit.store import FILE

PROJECT = Path(__file__).parents[2] / "examples" / "trygg-natt" / "project.yaml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(toolkit, [f"{argument}" for argument in arguments])


class Collected(NamedTuple):
    out: Path
    told: Any
    printed: dict[str, str]


def collected(tmp_path: Path, *options: str) -> Collected:
    inbox, out = returned(tmp_path / "inbox"), tmp_path / "results"
    printed: dict[str, str] = {}
    shared = ("--project", PROJECT, "--lang", "nb")

    def said(name: str, *arguments: object) -> str:
        result = run(*arguments)
        assert result.exception is None or isinstance(result.exception, SystemExit), result.output
        printed[name] = result.stdout + result.stderr
        return result.stdout

    told = json.loads(said("json", "collect", inbox, "-o", out, *shared, *options, "--json"))
    said("page", "collect", inbox, "-o", out, *shared, *options)
    said("rehearsal", "collect", inbox, "-o", tmp_path / "no", *shared, *options, "--dry-run")
    said("status", "collect", "--status", "-o", out, "--lang", "nb")
    said("status json", "collect", "--status", "-o", out, "--json")
    said("deck", "present", out, *shared, "-o", out / "status.pptx")
    said("slips", "collect", "--slips", "-o", out, "--lang", "nb")
    said("diff", "diff", out, "--since", "1", "--lang", "nb")
    said("diff json", "diff", out, "--since", "1", "--json")
    said("purge", "purge", out, "--older-than", "1y", "--dry-run", "--json")
    said("csv", "export", out, "-o", out / "values.csv", "--lang", "nb")
    said("parquet", "export", out, "-o", out / "values.parquet", "--lang", "nb")
    for words in ("d.23", "ri01 existing", "ri02 responsible", "new", "d.03 m", NUMBERS[0]):
        said(f"trace {words[:4]}", "trace", out, words, "--lang", "nb")
        said(f"trace json {words[:4]}", "trace", out, words, "--lang", "nb", "--json")
    return Collected(out, told, printed)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Collected:
    return collected(tmp_path_factory.mktemp("plain"))


@pytest.fixture(scope="module")
def redacted(tmp_path_factory: pytest.TempPathFactory) -> Collected:
    return collected(tmp_path_factory.mktemp("redacted"), "--redact")


def held_in(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


def test_every_place_is_told_by_kind_and_none_twice(plain: Collected) -> None:
    told = {
        (found["place"].replace(MASK, "*"), found["code"])
        for found in plain.told["findings"]
        if found["code"].startswith("personal-")
    }
    expected = {
        ("ROS *.xlsx", "personal-number"),
        *(
            (f"ROS *.xlsx > Risikoer *!{at}", "personal-number")
            for at in ("E5", "O5", "AB7", "B40")
        ),
        *((f"ROS *.xlsx > Risikoer *!{at}", "personal-number") for at in ("E6", "E7", "E8", "M6")),
        ("ROS *.xlsx > Risikoer *", "personal-number"),
        ("ROS *.xlsx > Risikoer *!F5", "personal-email"),
        ("ROS *.xlsx > Risikoer *!F6", "personal-phone"),
        ("ROS *.xlsx > Risikoer *!B5, kommentar 1", "personal-number"),
        ("ROS *.xlsx > Risikoer *!B5, kommentar 1", "personal-phone"),
        ("ROS *.xlsx > Om dokumentet!B13", "personal-phone"),
        ("svar fra *", "personal-email"),
        ("mer.zip/ros *.xlsx", "personal-number"),
        ("Gevinst *.xlsx", "personal-phone"),
        ("notat.ods > Evaluering!E5, kommentar 1", "personal-number"),
        ("notat.xls > HUKI!E7, kommentar 1", "personal-number"),
        ("lagret.csv > lagret!E6", "personal-number"),
        ("svar.xlsx > Form1!G2", "personal-number"),
    }
    assert expected <= told
    rest = {(place.partition(" > ")[2] or place, code) for place, code in told - expected}
    assert {code for _, code in rest} == {"personal-number", "personal-email"}
    assert any("creator" in place for place, _ in rest)
    assert any("keywords" in place for place, _ in rest)
    assert sum(place.startswith("Målinger!") for place, _ in rest) == 2


def test_no_output_holds_any_of_it(plain: Collected) -> None:
    for name, text in plain.printed.items():
        assert held_in(text) == [], name
    paths = [path for path in plain.out.rglob("*") if path.is_file() and path.name != FILE]
    assert {path.suffix for path in paths} >= {".xlsx", ".pptx", ".csv", ".parquet", ".sqlite"}
    assert list(plain.out.glob("slips/*.xlsx"))
    for path in paths:
        assert held_in(path.name) == []
        for name, text in texts(path):
            assert held_in(text) == [], name


def test_the_text_around_it_is_still_told(plain: Collected) -> None:
    assert f"Avtalt med {MASK}" in plain.printed["json"]
    shown = " ".join(text for path in plain.out.glob("23_*.xlsx") for _, text in texts(path))
    assert f"Gjelder {MASK}, avklart" in shown


def test_without_redact_the_store_keeps_what_was_written(plain: Collected) -> None:
    store = (plain.out / FILE).read_bytes()
    assert NUMBERS[0].encode() in store
    assert FILES[0].encode() in store


def test_with_redact_not_even_the_store_holds_it(redacted: Collected) -> None:
    store = (redacted.out / FILE).read_bytes()
    assert [c for c in CANARIES if c.encode() in store] == []
    assert MASK.encode() in store
    assert DANISH not in redacted.printed["json"]
    for text in redacted.printed.values():
        assert held_in(text) == []


def test_redacting_twice_changes_nothing(redacted: Collected) -> None:
    before = (redacted.out / FILE).read_bytes()
    inbox = redacted.out.parent / "inbox"
    options = ("--project", PROJECT, "--lang", "nb", "--redact", "--json")
    again = json.loads(run("collect", inbox, "-o", redacted.out, *options).stdout)
    assert again == redacted.told
    assert (redacted.out / FILE).read_bytes() == before


def test_both_tell_the_same_files_and_places(plain: Collected, redacted: Collected) -> None:
    assert plain.told["files"] == redacted.told["files"]
    told = [
        {(f["code"], f["place"]) for f in one.told["findings"] if "personal" in f["code"]}
        for one in (plain, redacted)
    ]
    assert told[1] - told[0] == {("personal-number", "notat •••.xlsx")}  # masked before it is read
    assert told[0] <= told[1]
