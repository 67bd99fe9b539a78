"""Edits of a YAML text: values laid into it, every other character left as it stands.

In: the text of a description that can be read, and data to lay over it: mappings by key, lists of
entries as ``Entries`` by id. Out: the new text, comments and layout kept. A value that other places
share (an anchor) is not edited: SharedError says where it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from toolkit.declaration.nodes import located
from toolkit.finding import Place, ToolkitError, finding

_PLAIN = re.compile(r"[A-Za-z][\w/]*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_EMPTY = re.compile(r"\s*")


class Entries(dict[str, Mapping[str, Any]]):
    """The entries of a list by their ids; one that is not there yet is put last."""


class SharedError(ToolkitError):
    """A value stands in several places at once, so that none of them can be edited alone."""


def laid(text: str, data: Mapping[str, Any], place: Place) -> str:
    """The text with data laid over it; ``place`` is the file, for errors."""
    from ruamel.yaml import YAML

    edits = _Edits(text, place)
    edits.lay(YAML(typ="rt").compose(text), data)
    return edits.done()


@dataclass
class _Edits:
    """What is to stand where: pieces by the span of characters they take the place of.

    What is put behind a value, with a 1, stands after what takes the place of it, with a 0.
    """

    text: str
    place: Place
    pieces: list[tuple[int, int, int, str]] = field(default_factory=list)

    @property
    def newline(self) -> str:
        return "\r\n" if "\r\n" in self.text else "\n"

    def lay(self, node: Any, data: Mapping[str, Any]) -> None:
        """Lay a mapping over a mapping, or entries over a list of them."""
        self._alone(node)
        there = {key.value: (key, own) for key, own in _items(node)}
        for name, value in data.items():
            key, own = there.get(f"{name}", (None, None))
            if own is None:
                self._insert(node, f"{name}", value)
            elif isinstance(value, Mapping) and own.id != "scalar":
                self.lay(own, value)
            else:
                self._alone(own)
                self._replace(key, own, value)

    def _alone(self, node: Any) -> None:
        if node.anchor:
            at = node.start_mark.line + 1, node.start_mark.column + 1
            raise SharedError([finding("value-shared", located(self.place, at))])

    def done(self) -> str:
        """The new text. Pieces for the same place stand in the order they were asked for."""
        made, end = [], 0
        for start, _, stop, piece in sorted(self.pieces, key=lambda piece: piece[:2]):
            made += [self.text[end:start], piece]
            end = stop
        return "".join((*made, self.text[end:]))

    def _replace(self, key: Any, node: Any, value: Any) -> None:
        start, end = node.start_mark.index, node.end_mark.index
        written = _flow(value)
        if start == end:  # nothing was written: a comment may stand between the key and here
            start = end = self.text.index(":", key.end_mark.index) + 1
            written = f" {written}"
        elif self.text[start:end].endswith("\n"):  # lines of its own, up to the next key
            written += self.newline
        self.pieces.append((start, 0, end, written))

    def _insert(self, node: Any, key: str, value: Any) -> None:
        entry = {"id": key, **value} if node.id == "sequence" else {key: value}
        inner = _children(node)
        if node.flow_style or not inner:
            self._insert_in_line(node, inner, entry)
            return
        at = self._line_end(_end(inner[-1]))
        indent = " " * node.start_mark.column
        lines = [_item(entry, inner[-1])] if node.id == "sequence" else [*_block(entry)]
        self.pieces.append((at, 1, at, "".join(f"{self.newline}{indent}{line}" for line in lines)))

    def _insert_in_line(self, node: Any, inner: list[Any], entry: Mapping[str, Any]) -> None:
        written = _flow(entry)
        if node.id == "mapping":
            written = written[1:-1]
        if inner:
            at = len(self.text[: _end(inner[-1])].rstrip())
            self.pieces.append((at, 1, at, f", {written}"))
        else:
            at = node.start_mark.index + 1  # behind the bracket that opens it
            self.pieces.append((at, 1, at, written))

    def _line_end(self, at: int) -> int:
        """The end of the line a position is in, or of the last line before it with anything."""
        behind = len(self.text[:at].rstrip())
        found = re.compile(r"\r?\n|\Z").search(self.text, behind)
        return found.start() if found else behind


def _items(node: Any) -> Iterator[tuple[Any, Any]]:
    """Key and value of a mapping, id and entry of a list, as nodes."""
    if node.id == "mapping":
        yield from node.value
        return
    for entry in node.value:
        facts = entry.value if entry.id == "mapping" else []
        yield from ((value, entry) for key, value in facts if key.value == "id")


def _children(node: Any) -> list[Any]:
    return [value for _, value in node.value] if node.id == "mapping" else list(node.value)


def _end(node: Any) -> int:
    """Where a value ends: a block ends with the last value in it, not where the next begins."""
    if node.id == "scalar" or node.flow_style or not node.value:
        return int(node.end_mark.index)
    return _end(_children(node)[-1])


def _item(entry: Mapping[str, Any], model: Any) -> str:
    """An entry of a list, written in one line or in many as the one before it."""
    if model.id == "mapping" and not model.flow_style:
        return "- " + "\n  ".join(_block(entry))
    return f"- {_flow(entry)}"


def _block(entry: Mapping[str, Any]) -> Iterator[str]:
    """The lines of a mapping; entries in it one a line."""
    for key, value in entry.items():
        if isinstance(value, Entries):
            yield f"{key}:"
            yield from (f"  - {_flow({'id': id, **own})}" for id, own in value.items())
        else:
            yield f"{key}: {_flow(value)}"


def _flow(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, Entries):
        return f"[{', '.join(_flow({'id': id, **own}) for id, own in value.items())}]"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_flow(own)}' for key, own in value.items())}}}"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return f"{int(value)}"
    if isinstance(value, int | float | date):
        return f"{value}"
    word = _PLAIN.fullmatch(value) and value.casefold() not in _WORDS
    return value if word else json.dumps(value, ensure_ascii=False)
