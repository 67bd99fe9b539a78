"""National packs: what differs between countries."""

from __future__ import annotations

import pytest

from toolkit.country import COUNTRIES, pack
from toolkit.language import option_keys


@pytest.mark.parametrize(
    ("country", "currency", "authority"),
    [
        ("NO", "NOK", "Datatilsynet"),
        ("DK", "DKK", "Datatilsynet"),
        ("SE", "SEK", "Integritetsskyddsmyndigheten (IMY)"),
        ("FI", "EUR", "Tietosuojavaltuutetun toimisto"),
    ],
)
def test_each_country_has_its_own(country: str, currency: str, authority: str) -> None:
    found = pack(country)
    assert (found.currency, found.authority) == (currency, authority)
    assert found.dpia_list_url.startswith("https://")
    assert found.procurement_url.startswith("https://")
    assert all(url.startswith("https://") for _, url in found.statistics)
    assert len(found.statistics) == 2


def test_another_country_has_an_empty_pack() -> None:
    assert pack("other") == pack("XX")
    assert pack("other").currency == ""
    assert pack("other").statistics == ()


def test_types_of_organisation_are_options() -> None:
    assert {pack(country).org_type for country in COUNTRIES} <= set(option_keys("org_type"))
