"""Fuzzing of the whole reading path: mutated returned files, nothing may take the parent along.

In: how many cases, and the first one's number. Out: how many were read and rejected, how often a
process died or hung, and every case that was neither read nor rejected, with the number to repeat
it; exit code 1 when there is one. ``python -m benchmarks.fuzz_reading 100000``.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import os
import pickle
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from multiprocessing.connection import Connection, wait
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from python_calamine import CalamineWorkbook

from benchmarks.binary_workbook import binary_workbook
from benchmarks.fuzz_returned import mutated
from toolkit.collect.keep import kept
from toolkit.collect.limits import Limits
from toolkit.collect.merging.questions import Asked, asked_by
from toolkit.collect.opening.gate import GateError
from toolkit.collect.read import Given, Reader, Settings
from toolkit.collect.workers.reader import hold_memory
from toolkit.document import load_documents, shipped_templates
from toolkit.store.packing import pack

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

RETURNED = Path(__file__).parents[1] / "examples" / "trygg-natt" / "returned"
SEEDS = (
    "12_HUKI_Solsiden.xlsx",
    "12_rolle-og-ansvarsmatrise-huki_nb_bryggen-omsorgsboliger.xls",
    "03_gevinstrealisering_nb_solsiden-bofellesskap.ods",
    "16_evaluering-av-pilot_nb_ansatt_1.docx",
    "16_evaluering-av-pilot_nb_ansatt_3.docx",
    "16_evaluering-av-pilot_nb_bruker_4.xlsx",
    "16_evaluering-av-pilot_nb_it_1.xlsx",
    "23_ros-analyse_nb (Lillevik).xlsx",
)
SELDOM = {"03_gevinstrealisering_nb_solsiden-bofellesskap.ods": 0.2}  # it takes ten times as long
BINARY = "16_evaluering-av-pilot_nb_leder_1.xlsx"
SECONDS = 15.0
_START = 60.0
_STEP = 500


class Fault(NamedTuple):
    """A case that was neither read nor rejected: its number, the seed it came from, what happened.

    ``word`` is ``raised`` (the worker makes a rejected file of it), ``died`` or ``hung``.
    """

    case: int
    seed: str
    word: str
    what: str


@cache
def seeds() -> dict[str, bytes]:
    """The files that mutations begin with: every format that is read."""
    own = {name: (RETURNED / name).read_bytes() for name in SEEDS}
    return own | {"16_binary.xlsb": _binary((RETURNED / BINARY).read_bytes())}


def _binary(data: bytes) -> bytes:
    """A workbook as a binary one, texts and numbers only."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        sheets = {
            name: [
                [value if isinstance(value, str | float) and value != "" else None for value in row]
                for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            ]
            for name in book.sheet_names
        }
    return binary_workbook(sheets, {"_meta"})


def case(number: int) -> tuple[str, bytes]:
    """The seed's name and the mutated file of a case."""
    random = Random(number)
    names = sorted(seeds())
    (name,) = random.choices(names, [SELDOM.get(name, 1.0) for name in names])
    return name, mutated(seeds()[name], list(seeds().values()), random)


@cache
def reader() -> Reader:
    """One reader a process, as the worker has."""
    return Reader(Settings(load_documents(shipped_templates())))


@cache
def asked() -> Mapping[str, Asked]:
    """What the documents ask, as the worker knows it."""
    return asked_by(reader().settings.documents)


def outcome(number: int) -> tuple[str, Fault | None]:
    """What a case came to in one word, and its fault if it has one."""
    name, data = case(number)
    try:
        return _read(name, data), None
    except BaseException:  # noqa: BLE001 the whole point: the worker would make a rejection of it
        return "raised", Fault(number, name, "raised", traceback.format_exc())


def _read(name: str, data: bytes) -> str:
    """Read or rejected, and all that is done with either until it lies in the store."""
    try:
        returned = reader().read(Given(name, data))
    except GateError as error:
        _told(error.findings)
        return "rejected"
    pickle.dumps(pack([kept(returned, asked())]))
    _told(returned.findings)
    return "read"


def _told(findings: tuple[object, ...]) -> None:
    for found in findings:
        for language in ("nb", "en"):
            json.dumps(found.as_dict(language)).encode()  # type: ignore[attr-defined]


# --- processes --------------------------------------------------------------------------------


@dataclass
class Hand:
    """A process with its stretch of cases; ``at`` is the one it is at."""

    process: SpawnProcess
    pipe: Connection
    last: int
    at: int
    since: float = field(default_factory=time.monotonic)
    ready: bool = False


def work(pipe: Connection, first: int, last: int) -> None:
    """Cases one after the other; each is told when it is done."""
    hold_memory(Limits())
    reader(), seeds()
    pipe.send(None)
    for number in range(first, last):
        pipe.send(outcome(number))


def run(cases: int, first: int, workers: int) -> tuple[Counter[str], list[Fault]]:
    """All cases; prints how it goes."""
    counts: Counter[str] = Counter()
    faults: list[Fault] = []
    start = time.monotonic()
    for word, fault in outcomes(cases, first, workers):
        counts[word] += 1
        faults += [fault] if fault else []
        if fault:
            print(f"case {fault.case} ({fault.seed}): {fault.word}\n{fault.what}", flush=True)
        if counts.total() % _STEP == 0 or counts.total() == cases:
            seconds = time.monotonic() - start
            print(f"{counts.total():>7} cases, {seconds:.0f} s, {dict(counts)}", flush=True)
    return counts, faults


def outcomes(cases: int, first: int, workers: int) -> Iterator[tuple[str, Fault | None]]:
    """Every case once, whatever becomes of the processes."""
    share = -(-cases // workers)
    stretches = [(at, min(at + share, first + cases)) for at in range(first, first + cases, share)]
    hands = [_hire(*stretch) for stretch in stretches]
    try:
        while hands:
            for pipe in wait([hand.pipe for hand in hands], 0.5):
                hand = next(hand for hand in hands if hand.pipe is pipe)
                yield from _hear(hand, hands)
            for hand in list(hands):
                if time.monotonic() - hand.since > (SECONDS if hand.ready else _START):
                    yield _lost(hand, "hung", hands)
    finally:
        for hand in hands:
            _end(hand)


def _hear(hand: Hand, hands: list[Hand]) -> Iterator[tuple[str, Fault | None]]:
    try:
        told = hand.pipe.recv()
    except (EOFError, OSError):
        yield _lost(hand, "died", hands)
        return
    hand.since = time.monotonic()
    if told is None:
        hand.ready = True
        return
    hand.at += 1
    if hand.at >= hand.last:
        _end(hand)
        hands.remove(hand)
    yield told


def _lost(hand: Hand, word: str, hands: list[Hand]) -> tuple[str, Fault]:
    """The case at which a process was lost; another goes on behind it."""
    _end(hand)
    hands.remove(hand)
    if hand.at + 1 < hand.last:
        hands.append(_hire(hand.at + 1, hand.last))
    return word, Fault(hand.at, case(hand.at)[0], word, "")


def _hire(first: int, last: int) -> Hand:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe()
    process = context.Process(target=work, args=(there, first, last), daemon=True)
    process.start()
    there.close()
    return Hand(process, here, last, first)


def _end(hand: Hand) -> None:
    hand.pipe.close()
    hand.process.kill()
    hand.process.join()
    hand.process.close()


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=int, nargs="?", default=100_000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    _, faults = run(given.cases, given.first, given.workers)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
