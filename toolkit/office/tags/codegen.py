"""Python code for a stream of tags and pieces.

In: the parsed source, and the sink of the tag on each line. Out: code that yields the pieces and
emitted values; it knows pieces by their numbers only, so it serves every template of this source.
The plain code stops at the first error; the careful code, made only when the plain one failed,
records the error, leaves the value empty and goes on, so that one run tells every error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE

from toolkit.office.tags.sandbox import Sandbox
from toolkit.office.tags.stretches import END, MARK, PATH, Step
from toolkit.office.tags.text import Kind, Tag

_DOTTED = re.compile(r"\{\{ ([A-Za-z][A-Za-z0-9_]*(?:\.[A-Za-z][A-Za-z0-9_]*)*) \}\}")
_CONSTANTS = ("true", "false", "none", "True", "False", "None", "not")
_HEADER = (
    "from jinja2.runtime import LoopContext, Macro, Markup, Namespace, TemplateReference, "
    "TemplateRuntimeError, Undefined, escape, identity, internalcode, markup_join, missing, "
    "str_join"
)


def source_of(items: Sequence[Any]) -> tuple[str, list[Tag]]:
    """The Jinja source of a sequence, and the tag on each of its lines.

    A piece is a mark; so is a tag that only names a value, which needs no parser.
    """
    lines: list[str] = []
    tags: list[Tag] = []
    for number, item in enumerate(items):
        if not isinstance(item, Tag):
            lines.append(f"{MARK}{number}{END}")
        elif item.kind is not Kind.COMMENT:
            path = _path(item.source)
            line = f"{MARK}{number}{PATH}{path}{END}" if path else item.source
            lines.append(line + "\n")
            tags.append(item)
    return "".join(lines), tags


def _path(source: str) -> str:
    """What a tag names when it is a plain path such as ``{{ project.name }}``; else empty."""
    found = _DOTTED.fullmatch(source)
    return "" if found is None or found.group(1) in _CONSTANTS else found.group(1)


class Writer(CodeGenerator):
    """Jinja's code generator, with pieces by their numbers."""

    def __init__(self, environment: Sandbox, sinks: Sequence[str], *, careful: bool) -> None:
        super().__init__(environment, None, None, optimized=False)
        self._sinks = sinks
        self._careful = careful
        self.stretches: list[list[Step]] = []
        self._asked: list[tuple[str, int]] = []
        self._stored: set[str] = set()
        self._excused: set[str] = set()

    @property
    def code(self) -> str:
        """What was written."""
        return str(self.stream.getvalue())  # type: ignore[attr-defined]

    @property
    def asked(self) -> list[tuple[str, int]]:
        """Names that must come from the context, with the lines that use them."""
        free = self._stored | self._excused
        return [(name, line) for name, line in self._asked if name not in free]

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """As Jinja's, without the blocks and imports that templates here cannot have."""
        self.writeline(_HEADER)
        self.writeline("def root(context, missing=missing, environment=environment):")
        self.indent()
        self.write_commons()
        inner = Frame(nodes.EvalContext(self.environment, None))
        inner.symbols.analyze_node(node)
        inner.toplevel = inner.rootlevel = True
        self.enter_frame(inner)
        self.pull_dependencies(node.body)
        self.blockvisit(node.body, inner)
        self.leave_frame(inner, with_python_scope=True)
        self.outdent()

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
                self._send(f"pieces[{int(child.data)}]", frame)
                continue
            if hasattr(child, "stretch"):
                self._stretch(child, frame)
                continue
            emit = f"emit_{self._sinks[child.lineno - 1]}"
            if self._careful:
                code = (f"{emit}(", ")", f'{emit}("")')
                self._send(self._attempt(child, frame, code), frame)
            else:
                self._emit(child, frame, emit)

    def _stretch(self, node: nodes.Expr, frame: Frame) -> None:
        """Names and pieces that need no code of their own."""
        buffer = frame.buffer
        self.stretches.append(node.stretch)  # type: ignore[attr-defined]
        call = f"stretches[{len(self.stretches) - 1}]("
        self.writeline(f"yield from {call}" if buffer is None else f"{buffer}.extend({call}", node)
        before = len(self._asked)
        self.visit(node, frame)
        self.write(")" if buffer is None else "))")
        asked = {name for name, _ in self._asked[before:]}
        del self._asked[before:]
        self._asked += [use for use in node.uses if use[0] in asked]  # type: ignore[attr-defined]

    def _send(self, code: str, frame: Frame) -> None:
        buffer = frame.buffer
        self.writeline(f"yield {code}" if buffer is None else f"{buffer}.append({code})")

    def _emit(self, node: nodes.Expr, frame: Frame, emit: str) -> None:
        self.writeline("yield " if frame.buffer is None else f"{frame.buffer}.append(", node)
        self.write(f"{emit}(")
        self.visit(node, frame)
        self.write(")" if frame.buffer is None else "))")

    def _attempt(self, node: nodes.Node, frame: Frame, code: tuple[str, str, str]) -> str:
        """Work an expression out into a local, between two bits of code.

        An error is recorded and the local gets the third bit. Gives the local's name.
        """
        before, after, otherwise = code
        local = self.temporary_identifier()
        if not self._careful:
            self.writeline(f"{local} = {before}", node)
            self.visit(node, frame)
            self.write(after)
            return local
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
            rest = [nodes.If(first.test, first.body, node.elif_[1:], rest, lineno=first.lineno)]
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

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:
        """As Jinja's, but what the macro gives is emitted like any value."""
        call_frame, macro = self.macro_body(node, frame)
        self.writeline("caller = ")
        self.macro_def(macro, call_frame)
        emit = f"emit_{self._sinks[node.lineno - 1]}("
        self.writeline("yield " if frame.buffer is None else f"{frame.buffer}.append(", node)
        self.write(emit)
        self.visit_Call(node.call, frame, forward_caller=True)
        self.write(")" if frame.buffer is None else "))")

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
