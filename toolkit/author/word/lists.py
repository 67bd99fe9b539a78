"""Real lists: bullets, and numbers that begin at 1 in every list.

In: the body. Out: its numbered lists told apart, and the numbering part.
"""

from __future__ import annotations

from itertools import groupby

from toolkit.author.word.elements import make, twips
from toolkit.office.package.markup import Element, q, serialise

BULLETS, NUMBERS = 1, 2
_KINDS = (("bullet", "•", 0.7, 0.5), ("decimal", "%1.", 0.8, 0.6))


def number_lists(body: list[Element]) -> int:
    """Gives every numbered list after the first its own number; how many lists there are."""
    runs = [list(lines) for numbered, lines in groupby(body, _numbered) if numbered]
    for number, lines in enumerate(runs[1:], NUMBERS + 1):
        for line in lines:
            line[0].insert(1, make("numPr", make("ilvl", val=0), make("numId", val=number)))
    return len(runs)


def numbering_xml(lists: int) -> bytes:
    """``numbering.xml`` for bullets and so many numbered lists."""
    kinds = [_abstract(number, *kind) for number, kind in enumerate(_KINDS)]
    first = [make("num", make("abstractNumId", val=n), numId=n + 1) for n in range(len(_KINDS))]
    others = [_restarted(NUMBERS + number) for number in range(1, lists)]
    return serialise(make("numbering", *kinds, *first, *others))


def _numbered(line: Element) -> bool:
    style = line.find(f"{q('w:pPr')}/{q('w:pStyle')}")
    return style is not None and style.get(q("w:val")) == "ListNumber"


def _abstract(number: int, kind: str, mark: str, left: float, hanging: float) -> Element:
    place = make("ind", left=twips(left), hanging=twips(hanging))
    level = make(
        "lvl",
        make("start", val=1),
        make("numFmt", val=kind),
        make("lvlText", val=mark),
        make("lvlJc", val="left"),
        make("pPr", place),
        ilvl=0,
    )
    single = make("multiLevelType", val="singleLevel")
    return make("abstractNum", single, level, abstractNumId=number)


def _restarted(number: int) -> Element:
    again = make("lvlOverride", make("startOverride", val=1), ilvl=0)
    return make("num", make("abstractNumId", val=NUMBERS - 1), again, numId=number)
