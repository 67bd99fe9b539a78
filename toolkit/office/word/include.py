"""Another Word document inserted into one: ``{{ include('part.docx') }}`` alone in its paragraph.

In: the path of a document, from the folder of the data, and the paragraph it was asked for in. Out:
the body of that document in the paragraph's place, with its styles, lists, pictures, links and
notes. Its sections, headers and comments are left out; tags in it are text. A style both documents
have looks as in the one it comes into.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path, PureWindowsPath
from typing import Any

from toolkit.finding import ToolkitError
from toolkit.office.engine import Engine
from toolkit.office.package.markup import Element, parent, q
from toolkit.office.package.package import Package
from toolkit.office.rich import DOCUMENT, emit_markdown, marked
from toolkit.office.tags.pieces import Fill
from toolkit.office.values import SubDocument

_DROPPED = tuple(
    map(
        q,
        (
            *("w:sectPr", "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference"),
            *("w:proofErr", "w:permStart", "w:permEnd"),
        ),
    )
)


def emit_rich(engine: Engine) -> Callable[[Any], str | None]:
    """The emitter of Markdown and of documents; what cannot be included is told at its tag."""

    def emit(value: Any) -> str | None:
        if type(value) is not SubDocument:
            return emit_markdown(value)
        run = engine.environment.run
        path, fault = _path(value.path, run.base)
        fault = fault or ("" if path is None or _opened(path) else "document-unreadable")
        if fault:
            run.add(fault, run.tag().place, path=value.path)
            return ""
        return marked(DOCUMENT, value.path)

    return emit


def _path(given: str, base: Path | None) -> tuple[Path | None, str]:
    """The file that is meant, or the code of a finding; it lies in the data's folder or below."""
    folder = (base or Path()).resolve()
    if Path(given).is_absolute() or PureWindowsPath(given).drive:
        return None, "document-outside"
    try:
        path = (folder / given.replace("\\", "/")).resolve()
        if not path.is_relative_to(folder):
            return None, "document-outside"
        return (path, "") if path.is_file() else (None, "document-missing")
    except (OSError, ValueError):
        return None, "document-missing"


def _opened(path: Path) -> Package | None:
    """The document; None when it is none."""
    try:
        package = Package.open(path)
        if package.kind != "docx" or package.tree(package.main).find(q("w:body")) is None:
            return None
    except (ToolkitError, KeyError):
        return None
    return package


def insert(given: str, paragraph: Element, fill: Fill) -> None:
    """Put the body of a document in place of a paragraph."""
    from toolkit.office.word.carry import Carrier  # few templates include documents
    from toolkit.office.word.places import TBL, TC

    path, _ = _path(given, fill.run.base)
    source: Package | None = fill.memory.get(("document", given))
    if source is None and path is not None:
        source = fill.memory["document", given] = _opened(path)
    found = None if source is None else source.tree(source.main).find(q("w:body"))
    if source is None or found is None:
        return
    body = deepcopy(found)
    for item in list(body.iter(*_DROPPED)):
        _drop(item)
    carrier = Carrier(source, fill.package, paragraph.getroottree().getroot())
    carrier.carry(body, source.main, fill.part)
    last = paragraph
    for item in list(body):
        last.addnext(item)
        last = item
    if last.tag != TBL or parent(paragraph).tag != TC:
        parent(paragraph).remove(paragraph)
    else:
        _empty(paragraph)
        last.addnext(paragraph)


def _drop(item: Element) -> None:
    """Take an element away, and the run that held nothing else."""
    holder = parent(item)
    holder.remove(item)
    if holder.tag == q("w:r") and all(child.tag == q("w:rPr") for child in holder):
        parent(holder).remove(holder)


def _empty(paragraph: Element) -> None:
    for child in list(paragraph):
        if child.tag != q("w:pPr"):
            paragraph.remove(child)
