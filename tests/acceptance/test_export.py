"""``toolkit export``: one line a value, for Excel and Power BI."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from canaries import CANARIES, returned
from click.testing import CliRunner, Result

from toolkit.cli import toolkit
from toolkit.present.export import COLUMNS


def run(*arguments: object) -> Result:
    return CliRunner().invoke(toolkit, [f"{argument}" for argument in arguments])


def lines(path: Path, delimiter: str) -> list[dict[str, str]]:
    text = path.read_text("utf-8-sig")
    return list(csv.DictReader(text.splitlines(), delimiter=delimiter))


def count(store: Path) -> int:
    query = (
        "SELECT count(*) FROM value v JOIN file f USING (file_id) WHERE f.status <> 'rejected' "
        "AND f.doc NOT IN (SELECT doc FROM anonymous)"
    )
    with closing(sqlite3.connect(store)) as connection:
        return int(connection.execute(query).fetchone()[0])


def test_csv_in_norwegian_opens_in_excel(example: Any, tmp_path: Path) -> None:
    out = tmp_path / "values.csv"
    result = run("export", example.store, "-o", out, "--lang", "nb")
    assert result.exit_code == 0, result.output
    assert out.read_bytes().startswith(b"\xef\xbb\xbfdocument;table;row;")
    rows = lines(out, ";")
    assert len(rows) == count(example.store)
    assert set(rows[0]) == set(COLUMNS)
    (measured,) = (
        row
        for row in rows
        if (row["field"], row["cell"], row["counts"]) == ("f.measured_value", "F13", "1")
        and row["file"] == "03_gevinstrealisering_nb_hjemmetjenesten-sone-nord.xlsx"
    )
    assert (measured["number"], measured["raw"], measured["type"]) == ("0,96", "0.96", "number")
    assert (measured["unit"], measured["unit_title"]) == ("un01", "Hjemmetjenesten sone Nord")
    assert measured["filled_date"] == "2027-08-03"
    unread = [row for row in rows if row["raw"] == "Se det an litt"]
    assert [(row["state"], row["text"]) for row in unread] == [("option-unknown", "Se det an litt")]


def test_csv_in_english_has_commas_and_points(example: Any, tmp_path: Path) -> None:
    out = tmp_path / "values.csv"
    told = json.loads(run("export", example.store, "-o", out, "--lang", "en", "--json").stdout)
    rows = lines(out, ",")
    assert told["values"] == len(rows)
    assert any(row["number"] == "0.96" for row in rows)
    assert [found["code"] for found in told["findings"]] == ["export-anonymous"]


def test_anonymous_answers_are_left_out_and_counted(example: Any, tmp_path: Path) -> None:
    out = tmp_path / "values.csv"
    result = run("export", example.store, "-o", out, "--lang", "en")
    assert (
        "16 Pilot evaluation: the document is anonymous; 514 values are left out" in result.stderr
    )
    assert "d.16" not in {row["document"] for row in lines(out, ",")}


def test_parquet_has_typed_columns_and_the_same_values(example: Any, tmp_path: Path) -> None:
    out, other = tmp_path / "values.parquet", tmp_path / "values.csv"
    assert run("export", example.store, "-o", out).exit_code == 0
    run("export", example.store, "-o", other, "--lang", "en")
    table = pyarrow.parquet.read_table(out)
    kinds = {
        name: f"{table.schema.field(name).type}" for name in ("number", "flag", "counts", "raw")
    }
    assert kinds == {"number": "double", "flag": "bool", "counts": "bool", "raw": "string"}
    typed = table.to_pylist()
    plain = lines(other, ",")
    assert [row["raw"] for row in typed] == [row["raw"].removeprefix("'") for row in plain]
    numbers = [row["number"] for row in typed if row["number"] is not None]
    assert numbers == [float(row["number"]) for row in plain if row["number"]]


def test_no_personal_data_is_exported(tmp_path: Path) -> None:
    run("collect", returned(tmp_path / "inbox"), "-o", tmp_path / "results")
    for name in ("values.csv", "values.parquet"):
        assert run("export", tmp_path / "results", "-o", tmp_path / name).exit_code == 0
    rows = f"{pyarrow.parquet.read_table(tmp_path / 'values.parquet').to_pylist()}"
    text = (tmp_path / "values.csv").read_text("utf-8-sig")
    assert "•••" in text
    assert [canary for canary in CANARIES if canary in text or canary in rows] == []


def test_without_the_library_the_command_to_install_it_is_told(
    example: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = run("export", example.store, "-o", tmp_path / "x.parquet", "--lang", "en")
    assert result.exit_code == 3
    assert 'pip install "veikart-toolkit[parquet]"' in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_another_ending_and_no_results(example: Any, tmp_path: Path) -> None:
    result = run("export", example.store, "-o", tmp_path / "x.xlsx", "--lang", "en")
    assert result.exit_code == 3
    assert "there is no export to .xlsx; let the name end in .csv or .parquet" in result.stderr
    assert run("export", tmp_path, "-o", tmp_path / "x.csv").exit_code == 3
    assert list(tmp_path.iterdir()) == []
