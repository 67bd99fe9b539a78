"""Which files are read, and which are told and left."""

from __future__ import annotations

import io
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from returned_files import ros

from toolkit.collect.find import find
from toolkit.collect.limits import Limits
from toolkit.collect.opening.gate import GateError


def archive(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, data in members.items():
            made.writestr(zipfile.ZipInfo(name, (2026, 3, 2, 10, 30, 0)), data)
    return stream.getvalue()


def told(paths: list[Path], limits: Limits | None = None) -> list[tuple[str, str]]:
    return [(found.code, found.place.file) for found in find(paths, limits).findings]


def names(paths: list[Path]) -> list[str]:
    return [source.name for source in find(paths).sources]


def test_folders_files_and_zips_in_one_order(tmp_path: Path) -> None:
    folder = tmp_path / "svar"
    (folder / "nord").mkdir(parents=True)
    (folder / "nord" / "b.xlsx").write_bytes(b"b")
    (folder / "a.docx").write_bytes(b"a")
    (folder / "c.zip").write_bytes(archive({"x/d.ods": b"d", "e.XLSX": b"e"}))
    assert names([folder]) == ["a.docx", "c.zip/e.XLSX", "c.zip/x/d.ods", "nord/b.xlsx"]
    assert [s.read(Limits()) for s in find([folder]).sources] == [b"a", b"e", b"d", b"b"]
    assert names([folder / "a.docx", folder]) == names([folder])


def test_what_is_no_returned_file_is_told(tmp_path: Path) -> None:
    for name in ("~$ros.xlsx", ".~lock.ros.ods#", ".DS_Store", "notat.txt", "svar.pdf", "ros.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX" / "ros.xlsx").write_bytes(b"x")
    assert sorted(told([tmp_path])) == [
        ("skipped-hidden", ".DS_Store"),
        ("skipped-hidden", "__MACOSX/ros.xlsx"),
        ("skipped-lock", ".~lock.ros.ods#"),
        ("skipped-lock", "~$ros.xlsx"),
        ("skipped-other", "notat.txt"),
        ("skipped-other", "svar.pdf"),
    ]


def test_the_lists_beside_a_report_are_no_returned_files(tmp_path: Path) -> None:
    for name in ("report_nb_filene.csv", "report_fi_tiedostot.csv", "report.csv"):
        (tmp_path / name).write_bytes(b"x")
    assert sorted(told([tmp_path])) == [
        ("skipped-other", "report_fi_tiedostot.csv"),
        ("skipped-other", "report_nb_filene.csv"),
    ]
    assert names([tmp_path]) == ["report.csv"]


def test_a_zip_in_a_zip_is_told_and_not_opened(tmp_path: Path) -> None:
    inner = archive({"ros.xlsx": b"x"})
    (tmp_path / "a.zip").write_bytes(archive({"b.zip": inner, "ros.xlsx": b"y"}))
    assert told([tmp_path]) == [("archive-inside", "a.zip/b.zip")]
    assert names([tmp_path]) == ["a.zip/ros.xlsx"]


def test_damaged_and_overfull_zips(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK no zip")
    (tmp_path / "b.zip").write_bytes(archive({f"{n}.xlsx": b"x" for n in range(9)}))
    found = told([tmp_path], Limits(archive_files=5))
    assert found[:2] == [("file-damaged", "a.zip"), ("archive-too-many", "b.zip")]


def test_nothing_to_read_is_told(tmp_path: Path) -> None:
    assert told([tmp_path]) == [("nothing-to-read", f"{tmp_path}")]
    assert told([tmp_path / "no"])[0] == ("file-not-found", f"{tmp_path / 'no'}")


def test_times_come_from_the_file_or_the_zip(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(ros())
    os.utime(tmp_path / "a.xlsx", (1_700_000_000, 1_700_000_000))
    (tmp_path / "b.zip").write_bytes(archive({"c.xlsx": b"x"}))
    first, second = find([tmp_path]).sources
    assert first.modified == datetime.fromtimestamp(1_700_000_000, UTC)
    assert first.size == len(ros())
    assert second.modified == datetime(2026, 3, 2, 10, 30, tzinfo=UTC)


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"x")
    (source,) = find([tmp_path]).sources
    (tmp_path / "a.xlsx").unlink()
    with pytest.raises(GateError) as caught:
        source.read(Limits())
    assert caught.value.findings[0].code == "returned-unreadable"


def test_no_more_is_read_than_the_limit(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"x" * 5000)
    (source,) = find([tmp_path]).sources
    assert len(source.read(Limits(container_bytes=100))) == 101


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "ros.xlsx").write_bytes(b"x")
    try:
        (tmp_path / "a" / "again").symlink_to(tmp_path / "a", target_is_directory=True)
    except OSError:
        pytest.skip("this machine makes no links")
    assert names([tmp_path]) == ["a/ros.xlsx"]


posix = pytest.mark.skipif(os.name != "posix", reason="this machine has no such files")


@posix
def test_links_pipes_and_devices_are_told_and_not_opened(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").symlink_to("/etc/passwd")
    (tmp_path / "b.xlsx").symlink_to(tmp_path / "b.xlsx")
    (tmp_path / "c").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "d.xlsx")
    assert sorted(told([tmp_path])) == [
        ("nothing-to-read", f"{tmp_path}"),
        ("skipped-link", "a.xlsx"),
        ("skipped-link", "b.xlsx"),
        ("skipped-other", "c"),
        ("skipped-special", "d.xlsx"),
    ]
    assert told([tmp_path / "d.xlsx"])[0] == ("skipped-special", "d.xlsx")


@posix
def test_a_link_somebody_names_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"x")
    (tmp_path / "b.xlsx").symlink_to(tmp_path / "a.xlsx")
    (source,) = find([tmp_path / "b.xlsx"]).sources
    assert source.read(Limits()) == b"x"


@posix
def test_nothing_in_a_name_is_hidden(tmp_path: Path) -> None:
    for name in (b"a\nb.xlsx", b"a\x1b[2J.xlsx", "a\u202eb.xlsx".encode(), b"a\xff.xlsx"):
        (tmp_path / os.fsdecode(name)).write_bytes(b"x")
    found = find([tmp_path]).sources
    expected = ["a\\nb.xlsx", "a\\u202eb.xlsx", "a\\udcff.xlsx", "a\\x1b[2J.xlsx"]
    assert sorted(source.name for source in found) == expected
    assert all(source.read(Limits()) == b"x" for source in found)


@posix
def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a").chmod(0)
    try:
        if os.access(tmp_path / "a", os.R_OK):
            pytest.skip("nothing is closed to whoever runs this")
        assert told([tmp_path])[0] == ("returned-unreadable", "a")
    finally:
        (tmp_path / "a").chmod(0o700)


def test_two_members_of_one_name_are_two_files(tmp_path: Path) -> None:
    data = archive({"a1.xlsx": b"one", "a2.xlsx": b"two"}).replace(b"a2.xlsx", b"a1.xlsx")
    (tmp_path / "x.zip").write_bytes(data)
    found = find([tmp_path]).sources
    assert [(s.name, s.read(Limits())) for s in found] == [
        ("x.zip/a1.xlsx", b"one"),
        ("x.zip/a1.xlsx", b"two"),
    ]


def test_members_that_swell_are_counted(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.xlsx", b"\0" * 3_000_000)
    (tmp_path / "x.zip").write_bytes(stream.getvalue())
    (source,) = find([tmp_path]).sources
    with pytest.raises(GateError) as caught:
        source.read(Limits())
    assert caught.value.findings[0].code == "file-bomb"


def test_names_that_lead_out_of_a_zip_lead_nowhere(tmp_path: Path) -> None:
    members = {"../../a.xlsx": b"1", "/etc/b.xlsx": b"2", "x\\~$c.xlsx": b"3", "x\\d.xlsx": b"4"}
    (tmp_path / "x.zip").write_bytes(archive(members))
    found = {source.name: source.read(Limits()) for source in find([tmp_path]).sources}
    assert found == {"x.zip/../../a.xlsx": b"1", "x.zip//etc/b.xlsx": b"2", "x.zip/x/d.xlsx": b"4"}
    assert told([tmp_path]) == [("skipped-lock", "x.zip/x/~$c.xlsx")]


def test_files_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    for name in ("b/a.xlsx", "b.xlsx", "b-c/d/e.xlsx", "a/z.xlsx", "a/B/c.xlsx", "Z.xlsx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    every = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert names([tmp_path]) == [path.relative_to(tmp_path).as_posix() for path in every]
