"""Steps: how one consolidated value came about, down to the cells.

In: a consolidated value and everything held. Out: a Step as plain data: what stands, by which rule,
of how many answers; every answer with its file, cell, sender, raw text and typed value; for a
computed value its formula, in words and in numbers, and a Step for everything it is made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from toolkit.present.trace.arithmetic import same, worked_out
from toolkit.present.trace.formulas import Formula, formula_of, spot_of, terms
from toolkit.present.trace.held import MOST_ANSWERS, RECOMPUTED, Held
from toolkit.present.trace.inputs import Part, input_of, parts_of
from toolkit.store.records import READ, Merged, Source, Value, blank
from toolkit.store.spots import Stood

Step = dict[str, Any]
DEEPEST = 3
EXPECTED = "f.expected_progress"
FEW = 5  # fewer answers to an anonymous question are not shown (ruling 21)
SIGNS = {"mean": " + ", "sum": " + "}
OF_NUMBERS = ("mean", "median", "min", "max", "sum")


def step_of(merged: Merged, held: Held, deepest: int = DEEPEST) -> Step:
    """One value with everything behind it; ``deepest`` is how far down its inputs are told."""
    step = _head(merged, held)
    if held.hidden(merged):
        return step | _anonymous(merged, held)
    sources = held.sources(merged)
    told = [_answer(merged, source, held) for source in sources.first]
    step |= {"answers": [own for own in told if own["stands"]]}
    step |= {"history": [own for own in told if not own["stands"]], "more": sources.more}
    step["numbers"] = "" if sources.more else _numbers(merged, sources.first, held)
    if merged.operator == RECOMPUTED:
        return step | {"answers": [], **_computed(merged, held, deepest)}
    used = held.used(merged) if step["answers"] else ()
    left = held.behind.uncounted((merged.doc, merged.spot), MOST_ANSWERS)
    return step | {
        "not_counted": [_stood(merged, stood, held) for stood in left],
        "used_by": [_told(own, held) for own in used],
    }


def _head(merged: Merged, held: Held) -> Step:
    shown, spot = held.shown, (merged.doc, merged.table, merged.field)
    labels = shown.labels
    return {
        **_spot(merged, held),
        "value": _plain(merged.value),
        "shown": shown.value(*spot, merged.value),
        "operator": merged.operator,
        "rule": labels.t(f"tr.rule.{merged.operator}"),
        "n": merged.n,
        "spread": merged.spread,
        "mean": merged.mean,
        "conflict": merged.conflict,
        "settled": held.results.on_conflict if merged.conflict else "",
        "disagreement": merged.disagreement,
        "distribution": {shown.value(*spot, k): n for k, n in merged.distribution.items()},
        "numbers": "",
    }


def _spot(merged: Merged, held: Held) -> Step:
    """What a value is called, by key and in words."""
    shown = held.shown
    return {
        "document": merged.doc,
        "table": merged.table,
        "row": merged.row,
        "field": merged.field,
        "document_title": shown.document(merged.doc),
        "table_title": shown.table(merged.table),
        "row_title": _row_title(merged, held),
        "field_title": shown.field(merged.doc, merged.table, merged.field),
    }


def _row_title(merged: Merged, held: Held) -> str:
    if merged.table == "net" and held.shown.labels.has(merged.row):
        return held.shown.labels.t(merged.row)
    return held.title((merged.doc, merged.table, merged.row))


def _plain(value: Value) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _anonymous(merged: Merged, held: Held) -> Step:
    """How many answered; of few not even what they say together."""
    hidden = {
        "answers": [],
        "history": [],
        "not_counted": [],
        "used_by": [],
        "anonymous": True,
        "more": 0,
    }
    few = merged.n < FEW or merged.operator in ("list", "union", "append", "one", "latest")
    nothing: Step = dict.fromkeys(("value", "spread", "mean")) | {"shown": "", "distribution": {}}
    return hidden | (nothing if few else {}) | {"hidden": few}


# --- answers ------------------------------------------------------------------------------------


def _answer(merged: Merged, source: Source, held: Held) -> Step:
    spot = merged.doc, merged.table, merged.field
    status, reason = held.behind.standing((source.sha256, source.file))
    return {
        "value": _plain(source.value),
        "shown": held.shown.value(*spot, source.value),
        "raw": source.raw,
        **_where(source.file, source.place.steps),
        "place": source.place.text(held.shown.labels.lang),
        **_who(source.unit, source.role, held),
        "filled_by": source.filled_by,
        "filled_date": _plain(source.day),
        "stands": source.standing,
        "file_status": status,
        "file_reason": reason,
    }


def _where(file: str, steps: Iterable[tuple[str, int | str]]) -> Step:
    """File, sheet and cell; of a Word form the steps to the place."""
    known = dict(steps)
    return {"file": file, "sheet": f"{known.get('sheet', '')}", "cell": f"{known.get('at', '')}"}


def _who(unit: str, role: str, held: Held) -> Step:
    words = [held.shown.unit(unit) if unit else "", held.shown.role(role) if role else ""]
    return {"unit": unit, "role": role, "sender": ", ".join(filter(None, words))}


def _stood(merged: Merged, stood: Stood, held: Held) -> Step:
    source = Source(
        file=stood.key[1],
        copy=stood.copy,
        unit=stood.unit,
        role=stood.role,
        filled_by=stood.filled_by,
        day=stood.day,
        value=stood.value,
        raw=stood.raw,
        place=stood.place,
        sha256=stood.key[0],
        standing=False,
    )
    status, _ = held.behind.standing(stood.key)
    why = {"why": _why(stood, status, held), "as_sent": stood.usable and status == READ}
    return _answer(merged, source, held) | {"state": stood.state, **why}


def _why(stood: Stood, status: str, held: Held) -> str:
    """Why a cell counts for nothing: unread, in a file that does not count, or as it was sent."""
    labels = held.shown.labels
    if not stood.usable:
        return labels.t("tr.why.unread")
    return labels.t("tr.why.sent") if status == READ else labels.label("rp_status", status)


def _told(merged: Merged, held: Held) -> Step:
    """A value in a line: what it is called, what stands, and the words that find it."""
    spot = merged.doc, merged.table, merged.field
    return {
        **_spot(merged, held),
        "value": _plain(merged.value),
        "shown": held.shown.value(*spot, merged.value),
        "query": query_of(merged),
    }


def query_of(merged: Merged) -> str:
    """The words that find one value and no other."""
    return " ".join(filter(None, (merged.doc, merged.table, merged.row, merged.field)))


def candidate(merged: Merged, held: Held) -> Step:
    """One of several values a query may mean; of an anonymous document without its value."""
    told = _told(merged, held)
    return told | {"value": None, "shown": ""} if held.hidden(merged) else told


# --- numbers ------------------------------------------------------------------------------------


def _numbers(merged: Merged, sources: Iterable[Source], held: Held) -> str:
    """A mean or sum as people would do it by hand: ``(2 + 3 + 4) / 3``."""
    standing = [source for source in sources if source.standing]
    if merged.operator not in OF_NUMBERS or len(standing) < 2:
        return ""
    numbers = [held.number(merged, source.value) for source in standing]
    known = [held.shown.labels.number(number) for number in numbers if number is not None]
    if merged.operator in SIGNS:
        added = SIGNS[merged.operator].join(known)
        return added if merged.operator == "sum" else f"({added}) / {len(known)}"
    return "; ".join(known)


# --- computed values --------------------------------------------------------------------------


def _computed(merged: Merged, held: Held, deepest: int) -> Step:
    formula = formula_of(merged.table, merged.row, merged.field)
    if formula is None:
        return {"formula": "", "inputs": []}
    parts = parts_of(merged, formula, held)
    numbers, gives = _filled(merged, formula, held)
    return {
        "formula": _words(merged, formula, held),
        "numbers": numbers if gives else "",
        "explained": _said(formula, held) if gives else held.shown.labels.t("tr.how.by_unit"),
        "workings": parts.workings,
        "inputs": _inputs(parts.merged, held, deepest),
        "used_by": _makes(merged, held),
    }


def _said(formula: Formula, held: Held) -> str:
    return held.shown.labels.t(formula.said) if formula.said else ""


def _inputs(merged: Sequence[Part], held: Held, deepest: int) -> list[Step]:
    if deepest <= 0:
        return [_told(part.merged, held) for part in merged]
    return [step_of(part.merged, held, deepest - 1) | dict(part.more) for part in merged]


def _words(merged: Merged, formula: Formula, held: Held) -> str:
    """The formula with what its fields are called."""
    pieces = list(terms(formula))
    pieces[1::2] = [_name(merged, name, held) for name in pieces[1::2]]
    return "".join(pieces)


def _name(merged: Merged, name: str, held: Held) -> str:
    if merged.table == "net":
        line, _, before = name.partition("@")
        label = held.shown.labels.t(line)
        return held.shown.labels.t("tr.before", line=label) if before else label
    return held.shown.field(merged.doc, *spot_of(name, merged.table))


def _filled(merged: Merged, formula: Formula, held: Held) -> tuple[str, bool]:
    """The formula with its numbers, and whether it gives the value; '' where a number lacks."""
    pieces = list(terms(formula))
    values = [input_of(merged, name, held) for name in pieces[1::2]]
    known = [one for one in values if one is not None and not blank(one.value)]
    if not known or len(known) < len(values):
        return "", True
    result = worked_out(pieces, [_counted(one, held) for one in known])
    pieces[1::2] = [_worth(one, held) for one in known]
    return "".join(pieces), _gives(merged, result)


def _gives(merged: Merged, result: float | None) -> bool:
    """Whether a formula gives what stands; shares of time are kept within 0 and 100."""
    if merged.field == EXPECTED and result is not None:
        result = min(max(result, 0.0), 100.0)
    value = merged.value
    return same(result, value) if isinstance(value, int | float) else True


def _counted(merged: Merged, held: Held) -> float:
    """The number a value is in a formula: a day as its day number."""
    value = merged.value
    number = value.toordinal() if isinstance(value, date) else held.number(merged, value)
    return 0.0 if number is None else number


def _worth(merged: Merged, held: Held) -> str:
    number = held.number(merged, merged.value)
    spot = merged.doc, merged.table, merged.field
    if number is None:
        return held.shown.value(*spot, merged.value)
    text = held.shown.labels.number(number)
    return f"({text})" if number < 0 else text


def _makes(merged: Merged, held: Held) -> list[Step]:
    """The computed values of the same row that name this one in their formula."""
    others = held.by_row.get((merged.doc, merged.table, merged.row), ())
    named = (
        (other, formula_of(other.table, other.row, other.field))
        for other in others
        if other is not merged and other.operator == RECOMPUTED and other.table != "net"
    )
    return [_told(other, held) for other, f in named if f and merged.field in f.fields]
