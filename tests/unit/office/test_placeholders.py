"""Placeholder pictures: the picture they held in the template leaves the file with them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pptx
import pytest
import xlsxwriter
from PIL import Image
from workbook_reading import rewritten, template

from toolkit.finding import TemplateError
from toolkit.office import compile
from toolkit.office.package.package import Package

ALT = "{{ image(one) }} Logo"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, colour in (("old", "grey"), ("new", "red")):
        Image.new("RGB", (4, 2), colour).save(tmp_path / f"{name}.png")
    return tmp_path


def saved(thing: Any) -> bytes:
    out = io.BytesIO()
    thing.save(out)
    return out.getvalue()


def document(alts: list[str], picture: Path) -> bytes:
    new = docx.Document()
    for alt in alts:
        paragraph = new.add_paragraph()
        paragraph.add_run().add_picture(str(picture))
        next(paragraph._p.iter("{*}docPr")).set("descr", alt)
    return saved(new)


def header(alts: list[str], picture: Path) -> bytes:
    new = docx.Document()
    for alt in alts:
        paragraph = new.sections[0].header.add_paragraph()
        paragraph.add_run().add_picture(str(picture))
        next(paragraph._p.iter("{*}docPr")).set("descr", alt)
    return saved(new)


def deck(alts: list[str], picture: Path) -> bytes:
    new = pptx.Presentation()
    slide = new.slides.add_slide(new.slide_layouts[6])
    for alt in alts:
        shape: Any = slide.shapes.add_picture(str(picture), 0, 0)
        shape._element.nvPicPr.cNvPr.set("descr", alt)
    return saved(new)


def workbook(alts: list[str], picture: Path) -> bytes:
    def build(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet()
        for number, alt in enumerate(alts):
            sheet.insert_image(number * 5, 1, str(picture), {"description": alt})

    return template(build)


Make = Callable[[list[str], Path], bytes]
KINDS = pytest.mark.parametrize("make", [document, header, deck, workbook])


def media(make: Make, alts: list[str], folder: Path, one: str | None) -> list[bytes]:
    data = make(alts, folder / "old.png")
    package = Package.open(compile(data).render({"one": one}, base=folder))
    return sorted(package.read(name) for name in package.names() if "/media/" in name)


@KINDS
def test_the_old_picture_goes(make: Make, folder: Path) -> None:
    new = (folder / "new.png").read_bytes()
    assert media(make, [ALT], folder, "new.png") == [new]
    assert media(make, [ALT, ALT], folder, "new.png") == [new]
    assert media(make, [ALT], folder, None) == []


@KINDS
def test_what_something_else_shows_stays(make: Make, folder: Path) -> None:
    old, new = ((folder / f"{name}.png").read_bytes() for name in ("old", "new"))
    assert media(make, [ALT, "plain"], folder, "new.png") == sorted([old, new])
    assert media(make, ["plain", "plain"], folder, "new.png") == [old]


def test_a_chart_that_office_could_not_read_is_told() -> None:
    """lxml takes names of elements that Office's older rules of XML do not know."""

    def build(book: xlsxwriter.Workbook) -> None:
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=S!$A$2:$A$2"})
        sheet = book.add_worksheet("S")
        sheet.write("A2", "{%tr for n in numbers %}{{ n }}{%tr endfor %}")
        sheet.insert_chart("C2", chart)

    def odd(data: bytes) -> bytes:
        return data.replace(b"</c:chart>", "</c:chart><a\u0133/>".encode())

    data = rewritten(template(build), "xl/charts/chart1.xml", odd)
    with pytest.raises(TemplateError) as told:
        compile(data, name="t.xlsx").render({"numbers": [1, 2]})
    assert [(f.code, dict(f.params)["part"]) for f in told.value.findings] == [
        ("result-broken", "xl/charts/chart1.xml")
    ]
