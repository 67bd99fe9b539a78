"""Answered: which copies came back, how complete each is, and which are still waited for.

In: the copies that were sent out, and the senders. Out: Copies, those expected first; what came
back beyond them is there too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.collect.known import Known
from toolkit.collect.merging.complete import OneCopy, Sheets, needs
from toolkit.collect.merging.copies import Copies
from toolkit.collect.merging.questions import Asked
from toolkit.collect.merging.senders import Sender
from toolkit.collect.sent_out import SentOut, Slot
from toolkit.store.desk import Desk
from toolkit.store.long import Long
from toolkit.store.records import ABSENT, ANSWERED, PARTLY, UNTOUCHED, Copy


def copies_of(
    sent: Sequence[SentOut], copies: Copies, asked: Asked, known: Known
) -> Iterator[Copy]:
    """Every copy of one document: expected, returned, or both; the last need all of the others."""
    own = [copy for copy in sent if copy.doc == asked.doc]
    matching, sheets = Matching(own, copies.desk), Sheets(asked, copies.streams)
    awaited: Long[tuple[Copy, Slot]] = Long()
    best: dict[Slot, Copy] = {}
    for sender in copies.post.senders():
        matched = matching.of(sender)
        copy = _returned(sender, matched, sheets, known)
        if matched:
            awaited.add((copy, matched.slot))
            best[matched.slot] = max(best.get(matched.slot, copy), copy, key=_merit)
        else:
            yield copy
    for copy, slot in awaited:
        yield replace(copy, expected=copy.copy == best[slot].copy)
    yield from (_absent(copy) for copy in own if copy.slot not in best)


class Matching:
    """Which copy that was sent out is behind a sender: by its id, else by whom it is for."""

    def __init__(self, sent: Sequence[SentOut], desk: Desk) -> None:
        self.by_id = {id: copy for copy in sent for id in copy.copies}
        keys = (posted.key for posted in desk.posted()) if self.by_id else ()
        self.by_base = {base: self.by_id[base] for base in map(_base, keys) if base in self.by_id}
        met = set(self.by_base.values())
        self.free = [copy for copy in sent if copy not in met]

    def of(self, sender: Sender) -> SentOut | None:
        """The copy behind one sender; asked of each once, in order of arrival."""
        base = _base(sender.key)
        found = self.by_base.get(base)
        return self._fitting(sender, base) if found is None else found

    def _fitting(self, sender: Sender, base: str) -> SentOut | None:
        found = next((copy for copy in self.free if _for(copy) == _from(sender)), None)
        if found is not None:
            self.by_base[base] = found
            self.free = [copy for copy in self.free if copy is not found]
        return found


def _base(key: str) -> str:
    """The id of the copy several people shared."""
    return key.partition("#")[0]


def _for(copy: SentOut) -> tuple[str, str, str]:
    return copy.document, copy.unit, copy.role


def _from(sender: Sender) -> tuple[str, str, str]:
    return sender.document, sender.newest.unit_id, sender.newest.respondent_role


def _returned(sender: Sender, sent: SentOut | None, sheets: Sheets, known: Known) -> Copy:
    asked = sheets.asked
    judged = _judged(sender, asked)
    every = list(needs(asked, OneCopy(sender, sheets), known)) if judged else []
    filled = sum(need.there for need in every)
    state = ANSWERED if filled == len(every) else PARTLY
    return Copy(
        doc=asked.doc,
        document=sender.document,
        copy=sender.key,
        unit=sender.unit,
        role=sender.role,
        period=sender.newest.period,
        path=sent.path if sent else "",
        due=sent.due if sent else None,
        state=state if sender.touched else UNTOUCHED,
        files=tuple(file.name for file in sender.files),
        day=sender.day,
        required=len(every),
        filled=filled,
    )


def _judged(sender: Sender, asked: Asked) -> bool:
    """Whether the document of the copy holds what its number needs (not the plan in Word)."""
    twins = [d for d in asked.documents if d.id != sender.document and d.format == "xlsx"]
    return not twins


def _merit(copy: Copy) -> int:
    return (ABSENT, UNTOUCHED, PARTLY, ANSWERED).index(copy.state)


def _absent(sent: SentOut) -> Copy:
    name = "/".join(filter(None, (sent.unit, sent.role, sent.period, str(sent.number))))
    return Copy(
        doc=sent.doc,
        document=sent.document,
        copy=min(sent.copies, default=name),
        unit=sent.unit,
        role=sent.role,
        period=sent.period,
        path=sent.path,
        due=sent.due,
        expected=True,
        state=ABSENT,
    )
