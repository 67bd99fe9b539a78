"""Combine: every file of the store as one set of results.

In: an open store, the documents, what is known of the project, the copies that were sent out. Out:
in the store, consolidated rows and values, who answered, what is missing, how the pilot was rated,
and what became of every file. A document is merged anew where its files or what is known changed,
a cell at a time; the order of the files makes no difference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.collect.known import Known
from toolkit.collect.merging.consolidation import Consolidation
from toolkit.collect.merging.copies import Copies
from toolkit.collect.merging.questions import Asked, asked_by
from toolkit.collect.merging.senders import senders_of
from toolkit.collect.sent_out import SentOut
from toolkit.document import Document
from toolkit.store import Store
from toolkit.store.records import REJECTED, SUPERSEDED, Standing
from toolkit.store.streams import Streams

READ_LATER = "read-later"
RULES = 2
"""Raised where merging itself changes, so that every document is merged anew."""


def combine(
    store: Store, documents: Sequence[Document], known: Known, sent: Sequence[SentOut]
) -> bool:
    """Bring the results up to date; False where they already were."""
    streams = store.streams()
    known = replace(known, titles={**streams.titles(), **known.titles})
    changed = [_document(store, asked, known, sent) for asked in asked_by(documents).values()]
    with store.renewing() as pen:
        told = pen.titles(known.titles), pen.statuses(_aside(streams))
    return any((*changed, *told))


def _aside(streams: Streams) -> Iterator[tuple[int, Standing]]:
    """The rejected files; one of a name that was read later is superseded."""
    for number, reason, later in streams.aside():
        yield number, (SUPERSEDED, READ_LATER) if later else (REJECTED, reason)


def _document(store: Store, asked: Asked, known: Known, sent: Sequence[SentOut]) -> bool:
    """One document; False where nothing it is made from has changed."""
    own = [copy for copy in sent if copy.doc == asked.doc]
    streams = store.streams()
    mark = _mark(streams, asked.doc, known, own)
    if store.mark(asked.doc) == mark:
        return False
    with store.renewing(asked.doc, mark) as pen:
        post = senders_of(streams, asked)
        pen.statuses(post.statuses.items())
        Consolidation(asked, Copies(asked.doc, post.senders, streams), known, pen).write(own)
    return True


def _mark(streams: Streams, doc: str, known: Known, sent: Sequence[SentOut]) -> str:
    """What the results of a document are made from, as a hash."""
    digest = hashlib.sha256(f"{RULES} {known}".encode("utf-8", "surrogatepass"))
    for copy in sent:
        told = replace(copy, copies=frozenset()), sorted(copy.copies)
        digest.update(f"{told}".encode("utf-8", "surrogatepass"))
    for number in streams.numbers(doc):
        digest.update(number.to_bytes(8, "big"))
    return digest.hexdigest()
