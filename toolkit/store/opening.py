"""Opening a store: a new one, one of an earlier run, or a passing copy for a rehearsal.

In: a path. Out: an open connection with the schema in place; or StoreError with the one finding
that says why not. The journal is rolled back on its own after a run that was killed.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from toolkit.finding import Place, ToolkitError, finding
from toolkit.store.schema import APPLICATION, CELL_SPOT, TABLES, TRIGGER, VERSION
from toolkit.store.views import PLAIN, VIEWS

FILE = "results.sqlite"
LITTLE = -1024  # kilobytes
PATIENCE = 5.0  # seconds to wait for another program
SETTINGS = ("synchronous = FULL", "journal_mode = DELETE", "cache_size = -4096")

_CODES = {
    "SQLITE_BUSY": "store-locked",
    "SQLITE_LOCKED": "store-locked",
    "SQLITE_NOTADB": "store-not-a-store",
    "SQLITE_CORRUPT": "store-damaged",
    "SQLITE_READONLY": "store-read-only",
    "SQLITE_CANTOPEN": "store-read-only",
    "SQLITE_PERM": "store-read-only",
    "SQLITE_FULL": "store-disk-full",
}


class StoreError(ToolkitError):
    """The store cannot be used; what it holds is as it was."""


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn an error of the database into StoreError with one finding."""
    try:
        yield
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        code = next((_CODES[known] for known in _CODES if name.startswith(known)), "store-failed")
        raise StoreError([finding(code, Place(f"{path}"), reason=f"{error}")]) from error


def about_of(connection: sqlite3.Connection, key: str) -> str:
    """A fact about the store; '' where it is not there."""
    query = "SELECT value FROM about WHERE key = ?"
    found = connection.execute(query, (key,)).fetchone()
    return str(found[0]) if found else ""


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All of a block, or nothing of it, whatever ends it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if connection.in_transaction:  # a full disk has rolled back already
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def sorting_little(connection: sqlite3.Connection) -> Iterator[None]:
    """Sort on the disk what little memory does not hold: sorters take as much as the cache.

    That is faster, too: what is sorted stays in the processor's own cache.
    """
    before = connection.execute("PRAGMA cache_size").fetchone()[0]
    connection.execute(f"PRAGMA cache_size = {LITTLE}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA cache_size = {before}")


def connected(path: Path, *, patience: float | None = None) -> sqlite3.Connection:
    """The store at a path, made where there is none; StoreError where it cannot be written."""
    _folder(path.parent)
    connection = _connection(path, f"{path}", patience)
    try:
        with told(path), transaction(connection):
            _ready(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise StoreError([finding("store-not-a-folder", Place(f"{folder}"))]) from None
    except OSError:
        raise StoreError([finding("store-read-only", Place(f"{folder}"))]) from None


def rehearsed(path: Path, *, patience: float | None = None) -> sqlite3.Connection:
    """A copy of what the one at the path holds, gone when it is closed; the store stays as it is.

    It lies among the temporary files of the machine: a store may be larger than the memory.
    """
    copy = _connection(path, "", patience)
    try:
        if path.is_file():
            with closing(readable(path, patience=patience)) as present, told(path):
                present.backup(copy)
        with told(path), transaction(copy):
            _ready(copy, path)
    except BaseException:
        copy.close()
        raise
    return copy


def beside(path: Path, without: Iterable[int]) -> sqlite3.Connection:
    """A database that is gone when it is closed: the store's files but for some, no results.

    What is asked of it and not there is asked of the store: cells are not copied. The store is
    only read, so that its folder may be read-only and others may write to it meanwhile.
    """
    readable(path).close()  # which also rolls back what a killed run left
    connection = _connection(path, "", None)
    with told(path):
        connection.execute("ATTACH ? AS kept", (f"{path.absolute().as_uri()}?mode=ro",))
        with transaction(connection):
            for statement in filter(str.strip, TABLES.split(";")):
                connection.execute(statement)
            for table in KEPT:
                connection.execute(f"DROP TABLE main.{table}")
            connection.execute("INSERT INTO main.file SELECT * FROM kept.file")
            gone = ((number,) for number in without)
            connection.executemany("DELETE FROM main.file WHERE file_id = ?", gone)
    return connection


KEPT = ("named", "sent_value", "spot", "answer", "place", "cell", "finding")
"""The tables that are read where they are."""


def readable(path: Path, *, patience: float | None = None) -> sqlite3.Connection:
    """The store at a path, to read; StoreError where there is none."""
    if not path.is_file():
        raise StoreError([finding("store-missing", Place(f"{path}"))])
    connection = _connection(path, f"{path}", patience)
    try:
        with told(path):
            _check(connection, path)
    except StoreError:
        connection.close()
        raise
    return connection


def _connection(path: Path, name: str, patience: float | None) -> sqlite3.Connection:
    wait = PATIENCE if patience is None else patience
    with told(path):
        connection = sqlite3.connect(name, timeout=wait, isolation_level=None, uri=not name)
        try:
            for setting in SETTINGS:
                connection.execute(f"PRAGMA {setting}")
        except BaseException:
            connection.close()
            raise
        return connection


def _ready(connection: sqlite3.Connection, path: Path) -> None:
    """Put the schema into an empty file; refuse any other that is not ours."""
    if _empty(connection):
        for statement in filter(str.strip, TABLES.split(";")):
            connection.execute(statement)
        for name, query in (PLAIN | VIEWS).items():
            connection.execute(f"CREATE VIEW {name} AS {query}")
        connection.execute(CELL_SPOT)
        connection.execute(TRIGGER)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    _check(connection, path)


def _empty(connection: sqlite3.Connection) -> bool:
    return not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]


def _check(connection: sqlite3.Connection, path: Path) -> None:
    application, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("application_id", "user_version")
    )
    if application != APPLICATION:
        raise StoreError([finding("store-not-a-store", Place(f"{path}"))])
    if version != VERSION:
        code = "store-newer" if version > VERSION else "store-older"
        raise StoreError([finding(code, Place(f"{path}"), version=version, own=VERSION)])
