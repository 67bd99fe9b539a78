"""Whether tags can be read at all, one by one, so that every mistake is told in one run.

In: the tags of a template and the environment. Out: findings for syntax, filters and tests.
"""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import Environment, TemplateSyntaxError, nodes

from toolkit.finding import finding, near
from toolkit.office.blocks import CLOSERS, Fault, is_closer, is_opener
from toolkit.office.tags import Kind, Tag

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
            faults += check_words(tree, [tag], environment)
    return faults


def unreadable(tag: Tag, error: TemplateSyntaxError) -> Fault:
    """The fault of a tag that Jinja refuses."""
    reason = f"{error.message}".rstrip(".")
    return tag, finding("tag-syntax", tag.place, tag=tag.shown, reason=reason)


def check_words(tree: nodes.Template, tags: list[Tag], environment: Environment) -> list[Fault]:
    """A fault for every filter and test of a parsed template that does not exist."""
    faults: list[Fault] = []
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        is_filter = isinstance(node, nodes.Filter)
        known = environment.filters if is_filter else environment.tests
        if node.name not in known:
            tag = tags[node.lineno - 1]
            code = "filter-unknown" if is_filter else "test-unknown"
            close = near(node.name, known)
            told = finding(code, tag.place, name=node.name, tag=tag.shown, near=close)
            faults.append((tag, told))
    return faults
