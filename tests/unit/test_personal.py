"""Personal data: every kind is found in the ways people write it, and plain numbers are left."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from personal_numbers import danish_number, finnish_number, norwegian_number, swedish_number

from toolkit.finding import Finding, Place
from toolkit.personal import MASK, Kind, findings_at, kinds_in, mask, masked

NORWEGIAN = norwegian_number("150765")
SWEDISH = swedish_number("811218", "987")
DANISH = danish_number("311299")
FINNISH = finnish_number("131052-308")

IDENTITY = {
    NORWEGIAN: Kind.NORWAY,
    f"{NORWEGIAN[:6]} {NORWEGIAN[6:]}": Kind.NORWAY,
    norwegian_number("550765"): Kind.NORWAY,  # D-number
    norwegian_number("154765"): Kind.NORWAY,  # synthetic
    norwegian_number("158765"): Kind.NORWAY,  # synthetic
    DANISH: Kind.DENMARK,
    "311299-4285": Kind.DENMARK,
    f"{SWEDISH[:6]}-{SWEDISH[6:]}": Kind.SWEDEN,
    f"{SWEDISH[:6]}+{SWEDISH[6:]}": Kind.SWEDEN,
    f"19{SWEDISH}": Kind.SWEDEN,
    f"19{SWEDISH[:6]}-{SWEDISH[6:]}": Kind.SWEDEN,
    swedish_number("811278", "987"): Kind.SWEDEN,  # coordination number
    FINNISH: Kind.FINLAND,
    finnish_number("131052Y308"): Kind.FINLAND,
    finnish_number("131002B308"): Kind.FINLAND,
    finnish_number("131002A308").lower(): Kind.FINLAND,
}
PHONES = (
    *("+47 912 34 567", "0047 91234567", "912 34 567", "22 12 34 56", "91234567", "22 33 44 55"),
    *("+45 20 12 34 56", "20 12 34 56", "tlf. 20123456", "mobil: 2012 3456"),
    *("+46 70 123 45 67", "070-123 45 67", "0701234567", "08-123 456 78", "046-12 34 56"),
    *("+358 40 123 4567", "040 123 4567", "0401234567", "050-1234567", "09 1234 5678"),
)
PLAIN = (
    *("kr 12 345 678", "1 250 000", "10 000 000", "1.250.000,50", "91234567 kr", "EUR 91234567"),
    *("45 000 000", "99 999 999", "3 300 000,50", "12 345", "1,234,567", "197 000 000"),
    *("12.12.2026", "2026-12-31", "31122026", "2026-11-29 01:05:22", "2025 2026", "2024–2027"),
    *("01-08-2026", "01-08-2026 12:30", "1-8-2026", "01 08 2026", "05-11-2026 til 07-12-2026"),
    *("sak 2024/12345", "20241234", "sak 24/01234-5", "ref 91234567", "0301-2026", "24/1234-12"),
    *("org 912 345 678", "9 12 345 678", "konto 1234 56 78903", "uke 20 21 22 23", "45 46 47 48"),
    *(
        "100-200-300",
        "7,5 10 12 14 16",
        "1 2 3 4 5 6 7 8",
        "0,5–1,5",
        "version 10.0.19045",
        "@home",
    ),
    *("12345678901", "10101010101", "150765 00000", "1234567890", "811218-9870", "131052-308A"),
    *("new-91234567-1", "91234567-1234-4234-8234-123456789012", "d.03", "b01-un01", "16 kl. 08-16"),
)


@pytest.mark.parametrize("number", IDENTITY)
def test_identity_numbers_of_four_countries(number: str) -> None:
    assert kinds_in(f"Gjelder {number}, se notat") == (IDENTITY[number],)
    assert mask(f"{number}.") == f"{MASK}."


@pytest.mark.parametrize("number", IDENTITY)
def test_a_number_with_one_wrong_digit_is_none(number: str) -> None:
    last = number[-1]
    other = f"{(int(last) + 1) % 10}" if last.isdecimal() else "W" if last not in "Ww" else "X"
    formed = number == "311299-4285"  # newer Danish numbers have no check digit
    assert (kinds_in(number[:-1] + other) == ()) is not formed


@pytest.mark.parametrize("phone", PHONES)
def test_phone_numbers_as_people_write_them(phone: str) -> None:
    assert kinds_in(f"Avtal med Sone Nord, {phone}") == (Kind.PHONE,)
    assert not any(letter.isdecimal() for letter in mask(phone))


@pytest.mark.parametrize("text", PLAIN)
def test_amounts_dates_years_and_case_numbers_are_left(text: str) -> None:
    assert kinds_in(text) == ()
    assert mask(text) == text


def test_addresses_and_several_at_once() -> None:
    text = f"Kari <kari.nordmann@fjordvik.kommune.no>, 912 34 567, {NORWEGIAN}"
    assert kinds_in(text) == (Kind.EMAIL, Kind.PHONE, Kind.NORWAY)
    assert mask(text) == f"Kari <{MASK}>, {MASK}, {MASK}"


@pytest.mark.parametrize(
    "name", [f"ros_{NORWEGIAN}.xlsx", "kari@x.no (1).docx", "ROS_91234567.xlsx"]
)
def test_in_names_of_files(name: str) -> None:
    assert kinds_in(name)
    assert mask(name).startswith(("ros_", "ROS_", MASK))


def test_numbers_typed_as_numbers() -> None:
    assert kinds_in(int(norwegian_number("150765"))) == (Kind.NORWAY,)
    assert kinds_in(float(norwegian_number("010190"))) == (Kind.NORWAY,)  # the zero is lost
    assert kinds_in(float(DANISH)) == (Kind.DENMARK,)
    assert kinds_in(12345678901) == kinds_in(91234567) == kinds_in(True) == kinds_in(1.5) == ()


def test_what_is_told_never_holds_the_value() -> None:
    place = Place("a.xlsx")
    assert list(findings_at(f"{NORWEGIAN} a@b.no", place)) == [
        ("personal-number", place, {"country": "NO"}),
        ("personal-email", place, {}),
    ]


@dataclass(frozen=True)
class Record:
    name: str
    held: object


def test_records_are_masked_to_the_bottom_and_left_where_nothing_is() -> None:
    clean = Record("a", (1, {"b": "c"}))
    assert masked(clean) is clean
    record = Record("a@b.no", ({"912 34 567": int(NORWEGIAN)}, [clean]))
    assert masked(record) == Record(MASK, ({MASK: MASK}, [clean]))


def test_tuples_with_names_stay_what_they_are() -> None:
    found = Finding("cell-cut", Place("a@b.no.xlsx"), (("reason", "912 34 567"),))
    assert masked(found) == Finding("cell-cut", Place(mask("a@b.no.xlsx")), (("reason", MASK),))
    assert isinstance(masked(found), Finding)
    assert isinstance(masked(found).place, Place)
