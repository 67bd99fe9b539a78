"""Whose file it is: any of three places is enough, and the name of the file is none of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from lxml import etree
from returned_files import (
    SETTINGS,
    changed,
    codes,
    packed,
    read_back,
    reason,
    replaced,
    ros,
    sent_file,
    sheet_of,
    sheet_part,
    unpacked,
    values,
)

from toolkit.collect.identify import Expected, pairs_of_text
from toolkit.collect.read import Given, Reader, read_file
from toolkit.finding import LANGUAGES
from toolkit.office.package.markup import Element, q

CUSTOM = "docProps/custom.xml"
BODY = "word/document.xml"


def no_properties(data: bytes) -> bytes:
    def clear(root: Element) -> None:
        root[:] = []

    return changed(data, CUSTOM, clear)


def no_meta(data: bytes) -> bytes:
    """The hidden sheet is deleted."""

    def drop(root: Element) -> None:
        sheet = next(s for s in root.iter(q("x:sheet")) if s.get("name") == "_meta")
        sheet.getparent().remove(sheet)

    return changed(data, "xl/workbook.xml", drop)


def no_names(data: bytes) -> bytes:
    def drop(root: Element) -> None:
        for name in list(root.iter(q("x:definedName"))):
            if name.get("name", "").startswith("veikart_"):
                name.getparent().remove(name)

    return changed(data, "xl/workbook.xml", drop)


Damage = Callable[[bytes], bytes]


@pytest.mark.parametrize(
    "lost",
    [
        (),
        (no_properties,),
        (no_meta,),
        (no_names,),
        (no_meta, no_names),
        (no_properties, no_names),
        (no_properties, no_meta),
    ],
)
def test_one_place_is_enough(lost: tuple[Damage, ...]) -> None:
    data = ros()
    whole = read_back(data)
    for damage in lost:
        data = damage(data)
    returned = read_back(data, "noe helt annet.xlsx")
    assert dict(returned.identity) == dict(whole.identity)
    assert (returned.doc, returned.copy_id) == ("d.23", whole.copy_id)


def test_a_renamed_hidden_sheet_still_tells() -> None:
    data = no_names(no_properties(ros()))
    data = replaced(data, "xl/workbook.xml", 'name="_meta"', 'name="Ark1"')
    assert read_back(data).identity["project_id"] == "trygg-natt"


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_any_stamp_the_tables_tell_the_document(language: str) -> None:
    data = no_meta(no_names(no_properties(ros(language))))
    returned = read_back(data)
    assert (returned.doc, returned.lang, dict(returned.identity)) == ("d.23", language, {})
    assert "unidentified" in codes(returned)
    assert values(returned)["risks", "ri01", "f.risk_category"] == "patient_safety"
    assert returned.copy_id == ""
    assert dict(returned.sent) == {}


def test_the_projects_own_names_tell_references_without_a_stamp() -> None:
    names = {"role": {"ro09": "IT-ansvarlig"}}
    reader = Reader(replace(SETTINGS, names=names))
    data = no_meta(no_names(no_properties(ros())))
    assert values(read_back(data, reader=reader))["risks", "ri01", "f.responsible"] == "ro09"


def test_places_that_disagree_are_told() -> None:
    data = replaced(ros(), CUSTOM, ">d.23<", ">d.12<")
    returned = read_back(data)
    assert returned.doc == "d.23"
    assert codes(returned) == ["identity-differs"]


def with_identity(key: str, value: str) -> bytes:
    data = ros()
    old = read_back(data).identity[key]
    data = replaced(data, CUSTOM, f">{old}<", f">{value}<")
    data = replaced(data, "xl/workbook.xml", f'"{old}"', f'"{value}"')
    return no_meta(data)


def test_files_of_another_project_are_rejected() -> None:
    expected = replace(SETTINGS, expected=Expected("annet-prosjekt"))
    assert reason(ros(), reader=Reader(expected)) == "file-other-project"
    assert reason(ros(), reader=Reader(replace(SETTINGS, expected=Expected("trygg-natt")))) == ""


def test_files_of_an_older_kit_are_read_and_told() -> None:
    reader = Reader(replace(SETTINGS, expected=Expected("trygg-natt", "nyere")))
    returned = read_back(ros(), reader=reader)
    assert codes(returned) == ["older-kit"]
    assert "2026-05-01" in returned.findings[0].message()


def test_files_of_a_newer_toolkit_are_rejected() -> None:
    assert reason(with_identity("schema_version", "2")) == "file-newer"


def test_documents_that_are_not_read_back_are_rejected() -> None:
    assert reason(with_identity("doc", "d.99")) == "document-unread"
    assert reason(sent_file("overview", "docx")) == "document-unread"


def test_foreign_workbooks_and_forms_are_rejected() -> None:
    data = no_meta(no_names(no_properties(ros())))

    def empty(root: Element) -> None:
        next(root.iter(q("x:sheetData")))[:] = []

    foreign = sheet_of(data, "Risikoer", empty)
    foreign = sheet_of(foreign, "Om dokumentet", empty)
    assert reason(foreign) == "file-foreign"
    form = packed(unpacked(sent_file("evaluation", "docx")) | {BODY: WORD})
    assert reason(no_properties(form)) == "file-foreign"


WORD = (
    b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b"<w:body><w:p><w:r><w:t>Hei</w:t></w:r></w:p></w:body></w:document>"
)


# --- forms ------------------------------------------------------------------------------------


def test_a_form_is_known_by_its_properties_or_its_hidden_paragraph() -> None:
    data = sent_file("evaluation", "docx")
    whole = read_back(data)

    def unstamp(root: Element) -> None:
        for sdt in list(root.iter(q("w:sdt"))):
            if any(tag.get(q("w:val")) == "_meta" for tag in sdt.iter(q("w:tag"))):
                sdt.getparent().remove(sdt)

    assert dict(read_back(no_properties(data)).identity) == dict(whole.identity)
    by_properties = read_back(changed(data, BODY, unstamp))
    assert dict(by_properties.identity) == dict(whole.identity)
    assert dict(by_properties.sent) == {}
    unidentified = read_back(no_properties(changed(data, BODY, unstamp)))
    assert (unidentified.doc, codes(unidentified)) == ("d.16", ["unidentified"])


def test_a_stamp_that_has_become_visible_still_tells() -> None:
    def show(root: Element) -> None:
        for mark in list(root.iter(q("w:vanish"))):
            mark.getparent().remove(mark)

    data = no_properties(changed(sent_file("evaluation", "docx"), BODY, show))
    assert read_back(data).doc == "d.16"


def test_the_pairs_of_a_form() -> None:
    text = 'kit_id=a; doc=d.16; period=; \nsent.form.={"f.x":"a; b=c"}; \nnames.role={"r":"t"}'
    assert pairs_of_text(text) == (
        ("kit_id", "a"),
        ("doc", "d.16"),
        ("period", ""),
        ("sent.form.", '{"f.x":"a; b=c"}'),
        ("names.role", '{"r":"t"}'),
    )


def test_one_file_by_itself() -> None:
    returned = read_file(Given("a.xlsx", ros()), SETTINGS)
    assert returned.sha256
    assert returned.size == len(ros())
    assert etree.fromstring(unpacked(ros())[sheet_part(ros(), "_meta")]) is not None
