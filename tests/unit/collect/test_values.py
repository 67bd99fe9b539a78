"""Values as people write them, typed or told; never a guess without a finding."""

from __future__ import annotations

from datetime import date, datetime
from math import isfinite

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.collect.reading.choices import Names
from toolkit.collect.reading.days import day_of, day_of_number
from toolkit.collect.reading.numbers import number_of
from toolkit.collect.reading.values import Content, Words, read_value
from toolkit.collect.returned import UNREAD
from toolkit.field import Field, FieldType
from toolkit.finding import LANGUAGES, catalogue
from toolkit.language import Labels, option_keys

ROLES = {"ro01": "Prosjektleder", "ro02": "Avdelingsleder", "ro03": "Lege", "ro04": "Lege"}
STEPS = {"n1": "Søke; vente", "n2": "Få hjelp"}


def words(language: str = "nb") -> Words:
    names = {"role": Names.of(ROLES), "step": Names.of(STEPS)}
    return Words(Labels.load(language), names)


def field(type: str, **more: str) -> Field:
    return Field(field="f.x", type=type, **more)


def said(content: Content, own: Field, language: str = "nb") -> tuple[object, str]:
    read = read_value(content, own, words(language))
    return read.value, read.state


# --- numbers ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "state"),
    [
        ("1 250 000,50", 1250000.5, "ok"),
        ("1\u00a0250\u202f000", 1250000, "ok"),
        ("1.250.000", 1250000, "ok"),
        ("1'250", 1250, "ok"),
        ("1.250,50", 1250.5, "ok"),
        ("1,250.50", 1250.5, "ok"),
        ("0.5", 0.5, "ok"),
        ("0.500", 0.5, "ok"),
        ("−5", -5, "ok"),
        ("(500)", -500, "ok"),
        ("kr 500", 500, "ok"),
        ("500,-", 500, "ok"),
        ("12 kroner", 12, "ok"),
        ("€ 12", 12, "ok"),
        ("12 %", 12, "ok"),
        ("12 prosent", 12, "ok"),
        ("ca. 12", 12, "number-about"),
        ("~12", 12, "number-about"),
        ("noin 12", 12, "number-about"),
        ("12 personer", 12, "number-about"),
        ("1.250", "1.250", "number-ambiguous"),
        ("10-12", "10-12", "number-range"),
        ("3 av 10", "3 av 10", "number-unread"),
        ("1 25", "1 25", "number-unread"),
        ("mange", "mange", "number-unread"),
        ("--5", "--5", "number-unread"),
        ("9" * 40, "9" * 40, "number-unread"),
    ],
)
def test_numbers(text: str, value: object, state: str) -> None:
    assert said(text, field("number")) == (value, state)


def test_the_language_decides_what_a_lone_separator_means() -> None:
    assert said("1.250", field("number"), "da") == (1250, "ok")
    assert said("1.250", field("number"), "en") == (1.25, "ok")
    assert said("1,250", field("number"), "en") == (1250, "ok")
    assert said("1,25", field("number"), "en") == (1.25, "ok")


@pytest.mark.parametrize("language", LANGUAGES)
@given(number=st.decimals(-(10**9), 10**9, places=2, allow_nan=False))
def test_a_number_written_the_languages_way_is_read_back(language: str, number: object) -> None:
    labels = Labels.load(language)
    exact = float(f"{number}")
    assert number_of(labels.number(exact, 2), labels).value == exact
    assert number_of(labels.money(exact, "EUR", 2), labels).value == exact


@pytest.mark.parametrize("type", FieldType)
@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan"), 1e308, -1e308])
def test_no_number_is_one_where_there_is_none(type: FieldType, number: float) -> None:
    read = read_value(number, field(type, choices="yesno", ref="role"), words())
    assert read.raw
    assert not isinstance(read.value, float) or isfinite(read.value)


@given(st.text(max_size=30))
@example("0\x1f")
@example("+-5")
@example("9" * 5000)
def test_no_text_breaks_the_reading(text: str) -> None:
    for language in LANGUAGES:
        labels = Labels.load(language)
        assert number_of(text, labels).state in {"ok", *catalogue()}
        assert day_of(text, labels)[1] in {"ok", *catalogue()}
    for kind in ("int", "share", "percent", "date", "huki", "text", "long"):
        assert read_value(text, field(kind), words()).state in {"ok", *catalogue()}
    assert read_value(text, field("choice", choices="likert"), words()).raw in ("", text)
    assert read_value(text, field("multi", ref="role"), words()).raw in ("", text)


def test_shares_percents_and_whole_numbers() -> None:
    assert said("35 %", field("share")) == (0.35, "ok")
    assert said(0.35, field("share")) == (0.35, "ok")
    assert said(35.0, field("share")) == (35, "share-outside")
    assert said(12.5, field("int")) == (12.5, "number-not-whole")
    assert said(12.0, field("int")) == (12, "ok")
    assert said(True, field("number")) == ("Ja", "number-unread")


def test_a_percent_format_is_multiplied_once() -> None:
    read = read_value(0.57, field("percent"), words(), percent=True)
    assert (read.value, read.state) == (57, "number-percent")
    assert read_value(0.57, field("share"), words(), percent=True).value == 0.57
    assert read_value("57 %", field("percent"), words(), percent=True).value == 57


# --- days -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("12.01.2026", "ok"),
        ("12.1.2026", "ok"),
        ("2026-01-12", "ok"),
        ("12/01/2026", "day-order"),
        ("12-01-2026", "ok"),
        ("12. januar 2026", "ok"),
        ("12. tammikuuta 2026", "ok"),
        ("January 12, 2026", "ok"),
        ("12 jan 2026", "ok"),
        ("2026-01-12T00:00:00", "ok"),
        ("2026-01-12 13:45", "ok"),
        ("12.01.26", "day-assumed"),
        ("20260112", "day-assumed"),
    ],
)
def test_days(text: str, state: str) -> None:
    assert said(text, field("date")) == (date(2026, 1, 12), state)


@pytest.mark.parametrize(
    "text", ["uke 99", "32.1.2026", "31.2", "29.2.2027", "5. og 6. mai 2027", "x"]
)
def test_what_is_no_day_stays_a_text(text: str) -> None:
    assert said(text, field("date")) == (text, "day-unread")


def test_an_order_of_month_and_day_that_can_only_be_one_is_taken_and_told() -> None:
    assert said("12/31/2026", field("date"), "en") == (date(2026, 12, 31), "day-assumed")
    assert said("26-12-32", field("date"), "sv") == (date(2032, 12, 26), "day-assumed")
    assert said("45-12-31", field("date"), "sv") == (date(2045, 12, 31), "day-assumed")


def test_serial_numbers() -> None:
    assert said(46023.0, field("date")) == (date(2026, 1, 1), "day-from-number")
    assert said(2026.0, field("date")) == ("2026", "day-unread")
    assert said(datetime(2026, 1, 1, 12), field("date")) == (date(2026, 1, 1), "ok")
    assert day_of_number(1e12)[0] is None


@pytest.mark.parametrize("language", LANGUAGES)
@given(day=st.dates(date(1950, 1, 1), date(2150, 1, 1)))
def test_a_day_written_the_languages_way_is_read_back(language: str, day: date) -> None:
    labels = Labels.load(language)
    for text in (labels.long_date(day), day.isoformat()):
        assert day_of(text, labels) == (day, "ok")
    read, state = day_of(labels.date(day), labels)
    slashes = language == "en" and day.day <= 12 and day.day != day.month
    assert (read, state) == (day, "day-order" if slashes else "ok")


# --- options, references, letters -------------------------------------------------------------

LISTS = (
    "likert",
    "level4",
    "probability",
    "attitude",
    "status",
    "risk_category",
    "yesno",
    "channel",
)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", LISTS)
def test_every_label_is_read_in_every_language(name: str, language: str) -> None:
    own = field("choice", choices=name)
    for key, label in Labels.load(language).options(name):
        for text in (label, f"  {label.upper()} ", label.replace("–", "-")):
            assert said(text, own, "nb") == (key, "ok"), text


def test_labels_without_their_number() -> None:
    likert = field("choice", choices="likert")
    assert said("Litt enig", likert) == ("4", "ok")
    assert said("litt uenig", likert) == ("2", "ok")
    assert said("Uenig", likert)[1] == "option-unknown"


def test_numbers_stand_for_options() -> None:
    assert said(4.0, field("choice", choices="likert")) == ("4", "ok")
    assert said("4", field("choice", choices="likert")) == ("4", "ok")
    assert said(-1.0, field("choice", choices="attitude")) == ("sceptical", "option-from-number")
    assert said(True, field("choice", choices="yesno")) == ("yes", "ok")
    assert said(9.0, field("choice", choices="likert")) == ("9", "option-unknown")


def test_near_enough_is_taken_and_told_how_near() -> None:
    read = read_value("Midels", field("choice", choices="level4"), words())
    assert (read.value, read.state) == ("medium", "option-near")
    assert read.params["near"] == "Middels"
    assert int(read.params["likeness"]) == 92


def test_an_unknown_option_stays_a_text_and_names_what_may_be_meant() -> None:
    read = read_value("Middelsstor", field("choice", choices="level4"), words())
    assert (read.value, read.state) == ("Middelsstor", "option-unknown")
    assert read.params["near"] == "Middels"
    assert "option-unknown" in UNREAD


def test_references() -> None:
    role = field("ref", ref="role")
    assert said("prosjektleder ", role) == ("ro01", "ok")
    assert said("ro02", role) == ("ro02", "ok")
    assert said("Avdelingsledre", role) == ("ro02", "reference-near")
    assert said("Lege", role) == ("Lege", "reference-ambiguous")
    assert said("Vaktmester", role) == ("Vaktmester", "reference-unknown")
    assert said("Prosjektleder; Avdelingsleder", role) == ("ro01; ro02", "ok")
    assert said("Prosjektleder\nVaktmester", role)[1] == "reference-unknown"
    assert said("Søke; vente", field("ref", ref="step")) == ("n1", "ok")
    assert said("–", role) == (None, "no-answer")
    assert said("Hvem", field("ref", ref="unit")) == ("Hvem", "reference-unknown")


def test_several_options_in_one_cell() -> None:
    several = field("multi", choices="yesno")
    assert said("Ja; Nei", several) == ("yes; no", "ok")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("H/U", "H/U"),
        ("u h", "H/U"),
        ("R, A", "H/U"),
        ("r+a", "H/U"),
        ("c", "K"),
        ("K", "K"),
        ("I", "I"),
    ],
)
def test_letters_of_both_alphabets(text: str, code: str) -> None:
    for language in LANGUAGES:
        assert said(text, field("huki"), language) == (code, "ok")


def test_what_are_no_letters_is_told() -> None:
    assert said("X", field("huki")) == ("X", "letters-unknown")
    assert said("ja", field("huki"))[1] == "letters-unknown"


def test_texts_are_cleaned_and_kept() -> None:
    assert said(" a\r\nb_x000D_ ", field("long")) == ("a\nb", "ok")
    assert said("a\x07b", field("text")) == ("ab", "text-cleaned")
    assert said("=1+1", field("text")) == ("=1+1", "ok")
    assert said(3.0, field("text")) == ("3", "ok")
    assert said(True, field("text"), "fi") == ("Kyllä", "ok")
    assert said(datetime(2026, 1, 2), field("text"), "da") == ("02-01-2026", "ok")


def test_long_values_are_cut_in_messages() -> None:
    read = read_value("x" * 500, field("int"), words())
    assert len(read.params["value"]) == 40
    assert read.value == "x" * 500


def test_every_state_has_a_message() -> None:
    assert set(catalogue()) >= UNREAD
    assert all(option_keys(name) for name in LISTS)
