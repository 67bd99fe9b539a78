"""Tags and opaque pieces between them, compiled once, rendered many times.

In: a sequence of Tags and pieces; a piece is a string of XML or any object of the format module.
Out: a Stream whose render gives a list: the pieces that the tags let through, in order, repeated
by loops, and between them what ``emit`` made of each printed value.

Jinja never sees a piece: the source it parses holds one tag a line and a mark where a piece
stands, and the marks become constants of the compiled code. So nothing in a template's XML or
in the data is ever read as Jinja, and line numbers are tag numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.runtime import Context

from toolkit.office.limits import MAX_OUTPUT, TooMuch, joined
from toolkit.office.run import TROUBLE, Run, Stopped
from toolkit.office.sandbox import Sandbox
from toolkit.office.tags import Kind, Tag

Emitters = Callable[[Any], Any] | Mapping[str, Callable[[Any], Any]]

_MARK, _END = "\x02", "\x03"


def source_of(items: Sequence[Any]) -> tuple[str, list[Tag]]:
    """The Jinja source of a sequence, and the tag on each of its lines."""
    lines: list[str] = []
    tags: list[Tag] = []
    for number, item in enumerate(items):
        if not isinstance(item, Tag):
            lines.append(f"{_MARK}{number}{_END}")
        elif item.kind is not Kind.COMMENT:
            lines.append(item.source + "\n")
            tags.append(item)
    return "".join(lines), tags


class Fragment(str):
    """Emitted text that a macro or ``{% set %}`` block gathered: it is emitted as it is."""


def gathered(pieces: list[Any]) -> Fragment:
    """The Fragment of a block whose pieces are all text."""
    return Fragment(joined(pieces))


class Stream:
    """A compiled sequence. ``asked`` maps names it takes from the context to its tags."""

    def __init__(
        self,
        items: Sequence[Any],
        tags: list[Tag],
        tree: nodes.Template,
        environment: Sandbox,
        output: tuple[Emitters, Callable[[list[Any]], Any]],
    ) -> None:
        emit, self._gather = output
        emitters = {"": emit} if callable(emit) else emit
        writer = _Writer(environment, items, tags)
        writer.visit(tree)
        code = writer.stream.getvalue()  # type: ignore[attr-defined]
        self._tags = tags
        self._lines = writer.debug_info
        self._environment = environment
        self.asked = writer.asked_names()
        space: dict[str, Any] = {
            "environment": environment, "pieces": items,
            "veikart_tags": tags, "veikart_lines": self._lines,
            **{f"emit_{sink}": emitter for sink, emitter in emitters.items()},
        }  # fmt: skip
        exec(compile(code, "<template>", "exec"), space)
        self._root: Callable[[Context], Any] = space["root"]

    def render(self, run: Run, extra: Mapping[str, Any] | None = None) -> list[Any]:
        """The pieces and emitted values of one fill; empty when it was given up."""
        environment = self._environment
        environment.run = run
        environment.concat = self._gather  # type: ignore[method-assign, assignment]
        names = {**environment.globals, **run.context, **(extra or {})}
        try:
            out = list(self._root(Context(environment, names, None, {})))
            if sum([len(piece) for piece in out if type(piece) is str]) > MAX_OUTPUT:
                raise TooMuch
        except Stopped:
            return []
        except TROUBLE as error:
            run.gave_up(error, self._tags, self._lines)
            return []
        return out


class _Writer(CodeGenerator):
    """Jinja's code generator, with pieces as constants and errors that do not end the render."""

    def __init__(self, environment: Sandbox, items: Sequence[Any], tags: list[Tag]) -> None:
        super().__init__(environment, None, None, optimized=False)
        self._items = items
        self._tags = tags
        self._asked: list[tuple[str, int]] = []
        self._stored: set[str] = set()
        self._excused: set[str] = set()

    def asked_names(self) -> dict[str, list[Tag]]:
        """Names that must come from the context, with the tags that use them."""
        names: dict[str, list[Tag]] = {}
        for name, line in self._asked:
            if name not in self._stored and name not in self._excused:
                names.setdefault(name, []).append(self._tags[line - 1])
        return names

    def visit_Name(self, node: nodes.Name, frame: Frame) -> None:
        if node.ctx == "load":
            load = frame.symbols.find_load(frame.symbols.ref(node.name))
            if load is not None and load[0] == VAR_LOAD_RESOLVE:
                self._asked.append((node.name, node.lineno))
        else:
            self._stored.add(node.name)
        super().visit_Name(node, frame)

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:
        if node.name in ("defined", "undefined") and isinstance(node.node, nodes.Name):
            self._excused.add(node.node.name)
        super().visit_Test(node, frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:
        if node.name in ("d", "default") and isinstance(node.node, nodes.Name):
            self._excused.add(node.node.name)
        super().visit_Filter(node, frame)

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        for child in node.nodes:
            if isinstance(child, nodes.TemplateData):
                for piece in self._pieces(child.data):
                    self._send(piece, frame)
            else:
                emit = f"emit_{self._tags[child.lineno - 1].sink}"
                code = (f"{emit}(", ")", f'{emit}("")')
                self._send(self._attempt(child, frame, code), frame)

    def _pieces(self, data: str) -> list[str]:
        numbers = [part.partition(_END)[0] for part in data.split(_MARK)[1:]]
        return [self._piece(int(number)) for number in numbers]

    def _piece(self, number: int) -> str:
        piece = self._items[number]
        return repr(piece) if type(piece) is str else f"pieces[{number}]"

    def _send(self, code: str, frame: Frame) -> None:
        self.writeline(
            f"yield {code}" if frame.buffer is None else f"{frame.buffer}.append({code})"
        )

    def _attempt(self, node: nodes.Node, frame: Frame, code: tuple[str, str, str]) -> str:
        """Work an expression out into a local, between two bits of code.

        An error is recorded and the local gets the third bit. Gives the local's name.
        """
        before, after, otherwise = code
        local = self.temporary_identifier()
        self.writeline("try:", node)
        self.indent()
        self.writeline(f"{local} = {before}", node)
        self.visit(node, frame)
        self.write(after)
        self.outdent()
        self.writeline("except environment.run.trouble as error:")
        self.indent()
        self.writeline(f"environment.run.failed(error, veikart_tags, {node.lineno})")
        self.writeline(f"{local} = {otherwise}")
        self.outdent()
        return local

    def visit_If(self, node: nodes.If, frame: Frame) -> None:
        """``elif`` becomes a nested ``if``, so that each test can be attempted in its turn."""
        if_frame = frame.soft()
        local = self._attempt(node.test, if_frame, ("", "", "False"))
        self.writeline(f"if {local}:", node)
        self.indent()
        self.blockvisit(node.body, if_frame)
        self.outdent()
        rest: list[nodes.Node] = node.else_
        if node.elif_:
            first = node.elif_[0]
            nested = nodes.If(first.test, first.body, node.elif_[1:], rest, lineno=first.lineno)
            rest = [nested]
        if rest:
            self.writeline("else:")
            self.indent()
            self.blockvisit(rest, if_frame)
            self.outdent()

    def visit_For(self, node: nodes.For, frame: Frame) -> None:
        """Loops count what they iterate over."""
        local = self._attempt(node.iter, frame, ("environment.run.each(", ")", "()"))
        counted = nodes.For(
            node.target, _local(local, node.lineno), node.body, node.else_, node.test,
            node.recursive, lineno=node.lineno,
        )  # fmt: skip
        super().visit_For(counted, frame)

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:
        self._stored.add(node.name)
        super().visit_Macro(node, frame)

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:
        self.write("environment.concatenated((")
        for part in node.nodes:
            self.visit(part, frame)
            self.write(", ")
        self.write("))")


def _local(name: str, line: int) -> nodes.InternalName:
    """A node that stands for a local of the compiled code."""
    node: nodes.InternalName = object.__new__(nodes.InternalName)
    nodes.Node.__init__(node, name, lineno=line)
    return node
