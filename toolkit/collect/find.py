"""Find: the files somebody hands over: folders, single files, zip files, in any mixture.

In: paths. Out: Sources to read, in a fixed order, and a finding for each file that is not read:
lock files, hidden files, links, other kinds, a zip inside a zip. Nothing is unpacked to disk,
nothing is followed out of the folder, and nothing but regular files is opened.
"""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path, PurePosixPath

from toolkit.collect.limits import Limits
from toolkit.collect.opening.package import BLOCK, overlapping, rejected, too_much
from toolkit.finding import Finding, Place, finding, visible

READ = frozenset(
    {
        *(".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".ods", ".ots"),
        *(".docx", ".docm", ".dotx", ".dotm", ".csv", ".tsv"),
    }
)
LOCKS = ("~$", ".~lock.")
HIDDEN_FOLDERS = frozenset({"__MACOSX", "$RECYCLE.BIN", "System Volume Information"})
OWN = frozenset({"results.sqlite", "desktop.ini", "thumbs.db"})
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_NAME = 255
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, NotImplementedError, ValueError)


@dataclass(frozen=True)
class Source:
    """One file to read: where it lies, and what people call it.

    ``member`` is its name inside a zip and ``number`` its place in the zip's directory: two members
    may have one name.
    """

    name: str
    path: Path
    member: str = ""
    size: int = 0
    modified: datetime = EPOCH
    number: int = 0

    def read(self, limits: Limits) -> bytes:
        """Its bytes, no more than the limit and one; GateError where it cannot be opened."""
        try:
            if self.member:
                return self._member(limits)
            with self.path.open("rb") as stream:
                return stream.read(limits.container_bytes + 1)
        except RuntimeError:
            raise rejected("file-password", Place(self.name)) from None
        except BROKEN:
            raise rejected("file-damaged", Place(self.name)) from None
        except OSError as error:
            place, reason = Place(self.name), error.strerror or "?"
            raise rejected("returned-unreadable", place, reason=reason) from None

    def _member(self, limits: Limits) -> bytes:
        """A member of a zip file, counted while it is unpacked."""
        told = self.path.stat()
        archive = _opened(self.path, told.st_size, told.st_mtime_ns)
        info = archive.infolist()[self.number]
        kept = bytearray()
        with archive.open(info) as stream:
            while len(kept) <= limits.container_bytes and (block := stream.read(BLOCK)):
                kept += block
                if too_much(len(kept), 0, info.compress_size, limits):
                    raise rejected("file-bomb", Place(self.name), name=self.member)
        return bytes(kept)


@lru_cache(maxsize=1)
def _opened(path: Path, _size: int, _changed: int) -> zipfile.ZipFile:
    """The zip file that was opened last: its members are read one after the other."""
    return zipfile.ZipFile(path)


@dataclass
class Search:
    """What is found so far."""

    limits: Limits = field(default_factory=Limits)
    sources: list[Source] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def tell(self, code: str, name: str, /, **params: object) -> None:
        """A finding about a file that is not read."""
        self.findings.append(finding(code, Place(called(name)), **params))


def find(paths: Iterable[Path], limits: Limits | None = None) -> Search:
    """Every file under these paths; the same file named twice is read once."""
    search = Search(limits or Limits())
    for path in paths:
        try:
            _given(path, search)
        except OSError as error:
            search.tell("returned-unreadable", f"{path}", reason=error.strerror or "?")
    unique = {(_resolved(s.path), s.number): s for s in search.sources}
    search.sources = list(unique.values())
    missing = [found for found in search.findings if found.code == "file-not-found"]
    if not search.sources and len(missing) < len(list(paths)):
        search.tell("nothing-to-read", ", ".join(str(path) for path in paths) or ".")
    return search


def called(name: str) -> str:
    """What a file is called in everything that is told: nothing in the name is hidden."""
    shown = visible(name)
    if len(shown) <= LONGEST_NAME:
        return shown
    return f"{shown[: LONGEST_NAME - 60]}…{shown[-50:]}"


def _given(path: Path, search: Search) -> None:
    """What somebody named: a folder, a file, or a link to one."""
    if path.is_dir():
        for file in sorted(_files(path, search)):
            _one(file, file.relative_to(path).as_posix(), search)
    elif path.exists():
        _one(path.resolve() if path.is_symlink() else path, path.name, search)
    else:
        search.tell("file-not-found", f"{path}")


def _files(folder: Path, search: Search) -> Iterator[Path]:
    """Every file below a folder, and links to folders; these are told and not followed."""

    def unreadable(error: OSError) -> None:
        name = Path(error.filename or folder)
        inner = name.relative_to(folder).as_posix() if name != folder else f"{folder}"
        search.tell("returned-unreadable", inner, reason=error.strerror or "?")

    for root, folders, names in os.walk(folder, onerror=unreadable, followlinks=False):
        links = [name for name in folders if (Path(root) / name).is_symlink()]
        for name in (*names, *links):
            yield Path(root) / name


def _one(path: Path, name: str, search: Search) -> None:
    """One file on the disk."""
    try:
        told = path.lstat()
    except OSError as error:
        search.tell("returned-unreadable", name, reason=error.strerror or "?")
        return
    if _skipped(name, search) or _irregular(told.st_mode, name, search):
        return
    modified = datetime.fromtimestamp(told.st_mtime, UTC)
    if path.suffix.casefold() == ".zip":
        _members(path, name, search)
    else:
        search.sources.append(Source(called(name), path, "", told.st_size, modified))


def _irregular(mode: int, name: str, search: Search) -> bool:
    """Whether it is no regular file; told if so. Opening a pipe would wait for ever."""
    if stat.S_ISLNK(mode):
        search.tell("skipped-link", name)
    elif not stat.S_ISREG(mode):
        search.tell("skipped-special", name)
    else:
        return False
    return True


def _skipped(name: str, search: Search) -> bool:
    """Whether a file is not one that people return; told if so."""
    parts = PurePosixPath(name).parts
    last = parts[-1] if parts else ""
    if last.startswith(LOCKS):
        search.tell("skipped-lock", name)
    elif any(_is_hidden(part) for part in parts):
        search.tell("skipped-hidden", name)
    elif last.casefold() in OWN or PurePosixPath(last.casefold()).suffix not in {*READ, ".zip"}:
        search.tell("skipped-other", name)
    else:
        return False
    return True


def _is_hidden(part: str) -> bool:
    return part in HIDDEN_FOLDERS or (part.startswith(".") and part not in (".", ".."))


def _members(path: Path, name: str, search: Search) -> None:
    """The files of a zip file, as if it were a folder."""
    try:
        with zipfile.ZipFile(path) as archive:
            numbered = [(n, info) for n, info in enumerate(archive.infolist()) if not info.is_dir()]
    except BROKEN:
        search.tell("file-damaged", name)
        return
    except OSError as error:
        search.tell("returned-unreadable", name, reason=error.strerror or "?")
        return
    twice = overlapping([info for _, info in numbered])
    if len(numbered) > search.limits.archive_files:
        search.tell("archive-too-many", name, limit=search.limits.archive_files)
    elif twice:
        search.tell("file-overlapping", name, name=twice)
    else:
        for number, info in sorted(numbered, key=lambda pair: pair[1].filename):
            _inside(path, name, (number, info), search)


def _inside(path: Path, name: str, member: tuple[int, zipfile.ZipInfo], search: Search) -> None:
    """One member of a zip file."""
    number, info = member
    own = info.filename.replace("\\", "/")
    inner = f"{name}/{own}"
    if own.casefold().endswith(".zip"):
        search.tell("archive-inside", inner)
    elif not _skipped(inner, search):
        size, modified = info.file_size, _moment(info)
        search.sources.append(Source(called(inner), path, own, size, modified, number))


def _moment(member: zipfile.ZipInfo) -> datetime:
    """When a member was changed: zip files know no zone, so it is taken as UTC."""
    try:
        return datetime(*member.date_time, tzinfo=UTC)
    except ValueError:
        return EPOCH


def _resolved(path: Path) -> str:
    return os.path.normcase(path.resolve())
