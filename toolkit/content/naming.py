"""Names of files and folders in a kit, legal on Windows and short enough for OneDrive.

In: a document, a language and what a copy is for. Out: ``02_interessentanalyse_nb.xlsx``,
``fase-1-forankring`` (specification 2.1).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePosixPath

from toolkit.document import Document
from toolkit.language import Labels, slug

LONGEST_TITLE = 60
LONGEST_COPY = 30


def phase_folder(labels: Labels, phase: str) -> str:
    """The folder of a phase: ``fase-1-forankring``."""
    number = phase.removeprefix("p")
    return slug(f"{labels.t('f.phase')} {number} {labels.t(f'o.phase.{phase}')}")


def title_of(document: Document, labels: Labels) -> str:
    """The title of a document: its label, or the text of a sheet that writes one out."""
    return labels.t(document.title) if labels.has(document.title) else document.title


def file_name(document: Document, labels: Labels, copy: Iterable[str] = ()) -> str:
    """``<NN>_<title>_<lang>[_<unit, role or period>].<format>``."""
    number = document.doc.removeprefix("d.").removeprefix("d")
    named = labels.t(document.file) if document.file else title_of(document, labels)
    title = shortened(slug(named), LONGEST_TITLE)
    parts = [number, title, labels.lang, *(shortened(slug(text), LONGEST_COPY) for text in copy)]
    return "_".join(filter(None, parts)) + f".{document.format}"


def shortened(name: str, longest: int) -> str:
    """A slug of at most ``longest`` characters, cut between words where it can be."""
    if len(name) <= longest:
        return name
    head = name[: longest + 1].rpartition("-")[0]
    return head or name[:longest]


def distinct(paths: Iterable[str]) -> tuple[str, ...]:
    """Equal paths get ``_2``, ``_3`` before the suffix, in order."""
    seen: dict[str, int] = {}
    return tuple(_numbered(path, seen) for path in paths)


def _numbered(path: str, seen: dict[str, int]) -> str:
    count = seen[path] = seen.get(path, 0) + 1
    if count == 1:
        return path
    given = PurePosixPath(path)
    return _numbered(f"{given.with_name(f'{given.stem}_{count}{given.suffix}')}", seen)
