"""The benchmark documents: their data, and where the files of a run lie.

In: a name of WORKS. Out: the context to fill its template with.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

Context = dict[str, Any]

CHAPTERS = 9
PARAGRAPHS = 3


class Job(NamedTuple):
    """One file to make: pictures lie in ``base``."""

    template: Path
    context: Context
    base: Path
    out: Path


class Work(NamedTuple):
    """One kind of document to make: its format and its number of rows."""

    name: str
    suffix: str
    rows: int
    title: str

    def job(self, folder: Path, out: Path, copy: int = 0) -> Job:
        """The document, or one copy of many; every copy has data of its own."""
        return Job(folder / f"bench.{self.suffix}", context(self.rows, copy), folder, out)


WORKS = {
    work.name: work
    for work in (
        Work("docx-10", "docx", 10, "Word, 9 pages, 3 tables of 10 rows"),
        Work("docx-500", "docx", 500, "Word, 3 tables of 500 rows"),
        Work("xlsx-50", "xlsx", 50, "Excel, 50 rows, table, rules, chart"),
        Work("xlsx-1000", "xlsx", 1000, "Excel, 1,000 rows"),
        Work("pptx-12", "pptx", 4, "PowerPoint, 12 slides, chart, picture"),
    )
}


def context(rows: int, copy: int = 0) -> Context:
    """Scalars, three tables of ``rows`` records, chart data: the same for every contender.

    Each ``copy`` is for a unit of its own, with a leader and rows of its own.
    """
    numbers = range(copy, copy + rows)
    return {
        "project": "Trygg natt",
        "organisation": "Solvik kommune",
        "unit": f"Nattjenesten, sone {copy + 1}",
        "leader": f"Prosjektleder {copy + 1} for velferdsteknologi",
        "version": "1.2",
        "date": date(2026, 3, 2),
        "day": "02.03.2026",
        **{f"c{number + 1}": _chapter(number) for number in range(CHAPTERS)},
        "risks": [_risk(number) for number in numbers],
        "benefits": [_benefit(number) for number in numbers],
        "activities": [_activity(number) for number in numbers],
        "picture": "picture.png",
        "progress": {
            "categories": ["Jan", "Feb", "Mar", "Apr", "Mai", "Jun"],
            "series": [
                {"name": "Plan", "values": [1, 2, 4, 6, 8, 10]},
                {"name": "Faktisk", "values": [1, 1.5, 3, 5.5, None, None]},
            ],
        },
    }


def _chapter(number: int) -> Context:
    return {
        "summary": f"Kapittel {number + 1} samler det viktigste på ett sted.",
        "owner": f"Rolle {number + 1}",
        "due": f"{number + 1:02}.05.2026",
        "hours": str(40 + number),
        "status": "i rute" if number % 2 else "på vei",
        "goal": f"Mål {number + 1} & delmål",
    }


def _risk(number: int) -> Context:
    probability, consequence = number % 5 + 1, number * 7 % 5 + 1
    return {
        "id": f"R{number + 1}",
        "hazard": f"Alarmen når ikke fram når dekningen er svak ({number + 1})",
        "probability": probability,
        "consequence": consequence,
        "value": probability * consequence,
        "responsible": f"Rolle {number % 6 + 1}",
        "due": date(2026, 1, 5) + timedelta(days=number),
        "due_text": (date(2026, 1, 5) + timedelta(days=number)).strftime("%d.%m.%Y"),
        "comment": "Følges opp i gruppa" if number % 3 else None,
    }


def _benefit(number: int) -> Context:
    return {
        "id": f"G{number + 1}",
        "title": f"Færre unødvendige tilsyn om natten ({number + 1})",
        "indicator": "Tilsyn per natt",
        "baseline": str(24 + number % 7),
        "target": str(9 + number % 3),
    }


def _activity(number: int) -> Context:
    return {
        "id": f"A{number + 1}",
        "title": f"Opplæring av superbrukere, runde {number + 1}",
        "role": f"Rolle {number % 6 + 1}",
        "start": f"{number % 28 + 1:02}.02.2026",
        "end": f"{number % 28 + 1:02}.03.2026",
    }
