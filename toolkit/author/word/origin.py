"""How a cell shows where its value comes from (SPEC 2.3), never by colour alone.

In: an origin. Out: the fill and the borders of the cell. What is open also says "write here",
what is computed stands in blue and is named so in the legend.
"""

from __future__ import annotations

from toolkit.author.word.elements import COMPUTED, GIVEN
from toolkit.author.word.pen import Pen
from toolkit.author.word.table import cell
from toolkit.field import Origin
from toolkit.office.package.markup import Element

FILLS = {Origin.PREFILLED: GIVEN, Origin.COMPUTED: COMPUTED}


def origin_cell(pen: Pen, origin: Origin, *content: Element) -> Element:
    """A body cell that looks the way its origin does, in a document that comes back."""
    if not pen.document.returned:
        return cell(*content)
    if origin is Origin.EDITABLE:
        return cell(*content, sides=[pen.ink.line("left", "edge", 2.25)])
    fill = FILLS.get(origin, "")
    return cell(*content, fill=pen.ink.shade(fill) if fill else None)
