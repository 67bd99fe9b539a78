"""Intake: returned files into the store, one after the other, each once.

In: what the search found, an open store, the settings of reading. Out: the key of every file of
this run, as the store knows it. What the store holds is not read again, what was rejected is.
Files of another project are turned away; where nobody says which project it is, most files decide.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from toolkit.collect.find import Search, Source
from toolkit.collect.gate import GateError
from toolkit.collect.keep import kept, left_aside, of_other_project, unopened
from toolkit.collect.questions import asked_by
from toolkit.collect.read import Settings
from toolkit.collect.returned import Rejected, Returned
from toolkit.collect.worker import read_all
from toolkit.store import Store
from toolkit.store.records import REJECTED, FileKey

Advance = Callable[[int, int], None]


def take_in(
    search: Search, store: Store, settings: Settings, advance: Advance = lambda done, all: None
) -> tuple[FileKey, ...]:
    """Keep every file found; the keys of this run's files, a key twice for a file found twice."""
    keys: list[FileKey] = []
    for file in left_aside(tuple(search.findings)):
        store.add(file)
        keys.append(file.key)
    opened = [(source, *_content(source, settings)) for source in search.sources]
    keys += [(sha256, source.name) for source, sha256, _ in opened]
    for closed in (closed for _, _, closed in opened if closed):
        store.add(kept(closed, {}))
    asked = asked_by(settings.documents)
    fresh = dict(_fresh([(source, sha) for source, sha, closed in opened if not closed], store))
    for done, (sha256, result) in enumerate(_read(fresh, settings), 1):
        store.add(kept(replace(result, sha256=sha256), asked))
        advance(done, len(fresh))
    if not store.project:
        _settle(store)
    return tuple(keys)


def _content(source: Source, settings: Settings) -> tuple[str, Rejected | None]:
    """The hash of a file's content; or why it cannot be opened."""
    try:
        return hashlib.sha256(source.read(settings.limits)).hexdigest(), None
    except GateError as error:
        return "", unopened(source, error.findings)


def _fresh(opened: Sequence[tuple[Source, str]], store: Store) -> Iterator[tuple[FileKey, Source]]:
    """What is to be read: what the store does not know, and what it could not read before."""
    known = store.known
    for source, sha256 in opened:
        if known.get((sha256, source.name), REJECTED) == REJECTED:
            yield (sha256, source.name), source


def _read(
    fresh: dict[FileKey, Source], settings: Settings
) -> Iterator[tuple[str, Returned | Rejected]]:
    results = read_all(list(fresh.values()), settings)
    yield from zip((sha256 for sha256, _ in fresh), results, strict=True)


def _settle(store: Store) -> None:
    """Tie the store to the project most of its files belong to; the others are turned away."""
    files = [file for file in store.files() if file.project and file.status != REJECTED]
    counted = Counter(file.project for file in files)
    if not counted:
        return
    own = min(counted, key=lambda project: (-counted[project], project))
    for file in files:
        if file.project != own:
            store.add(of_other_project(file, own))
    store.belong(own)
