"""Find: the files somebody hands over: folders, single files, zip files, in any mixture.

In: paths. Out: Sources to read, in a fixed order, and a finding for each file that is not read:
lock files, hidden files, other kinds, a zip inside a zip. Nothing is unpacked to disk.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from toolkit.collect.gate import GateError
from toolkit.collect.limits import Limits
from toolkit.finding import Finding, Place, finding

READ = frozenset(
    {
        *(".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".ods", ".ots"),
        *(".docx", ".docm", ".dotx", ".dotm"),
    }
)
LOCKS = ("~$", ".~lock.")
HIDDEN_FOLDERS = frozenset({"__MACOSX", "$RECYCLE.BIN", "System Volume Information"})
OWN = frozenset({"results.sqlite", "desktop.ini", "thumbs.db"})
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Source:
    """One file to read: where it lies, and what people call it. ``member`` is inside a zip."""

    name: str
    path: Path
    member: str = ""
    size: int = 0
    modified: datetime = EPOCH

    def read(self, limits: Limits) -> bytes:
        """Its bytes, no more than the limit and one; GateError where it cannot be opened."""
        most = limits.container_bytes + 1
        try:
            if not self.member:
                with self.path.open("rb") as stream:
                    return stream.read(most)
            with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as stream:
                return stream.read(most)
        except RuntimeError:
            raise _unread("file-password", self.name) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError):
            raise _unread("file-damaged", self.name) from None
        except OSError as error:
            raise _unread("returned-unreadable", self.name, reason=error.strerror or "?") from None


@dataclass
class Search:
    """What is found so far."""

    limits: Limits = field(default_factory=Limits)
    sources: list[Source] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def tell(self, code: str, name: str, **params: object) -> None:
        """A finding about a file that is not read."""
        self.findings.append(finding(code, Place(name), **params))


def find(paths: Iterable[Path], limits: Limits | None = None) -> Search:
    """Every file under these paths; the same file named twice is read once."""
    search = Search(limits or Limits())
    for path in paths:
        if path.is_dir():
            for file in sorted(_files(path)):
                _one(file, file.relative_to(path).as_posix(), search)
        elif path.is_file():
            _one(path, path.name, search)
        else:
            search.tell("file-not-found", f"{path}")
    unique = {(_resolved(s.path), s.member): s for s in search.sources}
    search.sources = list(unique.values())
    if not search.sources:
        search.tell("nothing-to-read", ", ".join(str(path) for path in paths) or ".")
    return search


def _files(folder: Path) -> Iterator[Path]:
    """Every file below a folder; links to folders are not followed, so there are no circles."""
    for root, _, names in os.walk(folder, followlinks=False):
        for name in names:
            yield Path(root) / name


def _one(path: Path, name: str, search: Search) -> None:
    """One file on the disk."""
    if _skipped(name, search):
        return
    try:
        told = path.stat()
    except OSError as error:
        search.tell("returned-unreadable", name, reason=error.strerror or "?")
        return
    modified = datetime.fromtimestamp(told.st_mtime, UTC)
    if path.suffix.casefold() == ".zip":
        _members(path, name, search)
    else:
        search.sources.append(Source(name, path, "", told.st_size, modified))


def _skipped(name: str, search: Search) -> bool:
    """Whether a file is not one that people return; told if so."""
    parts = PurePosixPath(name).parts
    last = parts[-1] if parts else ""
    if last.startswith(LOCKS):
        search.tell("skipped-lock", name)
    elif any(part.startswith(".") or part in HIDDEN_FOLDERS for part in parts):
        search.tell("skipped-hidden", name)
    elif last.casefold() in OWN or PurePosixPath(last.casefold()).suffix not in {*READ, ".zip"}:
        search.tell("skipped-other", name)
    else:
        return False
    return True


def _members(path: Path, name: str, search: Search) -> None:
    """The files of a zip file, as if it were a folder."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        search.tell("file-damaged", name)
        return
    if len(members) > search.limits.archive_files:
        search.tell("archive-too-many", name, limit=search.limits.archive_files)
        return
    for member in sorted(members, key=lambda member: member.filename):
        inner = f"{name}/{member.filename}"
        if member.filename.casefold().endswith(".zip"):
            search.tell("archive-inside", inner)
        elif not _skipped(inner, search):
            modified = _moment(member)
            size = member.file_size
            search.sources.append(Source(inner, path, member.filename, size, modified))


def _moment(member: zipfile.ZipInfo) -> datetime:
    """When a member was changed: zip files know no zone, so it is taken as UTC."""
    try:
        return datetime(*member.date_time, tzinfo=UTC)
    except ValueError:
        return EPOCH


def _resolved(path: Path) -> str:
    return os.path.normcase(path.resolve())


def _unread(code: str, name: str, **params: object) -> GateError:
    return GateError([finding(code, Place(name), **params)])
