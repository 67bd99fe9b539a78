"""The benchmark templates, built by code with the authoring libraries.

In: a folder. Out: bench.docx, bench.xlsx, bench.pptx and picture.png in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.work import CHAPTERS, PARAGRAPHS

FILLER = (
    "Prosjektet gjennomføres sammen med de ansatte, brukerne og de pårørende, og hver fase "
    "avsluttes med en beslutning som er forankret i ledelsen og kjent i hele tjenesten. "
)
DOCX_TABLES: tuple[tuple[str, Sequence[str]], ...] = (
    ("risks", ("id", "hazard", "probability", "consequence", "responsible")),
    ("benefits", ("id", "title", "indicator", "baseline", "target")),
    ("activities", ("id", "title", "role", "start", "end")),
)
XLSX_COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("ID", "id", 8),
    ("Hendelse", "hazard", 50),
    ("Sannsynlighet", "probability", 14),
    ("Konsekvens", "consequence", 14),
    ("Risikoverdi", "value", 12),
    ("Ansvarlig", "responsible", 20),
    ("Frist", "due", 12),
    ("Kommentar", "comment", 30),
)
XLSX_HEADER_ROW = 3  # counted from 0; the row of the loop follows
LEVEL_COLOURS = ((15, "#FF6961"), (8, "#FFB54C"), (4, "#F8D66D"))


def build(folder: Path) -> None:
    """Write every template and the picture into the folder."""
    _picture(folder / "picture.png", "#2E8B7F")
    _picture(folder / "placeholder.png", "#DDDDDD")
    _docx(folder / "bench.docx")
    _xlsx(folder / "bench.xlsx")
    _pptx(folder / "bench.pptx", folder / "placeholder.png")


def _picture(path: Path, colour: str) -> None:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (640, 360), colour)
    drawing = ImageDraw.Draw(image)
    for step in range(0, 640, 16):
        drawing.line((step, 0, 640 - step, 360), fill="#FFFFFF")
    image.save(path)


def _docx(path: Path) -> None:
    import docx

    document = docx.Document()
    document.core_properties.title = "{{ project }}"
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ project }} – {{ organisation }}"
    section.footer.paragraphs[0].text = "{{ unit }}, versjon {{ version }}"
    document.add_heading("{{ project }}", 0)
    document.add_paragraph("{{ leader }}, {{ organisation }}, {{ day }}")
    for number in range(CHAPTERS):
        _chapter(document, number)
    for number, (name, keys) in enumerate(DOCX_TABLES):
        document.add_heading(f"Tabell {number + 1}", 1)
        _docx_table(document, name, keys)
    document.save(str(path))


def _chapter(document: Any, number: int) -> None:
    chapter = f"c{number + 1}"
    document.add_heading(f"Kapittel {number + 1}", 1)
    document.add_paragraph(f"{{{{ {chapter}.summary }}}}")
    paragraph = document.add_paragraph("Ansvarlig: ")
    paragraph.add_run(f"{{{{ {chapter}.owner }}}}").bold = True
    paragraph.add_run(f" innen {{{{ {chapter}.due }}}}, {{{{ {chapter}.hours }}}} timer")
    for _ in range(PARAGRAPHS):
        document.add_paragraph(FILLER * 5)
    document.add_paragraph(f"Status: {{{{ {chapter}.status }}}}", style="List Bullet")
    document.add_paragraph(f"Mål: {{{{ {chapter}.goal }}}}", style="List Bullet")


def _docx_table(document: Any, name: str, keys: Sequence[str]) -> None:
    table = document.add_table(4, len(keys), style="Table Grid")
    for index, key in enumerate(keys):
        table.cell(0, index).text = key.capitalize()
        table.cell(2, index).text = f"{{{{ r.{key} }}}}"
    table.cell(1, 0).text = f"{{%tr for r in {name} %}}"
    table.cell(3, 0).text = "{%tr endfor %}"


def _xlsx(path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("Risiko")
        sheet.write(0, 0, "{{ project }} – {{ organisation }}", workbook.add_format({"bold": True}))
        sheet.write(1, 0, "{{ unit }}, {{ day }}, versjon {{ version }}")
        row = XLSX_HEADER_ROW + 1
        _xlsx_row(workbook, sheet, row)
        _xlsx_rules(workbook, sheet, row)
        _xlsx_chart(workbook, sheet, row)
        workbook.define_name("risk_values", f"=Risiko!$E${row + 1}:$E${row + 1}")


def _xlsx_row(workbook: Any, sheet: Any, row: int) -> None:
    last = len(XLSX_COLUMNS) - 1
    wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
    day = workbook.add_format({"num_format": "dd.mm.yyyy", "valign": "top"})
    sheet.add_table(
        row - 1,
        0,
        row,
        last,
        {"name": "tbl_risks", "columns": [{"header": title} for title, _, _ in XLSX_COLUMNS]},
    )
    for index, (_, key, width) in enumerate(XLSX_COLUMNS):
        sheet.set_column(index, index, width)
        tag = f"{{{{ r.{key} }}}}"
        if key == "value":
            sheet.write_formula(row, index, f"=C{row + 1}*D{row + 1}", wrap, tag)
        else:
            lead = "{%tr for r in risks %}" if index == 0 else ""
            tail = "{%tr endfor %}" if index == last else ""
            sheet.write_string(row, index, lead + tag + tail, day if key == "due" else wrap)
    sheet.freeze_panes(row, 2)


def _xlsx_rules(workbook: Any, sheet: Any, row: int) -> None:
    for limit, colour in LEVEL_COLOURS:
        style = workbook.add_format({"bg_color": colour})
        rule = {"type": "cell", "criteria": ">=", "value": limit, "format": style}
        sheet.conditional_format(row, 4, row, 4, rule)
    choice = {"validate": "list", "source": [1, 2, 3, 4, 5]}
    sheet.data_validation(row, 2, row, 3, choice)


def _xlsx_chart(workbook: Any, sheet: Any, row: int) -> None:
    chart = workbook.add_chart({"type": "column"})
    chart.add_series(
        {
            "name": "Risikoverdi",
            "categories": ["Risiko", row, 0, row, 0],
            "values": ["Risiko", row, 4, row, 4],
        }
    )
    chart.set_title({"name": "{{ project }}"})
    sheet.insert_chart(1, len(XLSX_COLUMNS) + 1, chart, {"description": "Risikoverdi"})


def _pptx(path: Path, picture: Path) -> None:
    from pptx import Presentation
    from pptx.util import Cm

    deck = Presentation()
    deck.slide_width, deck.slide_height = Cm(33.87), Cm(19.05)
    _bullets(deck, "{{ project }}", ["{{ organisation }}", "{{ leader }}", "{{ day }}"])
    for number in range(CHAPTERS - 1):
        chapter = f"c{number + 1}"
        lines = [
            f"Ansvarlig: {{{{ {chapter}.owner }}}} innen {{{{ {chapter}.due }}}}",
            f"{{{{ {chapter}.hours }}}} timer, {{{{ {chapter}.status }}}}",
            f"Mål: {{{{ {chapter}.goal }}}}",
        ]
        slide = _bullets(deck, f"{{{{ {chapter}.summary }}}}", lines)
        slide.notes_slide.notes_text_frame.text = f"Kilde: {{{{ {chapter}.owner }}}}"
    _table_slide(deck)
    _chart_slide(deck)
    _picture_slide(deck, picture)
    deck.save(str(path))


def _bullets(deck: Any, title: str, lines: list[str]) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = title
    slide.placeholders[1].text = "\n".join(lines)
    return slide


def _table_slide(deck: Any) -> None:
    from pptx.util import Cm

    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "{{ project }}: risiko"
    keys = DOCX_TABLES[0][1]
    frame = slide.shapes.add_table(4, len(keys), Cm(2), Cm(5), Cm(29), Cm(4))
    for index, key in enumerate(keys):
        frame.table.cell(0, index).text = key.capitalize()
        frame.table.cell(2, index).text = f"{{{{ r.{key} }}}}"
    frame.table.cell(1, 0).text = "{%tr for r in risks %}"
    frame.table.cell(3, 0).text = "{%tr endfor %}"


def _chart_slide(deck: Any) -> None:
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Cm

    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "{{ project }}: framdrift"
    data = CategoryChartData()
    data.categories = ["a", "b"]
    data.add_series("x", [1, 2])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, Cm(2), Cm(5), Cm(29), Cm(12), data)
    _describe(frame, "{{ chart(progress) }}Framdrift")


def _picture_slide(deck: Any, picture: Path) -> None:
    from pptx.util import Cm

    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "{{ project }}: løsningen"
    image = slide.shapes.add_picture(str(picture), Cm(2), Cm(5), Cm(16), Cm(9))
    _describe(image, "{{ image(picture) }}Løsningen på natt")


def _describe(shape: Any, text: str) -> None:
    shape._element.xpath(".//p:cNvPr")[0].set("descr", text)
