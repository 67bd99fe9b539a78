"""The views of the store: one for each question a controller asks.

In: nothing. Out: SQL. Every view names units and rows the way people do where the store knows
their titles; answers to anonymous documents are never shown one by one.
"""

from __future__ import annotations


def _shown(table: str) -> str:
    """A typed value as one column, whatever its type."""
    columns = ("text", "day", "number", "flag")
    return f"COALESCE({', '.join(f'{table}.{column}' for column in columns)})"


def _title(kind: str, id: str) -> str:
    """What people call an entry; its id where the store knows no name."""
    return f"COALESCE((SELECT title FROM title t WHERE t.kind = '{kind}' AND t.id = {id}), {id})"


_SAME_ROW = "r.doc = m.doc AND r.table_key = m.table_key AND r.row_id = m.row_id"
_SAME_VALUE = "s.doc = m.doc AND s.table_key = m.table_key AND s.row_id = m.row_id"
_ANSWERS = f"""
  FROM merged m
  JOIN merged_row r ON {_SAME_ROW}
  JOIN source s ON {_SAME_VALUE} AND s.field = m.field
  JOIN value v ON v.file_id = s.file_id AND v.cell_no = s.cell_no
  JOIN file f ON f.file_id = s.file_id
"""
_OPEN = "NOT EXISTS (SELECT 1 FROM anonymous a WHERE a.doc = {0}.doc)"
_MEASURED = "m.doc = r.doc AND m.table_key = r.table_key AND m.row_id = r.row_id AND m.field ="


def _column(field: str, column: str) -> str:
    return f"(SELECT m.{column} FROM merged m WHERE {_MEASURED} '{field}')"


_TYPED = ", ".join(f"a.{column}" for column in ("type", "number", "day", "flag", "text"))

PLAIN = {
    "value": f"""
SELECT c.file_id, c.cell_no, s.table_key, s.row_id, s.field, {_TYPED}, a.raw, a.state, a.usable,
  p.sheet, p.cell, p.steps AS place
FROM cell c JOIN spot s ON s.spot_id = c.spot_id
JOIN answer a ON a.answer_id = c.answer_id JOIN place p ON p.place_id = c.place_id""",
    "sent": f"""
SELECT f.file_id, a.sent_no, a.table_key, a.row_id, a.field, {_TYPED}
FROM file f JOIN sent_value a ON a.sent_id = f.sent_id""",
    "name": """
SELECT f.file_id, n.kind, n.id, n.title FROM file f JOIN named n ON n.names_id = f.names_id""",
    "identity": """
SELECT f.file_id, j.key, j.value FROM file f JOIN json_each(f.identity_json) j""",
    "source": """
SELECT m.doc, m.table_key, m.row_id, m.field, s.source_no, s.file_id, s.cell_no, w.copy, w.unit,
  w.role, s.standing
FROM merged m JOIN merged_source s ON s.merged_id = m.merged_id
JOIN sender w ON w.file_id = s.file_id
UNION ALL
SELECT m.doc, m.table_key, m.row_id, m.field, r.rest_no * 1000000000 + s.source_no, s.file_id,
  s.cell_no, w.copy, w.unit, w.role, s.standing
FROM merged m JOIN rest r ON r.merged_id = m.merged_id
JOIN merged_source s ON s.merged_id = r.on_id AND s.standing
JOIN sender w ON w.file_id = s.file_id""",
}
"""What the tables of numbers say, spelled out."""

VIEWS = {
    "who_answered": f"""
SELECT doc, document, {_title("unit", "c.unit")} AS unit, role, period, state, day, due, files,
  filled, required, CASE WHEN required THEN 100.0 * filled / required END AS percent_complete
FROM copy c WHERE state IN ('answered', 'partly') ORDER BY doc, document, unit, role, copy""",
    "not_answered": f"""
SELECT doc, document, {_title("unit", "c.unit")} AS unit, role, period, state, due, path
FROM copy c WHERE expected AND state IN ('absent', 'untouched')
ORDER BY doc, document, unit, role, copy""",
    "answers_by_unit": f"""
SELECT v.table_key, v.row_id, v.field, {_title("unit", "f.unit")} AS unit, {_shown("v")} AS answer,
  f.doc, f.filled_date, f.name AS file, v.sheet, v.cell
FROM value v JOIN file f ON f.file_id = v.file_id
WHERE f.status IN ('read', 'superseded') AND v.type <> 'blank' AND {_OPEN.format("f")}
ORDER BY f.doc, v.table_key, v.row_id, v.field, unit, f.filled_date, file, v.cell_no""",
    "conflicts": f"""
SELECT m.doc, m.table_key, m.row_id, r.title AS row_title, m.field, m.operator,
  {_shown("m")} AS stands, {_shown("v")} AS answer, {_title("unit", "s.unit")} AS unit, s.role,
  f.filled_date, f.name AS file, v.sheet, v.cell
{_ANSWERS}
WHERE m.conflict AND s.standing AND {_OPEN.format("m")}
ORDER BY m.doc, m.table_key, r.position, m.field, s.source_no""",
    "disagreements": f"""
SELECT m.doc, m.table_key, m.row_id, r.title AS row_title, m.field, {_shown("m")} AS stands,
  m.n, m.spread, m.distribution
FROM merged m JOIN merged_row r ON {_SAME_ROW}
WHERE m.disagreement ORDER BY m.doc, m.table_key, r.position, m.field""",
    "measurements": f"""
SELECT {_title("benefit", _column("f.benefit", "text"))} AS benefit,
  {_title("unit", _column("f.unit", "text"))} AS unit,
  {_column("f.measure_date", "day")} AS measure_date,
  {_column("f.measure_point", "text")} AS measure_point,
  {_column("f.measured_value", "number")} AS measured_value,
  {_column("f.sample_size", "number")} AS sample_size, r.row_id, r.files
FROM merged_row r
WHERE r.table_key = 'measurements' AND {_column("f.measured_value", "number")} IS NOT NULL
ORDER BY benefit, measure_date, unit""",
    "follow_up": f"""
SELECT r.title AS benefit, {_column("f.baseline", "number")} AS baseline,
  {_column("f.measured_value", "number")} AS latest, {_column("f.target", "number")} AS target,
  {_column("f.measure_date", "day")} AS measure_date,
  {_column("f.achievement", "number")} AS achievement,
  {_column("f.expected_progress", "number")} AS expected_progress,
  {_column("f.trend", "text")} AS trend, {_column("f.traffic_light", "text")} AS traffic_light,
  {_column("f.preliminary", "text")} AS preliminary, r.row_id
FROM merged_row r WHERE r.table_key = 'follow_up' ORDER BY r.position""",
    "missing_values": f"""
SELECT m.doc, m.table_key, m.row_id, r.title AS row_title, m.field
FROM missing m LEFT JOIN merged_row r ON {_SAME_ROW}
ORDER BY m.doc, m.table_key, r.position, m.row_id, m.field""",
    "sources": f"""
SELECT m.doc, m.table_key, m.row_id, r.title AS row_title, m.field, {_shown("m")} AS stands,
  m.operator, m.n, {_shown("v")} AS answer, v.raw, f.name AS file, v.sheet, v.cell,
  {_title("unit", "s.unit")} AS unit, s.role, f.filled_by, f.filled_date, s.standing
{_ANSWERS}
WHERE {_OPEN.format("m")} ORDER BY m.doc, m.table_key, r.position, m.field, s.source_no""",
    "history": f"""
SELECT f.doc, v.table_key, v.row_id, v.field, COALESCE(f.filled_date, substr(f.modified, 1, 10))
  AS day, {_shown("v")} AS answer, f.unit, f.role, f.name AS file, v.sheet, v.cell, f.status
FROM value v JOIN file f ON f.file_id = v.file_id
WHERE v.type <> 'blank' AND {_OPEN.format("f")}
ORDER BY f.doc, v.table_key, v.row_id, v.field, day, f.modified, file, v.cell_no""",
    "texts": f"""
SELECT m.doc, m.table_key, m.row_id, r.title AS row_title, m.field, v.text, s.role,
  CASE WHEN {_OPEN.format("m")} THEN {_title("unit", "s.unit")} ELSE '' END AS unit
{_ANSWERS}
WHERE m.operator IN ('list', 'union', 'append') AND s.standing AND v.type = 'text'
ORDER BY m.doc, m.table_key, r.position, m.field, s.source_no""",
    "evaluation": """
SELECT doc, level, key, family, group_key, n, mean, agree, colour, distribution, hidden
FROM rating ORDER BY doc, family, group_key, level, key""",
    "response_rate": """
SELECT doc, role, sent, returned, CASE WHEN sent THEN 100.0 * returned / sent END AS percent
FROM response ORDER BY doc, role""",
    "set_aside": """
SELECT name, status, reason, doc, copy, size, modified FROM file
WHERE status <> 'read' ORDER BY status, name, sha256""",
    "cells_to_mend": """
SELECT f.name AS file, v.sheet, v.cell, v.state, v.table_key, v.row_id, v.field, f.unit
FROM value v JOIN file f ON f.file_id = v.file_id
WHERE v.state <> 'ok' ORDER BY file, v.sheet, v.cell_no""",
}
