"""Staging: a kit moves into place in one step, or nothing changes."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from toolkit import disk
from toolkit.disk import held_open, locked, retried, told
from toolkit.finding import OutputError, WouldOverwrite
from toolkit.produce.staging import Staging, recover, sha256, staging, swap

POSIX = pytest.mark.skipif(os.name != "posix", reason="signals and permissions as on Linux")


def publish(
    out: Path, files: Mapping[str, bytes], known: Mapping[str, str] | None = None
) -> Staging:
    with staging(out, known or {}) as stage:
        for path, data in files.items():
            stage.add(path, data)
        stage.refuse()
        stage.publish(stage.stale(known or {}))
    return stage


def hashes(files: Mapping[str, bytes]) -> dict[str, str]:
    return {path: sha256(data) for path, data in files.items()}


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def left_behind(out: Path) -> list[str]:
    return [path.name for path in out.parent.iterdir() if path != out]


FIRST = {"a.docx": b"one", "phase/b.xlsx": b"two"}


def test_a_new_kit_stands_complete_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "kit"
    stage = publish(out, FIRST)
    assert tree(out) == FIRST
    assert left_behind(out) == []
    assert stage.written == ("a.docx", "phase/b.xlsx")


def test_an_empty_folder_may_become_a_kit(tmp_path: Path) -> None:
    (tmp_path / "kit").mkdir()
    publish(tmp_path / "kit", FIRST)
    assert tree(tmp_path / "kit") == FIRST


def test_what_people_put_there_stays(tmp_path: Path) -> None:
    out = tmp_path / "kit"
    publish(out, FIRST)
    (out / "phase" / "notes.txt").write_text("mine")
    (out / "empty").mkdir()
    publish(out, {"a.docx": b"new"}, hashes(FIRST))
    assert tree(out) == {"a.docx": b"new", "phase/notes.txt": b"mine"}
    assert (out / "empty").is_dir()


def test_unchanged_files_are_the_same_files(tmp_path: Path) -> None:
    out = tmp_path / "kit"
    publish(out, FIRST)
    os.utime(out / "a.docx", (1, 1))
    stage = publish(out, {"a.docx": b"one", "phase/b.xlsx": b"three"}, hashes(FIRST))
    assert stage.unchanged == ("a.docx",)
    assert stage.written == ("phase/b.xlsx",)
    assert (out / "a.docx").stat().st_mtime == 1


def test_nothing_moves_when_nothing_changed(tmp_path: Path) -> None:
    out = tmp_path / "kit"
    publish(out, FIRST)
    before = out.stat().st_ino
    publish(out, FIRST, hashes(FIRST))
    assert out.stat().st_ino == before


def test_files_no_longer_made_go_unless_edited(tmp_path: Path) -> None:
    out = tmp_path / "kit"
    publish(out, {**FIRST, "c.docx": b"three"})
    (out / "c.docx").write_bytes(b"three, edited")
    publish(out, {"a.docx": b"one"}, hashes({**FIRST, "c.docx": b"three"}))
    assert tree(out) == {"a.docx": b"one", "c.docx": b"three, edited"}
    assert not (out / "phase").exists()


def test_edited_files_are_never_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "kit"
    publish(out, {**FIRST, "c.docx": b"three"})
    for name in ("a.docx", "c.docx"):
        (out / name).write_bytes(b"edited")
    before = tree(out)
    with pytest.raises(WouldOverwrite) as caught:
        publish(out, {"a.docx": b"new", "c.docx": b"new", "d.docx": b"4"}, hashes(FIRST))
    assert [(f.code, Path(f.place.file).name) for f in caught.value.findings] == [
        ("file-edited", "a.docx"),
        ("file-edited", "c.docx"),
    ]
    assert tree(out) == before
    assert left_behind(out) == []


def test_an_edit_that_equals_the_new_file_is_no_conflict(tmp_path: Path) -> None:
    out = tmp_path / "kit"
    publish(out, FIRST)
    (out / "a.docx").write_bytes(b"new")
    publish(out, {"a.docx": b"new"}, hashes(FIRST))
    assert tree(out) == {"a.docx": b"new"}


def test_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.docx").write_bytes(b"mine")
    with pytest.raises(OutputError) as caught:
        publish(tmp_path / "home", FIRST)
    assert [f.code for f in caught.value.findings] == ["out-not-a-kit"]
    assert tree(tmp_path / "home") == {"letter.docx": b"mine"}


def test_a_file_where_the_kit_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kit").write_text("a file")
    for out in (tmp_path / "kit", tmp_path / "kit" / "inside"):
        with pytest.raises(OutputError) as caught:
            publish(out, FIRST)
        assert [f.code for f in caught.value.findings] == ["out-is-file"]


def test_the_root_is_no_kit() -> None:
    with pytest.raises(OutputError) as caught:
        publish(Path(Path.cwd().anchor), FIRST)
    assert [f.code for f in caught.value.findings] == ["out-not-a-kit"]


def test_a_file_open_in_office_is_named(tmp_path: Path) -> None:
    out = tmp_path / "kit"
    publish(out, FIRST)
    (out / "phase" / "~$b.xlsx").write_text("owner")
    with pytest.raises(OutputError) as caught:
        publish(out, {**FIRST, "phase/b.xlsx": b"new"}, hashes(FIRST))
    assert [(f.code, Path(f.place.file).name) for f in caught.value.findings] == [
        ("file-open", "b.xlsx")
    ]
    assert (out / "phase" / "b.xlsx").read_bytes() == b"two"


@pytest.mark.parametrize("owner", ["~$document.docx", "~$cument.docx", ".~lock.document.docx#"])
def test_owner_files_of_office_programs(tmp_path: Path, owner: str) -> None:
    assert not held_open(tmp_path / "document.docx")
    (tmp_path / owner).write_text("owner")
    assert held_open(tmp_path / "document.docx")


def test_a_rehearsal_writes_nothing_and_tells_the_same(tmp_path: Path) -> None:
    out = tmp_path / "new" / "kit"
    with staging(out, {}, rehearse=True) as stage:
        stage.add("a.docx", b"one")
        stage.refuse()
        stage.publish()
    assert stage.written == ("a.docx",)
    assert list(tmp_path.iterdir()) == []


def test_two_runs_at_once_do_not_mix(tmp_path: Path) -> None:
    out = tmp_path / "kit"
    with staging(out, {}) as stage:
        stage.add("a.docx", b"first run")
        with pytest.raises(OutputError) as caught:
            publish(out, FIRST)
        stage.publish()
    assert [f.code for f in caught.value.findings] == ["kit-busy"]
    assert tree(out) == {"a.docx": b"first run"}


def test_an_error_inside_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> None:
        with staging(tmp_path / "kit", {}) as stage:
            stage.add("a.docx", b"one")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        broken()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "code"),
    [("ENOSPC", "out-disk-full"), ("EROFS", "out-read-only"), ("EIO", "out-failed")],
)
def test_what_the_system_says_becomes_a_finding(tmp_path: Path, number: str, code: str) -> None:
    import errno

    with pytest.raises(OutputError) as caught, told(tmp_path):
        raise OSError(getattr(errno, number), "said the system")
    assert [f.code for f in caught.value.findings] == [code]


@POSIX
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_one_may_not_write_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError) as caught:
        publish(tmp_path / "kit", FIRST)
    tmp_path.chmod(0o700)
    assert [f.code for f in caught.value.findings] == ["out-read-only"]


def test_a_full_disk_leaves_the_old_kit(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    out = tmp_path / "kit"
    publish(out, FIRST)

    def filling_up() -> None:
        with staging(out, hashes(FIRST)) as stage:
            assert stage.new is not None
            (stage.new / "a.docx").symlink_to(full)
            stage.add("a.docx", b"new")

    with pytest.raises(OutputError) as caught:
        filling_up()
    assert [f.code for f in caught.value.findings] == ["out-disk-full"]
    assert tree(out) == FIRST


def test_renames_are_tried_again_before_giving_up() -> None:
    tries: list[int] = []

    def held() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise PermissionError

    retried(held, pauses=(0, 0, 0))
    assert len(tries) == 3
    with pytest.raises(PermissionError):
        retried(lambda: (_ for _ in ()).throw(PermissionError()), pauses=(0,))


def test_a_swap_that_fails_half_way_puts_the_old_kit_back(tmp_path: Path) -> None:
    out = tmp_path / "kit"
    publish(out, FIRST)
    with pytest.raises(OSError, match="missing"):
        swap(out, tmp_path / "missing")
    assert tree(out) == FIRST


def test_half_swapped_kits_are_made_whole(tmp_path: Path) -> None:
    out = tmp_path / "kit"
    publish(out, FIRST)
    out.rename(tmp_path / ".kit.old")
    (tmp_path / ".kit.new").mkdir()
    recover(out)
    assert tree(out) == FIRST
    assert left_behind(out) == []


def test_the_old_kit_goes_once_the_new_one_stands(tmp_path: Path) -> None:
    out = tmp_path / "kit"
    publish(out, FIRST)
    publish(tmp_path / ".kit.old", {"a.docx": b"older"})
    recover(out)
    assert tree(out) == FIRST
    assert left_behind(out) == []


def test_a_lock_ends_with_its_holder(tmp_path: Path) -> None:
    with locked(tmp_path / "lock"):
        pass
    with locked(tmp_path / "lock"):
        assert (tmp_path / "lock").exists()
    assert not (tmp_path / "lock").exists()


def test_links_fall_back_to_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError

    (tmp_path / "a").write_text("text")
    monkeypatch.setattr(disk.os, "link", refused)
    disk.link_or_copy(tmp_path / "a", tmp_path / "deep" / "b")
    assert (tmp_path / "deep" / "b").read_text() == "text"


RUN = """
import sys
from pathlib import Path
from toolkit.produce.staging import sha256, staging
out, number = Path(sys.argv[1]), 0
known = {}
print("ready", flush=True)
while True:
    number += 1
    files = {f"phase/{n}.xlsx": bytes([number % 256]) * 20000 for n in range(20)}
    with staging(out, known) as stage:
        for path, data in files.items():
            stage.add(path, data)
        stage.refuse()
        stage.publish()
    known = {path: sha256(data) for path, data in files.items()}
"""


@POSIX
def test_a_run_killed_at_any_moment_leaves_a_whole_kit(tmp_path: Path) -> None:
    chance = random.Random(7)
    out = tmp_path / "kit"
    for _ in range(8):
        run = subprocess.Popen(
            [sys.executable, "-c", RUN, f"{out}"], stdout=subprocess.PIPE, cwd=Path.cwd()
        )
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(0.02 + chance.random() * 0.2)
        run.send_signal(signal.SIGKILL)
        run.wait()
        run.stdout.close()
        recover(out)
        found = tree(out) if out.exists() else {}
        assert len(found) in (0, 20)
        assert len(set(found.values())) <= 1
        for path in out.rglob("*"):
            if path.is_file():
                path.unlink()
