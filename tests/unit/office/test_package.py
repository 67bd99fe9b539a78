"""Packages: read leniently, write deterministically, keep what was not touched."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree
from workbook_reading import rewritten

from toolkit.finding import LimitError, TemplateError
from toolkit.office import compile
from toolkit.office.package import archive
from toolkit.office.package.package import Package


@pytest.fixture
def letter() -> bytes:
    document = docx.Document()
    document.add_paragraph("Dear {{ name }}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        assert file.testzip() is None
        return {name: file.read(name) for name in file.namelist()}


def test_saving_untouched_keeps_every_part_and_the_order(letter: bytes) -> None:
    assert list(_members(Package.open(letter).save()).items()) == list(_members(letter).items())


def test_saving_twice_gives_the_same_bytes(letter: bytes) -> None:
    assert Package.open(letter).save() == Package.open(letter).save()


def test_only_the_changed_part_changes(letter: bytes) -> None:
    package = Package.open(letter)
    package.tree("word/document.xml")[0][0].set("changed", "yes")
    package.store("word/document.xml")
    before, after = _members(letter), _members(package.save())
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}


def test_a_copy_does_not_change_its_original(letter: bytes) -> None:
    package = Package.open(letter)
    copy = package.copy()
    copy.write("word/document.xml", b"<x/>")
    copy.remove("docProps/core.xml")
    assert "docProps/core.xml" in package
    assert package.read("word/document.xml") != b"<x/>"


def test_a_new_part_has_relationship_and_content_type(letter: bytes) -> None:
    package = Package.open(letter)
    name = package.new_name("word/media/image{}.png")
    package.write(name, b"png")
    package.set_default_type("png", "image/png")
    rel_id = package.add_rel("word/document.xml", "image", name)
    again = Package.open(package.save())
    relation = again.rel("word/document.xml", rel_id)
    assert relation is not None
    assert (relation.word, relation.target) == ("image", "word/media/image1.png")
    assert again.content_type(name) == "image/png"


def test_a_removed_part_takes_its_content_type_with_it(letter: bytes) -> None:
    package = Package.open(letter)
    package.remove("word/styles.xml")
    again = Package.open(package.save())
    assert "word/styles.xml" not in again
    assert b"/word/styles.xml" not in again.read("[Content_Types].xml")


def test_a_copied_part_has_relationships_and_type(letter: bytes) -> None:
    package = Package.open(letter)
    package.copy_part("word/document.xml", "word/second.xml")
    assert package.rels("word/second.xml") == package.rels("word/document.xml")
    assert package.content_type("word/second.xml") == package.content_type("word/document.xml")


def test_kind_and_main_part_come_from_the_content_not_the_name(letter: bytes) -> None:
    package = Package.open(letter, "odd.bin")
    assert (package.kind, package.main) == ("docx", "word/document.xml")


def test_a_template_kind_becomes_a_document(letter: bytes) -> None:
    package = Package.open(letter)
    kind = package.content_type(package.main)
    package.set_content_type(package.main, kind.replace("document.main", "template.main"))
    package.make_plain()
    assert package.content_type(package.main) == kind


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04 cut off", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_office_file_is_said_so(data: bytes) -> None:
    with pytest.raises(TemplateError) as error:
        Package.open(data)
    assert [f.code for f in error.value.findings] == ["package-not-office"]


def test_an_encrypted_or_old_file_is_said_so() -> None:
    with pytest.raises(TemplateError) as error:
        Package.open(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old.doc")
    assert error.value.findings[0].code == "package-old-or-locked"


def test_a_missing_file_and_a_folder_are_said_so(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "no.docx", "file-missing"), (tmp_path, "file-unreadable")):
        with pytest.raises(TemplateError) as error:
            Package.open(path)
        assert error.value.findings[0].code == code


def test_a_file_too_large_is_a_limit(letter: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_TOTAL_BYTES", 1000)
    with pytest.raises(LimitError) as error:
        Package.open(letter)
    assert error.value.findings[0].code == "package-too-large"


def test_a_damaged_part_is_told_with_its_name(letter: bytes) -> None:
    package = Package.open(letter)
    package.write("word/document.xml", b"<w:document><w:body>")
    with pytest.raises(TemplateError) as error:
        package.tree("word/document.xml")
    assert dict(error.value.findings[0].params)["part"] == "word/document.xml"


def test_entities_and_document_types_are_refused(letter: bytes) -> None:
    package = Package.open(letter)
    bomb = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]><a>&c;</a>'
    package.write("word/document.xml", bomb)
    with pytest.raises(TemplateError) as error:
        package.tree("word/document.xml")
    assert error.value.findings[0].code == "package-part-broken"


def test_lists_of_parts_leave_without_doubles_and_what_office_does_not_read(
    letter: bytes,
) -> None:
    def spoiled(part: bytes) -> bytes:
        first = part.index(b"/>") + 2
        start = part.rindex(b"<", 0, first)
        return part[:first] + b"noise" + part[start:first] + b"<x/>" + part[first:]

    data = letter
    lists = ("[Content_Types].xml", "_rels/.rels", "word/_rels/document.xml.rels")
    for name in lists:
        data = rewritten(data, name, spoiled)
    out = zipfile.ZipFile(io.BytesIO(compile(data).render({"name": "Ada"})))
    sound = zipfile.ZipFile(io.BytesIO(letter))
    for name in lists:
        assert _entries(out.read(name)) == _entries(sound.read(name))


def _entries(part: bytes) -> list[tuple[str, str | None, dict[str, str], str]]:
    found = etree.fromstring(part)
    return [(str(item.tag), item.text, dict(item.attrib), (item.tail or "").strip())
            for item in found]  # fmt: skip
