"""What templates can say: the functions and filters of a language.

In: labels and the description's currency. Out: Jinja globals (``t``) and filters (``date``,
``number``, ``money`` …). A filter given nothing gives nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.language import Labels

Filter = Callable[..., Any]


@dataclass(frozen=True)
class Wording:
    """The globals and filters of one language."""

    globals: Mapping[str, Any]
    filters: Mapping[str, Filter]


def wording(labels: Labels, currency: str) -> Wording:
    """Everything a template of the kit may call."""

    def money(value: float, decimals: int = 0) -> str:
        return labels.money(value, currency, decimals)

    def label(key: str, name: str) -> str:
        return labels.label(name, key)

    given: dict[str, Filter] = {
        "date": labels.date,
        "long_date": labels.long_date,
        "day_month": labels.day_month,
        "month_year": labels.month_year,
        "number": labels.number,
        "percent": labels.percent,
        "money": money,
        "label": label,
        "quoted": labels.quoted,
        "join_and": labels.join_and,
    }
    filters = {name: _or_nothing(function) for name, function in given.items()}
    return Wording({"t": labels.t, "placeholder": labels.t("ui.click_to_write")}, filters)


def _or_nothing(function: Filter) -> Filter:
    def filled(value: Any, *args: Any) -> Any:
        return "" if value is None or value == "" else function(value, *args)

    return filled
