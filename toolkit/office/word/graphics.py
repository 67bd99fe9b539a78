"""Charts and diagrams of a Word document: their texts, as in PowerPoint.

In: a package, its engine, the names of the parts. Out: the parts translated, and compiled where
they hold tags.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from toolkit.office.charts.cache import C
from toolkit.office.engine import Engine
from toolkit.office.package.markup import Element
from toolkit.office.package.package import Package
from toolkit.office.slides.cut import Cutter
from toolkit.office.slides.paragraph import swap_texts
from toolkit.office.slides.plan import ALT, PICTURE
from toolkit.office.tags.emit import attribute_emitter, emitter
from toolkit.office.xml_part import XmlPart

_BREAK = {"\n": " ", "\t": " "}


def compile_graphics(package: Package, engine: Engine, names: Iterable[str]) -> list[XmlPart]:
    """Charts and diagrams, compiled where they hold tags."""
    parts = []
    for name in dict.fromkeys(names):
        root = package.tree(name)
        if engine.settings.localised:
            _localise(root, engine)
        pieces = Cutter(root, package.place(("chart", 1)), engine).cut()
        if pieces:
            parts.append(XmlPart(name, engine.compile(pieces, _emitters), package.place()))
        elif engine.settings.localised:
            package.store(name)
    return parts


def _localise(root: Element, engine: Engine) -> None:
    localisation = engine.settings.localisation
    swap_texts(root, localisation.text)
    for element in root.iter(C + "formatCode"):
        element.text = localisation.number_format(element.text or "")
    for element in root.iter(C + "numFmt"):
        element.set("formatCode", localisation.number_format(element.get("formatCode", "")))


def _emitters(engine: Engine) -> dict[str, Callable[[Any], Any]]:
    plain = attribute_emitter(engine)
    return {"": emitter(engine, _BREAK), ALT: plain, PICTURE: plain}
