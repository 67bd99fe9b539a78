"""Labels in five languages; dates, numbers and money held against Babel (CLDR)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from babel.dates import format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, get_currency_symbol
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.finding import LANGUAGES
from toolkit.language import (
    NBSP,
    Labels,
    _families,
    _folded,
    label_keys,
    option_keys,
    rounded,
    slug,
)

DAY = date(2026, 1, 2)


def babel(language: str) -> str:
    return Labels.load(language).tag.replace("-", "_")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_has_a_label_in_every_language(language: str) -> None:
    assert [key for key, text in Labels.load(language).texts.items() if not text.strip()] == []


def test_labels_are_read_once() -> None:
    assert Labels.load("nb") is Labels.load("nb")


def test_an_unknown_language_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Labels.load("no")


def test_a_label_with_words_to_fill_in() -> None:
    assert Labels.load("en").t("ui.consolidated", n=3) == "Consolidated from 3 files"


def test_a_missing_key_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        Labels.load("en").t("d.99")


def test_swap_translates_whole_labels_only() -> None:
    labels = Labels.load("sv")
    assert labels.swap("Gevinstrealisering") == "Nyttorealisering"
    assert labels.swap(" Gevinstrealisering ") == " Nyttorealisering "
    assert labels.swap("Gevinstrealisering i Fjordvik") is None
    assert labels.swap("") is None


def test_swap_leaves_homonyms_alone_and_lists_them() -> None:
    labels = Labels.load("en")
    assert "Middels" in labels.homonyms
    assert labels.swap("Middels") is None
    assert Labels.load("nb").swap("Middels") is None


def test_options_keep_their_order_and_families_serve_too() -> None:
    assert option_keys("phase") == ("p1", "p2", "p3", "p4", "p5", "p6")
    assert Labels.load("en").options("yesno")[0] == ("yes", "Yes")
    assert Labels.load("nb").options("j")[0] == ("1", "Henvise, kartlegge og tildele")
    assert ("project_owner", "Prosjekteier") in Labels.load("nb").options("r")
    assert option_keys("nothing_of_the_kind") == ()


def test_the_label_of_an_option() -> None:
    assert Labels.load("fi").label("status", "done") == Labels.load("fi").t("o.status.done")


def test_an_option_is_found_in_any_case_and_language() -> None:
    labels = Labels.load("nb")
    assert labels.key_of("level3", "Middels") == "medium"
    assert labels.key_of("level3", "  mIddels ") == "medium"
    assert labels.key_of("level3", "keskitaso") == "medium"
    assert labels.key_of("level3", "sånn passe") is None


def test_labels_are_unique_inside_their_list_over_all_languages() -> None:
    for prefix in (p for p in _families() if p.startswith("o.")):
        name = prefix[2:-1]
        for language in LANGUAGES:
            for key, label in Labels.load(language).options(name):
                assert label_keys(name)[_folded(label)] == key, (name, language, label)


def test_no_label_is_the_key_of_another_option() -> None:
    for prefix in (p for p in _families() if p.startswith("o.")):
        name = prefix[2:-1]
        for text, key in label_keys(name).items():
            assert text not in option_keys(name) or text == key, (name, text)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("nb", "02.01.2026"),
        ("da", "02-01-2026"),
        ("sv", "2026-01-02"),
        ("fi", "2.1.2026"),
        ("en", "02/01/2026"),
    ],
)
def test_dates_are_written_the_countrys_way(language: str, expected: str) -> None:
    assert Labels.load(language).date(DAY) == expected


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("month", range(1, 13))
def test_months_follow_cldr(language: str, month: int) -> None:
    labels, day = Labels.load(language), date(2026, month, 11)
    assert labels.day_month(day) == format_skeleton("MMMMd", day, locale=babel(language))
    assert labels.month_year(day) == format_skeleton("yMMMM", day, locale=babel(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_signs_follow_cldr(language: str) -> None:
    labels, symbols = Labels.load(language), Locale.parse(babel(language)).number_symbols["latn"]
    signs = [labels.locale[name] for name in ("decimal", "group", "minus")]
    assert signs == [symbols["decimal"], symbols["group"], symbols["minusSign"]]
    for code in ("NOK", "DKK", "SEK", "EUR", "USD", "PLN"):
        assert labels.currency(code) == get_currency_symbol(code, babel(language))
    assert labels.join_and("abc") == format_list(["a", "b", "c"], locale=babel(language))


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=60, deadline=None)
@given(value=st.decimals(min_value=0, max_value=10**9, places=2))
def test_numbers_follow_cldr(language: str, value: Decimal) -> None:
    expected = format_decimal(value, format="#,##0.00", locale=babel(language))
    assert Labels.load(language).number(value, 2) == expected


def test_rounding_is_half_away_from_zero() -> None:
    assert [str(rounded(x)) for x in (0.5, 1.5, 2.5, -2.5, 2.4999)] == ["1", "2", "3", "-3", "2"]
    assert Labels.load("nb").number(2.45, 1) == "2,5"
    assert Labels.load("nb").number(-0.01, 1) == "0,0"


def test_a_number_shows_the_decimals_it_has() -> None:
    labels = Labels.load("nb")
    assert labels.number(2.4) == "2,4"
    assert labels.number(16425.0) == f"16{NBSP}425"
    assert labels.number(-3) == "−3"
    assert labels.number(1000) == f"1{NBSP}000"


def test_money_and_percent() -> None:
    assert Labels.load("nb").money(520000, "NOK") == f"520{NBSP}000{NBSP}kr"
    assert Labels.load("nb").money(-4.5, "NOK", 2) == f"−4,50{NBSP}kr"
    assert Labels.load("en").money(520000, "EUR") == "€520,000"
    assert Labels.load("en").money(520000, "NOK") == f"NOK{NBSP}520,000"
    assert Labels.load("da").money(5) == "5"
    assert Labels.load("fi").percent(97.25, 1) == f"97,3{NBSP}%"


@pytest.mark.parametrize(
    ("language", "code", "expected"),
    [
        ("sv", "dd.mm.yyyy", "yyyy-mm-dd"),
        ("en", "dd.mm.yyyy hh:mm", "dd/mm/yyyy hh:mm"),
        ("fi", "[$-414]mmm yyyy", "[$-40B]mmm yyyy"),
        ("en", '0.0" %"', '0.0"%"'),
        ("sv", "#,##0", "#,##0"),
    ],
)
def test_excel_formats_follow_the_language(language: str, code: str, expected: str) -> None:
    assert Labels.load(language).number_format(code) == expected


def test_excel_money_follows_the_currency() -> None:
    code = '#,##0 "kr";-#,##0 "kr"'
    assert Labels.load("nb").number_format(code) == f'#,##0"{NBSP}kr";-#,##0"{NBSP}kr"'
    assert Labels.load("en").number_format(code, "EUR") == '"€"#,##0;-"€"#,##0'


def test_words_in_a_sentence() -> None:
    assert Labels.load("sv").join_and(["a"]) == "a"
    assert Labels.load("sv").join_and([]) == ""
    assert Labels.load("sv").quoted("hej") == "”hej”"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rolle- og ansvarsmatrise (HUKI)", "rolle-og-ansvarsmatrise-huki"),
        ("Idé & Ærøskøbing Åland Öst", "ide-aeroskobing-aland-ost"),
        ("Sidosryhmäanalyysi", "sidosryhmaanalyysi"),
        ("///", ""),
    ],
)
def test_slugs_are_plain_ascii(text: str, expected: str) -> None:
    assert slug(text) == expected
