"""Spelling: how people write about, money and per cent; and texts as they are compared.

In: a text. Out: the text without what says nothing, or its form for comparison. The words stand in
``data/spellings.tsv``, five languages in one set: people write the word they know.
"""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f\u2002\u2003\t", " "))
SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2014": "-"})
DASHES = frozenset({"-", "\u2013", "\u2014", "\u2212", "--", "---"})
KEYCAPS = frozenset({"\u20e3", "\ufe0f"})  # what makes an emoji of a digit
WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
MOST = 16_384  # texts whose form for comparison is remembered
SHOWN = 40  # letters of a value that a message repeats


@lru_cache(maxsize=MOST)
def folded(text: str) -> str:
    """A text as it is compared: outer blanks away, inner ones single, small letters."""
    return " ".join(text.split()).casefold()


def bare(text: str) -> str:
    """Only the letters and digits of a text, small: dashes, dots and blanks decide nothing."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def plain(text: str) -> str:
    """A text with ordinary blanks and minus signs."""
    return " ".join(text.translate(SPACES).split()).translate(SIGNS)


def shown(text: str) -> str:
    """A value as a message repeats it, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def digits(text: str) -> str:
    """A text with the digits of every script, full-width and emoji ones too, as 0-9."""
    if text.isascii():
        return text
    kept = (letter for letter in text if letter not in KEYCAPS)
    return "".join(f"{unicodedata.decimal(c)}" if c.isdecimal() else WIDE.get(c, c) for c in kept)


def no_answer(text: str) -> bool:
    """Whether a text says that there is no answer: ``–``, ``?``, ``n/a``, ``ikke aktuelt``."""
    line = folded(text).rstrip(".!")
    return line in DASHES or line in words("no_answer")


@cache
def words(key: str) -> tuple[str, ...]:
    """The words of one meaning in all five languages, the longest first."""
    text = (files("toolkit") / "data" / "spellings.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    found = {
        word for own, *cells in rows if own == key for cell in cells for word in cell.split("|")
    }
    return tuple(sorted(found, key=lambda word: (-len(word), word)))


def without(text: str, key: str) -> tuple[str, bool]:
    """A text without a leading or trailing word of a meaning, and whether there was one."""
    for word in words(key):
        for rest in (_after(text, word), _before(text, word)):
            if rest is not None:
                return rest, True
    return text, False


def ending(text: str, key: str) -> tuple[str, bool]:
    """A text without a trailing word of a meaning, and whether there was one."""
    found = (rest for word in words(key) if (rest := _before(text, word)) is not None)
    rest = next(found, None)
    return (text, False) if rest is None else (rest, True)


def _after(text: str, word: str) -> str | None:
    if not text.casefold().startswith(word):
        return None
    rest = text[len(word) :]
    joined = word[-1].isalpha() and rest[:1].isalpha()
    return None if joined else rest.lstrip(" .:")


def _before(text: str, word: str) -> str | None:
    bare_end = text.rstrip(".")
    if not bare_end.casefold().endswith(word):
        return None
    rest = bare_end[: -len(word)]
    joined = word[0].isalpha() and rest[-1:].isalpha()
    return None if joined else rest.rstrip()
