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
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.collect.limits import Limits
from toolkit.collect.opening.package import BLOCK, overlapping, rejected, too_much
from toolkit.finding import LANGUAGES, Finding, Place, finding, visible
from toolkit.store.long import Long
from toolkit.store.packing import id_of

READ = frozenset(
    {
        *(".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".xlt", ".ods", ".ots"),
        *(".docx", ".docm", ".dotx", ".dotm", ".csv", ".tsv"),
    }
)
TAKEN = (*READ, ".zip")
LOCKS = ("~$", ".~lock.")
HIDDEN_FOLDERS = frozenset({"__MACOSX", "$RECYCLE.BIN", "System Volume Information"})
OWN = frozenset({"results.sqlite", "desktop.ini", "thumbs.db"})
LISTS = tuple(f"report_{language}_" for language in LANGUAGES)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_NAME = 255
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, NotImplementedError, ValueError)


class Source(NamedTuple):
    """One file to read: where it lies, and what people call it. There may be very many of them.

    ``inner`` is its path below ``folder``, which many share; ``member`` its name inside a zip and
    ``number`` its place in the zip's directory: two members may have one name. ``time`` is when it
    was changed, in seconds.
    """

    name: str
    folder: Path
    inner: str
    member: str = ""
    size: int = 0
    time: float = 0.0
    number: int = 0

    def __reduce__(self) -> tuple[Any, ...]:
        return _source, (self.name, f"{self.folder}", *self[2:])

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self.folder / self.inner

    @property
    def modified(self) -> datetime:
        """When it was changed."""
        return datetime.fromtimestamp(self.time, UTC)

    def read(self, limits: Limits) -> bytes:
        """Its bytes, no more than the limit and one; GateError where it cannot be opened."""
        try:
            if self.member:
                return self._member(limits)
            with self.path.open("rb") as stream:
                data = stream.read(min(self.size, limits.container_bytes) + 1)
                more = limits.container_bytes + 1 - len(data)  # grown since it was found
                return data + stream.read(more) if len(data) > self.size and more else data
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


def _source(name: str, folder: str, *rest: Any) -> Source:
    """A source that was pickled; many share a folder."""
    return Source(name, _folder(folder), *rest)


_folder = lru_cache(maxsize=1024)(Path)


@lru_cache(maxsize=1)
def _opened(path: Path, _size: int, _changed: int) -> zipfile.ZipFile:
    """The zip file that was opened last: its members are read one after the other."""
    return zipfile.ZipFile(path)


@dataclass
class Search:
    """What is found so far."""

    limits: Limits = field(default_factory=Limits)
    sources: Long[Source] = field(default_factory=Long)
    findings: list[Finding] = field(default_factory=list)
    several: bool = False

    def add(self, source: Source) -> None:
        """A file that is read; below one folder nothing lies twice: links are not followed."""
        self.sources.add(source, _lies_at(source) if self.several else None)

    def tell(self, code: str, name: str, /, **params: object) -> None:
        """A finding about a file that is not read."""
        self.findings.append(finding(code, Place(called(name)), **params))


def find(paths: Iterable[Path], limits: Limits | None = None) -> Search:
    """Every file under these paths; the same file named twice is read once.

    It has the place where it was found first, and the name it was found by last.
    """
    given = list(paths)
    search = Search(limits or Limits(), several=len(given) > 1)
    for path in given:
        try:
            _given(path, search)
        except OSError as error:
            search.tell("returned-unreadable", f"{path}", reason=error.strerror or "?")
    missing = [found for found in search.findings if found.code == "file-not-found"]
    if not search.sources and len(missing) < len(given):
        search.tell("nothing-to-read", ", ".join(str(path) for path in given) or ".")
    return search


def _lies_at(source: Source) -> int:
    """The same for a file that is named twice."""
    inside = _real(source.path.parent) / source.path.name
    return id_of(os.path.normcase(inside), source.number)


_real = lru_cache(maxsize=1024)(Path.resolve)


def called(name: str) -> str:
    """What a file is called in everything that is told: nothing in the name is hidden."""
    shown = visible(name)
    if len(shown) <= LONGEST_NAME:
        return shown
    return f"{shown[: LONGEST_NAME - 60]}…{shown[-50:]}"


def _given(path: Path, search: Search) -> None:
    """What somebody named: a folder, a file, or a link to one."""
    if path.is_dir():
        for inner, told in _files(path, search):
            _one(path, inner, told, search)
    elif path.exists():
        own = path.resolve() if path.is_symlink() else path
        _one(own.parent, own.name, own.lstat(), search, path.name)
    else:
        search.tell("file-not-found", f"{path}")


def _files(folder: Path, search: Search) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below a folder and its path there, in the order of their paths.

    Links to folders are among them; these are told and not followed.
    """
    open_: list[Iterator[str]] = [_listed(folder, "", search)]
    while open_:
        inner = next(open_[-1], None)
        if inner is None:
            open_.pop()
            continue
        try:
            told = (folder / inner).lstat()
        except OSError as error:
            search.tell("returned-unreadable", inner, reason=error.strerror or "?")
            continue
        if stat.S_ISDIR(told.st_mode):
            open_.append(_listed(folder, inner, search))
        else:
            yield inner, told


def _listed(folder: Path, inner: str, search: Search) -> Iterator[str]:
    """The paths of everything in a folder below the one that was named, in order."""
    try:
        with os.scandir(folder / inner) as entries:
            names = sorted((entry.name for entry in entries), key=os.path.normcase)
    except OSError as error:
        search.tell("returned-unreadable", inner or f"{folder}", reason=error.strerror or "?")
        return iter(())
    return (f"{inner}/{name}" for name in names) if inner else iter(names)


def _one(folder: Path, inner: str, told: os.stat_result, search: Search, name: str = "") -> None:
    """One file on the disk; ``name`` is what it was called where that is not its path."""
    name = name or inner
    if _skipped(name, search) or _irregular(told.st_mode, name, search):
        return
    if inner.casefold().endswith(".zip"):
        _members(folder, inner, name, search)
    else:
        source = Source(called(name), folder, inner, "", told.st_size, told.st_mtime)
        search.add(source)


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
    parts = [part for part in name.split("/") if part]
    last = parts[-1] if parts else ""
    if last.startswith(LOCKS):
        search.tell("skipped-lock", name)
    elif any(_is_hidden(part) for part in parts):
        search.tell("skipped-hidden", name)
    elif _is_own(last.casefold()) or not last.casefold().endswith(TAKEN):
        search.tell("skipped-other", name)
    else:
        return False
    return True


def _is_own(last: str) -> bool:
    """Whether it is what stands in a folder of results or of Windows."""
    return last in OWN or (last.startswith(LISTS) and last.endswith(".csv"))


def _is_hidden(part: str) -> bool:
    return part in HIDDEN_FOLDERS or (part.startswith(".") and part not in (".", ".."))


def _members(folder: Path, file: str, name: str, search: Search) -> None:
    """The files of a zip file, as if it were a folder."""
    try:
        with zipfile.ZipFile(folder / file) as archive:
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
            _inside(Source(name, folder, file, number=number), info, search)


def _inside(archive: Source, info: zipfile.ZipInfo, search: Search) -> None:
    """One member of a zip file; its number there stands in ``archive``."""
    own = info.filename.replace("\\", "/")
    inner = f"{archive.name}/{own}"
    if own.casefold().endswith(".zip"):
        search.tell("archive-inside", inner)
    elif not _skipped(inner, search):
        time = _moment(info).timestamp()
        source = archive._replace(name=called(inner), member=own, size=info.file_size, time=time)
        search.add(source)


def _moment(member: zipfile.ZipInfo) -> datetime:
    """When a member was changed: zip files know no zone, so it is taken as UTC."""
    try:
        return datetime(*member.date_time, tzinfo=UTC)
    except ValueError:
        return EPOCH
