"""Combine: every file of the store as one set of results.

In: an open store, the documents, what is known of the project, the copies that were sent out. Out:
in the store, consolidated rows and values, who answered, what is missing, how the pilot was rated,
and what became of every file. A document is merged anew where its files or what is known changed,
a cell at a time; the order of the files makes no difference.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
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
    store: Store,
    documents: Sequence[Document],
    known: Known,
    sent: Sequence[SentOut],
    only: Collection[str] | None = None,
) -> bool:
    """Bring the results up to date, of all documents or ``only`` some; False where they were."""
    streams = store.streams()
    known = _with_titles(streams, known)
    asked = [own for own in asked_by(documents).values() if only is None or own.doc in only]
    changed = [_document(store, own, known, sent) for own in asked]
    with store.renewing() as pen:
        told = pen.titles(known.titles), pen.statuses(_aside(streams))
    return any((*changed, *told))


def up_to_date(store: Store, docs: Collection[str], known: Known) -> bool:
    """Whether the values of some documents are what their files say by what is known now.

    What was purged is in the values and in no file any more.
    """
    streams = store.streams()
    known = _with_titles(streams, known)
    return not store.purged and all(
        store.mark(doc).partition(" ")[0] == _of_values(streams, doc, known) for doc in docs
    )


def _with_titles(streams: Streams, known: Known) -> Known:
    return replace(known, titles={**streams.titles(), **known.titles})


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
        pen.statuses(post.desk.statuses())
        Consolidation(asked, Copies(asked.doc, post, streams), known, pen).write(own)
    return True


def _mark(streams: Streams, doc: str, known: Known, sent: Sequence[SentOut]) -> str:
    """What the results of a document are made from: the values, and who has answered."""
    digest = hashlib.sha256()
    for copy in sent:
        told = replace(copy, copies=frozenset()), sorted(copy.copies)
        digest.update(f"{told}".encode("utf-8", "surrogatepass"))
    return f"{_of_values(streams, doc, known)} {digest.hexdigest()}"


def _of_values(streams: Streams, doc: str, known: Known) -> str:
    """What the values of a document are made from, as a hash."""
    digest = hashlib.sha256(f"{RULES} {known}".encode("utf-8", "surrogatepass"))
    for number in streams.numbers(doc):
        digest.update(number.to_bytes(8, "big"))
    return digest.hexdigest()
