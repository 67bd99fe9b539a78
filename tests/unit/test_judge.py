"""What ``make judge`` makes of the answers of validators, and how it asks for them."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from judge import (
    Fault,
    Judged,
    Meant,
    _is_meant,
    _lacking,
    _of_every_kind_first,
    _tell,
    faults,
    main,
    read_meant,
)
from judge_batch import Ahead, answered, patient

SILENT = {"judge": "sdk", "code": "TIMEOUT", "severity": "error", "message": "no answer in 120 s"}
WRONG = {"judge": "sdk", "code": "Sem_Unique", "severity": "error", "message": "twice"}
AUDITED = {"judge": "audit", "code": "schema", "severity": "error", "message": "not expected"}


@pytest.mark.parametrize(
    ("asked", "findings", "codes"),
    [
        ({"sdk", "rules", "audit"}, [AUDITED], []),
        ({"sdk", "rules", "audit"}, [AUDITED, WRONG], ["audit:schema", "sdk:Sem_Unique"]),
        ({"sdk", "rules"}, [WRONG | {"severity": "warn"}], []),
        ({"audit"}, [AUDITED], ["audit:schema"]),
    ],
)
def test_what_a_schema_alone_says_needs_a_witness(
    asked: set[str], findings: list[dict[str, Any]], codes: list[str]
) -> None:
    found = faults("a.docx", Judged(asked, findings))
    assert [(one.file, one.code) for one in found] == [("a.docx", code) for code in codes]


def test_a_judge_that_gave_no_answer_is_asked_once_more_alone() -> None:
    asked: list[tuple[str, list[str]]] = []

    def judge(file: str, names: list[str]) -> dict[str, Any]:
        asked.append((file, names))
        return {"findings": [WRONG]}

    assert answered(judge, "a.docx", [AUDITED, SILENT]) == [AUDITED, WRONG]
    assert answered(judge, "b.docx", [AUDITED]) == [AUDITED]
    assert asked == [("a.docx", ["sdk"])]


def test_no_answer_at_all_is_a_fault_however_the_judge_calls_it() -> None:
    crash = {"judge": "recalc", "code": "CRASH", "severity": "info", "message": "KeyError"}
    told = answered(lambda *_: {"findings": [crash]}, "a.xlsx", [crash])
    found = list(faults("a.xlsx", Judged({"recalc"}, told)))
    assert found == [Fault("a.xlsx", "recalc:CRASH", "KeyError")]


def test_a_program_that_does_not_end_is_ended_with_all_it_started() -> None:
    start = time.monotonic()
    assert patient(["sh", "-c", "sleep 60 & sleep 60"], timeout=0.05) == (124, "", "timeout")
    assert time.monotonic() - start < 30


def test_slow_programs_are_started_once_for_a_batch(tmp_path: Path) -> None:
    counted = tmp_path / "started"
    audit = tmp_path / "openxml-audit"
    audit.write_text(
        f"#!{sys.executable}\nimport json, pathlib, sys\n"
        f"open({str(counted)!r}, 'a').write('x')\n"
        "found = sorted(pathlib.Path(sys.argv[-1]).glob('*'))\n"
        "print(json.dumps([{'file': str(file), 'said': file.read_text()} for file in found]))\n"
    )
    audit.chmod(0o755)
    files = [tmp_path / "a.docx", tmp_path / "b.docx"]
    for file in files:
        file.write_text(f"what {file.stem} holds")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    ahead = Ahead(scratch, files)
    ahead.ask(["audit"], str, str(tmp_path))
    said = [json.loads(ahead.run([str(audit), str(file)])[1])[0]["said"] for file in files]
    assert said == ["what a holds", "what b holds"]
    assert counted.read_text() == "x"


def test_only_judges_not_asked_yet_are_asked() -> None:
    known = {"a.docx": Judged({"sdk"}, [])}
    assert _lacking(Path("a.docx"), ["sdk", "audit"], known) == "audit"
    assert _lacking(Path("b.docx"), ["sdk", "audit"], known) == "sdk,audit"


def test_the_alike_are_judged_last() -> None:
    names = ["a_1_-0123456789.docx", "a_2_-0123456780.docx", "b-0123456789.docx"]
    ordered = _of_every_kind_first([Path(name) for name in names])
    assert [file.name for file in ordered] == [names[0], names[2], names[1]]


def test_every_listed_kind_has_its_reason_and_is_no_licence_for_everything() -> None:
    for one in read_meant():
        assert one == Meant(*(text.strip() for text in one))
        assert all(one)
        assert one.files != "*"
        assert not one.code.startswith("*:")


@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("recalc:*", True),
        ("recalc:ERR *#REF!*", True),
        ("recalc:ERR *#N/A*", False),
        ("xsd:*", False),
    ],
)
def test_a_kind_may_name_what_the_judge_says(code: str, meant: bool) -> None:
    fault = Fault("test_a-0123456789.xlsx", "recalc:ERR", "S!A1 = #REF! after recalculation")
    assert _is_meant(fault, Meant("test_a-*", code, "why")) is meant
    assert not _is_meant(fault, Meant("test_b-*", code, "why"))


def test_what_judges_said_that_are_not_asked_is_not_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    known = {"a.docx": Judged({"sdk", "integrity"}, [WRONG | {"judge": "integrity"}])}
    assert _tell([], [Path("a.docx")], ["sdk"], known) == 0
    assert _tell([], [Path("a.docx")], ["sdk", "integrity"], known) == 1
    meant = [Meant("a.*", "integrity:*", "why"), Meant("b.*", "integrity:*", "why")]
    assert _tell(meant, [Path("a.docx")], ["sdk", "integrity"], known) == 0
    told = capsys.readouterr().out
    assert told.count("integrity:Sem_Unique twice") == 1
    assert "not found: integrity:* in b.*" in told


def test_what_is_kept_must_be_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["judge.py", "--kept"])
    with pytest.raises(SystemExit, match="2"):
        main()
