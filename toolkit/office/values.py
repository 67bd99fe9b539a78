"""What a template can print besides text: pictures, QR codes, charts, lists of choices.

In: the arguments of ``image()``, ``qr()``, ``chart()``, ``choices()`` in a tag. Out: values that a
format module recognises where it meets them, and the plain text of everything else.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from jinja2 import Undefined

from toolkit.office.limits import TooMuch
from toolkit.office.record import Record

_MAX_MARKDOWN = 1_000_000
_CONTROLS = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"


class Picture(Record):
    """A picture file: ``path`` from the folder of the data; ``crop`` is fit or fill."""

    path: str
    alt: str = ""
    crop: str = "fit"


class QrCode(Record):
    """A QR code of ``text``, drawn as a picture."""

    text: str


class Chart(Record):
    """The data of a chart: ``categories``, ``series`` and an optional ``alt``."""

    data: Any


class Choices(Record):
    """The entries of a drop-down: pairs of value and label."""

    entries: tuple[tuple[str, str], ...]


class SubDocument(Record):
    """Another Word document: ``path`` from the folder of the data."""

    path: str


Special = Picture | QrCode | Chart | Choices


class NotTextError(TypeError):
    """A picture, a chart, choices or a document printed where only text can stand."""


class Markdown(str):
    """Text marked with Markdown; where no formatting can stand its plain text stands."""

    __slots__ = ()

    def __str__(self) -> str:
        from toolkit.office.markdown import plain_text  # few templates print Markdown

        return plain_text(self.source)

    @property
    def source(self) -> str:
        """The text as it was written."""
        return "".join(self)


def markdown(value: Any) -> Markdown:
    """``{{ text | markdown }}``; nothing gives nothing. Raises TooMuch for a whole book."""
    if isinstance(value, Markdown):
        return value
    text = "" if value is None else str(value)
    if len(text) > _MAX_MARKDOWN:
        raise TooMuch
    return Markdown(text)


def image(given: Any, crop: str = "fit") -> Picture | None:
    """``image(project.logo)``: a path, or ``{"path": …, "alt": …}``; None for no picture."""
    if crop not in ("fit", "fill"):
        raise ValueError(f"{crop!r}: 'fit' or 'fill'")
    if isinstance(given, Mapping):
        path, alt = given.get("path"), given.get("alt")
        return Picture(f"{path}", f"{alt or ''}", crop) if path else None
    if given is None or given == "":
        return None
    if not isinstance(given, str):
        raise TypeError(f"{type(given).__name__} is not the path of a picture")
    return Picture(given, "", crop)


def qr(given: Any) -> QrCode | None:
    """``qr(url)``: a QR code; None or empty text for none."""
    return QrCode(str(given)) if given else None


def chart(data: Any) -> Chart:
    """``chart(view.savings)``."""
    return Chart(data)


def choices(entries: Any) -> Choices:
    """``choices(lists.units)``: texts, or ``{"value": …, "label": …}`` each."""
    return Choices(tuple(_choice(entry) for entry in entries or ()))


def _choice(entry: Any) -> tuple[str, str]:
    if isinstance(entry, Mapping):
        label = entry.get("label", entry.get("value"))
        return str(entry.get("value", label)), str(label)
    return str(entry), str(entry)


def include(given: Any) -> SubDocument | None:
    """``include('part.docx')``: the body of another Word document; None or empty text for none."""
    if given is None or given == "":
        return None
    if not isinstance(given, str):
        raise TypeError(f"{type(given).__name__} is not the path of a document")
    return SubDocument(given)


FUNCTIONS = {"image": image, "qr": qr, "chart": chart, "choices": choices, "include": include}


def plain(value: Any) -> str:
    """The text of a printed value: None is empty; functions and objects are refused."""
    if type(value) is str:
        return value
    if value is None:
        return ""
    if isinstance(value, Special | SubDocument):
        raise NotTextError(f"{type(value).__name__} cannot stand in text")
    if isinstance(value, Sequence | Mapping | set) and not isinstance(value, str):
        return _listed(value)
    if callable(value) and not isinstance(value, Undefined):
        raise TypeError("a function is not a value")
    return str(value)


def _listed(value: Any) -> str:
    return str(dict(value) if isinstance(value, Mapping) else list(value))


def clean(text: str) -> str:
    """Text without the characters XML cannot hold; what can be printed has none."""
    return text if text.isprintable() else re.sub(_CONTROLS, "", text)


def unescape(markup: str) -> str:
    """The text that escaped XML stands for; line breaks and tabs of attributes are left out."""
    for entity, char in (("&#10;", ""), ("&#9;", ""), ("&lt;", "<"), ("&gt;", ">")):
        markup = markup.replace(entity, char)
    return markup.replace("&quot;", '"').replace("&amp;", "&")


def escape(text: str) -> str:
    """Text as XML content and attribute value."""
    if "&" in text:  # looking is quicker than replacing nothing
        text = text.replace("&", "&amp;")
    if "<" in text or ">" in text:
        text = text.replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;") if '"' in text else text
