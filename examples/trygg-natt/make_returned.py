"""Makes the returned files of the example anew: a kit is generated, filled by a client, saved.

In: nothing, or another folder to write to. Out: ``returned/`` and, beside the stories that tell
what happened to each file, ``returning/expected.yaml`` and ``returning/README.md``. Values and
damages are always the same; LibreOffice writes its own times and ids into the files. Needs the
toolkit, Pillow, LibreOffice and a Python that has UNO (``python3-uno``).
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

from returning import benefits, duties, evaluation, people, risks, spoiled
from returning.forms import controls, filled
from returning.jobs import Faces, Job, form_job, texts_of, titles_of, workbook_job
from returning.kits import Kits
from returning.plan import Sending
from returning.record import expected, readme
from ruamel.yaml import YAML

from toolkit.language import Labels

HERE = Path(__file__).parent
LEFT_OF_THREE = 2
PACKED = (2027, 4, 2, 9, 30, 0)
NOTE = "Her er filene fra oss. Spør hvis noe mangler. Avdelingsleder, sone Nord\n"
LOCK_SIZE = 162  # what Word's lock files measure


class Making:
    """Makes the files of all sendings."""

    def __init__(self, work: Path, returned: Path) -> None:
        self.kits = Kits(HERE.parent, work)
        description = YAML(typ="safe").load(HERE / "project.yaml")
        self.titles = titles_of(description)
        self.work = work
        self.returned = returned

    def make(self, sendings: list[Sending]) -> dict[str, dict[str, str]]:
        """Every file; the marks of each by its name."""
        for sending in sendings:
            if sending.source and sending.client == "word":
                self._word(sending)
        clients = [s for s in sendings if s.client != "word" and (s.source or s.steps)]
        marks = self._clients([self._job(sending) for sending in clients])
        for sending in sendings:
            if sending.spoil:
                spoil(sending, self.returned)
        for folder in sorted(self.work.glob("*.zip")):
            pack(folder, self.returned / folder.name)
        return {s.name: told for s, told in zip(clients, marks, strict=True)}

    def _faces(self, sending: Sending) -> Faces:
        lang = sending.source.lang if sending.source else "nb"
        return Faces(Labels.load(lang), self.titles)

    def _word(self, sending: Sending) -> None:
        form = self._source(sending).read_bytes()
        texts = texts_of(sending, self._faces(sending))
        self._target(sending).write_bytes(filled(form, texts))

    def _target(self, sending: Sending) -> Path:
        """Where a file is saved; one that is zipped later lies in a folder of the zip's name."""
        target = (self.work if "/" in sending.name else self.returned) / sending.name
        target.parent.mkdir(exist_ok=True)
        return target

    def _source(self, sending: Sending) -> Path:
        if sending.source is None:
            raise ValueError(f"{sending.name} comes from no kit")
        return self.kits.path(sending.source)

    def _job(self, sending: Sending) -> Job:
        target = self._target(sending)
        faces = self._faces(sending)
        if sending.client == "writer":
            source = self._source(sending)
            order = controls(source.read_bytes())
            return form_job(source, target, order, texts_of(sending, faces))
        source_or_none = self._source(sending) if sending.source else None
        return workbook_job(sending, source_or_none, target, faces)

    def _clients(self, jobs: list[Job]) -> list[dict[str, str]]:
        todo, done = self.work / "jobs.json", self.work / "done.json"
        todo.write_text(json.dumps(jobs, ensure_ascii=False), encoding="utf-8")
        command = [python_with_uno(), "-m", "returning.client", str(todo), str(done)]
        subprocess.run(command, check=True, cwd=HERE)
        marks: list[dict[str, str]] = json.loads(done.read_text(encoding="utf-8"))
        return marks


def pack(folder: Path, target: Path) -> None:
    """A zip file of a folder."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.writestr(zipfile.ZipInfo(file.name, PACKED), file.read_bytes())


def spoil(sending: Sending, returned: Path) -> None:
    """What happens to a file on its way back."""
    target = returned / sending.name
    twin = (returned / sending.twin).read_bytes() if sending.twin else b""
    contents = {
        "copy": twin,
        "truncate": twin[: len(twin) * LEFT_OF_THREE // 3],
        "empty": b"",
        "note": NOTE.encode(),
        "lock": b"\x09Nattevakt".ljust(LOCK_SIZE, b"\x00"),
    }
    target.write_bytes(contents[sending.spoil])


def python_with_uno() -> str:
    """A Python that has the UNO bridge: this one, the system's, LibreOffice's own."""
    office = Path(shutil.which("soffice") or "soffice").resolve().parent
    known = (sys.executable, "/usr/bin/python3", "python3", str(office / "python"))
    for python in filter(None, map(shutil.which, known)):
        if not subprocess.run([python, "-c", "import uno"], capture_output=True).returncode:
            return python
    raise SystemExit("No Python with UNO found; install python3-uno")


def main(out: Path) -> None:
    """Make every file anew, in ``returned`` and ``returning`` of a folder."""
    stories = (benefits, people, duties, risks, evaluation, spoiled)
    sendings = [sending for story in stories for sending in story.sendings()]
    returned, own = out / "returned", out / "returning"
    own.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "returned"
        made.mkdir()
        marks = Making(Path(folder), made).make(sendings)
        shutil.rmtree(returned, ignore_errors=True)
        shutil.copytree(made, returned)
    (own / "expected.yaml").write_text(expected(sendings, marks), encoding="utf-8")
    (own / "README.md").write_text(readme(sendings), encoding="utf-8")
    sys.stdout.write(f"{len(sendings)} files in {returned}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
