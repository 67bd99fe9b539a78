"""Results that lie among the answers are no answers; very many findings of one kind are counted."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from returned_files import EXAMPLE, changed, read_back, ros, sent_file, written

from toolkit.cli import toolkit
from toolkit.collect.check import MOST
from toolkit.office.package.markup import Element, q


def run(*arguments: object) -> Any:
    return CliRunner().invoke(toolkit, [f"{argument}" for argument in arguments])


def collected(inbox: Path, out: Path) -> Any:
    result = run("collect", inbox, "-o", out, "--project", EXAMPLE, "--lang", "en", "--json")
    assert result.exit_code in (0, 3), result.output
    return json.loads(result.stdout)


def test_a_results_folder_among_the_answers_is_left(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    out = inbox / "results"
    inbox.mkdir()
    data = written(ros(), "Risikoer", {"H5": "Stor kanskje", "E6": "Uklart"})
    (inbox / "ros.xlsx").write_bytes(data)
    collected(inbox, out)
    assert run("collect", "--slips", "-o", out, "--project", EXAMPLE).exit_code == 0
    assert run("export", out, "-o", out / "values.csv", "--lang", "nb").exit_code == 0
    assert run("present", out, "--project", EXAMPLE, "-o", out / "status.pptx").exit_code == 0
    again = collected(inbox, out)
    reasons = {Path(entry["name"]).name: entry["reason"] for entry in again["files"]}
    slip = next(name for name in reasons if "rettelapp" in name)
    assert reasons.pop("ros.xlsx") == ""
    assert reasons.pop(slip) == "slip-empty"
    assert reasons["report_en.xlsx"] == reasons["values.csv"] == "own-output"
    assert set(reasons.values()) == {"own-output", "skipped-other"}
    assert any(name.startswith("23_") for name in reasons)
    assert again["summary"]["read"] == 1
    own = [f["code"] for f in again["findings"] if f["place"].startswith("results/")]
    assert {"own-output", "slip-empty"} <= set(own)


def test_a_report_sent_back_is_no_answer(tmp_path: Path) -> None:
    inbox, out = tmp_path / "inbox", tmp_path / "results"
    inbox.mkdir()
    (inbox / "ros.xlsx").write_bytes(written(ros(), "Risikoer", {"H5": "4"}))
    before = collected(inbox, out)["summary"]
    for path in out.glob("*.xlsx"):
        shutil.copy(path, inbox / f"kopi av {path.name}")
    after = collected(inbox, out)["summary"]
    assert after["read"] == before["read"] == 1
    assert after["rejected"] >= 2
    assert after["findings"]["error"] == before["findings"]["error"]


@pytest.mark.parametrize("count", [MOST, MOST + 1, 20_000])
def test_very_many_stray_paragraphs_are_counted(count: int) -> None:
    def write(root: Element) -> None:
        body = root.find(q("w:body"))
        for _ in range(count + 1):  # the first is told at the control above it
            paragraph = root.makeelement(q("w:p"))
            text = paragraph.makeelement(q("w:t"))
            text.text = "Ved siden av"
            run = paragraph.makeelement(q("w:r"))
            run.append(text)
            paragraph.append(run)
            body.insert(len(body) - 1, paragraph)

    data = changed(sent_file("anchoring-plan", "docx"), "word/document.xml", write)
    told = [f for f in read_back(data).findings if f.code in ("text-beside", "findings-more")]
    assert len(told) == min(count, MOST) + (count > MOST)
    more = [dict(f.params) for f in told if f.code == "findings-more"]
    assert [(int(m["n"]), m["kind"]) for m in more] == [(count - MOST, "text-beside")] * (
        count > MOST
    )
