"""Laid out: the temporary tables of a desk, and how they are filled and asked, in SQL.

In: nothing. Out: SQL. ``arrived`` are the files of a document in order of arrival and copy by copy,
``posted`` the copies, ``stood`` and ``standing`` their files, ``became`` what became of every file,
``added`` and ``member`` the rows staff added, ``heard`` the answers to the statements of a form.
"""

from __future__ import annotations

from toolkit.store.head import ARRIVAL, HEAD
from toolkit.store.records import REJECTED

TABLES = ("arrived", "posted", "stood", "standing", "became", "added", "member", "heard")

MADE = """
CREATE TEMP TABLE IF NOT EXISTS arrived (
  copy TEXT, slip INTEGER, rank INTEGER, file_id INTEGER, same INTEGER, again INTEGER,
  PRIMARY KEY (copy, slip, rank)) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS posted (
  sender INTEGER PRIMARY KEY, key TEXT, document TEXT, unit TEXT, role TEXT, touched INTEGER,
  sent INTEGER, whom TEXT, period TEXT, copy TEXT, newest INTEGER);
CREATE TEMP TABLE IF NOT EXISTS stood (
  sender INTEGER, no INTEGER, file_id INTEGER, kind INTEGER,
  PRIMARY KEY (sender, no)) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS standing (
  file_id INTEGER PRIMARY KEY, place INTEGER UNIQUE, sender INTEGER, kind INTEGER);
CREATE TEMP TABLE IF NOT EXISTS became (file_id INTEGER PRIMARY KEY, status TEXT, reason TEXT);
CREATE TEMP TABLE IF NOT EXISTS added (
  place INTEGER, first INTEGER, file_id INTEGER, row TEXT, key BLOB,
  PRIMARY KEY (place, first, file_id, row)) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS member (
  table_key TEXT, target TEXT, no INTEGER, place INTEGER, file_id INTEGER, row TEXT,
  PRIMARY KEY (table_key, target, no)) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS heard (
  sender INTEGER, no INTEGER, statement TEXT, answer TEXT, PRIMARY KEY (sender, no)) WITHOUT ROWID;
"""
COPY = "CASE WHEN {0}copy <> '' THEN {0}copy ELSE 'unidentified-' || substr({0}sha256, 1, 8) END"
ARRIVED = f"""
WITH came AS (
  SELECT file_id, sha256, content, {COPY.format("")} AS own,
    COALESCE(json_extract(identity_json, '$.mends'), '') AS mends,
    row_number() OVER (ORDER BY {ARRIVAL}) AS rank
  FROM file WHERE doc = ?1 AND status <> '{REJECTED}'),
grouped AS (
  SELECT rank, file_id, content, mends <> '' AS slip,
    row_number() OVER (PARTITION BY sha256 ORDER BY rank) > 1 AS same,
    CASE WHEN mends = '' THEN own ELSE COALESCE((SELECT {COPY.format("o.")} FROM file o
      WHERE o.sha256 = mends AND o.doc = ?1 AND o.status <> '{REJECTED}' LIMIT 1), own) END AS copy
  FROM came)
INSERT INTO temp.arrived SELECT copy, slip, rank, file_id, same,
  row_number() OVER (PARTITION BY copy, slip, same, content ORDER BY rank) > 1 FROM grouped
"""
GROUPS = f"""
SELECT a.copy, a.rank, a.again, {HEAD} FROM temp.arrived a CROSS JOIN file f USING (file_id)
WHERE NOT a.same AND a.copy {{0}} ORDER BY a.copy, a.slip, a.rank
"""
SENT = """
SELECT f.sent_id FROM temp.arrived a JOIN file f USING (file_id) WHERE f.sent_id IS NOT NULL
GROUP BY 1 ORDER BY min(a.rank)
"""
STANDING = """
INSERT INTO temp.standing
SELECT file_id, row_number() OVER (ORDER BY sender, no) - 1, sender, kind FROM temp.stood
"""
SHARED = """
UPDATE temp.became SET reason = ? WHERE status = 'read' AND reason = '' AND file_id IN (
  SELECT newest FROM temp.posted WHERE touched AND copy IN (
    SELECT copy FROM temp.posted WHERE touched GROUP BY copy HAVING count(*) > 1))
"""
SENDERS = f"""
SELECT p.*, {HEAD} FROM temp.posted p CROSS JOIN temp.stood s USING (sender)
CROSS JOIN file f USING (file_id) ORDER BY p.sender, s.no
"""
FOUND = """
SELECT s.place, c.answer_id, s.kind, c.cell_no, s.sender, c.file_id
FROM cell c JOIN temp.standing s USING (file_id) WHERE c.spot_id = ? ORDER BY s.place, c.cell_no
"""
FORMS = """
SELECT p.sender, p.role, p.unit, h.statement, h.answer FROM temp.posted p
LEFT JOIN temp.heard h USING (sender) WHERE p.touched ORDER BY p.sender, h.no
"""
