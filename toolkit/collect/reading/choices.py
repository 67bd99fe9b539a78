"""Choices: options, entries of the description and responsibility letters, as people write them.

In: a text or number and what may be meant. Out: the neutral key, id or letters, and a state. What
is near enough is taken and told with how near it is; what is not stays a text.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from toolkit.collect.reading.spelling import bare, digits, folded, words
from toolkit.finding import LANGUAGES
from toolkit.language import Labels, label_keys, option_keys
from toolkit.scale import number

OK = "ok"
NEAR = 0.85  # similarity from which a text is taken for a label
HINT = 0.6  # similarity from which a label is worth naming
SHARED = 0.4  # share of common pairs of letters from which two texts are compared at all
LEAD = 0.08  # by how much the best must beat the next
SEPARATORS = "/,;+&. \n\t"
TICKED, UNTICKED = "☒☑✅✔✓", "☐□▢❏"


@dataclass(frozen=True)
class Choice:
    """A choice read: None where it was not; ``meant`` is the key or id worth naming."""

    value: str | None
    state: str = OK
    meant: str = ""
    likeness: int = 0  # per cent


@dataclass(frozen=True)
class Names:
    """What the entries of one kind are called: text for comparison -> their ids."""

    ids: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, str]

    @staticmethod
    def of(titles: Mapping[str, str]) -> Names:
        """The names of entries given as id -> title."""
        found: dict[str, tuple[str, ...]] = {}
        for id, title in titles.items():
            found[folded(title)] = (*found.get(folded(title), ()), id)
        return Names(found, dict(titles))


_WHOLE = re.compile(r"\s*([+-]?\d{1,9})\s*")  # longer ones are no score of anything


@lru_cache(maxsize=8192)
def option_of(text: str, options: str, language: str) -> Choice:
    """The option a text names: its label, the file's language first, its key, or nearly so."""
    text = digits(text)
    key = _exactly(text, options, language)
    if key is not None:
        return Choice(key)
    if number := _WHOLE.fullmatch(text):
        return option_of_number(int(number[1]), options)
    if any(mark in text for mark in TICKED + UNTICKED):
        return _ticked(text, options, language)
    if yes := _yes_or_no(folded(text), options):
        return yes
    return _near(text, label_keys(options), "option")


def _exactly(text: str, options: str, language: str) -> str | None:
    """The option of a label, of its key, or of a part of one label; None where there is none."""
    key = label_keys(options).get(folded(text)) or _keys(options).get(folded(text))
    for languages in ((language,), LANGUAGES):
        key = key or _bare_labels(options, languages).get(bare(text))
    return key


def _ticked(text: str, options: str, language: str) -> Choice:
    """``☐ Nei ☒ Ja``: the one option that is ticked; a lone tick means yes."""
    marks = [mark for mark in text if mark in TICKED + UNTICKED]
    labels = [part.strip(" \t\n,;:") for part in _split(text, TICKED + UNTICKED)]
    before, after = labels[0], labels[1:]
    said = labels[:-1] if before and not after[-1] else after  # ``Nei ☐ Ja ☒``
    if not any(labels):
        many = marks[0] if len(marks) == 1 and marks[0] in TICKED else ""
        return _yes_or_no(many, options) or Choice(None, "option-unknown")
    ticked = [label for mark, label in zip(marks, said, strict=True) if mark in TICKED]
    if len(ticked) == 1:
        key = _exactly(ticked[0], options, language)
        return Choice(key) if key else _near(ticked[0], label_keys(options), "option")
    return Choice(None, "option-several" if ticked else "option-unknown")


def _split(text: str, marks: str) -> list[str]:
    for mark in marks:
        text = text.replace(mark, "\0")
    return text.split("\0")


def _yes_or_no(text: str, options: str) -> Choice | None:
    """``j``, ``joo``, ``x``, ``✓`` where the answer is yes or no; a mark is told."""
    if not {"yes", "no"} <= set(option_keys(options)):
        return None
    if text in words("mark"):
        return Choice("yes", "option-from-mark", "yes")
    said = [key for key in ("yes", "no") if text in words(key)]
    return Choice(said[0]) if len(said) == 1 else None


def option_of_number(value: float, options: str) -> Choice:
    """The option a number stands for: its key, or its place on the list's scale."""
    keys = option_keys(options)
    if f"{value:g}" in keys:
        return Choice(f"{value:g}")
    for key in keys:
        if number(options, keys, key) == value:
            return Choice(key, "option-from-number", key)
    return Choice(None, "option-unknown")


def reference_of(text: str, names: Names) -> Choice:
    """The entry of the description a text names."""
    ids = names.ids.get(folded(text), ())
    if len(ids) == 1:
        return Choice(ids[0])
    if ids:
        return Choice(None, "reference-ambiguous", ", ".join(ids))
    if text.strip() in names.titles:
        return Choice(text.strip())
    single = {title: own[0] for title, own in names.ids.items() if len(own) == 1}
    return _near(text, single, "reference")


def letters_of(text: str) -> Choice:
    """Responsibility letters of either alphabet as neutral codes: ``R/A`` -> ``H/U``."""
    known = label_keys("huki_letter")
    found = [known.get(letter.casefold()) for letter in text if letter not in SEPARATORS]
    if None in found or not found:
        return Choice(None, "letters-unknown")
    return Choice("/".join(code for code in option_keys("huki_letter") if code in found))


def _near(text: str, known: Mapping[str, str], kind: str) -> Choice:
    """The label most like a text, if it is like enough and no other is nearly as like."""
    ranked = sorted(_ranked(folded(text), known), reverse=True)
    if not ranked:
        return Choice(None, f"{kind}-unknown")
    likeness, label = ranked[0]
    others = (score for score, other in ranked if known[other] != known[label])
    clear = likeness - next(others, 0.0) >= LEAD
    if likeness >= NEAR and clear:
        return Choice(known[label], f"{kind}-near", known[label], round(100 * likeness))
    return Choice(None, f"{kind}-unknown", known[label] if likeness >= HINT else "")


def _ranked(text: str, known: Iterable[str]) -> Iterable[tuple[float, str]]:
    """Labels with how like a text they are; those that share too few pairs of letters are not."""
    own = _pairs(text)
    matcher = difflib.SequenceMatcher(b=text)
    for label in known:
        theirs = _pairs(label)
        if 2 * len(own & theirs) >= SHARED * (len(own) + len(theirs)):
            matcher.set_seq1(label)
            yield matcher.ratio(), label


@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    return frozenset(map("".join, zip(text, text[1:], strict=False)))


def _parts(label: str) -> list[str]:
    """``Vet ikke / ikke aktuelt`` -> either half; a label of one half has none."""
    parts = label.split(" / ")
    return parts if len(parts) > 1 else []


@cache
def _keys(options: str) -> Mapping[str, str]:
    return {key.casefold(): key for key in option_keys(options)}


@cache
def _bare_labels(options: str, languages: tuple[str, ...]) -> Mapping[str, str]:
    """Labels without dashes, also without the number they begin with; not those of two keys."""
    found: dict[str, set[str]] = {}
    for language in languages:
        for key, label in Labels.load(language).options(options):
            for text in (label, label.lstrip("0123456789+- \u2013\u2212"), *_parts(label)):
                found.setdefault(bare(text), set()).add(key)
    return {text: keys.pop() for text, keys in found.items() if text and len(keys) == 1}
