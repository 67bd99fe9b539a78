"""The templates that fuzzing begins with: small ones that use every kind of tag.

In: nothing. Out: name -> bytes of a document, a deck and a workbook, and data they can be filled
with.
"""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import docx
import pptx
import xlsxwriter
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

DATA: dict[str, Any] = {
    "x": "text", "n": 2, "a": {"b": {"c": "deep"}}, "none": None,
    "xs": [{"a": "one", "b": 1, "xs": [{"a": 1}]}, {"a": "two", "b": 2, "xs": []}],
    "c": {"categories": ["p", "q"], "series": [{"name": "s", "values": [1, 2]}]},
    "md": "# T\n**b** [l](http://a.b)\n- i\n- j",
}  # fmt: skip

_PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8ffffff7f0009fb03fd05ce2e9f0000000049454e44ae426082"
)


@cache
def seeds() -> dict[str, bytes]:
    """Every seed template."""
    return {
        "a.docx": _document(),
        "b.docx": _plain_document(),
        "c.pptx": _deck(),
        "d.xlsx": _workbook(),
        "e.xlsx": _plain_workbook(),
    }


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _plain_document() -> bytes:
    new = docx.Document()
    for text in ("Dear {{ x }}", "{% for r in xs %}", "{{ r.a }} {{ r.b }}", "{% endfor %}",
                 "{% if n %}yes{% else %}no{% endif %}", "{{ md | markdown }}"):  # fmt: skip
        new.add_paragraph(text)
    return _saved(new)


def _document() -> bytes:
    new = docx.Document()
    new.add_heading("{{ x }}")
    rows = [
        ["A", "B"],
        ["{%tr for r in xs %}", ""],
        ["{{ r.a }}", "{{ r.b }}"],
        ["{%tr endfor %}", ""],
    ]
    columns = [["{%tc for r in xs %}", "{{ r.a }}", "{%tc endfor %}"]]
    merged = [["{%tr for r in xs %}{{ r.a }}", "{% vm %}{{ r.b }}{%tr endfor %}"]]
    for given in (rows, columns, merged):
        table = new.add_table(rows=len(given), cols=len(given[0]))
        for row, texts in zip(table.rows, given, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    new.add_picture(io.BytesIO(_PNG), width=Inches(1))
    new.inline_shapes[0]._inline.docPr.set("descr", "{{ qr(x) }} alt {{ x }}")
    new.sections[0].header.paragraphs[0].text = "{{ x }} {{ n }}"
    new.add_paragraph("{{p md | markdown }}")
    new.add_paragraph(
        "{% macro m(q) %}<{{ q }}>{% endmacro %}{{ m(x) }} {%- if n -%} z {% endif %}"
    )
    new.core_properties.title = "{{ x }}"
    return _saved(new)


def _deck() -> bytes:
    new = pptx.Presentation()
    for layout in list(new.slide_layouts)[7:]:
        new.slide_layouts.remove(layout)
    page = new.slides.add_slide(new.slide_layouts[5])
    page.shapes.title.text = "{{ x }}"
    box = page.shapes.add_textbox(Inches(1), Inches(1), Inches(4), Inches(1))
    box.text_frame.text = "{% for r in xs %}\n{{ r.a }}\n{% endfor %}\n{{ md | markdown }}"
    table = page.shapes.add_table(2, 2, Inches(1), Inches(3), Inches(4), Inches(1)).table
    table.cell(1, 0).text = "{%tr for r in xs %}{{ r.a }}"
    table.cell(1, 1).text = "{{ r.b }}{%tr endfor %}"
    data = CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("{{ x }}", (1, 2))
    place = Inches(5), Inches(3), Inches(3), Inches(2)
    frame = page.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, *place, data)
    frame._element.nvGraphicFramePr.cNvPr.set("descr", "{{ chart(c) }} alt")
    page.notes_slide.notes_text_frame.text = "{% for r in xs %}"
    return _saved(new)


def _plain_workbook() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("S")
    sheet.write_row("A1", ["{{ x }}", "{{ n }}", "{{ md | markdown }}"])
    sheet.write_row("A2", ["{%tr for r in xs %}{{ r.a }}", "{{ r.b }}{%tr endfor %}"])
    sheet.write_formula("B3", "=SUM(B2:B2)")
    book.close()
    return out.getvalue()


def _workbook() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("Data")
    sheet.write_row("A1", ["Name", "Value", "{%tc for r in xs %}{{ r.a }}{%tc endfor %}"])
    sheet.write_row("A2", ["{%tr for r in xs %}{{ r.a }}", "{{ r.b }}", "{{ r.b }}{%tr endfor %}"])
    sheet.write_formula("B3", "=SUM(B2:B2)", None, "{{ n }}")
    sheet.write_formula("C3", '=IF(B3>1,"{{ x }}",Other!A1)')
    sheet.add_table("E1:F2", {"columns": [{"header": "H {{ x }}"}, {"header": "K"}]})
    sheet.data_validation("B2", {"validate": "list", "source": "=Other!$A$1:$A$2"})
    sheet.conditional_format("B2:B2", {"type": "data_bar"})
    sheet.conditional_format("A2:B2", {"type": "cell", "criteria": ">", "value": 1})
    sheet.write_comment("A2", "{{ x }}")
    sheet.merge_range("A6:B6", "{{ x }}")
    sheet.set_header("&L{{ x }}")
    sheet.freeze_panes(1, 0)
    sheet.print_area("A1:C6")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Data!$B$2:$B$2", "categories": "=Data!$A$2:$A$2"})
    sheet.insert_chart("H1", chart)
    other = book.add_worksheet("Other")
    other.write_row("A1", ["{%sheet for r in xs %}", "{{ r.a }}"])
    other.write_formula("A2", "=Data!B2")
    book.define_name("total", "=Data!$B$3")
    book.close()
    return out.getvalue()
