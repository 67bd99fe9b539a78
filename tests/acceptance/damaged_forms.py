"""What people do to a Word form: the kinds of damage, with what is recovered and what is told."""

from __future__ import annotations

import copy
from collections.abc import Callable

from damage import Damage, after
from lxml import etree
from returned_files import changed, packed, read_back, sent_file, unpacked
from test_read_form import answered, control, unwrapped, write

from toolkit.office.package.markup import Element, q

BODY = "word/document.xml"
MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = b"application/vnd.ms-word.document.macroEnabled.main+xml"


def body(*changes: Callable[[Element], None]) -> Callable[[bytes], bytes]:
    def change(root: Element) -> None:
        for own in changes:
            own(root)

    return lambda data: changed(data, BODY, change)


def filled(root: Element) -> None:
    answered(root)
    write(control(root, "d16.people_2"), "Helt enig")


FILLED = body(filled)(sent_file("evaluation", "docx"))
NEW = f"new-{read_back(FILLED, 'form.docx').copy_id[:8]}-1"


def paragraph(text: str) -> Element:
    made = etree.Element(q("w:p"))
    etree.SubElement(etree.SubElement(made, q("w:r")), q("w:t")).text = text
    return made


def line(root: Element, text: str) -> Element:
    """The paragraph that says a text."""
    texts = ((p, "".join(t.text or "" for t in p.iter(q("w:t")))) for p in root.iter(q("w:p")))
    return next(p for p, said in texts if said.strip() == text)


def above(element: Element, name: str) -> Element:
    return next(element.iterancestors(q(name)))


def typed_instead(tag: str, *texts: str) -> Callable[[Element], None]:
    """The control deleted, and text typed where it was."""

    def change(root: Element) -> None:
        place = above(control(root, tag), "w:p")
        for text in reversed(texts):
            place.addnext(paragraph(text))
        place.getparent().remove(place)

    return change


def in_cell(tag: str, text: str) -> Callable[[Element], None]:
    """The control of a cell deleted, and text typed in the cell."""

    def change(root: Element) -> None:
        sdt = control(root, tag)
        cell = next(sdt.iterancestors(q("w:tc")), None)
        if cell is None:
            cell = next(sdt.iter(q("w:tc")))
            sdt.getparent().replace(sdt, cell)
        written_in(cell, text)

    return change


def written_in(cell: Element, text: str) -> None:
    for child in list(cell):
        if child.tag != q("w:tcPr"):
            cell.remove(child)
    cell.append(paragraph(text))


def behind_question(root: Element) -> None:
    question = line(root, "Hva fungerer ikke?")
    next(question.iter(q("w:t"))).text = "Hva fungerer ikke? Batteriene"
    sdt = control(root, "d16.works_badly")
    sdt.getparent().remove(sdt)


def run_of(root: Element, tag: str) -> Element:
    return next(control(root, tag).iter(q("w:r")))


def strike(root: Element) -> None:
    run = run_of(root, "d16.works_well")
    look = run.find(q("w:rPr"))
    if look is None:
        look = etree.Element(q("w:rPr"))
        run.insert(0, look)
    etree.SubElement(look, q("w:strike"))


def tracked(root: Element) -> None:
    run = run_of(root, "d16.works_well")
    inserted, deleted = etree.Element(q("w:ins")), etree.Element(q("w:del"))
    for mark, text in ((inserted, " bra"), (deleted, " dårlig")):
        mark.append(copy.deepcopy(run))
        next(mark.iter(q("w:t"))).text = text
    next(deleted.iter(q("w:t"))).tag = q("w:delText")
    run.addnext(deleted)
    run.addnext(inserted)


def delete_row(root: Element) -> None:
    row = above(control(root, "d16.people_3"), "w:tr")
    row.getparent().remove(row)


def delete_row_tracked(root: Element) -> None:
    row = above(control(root, "d16.people_3"), "w:tr")
    look = row.find(q("w:trPr"))
    if look is None:
        look = etree.Element(q("w:trPr"))
        row.insert(0, look)
    etree.SubElement(look, q("w:del"))


def add_row(root: Element) -> None:
    row = above(control(root, "d16.people_3"), "w:tr")
    own = copy.deepcopy(row)
    unwrapped(own)
    for cell, text in zip(own.iter(q("w:tc")), ("Vår egen påstand", "Litt enig"), strict=True):
        written_in(cell, text)
    row.addnext(own)


def copy_row(root: Element) -> None:
    row = above(control(root, "d16.people_1"), "w:tr")
    row.addnext(copy.deepcopy(row))


def show_hidden(root: Element) -> None:
    for mark in list(root.iter(q("w:vanish"))):
        mark.getparent().remove(mark)


def drop_hidden(root: Element) -> None:
    for run in list(root.iter(q("w:r"))):
        if run.find(f"{q('w:rPr')}/{q('w:vanish')}") is not None:
            run.getparent().remove(run)


def paste_again(root: Element) -> None:
    page = root[0]
    for item in [copy.deepcopy(own) for own in page if own.tag != q("w:sectPr")]:
        page.insert(len(page) - 1, item)


def remark(root: Element) -> None:
    table = [own for own in root[0] if own.tag == q("w:tbl")][1]
    table.addnext(paragraph("Jeg er egentlig enig i alt"))


def under_statement(root: Element) -> None:
    row = above(control(root, "d16.organisation_2"), "w:tr")
    next(row.iter(q("w:tc"))).append(paragraph("Helt enig"))


def without_properties(data: bytes) -> bytes:
    return packed({k: v for k, v in unpacked(data).items() if k != "docProps/custom.xml"})


def as_docm(data: bytes) -> bytes:
    types = "[Content_Types].xml"
    parts = unpacked(data)
    assert MAIN in parts[types]
    return packed(parts | {types: parts[types].replace(MAIN, MACROS)})


def said(key: str, value: object) -> dict[tuple[str, str, str], object]:
    return {("form", "", key): value}


def chosen(row: str, value: object) -> dict[tuple[str, str, str], object]:
    return {("evaluation", row, "f.answer"): value}


TAGS = ("tags-missing", "")
STATEMENT = "Hvert steg i arbeidet gir verdi for mottakeren."

DAMAGES = (
    Damage(
        "control deleted, text under the heading",
        body(typed_instead("d16.works_badly", "Batteriene")),
        said=said("f.works_badly", "Batteriene"),
    ),
    Damage(
        "control deleted, two paragraphs under the heading",
        body(typed_instead("d16.works_badly", "Batteriene", "Og varslene")),
        said=said("f.works_badly", "Batteriene\nOg varslene"),
    ),
    Damage(
        "control deleted, text behind the question",
        body(behind_question),
        said=said("f.works_badly", "Batteriene"),
    ),
    Damage(
        "control of a cell deleted, text in the cell",
        body(in_cell("d16.organisation_1", "Helt enig")),
        said=chosen("qe.organisation.1", "5"),
    ),
    Damage(
        "a drop-down answered with its number",
        body(in_cell("d16.organisation_1", "5")),
        said=chosen("qe.organisation.1", "5"),
    ),
    Damage(
        "a drop-down answered with a word that may be either",  # «Helt enig», «Helt uenig»
        body(in_cell("d16.organisation_1", "Heltt enig")),
        said=chosen("qe.organisation.1", "Heltt enig"),
        told=(("option-unknown", "table 3, row 2, cell 2"),),
    ),
    Damage(
        "boxes ticked by hand",
        body(in_cell("d16.organisation_1", "☐ Helt uenig ☒ Helt enig")),
        said=chosen("qe.organisation.1", "5"),
    ),
    Damage(
        "two boxes ticked",
        body(in_cell("d16.organisation_1", "☒ Litt enig ☒ Helt enig")),
        said=chosen("qe.organisation.1", "☒ Litt enig ☒ Helt enig"),
        told=(("option-several", "table 3, row 2, cell 2"),),
    ),
    Damage(
        "an answer struck out in the form",
        body(strike),
        gone=(" f.works_well",),
        told=(("text-struck", "content control «Hva fungerer?»"),),
    ),
    Damage(
        "tracked changes",
        body(tracked),
        said=said("f.works_well", "Det meste\tvirker bra"),
    ),
    Damage(
        "a row of the form deleted",
        body(delete_row),
        gone=("qe.people.3",),
        told=(("row-missing", ""),),
    ),
    Damage(
        "a row of the form deleted with tracking",
        body(delete_row_tracked),
        gone=("qe.people.3",),
        told=(("row-missing", ""),),
    ),
    Damage(
        "a row added to the form",
        body(add_row),
        said={
            ("evaluation", NEW, "f.statement"): "Vår egen påstand",
            ("evaluation", NEW, "f.answer"): "4",
        },
        told=(("row-new", "table 2, row 5, cell 1"),),
    ),
    Damage(
        "a row of the form copied",
        body(copy_row),
        told=(("row-repeated", "table 2, row 3, cell 1"),),
    ),
    Damage("saved with macros", as_docm),
    Damage("properties of the form dropped", without_properties),
    Damage("every control made plain text", body(unwrapped), told=(TAGS,)),
    Damage("hidden text shown, controls gone", body(unwrapped, show_hidden), told=(TAGS,)),
    Damage("hidden text gone, controls gone", body(unwrapped, drop_hidden), told=(TAGS,)),
    Damage(
        "everything of the kit gone",
        after(body(unwrapped, drop_hidden), without_properties),
        told=(("unidentified", ""), TAGS),
    ),
    Damage(
        "two forms in one file",
        body(paste_again),
        told=(("forms-several", ""),),
    ),
    Damage(
        "a remark between the tables",
        body(remark),
        told=(("text-beside", "paragraph 27"),),
    ),
    Damage(
        "an answer under the statement",
        body(under_statement),
        said={("evaluation", "qe.organisation.2", "f.statement"): f"{STATEMENT}\nHelt enig"},
        told=(("prefilled-changed", "table 3, row 3, cell 1"),),
    ),
)
