"""Openers and closers of the tags of a template.

In: tags in order. Out: a finding for each tag that is not closed, closes nothing, overlaps
another or stands in another cell than its opener.
"""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.finding import Finding, finding, near
from toolkit.office.tags import Kind, Tag

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


def check_blocks(tags: Iterable[Tag]) -> list[Finding]:
    """What is wrong in how the tags nest; empty when all is well."""
    findings: list[Finding] = []
    stack: list[Tag] = []
    for tag in tags:
        if tag.kind is Kind.STATEMENT:
            findings += _step(tag, stack)
    findings += (
        finding("tag-unclosed", tag.place, tag=tag.shown, end=closer_of(tag)) for tag in stack
    )
    return findings


def _step(tag: Tag, stack: list[Tag]) -> list[Finding]:
    word = tag.word
    if is_opener(tag):
        stack.append(tag)
        return []
    if is_closer(tag):
        return _close(tag, stack)
    if word in _BRANCHES:
        return _branch(tag, stack)
    if word == "set":
        return []
    return [finding("tag-unknown", tag.place, tag=tag.shown, word=word, near=near(word, KEYWORDS))]


def _branch(tag: Tag, stack: list[Tag]) -> list[Finding]:
    if not stack or stack[-1].word not in _BRANCHES[tag.word]:
        return [finding("tag-unopened", tag.place, tag=tag.shown)]
    return _level(tag, stack[-1])


def _close(tag: Tag, stack: list[Tag]) -> list[Finding]:
    wanted = _OPENERS[tag.word]
    if not any(opener.word == wanted for opener in stack):
        return [finding("tag-unopened", tag.place, tag=tag.shown)]
    findings: list[Finding] = []
    while stack[-1].word != wanted:
        inner = stack.pop()
        findings.append(finding("tag-unclosed", inner.place, tag=inner.shown, end=closer_of(inner)))
    return findings + _level(tag, stack.pop())


def _level(tag: Tag, opener: Tag) -> list[Finding]:
    if tag.level == opener.level:
        return []
    other = opener.place.text().rpartition(" > ")[2]
    return [finding("tag-crosses", tag.place, tag=tag.shown, opener=opener.shown, other=other)]
