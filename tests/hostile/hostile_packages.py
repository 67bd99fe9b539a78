"""Hostile and damaged packages: the zip file around the parts.

In: a sound survey. Out: Cases: bombs, lying headers, unsafe names, locks, cut and flipped bytes.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from random import Random

from hostile_case import Case, adding, form, in_part, rejected, sound, survey
from returned_files import packed, unpacked

CENTRAL = b"PK\x01\x02"
END = b"PK\x05\x06"
LOCAL = b"PK\x03\x04"
METHOD, FLAGS, CRC, PACKED, SIZE, OFFSET = 10, 8, 16, 20, 24, 42
SHEET_PART = "xl/worksheets/sheet2.xml"
CUTS, FLIPS = 24, 16


def packages() -> Iterator[Case]:
    """Every case of this kind."""
    yield from _bombs()
    yield from _lies()
    yield from _names()
    yield from _locks()
    yield from _cuts()
    yield from _flips()
    yield from _types()
    yield from _sound()


# --- bombs ------------------------------------------------------------------------------------


def _bombs() -> Iterator[Case]:
    base = survey("x")
    zeros = b"\0" * 30_000_000
    yield rejected("bombe-flat.xlsx", adding(base, {SHEET_PART: zeros}), "file-bomb")
    yield rejected(
        "bombe-mellomrom.xlsx", adding(base, {SHEET_PART: b" " * 20_000_000}), "file-bomb"
    )
    yield rejected("bombe-bilde.xlsx", adding(base, {"xl/media/image1.png": zeros}), "file-bomb")
    yield rejected("bombe-custom.docx", adding(form(), {"customXml/item1.xml": zeros}), "file-bomb")
    yield rejected("bombe-ukjent-del.docx", adding(form(), {"x.dat": zeros}), "file-bomb")
    many = {f"xl/media/{n}.bin": b"\0" * 101_000 for n in range(90)}
    name = "mange-små-nuller.xlsx"  # each below the size from which the ratio counts
    yield sound(name, adding(survey(name), many))
    yield rejected("bombe-overlappende.xlsx", overlapping(100), "file-overlapping")
    yield rejected("bombe-siterende.xlsx", quoting(50), "file-overlapping")
    inner = packed({f"{n}.bin": b"\0" * 90_000 for n in range(9)})
    name = "bombe-pakke-i-pakke.xlsx"
    nested = adding(survey(name), {"xl/embeddings/pakke.xlsx": packed({"a.zip": inner})})
    yield sound(name, nested, "has-objects")
    many = {f"xl/media/{n}.png": b"x" for n in range(2_100)}
    yield rejected("for-mange-deler.xlsx", adding(base, many), "file-too-many-parts")


def overlapping(count: int) -> bytes:
    """A directory of many names for the same bytes."""
    one = packed({"a.xml": b"\0" * 50_000})
    at = one.index(CENTRAL)
    entry, end = one[at : one.index(END)], one[one.index(END) :]
    entries = b"".join(entry.replace(b"a.xml", f"{n:05}".encode()) for n in range(count))
    return one[:at] + entries + _end(end, count, len(entries), at)


def _end(end: bytes, count: int, size: int, at: int) -> bytes:
    return end[:8] + struct.pack("<HHII", count, count, size, at) + end[20:]


def quoting(count: int) -> bytes:
    """Each part's bytes hold the header and the bytes of the next, as text that is not packed."""
    deflater = zlib.compressobj(9, zlib.DEFLATED, -15)
    plain = b"\0" * 90_000
    data, sizes = deflater.compress(plain) + deflater.flush(), len(plain)
    made: list[tuple[bytes, bytes, int, int]] = []
    for number in range(count):
        name = f"{number:05}.xml".encode()
        crc = 0  # counted by no one: the overlap is seen first
        header = struct.pack(
            "<4sHHHHHIIIHH", LOCAL, 20, 0, 8, 0, 33, crc, len(data), sizes, len(name), 0
        )
        made.append((name, header + name, len(data), sizes))
        quoted = header + name
        data = b"\x00" + struct.pack("<HH", len(quoted), len(quoted) ^ 0xFFFF) + quoted + data
        sizes += len(quoted)
    return _quoted_zip(data[5:], made)


def _quoted_zip(data: bytes, made: list[tuple[bytes, bytes, int, int]]) -> bytes:
    directory = b""
    for name, header, packed_size, size in made:
        at = data.index(header)
        directory += struct.pack(
            "<4sHHHHHHIIIHHHHHII",
            *(CENTRAL, 20, 20, 0, 8, 0, 33, 0, packed_size, size, len(name), 0, 0, 0, 0, 0, at),
        )
        directory += name
    end = struct.pack("<4sHHHHIIH", END, 0, 0, len(made), len(made), len(directory), len(data), 0)
    return data + directory + end


# --- headers that lie -------------------------------------------------------------------------


def patched(data: bytes, part: str, field: int, value: int, form: str = "<I") -> bytes:
    """The package with one number in the directory entry of a part changed."""
    made = bytearray(data)
    at = data.index(CENTRAL)
    while data[at : at + 4] == CENTRAL:
        name, extra, comment = struct.unpack_from("<HHH", data, at + 28)
        if data[at + 46 : at + 46 + name].decode() == part:
            struct.pack_into(form, made, at + field, value)
        at += 46 + name + extra + comment
    assert bytes(made) != data
    return bytes(made)


def _lies() -> Iterator[Case]:
    base = survey("x")
    told = {
        "størrelse-null": (SIZE, 0),
        "størrelse-liten": (SIZE, 100),
        "pakket-liten": (PACKED, 10),
        "kontrollsum-feil": (CRC, 0x12345678),
        "plass-feil": (OFFSET, 17),
        "plass-utenfor": (OFFSET, 0x7FFFFFF0),
    }
    for name, (field, value) in told.items():
        expected = "file-overlapping" if name == "plass-feil" else "file-damaged"
        yield rejected(f"løgn-{name}.xlsx", patched(base, SHEET_PART, field, value), expected)
    packed_more = patched(base, SHEET_PART, PACKED, 0x00FFFFFF)
    yield rejected("løgn-pakket-enorm.xlsx", packed_more, "file-overlapping")
    method = patched(base, SHEET_PART, METHOD, 99, "<H")
    yield rejected("ukjent-pakkemåte.xlsx", method, "file-damaged")
    name = "løgn-størrelse-enorm.xlsx"  # no size of a header is believed
    yield sound(name, patched(survey(name), SHEET_PART, SIZE, 0xFFFFFFF0))
    name = "løgn-antall.xlsx"
    data = survey(name)
    end = data.index(END)
    yield sound(name, data[: end + 8] + b"\xff\xff\xff\xff" + data[end + 12 :])
    yield rejected("to-kataloger.xlsx", base + packed({"x": b"y"}), "not-a-form")
    yield rejected("uten-katalog.xlsx", base[: base.index(CENTRAL)], "file-damaged")
    yield rejected("bare-katalog.xlsx", LOCAL + base[base.index(CENTRAL) :], "file-overlapping")


# --- names ------------------------------------------------------------------------------------

UNSAFE = {
    "opp": "../utenfor.xml",
    "opp-windows": "..\\utenfor.xml",
    "midt-i": "xl/../../utenfor.xml",
    "absolutt": "/etc/passwd.xml",
    "absolutt-windows": "\\\\tjener\\mappe\\x.xml",
    "stasjon": "c:/windows/x.xml",
    "stasjon-relativ": "C:x.xml",
    "lang": "xl/" + "a" * 5_000 + ".xml",
    "linjeskift": "xl/a\nb.xml",
    "flukt": "xl/\x1b[2Jb.xml",
    "høyre-venstre": "xl/\u202elmx.xml",
    "store-bokstaver": "XL/WORKBOOK.XML",
}


def _names() -> Iterator[Case]:
    base = survey("x")
    for name, inner in UNSAFE.items():
        yield rejected(f"delnavn-{name}.xlsx", adding(base, {inner: b"<x/>"}), "file-unsafe")
    yield rejected("delnavn-opp.docx", adding(form(), {"word/../../x.xml": b"<x/>"}), "file-unsafe")
    nul = adding(base, {"xl/aQb.xml": b"<x/>"}).replace(b"xl/aQb.xml", b"xl/a\0b.xml")
    yield rejected("delnavn-nulltegn.xlsx", nul, "file-unsafe")
    double = adding(base, {"xl/workbookQxml": b"<x/>"}).replace(b"workbookQxml", b"workbook.xml")
    yield rejected("delnavn-to-ganger.xlsx", double, "file-unsafe")
    other = adding(base, {"xl/a.xml": b"<x/>"}).replace(b"xl/a.xml", b"xl/b.xml", 1)
    yield rejected("delnavn-to-sannheter.xlsx", other, "file-damaged")


# --- locks, cuts, flips -----------------------------------------------------------------------


def _locks() -> Iterator[Case]:
    base = survey("x")
    yield rejected("låst-zip.xlsx", _encrypted(base), "file-password")
    yield rejected("låst-zip.docx", _encrypted(form()), "file-password")


def _encrypted(data: bytes) -> bytes:
    made = bytearray(data)
    at = data.index(CENTRAL)
    while data[at : at + 4] == CENTRAL:
        made[at + FLAGS] |= 1
        local = struct.unpack_from("<I", data, at + OFFSET)[0]
        made[local + 6] |= 1
        at += 46 + sum(struct.unpack_from("<HHH", data, at + 28))
    return bytes(made)


def _cuts() -> Iterator[Case]:
    for suffix, data in (("xlsx", survey("x")), ("docx", form())):
        for number in range(1, CUTS + 1):
            length = len(data) * number // (CUTS + 1)
            yield rejected(f"kuttet-{number:02}.{suffix}", data[:length], "file-damaged")
        yield rejected(f"kuttet-siste-byte.{suffix}", data[:-1], "file-damaged")
        yield rejected(f"kuttet-fire-byte.{suffix}", data[:4], "file-damaged")


def _flips() -> Iterator[Case]:
    """Bytes changed inside the packed data of parts: the checksum tells, or the inflating."""
    for suffix, data in (("xlsx", survey("x")), ("docx", form())):
        random = Random(suffix)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if info.compress_size > 200]
        for number in range(FLIPS):
            info = random.choice(infos)
            at = info.header_offset + 30 + len(info.filename) + random.randrange(150)
            made = bytearray(data)
            made[at] ^= 0xFF
            yield rejected(f"snudd-{number:02}.{suffix}", bytes(made), "file-damaged")


# --- content types and main parts -------------------------------------------------------------

TYPES = "[Content_Types].xml"


def _types() -> Iterator[Case]:
    base, words = survey("x"), form()
    parts = unpacked(base)
    no_types = {name: part for name, part in parts.items() if name != TYPES}
    yield rejected("uten-innholdstyper.xlsx", packed(no_types), "not-a-form")
    no_start = {name: part for name, part in parts.items() if name != "_rels/.rels"}
    yield rejected("uten-start.xlsx", packed(no_start), "not-a-form")
    slides = in_part(base, TYPES, "spreadsheetml.sheet.main", "presentationml.presentation.main")
    yield rejected("type-presentasjon.xlsx", slides, "not-a-form")
    unknown = in_part(base, TYPES, "spreadsheetml.sheet.main", "noe-helt-annet")
    yield rejected("type-ukjent.xlsx", unknown, "not-a-form")
    as_words = in_part(base, TYPES, "spreadsheetml.sheet.main", "wordprocessingml.document.main")
    yield rejected("type-word.xlsx", as_words, "file-damaged")
    as_sheets = in_part(words, TYPES, "wordprocessingml.document.main", "spreadsheetml.sheet.main")
    yield rejected("type-excel.docx", as_sheets, "file-damaged")
    elsewhere = in_part(base, "_rels/.rels", "xl/workbook.xml", "xl/styles.xml")
    yield rejected("hoveddel-feil.xlsx", elsewhere, "not-a-form")
    missing = in_part(words, "_rels/.rels", "word/document.xml", "word/borte.xml")
    yield rejected("hoveddel-borte.docx", missing, "file-damaged")
    decoy = in_part(adding(words, {"word/annet.xml": parts["xl/workbook.xml"]}), "_rels/.rels",
                    "word/document.xml", "word/annet.xml")  # fmt: skip
    yield rejected("hoveddel-lokkedue.docx", decoy, "not-a-form")
    for name in (
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        SHEET_PART,
        "xl/sharedStrings.xml",
    ):
        left = {key: part for key, part in parts.items() if key != name}
        yield rejected(f"uten-{name.rpartition('/')[2]}.xlsx", packed(left), "file-damaged")
    yield rejected("tom-zip.xlsx", packed({}), "not-a-form")
    yield rejected("bare-en-tekst.xlsx", packed({"a.txt": b"hei"}), "not-a-form")


def _sound() -> Iterator[Case]:
    """Odd packages that are sound all the same."""
    name = "ikke-pakket.xlsx"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part, data in unpacked(survey(name)).items():
            archive.writestr(zipfile.ZipInfo(part), data)
    yield sound(name, stream.getvalue())
    name = "hale-av-nuller.xlsx"
    yield sound(name, survey(name) + b"")
    name = "med-kommentar.xlsx"
    stream = io.BytesIO(survey(name))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = b"Sendt fra arkivet"
    yield sound(name, stream.getvalue())
    name = "store-bokstaver-i-deler.xlsx"
    parts = unpacked(survey(name))
    parts["xl/worksheets/SHEET2.xml"] = parts.pop(SHEET_PART)
    yield sound(name, packed(parts))
    name = "absolutte-mål.xlsx"
    made = in_part(survey(name), "_rels/.rels", '"xl/workbook.xml"', '"/xl/workbook.xml"')
    yield sound(name, made)
    name = "mye-ukjent-ved-siden-av.xlsx"
    yield sound(name, adding(survey(name), {f"extra/{n}.txt": b"x" * n for n in range(500)}))
    name = "hoveddel-annet-navn.docx"
    parts = unpacked(form())
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["word/_rels/document2.xml.rels"] = parts.pop("word/_rels/document.xml.rels")
    made = in_part(packed(parts), "_rels/.rels", "word/document.xml", "word/document2.xml")
    yield sound(name, in_part(made, TYPES, "/word/document.xml", "/word/document2.xml"))
