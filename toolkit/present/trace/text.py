"""Text: a trace as lines for a terminal, 80 columns wide.

In: the data of a trace and the words of a language. Out: lines; what stands behind a value is
indented below it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from toolkit.language import Labels
from toolkit.store.records import LISTED, NEWEST, SENT_OUT

WIDTH = 80
STEP = "  "
Step = Mapping[str, Any]


def lines_of(traced: Mapping[str, Any], labels: Labels) -> Iterator[str]:
    """The whole trace."""
    for word, name in traced["read_as"].items():
        yield labels.t("tr.read_as", word=word, name=name)
    if traced["candidates"]:
        yield from _candidates(traced, labels)
    for n, step in enumerate(traced["found"]):
        yield from ([""] if n else _heading(step))
        yield from _step(step, labels, "")


def _candidates(traced: Step, labels: Labels) -> Iterator[str]:
    yield labels.t("tr.several", n=len(traced["candidates"]) + traced["more"])
    for one in traced["candidates"]:
        yield from _wrapped(f"{_name(one)}: {one['shown']}" if one["shown"] else _name(one), STEP)
        yield f"{STEP * 2}{one['query']}"
    if traced["more"]:
        yield STEP + labels.t("pg.more", n=traced["more"])


def _name(step: Step) -> str:
    """What a value is called: document, table, row and field."""
    row = step["row_title"] or step["row"]
    parts = (step["document_title"], step["table_title"], row, step["field_title"])
    return " > ".join(filter(None, parts))


def _heading(step: Step) -> Iterator[str]:
    row = f"{step['row_title']} ({step['row']})" if step["row_title"] else step["row"]
    parts = (step["document_title"], step["table_title"], row)
    yield from _wrapped(" > ".join(filter(None, parts)), "")


def _step(step: Step, labels: Labels, indent: str) -> Iterator[str]:
    inner = indent + STEP
    yield from _wrapped(f"{step['field_title']}: {_value(step, labels)}", indent)
    if step.get("anonymous"):
        yield from _wrapped(labels.t("tr.anonymous", n=step["n"]), inner)
        if step["hidden"]:
            yield from _wrapped(labels.t("ui.too_few"), inner)
        return
    yield from _rule(step, labels, inner)
    for kind in ("answers", "history", "not_counted"):
        for answer in step.get(kind, ()):
            if not answer.get("as_sent"):  # what nobody touched is told as data only
                yield from _answer(answer, labels, inner, kind)
    if step["more"]:
        more = labels.t("rp.more", n=labels.number(step["more"]), where="sources")
        yield from _wrapped(more, inner)
    yield from _inputs(step, labels, inner)
    yield from _used(step, labels, inner)


def _value(step: Step, labels: Labels) -> str:
    """What stands, and unrounded where more is known than is shown."""
    value, shown = step["value"], step["shown"]
    exact = labels.number(value, 10) if isinstance(value, int | float) else ""
    exact = exact.rstrip("0").rstrip(labels.locale["decimal"]) if exact else ""
    if exact and labels.number(value) != exact:
        return labels.t("tr.unrounded", shown=shown, exact=exact)
    counted = "; ".join(f"{key}: {n}" for key, n in step["distribution"].items())
    return counted if value is None and counted else shown


def _rule(step: Step, labels: Labels, indent: str) -> Iterator[str]:
    told = [step["rule"]]
    if step["n"]:
        told.append(labels.t("tr.answers", n=step["n"]))
    if step["spread"]:
        told.append(labels.t("tr.spread", n=labels.number(step["spread"])))
    yield from _wrapped(". ".join(text.rstrip(".") for text in told) + ".", indent)
    if step["conflict"]:
        yield from _wrapped(labels.t(CONFLICTS[step["settled"]]), indent)
    yield from _formula(step, indent)


def _formula(step: Step, indent: str) -> Iterator[str]:
    if step.get("explained"):
        yield from _wrapped(step["explained"], indent)
    result = step["shown"]
    if step.get("formula") and step.get("numbers") != result:
        yield from _wrapped(f"= {step['formula']}", indent)
    for told in (step.get("numbers"), step.get("workings")):
        if told and told != result:
            yield from _wrapped(f"= {told}" if " = " in told else f"= {told} = {result}", indent)


CONFLICTS = {
    LISTED: "tr.conflict",
    NEWEST: "tr.conflict_newest",
    SENT_OUT: "tr.conflict_sent",
}
SIGNS = {"answers": "✓", "history": "↺", "not_counted": "✗"}


def _answer(answer: Step, labels: Labels, indent: str, kind: str) -> Iterator[str]:
    said = [answer["shown"], labels.t("tr.written", raw=labels.quoted(answer["raw"]))]
    why = answer.get("why") or (labels.t("tr.history") if kind == "history" else "")
    text = f"{SIGNS[kind]} {', '.join(said)}" + (f" ({why})" if why else "")
    yield from _wrapped(text, indent)
    day = answer["filled_date"]
    who = [answer["sender"], answer["filled_by"], _day(day, labels) if day else ""]
    yield from _wrapped(answer["place"], indent + STEP)
    yield from _wrapped(", ".join(filter(None, who)), indent + STEP)


def _day(day: str, labels: Labels) -> str:
    from datetime import date

    return labels.date(date.fromisoformat(day))


def _inputs(step: Step, labels: Labels, indent: str) -> Iterator[str]:
    if not step.get("inputs"):
        return
    yield indent + labels.t("tr.rests_on")
    for one in step["inputs"]:
        own = indent + STEP
        if "rule" not in one:
            yield from _pointer(one, own)
            continue
        if (one["table"], one["row"]) != (step["table"], step["row"]):
            row = one["row_title"] or one["row"]
            yield from _wrapped(f"{one['table_title']} > {row}", own)
        if one.get("weight", 1.0) != 1.0:
            yield own + labels.t("tr.weight", n=labels.number(one["weight"]))
        yield from _step(one, labels, own)


def _pointer(one: Step, indent: str) -> Iterator[str]:
    yield from _wrapped(f"{one['field_title']}: {one['shown']}", indent)
    yield f'{indent}{STEP}toolkit trace … "{one["query"]}"'


def _used(step: Step, labels: Labels, indent: str) -> Iterator[str]:
    used: Sequence[Step] = step.get("used_by", ()) if len(indent) == len(STEP) else ()
    if used:
        yield indent + labels.t("tr.used_by")
        for one in used:
            row = one["row_title"] or one["row"]
            text = f"{one['table_title']} > {row}: {one['field_title']} {one['shown']}"
            yield from _wrapped(text, indent + STEP)


def _wrapped(text: str, indent: str) -> Iterator[str]:
    """A text in lines of at most 80 columns; nothing is cut."""
    if not text:
        return
    for number, line in enumerate(
        textwrap.wrap(text, max(30, WIDTH - len(indent) - 2), break_on_hyphens=False)
    ):
        yield indent + (STEP if number else "") + line
