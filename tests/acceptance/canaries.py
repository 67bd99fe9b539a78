"""Files that hold personal data in every kind of place, each place its own value.

In: the kit of the example. Out: files as people would return them, and what stands where.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path

from hostile_disguises import text_of
from hostile_formats import OLD, content, open_document
from lxml import etree
from old_workbook import with_note
from openpyxl import load_workbook
from openpyxl.comments import Comment
from personal_numbers import danish_number, finnish_number, norwegian_number, swedish_number
from returned_files import changed, read_back, ros, sent_file, sheet_of, written
from test_responses import export

from toolkit.language import Labels
from toolkit.office.package.markup import Element, q

DAYS = (f"{day:02}0765" for day in range(1, 29))
NUMBERS = tuple(norwegian_number(day) for day in DAYS)
DANISH = danish_number("311299")
SWEDISH = swedish_number("811218", "987")
FINNISH = finnish_number("131052A308")

WORKBOOK = {
    "cell": f"Gjelder {NUMBERS[0]}, avklart",
    "option": NUMBERS[1],
    "beside": f"Se {NUMBERS[2][:6]} {NUMBERS[2][6:]}",
    "new_row": f"Bruker {NUMBERS[3]} faller",
    "comment": f"Ring {NUMBERS[4]} eller 912 34 561",
    "property": "kari.eier@fjordvik.kommune.no",
    "keywords": f"sak for {NUMBERS[5]}",
    "filled_by": "Kari Nordmann, 912 34 562",
    "danish": f"Som {DANISH}",
    "swedish": f"{SWEDISH[:6]}-{SWEDISH[6:]} i Sverige",
    "finnish": f"Henkilötunnus {FINNISH}",
    "email": "skriv til ola.nordmann@example.org",
    "phone": "+46 70 123 45 63",
    "conflict": f"Avtalt med {NUMBERS[6]}",
}
SHEET = f"Risikoer {NUMBERS[7]}"
FORM = {
    "control": f"Takk til {NUMBERS[8]} for hjelpen",
    "loose": f"Skriv til per.loos@example.org eller {NUMBERS[9]}",
}
MEASURED = int(NUMBERS[10].lstrip("0"))
RAW_NUMBER = f"ca {NUMBERS[11]}"
FILES = (f"ROS {NUMBERS[12]}.xlsx", "svar fra liv.navn@example.org.docx", "Gevinst 912 34 564.xlsx")
ZIPPED = f"ros {NUMBERS[13]}.xlsx"
REJECTED = f"notat {NUMBERS[14]}.xlsx"
SKIPPED = f"notat {NUMBERS[15]}.txt"
OPEN_NOTE, OLD_NOTE = f"Gjelder {NUMBERS[16]} nå", f"Se {NUMBERS[17]} i dag"
IN_TEXT, ANSWERED = f"Ring {NUMBERS[18]} først", f"Takk fra {NUMBERS[19]}"
IN_NOTED = "Ved siden av står en merknad"
RESPONDENT = "gro.svar@example.org"

CANARIES = (
    *(number for number in NUMBERS[:20]),
    *(number.lstrip("0") for number in NUMBERS[:20]),
    *(f"{number[:6]} {number[6:]}" for number in NUMBERS[:20]),
    *(DANISH, f"{SWEDISH[:6]}-{SWEDISH[6:]}", FINNISH, "+46 70 123 45 63"),
    *("kari.eier@", "ola.nordmann@", "per.loos@", "liv.navn@", "gro.svar@"),
    *(f"912 34 56{n}" for n in range(1, 5)),
)


def returned(folder: Path) -> Path:
    """A folder with all of them."""
    folder.mkdir()
    workbook, other = risks(), conflicting()
    (folder / FILES[0]).write_bytes(workbook)
    (folder / FILES[1]).write_bytes(form())
    (folder / FILES[2]).write_bytes(benefits())
    with zipfile.ZipFile(folder / "mer.zip", "w") as archive:
        archive.writestr(ZIPPED, other)
    (folder / REJECTED).write_bytes(workbook[: len(workbook) // 2])
    (folder / SKIPPED).write_text("Hei!")
    (folder / "notat.ods").write_bytes(noted())
    (folder / "notat.xls").write_bytes(with_note(OLD.read_bytes(), 1, (6, 4), OLD_NOTE))
    (folder / "lagret.csv").write_text(text_of("lagret.csv", E6=IN_TEXT), "utf-8")
    (folder / "svar.xlsx").write_bytes(responses())
    return folder


def risks() -> bytes:
    """A risk analysis: cells of every kind, a note, properties, the name of its sheet."""
    said = WORKBOOK
    cells = {
        "E5": said["cell"], "O5": said["option"], "AB7": said["beside"], "B40": said["new_row"],
        "E6": said["danish"], "E7": said["swedish"], "E8": said["finnish"], "F5": said["email"],
        "F6": said["phone"], "M6": said["conflict"],
    }  # fmt: skip
    data = written(ros(), "Risikoer", cells)
    data = written(data, "Om dokumentet", {"B13": said["filled_by"]})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl tells what it does not keep
        book = load_workbook(io.BytesIO(data))
        book["Risikoer"]["B5"].comment = Comment(said["comment"], "Kari")
        book["Risikoer"].title = SHEET[:31]
        book.properties.creator = said["property"]
        book.properties.keywords = said["keywords"]
        stream = io.BytesIO()
        book.save(stream)
    return stream.getvalue()


def conflicting() -> bytes:
    """Another copy that says something else, so that both answers are told."""
    data = written(ros(), "Risikoer", {"M6": "Nattevakt", "E5": "Uklart"})
    return written(data, "Om dokumentet", {"B13": "Ola"})


def benefits() -> bytes:
    """Numbers where numbers are asked for: one that is an identity number, one not read."""
    data = sent_file("benefits", "xlsx")
    places = [c.steps for c in read_back(data).cells if c.table == "measurements"]
    row = int("".join(filter(str.isdecimal, f"{dict(places[0])['at']}")))
    return written(data, "Målinger", {f"F{row}": RAW_NUMBER, f"G{row}": MEASURED})


def form() -> bytes:
    """A Word form: an answer in a control, a paragraph beside it."""

    def write(root: Element) -> None:
        control = next(c for c in root.iter(q("w:sdt")) if _open(c))
        properties = control.find(q("w:sdtPr"))
        prompt = properties.find(q("w:showingPlcHdr"))
        properties.remove(prompt)
        first, *rest = control.find(q("w:sdtContent")).iter(q("w:t"))
        first.text = FORM["control"]
        for text in rest:
            text.text = ""
        body = root.find(q("w:body"))
        paragraph = etree.Element(q("w:p"))
        run = etree.SubElement(paragraph, q("w:r"))
        etree.SubElement(run, q("w:t")).text = FORM["loose"]
        body.insert(len(body) - 1, paragraph)

    return changed(sent_file("anchoring-plan", "docx"), "word/document.xml", write)


def noted() -> bytes:
    """A survey saved as .ods with a note beside an answer."""
    note = f"<office:annotation><text:p>{OPEN_NOTE}</text:p></office:annotation>"
    cell = f"<text:p>{IN_NOTED}</text:p>"
    text = content("notat.ods", E5=IN_NOTED)
    assert cell in text
    return open_document(text.replace(cell, note + cell))


def responses() -> bytes:
    """What Microsoft Forms exports: an address and a name a respondent, and answers."""
    labels = Labels.load("nb")
    asked = ("qe.people.1", "qe.people.2", "qe.people.3", "f.works_well")
    heads = ("ID", "E-postadresse", "Navn", *map(labels.t, asked))
    return export(heads, (1, RESPONDENT, "Gro", *[labels.label("likert", "4")] * 3, ANSWERED))


def _open(control: Element) -> bool:
    """Whether a control is one for free text that nobody has written in."""
    properties = control.find(q("w:sdtPr"))
    return (
        properties.find(q("w:showingPlcHdr")) is not None
        and properties.find(q("w:dropDownList")) is None
        and properties.find(q("w:date")) is None
    )


def texts(path: Path) -> Iterator[tuple[str, str]]:
    """All the text of a file; of Office files that of every part."""
    data = path.read_bytes()
    if not zipfile.is_zipfile(path):
        yield path.name, data.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            inner = archive.read(name)
            yield f"{path.name}/{name}", inner.decode("utf-8", "replace")
            if zipfile.is_zipfile(io.BytesIO(inner)):
                with zipfile.ZipFile(io.BytesIO(inner)) as embedded:
                    for part in embedded.namelist():
                        yield f"{name}/{part}", embedded.read(part).decode("utf-8", "replace")


__all__ = ["CANARIES", "FILES", "returned", "sheet_of", "texts"]
