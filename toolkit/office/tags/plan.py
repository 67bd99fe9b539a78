"""Plans: what is made of a source once, whatever template and language it stands in.

In: the Jinja source of a stream. Out: a Plan: code and plain data that know pieces by number
only. Plans are kept while the process lasts, so the languages of a kit and the documents that
share a header compile their tags once.
"""

from __future__ import annotations

from types import CodeType
from typing import TYPE_CHECKING

from toolkit.office.record import Record
from toolkit.office.tags.sandbox import Dialect, Sandbox
from toolkit.office.tags.stretches import Step, place_names, read_marks, read_steps

if TYPE_CHECKING:
    from toolkit.office.tags.syntax import Word

_MAX_KEPT = 200


class Source(Record):
    """A source, the sink of the tag on each of its lines, and whether its code takes care."""

    text: str
    sinks: tuple[str, ...]
    careful: bool = False


class Plan(Record):
    """The code of a source; None where it only names values: one stretch that needs no code.

    ``lines`` maps lines of the code to lines of the source, ``asked`` are names that must come
    from the context, ``words`` the filters and tests, each with its line.
    """

    code: CodeType | None
    lines: list[tuple[int, int]]
    stretches: list[list[Step]]
    asked: list[tuple[str, int]]
    words: list[Word]
    roots: list[str]


_KEPT: dict[tuple[Source, Dialect], Plan] = {}


def plan_of(source: Source, environment: Sandbox) -> Plan:
    """The plan of a source; raises TemplateSyntaxError when Jinja cannot read it."""
    key = source, environment.dialect
    plan = _KEPT.get(key)
    if plan is None:
        plan = _read(source) if _is_bare(source) else _written(source, environment)
        if len(_KEPT) >= _MAX_KEPT:
            _KEPT.clear()
        _KEPT[key] = plan
    return plan


def _is_bare(source: Source) -> bool:
    """Whether a source holds pieces and plain names only."""
    return "{" not in source.text and not source.careful


def _read(source: Source) -> Plan:
    roots, steps, uses = read_steps(list(read_marks(source.text, 1)))
    return Plan(None, [], [steps], uses, [], roots)


def _written(source: Source, environment: Sandbox) -> Plan:
    from toolkit.office.tags.codegen import Writer  # plans from the cache are written already
    from toolkit.office.tags.syntax import knows, words_of

    tree = environment.parse(source.text)
    place_names(tree, careful=source.careful)
    words = words_of(tree) if _has_words(source.text) else []
    if not all(knows(environment, word) for word in words):
        return Plan(None, [], [], [], words, [])
    writer = Writer(environment, source.sinks, careful=source.careful)
    writer.visit(tree)
    code = compile(writer.code, "<template>", "exec")
    return Plan(code, writer.debug_info, writer.stretches, writer.asked, words, [])


def _has_words(text: str) -> bool:
    return "|" in text or " is " in text
