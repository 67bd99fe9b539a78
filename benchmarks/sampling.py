"""Where a run of ``generate`` spends its time: ``python -m benchmarks.sampling ARGUMENTS``.

In: the arguments of the command. Out: as its last line of output, how many samples fell into each
area. A sample is taken every few milliseconds of CPU time, which slows nothing down.
"""

from __future__ import annotations

import atexit
import json
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from types import CodeType, FrameType

INTERVAL = 0.001
AREAS = (
    ("freezing.py", "thaw", "reading kept templates"),
    ("archive.py", "", "zip"),
    ("template.py", "_compiled", "compiling templates"),
    ("template.py", "filled", "filling"),
    ("/produce/sent.py", "", "content"),
    ("/content/context.py", "", "content"),
    ("/content/reading.py", "", "content"),
    ("/declaration/typed.py", "", "reading YAML"),
)
"""File, function (any where none is told) and name of an area; the innermost counts."""


def area(frame: FrameType | None) -> str:
    """The area that a stack is in."""
    codes = list(_codes(frame))
    if any(code.co_name == "_find_and_load" for code in codes):
        return "imports"
    return next((name for code in codes if (name := _named(code))), "the rest")


def _codes(frame: FrameType | None) -> Iterator[CodeType]:
    while frame is not None:
        yield frame.f_code
        frame = frame.f_back


def _named(code: CodeType) -> str:
    path = code.co_filename.replace("\\", "/")
    return next(
        (name for file, at, name in AREAS if path.endswith(file) and at in ("", code.co_name)), ""
    )


def main() -> None:
    """Run the command and tell where its time went."""
    found: Counter[str] = Counter()

    def sampled(_number: int, frame: FrameType | None) -> None:
        found[area(frame)] += 1

    def tell() -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        print("\n" + json.dumps(found))

    if hasattr(signal, "setitimer"):
        atexit.register(tell)
        signal.signal(signal.SIGPROF, sampled)
        signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
    else:  # Windows has no such clock
        atexit.register(lambda: print("\n{}"))
    sys.argv = ["toolkit", "generate", *sys.argv[1:]]
    from toolkit.__main__ import main as toolkit

    toolkit()


if __name__ == "__main__":
    main()
