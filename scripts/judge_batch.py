"""Ask the validators about a batch of files; started by ``judge.py``, with the validators' python.

    python judge_batch.py FOLDER_OF_JUDGES JUDGES FILE …

LibreOffice and openxml-audit are started once for the batch instead of once a file: what they
answer is handed to the judge when it starts them for one file. A judge that gave no answer, as
happens on a busy machine, is asked once more, alone. Prints a line of JSON for every file: its
name, the judges asked and what they found.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile, rmtree
from typing import Any

Answer = tuple[int, str, str]
Run = Callable[..., Answer]
PATIENCE = 4  # times the limit a judge sets itself
AUDIT = "openxml-audit"
PDF = "pdf"
RECALCULATED = "xlsx:Calc MS Excel 2007 XML"
UNANSWERED = ("TIMEOUT", "CRASH", "NOLOAD", "NORECALC")


def main(folder: str, judges: str, *files: str) -> int:
    """Prints what the judges found in each file."""
    sys.path.insert(0, folder)
    kit = importlib.import_module("judge_kit")
    external: Any = importlib.import_module("hk.external")
    names = judges.split(",")
    external._run = patient
    with tempfile.TemporaryDirectory() as scratch:
        ahead = Ahead(Path(scratch), [Path(file) for file in files])
        ahead.ask(names, importlib.import_module("hk.recalc").profile, external.VENV_BIN)
        external._run = ahead.run
        # one by one: what a schema found in one file is told of another when threads share it
        found = [kit.judge(file, names)["findings"] for file in files]
    external._run = patient
    for file, findings in zip(files, found, strict=True):
        told = answered(kit.judge, file, findings)
        line = {"file": Path(file).name, "judges": names, "findings": told}
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0


def answered(
    judge: Callable[[str, list[str]], Any], file: str, findings: list[Any]
) -> list[dict[str, Any]]:
    """The findings, with what a judge that gave no answer says when asked again alone."""
    silent = {one["judge"] for one in findings if is_silence(one)}
    told = [one for one in findings if one["judge"] not in silent]
    for name in sorted(silent):
        told += judge(file, [name])["findings"]
    return [one | {"severity": "error"} if is_silence(one) else one for one in told]


def is_silence(found: dict[str, Any]) -> bool:
    """Whether a judge says that it could not tell."""
    return found["code"] in UNANSWERED or found["message"].endswith("fails: timeout")


def patient(command: list[str], timeout: float = 120, **more: Any) -> Answer:
    """Run a program, with all it started ended where it is not done in time."""
    run = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, **more
    )
    try:
        out, err = run.communicate(timeout=timeout * PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        run.communicate()
        return 124, "", "timeout"
    return run.returncode, out.decode("utf8", "replace"), err.decode("utf8", "replace")


class Ahead:
    """What slow programs said of all files of a batch, each started once."""

    def __init__(self, scratch: Path, files: list[Path]) -> None:
        self._scratch = scratch
        self._files = files
        self._audited: dict[str, Any] = {}

    def ask(self, names: list[str], recalculating: Callable[[], str], programs: str) -> None:
        """Start the programs that the named judges start, each once for all files."""
        if "libreoffice" in names:
            self._convert(PDF, self._files, str(self._scratch / "profile"))
        if "recalc" in names:
            books = [file for file in self._files if file.suffix in (".xlsx", ".xlsm")]
            profile = recalculating()
            self._convert(RECALCULATED, books, profile)
            rmtree(profile, ignore_errors=True)
        if "audit" in names:
            self._audit(Path(programs) / AUDIT)

    def run(self, command: list[str], timeout: float = 120, **more: Any) -> Answer:
        """What the program said of the file in the batch; starts it where it said nothing."""
        file = Path(command[-1])
        if Path(command[0]).name == AUDIT and file.name in self._audited:
            return 0, json.dumps([self._audited[file.name]]), ""
        if "--convert-to" in command:
            kind = command[command.index("--convert-to") + 1]
            made = self._made(kind, file)
            if made.exists() and made.stat().st_size:
                copyfile(made, Path(command[command.index("--outdir") + 1]) / made.name)
                return 0, "", ""
        return patient(command, timeout, **more)

    def _made(self, kind: str, file: Path) -> Path:
        return self._scratch / kind.partition(":")[0] / f"{file.stem}.{kind.partition(':')[0]}"

    def _convert(self, kind: str, files: list[Path], profile: str) -> None:
        command = ["soffice", f"-env:UserInstallation=file://{profile}", "--headless"]
        command += ["--norestore", "--nolockcheck", "--convert-to", kind]
        while files:
            where = ["--outdir", str(self._made(kind, files[0]).parent)]
            patient([*command, *where, *map(str, files)])
            # the first that is not there stopped LibreOffice, and is asked alone
            files = [file for file in files if not self._made(kind, file).exists()][1:]

    def _audit(self, program: Path) -> None:
        folder = self._scratch / "audited"
        folder.mkdir()
        for file in self._files:
            (folder / file.name).symlink_to(file)
        options = ["-f", "microsoft365", "-o", "json", "-m", "200", "-r", str(folder)]
        said = patient([str(program), *options])[1]
        self._audited = {Path(one["file"]).name: one for one in json.loads(said or "[]")}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
