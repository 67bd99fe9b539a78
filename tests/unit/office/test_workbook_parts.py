"""What stands beside the sheets of a workbook follows their cells too."""

from __future__ import annotations

from typing import Any

import xlsxwriter
from lxml import etree
from workbook_reading import Element, R, X, edited, fill, template, with_part

Book = xlsxwriter.Workbook
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = R[1:-1] + "/"


def loop(book: Book) -> xlsxwriter.worksheet.Worksheet:
    """A sheet whose row 2 repeats under a header, with a total below."""
    sheet = book.add_worksheet("Data")
    sheet.write_row("A1", ["Name", "Group", "Amount"])
    sheet.write_row(
        "A2", ["{%tr for r in rows %}{{ r.n }}", "{{ r.g }}", "{{ r.v }}{%tr endfor %}"]
    )
    sheet.write_formula("C3", "=SUM(C2:C2)")
    return sheet


ROWS = {"rows": [{"n": f"n{i}", "g": "even" if i % 2 else "odd", "v": i * 10} for i in (1, 2, 3)]}


def related(data: bytes, part: str, added: tuple[str, str, str], content: str) -> bytes:
    """A file with a part more, that ``part`` points to: (relationship word, name, content type)."""
    word, name, kind = added
    folder, _, base = part.rpartition("/")
    rels = f"{folder}/_rels/{base}.rels"

    def point(root: Element) -> None:
        etree.SubElement(
            root, f"{{{REL}}}Relationship", Id="rIdNew", Type=OFFICE + word, Target="/" + name
        )

    def register(root: Element) -> None:
        namespace = etree.QName(root).namespace
        etree.SubElement(root, f"{{{namespace}}}Override", PartName="/" + name, ContentType=kind)

    if rels not in _names(data):
        data = with_part(data, rels, f'<Relationships xmlns="{REL}"/>'.encode())
    data = edited(data, rels, point)
    return with_part(edited(data, "[Content_Types].xml", register), name, content.encode())


def _names(data: bytes) -> list[str]:
    import io
    import zipfile

    return zipfile.ZipFile(io.BytesIO(data)).namelist()


def _pivot_caches(root: Element) -> None:
    caches = etree.SubElement(root, X + "pivotCaches")
    etree.SubElement(caches, X + "pivotCache", {"cacheId": "1", f"{{{OFFICE[:-1]}}}id": "rIdNew"})


def test_pivot_sources_and_places() -> None:
    cache = (
        f'<pivotCacheDefinition xmlns="{X[1:-1]}"><cacheSource type="worksheet">'
        '<worksheetSource ref="A1:C2" sheet="Data"/></cacheSource><cacheFields count="1">'
        '<cacheField name="Name"/></cacheFields></pivotCacheDefinition>'
    )
    table = (
        f'<pivotTableDefinition xmlns="{X[1:-1]}" name="p" cacheId="1" dataCaption="V">'
        '<location ref="E5:F9" firstHeaderRow="1" '
        'firstDataRow="1" firstDataCol="1"/></pivotTableDefinition>'
    )
    data = template(lambda book: (loop(book), None)[1])
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.pivot"
    data = related(
        data, "xl/workbook.xml",
        ("pivotCacheDefinition", "xl/pivotCache/pivotCacheDefinition1.xml",
         kind + "CacheDefinition+xml"), cache,
    )  # fmt: skip
    data = related(
        data, "xl/worksheets/sheet1.xml",
        ("pivotTable", "xl/pivotTables/pivotTable1.xml", kind + "Table+xml"), table,
    )  # fmt: skip
    data = edited(data, "xl/workbook.xml", _pivot_caches)
    data = with_part(
        data, "xl/pivotTables/_rels/pivotTable1.xml.rels",
        f'<Relationships xmlns="{REL}"><Relationship Id="rId1" Type="{OFFICE}pivotCacheDefinition" '
        'Target="../pivotCache/pivotCacheDefinition1.xml"/></Relationships>'.encode(),
    )  # fmt: skip
    book = fill(data, ROWS)
    root = book.xml("xl/pivotCache/pivotCacheDefinition1.xml")
    source = next(root.iter("{*}worksheetSource"))
    assert (source.get("ref"), source.get("sheet"), root.get("refreshOnLoad")) == (
        "A1:C4", "Data", "1")  # fmt: skip
    place = next(book.xml("xl/pivotTables/pivotTable1.xml").iter("{*}location"))
    assert place.get("ref") == "E7:F11"


def test_form_controls_keep_their_linked_cells() -> None:
    data = template(lambda book: (loop(book), None)[1])
    data = related(
        data, "xl/worksheets/sheet1.xml",
        ("ctrlProp", "xl/ctrlProps/ctrlProp1.xml",
         "application/vnd.ms-excel.controlproperties+xml"),
        f'<formControlPr xmlns="{X14}" objectType="Drop" fmlaLink="$C$3" fmlaRange="$A$2:$A$2"/>',
    )  # fmt: skip
    root = fill(data, ROWS).xml("xl/ctrlProps/ctrlProp1.xml")
    assert (root.get("fmlaLink"), root.get("fmlaRange")) == ("$C$5", "$A$2:$A$4")


GUID = "{12345678-1234-1234-1234-123456789ABC}"


def test_threaded_comments_move_with_their_cell() -> None:
    threads = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/'
        f'threadedcomments"><threadedComment ref="C3" personId="{GUID}" id="{GUID}"><text>t</text>'
        "</threadedComment></ThreadedComments>"
    )

    def build(book: Book) -> None:
        loop(book).write_comment("C3", "old")

    data = related(
        template(build), "xl/worksheets/sheet1.xml",
        ("threadedComment", "xl/threadedComments/threadedComment1.xml",
         "application/vnd.ms-excel.threadedcomments+xml"), threads,
    )  # fmt: skip
    book = fill(data, ROWS)
    thread = next(book.xml("xl/threadedComments/threadedComment1.xml").iter("{*}threadedComment"))
    comment = next(book.xml("xl/comments1.xml").iter("{*}comment"))
    assert (thread.get("ref"), comment.get("ref")) == ("C5", "C5")


def test_new_validations_on_other_sheets_follow() -> None:
    def build(book: Book) -> None:
        loop(book)
        book.add_worksheet("Form").write("A1", "x")

    def add(root: Element) -> None:
        text = (
            f'<x xmlns="{X[1:-1]}" xmlns:x14="{X14}" xmlns:xm="{XM}"><extLst>'
            '<ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations count="1">'
            '<x14:dataValidation type="list" prompt="{{ hint }}"><x14:formula1>'
            "<xm:f>Data!$A$2:$A$2</xm:f></x14:formula1><xm:sqref>A1</xm:sqref>"
            "</x14:dataValidation></x14:dataValidations></ext></extLst></x>"
        )
        root.append(etree.fromstring(text)[0])

    data = edited(template(build), "xl/worksheets/sheet2.xml", add)
    book = fill(data, {**ROWS, "hint": "Choose"})
    rule = book.all("Form", "dataValidation")[0]
    assert rule.get("prompt") == "Choose"
    assert [e.text for e in rule.iter("{*}f", "{*}sqref")] == ["Data!$A$2:$A$4", "A1"]


def chart_of(book: Book, **series: Any) -> xlsxwriter.chart.Chart:
    chart = book.add_chart({"type": "column"})
    chart.add_series(series)
    return chart


def test_chart_sheets_and_categories_in_levels() -> None:
    def build(book: Book) -> None:
        loop(book)
        chart = chart_of(book, values="=Data!$C$2:$C$2", categories="=Data!$A$2:$B$2")
        book.add_chartsheet("Picture").set_chart(chart)

    def levels(root: Element) -> None:
        holder = next(root.iter("{*}cat"))
        space = etree.QName(root).namespace
        holder[:] = [
            etree.fromstring(
                f'<c:multiLvlStrRef xmlns:c="{space}"><c:f>Data!$A$2:$B$2</c:f>'
                '<c:multiLvlStrCache><c:ptCount val="1"/></c:multiLvlStrCache></c:multiLvlStrRef>'
            )
        ]

    data = edited(template(build), "xl/charts/chart1.xml", levels)
    chart = fill(data, ROWS).xml("xl/charts/chart1.xml")
    assert [f.text for f in chart.iter("{*}f")] == ["Data!$A$2:$B$4", "Data!$C$2:$C$4"]
    found = [[v.text for v in level.iter("{*}v")] for level in chart.iter("{*}lvl")]
    assert found == [["even", "odd", "even"], ["n1", "n2", "n3"]]


def test_labels_from_cells_and_numbers_that_became_texts() -> None:
    def build(book: Book) -> None:
        sheet = loop(book)
        chart = chart_of(book, values="=Data!$C$2:$C$2", categories="=Data!$A$2:$A$2")
        sheet.insert_chart("F2", chart)

    def change(root: Element) -> None:
        space = etree.QName(root).namespace
        series = next(root.iter("{*}ser"))
        series.append(etree.fromstring(
            f'<c:extLst xmlns:c="{space}"><c:ext uri="{{02D57815-91ED-43cb-92C2-25804820EDAC}}" '
            'xmlns:c15="http://schemas.microsoft.com/office/drawing/2012/chart">'
            "<c15:datalabelsRange><c15:f>Data!$B$2:$B$2</c15:f><c15:dlblRangeCache>"
            '<c:ptCount val="1"/></c15:dlblRangeCache></c15:datalabelsRange></c:ext></c:extLst>'
        ))  # fmt: skip
        holder = next(root.iter("{*}cat"))
        holder[:] = [etree.fromstring(
            f'<c:numRef xmlns:c="{space}"><c:f>Data!$A$2:$A$2</c:f><c:numCache><c:formatCode>'
            'General</c:formatCode><c:ptCount val="1"/></c:numCache></c:numRef>'
        )]  # fmt: skip

    chart = fill(edited(template(build), "xl/charts/chart1.xml", change), ROWS).xml(
        "xl/charts/chart1.xml"
    )
    labels = next(chart.iter("{*}datalabelsRange"))
    assert [e.text for e in labels.iter("{*}f")] == ["Data!$B$2:$B$4"]
    points = labels.iter("{http://schemas.openxmlformats.org/drawingml/2006/chart}v")
    assert [e.text for e in points] == ["even", "odd", "even"]
    categories = next(chart.iter("{*}cat"))
    assert [etree.QName(e).localname for e in categories.iter()][:3] == ["cat", "strRef", "f"]
    assert [e.text for e in categories.iter("{*}v")] == ["n1", "n2", "n3"]


def test_a_chart_shows_texts_that_look_like_markup_and_drops_control_characters() -> None:
    def build(book: Book) -> None:
        sheet = loop(book)
        chart = chart_of(book, values="=Data!$C$2:$C$2", categories="=Data!$A$2:$A$2")
        sheet.insert_chart("F2", chart)

    rows = {"rows": [row | {"n": name} for row, name in zip(
        ROWS["rows"], ("R & D", '<c:pt idx="points"/>', "bell\x07"), strict=True)]}  # fmt: skip
    chart = fill(template(build), rows).xml("xl/charts/chart1.xml")
    texts = [e.text for e in next(chart.iter("{*}cat")).iter("{*}v")]
    assert texts == ["R & D", '<c:pt idx="points"/>', "bell"]


def test_a_chart_inside_a_repeating_card_repeats_with_it() -> None:
    def build(book: Book) -> None:
        sheet = book.add_worksheet("S")
        sheet.write("A1", "{%tr for u in units %}")
        sheet.write("A2", "{{ u.name }}")
        sheet.write("B2", "{{ u.a }}")
        sheet.write("C2", "{{ u.b }}")
        chart = chart_of(book, values="=S!$B2:$C2")
        chart.set_title({"name": "{{ u.name }}"})
        sheet.insert_chart("A3", chart)
        sheet.write("A20", "{%tr endfor %}")
        sheet.write("A21", "end")

    units = [{"name": "North", "a": 1, "b": 2}, {"name": "South", "a": 3, "b": 4}]
    book = fill(template(build), {"units": units})
    charts = [book.xml(name) for name in ("xl/charts/chart1.xml", "xl/charts/chart2.xml")]
    assert [next(c.iter("{*}f")).text for c in charts] == ["S!$B1:$C1", "S!$B19:$C19"]
    assert [[v.text for v in c.iter("{*}v")] for c in charts] == [["1", "2"], ["3", "4"]]
    titles = ["".join(t.text or "" for t in c.iter("{*}t")) for c in charts]
    assert titles == ["North", "South"]
    rows = [e.text for e in book.xml("xl/drawings/drawing1.xml").iter("{*}row")]
    assert rows[0::2] == ["1", "19"]
    assert book.value("S", "A37") == "end"


def test_a_chart_beside_a_loop_keeps_its_size() -> None:
    def build(book: Book) -> None:
        sheet = loop(book)
        sheet.insert_chart("F2", chart_of(book, values="=Data!$C$2:$C$2"))
        sheet.insert_chart("F30", chart_of(book, values="=Data!$C$2:$C$2"))

    book = fill(template(build), ROWS)
    rows = [int(e.text or 0) for e in book.xml("xl/drawings/drawing1.xml").iter("{*}row")]
    assert rows[0] == 1
    assert rows[1] - rows[0] == rows[3] - rows[2]
    assert rows[2] == 31


def test_frozen_panes_sparkline_dates_and_control_corners() -> None:
    def build(book: Book) -> None:
        sheet = book.add_worksheet("S")
        sheet.write("A1", "{%tr for r in rows %}{{ r.n }}{%tr endfor %}")
        sheet.write("A3", 5)
        sheet.freeze_panes(2, 0)
        sheet.add_sparkline("D3", {"range": "S!A3:C3", "date_axis": "S!A4:C4"})
        sheet.insert_button("B4", {"macro": "m"})  # the shape of the control

    def control(root: Element) -> None:
        xdr = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
        start, end = (
            f"<d:col>{column}</d:col><d:colOff>0</d:colOff><d:row>3</d:row><d:rowOff>9</d:rowOff>"
            for column in (1, 2)
        )
        root.find("{*}extLst").addprevious(etree.fromstring(  # type: ignore[union-attr]
            f'<controls xmlns="{X[1:-1]}" xmlns:d="{xdr}"><control shapeId="1025" '
            f'name="c" r:id="rIdNew" xmlns:r="{OFFICE[:-1]}"><controlPr><anchor>'
            f"<from>{start}</from><to>{end}</to></anchor></controlPr></control></controls>"
        ))  # fmt: skip

    data = edited(template(build), "xl/worksheets/sheet1.xml", control)
    data = related(
        data, "xl/worksheets/sheet1.xml",
        ("ctrlProp", "xl/ctrlProps/ctrlProp1.xml",
         "application/vnd.ms-excel.controlproperties+xml"),
        f'<formControlPr xmlns="{X14}" objectType="Drop"/>',
    )  # fmt: skip
    book = fill(data, ROWS)
    pane = book.all("S", "pane")[0]
    assert (pane.get("ySplit"), pane.get("topLeftCell")) == ("4", "A5")
    group = book.all("S", "sparklineGroup")[0]
    assert [e.text for e in group.iter("{*}f")] == ["S!A6:C6", "S!A5:C5"]
    assert [e.text for e in book.all("S", "anchor")[0].iter("{*}row")] == ["5", "5"]


def test_places_written_as_text_follow() -> None:
    def build(book: Book) -> None:
        sheet = loop(book)
        sheet.write_formula("E1", '=COUNTA(INDIRECT("Data!A2:A2"))&"Data!A2:A2"')
        sheet.write_formula("E2", '=HYPERLINK("#Data!C3","total")')

    book = fill(template(build), ROWS)
    assert book.formula("Data", "E1") == 'COUNTA(INDIRECT("Data!A2:A4"))&"Data!A2:A2"'
    assert book.formula("Data", "E2") == 'HYPERLINK("#Data!C5","total")'
