"""Work done in a process of its own, with caps on time, memory and output.

In: the name of a generator function (``package.module:function``), its argument, Limits. Out: its
Answers one by one. A hang, a blow-up or a crash for want of memory becomes LimitError with one
finding; errors the function raised are raised here.

The two processes trust each other unequally: the child is sent a pickle; what it sends back is
JSON and bytes, because templates of other people were at work there.
"""

from __future__ import annotations

import json
import os
import pickle
import struct
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from toolkit import finding as findings_module
from toolkit.finding import Finding, LimitError, Place, TemplateError, ToolkitError, finding
from toolkit.office.record import Record

FRAME = struct.Struct(">IQ")  # bytes of the head (JSON), bytes of the data
LIMIT = "limit"
_ERRORS: dict[str, type[ToolkitError]] = {"LimitError": LimitError, "TemplateError": TemplateError}
_MAX_HEAD = 64_000_000
_MEGABYTE = 1_000_000
_LAST_WORDS = 3.0  # seconds


class Limits(Record):
    """Caps: seconds to each answer, megabytes of memory, megabytes of one answer."""

    seconds: float = 60.0
    memory: int = 3_000
    output: int = 500


class Answer(Record):
    """What came back: bytes, findings, and plain data beside them."""

    data: bytes = b""
    findings: tuple[Finding, ...] = ()
    extra: Any = None


class _Over(Exception):
    """The child ended, or sent more than it may, before it was done."""


def isolated(target: str, job: Any, name: str, limits: Limits) -> Iterator[Answer]:
    """The Answers of a function in another process; ``name`` is the file findings are about."""
    with tempfile.TemporaryFile() as errors, _started(errors) as process:
        try:
            _send(process, (target, job, limits))
            yield from _answers(process, limits)
        except _Over as over:
            _end(process)
            raise _ended(process, errors, name, limits) from over
        finally:
            process.kill()


def _started(errors: IO[bytes]) -> subprocess.Popen[bytes]:
    home = str(Path(findings_module.__file__).parents[1])
    search = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH", ""))))
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "toolkit.office.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=errors,
        env={**os.environ, "PYTHONPATH": search},
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let a child that ended by itself say why; end one that did not."""
    try:
        process.wait(_LAST_WORDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _send(process: subprocess.Popen[bytes], what: Any) -> None:
    assert process.stdin is not None
    try:
        pickle.dump(what, process.stdin)
        process.stdin.close()
    except OSError as error:
        raise _Over from error


def _answers(process: subprocess.Popen[bytes], limits: Limits) -> Iterator[Answer]:
    """Answers until the child says that it is done."""
    while True:
        head, data = _frame(process, limits)
        if head.get("done"):
            return
        told = tuple(_finding(item) for item in head["findings"])
        if head["error"] == LIMIT:
            raise _Over
        if head["error"]:
            raise _ERRORS[head["error"]](told)
        yield Answer(data, told, head["extra"])


def _frame(process: subprocess.Popen[bytes], limits: Limits) -> tuple[dict[str, Any], bytes]:
    """The next head and data; the child is ended when they do not come in time."""
    assert process.stdout is not None
    timer = threading.Timer(limits.seconds, process.kill)
    timer.start()
    try:
        sizes = FRAME.unpack(_read(process.stdout, FRAME.size))
        if sizes[0] > _MAX_HEAD or sizes[1] > limits.output * _MEGABYTE:
            raise _Over
        head, data = (_read(process.stdout, size) for size in sizes)
        return json.loads(head), data
    finally:
        timer.cancel()
        timer.join()


def _read(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise _Over
    return data


def _finding(item: list[Any]) -> Finding:
    code, file, steps, params = item
    place = Place(f"{file}", tuple((f"{word}", value) for word, value in steps))
    return finding(f"{code}", place, **{f"{name}": value for name, value in params})


def _ended(
    process: subprocess.Popen[bytes], errors: IO[bytes], name: str, limits: Limits
) -> Exception:
    """What the end of the child means: a cap was hit, or else there is a bug."""
    errors.seek(0)
    told = errors.read().decode(errors="replace")
    if "Traceback" in told and "MemoryError" not in told:
        return RuntimeError(told)
    seconds, memory = f"{limits.seconds:g}", f"{limits.memory}"
    return LimitError([finding("template-limit", Place(name), seconds=seconds, memory=memory)])
