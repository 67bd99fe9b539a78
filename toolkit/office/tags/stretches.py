"""Pieces and paths between the statements of a stream: what needs no code of its own.

In: the parsed source, whose marks stand for pieces of XML and for tags that only name a value.
Out: the tree with nodes in place of the marks; a whole stretch of pieces and paths is one node,
carried out by a small loop instead of by compiled code, which is quicker to make and as quick to
run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from jinja2 import nodes

from toolkit.office.record import Record
from toolkit.office.tags.sandbox import Sandbox

MARK, PATH, END = "\x02", "\x04", "\x03"
"""A piece is marked ``MARK number END``, a tag that names a value ``MARK number PATH a.b END``."""

Step = tuple[int, tuple[str, ...], int]
"""One step of a stretch: a root's number (-1 for a piece), names from there, the item's number."""


class Marked(Record):
    """A mark of the source: the line it stands on, the item's number, the path; a piece has none.

    Lines are counted from 1 and a tag's line is its number among the tags.
    """

    line: int
    number: int
    path: str


def read_marks(data: str, line: int) -> Iterator[Marked]:
    """The marks of a text that begins on a line."""
    head, *rest = data.split(MARK)
    line += head.count("\n")
    for part in rest:
        inner, _, tail = part.partition(END)
        number, _, path = inner.partition(PATH)
        yield Marked(line, int(number), path)
        line += tail.count("\n")


def place_names(tree: nodes.Template, *, careful: bool) -> None:
    """Put what the marks stand for into the parsed tree: pieces, paths, or runs of both."""
    for output in tree.find_all(nodes.Output):
        children: list[nodes.Expr] = []
        for child in output.nodes:
            if not isinstance(child, nodes.TemplateData):
                children.append(child)
            elif careful:
                children += map(_alone, read_marks(child.data, child.lineno))
            else:
                children += _together(child)
        output.nodes = children


def _alone(mark: Marked) -> nodes.Expr:
    if not mark.path:
        return nodes.TemplateData(str(mark.number), lineno=mark.line)
    first, *rest = mark.path.split(".")
    node: nodes.Expr = nodes.Name(first, "load", lineno=mark.line)
    for name in rest:
        node = nodes.Getattr(node, name, "load", lineno=mark.line)
    return node


def _together(data: nodes.TemplateData) -> list[nodes.Expr]:
    """One node for a stretch of pieces and paths: the names it needs, and what to do."""
    marks = list(read_marks(data.data, data.lineno))
    if not marks:
        return []
    roots, steps, uses = read_steps(marks)
    names = [nodes.Name(root, "load", lineno=data.lineno) for root in roots]
    node = nodes.Tuple(names, "load", lineno=data.lineno)
    node.stretch = steps  # type: ignore[attr-defined]
    node.uses = uses  # type: ignore[attr-defined]
    return [node]


def read_steps(marks: Sequence[Marked]) -> tuple[list[str], list[Step], list[tuple[str, int]]]:
    """The names a stretch begins from, its steps, and each use of a name with its line."""
    numbers: dict[str, int] = {}
    steps: list[Step] = []
    uses: list[tuple[str, int]] = []
    for line, number, path in marks:
        if path:
            root, *names = path.split(".")
            steps.append((numbers.setdefault(root, len(numbers)), tuple(names), number))
            uses.append((root, line))
        else:
            steps.append((-1, (), number))
    return list(numbers), steps, uses


def stretch(
    steps: list[Step],
    items: Sequence[Any],
    environment: Sandbox,
    emitters: Mapping[str, Callable[[Any], Any]],
) -> Callable[[tuple[Any, ...]], list[Any]]:
    """A function from the values of the roots to the pieces and emitted values of a stretch."""
    look_up = environment.getattr
    known = [
        (root, names, emitters[f"emit_{items[number].sink}"])
        if root >= 0
        else (root, items[number], None)
        for root, names, number in steps
    ]

    def give(roots: tuple[Any, ...]) -> list[Any]:
        out = []
        for root, names, emit in known:
            if emit is None:
                out.append(names)
                continue
            value = roots[root]
            for name in names:
                try:
                    value = value[name] if type(value) is dict else look_up(value, name)
                except KeyError:
                    value = look_up(value, name)
            out.append(emit(value))
        return out

    return give
