"""Document: one Office template with its sheet, as data.

In: ``templates/<format>/<id>.yaml`` beside ``<id>.<format>``. Out: a frozen Document. The sheet
says what stands in the document, in which order and with which fields; how it looks is the
business of ``author/``, which builds the template from it.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BeforeValidator, Field as Default

from toolkit.field import Field, Model


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
    options: dict[str, Any] = Default(default_factory=dict)


class Section(Block):
    """A sheet, a heading or a slide: one block, or several under one title in ``blocks``.

    The key of a section (``s.risks``, ``h.an.key``, ``h.pp.goals``) is its title's label too,
    unless ``title`` says another.
    """

    blocks: tuple[Block, ...] = ()


class Document(Model):
    """A document of the kit: identity, place in the kit and content.

    ``filled_by`` are role labels (``r.project_manager``) or option labels
    (``o.respondent_role.user``) for the overview.
    """

    id: str
    format: str
    doc: str
    title: str
    intro: str = ""
    phases: tuple[str, ...] = ()
    copies: Annotated[tuple[Copies, ...], BeforeValidator(_many)] = (Copies.ONE,)
    filled_by: tuple[str, ...] = ()
    returned: bool = True
    personal_data: bool = False
    paper: str = "A4"
    sections: dict[str, Section] = Default(default_factory=dict)
    folder: Path = Path()

    @property
    def template(self) -> Path:
        """The Office file."""
        return self.folder / f"{self.id}.{self.format}"
