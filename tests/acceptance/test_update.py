"""``toolkit update``: the next round starts from what staff entered in this one."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import EXAMPLE, Run

from toolkit.cli import toolkit
from toolkit.finding import LANGUAGES


def update(example: Run, *options: object) -> Result:
    arguments = ("update", example.store.parent, *options)
    return CliRunner().invoke(toolkit, [f"{argument}" for argument in arguments])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "project"
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns("returned"))
    return folder / "project.yaml"


def test_the_next_kit_holds_what_staff_entered(example: Run, project: Path) -> None:
    told = json.loads(update(example, "--project", project, "--json").stdout)
    assert told["path"] == f"{project.with_name('project.next.yaml')}"
    changed = {line["path"]: line["after"] for line in told["values"] if line["kind"] == "changed"}
    assert changed["risks.ri03.probability"] == "5"
    assert changed["huki.h13.ro02"] == "H/U"
    assert changed["stakeholders.st03.attitude_now"] == "Nøytral"
    codes = sorted(found["code"] for found in told["findings"])
    assert codes == ["update-conflict"] * 3 + ["update-similar"]
    next = Path(told["path"]).read_text("utf-8")
    for name in ("Renholdere", "Drift av bygget", "Vikarer mangler pålogging i helgene"):
        assert name in next
    assert '"Drift av bygg"' not in next
    assert "# med vilje uten H: kontrollen skal varsle" in next
    out = project.parent / "kit"
    made = CliRunner().invoke(toolkit, ["generate", told["path"], "-o", f"{out}", "--only", "d.23"])
    assert made.exit_code == 0, made.output
    assert list(out.rglob("23_*.xlsx"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_dry_run_tells_in_every_language_and_writes_nothing(
    example: Run, project: Path, lang: str
) -> None:
    result = update(example, "--project", project, "--dry-run", "--lang", lang)
    assert result.exit_code == 0
    assert "146" in result.stdout
    assert "Renholdere" in result.stdout
    assert "23_" not in result.stdout  # senders are named with what contradicts only
    assert "un02" not in result.stderr
    assert not project.with_name("project.next.yaml").exists()


def test_mistakes_are_told_and_nothing_is_written(example: Run, project: Path) -> None:
    own = update(example, "--project", project, "-o", project)
    assert (own.exit_code, own.stdout) == (3, "")
    there = project.with_name("project.next.yaml")
    there.write_text("edited", "utf-8")
    assert update(example, "--project", project).exit_code == 5
    assert there.read_text("utf-8") == "edited"
    missing = update(example, "--project", project.with_name("projekt.yaml"))
    assert missing.exit_code == 3
    assert "projekt.yaml" in missing.stderr
    project.write_text(
        project.read_text("utf-8").replace(
            "attitude_now: sceptical", "attitude_now: &s sceptical", 1
        )
    )
    shared = update(example, "--project", project)
    assert shared.exit_code == 3
    assert "project.yaml:160:" in shared.stderr
