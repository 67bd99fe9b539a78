"""Taking turns: each contender once a round, the medians of their CPU time.

In: contenders as functions that give a Sample. Out: Figures, and the ratios to the baseline.
"""

from __future__ import annotations

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

Given = TypeVar("Given")
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Sample:
    """One measurement: CPU milliseconds; megabytes and the clock where they were looked at."""

    cpu: float
    memory: float | None = None
    clock: float | None = None


@dataclass(frozen=True)
class Figure:
    """The medians of one contender, and its CPU time as a share of the baseline's."""

    contender: str
    cpu: float
    ratio: float
    memory: float | None = None
    clock: float | None = None


@dataclass(frozen=True)
class Table:
    """The figures of one task; the first is the baseline. ``key`` is what goals call it."""

    title: str
    unit: str
    memory: str
    figures: tuple[Figure, ...]
    key: str = ""


def compare(contenders: Mapping[str, Callable[[], Sample]], rounds: int) -> tuple[Figure, ...]:
    """Every contender in turn, ``rounds`` times; the first one is the baseline of the ratios."""
    samples: dict[str, list[Sample]] = {name: [] for name in contenders}
    for sample in contenders.values():
        sample()  # once untimed: byte code is written, files are in memory
    for _ in range(rounds):
        for name, sample in contenders.items():
            samples[name].append(sample())
    medians = {name: statistics.median(s.cpu for s in taken) for name, taken in samples.items()}
    baseline = next(iter(medians.values()))
    return tuple(
        Figure(
            name,
            medians[name],
            medians[name] / baseline,
            _median(sample.memory for sample in taken),
            _median(sample.clock for sample in taken),
        )
        for name, taken in samples.items()
    )


def beside(baseline: str, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The same figures with their ratios to another one, which comes first."""
    base = next(figure for figure in figures if figure.contender == baseline)
    others = (figure for figure in figures if figure is not base)
    return tuple(replace(one, ratio=one.cpu / base.cpu) for one in (base, *others))


def _median(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return statistics.median(known) if known else None


def in_this_process(make: Callable[[], None]) -> Callable[[], Sample]:
    """CPU time of one call; call it once beforehand to warm it."""
    return each_in_this_process(lambda _: make(), lambda: None)


def each_in_this_process(
    make: Callable[[Given], None], prepare: Callable[[], Given]
) -> Callable[[], Sample]:
    """CPU time of one call, with what ``prepare`` gives; preparing it is not counted."""

    def sample() -> Sample:
        given = prepare()
        gc.collect()
        start = time.process_time()
        make(given)
        return Sample((time.process_time() - start) * 1000)

    return sample


def in_fresh_process(*arguments: str) -> Callable[[], Sample]:
    """What ``python ARGUMENTS`` says of itself: its last line is ``{"cpu": ms, "memory": MB}``."""

    def sample() -> Sample:
        said = json.loads(run(*arguments).splitlines()[-1])
        return Sample(said["cpu"], said.get("memory"), said.get("clock"))

    return sample


def run(*arguments: str) -> str:
    """The standard output of a fresh interpreter; what it says of errors is shown if it fails.

    The toolkit's modules have their byte code beside them, as those of installed libraries have.
    """
    command = [sys.executable, *arguments]
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=ROOT, env=kept, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return done.stdout
