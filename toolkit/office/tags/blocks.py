"""Openers and closers of the tags of a template.

In: tags in order. Out: a fault for each tag that is not closed, closes nothing, overlaps another
or stands in another cell than its opener; and the tags that are left without the faulty ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.finding import Finding, finding, near
from toolkit.office.tags.text import Kind, Tag

CLOSERS = {
    "for": "endfor",
    "if": "endif",
    "set": "endset",
    "with": "endwith",
    "macro": "endmacro",
    "call": "endcall",
}
_OPENERS = {closer: opener for opener, closer in CLOSERS.items()}
_BRANCHES = {"else": ("if", "for"), "elif": ("if",)}
KEYWORDS = (*CLOSERS, *CLOSERS.values(), *_BRANCHES)


def is_opener(tag: Tag) -> bool:
    """Whether the tag opens a block that some other tag closes."""
    return tag.word in CLOSERS and not (tag.word == "set" and "=" in tag.source)


def is_closer(tag: Tag) -> bool:
    """Whether the tag closes a block."""
    return tag.word in _OPENERS


def closer_of(tag: Tag) -> str:
    """The closing tag an opener asks for, with its letter: ``{%tr endfor %}``."""
    return "{%" + tag.letter + " " + CLOSERS[tag.word] + " %}"


Fault = tuple[Tag, Finding]
"""A tag and what is wrong with it."""


class _Open:
    """An opener whose closer has not come yet."""

    def __init__(self, tag: Tag) -> None:
        self.tag = tag
        self.branched = False


def check_blocks(tags: Iterable[Tag]) -> list[Fault]:
    """What is wrong in how the tags nest; empty when all is well."""
    faults: list[Fault] = []
    stack: list[_Open] = []
    for tag in tags:
        if tag.kind is Kind.STATEMENT:
            faults += _step(tag, stack)
    return faults + [_unclosed(opened.tag) for opened in stack]


def _unclosed(tag: Tag) -> Fault:
    return tag, finding("tag-unclosed", tag.place, tag=tag.shown, end=closer_of(tag))


WORD_ONLY = ("colspan", "cellbg", "hm", "vm")
"""Commands for the cells of tables in Word, where they are carried out before tags are checked.

Why only there is said in docs/templates.md, "Coming from docxtpl".
"""


def _step(tag: Tag, stack: list[_Open]) -> list[Fault]:
    word = tag.word
    if is_opener(tag):
        stack.append(_Open(tag))
        return []
    if is_closer(tag):
        return _close(tag, stack)
    if word in _BRANCHES:
        return _branch(tag, stack)
    if word == "set" or not word:  # an empty tag cannot be read, and that is told
        return []
    if word in WORD_ONLY:
        return [(tag, finding("tag-word-only", tag.place, tag=tag.shown))]
    close = near(word, KEYWORDS)
    return [(tag, finding("tag-unknown", tag.place, tag=tag.shown, word=word, near=close))]


def _branch(tag: Tag, stack: list[_Open]) -> list[Fault]:
    opened = stack[-1] if stack else None
    if opened is None or opened.tag.word not in _BRANCHES[tag.word] or opened.branched:
        return [(tag, finding("tag-unopened", tag.place, tag=tag.shown))]
    opened.branched = tag.word == "else"
    return _level(tag, opened.tag)


def _close(tag: Tag, stack: list[_Open]) -> list[Fault]:
    wanted = _OPENERS[tag.word]
    if not any(opened.tag.word == wanted for opened in stack):
        return [(tag, finding("tag-unopened", tag.place, tag=tag.shown))]
    faults: list[Fault] = []
    here = any((o.tag.word, o.tag.level) == (wanted, tag.level) for o in stack)
    while stack[-1].tag.word != wanted or (here and stack[-1].tag.level != tag.level):
        faults.append(_unclosed(stack.pop().tag))
    return faults + _level(tag, stack.pop().tag)


def _level(tag: Tag, opener: Tag) -> list[Fault]:
    if tag.level == opener.level:
        return []
    other = opener.place.text().rpartition(" > ")[2]
    told = finding("tag-crosses", tag.place, tag=tag.shown, opener=opener.shown, other=other)
    return [(tag, told)]


_TARGET = re.compile(r"\{% for ([^%]*?) in ")
_SOURCE = re.compile(r"\{%-?\s*for\s.*?\sin\s+(.*?)\s*-?%\}", re.DOTALL)


def loop_source(tag: Tag) -> str:
    """What a loop runs over as its tag says it; empty for other tags."""
    found = _SOURCE.fullmatch(tag.source)
    return " ".join(found[1].split()) if found else ""


_NAME = re.compile(r"[^\W\d]\w*")
_GIVEN = re.compile(r"\{%-?\s*(?:for\s+(.*?)\s+in\s|set\s+([^=%]*))", re.DOTALL)


def given_names(tag: Tag) -> set[str]:
    """The names a loop or a ``set`` gives; those of other tags: none."""
    found = _GIVEN.match(tag.source)
    return set(_NAME.findall(found[1] or found[2] or "")) if found else set()


def names_used(tag: Tag) -> set[str]:
    """Every word of a tag that may be a name."""
    return set(_NAME.findall(tag.source))


def without(tags: Iterable[Tag], faults: Iterable[Fault]) -> tuple[list[Tag], set[str]]:
    """The tags that are left to try when the faulty ones go, with the partners they leave alone.

    And the names that loops among the dropped ones would have given.
    """
    left = list(tags)
    bad = {id(tag) for tag, told in faults if told.code != "tag-crosses"}
    names: set[str] = set()
    while bad:
        for tag in left:
            found = _TARGET.match(tag.source) if id(tag) in bad else None
            names |= set(_NAME.findall(found.group(1))) if found else set()
        left = [tag for tag in left if id(tag) not in bad]
        bad = {id(t) for t, told in check_blocks(left) if told.code != "tag-crosses"}
    return left, names
