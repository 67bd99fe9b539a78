"""Placeholder pictures beside the slide itself: in its notes, in layouts and masters."""

from __future__ import annotations

import io
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Cm

from toolkit.finding import TemplateError
from toolkit.office import compile
from toolkit.office.package.markup import q
from toolkit.office.package.package import Package

NOTES = "ppt/notesSlides/notesSlide"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for colour in ("red", "blue", "grey"):
        Image.new("RGB", (20, 10), colour).save(tmp_path / f"{colour}.png")
    return tmp_path


def put(holder: Any, slide: Any, folder: Path, alt: str) -> None:
    """The grey picture on notes, a layout or a master, which python-pptx has no way to do."""
    picture = slide.shapes.add_picture(str(folder / "grey.png"), Cm(1), Cm(1), Cm(4), Cm(4))
    old = picture._element.blipFill.blip.rEmbed
    image = slide.part.related_part(old)
    copy = deepcopy(picture._element)
    copy.blipFill.blip.rEmbed = holder.part.relate_to(image, RELATIONSHIP_TYPE.IMAGE)
    copy.nvPicPr.cNvPr.set("descr", alt)
    holder.shapes._spTree.append(copy)
    picture._element.getparent().remove(picture._element)
    slide.part.drop_rel(old)


def noted(folder: Path, alt: str) -> bytes:
    """A slide for each colour, with a picture in its notes."""
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    notes = slide.notes_slide
    notes.notes_text_frame.text = "{% for c in colours %}"
    put(notes, slide, folder, alt)
    return saved(deck)


def saved(deck: Any) -> bytes:
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


def pictures(package: Package, part: str) -> list[tuple[bytes, str]]:
    """The bytes and the alt text of the pictures of a part."""
    found = []
    for shape in package.tree(part).iter(q("p:pic")):
        blip, name = next(shape.iter(q("a:blip"))), next(shape.iter(q("p:cNvPr")))
        relation = package.rel(part, blip.get(q("r:embed"), ""))
        assert relation is not None
        found.append((package.read(relation.target), name.get("descr", "")))
    return found


def media(package: Package) -> int:
    return sum("/media/" in name for name in package.names())


def test_a_picture_in_the_notes_is_there_on_every_round(folder: Path) -> None:
    out = compile(noted(folder, "Plain")).render({"colours": ["red", "blue"]}, base=folder)
    package = Package.open(out)
    grey = ((folder / "grey.png").read_bytes(), "Plain")
    assert [pictures(package, f"{NOTES}{n}.xml") for n in (1, 2)] == [[grey], [grey]]
    assert media(package) == 1


def test_a_picture_in_the_notes_is_that_of_its_round(folder: Path) -> None:
    template = compile(noted(folder, "{{ image(c ~ '.png') }}A {{ c }}"))
    package = Package.open(template.render({"colours": ["red", "blue"]}, base=folder))
    assert [pictures(package, f"{NOTES}{n}.xml") for n in (1, 2)] == [
        [((folder / f"{c}.png").read_bytes(), f"A {c}")] for c in ("red", "blue")
    ]
    assert media(package) == 2


def test_what_is_wrong_with_a_picture_in_the_notes_names_them(folder: Path) -> None:
    template = compile(noted(folder, "{{ image(c) }}"), name="d.pptx")
    template.render({"colours": ["gone.png"]}, base=folder)
    (found,) = template.findings
    assert found.code == "picture-missing"
    assert found.place.steps[:2] == (("slide", 1), ("notes", ""))


@pytest.mark.parametrize("on", ["layout", "master"])
def test_a_logo_on_a_layout_or_the_master(folder: Path, on: str) -> None:
    deck = Presentation()
    layout = deck.slide_layouts[5]
    slide = deck.slides.add_slide(layout)
    put(layout if on == "layout" else layout.slide_master, slide, folder, "{{ image(logo) }}Logo")
    package = Package.open(compile(saved(deck)).render({"logo": "red.png"}, base=folder))
    part = f"ppt/slide{on.title()}s/slide{on.title()}"
    part += "6.xml" if on == "layout" else "1.xml"
    assert pictures(package, part) == [((folder / "red.png").read_bytes(), "Logo")]
    assert media(package) == 1
    gone = Package.open(compile(saved(deck)).render({"logo": None}, base=folder))
    assert pictures(gone, part) == []


def test_a_logo_tag_on_a_text_box_of_the_master_is_told() -> None:
    deck = Presentation()
    box = deck.slides.add_slide(deck.slide_layouts[5]).shapes.add_textbox(0, 0, Cm(2), Cm(2))
    box._element.nvSpPr.cNvPr.set("descr", "{{ image('a.png') }}")
    deck.slide_masters[0].shapes._spTree.append(deepcopy(box._element))
    box._element.getparent().remove(box._element)
    with pytest.raises(TemplateError) as error:
        compile(saved(deck)).render({})
    (found,) = error.value.findings
    assert (found.code, found.place.steps[0][0]) == ("placeholder-not-picture", "layout")
    assert dict(found.params)["tag"] == "{{ image(…) }}"
