"""YAML text as nodes: every scalar as text, every value with its line and column.

In: the text of a description or document sheet. Out: a tree of ``Node``, or findings. Nothing is
resolved (``NO``, ``0301`` and ``12:30`` stay text), no tag is obeyed, aliases are counted, and
depth and number of values are limited, so hostile text costs little.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from toolkit.finding import Finding, Place, finding

MAX_DEPTH = 40
MAX_NODES = 50_000
MAX_ALIASES = 100

Position = tuple[int, int]
_NULLS = ("", "~", "null", "Null", "NULL")


class Plain(str):
    """A text written without quotation marks: ``true`` or ``3``, which a reader may resolve."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A value where it stands; lines and columns from 1.

    ``value`` is a text, a tuple of nodes or a mapping of nodes, None where nothing was written.
    Keys without a value stand in ``keys`` only: null and empty text mean absent.
    """

    value: str | tuple[Node, ...] | Mapping[str, Node] | None
    at: Position
    keys: Mapping[str, Position] = field(default_factory=dict)

    def data(self) -> Any:
        """The value as plain lists, mappings and texts."""
        if isinstance(self.value, tuple):
            return [node.data() for node in self.value]
        if isinstance(self.value, Mapping):
            return {key: node.data() for key, node in self.value.items()}
        return self.value


class Unreadable(Exception):
    """The text cannot be read further; carries the finding that says why."""

    def __init__(self, found: Finding) -> None:
        super().__init__(found.code)
        self.finding = found


@dataclass
class _Composition:
    events: Iterator[Any]
    place: Place
    findings: list[Finding] = field(default_factory=list)
    anchors: dict[str, tuple[Node, int]] = field(default_factory=dict)
    nodes: int = 0
    aliases: int = 0

    def document(self) -> Node | None:
        """The one document of the stream; None where it is empty."""
        first = self._next("DocumentStartEvent", "StreamEndEvent")
        if type(first).__name__ == "StreamEndEvent":
            return None
        root = self._node(next(self.events), 1)
        after = self._next("DocumentStartEvent", "StreamEndEvent")
        if type(after).__name__ == "DocumentStartEvent":
            raise Unreadable(self._found("yaml-documents", _at(after)))
        return root

    def _next(self, *names: str) -> Any:
        return next(event for event in self.events if type(event).__name__ in names)

    def _node(self, event: Any, depth: int) -> Node:
        kind, at, before = type(event).__name__, _at(event), self.nodes
        self._count(1, at)
        if depth > MAX_DEPTH:
            raise Unreadable(self._found("yaml-too-deep", at, limit=MAX_DEPTH))
        if kind == "AliasEvent":
            return self._alias(event, at)
        if event.tag:
            self.findings.append(self._found("yaml-tag", at, tag=event.tag))
        node = self._content(event, kind, at, depth)
        if event.anchor:
            self.anchors[event.anchor] = node, self.nodes - before
        return node

    def _content(self, event: Any, kind: str, at: Position, depth: int) -> Node:
        if kind == "ScalarEvent":
            return Node(_scalar(event), at)
        if kind == "SequenceStartEvent":
            inner = (self._node(child, depth + 1) for child in self._until("SequenceEndEvent"))
            return Node(tuple(node for node in inner if node.value not in (None, "")), at)
        return self._mapping(at, depth)

    def _until(self, end: str) -> Iterator[Any]:
        while type(event := next(self.events)).__name__ != end:
            yield event

    def _mapping(self, at: Position, depth: int) -> Node:
        values: dict[str, Node] = {}
        keys: dict[str, Position] = {}
        for event in self._until("MappingEndEvent"):
            key = self._node(event, depth + 1)
            value = self._node(next(self.events), depth + 1)
            name = self._key(key, keys)
            keys.setdefault(name, key.at)
            if name and value.value not in (None, ""):
                values.setdefault(name, value)
        keys.pop("", None)
        return Node(values, at, keys)

    def _key(self, key: Node, known: Mapping[str, Position]) -> str:
        if not isinstance(key.value, str) or not key.value:
            self.findings.append(self._found("yaml-key", key.at))
            return ""
        if key.value in known:
            first = known[key.value][0]
            self.findings.append(self._found("duplicate-key", key.at, key=key.value, line=first))
        return str(key.value)

    def _alias(self, event: Any, at: Position) -> Node:
        self.aliases += 1
        if self.aliases > MAX_ALIASES:
            raise Unreadable(self._found("yaml-aliases", at, limit=MAX_ALIASES))
        if event.anchor not in self.anchors:
            raise Unreadable(self._found("yaml-alias", at, name=event.anchor))
        node, size = self.anchors[event.anchor]
        self._count(size, at)
        return node

    def _count(self, size: int, at: Position) -> None:
        self.nodes += size
        if self.nodes > MAX_NODES:
            raise Unreadable(self._found("yaml-too-many", at, limit=MAX_NODES))

    def _found(self, code: str, at: Position, **params: object) -> Finding:
        return finding(code, located(self.place, at), **params)


def located(place: Place, at: Position) -> Place:
    """The place of a position in a text file."""
    return place.at(("line", at[0]), ("column", at[1]))


def _at(event: Any) -> Position:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _scalar(event: Any) -> str | None:
    if event.style:
        return str(event.value)
    return None if event.value in _NULLS else Plain(event.value)


@lru_cache(maxsize=1)  # a command asks a description for its language before it reads it
def compose(text: str, place: Place) -> tuple[Node | None, tuple[Finding, ...]]:
    """The root of a YAML text (None where it is empty or unusable) and what is wrong with it."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    stopped = _control_character(text, place)
    if stopped:
        return None, (stopped,)
    composition = _Composition(YAML(typ="safe").parse(text), place)
    try:
        root = composition.document()
    except Unreadable as error:
        return None, (*composition.findings, error.finding)
    except YAMLError as error:
        return None, (*composition.findings, _syntax(error, text, place))
    return root, tuple(composition.findings)


def _control_character(text: str, place: Place) -> Finding | None:
    for number, line in enumerate(text.split("\n"), 1):
        if line.isprintable():
            continue
        for column, letter in enumerate(line, 1):
            if (letter < " " and letter not in "\t\r") or letter in "\x7f\ufffe\uffff":
                return finding("control-character", located(place, (number, column)))
    return None


_PROBLEMS = (
    ("mapping values are not allowed", "yaml-colon"),
    ("found unexpected ':'", "yaml-colon"),
    ("hexdecimal", "yaml-escape"),
    ("found unexpected end of stream", "yaml-quote"),
    ("found unknown escape", "yaml-escape"),
    ("',' or", "yaml-bracket"),
    ("cannot start any token", "yaml-character"),
    ("block end", "yaml-indent"),
    ("expected key", "yaml-indent"),
    ("expected '-'", "yaml-indent"),
    ("document start", "yaml-indent"),
    ("sequence entries are not allowed", "yaml-indent"),
    ("could not find expected ':'", "yaml-no-colon"),
)
_FROM_CONTEXT = frozenset({"yaml-quote", "yaml-bracket", "yaml-no-colon", "yaml-escape"})


def _syntax(error: Exception, text: str, place: Place) -> Finding:
    mark = getattr(error, "problem_mark", None)
    at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    tab = _tab(text.split("\n")[: at[0]])
    if tab:
        return finding("yaml-tab", located(place, tab))
    problem = str(getattr(error, "problem", ""))
    code = next((code for told, code in _PROBLEMS if told in problem), "yaml-syntax")
    context = getattr(error, "context_mark", None)
    if code in _FROM_CONTEXT and context:
        at = context.line + 1, context.column + 1
    return finding(code, located(place, at))


def _tab(lines: list[str]) -> Position | None:
    for number, line in enumerate(lines, 1):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent and line.strip():
            return number, indent.index("\t") + 1
    return None
