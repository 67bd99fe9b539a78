"""Answered: which copies came back, how complete each is, and which are still waited for.

In: the copies that were sent out, and the senders. Out: Copies, those expected first; what came
back beyond them is there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from toolkit.collect.known import Known
from toolkit.collect.merging.complete import OneCopy, needs
from toolkit.collect.merging.copies import Copies
from toolkit.collect.merging.questions import Asked
from toolkit.collect.merging.senders import Sender
from toolkit.collect.sent_out import SentOut, Slot
from toolkit.store.records import ABSENT, ANSWERED, PARTLY, UNTOUCHED, Copy
from toolkit.store.streams import Streams


def copies_of(
    sent: Sequence[SentOut], copies: Copies, asked: Asked, known: Known
) -> Iterator[Copy]:
    """Every copy of one document: expected, returned, or both; the last need all of the others."""
    own = [copy for copy in sent if copy.doc == asked.doc]
    matched = _matched(own, copies.senders)
    awaited: list[Copy] = []
    for sender in copies.senders:
        copy = _returned(sender, matched.get(sender.key), asked, known, copies.streams)
        if sender.key in matched:
            awaited.append(copy)
        else:
            yield copy
    best = {copy.copy for copy in _best(awaited, matched)}
    met = {copy.slot for copy in matched.values()}
    yield from (replace(copy, expected=copy.copy in best) for copy in awaited)
    yield from (_absent(copy) for copy in own if copy.slot not in met)


def _matched(sent: Sequence[SentOut], senders: Sequence[Sender]) -> dict[str, SentOut]:
    """The copy that was sent out behind each sender: by its id, else by whom it is for."""
    by_id = {id: copy for copy in sent for id in copy.copies}
    found = {s.key: by_id[base] for s in senders if (base := _base(s.key)) in by_id}
    by_base = {_base(key): copy for key, copy in reversed(found.items())}
    met = set(found.values())
    free = [copy for copy in sent if copy not in met]
    for sender in senders if free or by_base else ():
        if sender.key not in found and (copy := _fitting(sender, free, by_base)):
            found[sender.key] = copy
            by_base.setdefault(_base(sender.key), copy)
            free = [other for other in free if other is not copy]
    return found


def _base(key: str) -> str:
    """The id of the copy several people shared."""
    return key.partition("#")[0]


def _fitting(
    sender: Sender, free: Iterable[SentOut], by_base: Mapping[str, SentOut]
) -> SentOut | None:
    shared = by_base.get(_base(sender.key))
    return shared or next((copy for copy in free if _for(copy) == _from(sender)), None)


def _for(copy: SentOut) -> tuple[str, str, str]:
    return copy.document, copy.unit, copy.role


def _from(sender: Sender) -> tuple[str, str, str]:
    return sender.document, sender.newest.unit_id, sender.newest.respondent_role


def _returned(
    sender: Sender, sent: SentOut | None, asked: Asked, known: Known, streams: Streams
) -> Copy:
    judged = _judged(sender, asked)
    every = list(needs(asked, OneCopy(sender, asked, streams), known)) if judged else []
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


def _best(copies: Iterable[Copy], matched: Mapping[str, SentOut]) -> Iterable[Copy]:
    """Of several answers for one copy that was sent out, the one that stands for it."""
    best: dict[Slot, Copy] = {}
    for copy in copies:
        if copy.copy in matched:
            slot = matched[copy.copy].slot
            best[slot] = max(best.get(slot, copy), copy, key=_merit)
    return best.values()


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
