"""The first sheet: what this is, how to fill it in, what the fields mean, who and when.

In: the section ``s.info``; its ``columns``, if any, are facts of this document alone; options
``anonymous`` (nobody says who they are), ``notes`` (labels to read before filling in) and
``consolidated`` (all answers put together: nothing is to be filled in). Out: the sheet. Every fact
is read back by its name (``f_filled_by``), never by its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from toolkit.author.workbook import page
from toolkit.author.workbook.book import Sheet
from toolkit.author.workbook.look import MISSING, theme
from toolkit.author.workbook.pictures import placeholder
from toolkit.author.workbook.rules import known, validate
from toolkit.document import Section
from toolkit.field import Field, FieldType, Origin

WIDTHS = (27, 50, 3, 9, 66)
LABEL, VALUE, MARK, TEXT = 0, 1, 3, 4
BAND, SUBTITLE, LEAD, FIRST = 0, 1, 2, 3
HEIGHT = 32  # two lines
LOGO = (132, 44)  # the box a logo is fitted into, pixels


def _fact(key: str, kind: str = "text", origin: str = "P", **more: str) -> Field:
    return Field(field=key, type=FieldType(kind), origin=Origin(origin), **more)


PROJECT = (
    *(_fact(f"f.{name}") for name in ("project_name", "organisation", "unit", "phase")),
    *(_fact(f"f.{name}") for name in ("sponsor", "project_leader", "version")),
)
TOGETHER = (
    *(_fact(f"f.{name}") for name in ("project_name", "organisation", "phase")),
    *(_fact(f"f.{name}") for name in ("sponsor", "project_leader")),
    *(_fact(f"wb.{name}", origin="C") for name in ("answers", "contested", "differing")),
)
"""What the first sheet tells once all answers are put together; formulas ask it for the phase."""
FILLED = (
    _fact("f.filled_by", origin="F"),
    _fact("f.filled_role", "ref", "F", ref="role"),
    Field(field="f.filled_date", type=FieldType.DATE, required=True),
)
RETURNED = (_fact("ui.return_to"), _fact("ui.return_by", "date"))
RETURN = "ui.step_return"
STEPS = ("ui.step_fill", "ui.add_rows", RETURN, "ui.do_not_rename")
LEGEND = (
    ("ui.legend_prefilled", Origin.PREFILLED),
    ("ui.legend_editable", Origin.EDITABLE),
    ("ui.legend_fill", Origin.FILLED),
    ("ui.legend_computed", Origin.COMPUTED),
)

LEGEND_TOGETHER = (
    ("ui.legend_prefilled", Origin.PREFILLED),
    ("wb.legend_answer", Origin.FILLED),
    ("ui.legend_computed", Origin.COMPUTED),
)
CONTESTED = (("wb.legend_conflict", "orange"), ("wb.legend_disagree", "yellow"))


def draw(sheet: Sheet, section: Section) -> None:
    """The whole sheet, on one page."""
    sheet.widths(*WIDTHS)
    _band(sheet)
    _logo(sheet)
    last = _facts(sheet, section)
    if section.options.get("consolidated"):
        _told(sheet, last)
    else:
        _panel(sheet, last, section.options.get("notes", ()))
    page.one_page(sheet, paper=page.A4)
    sheet.page.print_area(0, 0, last, TEXT)


def _band(sheet: Sheet) -> None:
    document = sheet.book.document
    sheet.heights({BAND: 48, SUBTITLE: 28, LEAD: 48})
    sheet.blank(BAND, range(TEXT + 1), "band")
    sheet.blank(SUBTITLE, range(TEXT + 1), "band")
    sheet.label(BAND, 0, document.title, "band", "large", "indented")
    project = "{{ info.project_name }} · {{ info.organisation }}"
    sheet.write(SUBTITLE, 0, project, "band", "indented", "top")
    sheet.label(LEAD, 0, document.intro or f"di.{document.doc[2:]}", "lead", "indented")


def _logo(sheet: Sheet) -> None:
    width = int(WIDTHS[TEXT] * 7 + 5)
    options = {
        "image_data": BytesIO(placeholder(*LOGO)),
        "description": "{{ image(branding.logo) }}{{ info.organisation }}",
        "x_offset": width - LOGO[0] - 8,
        "y_offset": 10,
        "object_position": 2,
    }
    sheet.page.insert_image(LEAD, TEXT, "logo.png", options)


def _facts(sheet: Sheet, section: Section) -> int:
    """The form; returns its last row."""
    top = FIRST
    filled = FILLED[-1:] if section.options.get("anonymous") else FILLED
    groups: tuple[tuple[str, tuple[Field, ...]], ...] = (
        ("ui.about_project", PROJECT),
        ("ui.your_part", (*section.columns, *filled)),
        ("ui.return", RETURNED),
    )
    if section.options.get("consolidated"):
        groups = (("ui.about_project", TOGETHER),)
    for title, facts in groups:
        text = _shown(sheet, title, facts) if facts is RETURNED else sheet.book.text(title)
        sheet.write(top, LABEL, text, "heading", "indented")
        sheet.page.set_row(top, HEIGHT)
        for row, fact in enumerate(facts, top + 1):
            (_known_row if facts is RETURNED else _fact_row)(sheet, row, fact)
        top += 1 + len(facts)
    return top - 1


def _fact_row(sheet: Sheet, row: int, fact: Field) -> None:
    required = ("required",) if fact.required else ()
    sheet.label(row, LABEL, fact.field, "label", *required)
    name = fact.field.partition(".")[2]
    text = "" if name in ("filled_by", "filled_date") else f"{{{{ {_path(fact)} }}}}"
    _value(sheet, row, fact, text, "box", fact.origin, fact.type)


def _known_row(sheet: Sheet, row: int, fact: Field) -> None:
    """A fact of which label and box are seen only where it is known.

    The row stays, for the panel beside it.
    """
    sheet.write(row, LABEL, _shown(sheet, fact.field, (fact,)), "label")
    _value(sheet, row, fact, f"{{{{ {_path(fact)} }}}}", "words", fact.type)
    known(sheet, (row, VALUE, row, VALUE))


def _shown(sheet: Sheet, key: str, facts: Iterable[Field]) -> str:
    """A label where at least one of the facts is known."""
    any_known = " or ".join(map(_path, facts))
    return f"{{% if {any_known} %}}{sheet.book.tag(key)}{{% endif %}}"


def _value(sheet: Sheet, row: int, fact: Field, text: str, *styles: str) -> None:
    look = sheet.book.look(*styles)
    sheet.page.set_row(row, HEIGHT)
    if text:
        sheet.page.write_string(row, VALUE, text, look)
    else:
        sheet.page.write_blank(row, VALUE, None, look)
    sheet.book.name(fact.field.replace(".", "_"), sheet.at(row, VALUE))
    validate(sheet, (row, VALUE, row, VALUE), fact)


def _path(fact: Field) -> str:
    return fact.source if "." in fact.source else f"info.{fact.field.partition('.')[2]}"


def _panel(sheet: Sheet, last: int, notes: Iterable[str]) -> None:
    for row in range(FIRST, last + 1):
        sheet.blank(row, range(MARK, TEXT + 1), "panel")
    row = _steps(sheet, FIRST)
    row = _legend(sheet, row)
    private = ["ui.no_personal_data"] if sheet.book.document.personal_data else []
    for at, key in enumerate([*private, *notes], row):
        sheet.write(at, MARK, "!", "panel", "bold", "centred", "emphasis")
        sheet.label(at, TEXT, key, "panel", "wrapped", *(("bold",) if at == row else ()))


def _told(sheet: Sheet, last: int) -> None:
    """What the looks of answers mean, once they are put together; nothing is to be filled in."""
    for row in range(FIRST, last + 1):
        sheet.blank(row, range(MARK, TEXT + 1), "panel")
    row = _looks(sheet, FIRST, LEGEND_TOGETHER)
    for at, (key, level) in enumerate(CONTESTED, row):
        sheet.write(at, MARK, "Aa", "box", f"level.{level}", "centred")
        sheet.label(at, TEXT, key, "panel", "wrapped")


def _steps(sheet: Sheet, row: int) -> int:
    sheet.label(row, MARK, "ui.howto", "panel", "heading")
    steps = [key for key in STEPS if key != "ui.add_rows" or _grows(sheet)]
    for number, key in enumerate(steps, 1):
        sheet.write(row + number, MARK, str(number), "panel", "centred", "emphasis")
        sheet.write(row + number, TEXT, _step(sheet, key), "panel", "wrapped")
    return row + len(steps) + 1


def _step(sheet: Sheet, key: str) -> str:
    """What to do; by the deadline only where there is one."""
    if key != RETURN:
        return sheet.book.text(key)
    dated, undated = map(sheet.book.tag, (RETURN, f"{RETURN}_undated"))
    return f"{{% if {_path(RETURNED[-1])} %}}{dated}{{% else %}}{undated}{{% endif %}}"


def _grows(sheet: Sheet) -> bool:
    """Whether the document has a table that people add rows to."""
    sections = sheet.book.document.sections.items()
    return any(s.columns and s.blank_rows for key, s in sections if key != sheet.key)


def _legend(sheet: Sheet, top: int) -> int:
    last = _looks(sheet, top, LEGEND)
    edge = {"border": 4, "border_color": theme("accent3"), "bg_color": f"#{MISSING}"}
    look = sheet.book.look("box", "centred", "bold", **edge)
    sheet.page.write_string(last, MARK, "*", look)
    sheet.label(last, TEXT, "ui.legend_required", "panel", "wrapped")
    return last + 1


def _looks(sheet: Sheet, top: int, looks: Iterable[tuple[str, Origin]]) -> int:
    """A heading and what each look means; returns the row below."""
    sheet.label(top, MARK, "ui.legend", "panel", "heading")
    row = top
    for row, (key, origin) in enumerate(looks, top + 1):
        sheet.write(row, MARK, "Aa", "box", origin, "centred")
        sheet.label(row, TEXT, key, "panel", "wrapped")
    return row + 1
