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

from toolkit.office.sandbox import Sandbox
from toolkit.office.tags import Tag

MARK, END = "\x02", "\x03"

Step = tuple[int, Any, str]
"""One step of a stretch: a root's number, names from there, a sink; or -1 and a piece."""


def place_names(tree: nodes.Template, items: Sequence[Any], *, careful: bool) -> None:
    """Put what the marks stand for into the parsed tree: pieces, paths, or runs of both."""
    for output in tree.find_all(nodes.Output):
        children: list[nodes.Expr] = []
        for child in output.nodes:
            if not isinstance(child, nodes.TemplateData):
                children.append(child)
            elif careful:
                children += _one_by_one(child, items)
            else:
                children += _together(child, items)
        output.nodes = children


def _marked(data: nodes.TemplateData, items: Sequence[Any]) -> Iterator[tuple[int, int, Any]]:
    """The marks of a stretch: line, number, item."""
    head, *rest = data.data.split(MARK)
    line = data.lineno + head.count("\n")
    for part in rest:
        number, _, tail = part.partition(END)
        yield line, int(number), items[int(number)]
        line += tail.count("\n")


def _one_by_one(data: nodes.TemplateData, items: Sequence[Any]) -> list[nodes.Expr]:
    return [
        _path(item.source[3:-3], line)
        if isinstance(item, Tag)
        else nodes.TemplateData(str(number), lineno=line)
        for line, number, item in _marked(data, items)
    ]


def _path(dotted: str, line: int) -> nodes.Expr:
    first, *rest = dotted.split(".")
    node: nodes.Expr = nodes.Name(first, "load", lineno=line)
    for name in rest:
        node = nodes.Getattr(node, name, "load", lineno=line)
    return node


def _together(data: nodes.TemplateData, items: Sequence[Any]) -> list[nodes.Expr]:
    """One node for a stretch of pieces and paths: the names it needs, and what to do."""
    marked = list(_marked(data, items))
    if not marked:
        return []
    paths = [(line, i.source[3:-3].split("."), i) for line, _, i in marked if isinstance(i, Tag)]
    roots = list(dict.fromkeys(path[0] for _, path, _ in paths))
    names = [nodes.Name(root, "load", lineno=data.lineno) for root in roots]
    node = nodes.Tuple(names, "load", lineno=data.lineno)
    steps: list[Step] = []
    rest = iter(paths)
    for _, _, item in marked:
        if isinstance(item, Tag):
            _, path, _ = next(rest)
            steps.append((roots.index(path[0]), tuple(path[1:]), item.sink))
        else:
            steps.append((-1, item, ""))
    node.stretch = steps  # type: ignore[attr-defined]
    node.uses = [(path[0], line) for line, path, _ in paths]  # type: ignore[attr-defined]
    return [node]


def stretch(
    steps: list[Step], environment: Sandbox, emitters: Mapping[str, Callable[[Any], Any]]
) -> Callable[[tuple[Any, ...]], list[Any]]:
    """A function from the values of the roots to the pieces and emitted values of a stretch."""
    look_up = environment.getattr
    known = [(number, names, emitters.get(f"emit_{sink}")) for number, names, sink in steps]

    def give(roots: tuple[Any, ...]) -> list[Any]:
        out = []
        for number, names, emit in known:
            if number < 0 or emit is None:
                out.append(names)
                continue
            value = roots[number]
            for name in names:
                try:
                    value = value[name] if type(value) is dict else look_up(value, name)
                except KeyError:
                    value = look_up(value, name)
            out.append(emit(value))
        return out

    return give
