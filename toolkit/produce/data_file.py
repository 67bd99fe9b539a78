"""The data of ``toolkit fill``: one mapping, or many.

In: a ``.yaml``, ``.json`` or ``.jsonl`` file. Out: one mapping a document to be made, or
TemplateError with every finding. YAML is 1.2 (``no`` is text); its limits are those of
descriptions.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from toolkit.finding import Finding, LimitError, Place, TemplateError, ToolkitError, finding

Row = dict[str, Any]

LIMITS = ("file-too-large", "yaml-too-deep", "yaml-too-many", "yaml-aliases")


def read_rows(path: Path) -> list[Row]:
    """The rows of a data file: each line of ``.jsonl``, each item of a list, else the whole."""
    reader = _READERS.get(path.suffix.casefold(), _yaml)
    data = reader(path)
    rows = data if isinstance(data, list) else [data]
    for number, row in enumerate(rows, 1):
        if not isinstance(row, Mapping):
            raise _unreadable(path, f"{type(row).__name__}", ("line", number))
    return rows


def _unreadable(path: Path, reason: str, *steps: tuple[str, int]) -> TemplateError:
    return TemplateError([finding("data-unreadable", Place(f"{path}", steps), reason=reason)])


def _text(path: Path) -> str:
    """The text of a JSON file of any size, without byte order mark."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise _unreadable(path, error.strerror or type(error).__name__) from error
    except UnicodeDecodeError as error:
        raise TemplateError([finding("not-utf8", Place(f"{path}"))]) from error


def _json(path: Path) -> Any:
    return _parsed(path, _text(path), 1)


def _jsonl(path: Path) -> Any:
    lines = enumerate(_text(path).splitlines(), 1)
    return [_parsed(path, line, number) for number, line in lines if line.strip()]


def _parsed(path: Path, text: str, line: int) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        at = ("line", line + error.lineno - 1), ("column", error.colno)
        raise _unreadable(path, error.msg, *at) from error
    except (ValueError, RecursionError) as error:
        raise _unreadable(path, f"{error}", ("line", line)) from error


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _yaml(path: Path) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    from toolkit.declaration.nodes import compose
    from toolkit.declaration.reading import read_text

    text, stopped = read_text(path)
    if stopped:
        raise _stopped([stopped])
    root, findings = compose(text, Place(f"{path}"))
    if findings:
        raise _stopped(findings)
    try:
        return YAML(typ="safe").load(text) if root is not None else {}
    except (YAMLError, ValueError) as error:
        raise _unreadable(path, f"{error}".splitlines()[0]) from error


def _stopped(findings: Sequence[Finding]) -> ToolkitError:
    limit = any(found.code in LIMITS for found in findings)
    return (LimitError if limit else TemplateError)(findings)


_READERS: Mapping[str, Callable[[Path], Any]] = {".json": _json, ".jsonl": _jsonl}
