"""Theme colours written out for programs that do not read the theme."""

from toolkit.author.word import build
from toolkit.brand import DEFAULT, Brand
from toolkit.document import Document
from toolkit.language import Labels
from toolkit.office.package.markup import q
from toolkit.office.package.package import Package
from toolkit.office.package.theme import write_theme
from toolkit.office.word.theme import write_colours

LIGHT = Brand(primary="F6C945", accent="B3261E").theme
PARTS = ("word/document.xml", "word/styles.xml")


def plan(theme):
    sections = {"h.an.key": {"columns": [{"field": "f.stakeholder"}], "options": {"blank": 1}}}
    given = {"id": "test", "format": "docx", "doc": "d.02", "title": "d.02", "sections": sections}
    return Package.open(build(Document(**given), Labels.load("nb"), theme), "test.docx")


def colours(package):
    return [
        (element.tag, dict(element.attrib))
        for name in PARTS
        for element in package.tree(name).iter()
        if element.get(q("w:themeColor")) or element.get(q("w:themeFill"))
    ]


def test_every_colour_becomes_the_brand_s():
    package = plan(DEFAULT.theme)
    write_colours(package, LIGHT)
    assert colours(package) == colours(plan(LIGHT))


def test_shades_of_a_slot_stay():
    package = plan(DEFAULT.theme)
    before = [line for line in colours(package) if q("w:themeShade") in line[1]]
    write_colours(package, LIGHT | {"lt1": "FFFEFA"})
    after = [line for line in colours(package) if q("w:themeShade") in line[1]]
    assert before
    assert before == after


def test_the_same_theme_changes_no_part():
    package = plan(DEFAULT.theme)
    before = {name: package.read(name) for name in PARTS}
    write_colours(package, DEFAULT.theme)
    assert {name: package.read(name) for name in PARTS} == before


def test_a_theme_is_written_beside_its_names():
    package = plan(DEFAULT.theme)
    write_theme(package, LIGHT)
    assert colours(package) == colours(plan(LIGHT))
