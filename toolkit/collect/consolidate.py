"""Consolidate: returned files in, results one can stand for out.

In: a Request. Out: Collected; the store in the results folder holds every file, every value and
what they say together. Raises ToolkitError with every finding where nothing can be produced.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

from toolkit.collect.find import find
from toolkit.collect.intake import take_in
from toolkit.collect.known import known_of
from toolkit.collect.merging.combine import combine
from toolkit.collect.personal import redacted_names
from toolkit.collect.request import Collected, NothingReturned, Request, sent_out, settings_of
from toolkit.personal import masked
from toolkit.project import documents_of, read_project
from toolkit.store import CONTESTED, FILE, Heads, open_store
from toolkit.store.records import LISTED
from toolkit.store.runs import note_run

Tell = Callable[..., None]
Advance = Callable[[int, int], None]
SELDOM = 20_000  # objects made before Python looks for circles among them


@contextmanager
def _seldom() -> Iterator[None]:
    """Python looks for garbage less often meanwhile: answers are very many, and none of it."""
    before = gc.get_threshold()
    gc.set_threshold(before[0] and max(before[0], SELDOM), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_seldom()
def consolidate(
    request: Request,
    tell: Tell = lambda key, **told: None,
    advance: Advance = lambda done, all: None,
) -> Collected:
    """Collect returned files; ``tell`` hears of each stage, ``advance`` of each file read."""
    project = read_project(request.project) if request.project else None
    documents = documents_of(project, request.project)
    known = known_of(project)
    sent = sent_out(request, project, documents, known)
    search = find(request.inputs, request.limits)
    search = redacted_names(search) if request.redact else search
    if not search.sources:
        raise NothingReturned(masked(search.findings))
    with open_store(request.out / FILE, rehearse=request.rehearse) as store:
        if known.project_id:
            store.belong(known.project_id)
        tell("cli.reading", n=len(search.sources))
        settings = settings_of(request, store.project, project, documents, known)
        ids = take_in(search, store, settings, request.executor, advance)
        search.sources.close()  # all are in the store
        tell("cli.merging", n=len(store))
        known = replace(known, on_conflict=request.on_conflict or store.on_conflict or LISTED)
        store.settle_by(known.on_conflict)
        store.looked_up()  # a run that was killed may have left that undone
        changed = combine(store, documents, known, sent)
        if not request.rehearse:
            note_run(store.path, store.numbers, datetime.now(UTC))
        results = store.results(CONTESTED, held=request.rehearse)
        files = tuple(store.heads()) if request.rehearse else Heads(store.path)
        found = files, results, search.findings, changed
        return Collected(request.out, store.project, documents, ids, *found)
