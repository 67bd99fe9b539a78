"""Document: one Office template with its sheet, as data.

In: ``templates/<format>/<id>.yaml`` beside ``<id>.<format>``. Out: a frozen Document, or
TemplateError with every problem of every sheet. The sheet says what stands in the document, in
which order and with which fields; how it looks is the business of ``author/``, which builds the
template from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AliasChoices, BeforeValidator, ConfigDict
from pydantic import Field as Default

from toolkit.declaration import Declaration, Plain, read_declaration
from toolkit.field import Field, Model
from toolkit.finding import Finding, Place, TemplateError, finding, has_errors

FORMATS = ("xlsx", "docx", "pptx")
SECTIONS = ("sections", "sheets", "slides")


class Copies(StrEnum):
    """What one file of the kit is made for (SPEC 1)."""

    ONE = "one"
    UNIT = "unit"
    WORKSHOP = "workshop"
    RESPONDENT = "respondent"
    PERIOD = "period"
    DEVICE = "device"


def _many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def resolved(value: Any) -> Any:
    """What YAML means by a text without quotation marks: ``true``, ``3``, ``2.5`` or a text."""
    if isinstance(value, Mapping):
        return {str(key): resolved(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [resolved(inner) for inner in value]
    return _scalar(value) if isinstance(value, Plain) else value


def _scalar(text: Plain) -> Any:
    if text in ("true", "false"):
        return text == "true"
    for read in (int, float):
        try:
            return read(text) if text.strip("-.0123456789") == "" else str(text)
        except ValueError:
            continue
    return str(text)


class Block(Model):
    """One part of a document: a table, a form, a text, a chart, a deck slide.

    ``part`` names the reusable part of ``author/`` that draws it; ``rows`` the list of the context
    it repeats over; ``when`` a Jinja condition that keeps it; ``options`` whatever that part asks.
    """

    part: str = "table"
    title: str = ""
    intro: str = ""
    rows: str = ""
    blank_rows: int = 20
    key: tuple[str, ...] = ()
    columns: tuple[Field, ...] = ()
    when: str = ""
    options: Annotated[dict[str, Any], BeforeValidator(resolved)] = Default(default_factory=dict)


class Section(Block):
    """A sheet, a heading or a slide: one block, or several under one title in ``blocks``.

    The key of a section (``s.risks``, ``h.an.key``, ``h.pp.goals``) is its title's label too,
    unless ``title`` says another.
    """

    blocks: tuple[Block, ...] = ()


class Document(Model):
    """A document of the kit: identity, place in the kit and content.

    ``filled_by`` are role labels (``r.project_manager``) or option labels
    (``o.respondent_role.user``) for the overview. ``file`` is the label the file is named after,
    the title unless it says another. ``shows`` says what the document is filled with: the project's
    ``description``, or the ``results`` that came back; the latter is no part of a kit.
    """

    model_config = ConfigDict(populate_by_name=True)

    id: str
    format: str
    doc: str
    title: str
    file: str = ""
    intro: str = ""
    phases: tuple[str, ...] = ()
    copies: Annotated[tuple[Copies, ...], BeforeValidator(_many)] = (Copies.ONE,)
    filled_by: tuple[str, ...] = ()
    returned: bool = True
    shows: Literal["description", "results"] = "description"
    personal_data: bool = False
    paper: str = "A4"
    sections: dict[str, Section] = Default(
        default_factory=dict, validation_alias=AliasChoices(*SECTIONS)
    )
    folder: Path = Path()

    @property
    def template(self) -> Path:
        """The Office file."""
        return self.folder / f"{self.id}.{self.format}"


def shipped_templates() -> Path:
    """The folder of the templates that come with the toolkit."""
    packed = Path(str(files("toolkit"))) / "templates"
    return packed if packed.is_dir() else packed.parent.parent / "templates"


def load_document(path: Path) -> Document:
    """The document of a sheet; TemplateError with every problem in it."""
    document, findings = check_document(path)
    if document is None:
        raise TemplateError(findings)
    return document


def check_document(path: Path) -> tuple[Document | None, tuple[Finding, ...]]:
    """The document of a sheet, None when a finding is an error, and every finding."""
    try:
        content = path.read_bytes()
    except OSError:
        return _checked(path)
    return _once(path, content)


@lru_cache(maxsize=64)
def _once(path: Path, _: bytes) -> tuple[Document | None, tuple[Finding, ...]]:
    """A run asks for its documents in several steps; a sheet that stands as it stood is known."""
    return _checked(path)


def _checked(path: Path) -> tuple[Document | None, tuple[Finding, ...]]:
    given = {"id": path.stem, "format": path.parent.name, "folder": path.parent}
    document, declaration, findings = read_declaration(path, Document, given)
    if document is None or declaration is None:
        return None, findings
    return document.model_copy(update={"sections": _sections(document, declaration)}), findings


def _sections(document: Document, declaration: Declaration) -> dict[str, Section]:
    """The sections with those that are nothing but a key, in the order of the sheet."""
    keys = (key for name in SECTIONS for key in declaration.keys((name,)))
    return {key: document.sections.get(key, Section()) for key in keys}


def load_documents(*folders: Path) -> tuple[Document, ...]:
    """Every document of these template folders by number; a later folder replaces file by file.

    A folder holds ``xlsx/``, ``docx/`` and ``pptx/``. TemplateError with every problem of every
    sheet; a folder that is not there is one.
    """
    sheets = {(path.parent.name, path.stem): path for folder in folders for path in _in(folder)}
    read = [check_document(path) for path in sheets.values()]
    missing = [finding("folder-not-found", Place(str(f))) for f in folders if not f.is_dir()]
    findings = (*missing, *(found for _, told in read for found in told))
    if has_errors(findings):
        raise TemplateError(findings)
    return tuple(sorted((document for document, _ in read if document), key=_order))


def _in(folder: Path) -> Iterator[Path]:
    return (path for name in FORMATS for path in sorted((folder / name).glob("*.yaml")))


def _order(document: Document) -> tuple[str, int, str]:
    return document.doc.removeprefix("d."), FORMATS.index(document.format), document.id
