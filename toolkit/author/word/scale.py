"""The type scale of Word documents: every paragraph style, as data.

In: nothing. Out: ``STYLES``. Body 11 pt, headings 24, 18 and 14; colours are theme slots.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.author.word.elements import COMPUTED, GIVEN

NORMAL = "Normal"
BUILT_IN = ("Title", "Subtitle", "Quote", "List Bullet", "List Number")


@dataclass(frozen=True)
class Style:
    """A paragraph style. Sizes and spacing in points, ``line`` in lines, indents in cm.

    ``box`` draws the borders of a place for an answer: ``fill``, ``long``, ``edit``; ``bar`` a
    thick line on the left in that colour.
    """

    name: str
    id: str = ""
    based: str = NORMAL
    follows: str = ""
    size: float = 0
    bold: bool | None = None
    italic: bool = False
    plain: bool = False
    color: str = ""
    major: bool = False
    before: float | None = None
    after: float | None = None
    line: float = 0
    exact: float = 0
    left: float = 0
    right: float = 0
    hanging: float = 0
    align: str = ""
    level: int = -1
    keep: bool = False
    page: bool = False
    fill: str = ""
    box: str = ""
    bar: str = ""
    under: str = ""
    list: int = 0
    tab: float = 0
    hyphens: bool = False

    @property
    def custom(self) -> bool:
        """Whether Word itself has no style of this name."""
        return not (self.name[0].islower() or self.name in BUILT_IN)

    @property
    def style_id(self) -> str:
        """The id that paragraphs name."""
        return self.id or self.name.replace(" ", "")


HEADINGS = (
    Style("heading 1", "Heading1", follows=NORMAL, size=24, bold=True, color="dk2", major=True,
          before=20, after=6, line=1.0, level=0, keep=True),
    Style("Heading 1 Page", based="Heading1", follows=NORMAL, before=0, page=True),
    Style("heading 2", "Heading2", follows=NORMAL, size=18, bold=True, color="dk2", major=True,
          before=18, after=6, line=1.0, level=1, keep=True),
    Style("heading 3", "Heading3", follows=NORMAL, size=14, bold=True, color="dk2", major=True,
          before=14, after=4, line=1.0, level=2, keep=True),
    Style("Cover", size=11, bold=True, color="accent6", after=10, left=0.55, right=0.55,
          line=1.0, fill="accent1", box="cover", keep=True),
    Style("Title", based="Cover", size=30, bold=True, color="accent6", major=True, after=8,
          line=0.95, follows="Subtitle", keep=True),
    Style("Subtitle", based="Cover", size=13, bold=False, color="accent6", after=18, line=1.1,
          follows=NORMAL),
    Style("toc 1", "TOC1", before=3, after=3, right=1.0),
)  # fmt: skip
TEXTS = (
    Style("Kicker", size=11, bold=True, color="accent5", after=10, tab=-1, keep=True),
    Style("Label", size=11, bold=True, color="dk2", before=10, after=4, keep=True),
    Style("Intro", size=11, color="accent5", after=8, keep=True),
    Style("Quote", size=14, italic=True, color="dk2", before=8, after=2, left=0.6, bar="accent3",
          keep=True),
    Style("Quote Source", based="Quote", size=9.5, plain=True, color="accent5", before=0, after=12),
    Style("caption", "Caption", size=9, color="accent5", before=4, after=10),
    Style("Callout", before=8, after=12, left=0.45, right=0.3, fill="lt2", bar="accent1"),
    Style("Warning", based="Callout", bar="accent3"),
    Style("Quiet", italic=True, color="accent5", after=10),
    Style("List Bullet", "ListBullet", after=4, left=0.7, hanging=0.5, list=1),
    Style("List Number", "ListNumber", after=4, left=0.8, hanging=0.6, list=2),
    Style("header", "Header", size=9, color="accent5", after=0, tab=-1),
    Style("footer", "Footer", size=9, color="accent5", after=0, tab=-1),
    Style("Gap", exact=8, after=0, size=4),
    Style("Stamp", exact=1, after=0, size=1),
)  # fmt: skip
CELLS = (
    Style("Table Text", size=10, hyphens=True, before=2.5, after=2.5, line=1.05),
    Style("Table Number", based="TableText", align="right"),
    Style("Table Head", based="TableText", bold=True, color="accent6", before=3.5, after=3.5,
          keep=True),
    Style("Table Head Number", based="TableHead", align="right"),
    Style("Table Head Quiet", based="TableHead", color="dk2"),
    Style("Table Label", based="TableText", bold=True, color="dk2"),
    Style("Form Text", based="TableText", size=11, before=3, after=3),
    Style("Form Label", based="FormText", bold=True, color="dk2"),
    Style("Table Text Kept", based="TableText", keep=True),
    Style("Form Text Kept", based="FormText", keep=True),
    Style("Table File", based="TableText", size=8.5, color="accent5"),
    Style("Legend", based="TableText", size=9, color="accent5"),
    Style("Tile Number", size=30, bold=True, color="dk2", major=True, before=8, after=0, line=1.0,
          align="left", keep=True),
    Style("Tile Label", size=9.5, color="accent5", after=8, line=1.05),
)  # fmt: skip
FORMS = (
    Style("Question", follows="Answer", bold=True, before=8, after=4, keep=True, line=1.05),
    Style("Answer", before=2, after=7, left=0.2, right=0.2, box="fill"),
    Style("Answer Long", based="Answer", box="long"),
    Style("Answer Edit", based="Answer", box="edit"),
    Style("Answer Given", based="Answer", box="solid", fill=GIVEN),
    Style("Answer Computed", based="Answer", box="solid", fill=COMPUTED, italic=True),
)
STYLES = (*HEADINGS, *TEXTS, *CELLS, *FORMS)
