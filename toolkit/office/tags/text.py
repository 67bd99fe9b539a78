"""Tags in the text of a paragraph, cell or attribute.

In: text as people typed it in Office, with Jinja tags. Out: the tags, with their offsets, letters
and dashes taken apart and typographic quotes straightened outside strings.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from enum import StrEnum
from functools import lru_cache

from toolkit.finding import Place
from toolkit.office.record import Record

_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_OPEN = re.compile(r"\{[{%#]|\{_[{%]|[}%]_\}")
_ESCAPES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}  # docxtpl's
# What follows is compiled when a tag is first read, which fills from the cache never do.
_RAW = r"(?s)\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}"
_LETTER = r"(tr|tc|sheet|p|r)(?=\s+\S)"
_INCLUDE = r"(?s)\s*include\s+(.+?)\s*$"
_WORD = r"[^\W\d]\w*"
_BLANK = r"[\s\u00a0\u2007\u202f\u3000]+"
_ZERO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_QUOTES = {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'"}
_SIGNS = {
    "\u2010": "-",
    "\u2011": "-",
    "–": "-",
    "—": "-",
    "−": "-",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
}
_TYPED = {**_QUOTES, **_SIGNS}  # what Office makes of what people type


class Kind(StrEnum):
    """What a tag is: it prints a value, steers, or is a comment."""

    VALUE = "value"
    STATEMENT = "statement"
    COMMENT = "comment"


class Tag(Record):
    """One tag: ``source`` is what Jinja reads, ``shown`` what the author sees.

    ``letter`` is ``p``, ``tr``, ``tc``, ``r``, ``sheet`` or empty; ``strip_before`` and
    ``strip_after`` tell of dashes; ``level`` is anything that an opening tag and its closing tag
    must have in common (the cell they stand in, for example); ``sink`` names the emitter of its
    value where a part has several (text, attribute, picture).
    """

    source: str
    shown: str
    kind: Kind
    letter: str = ""
    strip_before: bool = False
    strip_after: bool = False
    place: Place = Place("")
    level: Hashable = None
    sink: str = ""

    @property
    def word(self) -> str:
        """The keyword of a statement: ``for``, ``endif``, ``set``; empty for values."""
        found = re.search(_WORD, self.source) if self.kind is Kind.STATEMENT else None
        return found.group() if found else ""

    def at(self, place: Place, level: Hashable = None, sink: str = "") -> Tag:
        """The tag, standing at a place."""
        return self._replace(place=place, level=level, sink=sink or self.sink)


class Found(Record):
    """A tag and where it stands in the text: ``text[start:end]``.

    ``tag`` is None for a ``{% raw %}`` stretch and an escaped brace, which print ``literal``, and
    for a tag without an end, which has ``literal`` None.
    """

    start: int
    end: int
    tag: Tag | None = None
    literal: str | None = None


def has_tags(text: str) -> bool:
    """Whether text may hold a tag."""
    return ("{" in text or "_}" in text) and _OPEN.search(text) is not None


def find_tags(text: str) -> list[Found]:
    """Every tag of a text in order; a tag that has no end comes last, as cut off."""
    found: list[Found] = []
    start = 0
    while (opening := _OPEN.search(text, start)) is not None:
        item = _found(text, opening.start())
        if item is None:
            start = opening.end()
            continue
        found.append(item)
        start = item.end
    return found


def closing(shown: str) -> str:
    """The mark that ends a tag which begins like this: ``}}``, ``%}``, ``#}``."""
    return _ENDS[shown[:2]]


def lone_tag(text: str) -> Tag | None:
    """The tag that is all there is in a text, blanks aside; else None."""
    found = find_tags(text)
    if len(found) != 1 or found[0].tag is None:
        return None
    rest = text[: found[0].start] + text[found[0].end :]
    return None if rest.strip() else found[0].tag


def _found(text: str, start: int) -> Found | None:
    escaped = _ESCAPES.get(text[start : start + 3])
    if escaped:
        return Found(start, start + 3, literal=escaped)
    raw = re.compile(_RAW).match(text, start)
    if raw:
        return Found(start, raw.end(), literal=raw.group(1))
    opening = text[start : start + 2]
    end = _end(text, start + 2, _ENDS[opening])
    if end < 0:
        return None if opening == "{#" else Found(start, len(text))
    return Found(start, end, _tag(text[start:end]))


def _end(text: str, start: int, closing: str) -> int:
    """The offset after the closing mark; marks inside strings and brackets do not count."""
    if closing != "#}":
        end = _careful_end(text, start, closing)
        if end >= 0:
            return end
    plain = text.find(closing, start)
    return plain + 2 if plain >= 0 else -1


def _careful_end(text: str, start: int, closing: str) -> int:
    depth, quote = 0, ""
    for index in range(start, len(text)):
        char = text[index]
        if quote:
            quote = "" if char == quote else quote
        elif depth == 0 and text.startswith(closing, index):
            return index + 2
        elif char in "\"'":
            quote = char
        elif char in "([{":
            depth += 1
        elif char in ")]}":
            depth -= 1
    return -1


@lru_cache(maxsize=4096)
def _tag(shown: str) -> Tag:
    opening, closing = shown[:2], shown[-2:]
    inner = shown[2:-2]
    before, after = inner[:1] in ("-", "+"), inner[-1:] in ("-", "+") and len(inner) > 1
    strip = (inner[:1] == "-", after and inner[-1:] == "-")
    inner = inner[1 if before else 0 : -1 if after else None]
    letter = re.match(_LETTER, inner) if opening != "{{" else re.match(r"[rp](?=\s+\S)", inner)
    body = inner[letter.end() :] if letter else inner
    kind = {"{{": Kind.VALUE, "{%": Kind.STATEMENT, "{#": Kind.COMMENT}[opening]
    included = re.match(_INCLUDE, body) if kind is Kind.STATEMENT else None
    if included:  # Jinja's way of saying {{ include(…) }}
        kind, opening, closing, body = Kind.VALUE, "{{", "}}", f"include({included.group(1)})"
    source = f"{opening} {straighten(body)} {closing}"
    plain = re.sub(_BLANK, " ", shown)
    return Tag(source, plain, kind, letter.group() if letter else "", *strip)


def straighten(code: str) -> str:
    """Code as Jinja wants it: straight quotes outside strings, plain blanks, no line breaks."""
    code = re.sub(_BLANK, " ", code.translate(_ZERO_WIDTH)).strip()
    if code.isascii() or not any(char in code for char in _TYPED):
        return code
    out: list[str] = []
    straight = curly = ""
    for char in code:
        plain = _QUOTES.get(char, char)
        if not straight and not curly:
            plain = _SIGNS.get(char, plain)
        if straight:
            out.append(char)
            straight = "" if char == straight else straight
        elif curly:
            curly = "" if plain == curly else curly
            out.append(plain)
        else:
            straight = char if char in "\"'" else ""
            curly = plain if char in _QUOTES else ""
            out.append(plain)
    return "".join(out)
