"""Plain texts: the texts of a part, as they stand between its tags.

In: bytes between tags; the part with the shared texts. Out: texts, the five entities spelled out;
None or Odd where anything stands there that is not a plain text: a control character, a reference
to one, a blank that a reader may or may not keep. Then a parser has to say what it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from toolkit.collect.opening.package import GateError
from toolkit.collect.reading.known_texts import Known
from toolkit.collect.reading.scan import guarded, no_handlers
from toolkit.finding import Place

HOLE = b"\x01"  # stands for a text that was taken out
BREAK = b"\x00"
CONTROLS = bytes([*range(1, 9), 11, 12, *range(13, 32)])
ENTITY = re.compile(rb"&(?:amp|lt|gt|quot|apos);")
ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))
NO_LETTERS = b"\xef\xbf"  # U+FFFE and U+FFFF are no letters of XML
SPELLED = "_x"  # ``_x000D_``: a letter some readers spell out
ITEM = re.compile(rb'<si><t( xml:space="preserve")?>([^<]*)</t>')
STRETCH = b"t</t></si>"  # where a stretch of texts ends: every ninth ends with this letter
DEPTH = 8


class Odd(Exception):
    """A text that only a parser can tell."""


def sound(texts: Sequence[bytes]) -> Sequence[str] | None:
    """Texts of a part, decoded; None where one holds what no program writes."""
    joined = BREAK.join(texts)
    plain = joined.translate(None, CONTROLS)
    if len(plain) != len(joined):
        return None
    if b"]]>" in joined or NO_LETTERS in joined or not _spelled(joined):
        return None
    try:
        told = joined.decode().split("\0")
    except UnicodeDecodeError:
        return None
    return told if len(told) == max(len(texts), 1) else None


def _spelled(text: bytes) -> bool:
    """Whether every reference is to one of the five entities."""
    return b"&" not in text or text.count(b"&") == len(ENTITY.findall(text))


def _kept(text: str) -> str:
    """A text that keeps its blanks, as a reader tells it."""
    if SPELLED in text:
        raise Odd
    return unescaped(text)


def unescaped(text: str) -> str:
    """A text with its entities spelled out."""
    if "&" in text:
        for entity, letter in ENTITIES:
            text = text.replace(entity, letter)
    return text


def _trimmed(text: str) -> str:
    """A text whose outer blanks some readers keep and some do not."""
    if text != text.strip():
        raise Odd
    return _kept(text)


KEPT, TRIMMED = Known(_kept), Known(_trimmed)


@lru_cache(maxsize=8)
def shared_texts(data: bytes) -> Sequence[str] | None:
    """The shared texts of a workbook in order; None where one is not plain."""
    start = data.find(b"<si>")
    if start < 0:
        return None
    *stretches, rest = data[start:].split(STRETCH)
    *items, end = rest.split(b"</si>")
    if not framed(data[:start] + end):
        return None
    try:
        texts = list(chain.from_iterable(map(STRETCHES.__getitem__, stretches)))
        texts += map(ITEMS.__getitem__, items)
    except Odd:
        return None
    return texts


@lru_cache(maxsize=64)
def framed(frame: bytes) -> bool:
    """Whether what stands around the texts is sound; it differs in two numbers at most."""
    if b"<!" in frame or frame.count(b"<?") > 1:
        return False
    try:
        guarded(frame, no_handlers, Place(""), DEPTH)
    except GateError:
        return False
    return True


def _item(item: bytes) -> str:
    found = ITEM.fullmatch(item)
    told = sound([found[2]]) if found else None
    if found is None or told is None:
        raise Odd
    return _kept(told[0]) if found[1] else _trimmed(told[0])


ITEMS = Known(_item)


def _stretch(stretch: bytes) -> tuple[str, ...]:
    """The texts of a stretch, without its end; files of a kit share most of them."""
    return tuple(map(ITEMS.__getitem__, (stretch + STRETCH).split(b"</si>")[:-1]))


STRETCHES = Known(_stretch)
OF_TEXTS = (shared_texts, framed, ITEMS, STRETCHES, KEPT, TRIMMED)
"""What remembers texts of files from one to the next."""
