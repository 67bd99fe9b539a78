"""Slides are copied with what is theirs and dropped with it; lists and counts follow."""

from __future__ import annotations

import io

from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm

from toolkit.office.package.markup import q
from toolkit.office.package.package import Package
from toolkit.office.slides.deck import count, entries, new_identity, relist, unique_rows
from toolkit.office.slides.parts import copy_slide, numbered, remove_slide

P14 = "http://schemas.microsoft.com/office/powerpoint/2010/main"
SLIDE = "ppt/slides/slide1.xml"


def deck(slides: int = 2) -> Package:
    """Slides named s1, s2 …, each with a chart and notes; one section and one custom show."""
    presentation = Presentation()
    for number in range(slides):
        slide = presentation.slides.add_slide(presentation.slide_layouts[5])
        slide.shapes.title.text = f"s{number + 1}"
        data = CategoryChartData()
        data.categories = ["a"]
        data.add_series("x", [number])
        slide.shapes.add_chart(XL_CHART_TYPE.PIE, 0, 0, Cm(5), Cm(5), data)
        slide.notes_slide.notes_text_frame.text = f"n{number + 1}"
    buffer = io.BytesIO()
    presentation.save(buffer)
    package = Package.open(buffer.getvalue(), "deck.pptx")
    _section_and_show(package)
    return package


def _section_and_show(package: Package) -> None:
    root = package.tree(package.main)
    ids = "".join(f'<p14:sldId id="{entry.id}"/>' for entry in entries(package))
    shown = "".join(f'<p:sld r:id="{entry.rel_id}"/>' for entry in entries(package))
    names = f'xmlns:p14="{P14}" xmlns:p="{q("p:x")[1:-2]}" xmlns:r="{q("r:x")[1:-2]}"'
    root.append(
        etree.fromstring(
            f'<p:custShowLst {names}><p:custShow name="A" id="0"><p:sldLst>{shown}</p:sldLst>'
            "</p:custShow></p:custShowLst>"
        )
    )
    root.append(
        etree.fromstring(
            f'<p:extLst {names}><p:ext uri="{{521415D9-36F7-43E2-AB2F-B90AF26B5E84}}">'
            f'<p14:sectionLst><p14:section name="S" id="{{1}}"><p14:sldIdLst>{ids}'
            "</p14:sldIdLst></p14:section></p14:sectionLst></p:ext></p:extLst>"
        )
    )
    package.store(package.main)


def titles(package: Package) -> list[str]:
    saved = Presentation(io.BytesIO(package.save()))
    return [slide.shapes.title.text for slide in saved.slides]


def in_section(package: Package) -> list[str | None]:
    return [e.get("id") for e in package.tree(package.main).iter(f"{{{P14}}}sldId")]


def in_show(package: Package) -> list[str | None]:
    return [e.get(q("r:id")) for e in package.tree(package.main).iter(q("p:sld"))]


def test_a_copy_has_parts_of_its_own_and_shares_the_layout() -> None:
    package = deck(1)
    renamed = copy_slide(package, SLIDE)
    copy = renamed[SLIDE]
    assert copy == "ppt/slides/slide2.xml"
    assert len(renamed) == 4
    assert package.related(copy, "slideLayout") == package.related(SLIDE, "slideLayout")
    chart, notes = package.related(copy, "chart")[0], package.related(copy, "notesSlide")[0]
    assert package.related(notes, "slide") == [copy]
    workbook = package.related(chart, "package")[0]
    assert workbook not in package.related(package.related(SLIDE, "chart")[0], "package")
    assert all(
        package.content_type(new) == package.content_type(old) for old, new in renamed.items()
    )


def test_copies_follow_their_slide_in_list_section_and_show() -> None:
    package = deck()
    first = entries(package)[0]
    relist(package, first, [copy_slide(package, SLIDE)[SLIDE] for _ in range(2)])
    assert titles(package) == ["s1", "s1", "s1", "s2"]
    assert in_section(package) == [str(e.id) for e in entries(package)]
    assert in_show(package) == [e.rel_id for e in entries(package)]
    assert len(set(in_section(package))) == 4


def test_a_dropped_slide_takes_its_parts_and_references_with_it() -> None:
    package = deck()
    relist(package, entries(package)[0], None)
    remove_slide(package, SLIDE)
    assert titles(package) == ["s2"]
    assert in_section(package) == [str(e.id) for e in entries(package)]
    assert in_show(package) == [e.rel_id for e in entries(package)]
    assert len(package.related("ppt/slides/slide2.xml", "chart")) == 1
    kinds = ("slides/slide", "charts/chart", "notesSlides/notes", "embeddings/")
    names = package.names()
    assert [sum(kind in name and "_rels" not in name for name in names) for kind in kinds] == [
        1
    ] * 4


def test_a_workbook_two_charts_share_stays() -> None:
    package = deck()
    charts = [package.related(f"ppt/slides/slide{n}.xml", "chart")[0] for n in (1, 2)]
    shared = package.related(charts[0], "package")[0]
    package.set_rel(charts[1], package.rels(charts[1])[0].id, shared)
    remove_slide(package, SLIDE)
    assert shared in package
    assert charts[0] not in package


def test_a_show_without_slides_is_gone() -> None:
    package = deck(1)
    relist(package, entries(package)[0], None)
    assert in_show(package) == []
    assert package.tree(package.main).find(q("p:custShowLst")) is None


def test_counts_follow_and_the_list_of_titles_is_left_to_office() -> None:
    package = deck()
    relist(package, entries(package)[0], [copy_slide(package, SLIDE)[SLIDE]])
    count(package)
    root = package.tree("docProps/app.xml")
    assert root.findtext(q("ep:Slides")) == "3"
    assert root.findtext(q("ep:Notes")) == "3"
    assert root.find(q("ep:TitlesOfParts")) is None


def test_repeated_rows_get_ids_of_their_own() -> None:
    root = etree.fromstring(
        '<t><r><m:rowId xmlns:m="urn:m" val="7"/></r><r><m:rowId xmlns:m="urn:m" val="7"/></r>'
        '<r><m:rowId xmlns:m="urn:m" val="8"/></r></t>'
    )
    unique_rows(root)
    assert [e.get("val") for e in root.iter("{urn:m}rowId")] == ["7", "9", "8"]


def test_a_copy_gets_a_creation_id_of_its_own() -> None:
    root = etree.fromstring(f'<s xmlns:p14="{P14}"><p14:creationId val="5"/></s>')
    new_identity(root, 1)
    assert root[0].get("val") != "5"


def test_numbers_at_the_end_make_the_pattern() -> None:
    assert numbered("ppt/charts/chart12.xml") == "ppt/charts/chart{}.xml"
    assert numbered("ppt/embeddings/Sheet.xlsx") == "ppt/embeddings/Sheet{}.xlsx"
