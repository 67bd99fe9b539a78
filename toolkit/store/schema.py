"""The schema of the store: tables for what came back, tables for what it says, views for questions.

In: nothing. Out: SQL. ``docs/store.md`` describes every table, column and view; a test holds the
two together. A file's id comes from its content and name, the ids of what files share from what it
says, so that the same files give the same store in whatever order they were read. A cell is a row
of five numbers: the views ``value``, ``sent``, ``name``, ``identity``, ``source`` spell them out.
"""

from __future__ import annotations

APPLICATION = 0x5645494B  # "VEIK"
VERSION = 2

_VALUE = "type TEXT NOT NULL, number REAL, day TEXT, flag INTEGER, text TEXT"

TABLES = f"""
CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE file (
  file_id INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
  modified TEXT NOT NULL, kind TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('read', 'rejected', 'duplicate', 'superseded')),
  reason TEXT NOT NULL, doc TEXT NOT NULL, lang TEXT NOT NULL, copy TEXT NOT NULL,
  unit TEXT NOT NULL, role TEXT NOT NULL, period TEXT NOT NULL, filled_by TEXT NOT NULL,
  filled_role TEXT NOT NULL, filled_date TEXT, identity_json TEXT NOT NULL, sent_id INTEGER,
  names_id INTEGER, touched INTEGER, content TEXT NOT NULL, UNIQUE (sha256, name)
);
CREATE INDEX file_doc ON file (doc, status);
CREATE TABLE named (
  names_id INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL,
  PRIMARY KEY (names_id, kind, id)
) WITHOUT ROWID;
CREATE TABLE sent_value (
  sent_id INTEGER NOT NULL, sent_no INTEGER NOT NULL, table_key TEXT NOT NULL,
  row_id TEXT NOT NULL, field TEXT NOT NULL, {_VALUE}, PRIMARY KEY (sent_id, sent_no)
) WITHOUT ROWID;
CREATE TABLE spot (
  spot_id INTEGER PRIMARY KEY, doc TEXT NOT NULL, table_key TEXT NOT NULL, row_id TEXT NOT NULL,
  field TEXT NOT NULL
);
CREATE INDEX spot_key ON spot (table_key, row_id, field);
CREATE TABLE answer (
  answer_id INTEGER PRIMARY KEY, {_VALUE}, raw TEXT NOT NULL, state TEXT NOT NULL,
  usable INTEGER NOT NULL
);
CREATE TABLE place (
  place_id INTEGER PRIMARY KEY, sheet TEXT NOT NULL, cell TEXT NOT NULL, steps TEXT NOT NULL
);
CREATE TABLE cell (
  file_id INTEGER NOT NULL, cell_no INTEGER NOT NULL, spot_id INTEGER NOT NULL,
  answer_id INTEGER NOT NULL, place_id INTEGER NOT NULL, PRIMARY KEY (file_id, cell_no)
) WITHOUT ROWID;
CREATE TABLE finding (
  file_id INTEGER NOT NULL, finding_no INTEGER NOT NULL,
  code TEXT NOT NULL, severity TEXT NOT NULL, place_file TEXT NOT NULL, place TEXT NOT NULL,
  params TEXT NOT NULL, PRIMARY KEY (file_id, finding_no)
) WITHOUT ROWID;

CREATE TABLE merged_row (
  doc TEXT NOT NULL, table_key TEXT NOT NULL, row_id TEXT NOT NULL, position INTEGER NOT NULL,
  title TEXT NOT NULL, new INTEGER NOT NULL, files TEXT NOT NULL,
  PRIMARY KEY (doc, table_key, row_id)
) WITHOUT ROWID;
CREATE TABLE merged (
  doc TEXT NOT NULL, table_key TEXT NOT NULL, row_id TEXT NOT NULL, field TEXT NOT NULL,
  operator TEXT NOT NULL, {_VALUE}, n INTEGER NOT NULL, spread REAL, mean REAL,
  conflict INTEGER NOT NULL, disagreement INTEGER NOT NULL, distribution TEXT NOT NULL,
  merged_id INTEGER NOT NULL, PRIMARY KEY (doc, table_key, row_id, field)
) WITHOUT ROWID;
CREATE TABLE sender (
  file_id INTEGER PRIMARY KEY, copy TEXT NOT NULL, unit TEXT NOT NULL, role TEXT NOT NULL
);
CREATE TABLE merged_source (
  merged_id INTEGER NOT NULL, source_no INTEGER NOT NULL, file_id INTEGER NOT NULL,
  cell_no INTEGER NOT NULL, standing INTEGER NOT NULL, PRIMARY KEY (merged_id, source_no)
) WITHOUT ROWID;
CREATE TABLE rest (
  merged_id INTEGER NOT NULL, rest_no INTEGER NOT NULL, on_id INTEGER NOT NULL,
  PRIMARY KEY (merged_id, rest_no)
) WITHOUT ROWID;
CREATE TABLE lookalike (
  doc TEXT NOT NULL, table_key TEXT NOT NULL, row_id TEXT NOT NULL, other_id TEXT NOT NULL,
  likeness REAL NOT NULL, position INTEGER NOT NULL,
  PRIMARY KEY (doc, table_key, row_id, other_id)
) WITHOUT ROWID;
CREATE TABLE copy (
  doc TEXT NOT NULL, document TEXT NOT NULL, copy TEXT NOT NULL, unit TEXT NOT NULL,
  role TEXT NOT NULL, period TEXT NOT NULL, path TEXT NOT NULL, due TEXT,
  expected INTEGER NOT NULL, state TEXT NOT NULL, files TEXT NOT NULL, day TEXT,
  required INTEGER NOT NULL, filled INTEGER NOT NULL, position INTEGER NOT NULL,
  PRIMARY KEY (doc, document, copy)
) WITHOUT ROWID;
CREATE TABLE missing (
  doc TEXT NOT NULL, table_key TEXT NOT NULL, row_id TEXT NOT NULL, field TEXT NOT NULL,
  position INTEGER NOT NULL, PRIMARY KEY (doc, table_key, row_id, field)
) WITHOUT ROWID;
CREATE TABLE rating (
  doc TEXT NOT NULL, level TEXT NOT NULL, key TEXT NOT NULL, family TEXT NOT NULL,
  group_key TEXT NOT NULL, n INTEGER NOT NULL, mean REAL, agree REAL, colour TEXT NOT NULL,
  distribution TEXT NOT NULL, hidden INTEGER NOT NULL, position INTEGER NOT NULL,
  PRIMARY KEY (doc, level, key, family, group_key)
) WITHOUT ROWID;
CREATE TABLE response (
  doc TEXT NOT NULL, role TEXT NOT NULL, sent INTEGER, returned INTEGER NOT NULL,
  position INTEGER NOT NULL, PRIMARY KEY (doc, role)
) WITHOUT ROWID;
CREATE TABLE anonymous (doc TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE title (
  kind TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL, PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE seen (
  path_id INTEGER PRIMARY KEY, size INTEGER NOT NULL, mtime INTEGER NOT NULL,
  sha256 TEXT NOT NULL, name TEXT NOT NULL
);
"""
CELL_SPOT = "CREATE INDEX IF NOT EXISTS cell_spot ON cell (spot_id, file_id, cell_no, answer_id)"
"""What merging looks answers up by; left out while very many files are written (see ``Store``)."""
TRIGGER = """
CREATE TRIGGER file_gone AFTER DELETE ON file BEGIN
  DELETE FROM cell WHERE file_id = OLD.file_id;
  DELETE FROM finding WHERE file_id = OLD.file_id;
  DELETE FROM sender WHERE file_id = OLD.file_id;
END
"""
