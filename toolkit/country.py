"""Country: the national pack, what differs between countries whatever the language.

In: ``data/countries.tsv`` (SPEC 2.8; entries outside Norway await a native check). Out: frozen
``CountryPack``; the pack of ``other`` is empty but for the type of organisation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

COUNTRIES = ("NO", "DK", "SE", "FI", "other")


@dataclass(frozen=True)
class CountryPack:
    """A country's currency, usual type of organisation, authorities and sources.

    ``statistics`` are (name, address) pairs; names are the institutions' own, not translated.
    """

    country: str
    currency: str
    org_type: str
    authority: str
    authority_url: str
    dpia_list_url: str
    procurement_portal: str
    procurement_url: str
    statistics: tuple[tuple[str, str], ...]


def pack(country: str) -> CountryPack:
    """The pack of NO, DK, SE or FI; the empty one for any other country."""
    return _packs().get(country, _packs()["other"])


@cache
def _packs() -> Mapping[str, CountryPack]:
    text = (files("toolkit") / "data" / "countries.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:] if line]
    return {row[0]: _pack(row) for row in rows}


def _pack(row: list[str]) -> CountryPack:
    country, currency, org_type, *rest, statistics = row
    authority, authority_url, dpia, portal, portal_url = rest
    return CountryPack(
        country,
        currency,
        org_type,
        authority,
        authority_url,
        dpia,
        portal,
        portal_url,
        _pairs(statistics),
    )


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    pairs = (entry.partition("=") for entry in text.split(";") if entry)
    return tuple((name, address) for name, _, address in pairs)
