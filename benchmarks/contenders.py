"""Every way of making a benchmark document: the toolkit's, and what people write otherwise.

In: a Job. Out: its file. Libraries are imported
inside the functions, so that a fresh process pays only for the contender it runs.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from benchmarks.templates import DOCX_TABLES, LEVEL_COLOURS, XLSX_COLUMNS, XLSX_HEADER_ROW
from benchmarks.work import CHAPTERS, Context, Job

Make = Callable[[Job], None]


def toolkit(job: Job) -> None:
    """The engine as anybody calls it; it remembers the templates it filled last."""
    from toolkit.office import fill

    fill(job.template, job.context, job.out, base=job.base)


def toolkit_anew(job: Job) -> None:
    """The engine, every template read and compiled anew."""
    from toolkit.office import compile
    from toolkit.office.template import write

    write(compile(job.template).render(job.context, base=job.base), job.out)


def toolkit_kept(job: Job) -> None:
    """The engine, every template read anew from what a run before compiled and kept."""
    from toolkit.office import compile
    from toolkit.office.template import write

    template = compile(job.template, cache=job.base / "cache")
    write(template.render(job.context, base=job.base), job.out)


def toolkit_both(job: Job) -> None:
    """The engine as anybody calls it who keeps compiled templates between runs."""
    from toolkit.office import fill

    fill(job.template, job.context, job.out, base=job.base, cache=job.base / "cache")


def floor(_job: Job) -> None:
    """No document: what importing the two libraries the engine stands on costs by itself."""
    import jinja2  # noqa: F401
    from lxml import etree  # noqa: F401


def docxtpl(job: Job) -> None:
    """docxtpl with the same template."""
    from docxtpl import DocxTemplate

    template = DocxTemplate(str(job.template))
    template.render(job.context, autoescape=True)
    template.save(str(job.out))


def python_docx(job: Job) -> None:
    """Code written by hand with python-docx: replace in runs, copy table rows."""
    import docx

    context = job.context
    document = docx.Document(str(job.template))
    words = _words(context)
    for paragraph in document.paragraphs:
        _replace(paragraph.runs, words)
    for section in document.sections:
        for paragraph in [*section.header.paragraphs, *section.footer.paragraphs]:
            _replace(paragraph.runs, words)
    for table, (name, keys) in zip(document.tables, DOCX_TABLES, strict=True):
        _docx_rows(table, context[name], keys)
    document.core_properties.title = context["project"]
    document.save(str(job.out))


def _words(context: Context) -> dict[str, str]:
    words = {
        f"{{{{ {key} }}}}": str(context[key])
        for key in ("project", "organisation", "unit", "leader", "version", "day")
    }
    for name in (f"c{number + 1}" for number in range(CHAPTERS)):
        words |= {f"{{{{ {name}.{key} }}}}": value for key, value in context[name].items()}
    return words


def _replace(runs: Any, words: dict[str, str]) -> None:
    for run in runs:
        if "{{" in run.text:
            text = run.text
            for tag, word in words.items():
                text = text.replace(tag, word)
            run.text = text


def _docx_rows(table: Any, records: list[Context], keys: Any) -> None:
    from docx.oxml.ns import qn

    opener, pattern, closer = (row._tr for row in table.rows[1:4])
    for record in records:
        row = deepcopy(pattern)
        for node, key in zip(row.iter(qn("w:t")), keys, strict=True):
            node.text = str(record[key])
        opener.addprevious(row)
    for row in (opener, pattern, closer):
        row.getparent().remove(row)


def openpyxl(job: Job) -> None:
    """The same workbook written from nothing with openpyxl: it cannot keep a template's."""
    import openpyxl
    from openpyxl.styles import Alignment, Font

    context = job.context
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Risiko"
    sheet["A1"] = f"{context['project']} – {context['organisation']}"
    sheet["A1"].font = Font(bold=True)
    sheet["A2"] = f"{context['unit']}, {context['day']}, versjon {context['version']}"
    top = XLSX_HEADER_ROW + 1
    for index, (title, _, _) in enumerate(XLSX_COLUMNS, 1):
        sheet.cell(top, index, title)
    wrap = Alignment(wrap_text=True, vertical="top")
    for number, record in enumerate(context["risks"], top + 1):
        _openpyxl_row(sheet, number, record, wrap)
    _openpyxl_furniture(book, sheet, top, top + len(context["risks"]))
    book.save(str(job.out))


def _openpyxl_row(sheet: Any, number: int, record: Context, wrap: Any) -> None:
    for index, (_, key, _) in enumerate(XLSX_COLUMNS, 1):
        value = f"=C{number}*D{number}" if key == "value" else record[key]
        cell = sheet.cell(number, index, value)
        cell.alignment = wrap
        if key == "due":
            cell.number_format = "dd.mm.yyyy"


def _openpyxl_furniture(book: Any, sheet: Any, top: int, last: int) -> None:
    from openpyxl.chart import BarChart, Reference
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.workbook.defined_name import DefinedName
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.table import Table

    end = get_column_letter(len(XLSX_COLUMNS))
    sheet.add_table(Table(displayName="tbl_risks", ref=f"A{top}:{end}{last}"))
    for limit, colour in LEVEL_COLOURS:
        fill = PatternFill(bgColor=colour[1:])
        rule = CellIsRule(operator="greaterThanOrEqual", formula=[str(limit)], fill=fill)
        sheet.conditional_formatting.add(f"E{top + 1}:E{last}", rule)
    choice = DataValidation(type="list", formula1='"1,2,3,4,5"')
    choice.add(f"C{top + 1}:D{last}")
    sheet.add_data_validation(choice)
    name = DefinedName("risk_values", attr_text=f"Risiko!$E${top + 1}:$E${last}")
    book.defined_names["risk_values"] = name
    chart = BarChart()
    chart.title = "Trygg natt"
    chart.add_data(Reference(sheet, min_col=5, min_row=top, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=top + 1, max_row=last))
    sheet.add_chart(chart, "J2")
    sheet.freeze_panes = f"C{top + 1}"
    for index, (_, _, width) in enumerate(XLSX_COLUMNS, 1):
        sheet.column_dimensions[get_column_letter(index)].width = width


def python_pptx(job: Job) -> None:
    """Code written by hand with python-pptx: replace in runs, rows, chart data, picture."""
    from pptx import Presentation

    context = job.context
    deck = Presentation(str(job.template))
    words = _words(context)
    for slide in deck.slides:
        for shape in list(slide.shapes):
            _pptx_shape(slide, shape, context | {"folder": job.base}, words)
        if slide.has_notes_slide:
            for paragraph in slide.notes_slide.notes_text_frame.paragraphs:
                _replace(paragraph.runs, words)
    deck.save(str(job.out))


def _pptx_shape(slide: Any, shape: Any, context: Context, words: dict[str, str]) -> None:
    if shape.has_text_frame:
        for paragraph in shape.text_frame.paragraphs:
            _replace(paragraph.runs, words)
    elif shape.has_table:
        _pptx_rows(shape.table, context["risks"], DOCX_TABLES[0][1])
    elif shape.has_chart:
        _pptx_chart(shape.chart, context["progress"])
    else:
        slide.shapes.add_picture(
            str(context["folder"] / context["picture"]),
            shape.left,
            shape.top,
            shape.width,
            shape.height,
        )
        shape._element.getparent().remove(shape._element)


def _pptx_rows(table: Any, records: list[Context], keys: Any) -> None:
    from pptx.oxml.ns import qn

    opener, pattern, closer = table._tbl.tr_lst[1:4]
    for record in records:
        row = deepcopy(pattern)
        for node, key in zip(row.iter(qn("a:t")), keys, strict=True):
            node.text = str(record[key])
        opener.addprevious(row)
    for row in (opener, pattern, closer):
        row.getparent().remove(row)


def _pptx_chart(chart: Any, value: Context) -> None:
    from pptx.chart.data import CategoryChartData

    data = CategoryChartData()
    data.categories = value["categories"]
    for series in value["series"]:
        data.add_series(series["name"], series["values"])
    chart.replace_data(data)


CONTENDERS: dict[str, dict[str, Make]] = {
    "docx": {"docxtpl": docxtpl, "python-docx": python_docx, "toolkit": toolkit},
    "xlsx": {"openpyxl": openpyxl, "toolkit": toolkit},
    "pptx": {"python-pptx": python_pptx, "toolkit": toolkit},
}
"""Contenders by format; the first of each is the named baseline."""

EVERYWHERE: dict[str, Make] = {
    "toolkit": toolkit,
    "toolkit, each compiled anew": toolkit_anew,
    "toolkit, kept from a run before": toolkit_both,
    "toolkit, kept, each read anew": toolkit_kept,
}
"""Contenders that make every format."""

FLOOR = "no document, Jinja2 and lxml read"
"""The contender that makes nothing; fresh processes show it, so that a share of it is seen."""
