"""What every part of a Word document is drawn with.

In: a document sheet, the labels and the theme. Out: a Pen, the first argument of every part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.author.word.elements import Ink
from toolkit.author.wording import Wording
from toolkit.document import Document
from toolkit.field import Field, FieldType

SHOWN = {
    FieldType.DATE: " | date",
    FieldType.MONEY: " | money",
    FieldType.PERCENT: " | percent",
    FieldType.INT: " | number",
    FieldType.NUMBER: " | number",
}


@dataclass(frozen=True)
class Pen:
    """The document drawn, its words and its colours; ``width`` of the text in cm."""

    document: Document
    wording: Wording
    slots: Mapping[str, str]
    width: float = 16.4

    @property
    def ink(self) -> Ink:
        """The colours as Word writes them."""
        return Ink(self.slots)

    def say(self, words: str) -> str:
        """The label of a key; other text, such as a tag, as it stands."""
        return self.wording(words) if self.wording.labels.has(words) else words

    def label(self, field: Field) -> str:
        """The heading of a field: its own label, else the one of its key."""
        return self.say(field.label or field.field)

    def tag(self, field: Field) -> str:
        """The tag of a field's content control: ``d16.works_well``."""
        return f"{self.document.doc.replace('.', '')}.{field.field.removeprefix('f.')}"

    def value(self, field: Field, row: str = "") -> str:
        """The tag that shows a field: of a row of the table, else of the context itself.

        ``formula`` of a Word document is the expression shown.
        """
        path = f"{row}.{field.name}" if row else field.source
        expression = field.formula or (path and path + SHOWN.get(field.type, ""))
        return f"{{{{ {expression} }}}}" if expression else ""
