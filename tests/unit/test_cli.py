"""The command line as people meet it: output, messages, exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from toolkit.cli import toolkit
from toolkit.cli.door import exit_code, language_of, show
from toolkit.finding import LimitError, ProjectError, WouldOverwrite

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "trygg-natt" / "project.yaml"
MINIMAL = ROOT / "examples" / "minimal" / "project.yaml"


@pytest.fixture(autouse=True)
def no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(toolkit, [str(argument) for argument in arguments])


def broken(folder: Path, old: str, new: str) -> Path:
    path = folder / "project.yaml"
    text = MINIMAL.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_help_is_short_and_names_the_commands() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert "check" in result.output
    assert "schema" in result.output


def test_a_clean_description() -> None:
    result = run("check", MINIMAL)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"{MINIMAL}: Beskrivelsen kan brukes. Feil: 0. Varsler: 0.\n"


def test_warnings_do_not_fail() -> None:
    result = run("check", EXAMPLE, "--lang", "en")
    assert result.exit_code == 0
    assert result.stderr.startswith(f"{EXAMPLE}:258:5 > huki[h13]: the activity has no accountable")
    assert result.stdout.endswith("Errors: 0. Warnings: 1.\n")


def test_errors_are_lines_on_standard_error_and_exit_3(tmp_path: Path) -> None:
    path = broken(tmp_path, "leader: ro02", "leader: ro22")
    result = run("check", path)
    assert result.exit_code == 3
    assert result.stderr == (
        f"{path}:19:11 > governance.leader: «ro22» finnes ikke; mente du «ro02»?\n"
    )


def test_findings_as_json(tmp_path: Path) -> None:
    result = run("check", broken(tmp_path, "type: quality", "type: q"), "--json", "--lang", "sv")
    told = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (3, "")
    assert told["usable"] is False
    assert [finding["code"] for finding in told["findings"]] == ["bad-option"]


@pytest.mark.parametrize(
    ("name", "text", "code", "words"),
    [
        ("none.yaml", None, 3, "filen findes ikke"),
        ("empty.yaml", "", 3, "filen er tom"),
        ("deep.yaml", "[" * 50 + "]" * 50, 6, "mere end 40 niveauer"),
        ("big.yaml", "#" * 1_000_001, 6, "større end 1 MB"),
        ("bomb.yaml", "a: &a [x]\nb: [" + "*a, " * 200 + "]", 6, "flere end 100 gentagelser"),
    ],
)
def test_unusable_files(tmp_path: Path, name: str, text: str | None, code: int, words: str) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text)
    result = run("check", path, "--lang", "da")
    assert result.exit_code == code
    assert words in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_instead_of_a_file(tmp_path: Path) -> None:
    result = run("check", tmp_path, "--lang", "fi")
    assert result.exit_code == 3
    assert "tämä on kansio" in result.stderr


def test_usage_errors_exit_2() -> None:
    assert run("check").exit_code == 2
    assert run("check", MINIMAL, "--lang", "de").exit_code == 2
    assert run("chek").exit_code == 2


def test_messages_follow_the_description_unless_told_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = broken(tmp_path, "language: nb", "language: fi")
    assert "Virheitä: 0" in run("check", path).stdout
    monkeypatch.setenv("LANG", "sv_SE.UTF-8")
    assert "Fel: 0" in run("check", path).stdout
    monkeypatch.setenv("LANGUAGE", "nn:en")
    assert "Feil: 0" in run("check", path).stdout
    assert "Errors: 0" in run("check", path, "--lang", "en").stdout


def test_messages_follow_even_a_broken_description(tmp_path: Path) -> None:
    path = broken(tmp_path, "language: nb", "language: fi")
    path.write_text(path.read_text(encoding="utf-8").replace("p6", "p7"), encoding="utf-8")
    assert "Virheitä: " in run("check", path).stdout


@pytest.mark.parametrize(
    ("wanted", "environment", "expected"),
    [
        ("da", "sv_SE", "da"),
        (None, "nn_NO.UTF-8", "nb"),
        (None, "no", "nb"),
        (None, "de_DE.UTF-8", ""),
        (None, "C", ""),
        (None, "", ""),
    ],
)
def test_the_language_asked_for(
    monkeypatch: pytest.MonkeyPatch, wanted: str | None, environment: str, expected: str
) -> None:
    monkeypatch.setenv("LANG", environment)
    assert language_of(wanted) == expected


def test_exit_codes_of_errors() -> None:
    codes = [exit_code(error([])) for error in (ProjectError, WouldOverwrite, LimitError)]
    assert codes == [3, 5, 6]


def test_the_schema_knows_options_and_their_labels() -> None:
    schema = json.loads(run("schema", "--lang", "sv").stdout)
    benefit = schema["$defs"]["Benefit"]["properties"]
    assert benefit["type"]["enum"] == ["avoided_cost", "saved_time", "quality"]
    assert benefit["type"]["enumDescriptions"][1] == "Sparad tid"
    assert benefit["name"]["title"] == "Namn"
    assert "for" in benefit
    assert set(schema["required"]) == {
        "schema_version", "project", "organisation", "roles", "governance", "problem", "goals",
        "benefits", "phases",
    }  # fmt: skip


def test_the_schema_of_sheets() -> None:
    schema = json.loads(run("schema", "--sheet").stdout)
    assert schema["$defs"]["Field"]["additionalProperties"] is False


def test_the_module_runs_and_writes_utf8_wherever_it_is() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LANG": "fi_FI"}
    result = subprocess.run(
        [sys.executable, "-m", "toolkit", "check", str(MINIMAL)],
        capture_output=True,
        env=environment,
        check=False,
    )
    assert result.returncode == 0
    assert "Virheitä: 0" in result.stdout.decode("utf-8")


def test_help_imports_nothing_slow() -> None:
    code = (
        "import sys; from toolkit.cli import toolkit\n"
        "try: toolkit(['--help'])\n"
        "except SystemExit: pass\n"
        "print([m for m in ('lxml', 'jinja2', 'pydantic', 'docx', 'openpyxl', 'ruamel.yaml',"
        " 'babel', 'rich', 'toolkit.personal', 'toolkit.language') if m in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.splitlines()[-1] == "[]"


def test_data_is_printed_a_piece_at_a_time(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {"files": [{"name": f"sone {n}.xlsx", "day": None} for n in range(9)], "æøå": []}
    monkeypatch.setattr("toolkit.cli.door._PIECES", 4)
    show(data)
    assert capsys.readouterr().out == json.dumps(data, ensure_ascii=False, indent=2) + "\n"
