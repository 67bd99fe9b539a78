"""Whether tags can be read at all, one by one, so that every mistake is told in one run.

In: the tags of a template and the environment. Out: findings for syntax, filters and tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jinja2 import Environment, TemplateSyntaxError, nodes

from toolkit.finding import finding, near
from toolkit.office.tags.blocks import CLOSERS, Fault, is_closer, is_opener
from toolkit.office.tags.text import Kind, Tag

_OPENED = {closer: opener for opener, closer in CLOSERS.items()}
_OPENING = {
    "for": "{% for _ in _ %}",
    "if": "{% if _ %}",
    "set": "{% set _ %}",
    "with": "{% with %}",
    "macro": "{% macro _() %}",
    "call": "{% call _() %}",
}


def whole(source: str) -> str:
    """A tag made a template of its own: ``{% for x in xs %}`` gets its ``{% endfor %}``."""
    tag = Tag(source, source, Kind.STATEMENT if source.startswith("{%") else Kind.VALUE)
    if is_opener(tag):
        return source + "{% " + CLOSERS[tag.word] + " %}"
    if is_closer(tag):
        return _OPENING[_OPENED[tag.word]] + source
    if tag.word in ("elif", "else"):
        return "{% if _ %}" + source + "{% endif %}"
    return source


def check_syntax(tags: Iterable[Tag], environment: Environment) -> list[Fault]:
    """A fault for every tag that Jinja cannot read, or that uses a filter or test there is not."""
    faults: list[Fault] = []
    for tag in tags:
        try:
            tree = environment.parse(whole(tag.source))
        except TemplateSyntaxError as error:
            if "unknown tag" not in f"{error.message}":
                faults.append(unreadable(tag, error))
        else:
            faults += unknown_words(words_of(tree), [tag], environment)
    return faults


def unreadable(tag: Tag, error: TemplateSyntaxError) -> Fault:
    """The fault of a tag that Jinja refuses."""
    reason = f"{error.message}".rstrip(".")
    return tag, finding("tag-syntax", tag.place, tag=tag.shown, reason=reason)


Word = tuple[bool, str, int]
"""A filter (or else a test) that a template uses, and the line of its tag."""


def words_of(tree: nodes.Template) -> list[Word]:
    """The filters and tests of a parsed template."""
    found = tree.find_all((nodes.Filter, nodes.Test))
    return [(isinstance(node, nodes.Filter), node.name, node.lineno) for node in found]


def knows(environment: Environment, word: Word) -> bool:
    """Whether there is such a filter or test."""
    is_filter, name, _ = word
    return name in (environment.filters if is_filter else environment.tests)


def unknown_words(
    words: Iterable[Word], tags: Sequence[Tag], environment: Environment
) -> list[Fault]:
    """A fault for every filter and test that does not exist."""
    unknown = (word for word in words if not knows(environment, word))
    return [_unknown_word(word, tags, environment) for word in unknown]


def _unknown_word(word: Word, tags: Sequence[Tag], environment: Environment) -> Fault:
    is_filter, name, line = word
    tag = tags[line - 1]
    code = "filter-unknown" if is_filter else "test-unknown"
    close = near(name, environment.filters if is_filter else environment.tests)
    return tag, finding(code, tag.place, name=name, tag=tag.shown, near=close)
