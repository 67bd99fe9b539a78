"""Values as people write them, language by language: what is read, and what is told of it.

One line a value: language, kind of field, what was written, what is read, and the finding (``ok``
for none). What stays a text is shown as ``=``.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from toolkit.collect.reading.choices import Names
from toolkit.collect.reading.days import EPOCH_1904
from toolkit.collect.reading.values import Content, Read, Words, read_value
from toolkit.collect.returned import UNREAD
from toolkit.field import Field
from toolkit.finding import LANGUAGES, catalogue
from toolkit.language import Labels

SENT = date(2026, 5, 1)
FIELDS = {
    "number": Field(field="f.volume_per_year", type="number"),
    "whole": Field(field="f.participants", type="int"),
    "minutes": Field(field="f.minutes_saved", type="number"),
    "money": Field(field="f.amount", type="money"),
    "percent": Field(field="f.attainment", type="percent"),
    "share": Field(field="f.discount_rate", type="share"),
    "day": Field(field="f.baseline_date", type="date"),
    "ahead": Field(field="f.deadline", type="date"),
    "yesno": Field(field="f.x", type="choice", choices="yesno"),
    "likert": Field(field="f.answer", type="choice", choices="likert"),
    "status": Field(field="f.status", type="choice", choices="status"),
    "role": Field(field="f.responsible", type="ref", ref="role"),
}
ROLES = Names.of({"ro01": "Prosjektleder", "ro02": "Avdelingsleder"})

NUMBERS = """
nb · number · 1 250 000,50 · 1250000.5 · ok
nb · number · 1.250.000 · 1250000 · ok
nb · number · 1,250,000.50 · 1250000.5 · ok
nb · number · 1’250’000 · 1250000 · ok
nb · number · 1\u202f250\u202f000 · 1250000 · ok
nb · number · 1\u2009250\u00a0000 · 1250000 · ok
nb · number · 1.250 · = · number-ambiguous
da · number · 1.250 · 1250 · ok
sv · number · 1.250 · = · number-ambiguous
fi · number · 1.250 · = · number-ambiguous
en · number · 1.250 · 1.25 · ok
en · number · 1,250 · 1250 · ok
nb · number · 1,250 · 1.25 · ok
nb · number · 12 50 · = · number-unread
nb · number · ca. 12 · 12 · number-about
da · number · rundt regnet 12 · 12 · number-about
sv · number · ungefär 12 · 12 · number-about
fi · number · noin 12 · 12 · number-about
en · number · about 12 · 12 · number-about
nb · number · rundt 12 · 12 · number-about
nb · number · 12 (ca) · = · number-unread
nb · number · ±12 · 12 · number-about
nb · number · 12 stk · 12 · number-about
nb · number · 12 per uke · = · number-unread
en · number · 12 per week · = · number-unread
nb · number · 12 timer · = · number-unread
nb · number · minst 12 · = · number-unread
nb · number · >10 · = · number-unread
nb · number · opptil 12 · = · number-unread
nb · number · 12+ · = · number-unread
nb · number · 10-12 · = · number-range
nb · number · 10–12 · = · number-range
nb · number · 10 – 12 · = · number-range
nb · number · 10 til 12 · = · number-range
sv · number · 10 till 12 · = · number-range
en · number · 10 to 12 · = · number-range
fi · number · 10 tai 12 · = · number-range
nb · money · 100 000 - 150 000 kr · = · number-range
nb · number · −5 · -5 · ok
nb · number · –5 · -5 · ok
nb · number · 500- · -500 · number-sign
nb · money · 500- · = · number-unread
nb · number · ５００ · 500 · ok
nb · number · １，５ · 1.5 · ok
nb · number · 1️⃣2️⃣ · 12 · ok
nb · number · ١٢ · 12 · ok
nb · number · 12² · = · number-unread
nb · number · ½ · = · number-unread
nb · number · tolv · = · number-unread
nb · number · 1 2 3 · = · number-unread
nb · whole · 12,5 · 12.5 · number-not-whole
nb · money · kr 500 · 500 · ok
nb · money · 500,- · 500 · ok
nb · money · 500 kr · 500 · ok
nb · money · kr 500,00 · 500 · ok
da · money · 500 kr. · 500 · ok
da · money · kr. 1.250.000,- · 1250000 · ok
sv · money · 500 kronor · 500 · ok
sv · money · 1 250 000:- · = · number-unread
fi · money · 500 € · 500 · ok
fi · money · 500 euroa · 500 · ok
en · money · €1,250,000 · 1250000 · ok
nb · money · 1,2 mill · 1200000 · number-about
nb · money · 1,2 mill. kr · 1200000 · number-about
da · money · 1,2 mio. kr. · 1200000 · number-about
sv · money · 1,2 miljoner · 1200000 · number-about
fi · money · 1,2 milj. € · 1200000 · number-about
en · money · 1.2 million · 1200000 · number-about
nb · money · 500 tusen · 500000 · number-about
nb · money · 500 tkr · 500000 · number-about
nb · money · 500k · 500000 · number-about
nb · money · 12 % · 12 · number-about
nb · percent · 12 % · 12 · ok
nb · percent · 12,5% · 12.5 · ok
fi · percent · 12 prosenttia · 12 · ok
sv · percent · 12 procent · 12 · ok
nb · share · 12 % · 0.12 · ok
nb · share · 0,12 · 0.12 · ok
nb · share · 12 · 12 · share-outside
nb · minutes · 200 · 200 · ok
nb · minutes · 200 min · 200 · ok
nb · minutes · 3 t 20 min · 200 · number-about
nb · minutes · 3h20 · 200 · number-about
nb · minutes · 3 t · 180 · number-about
nb · minutes · 3 timer og 20 minutter · 200 · number-about
da · minutes · 3 timer 20 min. · 200 · number-about
sv · minutes · 3 tim 20 min · 200 · number-about
fi · minutes · 3 tuntia 20 minuuttia · 200 · number-about
en · minutes · 3 hours and 20 minutes · 200 · number-about
en · minutes · 1.5 hours · 90 · number-about
nb · minutes · 3:20 · = · number-unread
nb · minutes · 3 t 90 min · = · number-unread
nb · number · 3 t 20 min · = · number-unread
nb · number · ? · None · no-answer
nb · number · - · None · no-answer
nb · number · – · None · no-answer
nb · number · n/a · None · no-answer
nb · number · Ikke aktuelt · None · no-answer
da · number · ikke relevant · None · no-answer
sv · number · vet ej · None · no-answer
fi · number · ei tietoa · None · no-answer
en · number · don't know · None · no-answer
"""

DAYS = """
nb · day · 31.12.2026 · 2026-12-31 · ok
nb · day · 31.12.26 · 2026-12-31 · day-assumed
nb · day · 31/12-2026 · 2026-12-31 · ok
nb · day · 31/12-26 · 2026-12-31 · day-assumed
nb · day · 31/12 2026 · 2026-12-31 · ok
nb · day · 2026-12-31 · 2026-12-31 · ok
nb · day · 31.12.2026 kl. 12:00 · 2026-12-31 · ok
nb · day · 5. mai 2027 · 2027-05-05 · ok
nb · day · 5.mai 2027 · 2027-05-05 · ok
nb · day · onsdag 5. mai 2027 · 2027-05-05 · day-assumed
da · day · 5. maj 2027 · 2027-05-05 · ok
sv · day · 5 maj 2027 · 2027-05-05 · ok
fi · day · 5. toukokuuta 2027 · 2027-05-05 · ok
en · day · May 5, 2027 · 2027-05-05 · ok
en · day · 5 May 2027 · 2027-05-05 · ok
nb · day · ５.５.２０２７ · 2027-05-05 · ok
nb · day · 05/06/2026 · 2026-06-05 · day-order
en · day · 05/06/2026 · 2026-06-05 · day-order
en · day · 05/05/2026 · 2026-05-05 · ok
en · day · 12/31/2026 · 2026-12-31 · day-assumed
sv · day · 26-12-31 · = · day-ambiguous
nb · day · 12122012 · 2012-12-12 · day-assumed
nb · day · 20122012 · 2012-12-20 · day-assumed
nb · day · 31.02.2027 · = · day-unread
nb · day · 31.13.2026 · = · day-unread
nb · day · 00.00.0000 · = · day-unread
nb · day · 29.02.2027 · = · day-unread
nb · ahead · 5. mai · 2026-05-05 · day-year-assumed
nb · ahead · 5. april · 2027-04-05 · day-year-assumed
nb · ahead · 31.12 · 2026-12-31 · day-year-assumed
nb · ahead · 31/12 · 2026-12-31 · day-year-assumed
nb · day · 5. mai · = · day-without-year
nb · day · 31.12 · = · day-without-year
nb · ahead · uke 12 · 2027-03-28 · day-year-assumed
da · ahead · uge 12 · 2027-03-28 · day-year-assumed
sv · ahead · vecka 12 · 2027-03-28 · day-year-assumed
fi · ahead · viikko 12 · 2027-03-28 · day-year-assumed
fi · ahead · viikolla 12 · 2027-03-28 · day-year-assumed
en · ahead · week 12 · 2027-03-28 · day-year-assumed
nb · day · uke 12 · = · day-without-year
nb · day · uke 12 2027 · 2027-03-28 · day-of-period
nb · day · uke 12/2027 · 2027-03-28 · day-of-period
sv · day · v. 12 2027 · 2027-03-28 · day-of-period
sv · day · 2027 v12 · 2027-03-28 · day-of-period
en · day · 2027-W12 · 2027-03-28 · day-of-period
nb · day · uke 53 2027 · = · day-unread
nb · ahead · uke 54 · = · day-unread
nb · day · Q2 2027 · 2027-06-30 · day-of-period
nb · day · 2. kvartal 2027 · 2027-06-30 · day-of-period
fi · day · 2. neljännes 2027 · 2027-06-30 · day-of-period
nb · ahead · Q2 · 2026-06-30 · day-year-assumed
nb · day · 1. halvår 2027 · 2027-06-30 · day-of-period
nb · day · mai 2027 · 2027-05-31 · day-of-period
fi · day · toukokuu 2027 · 2027-05-31 · day-of-period
nb · day · 05.2027 · 2027-05-31 · day-of-period
nb · day · 2027-05 · 2027-05-31 · day-of-period
nb · ahead · innen 5. mai 2027 · 2027-05-05 · day-assumed
nb · ahead · ca. 5. mai 2027 · 2027-05-05 · day-assumed
nb · ahead · medio mai 2027 · = · day-unread
nb · ahead · snarest · = · day-unread
en · ahead · ASAP · = · day-unread
nb · ahead · 2027 · = · day-unread
nb · ahead · 1.5.2027 og 1.6.2027 · = · day-unread
nb · ahead · 1.-5. mai 2027 · = · day-unread
nb · day · ? · None · no-answer
nb · day · – · None · no-answer
"""

CHOICES = """
nb · yesno · ja · yes · ok
nb · yesno · J · yes · ok
nb · yesno · N · no · ok
da · yesno · nej · no · ok
sv · yesno · Ja. · yes · ok
fi · yesno · kyllä · yes · ok
fi · yesno · KYLLÄ  · yes · ok
fi · yesno · joo · yes · ok
fi · yesno · ei · no · ok
en · yesno · Yes · yes · ok
en · yesno · y · yes · ok
nb · yesno · kyllä · yes · ok
nb · yesno · x · yes · option-from-mark
nb · yesno · X · yes · option-from-mark
nb · yesno · ✓ · yes · option-from-mark
nb · yesno · ☒ · yes · option-from-mark
nb · yesno · ☐ · = · option-unknown
nb · yesno · ☐ Nei ☒ Ja · yes · ok
nb · yesno · ☒ Nei ☐ Ja · no · ok
nb · yesno · Nei ☐ Ja ☒ · yes · ok
nb · yesno · ☒ Nei ☒ Ja · = · option-several
nb · yesno · ☐ Nei ☐ Ja · = · option-unknown
nb · yesno · ja og nei · = · option-unknown
nb · yesno · kanskje · = · option-unknown
nb · likert · 4 · 4 · ok
nb · likert · ４ · 4 · ok
nb · likert · 4️⃣ · 4 · ok
nb · likert · litt  enig · 4 · ok
nb · likert · LITT ENIG · 4 · ok
nb · likert · 4 - Litt enig · 4 · ok
nb · likert · Somewhat agree · 4 · ok
nb · likert · Täysin samaa mieltä · 5 · ok
nb · likert · Vet ikke · na · ok
nb · likert · ikke aktuelt · na · ok
sv · likert · vet inte · na · ok
nb · likert · 4 – Lit enig · 4 · option-near
nb · likert · ☐ Helt uenig ☐ Litt uenig ☒ Litt enig · 4 · ok
nb · likert · 3-4 · = · option-unknown
nb · likert · 6 · = · option-unknown
nb · likert · enig · = · option-unknown
nb · likert · ? · None · no-answer
nb · status · Fulført · done · option-near
nb · role · Prosjektleder · ro01 · ok
nb · role · prosjektleder  · ro01 · ok
nb · role · Prosjektledr · ro01 · reference-near
nb · role · Vaktmester · = · reference-unknown
nb · role · n/a · None · no-answer
"""

Line = tuple[str, str, str, str, str]


def lines(table: str) -> list[Line]:
    found = [tuple(line.split(" · ")) for line in table.strip("\n").split("\n")]
    assert all(len(line) == 5 for line in found)
    return found  # type: ignore[return-value]


def read(content: Content, kind: str, language: str, **more: object) -> Read:
    words = Words(Labels.load(language), {"role": ROLES}, SENT, **more)  # type: ignore[arg-type]
    return read_value(content, FIELDS[kind], words)


def told(value: object, written: str) -> str:
    return "=" if value == written.strip() else f"{value}"


@pytest.mark.parametrize("line", lines(NUMBERS) + lines(DAYS) + lines(CHOICES), ids=" ".join)
def test_what_people_write(line: Line) -> None:
    language, kind, written, value, code = line
    found = read(written, kind, language)
    known = told(found.value, written) if found.state in UNREAD else f"{found.value}"
    assert (known, found.state) == (value, code)
    assert found.raw == written


@pytest.mark.parametrize("line", lines(NUMBERS) + lines(DAYS) + lines(CHOICES), ids=" ".join)
def test_what_is_assumed_is_told_in_every_language(line: Line) -> None:
    found = read(line[2], line[1], line[0])
    for language in LANGUAGES if found.state != "ok" else ():
        message = catalogue()[found.state].message[language]
        assert message.format_map(found.params)
        assert "{" in message


def test_times_of_day_are_durations_where_time_is_counted() -> None:
    for content in (time(3, 20), timedelta(hours=3, minutes=20)):
        found = read(content, "minutes", "nb")
        assert (found.value, found.state) == (200, "number-about")
        assert read(content, "number", "nb").state == "number-unread"


def test_serial_numbers_of_both_epochs() -> None:
    assert read(46023.0, "day", "nb").value == date(2026, 1, 1)
    found = read(44561.0, "day", "nb", epoch=EPOCH_1904)
    assert (found.value, found.state) == (date(2026, 1, 1), "day-from-number")
    assert read(datetime(2026, 1, 1), "day", "nb", epoch=EPOCH_1904).value == date(2026, 1, 1)


def test_a_percent_format_is_multiplied_and_told() -> None:
    words = Words(Labels.load("nb"))
    found = read_value(0.12, FIELDS["percent"], words, percent=True)
    assert (found.value, found.state) == (12, "number-percent")
    assert read_value(0.12, FIELDS["share"], words, percent=True).state == "ok"


def test_without_the_day_it_was_sent_no_year_is_assumed() -> None:
    words = Words(Labels.load("nb"))
    assert read_value("5. mai", FIELDS["ahead"], words).state == "day-without-year"
    assert read_value("uke 12", FIELDS["ahead"], words).state == "day-without-year"
