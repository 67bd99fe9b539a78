"""Tags and opaque pieces between them, compiled once, rendered many times.

In: a sequence of Tags and pieces; a piece is a string of XML or any object of the format module.
Out: a Stream whose render gives a list: the pieces that the tags let through, in order, repeated
by loops, and between them what the emitters made of each printed value.

Jinja never sees a piece: the source it parses holds one tag a line and a mark where a piece
stands, and the marks become constants of the compiled code. So nothing in a template's XML or
in the data is ever read as Jinja, and line numbers are tag numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from jinja2 import nodes
from jinja2.runtime import Context

from toolkit.office.codegen import Writer, source_of
from toolkit.office.limits import MAX_OUTPUT, TooMuch, joined
from toolkit.office.run import EXCESS, TROUBLE, Again, Run, Stopped
from toolkit.office.sandbox import Sandbox
from toolkit.office.stretches import place_names, stretch
from toolkit.office.syntax import check_words
from toolkit.office.tags import Tag

Compiled = tuple[Callable[[Context], Iterator[Any]], list[tuple[int, int]]]
Emitters = Callable[[Any], Any] | Mapping[str, Callable[[Any], Any]]


class Fragment(str):
    """Emitted text that a macro or ``{% set %}`` block gathered: it is emitted as it is."""


def gathered(pieces: list[Any]) -> Fragment:
    """The Fragment of a block whose pieces are all text."""
    return Fragment(joined(pieces))


class Output(NamedTuple):
    """How values leave: ``emit`` for each (or one for each sink), ``gather`` for a block's."""

    emit: Emitters
    gather: Callable[[list[Any]], Any] = gathered

    @property
    def functions(self) -> dict[str, Callable[[Any], Any]]:
        """The emitters under the names that compiled code calls them by."""
        by_sink = {"": self.emit} if callable(self.emit) else self.emit
        return {f"emit_{sink}": emit for sink, emit in by_sink.items()}


class Stream:
    """A compiled sequence. ``asked`` maps names it takes from the context to its tags."""

    def __init__(self, items: Sequence[Any], environment: Sandbox, output: Output) -> None:
        self._items = items
        self._environment = environment
        self._output = output
        self._source, self._tags = source_of(items)
        self._careful: Compiled | None = None
        tree = self._parse(careful=False)
        self.faults = check_words(tree, self._tags, environment) if self._has_words else []
        self.asked: dict[str, list[Tag]] = {}
        if not self.faults:
            self._root, self._lines = self._compiled(tree, careful=False)

    def _parse(self, *, careful: bool) -> nodes.Template:
        """The tree of the source; raises TemplateSyntaxError."""
        tree = self._environment.parse(self._source)
        place_names(tree, self._items, careful=careful)
        return tree

    @property
    def _has_words(self) -> bool:
        return "|" in self._source or " is " in self._source

    def _compiled(self, tree: nodes.Template, *, careful: bool) -> Compiled:
        writer = Writer(self._environment, self._items, self._tags, careful=careful)
        writer.visit(tree)
        emitters = self._output.functions
        self.asked = writer.asked_names()
        space: dict[str, Any] = {
            "environment": self._environment, "pieces": self._items,
            "stretches": [stretch(s, self._environment, emitters) for s in writer.stretches],
            "veikart_tags": self._tags, "veikart_lines": writer.debug_info,
            **emitters,
        }  # fmt: skip
        exec(compile(writer.code, "<template>", "exec"), space)
        return space["root"], writer.debug_info

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

    def _listed(self, root: Callable[[Context], Iterator[Any]], names: dict[str, Any]) -> list[Any]:
        out = list(root(Context(self._environment, names, None, {})))
        if sum([len(piece) for piece in out if type(piece) is str]) > MAX_OUTPUT:
            raise TooMuch
        return out

    def _told(self, run: Run, names: dict[str, Any]) -> list[Any]:
        """A second, careful render that records every error of the first."""
        run.again()
        if self._careful is None:
            self._careful = self._compiled(self._parse(careful=True), careful=True)
        root, lines = self._careful
        try:
            return self._listed(root, names)
        except Stopped:
            return []
        except TROUBLE as error:
            run.gave_up(error, self._tags, lines)
            return []
