"""Answers: what a kit was made from, in ``answers.json`` beside its files.

In: the file of an earlier run, if there is one. Out: inputs, versions and a hash of every file,
so that the next run knows which files people have edited since.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

FILE = "answers.json"


@dataclass(frozen=True)
class Entry:
    """One file of the kit: where it is, what it is, and its hash as it was written."""

    path: str
    doc: str
    document: str
    format: str
    lang: str
    sha256: str
    template_sha256: str
    copy_id: str
    unit_id: str = ""
    role: str = ""
    period: str = ""


@dataclass(frozen=True)
class Answers:
    """Inputs and versions of the latest run, and every file of the kit."""

    toolkit: str = ""
    project_id: str = ""
    project: str = ""
    source_hash: str = ""
    generated_at: str = ""
    files: tuple[Entry, ...] = ()

    @property
    def known(self) -> dict[str, str]:
        """Path -> hash of every file as the toolkit wrote it."""
        return {entry.path: entry.sha256 for entry in self.files}

    def text(self) -> str:
        """The answers as JSON, the same for the same kit."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


def read_answers(kit: Path) -> Answers:
    """The answers of a kit; empty ones where there is no kit or the file is not ours."""
    try:
        return _answers(json.loads((kit / FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, KeyError):
        return Answers()


def _answers(data: dict[str, Any]) -> Answers:
    names = {known.name for known in fields(Answers)} - {"files"}
    files = tuple(Entry(**entry) for entry in data["files"])
    return Answers(**{name: str(data[name]) for name in names}, files=files)


def joined(
    old: Iterable[Entry], new: Iterable[Entry], gone: Collection[str] = ()
) -> tuple[Entry, ...]:
    """The files of a kit after a run: the new ones, and the old ones it left standing."""
    entries = {entry.path: entry for entry in old if entry.path not in gone}
    entries |= {entry.path: entry for entry in new}
    return tuple(entries[path] for path in sorted(entries))
