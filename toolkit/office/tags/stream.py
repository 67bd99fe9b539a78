"""Tags and opaque pieces between them, compiled once, rendered many times.

In: a sequence of Tags and pieces; a piece is a string of XML or any object of the format module.
Out: a Stream whose render gives a list: the pieces that the tags let through, in order, repeated
by loops, and between them what the emitters made of each printed value.

Jinja never sees a piece: the source it parses holds one tag a line and a mark where a piece
stands, and the compiled code takes the pieces by number. So nothing in a template's XML or in
the data is ever read as Jinja, line numbers are tag numbers, and one Plan serves all languages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from jinja2.runtime import Context

from toolkit.office.limits import MAX_OUTPUT, TooMuch, joined
from toolkit.office.run import EXCESS, TROUBLE, Again, Run, Stopped
from toolkit.office.tags.plan import Plan, Source, plan_of
from toolkit.office.tags.sandbox import Sandbox
from toolkit.office.tags.stretches import stretch
from toolkit.office.tags.text import Tag

Root = Callable[[Context], Iterable[Any]]
Compiled = tuple[Root, list[tuple[int, int]]]
Emitters = Callable[[Any], Any] | Mapping[str, Callable[[Any], Any]]


class Fragment(str):
    """Emitted text that a macro or ``{% set %}`` block gathered: it is emitted as it is."""


def gathered(pieces: list[Any]) -> Fragment:
    """The Fragment of a block whose pieces are all text."""
    return Fragment(joined(pieces))


class Output:
    """How values leave: what ``make`` gives of an engine emits each, ``gather`` joins a block's.

    ``functions`` are the emitters under the names that compiled code calls them by.
    """

    def __init__(
        self,
        engine: Any,
        make: Callable[[Any], Emitters],
        gather: Callable[[list[Any]], Any] = gathered,
    ) -> None:
        self._made_of = engine, make, gather
        emit = make(engine)
        by_sink = {"": emit} if callable(emit) else emit
        self.functions = {f"emit_{sink}": emit for sink, emit in by_sink.items()}
        self.gather = gather

    def __reduce__(self) -> tuple[Any, ...]:
        return Output, self._made_of


class Stream:
    """A compiled sequence. ``asked`` maps names it takes from the context to its tags."""

    def __init__(self, items: Sequence[Any], environment: Sandbox, output: Output) -> None:
        from toolkit.office.tags.codegen import source_of  # the cache keeps Streams ready made
        from toolkit.office.tags.syntax import unknown_words

        self._items = items
        self._environment = environment
        self._output = output
        self._source, self._tags = source_of(items)
        self._plan = self._planned(careful=False)
        self._careful: Compiled | None = None
        self.faults = unknown_words(self._plan.words, self._tags, environment)
        self.asked: dict[str, list[Tag]] = {}
        for name, line in self._plan.asked:
            self.asked.setdefault(name, []).append(self._tags[line - 1])
        if not self.faults:
            self._root, self._lines = self._compiled(self._plan)

    def __getstate__(self) -> dict[str, Any]:
        """What the cache of compiled templates keeps."""
        return {**vars(self), "_root": None, "_careful": None}

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self._root, self._lines = self._compiled(self._plan)

    def _planned(self, *, careful: bool) -> Plan:
        """The plan of the source; raises TemplateSyntaxError."""
        sinks = tuple([tag.sink for tag in self._tags])
        return plan_of(Source(self._source, sinks, careful), self._environment)

    def _compiled(self, plan: Plan) -> Compiled:
        """The plan with the pieces of this sequence put in."""
        emitters = self._output.functions
        stretches = [stretch(s, self._items, self._environment, emitters) for s in plan.stretches]
        if plan.code is None:
            return _bare(stretches[0], plan.roots), plan.lines
        space: dict[str, Any] = {
            "environment": self._environment, "pieces": self._items, "stretches": stretches,
            "veikart_tags": self._tags, "veikart_lines": plan.lines,
            **emitters,
        }  # fmt: skip
        exec(plan.code, space)
        return space["root"], plan.lines

    def render(self, run: Run, extra: Mapping[str, Any] | None = None) -> list[Any]:
        """The pieces and emitted values of one fill; empty when it was given up.

        A quick render first; whatever is found wrong in it, a careful one tells it all.
        """
        environment = self._environment
        environment.run = run
        environment.concat = self._output.gather  # type: ignore[method-assign, assignment]
        names = {**environment.globals, **run.context, **(extra or {})}
        try:
            with run.quickly():
                return self._listed(self._root, names)
        except EXCESS as error:
            run.gave_up(error, self._tags, self._lines)
            return []
        except (*TROUBLE, Again):
            return self._told(run, names)

    def _listed(self, root: Root, names: dict[str, Any]) -> list[Any]:
        out = list(root(Context(self._environment, names, None, {})))
        if sum([len(piece) for piece in out if type(piece) is str]) > MAX_OUTPUT:
            raise TooMuch
        return out

    def _told(self, run: Run, names: dict[str, Any]) -> list[Any]:
        """A second, careful render that records every error of the first."""
        run.again()
        if self._careful is None:
            self._careful = self._compiled(self._planned(careful=True))
        root, lines = self._careful
        try:
            return self._listed(root, names)
        except Stopped:
            return []
        except TROUBLE as error:
            run.gave_up(error, self._tags, lines)
            return []


def _bare(give: Callable[[tuple[Any, ...]], list[Any]], names: Sequence[str]) -> Root:
    """The root of a sequence that is one stretch."""

    def root(context: Context) -> list[Any]:
        return give(tuple([context.resolve(name) for name in names]))

    return root
