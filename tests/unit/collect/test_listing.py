"""The directory of a zip file read at once says what ``zipfile`` says, or nothing."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from returned_files import ros

from toolkit.collect.opening.listing import listing

TOLD = ("filename", "orig_filename", "flag_bits", "compress_type", "CRC")
SIZES = ("compress_size", "file_size", "header_offset")


def by_library(data: bytes) -> list[tuple[object, ...]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [tuple(getattr(info, own) for own in TOLD + SIZES) for info in archive.infolist()]


def by_us(data: bytes) -> list[tuple[object, ...]] | None:
    told = listing(data)
    return told and [tuple(getattr(entry, own) for own in TOLD + SIZES) for entry in told]


def zipped(names: list[str], comment: bytes = b"") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), f"<a>{name}</a>" * 9, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def test_a_returned_workbook_is_listed_as_the_library_lists_it() -> None:
    assert by_us(ros()) == by_library(ros())


@pytest.mark.parametrize(
    "data",
    [
        zipped(["a.xml"], b"a comment"),
        zipped(["é.xml"]),
        zipped(["a\\b.xml"]),
        zipped([]),
        b"before" + zipped(["a.xml"]),
        zipped(["a.xml"]) + b"\0",
        zipped(["a.xml"])[:-30],
        b"",
    ],
    ids=["comment", "letters", "slash", "nothing", "before", "after", "cut", "empty"],
)
def test_what_is_unusual_is_left_to_the_library(data: bytes) -> None:
    assert listing(data) is None


@given(st.integers(0), st.integers(0, 255))
def test_a_damaged_directory_is_never_read_otherwise(place: int, byte: int) -> None:
    whole = bytearray(zipped(["a.xml", "b/c.xml", "d.rels"]))
    at = whole.index(b"PK\x01\x02")
    whole[at + place % (len(whole) - at)] = byte
    told = by_us(bytes(whole))
    assert told is None or told == by_library(bytes(whole))
