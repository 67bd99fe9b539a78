"""The theme part and the deterministic package."""

import io
import zipfile

import pytest
from docx import Document as WordDocument
from lxml import etree

from toolkit.author.archive import CREATED, normalised, packed
from toolkit.author.theme import theme_xml
from toolkit.author.wording import Wording
from toolkit.brand import DEFAULT, SLOTS, Brand
from toolkit.language import Labels
from toolkit.office.package.markup import q


def test_theme_holds_the_slots_and_fonts():
    slots = Brand(primary="F6C945", font="Georgia").theme
    root = etree.fromstring(theme_xml(slots))
    scheme = root.find(f"{q('a:themeElements')}/{q('a:clrScheme')}")
    assert {etree.QName(c).localname: c[0].get("val") for c in scheme} == {
        slot: slots[slot] for slot in SLOTS
    }
    assert {e.get("typeface") for e in root.iter(q("a:latin"))} == {"Georgia"}


def test_theme_is_flat():
    root = etree.fromstring(theme_xml(DEFAULT.theme))
    assert not list(root.iter(q("a:gradFill"), q("a:effectDag"), q("a:outerShdw")))


def test_packed_parts_stand_in_order_without_clock_time():
    data = packed({"b.xml": b"<b/>", "a.xml": b"<a/>", "[Content_Types].xml": b"<c/>"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    assert [i.filename for i in infos] == ["[Content_Types].xml", "a.xml", "b.xml"]
    assert {i.date_time for i in infos} == {(1980, 1, 1, 0, 0, 0)}


def test_normalised_takes_the_library_out():
    stream = io.BytesIO()
    WordDocument().save(stream)
    data = normalised(stream.getvalue())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert "python-docx" not in core.split("<dc:description>")[0]
    assert CREATED in core
    assert normalised(data) == data


@pytest.mark.parametrize(
    ("key", "text"),
    [("d.02", "Interessentanalyse og forankringsplan"), ("f.hours", "{{ t('f.hours') }}")],
)
def test_wording_writes_a_label_or_its_tag(key, text):
    assert Wording(Labels.load("nb"))(key) == text
