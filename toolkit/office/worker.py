"""The other side of ``isolation``: one process, one job, under caps.

In, on standard input: a pickle of a function's name, its argument and Limits. Out, on standard
output: frames of a JSON head and bytes.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
from importlib import import_module
from typing import IO, Any

from toolkit.finding import Finding, LimitError, ToolkitError
from toolkit.office.isolation import FRAME, LIMIT, Answer, Limits

_MEGABYTE = 1_000_000


def main() -> None:
    """Do the job; whatever else is printed goes to standard error."""
    target, job, limits = pickle.load(sys.stdin.buffer)
    confine(limits)
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)
        try:
            _work(target, job, out)
        except ToolkitError as error:
            kind = "LimitError" if isinstance(error, LimitError) else "TemplateError"
            _frame(out, _head(error.findings, kind))
        except (MemoryError, RecursionError):
            _frame(out, _head((), LIMIT))


def _work(target: str, job: Any, out: IO[bytes]) -> None:
    module, _, name = target.partition(":")
    for answer in getattr(import_module(module), name)(job):
        head = _head(answer.findings, "", answer.extra)
        _frame(out, head, answer)
    _frame(out, {"done": True})


def _head(findings: tuple[Finding, ...], error: str, extra: Any = None) -> dict[str, Any]:
    told = [[f.code, f.place.file, f.place.steps, f.params] for f in findings]
    return {"findings": told, "error": error, "extra": extra}


def _frame(out: IO[bytes], head: dict[str, Any], answer: Answer | None = None) -> None:
    data = answer.data if answer else b""
    text = json.dumps(head).encode()
    out.write(FRAME.pack(len(text), len(data)) + text + data)
    out.flush()


def confine(limits: Limits) -> None:
    """Cap memory and file sizes of this process, where the platform can."""
    if sys.platform == "win32":
        return
    import resource

    for what, size in (
        (resource.RLIMIT_AS, limits.memory * _MEGABYTE),
        (resource.RLIMIT_FSIZE, limits.output * _MEGABYTE),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, hard = resource.getrlimit(what)
        capped = size if hard == resource.RLIM_INFINITY else min(size, hard)
        try:
            resource.setrlimit(what, (capped, hard))
        except (ValueError, OSError):  # macOS refuses some caps: the clock still stops a hang
            continue


if __name__ == "__main__":
    main()
