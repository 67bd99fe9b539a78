"""One fill of a template: the data, what it found wrong, and what it may still make.

In: the context. Out: findings, one for each tag and fault however often a loop meets it.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sized
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any

from jinja2 import TemplateError
from jinja2.exceptions import SecurityError

from toolkit.finding import Finding, Place, finding
from toolkit.office.limits import CALL_STEPS, MAX_ITEMS, MAX_STEPS, TooMuch
from toolkit.office.tags.text import Kind, Tag
from toolkit.office.tags.unknown import Unknown
from toolkit.office.values import NotTextError

EXCESS = (TooMuch, RecursionError, MemoryError, OverflowError)
TROUBLE = (
    *EXCESS, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, TemplateError,
)  # fmt: skip
_NOWHERE = Tag("", "", Kind.COMMENT)


class Stopped(Exception):
    """The render was given up; the findings of the Run say why."""


class Again(Exception):
    """Something is wrong and the quick render cannot say where: look for it carefully."""


class Run:
    """The state of one fill. ``base`` is the folder that relative picture paths start from."""

    trouble = TROUBLE

    def __init__(
        self, context: Mapping[str, Any], base: Path | None = None, *, lenient: bool = False
    ) -> None:
        self.context = context
        self.base = base
        self.lenient = lenient
        self.known: Iterable[str] = context
        self._findings: dict[Finding, None] = {}
        self._names: set[tuple[str, Place]] = set()
        self._met: set[tuple[str, Place, str]] = set()
        self._steps = 0
        self._quick = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything found so far, in order, each once."""
        return tuple(self._findings)

    def add(self, code: str, place: Place, **params: object) -> None:
        """Record a finding."""
        self._findings[finding(code, place, **params)] = None

    def keep(self, found: Finding) -> None:
        """Record a finding made elsewhere."""
        self._findings[found] = None

    @contextmanager
    def quickly(self) -> Iterator[None]:
        """While a quick render runs, any question for the tag being worked out raises Again."""
        self._quick = True
        try:
            yield
        finally:
            self._quick = False

    def tag(self) -> Tag:
        """The tag being worked out now."""
        if self._quick:
            raise Again
        frame: FrameType | None = sys._getframe(1)
        while frame is not None:
            tags = frame.f_globals.get("veikart_tags")
            if tags is not None:
                line = line_of(frame.f_globals["veikart_lines"], frame.f_lineno)
                return _tag_at(tags, line)
            frame = frame.f_back
        return _NOWHERE

    def again(self) -> None:
        """Start counting anew, for a second render that looks for every error."""
        self._steps = 0

    # Called by compiled templates

    def spend(self, steps: int) -> None:
        """Count iterations and calls; raises TooMuch when the fill has used them up."""
        self._steps += steps
        if self._steps > MAX_STEPS:
            raise TooMuch

    def each(self, values: Any) -> Any:
        """What a loop may iterate over: the values themselves, counted; None is no values."""
        if values is None:
            return ()
        if not isinstance(values, Sized):
            values = list(islice(values, MAX_ITEMS + 1))
        self.spend(len(values) + 1)
        return values

    def unknown(self, name: Unknown) -> None:
        """Record a name the data does not have, or one that may not be read."""
        tag = self.tag()
        key = (f"{name._undefined_name}", tag.place, tag.shown)
        if key in self._met:
            self.spend(0 if self.lenient else CALL_STEPS)
            return
        self._met.add(key)
        if name.unsafe:
            self.add("tag-unsafe", tag.place, tag=tag.shown)
        elif name.hint:
            self.add("tag-failed", tag.place, tag=tag.shown, reason=name.hint)
        else:
            full = name.full_name(tag.source)
            self.unknown_name(full, tag, name.near_name(full, self.known))

    def unknown_name(self, full: str, tag: Tag, near: str) -> None:
        """Record an unknown name in a tag: an error, or a warning when lenient."""
        if (full, tag.place) in self._names:
            return
        self._names.add((full, tag.place))
        code = "name-left-empty" if self.lenient else "name-unknown"
        self.add(code, tag.place, name=full, tag=tag.shown, near=near)

    def failed(self, error: BaseException, tags: list[Tag], line: int) -> None:
        """Record that a tag cannot be worked out; raises Stopped when a cap was hit."""
        tag = _tag_at(tags, line)
        if isinstance(error, SecurityError):
            self.add("tag-unsafe", tag.place, tag=tag.shown)
        elif isinstance(error, NotTextError):
            self.add("value-not-text", tag.place, tag=tag.shown)
        elif isinstance(error, EXCESS):
            self.add("tag-too-much", tag.place, tag=tag.shown)
            raise Stopped from error
        else:
            self.add("tag-failed", tag.place, tag=tag.shown, reason=_reason(error))

    def gave_up(self, error: BaseException, tags: list[Tag], lines: list[tuple[int, int]]) -> None:
        """Record an error that ended a whole render, with the tag it came from."""
        line = 1
        step = error.__traceback__
        while step is not None:
            if step.tb_frame.f_globals.get("veikart_tags") is tags:
                line = line_of(lines, step.tb_lineno)
            step = step.tb_next
        try:
            self.failed(error, tags, line)
        except Stopped:
            return


def line_of(lines: list[tuple[int, int]], code_line: int) -> int:
    """The line of the template that a line of compiled code comes from, from 1."""
    index = bisect_right(lines, code_line, key=lambda pair: pair[1]) - 1
    return lines[index][0] if index >= 0 else 1


def _tag_at(tags: list[Tag], line: int) -> Tag:
    return tags[line - 1] if 0 < line <= len(tags) else _NOWHERE


def _reason(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
