"""``toolkit collect --slips``: what a sender is to mend; what comes back mends the first file."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from canaries import CANARIES, returned, texts
from click.testing import CliRunner, Result
from openpyxl import load_workbook
from returned_files import EXAMPLE, changed, read_back, ros, sent_file, sheet_of, written

from toolkit.cli import toolkit
from toolkit.language import Labels
from toolkit.office.package.markup import Element, q
from toolkit.store import FILE


def run(*arguments: object) -> Result:
    return CliRunner().invoke(toolkit, [f"{argument}" for argument in arguments])


def collect(out: Path, inbox: Path) -> Any:
    result = run("collect", inbox, "-o", out, "--project", EXAMPLE, "--lang", "en", "--json")
    assert result.exit_code in (0, 3), result.output
    return json.loads(result.stdout)


def slips(out: Path) -> list[Path]:
    result = run("collect", "--slips", "-o", out, "--project", EXAMPLE, "--json")
    assert result.exit_code == 0, result.output
    return [Path(path) for path in json.loads(result.stdout)["slips"]]


def ask(out: Path, query: str) -> list[Any]:
    with closing(sqlite3.connect(out / FILE)) as store:
        return store.execute(query).fetchall()


def damaged(language: str, by: str) -> bytes:
    """A risk analysis of which three cells cannot be read."""
    labels = Labels.load(language)
    sheet, info = (labels.t(key) for key in ("s.risks", "s.info"))
    data = written(
        ros(language), sheet, {"O5": "Vet ikke helt", "N6": "snart", "H5": "Stor kanskje"}
    )
    return written(data, info, {"B13": by, "B15": date(2026, 9, 1)})


@pytest.mark.parametrize("json_or_not", [(), ("--json",)])
def test_slips_are_written_along_with_collecting(tmp_path: Path, json_or_not: list[str]) -> None:
    (tmp_path / "nb.xlsx").write_bytes(damaged("nb", "Kari"))
    out = tmp_path / "results"
    result = run(
        "collect", tmp_path / "nb.xlsx", "-o", out, "--project", EXAMPLE, "--slips", *json_or_not
    )
    assert result.exit_code == 0, result.output
    made = [path for path in (out / "slips").iterdir() if path.suffix == ".xlsx"]
    assert len(made) == 1
    if json_or_not:
        assert json.loads(result.stdout)["summary"]["read"] == 1
    else:
        assert f"{made[0]}" in result.stdout


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("slips")
    (made / "inbox").mkdir()
    (made / "inbox" / "nb.xlsx").write_bytes(damaged("nb", "Kari"))
    (made / "inbox" / "fi.xlsx").write_bytes(damaged("fi", "Matti"))
    collect(made / "results", made / "inbox")
    return made


@pytest.fixture
def folder(collected: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(collected, tmp_path / "project"))


def rows(path: Path) -> list[tuple[Any, ...]]:
    book = load_workbook(path)
    sheet = book.worksheets[1]
    return [row for row in sheet.iter_rows(min_row=5, values_only=True) if row[0]]


def test_each_sender_gets_a_slip_in_the_language_of_their_file(folder: Path) -> None:
    made = slips(folder / "results")
    assert [path.name for path in made] == [
        "23_korjauslappu_fi_fi.xlsx",
        "23_rettelapp_nb_nb.xlsx",
    ]
    finnish, norwegian = (rows(path) for path in made)
    assert len(finnish) == len(norwegian) == 3
    probability = next(row for row in norwegian if "H5" in row[1])
    _, place, what, wrote, why, expected, right, _ = probability
    assert place == "nb.xlsx > Risikoer!H5"
    assert what.endswith("Sannsynlighet (S)")
    assert wrote == "Stor kanskje"
    assert why == "«Stor kanskje» er ikke et av valgene"
    assert expected.startswith("Én av: 1 – Meget liten; ")
    assert right is None
    assert any(row[5].startswith("Päivämäärä, esimerkiksi 31.12.2026") for row in finnish)
    book = load_workbook(made[0])
    assert book.sheetnames[:2] == ["Tiedot", "Korjaa nämä"]
    assert book["Tiedot"]["A1"].value == "Korjauslappu"


def fill(path: Path, answers: dict[str, object], by: str = "") -> bytes:
    book = load_workbook(path)
    sheet = book.worksheets[1]
    for row in sheet.iter_rows(min_row=5):
        for cell, answer in answers.items():
            if cell in f"{row[1].value}":
                row[6].value = answer
    if by:
        book.worksheets[0]["B13"].value = by
    book.save(path)
    return path.read_bytes()


def test_a_slip_sent_back_mends_its_file_and_the_trace_shows_both(folder: Path) -> None:
    out, inbox = folder / "results", folder / "inbox"
    made = slips(out)[1]
    (inbox / "svar.xlsx").write_bytes(
        fill(made, {"H5": "4 – Stor", "O5": "Redusere", "N6": "31.12.2026"}, by="Kari igjen")
    )
    told = collect(out, inbox)
    files = {entry["name"]: (entry["status"], entry["reason"]) for entry in told["files"]}
    assert files["nb.xlsx"][0] == files["svar.xlsx"][0] == "read"
    assert files["svar.xlsx"][1] == "slip"
    own = "FROM value v JOIN file f USING (file_id) WHERE f.name = 'svar.xlsx' AND row_id <> ''"
    who = ask(out, "SELECT filled_by, filled_date FROM file WHERE name = 'svar.xlsx'")
    assert who == [("Kari igjen", "2026-09-01")]  # the day of the file it mends, unless it says
    found = ask(out, f"SELECT v.field, v.text, v.day, v.raw {own} ORDER BY v.field")
    assert found == [
        ("f.deadline", None, "2026-12-31", "31.12.2026"),
        ("f.probability", "4", None, "4 – Stor"),
        ("f.strategy", "reduce", None, "Redusere"),
    ]
    first = ask(out, f"SELECT row_id {own} AND field = 'f.probability'")[0][0]
    traced = json.loads(run("trace", out, f"d.23 {first} f.probability", "--json").stdout)
    (step,) = traced["found"]
    stands = {answer["file"] for answer in step["answers"]}
    left = {answer["file"]: answer["raw"] for answer in step["not_counted"]}
    assert "svar.xlsx" in stands
    assert left["nb.xlsx"] == "Stor kanskje"
    copies = ask(out, "SELECT count(*) FROM copy WHERE doc = 'd.23' AND state <> 'absent'")
    assert copies == [(2,)]  # a slip is no copy of its own


def test_what_is_mended_is_asked_no_more(folder: Path) -> None:
    out, inbox = folder / "results", folder / "inbox"
    made = slips(out)[1]
    (inbox / "svar.xlsx").write_bytes(fill(made, {"H5": "4 – Stor"}))
    collect(out, inbox)
    made.unlink()
    left = rows(slips(out)[1])
    assert sorted(row[1].partition("!")[2] for row in left) == ["N6", "O5"]
    before = (out / FILE).read_bytes()
    collect(out, inbox)
    assert (out / FILE).read_bytes() == before


def test_a_slip_that_is_filled_in_is_not_overwritten(folder: Path) -> None:
    out = folder / "results"
    made = slips(out)[0]
    filled = fill(made, {"H5": "4"})
    result = run("collect", "--slips", "-o", out, "--project", EXAMPLE, "--lang", "en")
    assert result.exit_code == 5
    assert "another slip stands here, maybe filled in" in result.stderr
    assert made.read_bytes() == filled


def test_a_word_form_is_mended_too(tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "results"
    inbox.mkdir()

    def write(root: Element) -> None:
        dates = f"{q('w:sdtPr')}/{q('w:date')}"
        control = next(c for c in root.iter(q("w:sdt")) if c.find(dates) is not None)
        properties = control.find(q("w:sdtPr"))
        for prompt in properties.findall(q("w:showingPlcHdr")):
            properties.remove(prompt)
        first, *rest = control.iter(q("w:t"))
        first.text = "en gang på høsten"
        for text in rest:
            text.text = ""

    data = changed(sent_file("anchoring-plan", "docx"), "word/document.xml", write)
    (inbox / "plan.docx").write_bytes(data)
    collect(out, inbox)
    (made,) = slips(out)
    ((_, place, _, wrote, *_),) = rows(made)
    assert place.startswith("plan.docx > ")
    assert wrote == "en gang på høsten"
    (inbox / "svar.xlsx").write_bytes(fill(made, {"plan.docx": "30.11.2026"}))
    told = collect(out, inbox)
    assert {e["name"]: e["reason"] for e in told["files"]}["svar.xlsx"] == "slip"
    days = "SELECT v.day FROM value v JOIN file f USING (file_id) WHERE f.name = 'svar.xlsx'"
    assert ask(out, days) == [("2026-11-30",)]


def test_no_personal_data_stands_in_a_slip(tmp_path: Path) -> None:
    collect(tmp_path / "results", returned(tmp_path / "inbox"))
    made = slips(tmp_path / "results")
    assert made
    for path in made:
        for name, text in texts(path):
            assert [c for c in CANARIES if c in text or c in path.name] == [], name


def test_no_results(tmp_path: Path) -> None:
    result = run("collect", "--slips", "-o", tmp_path, "--lang", "en")
    assert result.exit_code == 3
    assert "there are no results here" in result.stderr


def test_what_is_mended_in_the_file_itself_is_listed_until_it_is(tmp_path: Path) -> None:
    """Slip, mended file, collected: the finding is gone, and so is the slip."""
    inbox, out = tmp_path / "inbox", tmp_path / "results"
    inbox.mkdir()
    sent, info = sent_file("benefits", "xlsx"), Labels.load("nb").t("s.info")
    measured = next(c for c in read_back(sent).cells if c.table == "measurements" and c.row)
    sheet, row_number = measured.steps[0][1], f"{measured.steps[1][1]}".lstrip("ABCDEFG")
    broken = written(sent, info, {"B13": "Kari, tlf. 912 34 567", "B15": date(2026, 9, 1)})

    def without(root: Element) -> None:
        rows = root.findall(f".//{q('x:row')}")
        gone = next(row for row in rows if row.get("r") == row_number)
        gone.getparent().remove(gone)

    (inbox / "a.xlsx").write_bytes(sheet_of(broken, sheet, without))
    collect(out, inbox)
    (made,) = slips(out)
    listed = {row[1]: (row[2:5], row[5], row[6]) for row in rows(made)}
    reasons = {why for (_, _, why), _, _ in listed.values()}
    assert any("er slettet" in why for why in reasons)
    assert any("telefonnummer" in why for why in reasons)
    assert "912 34" not in f"{listed}"
    assert {how for _, how, _ in listed.values()} >= {
        "Rett det i filen du sendte, og send den på nytt",
        "Slett det i filen du sendte, og send den på nytt",
    }
    made.unlink()
    (inbox / "b.xlsx").write_bytes(written(sent, info, {"B13": "Kari", "B15": date(2026, 9, 2)}))
    told = collect(out, inbox)
    assert {e["name"]: e["status"] for e in told["files"]} == {
        "a.xlsx": "superseded",
        "b.xlsx": "read",
    }
    assert slips(out) == []


def test_an_answer_where_none_is_asked_for_is_told(folder: Path) -> None:
    out, inbox = folder / "results", folder / "inbox"
    (inbox / "nb.xlsx").write_bytes(
        written(damaged("nb", "Kari"), "Risikoer", {"F6": "Ring +47 912 34 567"})
    )
    collect(out, inbox)
    made = next(path for path in slips(out) if "Slett det" in f"{rows(path)}")
    count = len(rows(made))
    assert rows(made)[-1][5].startswith("Slett det i filen du sendte, og send den på nytt; si fra")
    book = load_workbook(made)
    book.worksheets[1].cell(5, 7).value = "Redusere"
    book.worksheets[1].cell(4 + count, 7).value = "slettet"
    book.save(inbox / "svar.xlsx")
    told = collect(out, inbox)
    found = [f["place"] for f in told["findings"] if f["code"] == "text-beside"]
    assert f"svar.xlsx > Rett disse!G{4 + count}" in found
