"""Word templates filled by the engine: what a reader and a later reading-back find in them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from docx import Document as WordDocument
from lxml import etree

from toolkit.author.specimens import BRANDS, write_specimens
from toolkit.document import load_documents, shipped_templates
from toolkit.finding import LANGUAGES
from toolkit.office import outline
from toolkit.office.package.markup import q
from toolkit.office.package.package import Package
from toolkit.produce.answers import read_answers
from toolkit.produce.editions import editions_of
from toolkit.produce.filling import fill_all
from toolkit.produce.request import Request
from toolkit.project import read_description

REPOSITORY = Path(__file__).parents[3]
EXAMPLES = REPOSITORY / "examples"
VALUE, NAME = q("w:val"), q("w:name")


@dataclass(frozen=True)
class Made:
    """A filled document: which it is, whose, and its bytes."""

    id: str
    role: str
    data: bytes

    @property
    def body(self):
        package = Package.open(self.data, self.id)
        return package.tree(package.main)


@cache
def kit(example, language):
    request = Request(EXAMPLES / example / "project.yaml", Path("nowhere"), languages=(language,))
    description = read_description(request.description)
    documents = tuple(d for d in load_documents(shipped_templates()) if d.format == "docx")
    (edition,) = editions_of(description, documents, request, read_answers(request.out))
    filled = list(fill_all(edition, documents, description.folder))
    assert not [finding for one in filled for finding in one.findings]
    return [Made(one.file.copy.document.id, one.file.copy.role, one.data) for one in filled]


def one(name, language="nb", role="", example="trygg-natt"):
    return next(m for m in kit(example, language) if m.id == name and role in ("", m.role))


def tags(body):
    return [tag.get(VALUE) for tag in body.iter(q("w:tag"))]


def said(element):
    return "".join(t.text or "" for t in element.iter(q("w:t")))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("example", ["trygg-natt", "minimal"])
def test_no_tag_is_left_anywhere(example, language, tmp_path):
    for number, made in enumerate(kit(example, language)):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(made.data)
        texts = [line.text for line in outline(path)]
        attributes = [v for element in made.body.iter() for v in element.attrib.values()]
        assert not [text for text in (*texts, *attributes) if "{{" in text or "{%" in text]


def test_the_evaluation_asks_what_the_role_can_answer():
    manager, user = one("evaluation", role="manager"), one("evaluation", role="user")
    assert "d16.effects_2" in tags(manager.body)
    assert "d16.effects_2" not in tags(user.body)
    assert tags(user.body)[:2] == ["d16.respondent_role", "d16.unit"]
    assert tags(user.body)[-5:] == [
        "d16.works_well",
        "d16.works_badly",
        "d16.improvement",
        "d16.new_effects",
        "_meta",
    ]


def test_the_evaluation_names_the_role_in_its_list():
    control = next(one("evaluation", "fi", "manager").body.iter(q("w:sdt")))
    assert said(control) == "Esihenkilö"
    labels = [item.get(q("w:displayText")) for item in control.iter(q("w:listItem"))]
    assert "Työntekijä" in labels


def test_units_are_offered():
    unit = list(one("evaluation").body.iter(q("w:sdt")))[1]
    labels = [item.get(q("w:displayText")) for item in unit.iter(q("w:listItem"))]
    assert labels[0] == "Hjemmetjenesten sone Nord"
    assert unit.find(f"{q('w:sdtPr')}/{q('w:showingPlcHdr')}") is not None


def test_rows_of_the_plan_are_marked_by_stakeholder():
    marks = [tag for tag in tags(one("anchoring-plan").body) if tag.startswith("row:")]
    assert marks[:3] == ["row:st03", "row:st05", "row:st08"]
    assert len([mark for mark in marks if mark == "row:st03"]) == 3


def test_the_plan_shows_where_attitudes_must_move():
    texts = [said(cell) for cell in one("anchoring-plan").body.iter(q("w:tc"))]
    assert "▲ 2" in texts
    assert "0" in texts


def test_an_empty_plan_asks_instead_of_showing_empty_tables():
    document = one("anchoring-plan", example="minimal")
    texts = [said(p) for p in document.body.iter(q("w:p"))]
    assert texts.count("Ikke fylt ut ennå") == 2
    assert "Ingen interessenter er registrert som skeptiske" in texts
    for table in document.body.iter(q("w:tbl")):
        assert len(list(table.iter(q("w:tr")))) >= 1


def test_dates_are_asked_for_in_the_country_s_order():
    formats = {
        language: next(one("anchoring-plan", language).body.iter(q("w:dateFormat"))).get(VALUE)
        for language in LANGUAGES
    }
    assert (formats["nb"], formats["sv"]) == ("dd.MM.yyyy", "yyyy-MM-dd")


def test_identity_is_the_same_in_all_three_places():
    made = one("evaluation", role="it")
    package = Package.open(made.data, "evaluation")
    properties = {p.get("name"): p[0].text for p in package.tree("docProps/custom.xml")}
    stamp = next(c for c in made.body.iter(q("w:sdt")) if "_meta" in tags(c))
    pairs = dict(pair.split("=", 1) for pair in said(stamp).split("; "))
    assert {name: text or "" for name, text in properties.items()}.items() <= pairs.items()
    assert set(pairs) - set(properties) >= {"names.unit"}
    assert (pairs["doc"], pairs["respondent_role"]) == ("d.16", "it")
    paragraph = next(p for p in made.body.iter(q("w:p")) if "copy_id=" in said(p))
    assert next(paragraph.iter(q("w:bookmarkStart"))).get(NAME) == "_meta"


def test_the_overview_leads_to_every_document():
    package = Package.open(one("overview").data, "overview")
    targets = [r.target for r in package.rels(package.main) if r.word == "hyperlink"]
    assert "fase-1-forankring/02_interessentanalyse-og-forankringsplan_nb.docx" in targets
    assert "fase-4-pilotering" in targets


def test_the_title_property_is_in_the_language(tmp_path):
    path = tmp_path / "plan.docx"
    path.write_bytes(one("anchoring-plan", "sv").data)
    properties = WordDocument(path).core_properties
    assert properties.title.startswith("Intressentanalys och förankringsplan – Trygg natt")
    assert properties.language == "sv-SE"


def test_specimens_are_drawn_in_every_brand(tmp_path):
    source = REPOSITORY / "docs" / "specimen"
    for name in ("data.yaml", "logo.png", "docx/specimen.yaml"):
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes((source / name).read_bytes())
    written = write_specimens(tmp_path)
    assert [path.name for path in written] == [f"docx-{brand}.docx" for brand in BRANDS]
    for path, brand in zip(written, BRANDS.values(), strict=True):
        theme = Package.open(path, path.name).tree("word/theme/theme1.xml")
        assert brand.primary in etree.tostring(theme).decode()
