"""The kit that was sent out, generated as its users would.

In: the example's folder. Out: kits in a temporary folder, in the languages that are filled, and
where each file of them lies. The logo is made small first: it is in every file, and readers of
returned files have no use for it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from PIL import Image

from returning.plan import Source

SENT_OUT = datetime(2026, 1, 12, tzinfo=UTC)
LOGO = "assets/fjordvik-logo.png"
LOGO_WIDTH, LOGO_COLOURS = 256, 16
EDITIONS = (("trygg-natt", "nb"), ("trygg-natt", "sv"), ("minimal", "nb"))


class Kits:
    """Generated kits, each in a folder of its own."""

    def __init__(self, examples: Path, work: Path) -> None:
        self.work = work
        self.files: dict[Source, Path] = {}
        for project, lang in EDITIONS:
            description = _description(examples / project, work / "projects" / f"{project}-{lang}")
            folder = work / "kits" / f"{project}-{lang}"
            _generate(description, folder, lang)
            self._note(folder, project)

    def _note(self, folder: Path, project: str) -> None:
        answers = json.loads((folder / "answers.json").read_text(encoding="utf-8"))
        for file in answers["files"]:
            self.files[_source(file, project)] = folder / file["path"]

    def path(self, source: Source) -> Path:
        """Where a file of a kit lies."""
        return self.files[source]


def _source(file: dict[str, Any], project: str) -> Source:
    copy = file["unit_id"] or file["role"]
    return Source(file["doc"], copy, file["format"], file["lang"], project)


def _description(example: Path, folder: Path) -> Path:
    """A copy of an example's description, with a small logo."""
    shutil.copytree(example, folder, ignore=shutil.ignore_patterns("returned", "returning", "*.py"))
    logo = folder / LOGO
    if logo.is_file():
        image = Image.open(logo)
        height = round(image.height * LOGO_WIDTH / image.width)
        image.resize((LOGO_WIDTH, height)).quantize(LOGO_COLOURS).save(logo, optimize=True)
    return folder / "project.yaml"


def _generate(description: Path, folder: Path, lang: str) -> None:
    command = [sys.executable, "-m", "toolkit", "generate", str(description), "-o", str(folder)]
    day = str(int(SENT_OUT.timestamp()))
    environment = {**os.environ, "SOURCE_DATE_EPOCH": day}
    subprocess.run([*command, "--lang", lang], check=True, env=environment, capture_output=True)
