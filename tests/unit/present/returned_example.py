"""What came back of the example project, written by hand in the shape collect stores it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from toolkit.finding import Place, finding
from toolkit.office.cache import user_folder
from toolkit.present.presented import Presented
from toolkit.project import read_description
from toolkit.store.ratings import Rating, Response
from toolkit.store.records import (
    Copy,
    File,
    Lookalike,
    Merged,
    Missing,
    Results,
    Row,
    Source,
    Value,
)

EXAMPLE = Path(__file__).parents[3] / "examples" / "trygg-natt" / "project.yaml"
UNITS = {"un01": "nord.xlsx", "un02": "bryggen.xlsx", "un03": "solsiden.xlsx"}
DAYS = (date(2027, 3, 31), date(2027, 4, 30), date(2027, 5, 31), date(2027, 6, 30))
MEASURED = {
    "b01": ((2.1, 1.6, 1.2, 0.96), (2.0, 1.5, 1.25, 0.96), (2.2, 1.7, 1.3, 0.96)),
    "b06": ((None, None, None, 52), (None, None, None, 52), (None, None, None, 52)),
    "b08": ((None, None, None, 3.4), (None, None, None, 3.9), (None, None, None, 3.1)),
    "b02": ((190, 170, 150, 148), (195, 175, None, None), (188, 181, 160, 150)),
}
D03, D12, D16, D23 = "d.03", "d.12", "d.16", "d.23"


def source(file: str, sheet: str, cell: str, value: Value, unit: str = "") -> Source:
    place = Place(file, (("sheet", sheet), ("at", cell)))
    return Source(file, unit, unit, "", "", date(2027, 7, 1), value, f"{value}", place)


def _measured() -> Iterator[tuple[Row, list[Merged]]]:
    number = 5
    for benefit, by_unit in MEASURED.items():
        for (unit, file), values in zip(UNITS.items(), by_unit, strict=True):
            for n, (day, value) in enumerate(zip(DAYS, values, strict=True), 1):
                row = f"{benefit}-{unit}-{n:02}"
                told = {"f.benefit": benefit, "f.unit": unit, "f.measure_date": day}
                told |= {"f.measure_point": "operation"}
                own = [Merged(D03, "measurements", row, f, "key", v) for f, v in told.items()]
                if value is not None:
                    cell = source(file, "Målinger", f"F{number}", value, unit)
                    field = "f.measured_value"
                    own.append(
                        Merged(D03, "measurements", row, field, "append", value, 1, sources=(cell,))
                    )
                yield Row(D03, "measurements", row, number, benefit, files=(file,)), own
                number += 1


def _others() -> Iterator[tuple[Row, list[Merged]]]:
    two = (
        source("nord.xlsx", "Gevinstplan", "C5", "ro03", "un01"),
        source("solsiden.xlsx", "Gevinstplan", "C5", "ro04", "un03"),
    )
    owner = Merged(D03, "benefit_plan", "b01", "f.benefit_owner", "one", "ro03", 2, conflict=True)
    plan = Merged(**{**vars(owner), "sources": two})
    yield Row(D03, "benefit_plan", "b01", 0, "Færre planlagte tilsyn om natten"), [plan]
    row = Row(D03, "follow_up", "b06", 5, "Uforstyrret søvn", files=("nord.xlsx",))
    said = {
        "f.deviation": "Sensoren varsler når brukeren snur seg",
        "f.corrective_action": "Juster følsomheten per bruker",
        "f.responsible": "ro04",
        "f.deadline": date(2027, 9, 1),
        "f.measured_value": 52,
        "f.achievement": 37.83783783783784,
        "f.traffic_light": "red",
    }
    told = [
        Merged(
            *(D03, "follow_up", "b06", field, "list", value, 1),
            sources=(source("nord.xlsx", "Oppfølging", "M10", value, "un01"),),
        )
        for field, value in said.items()
    ]
    yield row, told
    pair = {"f.probability": "5", "f.consequence": "4"}
    cells = [
        Merged(
            *(D23, "risks", "ri05", field, "worst", value, 3, 2.0, 3.7),
            disagreement=True,
            sources=tuple(source(f"ros_{n}.xlsx", "Risikoer", f"H{8 + n}", value) for n in (1, 2)),
        )
        for field, value in pair.items()
    ]
    yield Row(D23, "risks", "ri05", 5, "Fem"), cells
    added = {
        "f.hazard": "Strømbrudd i sone Nord",
        "f.probability": "2",
        "f.consequence": "4",
        "f.new_measure": '=HYPERLINK("http://x")',
    }
    row = Row(D23, "risks", "new-7f3a-1", 99, added["f.hazard"], new=True, files=("ros_1.xlsx",))
    yield (
        row,
        [
            Merged(
                *(D23, "risks", row.row, field, "union", value, 1),
                sources=(source("ros_1.xlsx", "Risikoer", "B20", value),),
            )
            for field, value in added.items()
        ],
    )


def results() -> Results:
    pairs = [*_measured(), *_others()]
    dims = {"people": 4.1, "organisation": 3.4, "technology": 2.8, "effects": 3.9}
    ratings = [
        Rating(D16, "dimension", key, "all", "", 42, mean, 60.0, "green")
        for key, mean in dims.items()
    ]
    overall = Rating(D16, "overall", "", "all", "", 42, 3.6, 55.0, "yellow")
    hidden = Rating(D16, "dimension", "people", "role", "it", 3, hidden=True)
    return Results(
        rows=tuple(row for row, _ in pairs),
        merged=tuple(merged for _, own in pairs for merged in own),
        lookalikes=(Lookalike(D23, "risks", "new-7f3a-1", "ri05", 0.92),),
        copies=_copies(),
        missing=(Missing(D03, "benefit_plan", "b04", "f.baseline"),),
        ratings=(*ratings, overall, hidden),
        responses=(Response(D16, "user", 25, 20), Response(D16, "employee", 38, 22)),
        anonymous=(D16,),
        titles={},
        statuses={file.key: (file.status, file.reason) for file in files()},
    )


def _copies() -> tuple[Copy, ...]:
    due = date(2027, 7, 5)
    answered = [
        Copy(
            *(D03, "benefits", f"c-{unit}", unit),
            due=due,
            expected=True,
            state="answered" if unit != "un02" else "partly",
            files=(file,),
            day=date(2027, 7, 1) if unit != "un03" else date(2027, 7, 8),
            required=12,
            filled=12 if unit != "un02" else 7,
        )
        for unit, file in UNITS.items()
    ]
    return (*answered, Copy(D12, "huki", "c-huki", "un01", due=due, expected=True, required=3))


def files() -> tuple[File, ...]:
    read = [
        File(name, f"{n:064}", 40_000, datetime(2027, 7, 1, 9), "xlsx", doc=D03, lang="nb",
             copy=f"c-{unit}", unit=unit, filled_by="Kari", filled_date=date(2027, 7, 1))
        for n, (unit, name) in enumerate(UNITS.items(), 1)
    ]  # fmt: skip
    ros = [
        File(f"ros_{n}.xlsx", f"{n + 10:064}", 30_000, datetime(2027, 7, 2), "xlsx", doc=D23)
        for n in (1, 2)
    ]
    gone = finding("returned-empty", Place("tom.xlsx"))
    empty = File("tom.xlsx", "e" * 64, 0, datetime(2027, 7, 2), "", "rejected", "returned-empty",
                 findings=(gone,))  # fmt: skip
    again = File("nord (1).xlsx", f"{1:064}", 40_000, datetime(2027, 7, 3), "xlsx", "duplicate",
                 "file-duplicate", D03)  # fmt: skip
    return (*read, *ros, empty, again)


def presented() -> Presented:
    description = read_description(EXAMPLE)
    return Presented(description.project, results(), files(), description.folder, user_folder())
