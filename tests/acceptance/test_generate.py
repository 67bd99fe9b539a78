"""``toolkit generate`` on the example and the smallest description, through the command line."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from toolkit.cli import toolkit
from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.office import Line, outline
from toolkit.produce.staging import recover

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "trygg-natt" / "project.yaml"
MINIMAL = ROOT / "examples" / "minimal" / "project.yaml"
RESIDUE = ("{{", "{%", "Undefined", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!")


def generate(project: Path, out: Path, *options: str) -> Result:
    return CliRunner().invoke(toolkit, ["generate", str(project), "-o", str(out), *options])


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def kit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("example") / "kit"
    result = generate(EXAMPLE, out)
    assert result.exit_code == 0, result.stderr
    return out


@pytest.fixture
def copied(kit: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(kit, tmp_path / "kit"))


def documents(folder: Path) -> Iterator[Path]:
    return (
        path for path in sorted(folder.rglob("*.*")) if path.suffix in (".docx", ".pptx", ".xlsx")
    )


def test_the_kit_holds_every_copy_in_the_folder_of_its_phase(kit: Path) -> None:
    golden = (ROOT / "tests" / "golden" / "kit.txt").read_text(encoding="utf-8").split()
    assert sorted(tree(kit)) == golden


def test_the_answers_tell_what_the_kit_was_made_from(kit: Path) -> None:
    answers = json.loads((kit / "answers.json").read_text(encoding="utf-8"))
    assert answers["project_id"] == "trygg-natt"
    assert answers["source_hash"] == sha256(EXAMPLE.read_bytes()).hexdigest()
    hashes = {entry["path"]: entry["sha256"] for entry in answers["files"]}
    assert hashes == {path: h for path, h in tree(kit).items() if path != "answers.json"}
    assert len({entry["copy_id"] for entry in answers["files"]}) == len(hashes)


def test_a_second_run_changes_nothing(copied: Path) -> None:
    before = tree(copied)
    result = generate(EXAMPLE, copied)
    assert result.exit_code == 0, result.stderr
    assert tree(copied) == before
    assert f"Uendret: {len(before)}." in result.stderr


def test_two_runs_give_the_same_bytes(
    kit: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    day = json.loads((kit / "answers.json").read_text(encoding="utf-8"))["generated_at"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", _epoch(day))
    assert generate(EXAMPLE, tmp_path / "other").exit_code == 0
    assert tree(tmp_path / "other") == tree(kit)


def _epoch(day: str) -> str:
    from datetime import UTC, datetime

    return str(int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp()))


@pytest.mark.parametrize("project", [EXAMPLE, MINIMAL], ids=["example", "minimal"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_of_the_templates(project: Path, language: str, tmp_path: Path) -> None:
    result = generate(project, tmp_path / "kit", "--lang", language)
    assert result.exit_code == 0, result.stderr
    own = project.read_text(encoding="utf-8")
    labels = set(Labels.load(language).texts.values())
    for path in documents(tmp_path / "kit"):
        for line in outline(path):
            assert not any(mark in line.text for mark in RESIDUE), line
            assert line.text.strip() not in {"None", "nan", "True", "False"} - labels, line
            assert line.text in own or not _norwegian(line, language), line


def _norwegian(line: Line, language: str) -> bool:
    """Whether a label stayed Norwegian though this language has its own word."""
    labels, text = Labels.load(language), line.text.strip()
    swapped = labels.swap(text)
    return swapped is not None and swapped != text and text not in labels.texts.values()


def test_an_edited_file_stops_everything(copied: Path) -> None:
    edited = next(documents(copied))
    edited.write_bytes(edited.read_bytes() + b"edited")
    changed = copied.parent / "project.yaml"
    text = EXAMPLE.read_text(encoding="utf-8").replace("Roligere netter", "Stille netter")
    changed.write_text(text, encoding="utf-8")
    shutil.copytree(EXAMPLE.parent / "assets", copied.parent / "assets")
    before = tree(copied)
    result = generate(changed, copied)
    assert result.exit_code == 5
    assert str(edited) in result.stderr
    assert result.stdout == ""
    assert tree(copied) == before


def test_one_document_leaves_the_others_alone(copied: Path) -> None:
    before = tree(copied)
    (copied / "notes.txt").write_text("mine")
    result = generate(EXAMPLE, copied, "--only", "d.23")
    assert result.exit_code == 0, result.stderr
    after = tree(copied)
    assert {path for path in after if after[path] != before.get(path)} == {"notes.txt"}


def test_languages_stand_side_by_side(tmp_path: Path) -> None:
    for languages in (("nb",), ("sv", "fi")):
        options = [word for lang in languages for word in ("--lang", lang)]
        result = generate(MINIMAL, tmp_path / "kit", "--only", "00", *options)
        assert result.exit_code == 0, result.stderr
    names = [path.name for path in documents(tmp_path / "kit")]
    assert sorted(name.split("_")[2][:2] for name in names) == ["fi", "nb", "sv"]
    answers = json.loads((tmp_path / "kit" / "answers.json").read_text(encoding="utf-8"))
    assert sorted(entry["lang"] for entry in answers["files"]) == ["fi", "nb", "sv"]


def test_documents_left_out_go_from_the_kit(tmp_path: Path) -> None:
    project = tmp_path / "project.yaml"
    project.write_text(MINIMAL.read_text(encoding="utf-8"), encoding="utf-8")
    assert generate(project, tmp_path / "kit").exit_code == 0
    text = MINIMAL.read_text(encoding="utf-8") + "\nkit:\n  exclude: [d.23]\n"
    project.write_text(text, encoding="utf-8")
    result = generate(project, tmp_path / "kit")
    assert result.exit_code == 0, result.stderr
    assert not any(path.name.startswith("23_") for path in documents(tmp_path / "kit"))


def test_a_rehearsal_writes_nothing(tmp_path: Path) -> None:
    result = generate(MINIMAL, tmp_path / "kit", "--dry-run")
    assert result.exit_code == 0, result.stderr
    assert len(result.stdout.splitlines()) > 5
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="kills as on Linux")
def test_a_killed_run_leaves_the_old_kit_or_the_new(tmp_path: Path) -> None:
    out, chance = tmp_path / "kit", random.Random(3)
    options = ("--only", "00", "--only", "d.23")
    assert generate(MINIMAL, out, *options).exit_code == 0
    for number in range(4):
        project = tmp_path / f"project{number}.yaml"
        text = MINIMAL.read_text(encoding="utf-8").replace("Lillevik", f"Lillevik {number}")
        project.write_text(text, encoding="utf-8")
        arguments = ["generate", f"{project}", "-o", f"{out}", *options]
        command = [sys.executable, "-m", "toolkit", *arguments]
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.4, 1.6))
        run.kill()
        run.wait()
        recover(out)
        answers = json.loads((out / "answers.json").read_text(encoding="utf-8"))
        hashes = {entry["path"]: entry["sha256"] for entry in answers["files"]}
        assert hashes == {path: h for path, h in tree(out).items() if path != "answers.json"}
    assert generate(MINIMAL, out, *options).exit_code == 0
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []


# --- bad input ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--only", "d.99"], "d.99"),
        (["--period", "june"], "june"),
        (["--templates", "missing"], "missing"),
    ],
)
def test_what_cannot_be_asked_for(options: list[str], told: str, tmp_path: Path) -> None:
    result = generate(MINIMAL, tmp_path / "kit", *options)
    assert result.exit_code == 3
    assert told in result.stderr
    assert "Traceback" not in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_description_that_is_not_there(tmp_path: Path) -> None:
    for project in (tmp_path / "missing.yaml", tmp_path):
        result = generate(project, tmp_path / "kit", "--lang", "en")
        assert result.exit_code == 3
        assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_a_kit(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("mine")
    for out in ("file", "file/kit", "home"):
        result = generate(MINIMAL, tmp_path / out, "--lang", "en", "--only", "00")
        assert result.exit_code == 3
        assert "choose" in result.stderr
    assert sorted(tree(tmp_path)) == ["file", "home/letter.txt"]


def test_a_picture_that_is_missing_is_a_warning(tmp_path: Path) -> None:
    project = tmp_path / "project.yaml"
    shutil.copy(EXAMPLE, project)
    result = generate(project, tmp_path / "kit", "--only", "d.01", "--lang", "en")
    assert result.exit_code == 0, result.stderr
    assert "fjordvik-logo.png" in result.stderr


def test_an_own_template_is_laid_over_the_shipped_one(tmp_path: Path) -> None:
    own = tmp_path / "own" / "docx"
    own.mkdir(parents=True)
    for suffix in ("yaml", "docx"):
        shutil.copy(ROOT / "templates" / "docx" / f"overview.{suffix}", own)
    (own / "overview.docx").write_bytes(b"not a document")
    options = ("--templates", str(tmp_path / "own"), "--only")
    assert generate(MINIMAL, tmp_path / "kit", *options, "00").exit_code == 3
    assert generate(MINIMAL, tmp_path / "kit", *options, "d.23").exit_code == 0


# --- cost -----------------------------------------------------------------------------------

LOADED = """
import sys
from toolkit.cli import toolkit
toolkit(["generate", sys.argv[1], "-o", sys.argv[2]], standalone_mode=False)
heavy = {"docx", "pptx", "openpyxl", "xlsxwriter", "pandas", "babel", "rich"}
print("loaded:", sorted(heavy & set(sys.modules)))
"""
HELP = """
import sys
from toolkit.cli import toolkit
toolkit(["--help"], standalone_mode=False)
print("loaded:", sorted({"lxml", "jinja2", "pydantic", "ruamel", "docx"} & set(sys.modules)))
"""


@pytest.mark.parametrize("script", [LOADED, HELP], ids=["generate", "help"])
def test_no_heavy_library_is_loaded(script: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", script, str(MINIMAL), str(tmp_path / "kit")]
    run = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ})
    assert run.stdout.splitlines()[-1] == "loaded: []"
