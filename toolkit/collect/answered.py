"""Answered: which copies came back, how complete each is, and which are still waited for.

In: the copies that were sent out, and the senders. Out: Copies, those expected first; what came
back beyond them is there too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from toolkit.collect.complete import OneCopy, needs
from toolkit.collect.known import Known
from toolkit.collect.questions import Asked
from toolkit.collect.senders import Sender
from toolkit.collect.sent_out import SentOut, Slot
from toolkit.store.records import ABSENT, ANSWERED, PARTLY, UNTOUCHED, Copy


def copies_of(
    sent: Sequence[SentOut], senders: Sequence[Sender], asked: Asked, known: Known
) -> tuple[Copy, ...]:
    """Every copy of one document: expected, returned, or both."""
    own = [copy for copy in sent if copy.doc == asked.doc]
    matched = _matched(own, senders)
    came = [_returned(sender, matched.get(sender.key), asked, known) for sender in senders]
    best = {copy.copy for copy in _best(came, matched)}
    met = {copy.slot for copy in matched.values()}
    return (
        *(replace(copy, expected=copy.copy in best) for copy in came),
        *(_absent(copy) for copy in own if copy.slot not in met),
    )


def _matched(sent: Sequence[SentOut], senders: Sequence[Sender]) -> dict[str, SentOut]:
    """The copy that was sent out behind each sender: by its id, else by whom it is for."""
    by_id = {id: copy for copy in sent for id in copy.copies}
    found = {s.key: by_id[base] for s in senders if (base := _base(s.key)) in by_id}
    free = [copy for copy in sent if copy not in found.values()]
    for sender in senders:
        if sender.key not in found and (copy := _fitting(sender, free, found)):
            found[sender.key] = copy
    return found


def _base(key: str) -> str:
    """The id of the copy several people shared."""
    return key.partition("#")[0]


def _fitting(
    sender: Sender, free: Iterable[SentOut], found: Mapping[str, SentOut]
) -> SentOut | None:
    shared = [copy for key, copy in found.items() if _base(key) == _base(sender.key)]
    taken = set(found.values())
    fits = [c for c in free if c not in taken and _for(c) == _from(sender)]
    return next(iter((*shared, *fits)), None)


def _for(copy: SentOut) -> tuple[str, str, str]:
    return copy.document, copy.unit, copy.role


def _from(sender: Sender) -> tuple[str, str, str]:
    identity = sender.newest.identity
    return sender.document, identity.get("unit_id", ""), identity.get("respondent_role", "")


def _returned(sender: Sender, sent: SentOut | None, asked: Asked, known: Known) -> Copy:
    every = list(needs(asked, OneCopy(sender, asked), known)) if _judged(sender, asked) else []
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
