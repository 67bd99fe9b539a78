"""Every field and heading the specification asks for stands in the documents that are shipped.

Held against ../shared/domain where it lies beside the project; skipped, visibly, where it does not.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from openpyxl import load_workbook

from toolkit.document import Document, load_documents, shipped_templates
from toolkit.field import Field
from toolkit.language import Labels

DOMAIN = Path(__file__).parents[3] / "shared" / "domain"
SHIPPED = ("d.01", "d.02", "d.03", "d.12", "d.16", "d.23")
TYPES = {"txt": "text", "num": "number", "pct": "percent", "opt": "choice"}
MERGES = {"latest, sum over units": "latest,sum", "dist, mean, agree": "dist,mean,agree", "—": ""}
ELSEWHERE = {  # (document, place, field): what holds it, where it is no column of its own
    **{("d.03", "s.net", f"f.{name}"): "line" for name in (
        "ramp_up", "gross_benefit", "one_time_cost", "hump_cost", "recurring_cost", "net_benefit",
        "cumulative")},
    ("d.03", "s.net", "f.year"): "year",
    ("d.03", "s.net", "f.break_even"): "line",
    ("d.12", "s.huki_check", "f.role"): "column f.role",
    ("d.12", "s.huki", "<role id>"): "column f.huki",
    ("d.12", "s.huki_check", "f.count"): "column f.count_h f.count_u f.count_k f.count_i",
    ("d.16", "s.evaluation", "f.respondent_role"): "name f_respondent_role",
    ("d.16", "s.evaluation", "f.unit"): "name f_unit",
    **{("d.16", "s.evaluation", f"f.{name}"): "name open_answers"
       for name in ("works_well", "works_badly", "improvement")},
    ("d.16", "s.evaluation", "f.agree_share"): "name f_agree_share",
    ("d.23", "s.risk_criteria", "f.score"): "name risk_matrix",
    ("d.23", "s.risk_criteria", "f.description"):
        "name probability_definitions consequence_definitions",
}  # fmt: skip

pytestmark = pytest.mark.skipif(not DOMAIN.is_dir(), reason="the folder ../shared is not here")


def asked_for() -> list[dict[str, str]]:
    if not DOMAIN.is_dir():
        return []
    with (DOMAIN / "fields.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in rows if row["doc"] in SHIPPED]


def documents(doc: str) -> list[Document]:
    return [d for d in load_documents(shipped_templates()) if d.doc == doc]


def columns(doc: str, place: str) -> dict[str, Field]:
    sections = (d.sections[place] for d in documents(doc) if place in d.sections)
    return {field.field: field for section in sections for field in section.columns}


def key(row: dict[str, str]) -> tuple[str, str, str]:
    return row["doc"], row["place"], row["field"]


@pytest.mark.parametrize("row", [r for r in asked_for() if key(r) not in ELSEWHERE], ids=key)
def test_a_field_stands_as_specified(row: dict[str, str]) -> None:
    field = columns(row["doc"], row["place"])[row["field"]]
    kind = row["type"].split(":")[0].split(" ")[0]
    if kind == "calc":
        assert field.formula or field.origin == "P"
    else:
        assert field.type == TYPES.get(kind, kind)
        assert field.origin == row["origin"]
    if (merge := MERGES.get(row["consolidation"], row["consolidation"])) and field.merge:
        assert ",".join(field.merge) == merge
    assert field.required == bool(row["required"])


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
@pytest.mark.parametrize("row", [r for r in asked_for() if key(r) in ELSEWHERE], ids=key)
def test_a_field_that_is_no_column_stands_too(row: dict[str, str]) -> None:
    kind, *names = ELSEWHERE[key(row)].split()
    if kind == "column":
        assert set(names) <= set(columns(row["doc"], row["place"]))
    elif kind == "name":
        book = load_workbook(documents(row["doc"])[0].template)
        assert set(names) <= set(book.defined_names)
    elif kind == "year":
        assert columns("d.03", "s.net")["f.year"].each == "years"
    else:
        book = load_workbook(documents(row["doc"])[0].template)
        told = {f"{cell.value}" for page in book for line in page.iter_rows() for cell in line}
        assert Labels.load("nb").t(row["field"]) in told


@pytest.mark.parametrize(
    ("chapter", "following", "prefix", "doc"),
    [("4.1", "4.2", "h.pp", "d.01"), ("4.2", "4.3", "h.an", "d.02")],
)
def test_every_heading_of_a_chapter_stands(
    chapter: str, following: str, prefix: str, doc: str
) -> None:
    text = (DOMAIN / "SPEC.md").read_text(encoding="utf-8")
    told = text.split(f"### {chapter} ")[1].split(f"### {following} ")[0]
    wanted = set(re.findall(rf"`({re.escape(prefix)}\.\w+)`", told))
    written = "".join(
        d.template.with_suffix(".yaml").read_text(encoding="utf-8") for d in documents(doc)
    )
    assert len(wanted) >= 7
    assert {heading for heading in wanted if heading not in written} == set()
