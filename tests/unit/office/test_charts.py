"""Charts made by python-pptx are given new figures; openpyxl and python-pptx read them back."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import openpyxl
import pytest
from lxml import etree
from pptx import Presentation
from pptx.chart.data import BubbleChartData, CategoryChartData, XyChartData
from pptx.enum.chart import XL_CHART_TYPE as KIND
from pptx.util import Cm

from toolkit.finding import Place
from toolkit.office.charts.cache import C15, C, refresh
from toolkit.office.charts.chart import link_workbook, workbook_id, write_data
from toolkit.office.charts.data import ChartData, chart_data, serial

PLACE = Place("deck.pptx", (("slide", 2), ("shape", "Chart")))
CATEGORY_KINDS = [
    KIND.BAR_CLUSTERED,
    KIND.COLUMN_CLUSTERED,
    KIND.COLUMN_STACKED,
    KIND.COLUMN_STACKED_100,
    KIND.LINE,
    KIND.LINE_MARKERS,
    KIND.PIE,
    KIND.DOUGHNUT,
    KIND.AREA,
    KIND.AREA_STACKED,
    KIND.RADAR,
]


def chart_of(kind: Any, series: int = 2, points: int = 3) -> etree._Element:
    data = CategoryChartData(number_format='0.0" h"')
    data.categories = [f"c{n}" for n in range(points)]
    for n in range(series):
        data.add_series(f"s{n}", list(range(points)))
    return _drawn(kind, data)


def xy_chart(kind: Any, data: XyChartData | BubbleChartData) -> etree._Element:
    for name in ("a", "b"):
        series = data.add_series(name)
        series.add_data_point(*range(1, 4 if kind == KIND.BUBBLE else 3))
    return _drawn(kind, data)


def _drawn(kind: Any, data: Any) -> etree._Element:
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[5])
    frame = slide.shapes.add_chart(kind, 0, 0, Cm(10), Cm(8), data)
    return etree.fromstring(etree.tostring(frame.chart._chartSpace))


def filled(space: etree._Element, value: Any) -> tuple[etree._Element, list[tuple[Any, ...]]]:
    data, findings = chart_data(value, PLACE)
    assert not findings
    workbook = openpyxl.load_workbook(io.BytesIO(write_data(space, data).workbook()))
    return space, list(workbook.worksheets[0].iter_rows(values_only=True))


def shown(space: etree._Element, tag: str) -> list[list[str | None]]:
    """The cached values of every ``tag`` (cat, val, tx …), gaps as None."""
    result = []
    for holder in space.iter(C + tag):
        count = int(holder.find(f".//{C}ptCount").get("val"))
        points = {int(p.get("idx")): p.findtext(C + "v") for p in holder.iter(C + "pt")}
        result.append([points.get(n) for n in range(count)])
    return result


@pytest.mark.parametrize("kind", CATEGORY_KINDS, ids=lambda kind: kind.name)
@pytest.mark.parametrize("count", [1, 2, 4])
def test_series_and_points_follow_the_data(kind: Any, count: int) -> None:
    series = [{"name": f"n{n}", "values": [n, None, 2.5, 4]} for n in range(count)]
    space, rows = filled(chart_of(kind), {"categories": ["æ", "<b>", "c", "d"], "series": series})
    assert shown(space, "cat") == [["æ", "<b>", "c", "d"]] * count
    assert shown(space, "val") == [[str(n), None, "2.5", "4"] for n in range(count)]
    assert [row[0] for row in rows] == [None, "æ", "<b>", "c", "d"]
    assert rows[0][1:] == tuple(f"n{n}" for n in range(count))
    assert rows[2][1:] == (None,) * count
    assert rows[4][1:] == (4,) * count


def test_series_ids_stay_unique_and_formatting_is_repeated() -> None:
    space = chart_of(KIND.COLUMN_CLUSTERED)
    last = list(space.iter(C + "ser"))[-1]
    fill = etree.fromstring(f'<c:spPr xmlns:c="{C[1:-1]}"><a:noFill xmlns:a="urn:a"/></c:spPr>')
    last.find(C + "tx").addnext(fill)
    series = [{"name": str(n), "values": [1]} for n in range(4)]
    filled(space, {"categories": ["x"], "series": series})
    assert [s.find(C + "idx").get("val") for s in space.iter(C + "ser")] == ["0", "1", "2", "3"]
    assert [s.find(C + "spPr") is not None for s in space.iter(C + "ser")] == [
        False,
        True,
        True,
        True,
    ]


def test_number_format_is_kept_in_cache_and_workbook() -> None:
    space = chart_of(KIND.LINE)
    data, _ = chart_data({"categories": ["a"], "series": [{"name": "n", "values": [1]}]}, PLACE)
    book = openpyxl.load_workbook(io.BytesIO(write_data(space, data).workbook()))
    assert space.find(f".//{C}val//{C}formatCode").text == '0.0" h"'
    assert book.worksheets[0]["B2"].number_format == '0.0" h"'


def test_references_name_the_cells_of_the_workbook() -> None:
    space, _ = filled(
        chart_of(KIND.PIE), {"categories": ["a", "b"], "series": [{"name": "n", "values": [1, 2]}]}
    )
    assert [f.text for f in space.iter(C + "f")] == [
        "Sheet1!$B$1",
        "Sheet1!$A$2:$A$3",
        "Sheet1!$B$2:$B$3",
    ]


def test_the_sheet_keeps_the_name_the_template_gave_it() -> None:
    space = chart_of(KIND.PIE)
    for formula in space.iter(C + "f"):
        formula.text = formula.text.replace("Sheet1", "'Ark 1'")
    data, _ = chart_data({"categories": ["a"], "series": [{"name": "n", "values": [1]}]}, PLACE)
    sheet = write_data(space, data)
    assert openpyxl.load_workbook(io.BytesIO(sheet.workbook())).sheetnames == ["Ark 1"]
    assert space.find(f".//{C}f").text == "'Ark 1'!$B$1"


def test_point_formatting_stays_where_the_point_is() -> None:
    space = chart_of(KIND.PIE, series=1)
    series = next(space.iter(C + "ser"))
    for index in (0, 2):
        point = etree.Element(C + "dPt")
        etree.SubElement(point, C + "idx", val=str(index))
        series.find(C + "cat").addprevious(point)
    filled(space, {"categories": ["a", "b"], "series": [{"name": "n", "values": [1, 2]}]})
    assert [p.find(C + "idx").get("val") for p in space.iter(C + "dPt")] == ["0"]


@pytest.mark.parametrize(
    "value",
    [None, {}, {"categories": [], "series": []}, {"categories": ["a", "b"], "series": []}],
    ids=["none", "nothing", "empty", "no series"],
)
@pytest.mark.parametrize("kind", [KIND.COLUMN_CLUSTERED, KIND.PIE], ids=["column", "pie"])
def test_no_data_leaves_a_legal_chart(kind: Any, value: Any) -> None:
    space, rows = filled(chart_of(kind), value)
    count = len((value or {}).get("categories", []))
    assert len(list(space.iter(C + "ser"))) == 1
    assert shown(space, "val") == [[None] * count]
    assert all(cell is None for row in rows for cell in row[1:])


def test_a_chart_drawn_without_series_gets_them() -> None:
    space = chart_of(KIND.COLUMN_CLUSTERED, series=0)
    filled(space, {"categories": ["a"], "series": [{"name": "n", "values": [3]}]})
    assert shown(space, "val") == [["3"]]
    plot = next(space.iter(C + "barChart"))
    assert [etree.QName(child).localname for child in plot][:3] == ["barDir", "grouping", "ser"]


def test_dates_and_numbers_as_categories_stay_numbers() -> None:
    days = [date(2026, 1, 1), date(2026, 2, 1)]
    space, rows = filled(
        chart_of(KIND.LINE), {"categories": days, "series": [{"name": "n", "values": [1, 2]}]}
    )
    assert shown(space, "cat") == [[str(serial(day)) for day in days]]
    assert space.find(f".//{C}cat//{C}formatCode").text == "yyyy-mm-dd"
    assert rows[1][0].date() == days[0]
    space, _ = filled(
        chart_of(KIND.LINE), {"categories": [2027, 2028], "series": [{"name": "n", "values": []}]}
    )
    assert shown(space, "cat") == [["2027", "2028"]]


def test_scatter_has_x_and_y_and_a_column_for_each_x() -> None:
    series = [
        {"name": "p", "x": [1, 2], "values": [10, 20]},
        {"name": "q", "x": [5], "values": [50]},
        {"name": "r", "x": [1, 2], "values": [11, 21]},
    ]
    space, rows = filled(xy_chart(KIND.XY_SCATTER, XyChartData()), {"series": series})
    assert shown(space, "xVal") == [["1", "2"], ["5", None], ["1", "2"]]
    assert shown(space, "yVal") == [["10", "20"], ["50", None], ["11", "21"]]
    assert rows[1] == (1, 10, 5, 50, 11)


def test_bubbles_have_sizes() -> None:
    series = [{"name": "p", "x": [1, 2], "values": [10, 20], "sizes": [3, 4]}]
    space, _ = filled(xy_chart(KIND.BUBBLE, BubbleChartData()), {"series": series})
    assert shown(space, "bubbleSize") == [["3", "4"]]
    order = [etree.QName(child).localname for child in next(space.iter(C + "ser"))]
    assert order.index("xVal") < order.index("yVal") < order.index("bubbleSize")


def test_labels_from_cells_follow_the_points() -> None:
    space = xy_chart(KIND.XY_SCATTER, XyChartData())
    series = next(space.iter(C + "ser"))
    extension = etree.SubElement(etree.SubElement(series, C + "extLst"), C + "ext")
    etree.SubElement(extension, C15 + "datalabelsRange")
    _, rows = filled(
        space, {"series": [{"name": "n", "x": [1, 2], "values": [3, 4], "labels": ["k", "l"]}]}
    )
    labels = space.find(f".//{C15}datalabelsRange")
    assert labels.findtext(C15 + "f") == "Sheet1!$C$2:$C$3"
    assert [v.text for v in labels.iter(C + "v")] == ["k", "l"]
    assert rows[2][2] == "l"


def test_a_plot_left_without_series_goes_with_its_axes() -> None:
    space = chart_of(KIND.COLUMN_CLUSTERED, series=1)
    lines = next(chart_of(KIND.LINE, series=1).iter(C + "plotArea"))
    area = next(space.iter(C + "plotArea"))
    line = lines.find(C + "lineChart")
    line.find(f"{C}ser/{C}order").set("val", "1")
    area.find(C + "barChart").addnext(line)
    for name, new in (("catAx", "7"), ("valAx", "8")):
        axis = lines.find(C + name)
        axis.find(C + "axId").set("val", new)
        area.append(axis)
    for link, new in zip(line.findall(C + "axId"), "78", strict=True):
        link.set("val", new)
    filled(space, {"categories": ["a"], "series": [{"name": "n", "values": [3]}]})
    kinds = [etree.QName(child).localname for child in area]
    assert "lineChart" not in kinds
    assert kinds.count("catAx") == kinds.count("valAx") == 1


def test_title_is_written_into_the_first_run() -> None:
    data = CategoryChartData()
    data.categories = ["a"]
    data.add_series("s", [1])
    presentation = Presentation()
    slide = presentation.slides.add_slide(presentation.slide_layouts[5])
    chart = slide.shapes.add_chart(KIND.PIE, 0, 0, Cm(9), Cm(9), data).chart
    chart.chart_title.text_frame.text = "Old"
    filled(chart._chartSpace, {"title": "New & fine", "categories": [], "series": []})
    assert chart.chart_title.text_frame.text == "New & fine"


def test_a_chart_without_a_workbook_gets_a_link_in_its_place() -> None:
    space = chart_of(KIND.PIE)
    space.remove(space.find(C + "externalData"))
    etree.SubElement(space, C + "printSettings")
    assert workbook_id(space) is None
    link_workbook(space, "rId9")
    assert workbook_id(space) == "rId9"
    assert [etree.QName(child).localname for child in space][-2:] == [
        "externalData",
        "printSettings",
    ]


@pytest.mark.parametrize("value", ["text", 3, {"categories": "abc"}, {"series": [1, 2]}])
def test_what_is_no_chart_data_is_a_finding(value: Any) -> None:
    data, findings = chart_data(value, PLACE)
    assert data == ChartData()
    assert [(f.code, f.place) for f in findings] == [("chart-data", PLACE)]


def test_values_that_are_no_numbers_are_findings_and_gaps() -> None:
    data, findings = chart_data(
        {"categories": ["a", "b"], "series": [{"name": "n", "values": ["12", float("nan"), 3]}]},
        PLACE,
    )
    assert [f.code for f in findings] == ["chart-number", "chart-number", "chart-length"]
    assert data.series[0].values == (None, None, 3)
    assert data.categories == ("a", "b", None)


def test_the_workbook_is_the_same_bytes_each_time() -> None:
    value = {"categories": ["a"], "series": [{"name": "n", "values": [1]}]}
    data, _ = chart_data(value, PLACE)
    first = write_data(chart_of(KIND.PIE), data).workbook()
    assert write_data(chart_of(KIND.PIE), data).workbook() == first


def test_control_characters_are_dropped() -> None:
    value = {"categories": ["a\x07b"], "series": [{"name": "n\x00", "values": [1]}]}
    space, rows = filled(chart_of(KIND.PIE), value)
    assert shown(space, "cat") == [["ab"]]
    assert rows[0][1] == "n"


def test_refresh_rewrites_the_caches_it_can_look_up() -> None:
    space = chart_of(KIND.LINE, series=1, points=2)
    cells = {"Sheet1!$A$2:$A$3": ["x", None, "z"], "Sheet1!$B$2:$B$3": [1, "n/a", 3.5]}
    refresh(space, cells.get)
    assert shown(space, "cat") == [["x", None, "z"]]
    assert shown(space, "val") == [["1", None, "3.5"]]
    assert shown(space, "tx") == [["s0"]]
    assert space.find(f".//{C}val//{C}formatCode").text == '0.0" h"'
