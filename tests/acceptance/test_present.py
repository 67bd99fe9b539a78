"""``toolkit present`` and the workbooks of ``toolkit collect``, on the example's returned files."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from pptx import Presentation

from toolkit.cli import toolkit
from toolkit.finding import LANGUAGES

EXAMPLE = Path(__file__).parents[2] / "examples" / "trygg-natt"
PROJECT = EXAMPLE / "project.yaml"
GOLDEN = {"Færre planlagte tilsyn om natten": 80.0, "Uforstyrret søvn": 37.8}

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("presented") / "results"
    run("collect", EXAMPLE / "returned", "-o", out, "--project", PROJECT, "--lang", "nb")
    return out


def run(*arguments: object) -> Any:
    return CliRunner().invoke(toolkit, [str(argument) for argument in arguments])


def deck(results: Path, out: Path, *more: str) -> Any:
    done = run("present", results, "--project", PROJECT, "-o", out, *more)
    assert done.exit_code == 0, done.output
    return Presentation(BytesIO(out.read_bytes()))


def charts(shown: Any) -> Iterator[Any]:
    for slide in shown.slides:
        yield from (shape.chart for shape in slide.shapes if shape.has_chart)


def rows(path: Path, sheet: str) -> dict[str, dict[str, Any]]:
    page = load_workbook(path, data_only=True)[sheet]
    keys = [cell.value for cell in page[3]]
    values = ([cell.value for cell in row] for row in page.iter_rows(min_row=5))
    return {f"{row[0]}": dict(zip(keys, row, strict=True)) for row in values if row[0]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_deck_holds_the_golden_achievements(
    results: Path, tmp_path: Path, language: str
) -> None:
    shown = deck(results, tmp_path / "status.pptx", "--lang", language)
    plots = (chart.plots[0] for chart in charts(shown))
    plot = next(plot for plot in plots if GOLDEN.keys() <= set(plot.categories))
    found = dict(zip(plot.categories, plot.series[0].values, strict=True))
    assert {name: found[name] for name in GOLDEN} == GOLDEN


def test_the_deck_names_the_cells_its_numbers_stand_in(results: Path, tmp_path: Path) -> None:
    shown = deck(results, tmp_path / "status.pptx", "--lang", "nb")
    notes = [slide.notes_slide.notes_text_frame.text for slide in shown.slides]
    said = "\n".join(notes)
    assert "Gevinster Bryggen juni 2027.xlsx > " in said
    assert "03_gevinstrealisering_nb_solsiden-bofellesskap.ods > Målinger!" in said


def test_invented_quotes_are_no_voices(results: Path, tmp_path: Path) -> None:
    shown = deck(results, tmp_path / "status.pptx", "--lang", "nb")
    texts = [s.text_frame.text for d in shown.slides for s in d.shapes if s.has_text_frame]
    assert not any("nøkkelen i døra" in text for text in texts)


def test_the_workbook_shows_achievement_and_light(results: Path) -> None:
    told = rows(results / "03_gevinstrealisering_nb.xlsx", "Gevinstoppfølging")
    assert (told["b01"]["f.achievement"], told["b01"]["f.traffic_light"]) == (
        pytest.approx(80.0),
        "På plan",
    )
    assert told["b06"]["f.achievement"] == pytest.approx(37.8378, abs=1e-4)
    assert told["b06"]["f.traffic_light"] == "Bak plan"


def test_the_planted_conflict_stands_with_every_sender(results: Path) -> None:
    told = rows(results / "12_rolle-og-ansvarsmatrise-huki_nb.xlsx", "HUKI")["h07"]
    assert told["f.marks"].count("|!") == 2
    assert all(name in told["f.conflicts"] for name in ("Bryggen", "Solsiden", "sone Nord"))


def test_a_scale_stands_with_its_mean_and_spread(results: Path) -> None:
    name = "02_interessentanalyse-og-forankringsplan_nb.xlsx"
    told = rows(results / name, "Interessenter")["st01"]
    assert told["f.responses"] == 5
    assert "Innflytelse: 2" in told["f.spread"]
    assert 1 < told["f.influence_mean"] < 4
    assert told["f.priority_score"] == pytest.approx(
        told["f.influence_mean"] * told["f.interest_mean"]
    )


def test_small_groups_are_not_shown(results: Path) -> None:
    page = load_workbook(results / "16_evaluering-av-pilot_nb.xlsx")["Etter rolle og enhet"]
    told = [[cell.value for cell in row][1:6] for row in page.iter_rows(min_row=5)]
    assert all(mean is None for *_, n, mean, _ in told if n is not None and n < 5)
    assert any(rating == "For få svar til å vises" for *_, rating in told)


def test_the_report_lists_every_file(results: Path) -> None:
    page = load_workbook(results / "report_nb.xlsx")["Filene"]
    names = {row[1].value for row in page.iter_rows(min_row=5)}
    inside = {path.name for path in (EXAMPLE / "returned").iterdir()}
    assert {name for name in inside if not name.startswith("~$") and ".zip" not in name} <= names


def test_collecting_again_leaves_the_workbooks_as_they_are(results: Path) -> None:
    before = {path.name: path.read_bytes() for path in results.glob("*.xlsx")}
    run("collect", EXAMPLE / "returned", "-o", results, "--project", PROJECT, "--lang", "nb")
    assert {path.name: path.read_bytes() for path in results.glob("*.xlsx")} == before


def test_presenting_nothing_is_one_clear_line(tmp_path: Path) -> None:
    done = run("present", tmp_path, "--project", PROJECT, "--lang", "en")
    assert done.exit_code == 3
    assert "there are no results here" in done.output
    assert len(done.output.splitlines()) == 1
