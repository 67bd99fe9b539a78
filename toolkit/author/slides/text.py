"""Text of a slide: paragraphs and runs, with the sizes of the type scale.

In: texts, which may hold tags. Out: ``a:p`` elements. Sizes are points. A paragraph that holds
one control tag alone is removed at fill together with its tag.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from toolkit.office.package.markup import Element, q

LANGUAGE = "nb-NO"

HERO, TITLE, LEAD, BODY, LABEL, SMALL, SOURCE = 40, 30, 22, 18, 16, 14, 11
NUMBER = 60


@dataclass(frozen=True)
class Run:
    """A stretch of text in one look; ``color`` is a theme slot (``tx1``, ``accent5``) or RRGGBB."""

    text: str
    size: float = 0
    bold: bool = False
    color: str = ""


@dataclass(frozen=True)
class Para:
    """A paragraph: its runs, its alignment (l, ctr, r), the space around it in points."""

    runs: tuple[Run, ...]
    align: str = ""
    before: float = 0
    after: float = 0
    spacing: int = 0
    bullet: str = ""

    def but(self, **changes: object) -> Para:
        """The same paragraph with other spacing or alignment."""
        return replace(self, **changes)  # type: ignore[arg-type]


def para(text: str, size: float = 0, *, bold: bool = False, color: str = "") -> Para:
    """A paragraph of one run."""
    return Para((Run(text, size, bold, color),))


def control(tag: str) -> Para:
    """A paragraph that holds one control tag and goes with it: ``for x in xs``, ``endfor``."""
    return para(f"{{% {tag} %}}")


def each(loop: str, *paras: Para) -> tuple[Para, ...]:
    """The paragraphs once for every item: ``each("x in xs", …)``."""
    return (control(f"for {loop}"), *paras, control("endfor"))


def only(condition: str, *paras: Para) -> tuple[Para, ...]:
    """The paragraphs where the condition holds; always, where it is empty."""
    if not condition:
        return paras
    return (control(f"if {condition}"), *paras, control("endif"))


def fitted(
    value: str, look: Para, sizes: Sequence[tuple[int, float]], length: str = ""
) -> tuple[Para, ...]:
    """One paragraph whose size follows the length of a value.

    ``value`` is an expression; ``sizes`` are (up to so many characters, points), the last of them
    holding for everything longer. ``length`` is another expression to go by.
    """
    length = length or f"({value})|string|length"
    found: list[Para] = []
    for number, (limit, size) in enumerate(sizes, 1):
        if len(sizes) > 1:
            last = number == len(sizes)
            word = "if" if number == 1 else "elif"
            found.append(control("else" if last else f"{word} {length} <= {limit}"))
        found.append(look.but(runs=tuple(replace(run, size=size) for run in look.runs)))
    return (*found, control("endif")) if len(sizes) > 1 else tuple(found)


def either(condition: str, some: Iterable[Para], others: Iterable[Para]) -> tuple[Para, ...]:
    """Some paragraphs where the condition holds, else others."""
    return (control(f"if {condition}"), *some, control("else"), *others, control("endif"))


def color_of(name: str) -> Element:
    """``a:schemeClr`` or ``a:srgbClr``; ``accent1/20`` is that colour 20 % opaque."""
    slot, _, opacity = name.partition("/")
    literal = len(slot) == 6 and slot.upper() == slot
    color = etree.Element(q("a:srgbClr" if literal else "a:schemeClr"), val=slot)
    if opacity:
        etree.SubElement(color, q("a:alpha"), val=str(int(opacity) * 1000))
    return color


def filled(name: str) -> Element:
    """``a:solidFill``, or ``a:noFill`` for an empty name."""
    if not name:
        return etree.Element(q("a:noFill"))
    fill = etree.Element(q("a:solidFill"))
    fill.append(color_of(name))
    return fill


def paragraph(look: Para) -> Element:
    """The ``a:p`` of a paragraph."""
    element = etree.Element(q("a:p"))
    _properties(element, look)
    for run in look.runs:
        _run(element, run)
    return element


def put(body: Element, paras: Iterable[Para]) -> None:
    """Append the paragraphs to a text body; a body always holds at least one."""
    for look in tuple(paras) or (Para(()),):
        body.append(paragraph(look))


def _properties(element: Element, look: Para) -> None:
    properties = etree.SubElement(element, q("a:pPr"))
    if look.bullet:
        properties.set("marL", "285750")
        properties.set("indent", "-285750")
    if look.align:
        properties.set("algn", look.align)
    if look.spacing:
        _space(properties, "lnSpc", "spcPct", look.spacing * 1000)
    if look.before:
        _space(properties, "spcBef", "spcPts", int(look.before * 100))
    if look.after:
        _space(properties, "spcAft", "spcPts", int(look.after * 100))
    if look.bullet:
        _bullet(properties, look.bullet)


def _space(properties: Element, tag: str, kind: str, value: int) -> None:
    etree.SubElement(etree.SubElement(properties, q(f"a:{tag}")), q(f"a:{kind}"), val=str(value))


def _bullet(properties: Element, character: str) -> None:
    etree.SubElement(properties, q("a:buClr")).append(color_of("accent3"))
    etree.SubElement(properties, q("a:buFont"), typeface="Arial")
    etree.SubElement(properties, q("a:buChar"), char=character)


def _run(element: Element, run: Run) -> None:
    holder = etree.SubElement(element, q("a:r"))
    holder.append(run_properties(run, "rPr"))
    etree.SubElement(holder, q("a:t")).text = run.text


def run_properties(run: Run, tag: str) -> Element:
    """``a:rPr`` (or ``a:endParaRPr``) of a run."""
    properties = etree.Element(q(f"a:{tag}"), lang=LANGUAGE)
    if run.size:
        properties.set("sz", str(round(run.size * 100)))
    if run.bold:
        properties.set("b", "1")
    if run.color:
        properties.append(filled(run.color))
    return properties
