"""The reusable parts of Word documents, by the name a sheet gives them.

In: a Pen and a Block of the sheet. Out: the elements that draw it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from toolkit.author.word.parts.facts import facts, legend, tiles
from toolkit.author.word.parts.forms import form, questions, sign_off
from toolkit.author.word.parts.prose import bullets, callout, prose, quotes, steps
from toolkit.author.word.parts.tables import data_table
from toolkit.author.word.pen import Pen
from toolkit.document import Block
from toolkit.office.package.markup import Element

Part = Callable[[Pen, Block], list[Element]]

PARTS: Mapping[str, Part] = {
    "table": data_table,
    "form": form,
    "questions": questions,
    "facts": facts,
    "legend": legend,
    "tiles": tiles,
    "text": prose,
    "callout": callout,
    "bullets": bullets,
    "steps": steps,
    "quotes": quotes,
    "sign_off": sign_off,
}
