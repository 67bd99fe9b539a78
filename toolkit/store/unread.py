"""Unread: the cells of files that stand which could not be read, and that nobody has mended yet.

In: an open connection. Out: Unread lines by file, in the order of its cells. Files of anonymous
documents are left out: nobody knows whom to ask.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from toolkit.finding import Place
from toolkit.store.records import REJECTED, FileKey, Spot
from toolkit.store.typed import place

_UNREAD = f"""
SELECT f.sha256, f.name, f.doc, f.lang, f.copy, f.unit, f.role, f.filled_by, f.filled_role,
  COALESCE(f.filled_date, ''), f.kind, f.identity_json, v.table_key, v.row_id, v.field, v.raw,
  v.state, v.place
FROM value v JOIN file f ON f.file_id = v.file_id
WHERE NOT v.usable AND f.status <> '{REJECTED}' AND f.status <> 'duplicate'
  AND f.doc NOT IN (SELECT doc FROM anonymous)
  AND NOT EXISTS (
    SELECT 1 FROM value o JOIN file g ON g.file_id = o.file_id
    WHERE o.table_key = v.table_key AND o.row_id = v.row_id AND o.field = v.field AND o.usable
      AND o.type <> 'blank' AND g.file_id <> f.file_id AND g.doc = f.doc
      AND (json_extract(g.identity_json, '$.mends') = f.sha256
           OR (g.copy = f.copy AND f.copy <> '' AND f.status = 'superseded')))
ORDER BY f.name, f.sha256, v.cell_no
"""


NAMES = (
    *("sha256", "name", "doc", "lang", "copy", "unit", "role", "filled_by", "filled_role"),
    *("filled_date", "kind", "identity", "table", "row", "field", "raw", "state", "steps"),
)


@dataclass(frozen=True)
class Unread:
    """One cell to mend, and the file it stands in."""

    key: FileKey
    doc: str
    lang: str
    copy: str
    unit: str
    role: str
    filled_by: str
    filled_role: str
    filled_date: str
    kind: str
    identity: Mapping[str, str]
    spot: Spot
    raw: str
    state: str
    place: Place


def unread(connection: sqlite3.Connection) -> Iterator[Unread]:
    """Every cell to mend, by file."""
    for line in connection.execute(_UNREAD):
        texts = dict(zip(NAMES, (f"{part}" for part in line), strict=True))
        sha256, name, steps = (texts.pop(key) for key in ("sha256", "name", "steps"))
        spot = texts.pop("table"), texts.pop("row"), texts.pop("field")
        identity = json.loads(texts.pop("identity"))
        where = place(name, steps)
        yield Unread(key=(sha256, name), identity=identity, spot=spot, place=where, **texts)
