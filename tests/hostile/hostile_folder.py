"""What lies in a folder and is hostile by its name or kind: links, pipes, locks, zips, odd names.

In: sound surveys. Out: Cases; what a platform cannot make is left out of the list there.
"""

from __future__ import annotations

import io
import os
import stat
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path

from hostile_case import OWN, OWN_ROW, TABLE, Case, rejected, sound, survey
from hostile_packages import CENTRAL, FLAGS, OFFSET, overlapping

POSIX = os.name == "posix"
ROOT = POSIX and os.geteuid() == 0


def folder() -> Iterator[Case]:
    """Every case of this kind."""
    yield from _names()
    yield from _left_aside()
    yield from _zips()
    if POSIX:
        yield from _posix()


def _named(name: str, listed: str = "") -> Case:
    said = listed or name
    return Case(name, survey(said), values=sound(said, survey(said)).values, listed=listed)


def _names() -> Iterator[Case]:
    for name in (
        "navn med  mellomrom .xlsx",
        "navn'apostrof.xlsx",
        "navn$HOME`id`;rm -rf.xlsx",
        "navn%s%n{0}.xlsx",
        "navn-emoji-🎉👩‍👩‍👧.xlsx",
        "navn-æøåÆØÅéü.xlsx",
        "navn-日本語.xlsx",
        "navn-عربي.xlsx",
        "n" * 200 + ".xlsx",
        "NAVN-STORE.XLSX",
        "navn.xlsx.xlsx",
        "-o.xlsx",
        "--help.xlsx",
        "mappe.xlsx/inne-i-mappe.xlsx",
        "a/b/c/d/e/f/g/h/i/j/dypt.xlsx",
        "=cmd.xlsx",
    ):
        yield _named(name)
    yield rejected("stor-og-liten.XLSX", b"", "returned-empty")
    if POSIX:
        yield _named("navn-linje\nskift.xlsx", "navn-linje\\nskift.xlsx")
        yield _named("navn-flukt\x1b[2J.xlsx", "navn-flukt\\x1b[2J.xlsx")
        yield _named("navn-\u202exslx.exe.xlsx", "navn-\\u202exslx.exe.xlsx")
        yield _named('navn-"<>|*?.xlsx')
        yield _named("CON.xlsx")
        yield _named("aux.docx.xlsx")
        yield _named("navn-bakover\\skrå.xlsx")
        broken = os.fsdecode(b"navn-\xff\xfe.xlsx")
        yield Case(broken, survey("x"), listed="navn-\\udcff\\udcfe.xlsx")


def _left_aside() -> Iterator[Case]:
    for name, code in {
        "~$svar.xlsx": "skipped-lock",
        ".~lock.svar.ods#": "skipped-lock",
        ".skjult.xlsx": "skipped-hidden",
        ".mappe/svar.xlsx": "skipped-hidden",
        "__MACOSX/._svar.xlsx": "skipped-hidden",
        "notat.txt": "skipped-other",
        "svar.pdf": "skipped-other",
        "svar.doc": "skipped-other",
        "svar.exe": "skipped-other",
        "svar.xlsx.lnk": "skipped-other",
        "svar.url": "skipped-other",
        "uten-endelse": "skipped-other",
        "desktop.ini": "skipped-other",
    }.items():
        yield rejected(name, b"x", code)


# --- zip files --------------------------------------------------------------------------------


def zipped(members: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files, always the same bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", how) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 2, 10, 30, 0)), data, how)
    return stream.getvalue()


def _within(archive: str, inner: str, data: bytes, listed: str = "", reason: str = "") -> Case:
    """A zip with one file in it, which is what is listed."""
    values = {} if reason else {(TABLE, OWN_ROW, "f.comment"): OWN + archive}
    name = f"{archive}/{listed or inner}"
    return Case(archive, zipped({inner: data}), reason, values=values, listed=name)


def _zips() -> Iterator[Case]:
    for archive, inner, listed in (
        ("zip-god.zip", "svar.xlsx", ""),
        ("zip-opp.zip", "../../svar.xlsx", ""),
        ("zip-absolutt.zip", "/etc/svar.xlsx", ""),
        ("zip-stasjon.zip", "C:/svar.xlsx", ""),
        ("zip-bakover.zip", "mappe\\svar.xlsx", "mappe/svar.xlsx"),
        ("zip-linjeskift.zip", "sv\nar.xlsx", "sv\\nar.xlsx"),
    ):
        yield _within(archive, inner, survey(archive), listed)
    name = "zip-langt-navn.zip"
    inner = "x" * 3_000 + ".xlsx"
    shown = f"{name}/{inner}"
    listed = f"{shown[:195]}…{shown[-50:]}".removeprefix(f"{name}/")
    yield _within(name, inner, survey(name), listed)
    yield _within("zip-i-zip.zip", "indre.zip", zipped({"a.xlsx": b"x"}), reason="archive-inside")
    yield _within("zip-lås.zip", "~$svar.xlsx", b"x", reason="skipped-lock")
    yield _within("zip-tekst.zip", "les.txt", b"x", reason="skipped-other")
    yield _within("zip-tom-fil.zip", "svar.xlsx", b"", reason="returned-empty")
    yield _within("zip-bombe.zip", "svar.xlsx", b"\0" * 30_000_000, reason="file-bomb")
    yield _within("zip-skadet-fil.zip", "svar.xlsx", survey("x")[:5_000], reason="file-damaged")
    locked = bytearray(zipped({"svar.xlsx": survey("x")}))
    at = bytes(locked).index(CENTRAL)
    locked[at + FLAGS] |= 1
    locked[struct.unpack_from("<I", locked, at + OFFSET)[0] + 6] |= 1
    yield rejected(
        "zip-passord.zip", bytes(locked), "file-password", listed="zip-passord.zip/svar.xlsx"
    )
    whole = zipped({"svar.xlsx": survey("x")})
    yield rejected("zip-kuttet.zip", whole[:-40], "file-damaged")
    flipped = bytearray(whole)
    flipped[5_000] ^= 0xFF
    yield rejected(
        "zip-snudd.zip", bytes(flipped), "file-damaged", listed="zip-snudd.zip/svar.xlsx"
    )
    yield rejected("zip-tull.zip", b"ikke en zip", "file-damaged")
    yield rejected("zip-overlapp.zip", overlapping(40), "file-overlapping")
    yield rejected("zip-100000.zip", _hundred_thousand(), "archive-too-many")
    twice = zipped({"svar-1.xlsx": survey("a"), "svar-2.xlsx": survey("b")})
    same = twice.replace(b"svar-2.xlsx", b"svar-1.xlsx")
    yield Case("zip-to-like-navn.zip", same, listed="zip-to-like-navn.zip/svar-1.xlsx",
               values={(TABLE, OWN_ROW, "f.comment"): {OWN + "a", OWN + "b"}})  # fmt: skip
    name = "zip-stored.zip"
    data = zipped({"svar.xlsx": survey(name)}, zipfile.ZIP_STORED)
    yield Case(name, data, listed=f"{name}/svar.xlsx",
               values={(TABLE, OWN_ROW, "f.comment"): OWN + name})  # fmt: skip


def _hundred_thousand() -> bytes:
    """A directory of a hundred thousand names, each with no bytes of its own."""
    count = 65_000  # more would need the 64-bit directory, which is another way to the same
    local, directory = io.BytesIO(), io.BytesIO()
    for number in range(count):
        name = b"%05d.xlsx" % number
        at = local.tell()
        local.write(struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0))
        local.write(name)
        directory.write(struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\1\2", 20, 20, 0, 0, 0, 33, 0, 0, 0,
                                    len(name), 0, 0, 0, 0, 0, at))  # fmt: skip
        directory.write(name)
    end = struct.pack(
        "<4sHHHHIIH", b"PK\5\6", 0, 0, count, count, directory.tell(), local.tell(), 0
    )
    return local.getvalue() + directory.getvalue() + end


# --- things that are no files -----------------------------------------------------------------


def _posix() -> Iterator[Case]:
    yield rejected("rør.xlsx", os.mkfifo, "skipped-special")
    yield rejected("kontakt.xlsx", _socket, "skipped-special")
    yield rejected("lenke-ut.xlsx", lambda path: path.symlink_to("/etc/passwd"), "skipped-link")
    yield rejected("lenke-borte.xlsx", lambda path: path.symlink_to("borte"), "skipped-link")
    yield rejected("lenke-seg-selv.xlsx", lambda path: path.symlink_to(path), "skipped-link")
    yield rejected("lenke-mappe.xlsx", lambda path: path.symlink_to(path.parent), "skipped-link")
    yield rejected("lenke-zip.zip", lambda path: path.symlink_to("/dev/zero"), "skipped-link")
    if not ROOT:
        yield rejected("uleselig.xlsx", _unreadable, "returned-unreadable")


def _socket(path: Path) -> None:
    os.mknod(path, 0o600 | stat.S_IFSOCK)


def _unreadable(path: Path) -> None:
    path.write_bytes(b"x")
    path.chmod(0)
