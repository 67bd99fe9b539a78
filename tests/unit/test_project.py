"""The description: what it needs, what it forgives, what it finds wrong and where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from toolkit.finding import LANGUAGES, LimitError, ProjectError, Severity
from toolkit.language import Labels
from toolkit.project import (
    Project,
    activities_of,
    check_description,
    default_steps,
    language_in,
    milestones_of,
    read_description,
    read_project,
    steps_of,
)

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "trygg-natt" / "project.yaml"
MINIMAL = ROOT / "examples" / "minimal" / "project.yaml"

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 32 + b"IEND"

Check = Callable[..., list[tuple[str, str]]]


@pytest.fixture(scope="module")
def example() -> Project:
    return read_project(EXAMPLE)


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """(code, path in the description) of each finding of the minimal description, changed."""

    def checked(more: str = "", **replaced: str) -> list[tuple[str, str]]:
        text = MINIMAL.read_text(encoding="utf-8")
        for old, new in replaced.items():
            assert old in text
            text = text.replace(old, new)
        return findings_of(tmp_path, text + more)

    return checked


def findings_of(folder: Path, text: str) -> list[tuple[str, str]]:
    path = folder / "project.yaml"
    path.write_text(text, encoding="utf-8")
    _, findings = check_description(path)
    return [(f.code, str(dict(f.place.steps).get("path", ""))) for f in findings]


def changed(old: str, new: str) -> str:
    text = MINIMAL.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new)


# --- the two examples ------------------------------------------------------------------------


def test_the_example_is_the_specifications_own() -> None:
    theirs = ROOT.parent / "shared" / "domain" / "example-project.nb.yaml"
    if not theirs.exists():
        pytest.skip("the specification is not beside this repository")
    assert EXAMPLE.read_bytes() == theirs.read_bytes()


def test_the_example_has_one_deliberate_fault() -> None:
    _, findings = check_description(EXAMPLE)
    assert [(f.code, f.place.text().partition("yaml:")[2]) for f in findings] == [
        ("huki-no-h", "258:5 > huki[h13]")
    ]


def test_the_example_is_typed(example: Project) -> None:
    assert example.organisation.country == "NO"
    assert example.organisation.population == 11800
    assert example.project.date == date(2026, 1, 12)
    assert example.benefits[0].baseline == 2.4
    assert example.benefits[0].for_ == "organisation"
    assert example.economy.ramp_up[2028] == 0.8
    assert example.costs[0].amounts == {2026: 180000, 2027: 440000}
    assert example.privacy.criteria[3] == "yes"
    assert example.privacy.criteria[9] == "unsure"
    assert example.images[0].use == ("d.01",)
    assert example.quotes[0].fictional is True
    assert example.journey.current[0].phase == "j.1"
    assert example.pilot.evaluation_sent["employee"] == 38
    assert example.procurement.joint is True
    assert example.risks[3].cia == ""


def test_huki_columns_are_cells_by_role(example: Project) -> None:
    row = example.huki[0]
    assert row.cells["ro07"] == "H/U"
    assert "ro01" not in row.cells


def test_the_minimal_description_is_enough() -> None:
    described = read_description(MINIMAL)
    assert described.findings == ()
    assert described.folder == MINIMAL.parent
    assert described.project.organisation.currency == "NOK"
    assert described.project.organisation.type == "municipality"
    assert described.project.organisation.output_languages == ("nb",)
    assert described.project.branding.primary_color == "#0B4F6C"
    assert described.project.stakeholders == ()
    assert described.project.pilot.goal.main == ""
    assert described.project.roles[0].in_huki is True


def test_titles_of_references(example: Project) -> None:
    assert example.title("role", "ro02") == "Prosjektleder velferdsteknologi"
    assert example.title("step", "n3") == "Varsel vurderes"
    assert example.title("sub_goal", "g03") == "Fall om natten oppdages innen 30 minutter"
    assert example.title("unit", "un99") == ""


def test_a_project_does_not_change(example: Project) -> None:
    with pytest.raises(ValueError, match="frozen"):
        example.project.name = "other"  # type: ignore[misc]


# --- what is forgiven --------------------------------------------------------------------------


def test_countries_and_languages_stay_text(check: Check) -> None:
    assert check(**{"country: NO": 'country: "no"'}) == []
    assert check(**{"country: NO": "country: fi"}) == []


def test_a_countrys_own_defaults(tmp_path: Path) -> None:
    path = tmp_path / "project.yaml"
    path.write_text(changed("country: NO", "country: FI"), encoding="utf-8")
    project = read_project(path)
    assert project.organisation.type == "wellbeing_county"
    assert project.organisation.currency == "EUR"


@pytest.mark.parametrize(
    "written",
    ["quality", "Økt kvalitet", "  økt KVALITET ", "Laadun paraneminen", "Increased quality"],
)
def test_options_are_keys_or_labels_of_any_language(tmp_path: Path, written: str) -> None:
    labels = [Labels.load(language).label("benefit_type", "quality") for language in LANGUAGES]
    word = written if written in ("quality", *labels) or written != written.strip() else labels[0]
    path = tmp_path / "project.yaml"
    path.write_text(changed("type: quality", f'type: "{word}"'), encoding="utf-8")
    assert read_project(path).benefits[0].type == "quality"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("H", "H"),
        ("A", "H"),
        ("R", "U"),
        ("c", "K"),
        ("H/U", "H/U"),
        ("R, A", "H/U"),
        ("u+k", "U/K"),
        ("H U", "H/U"),
        ("I / I", "I"),
    ],
)
def test_huki_letters_of_both_alphabets(tmp_path: Path, written: str, expected: str) -> None:
    row = f'huki:\n  - {{id: h01, activity: Test, ro01: "{written}"}}\n'
    path = tmp_path / "project.yaml"
    path.write_text(MINIMAL.read_text(encoding="utf-8") + row, encoding="utf-8")
    project, _ = check_description(path)
    assert project is not None
    assert project.huki[0].cells == {"ro01": expected}


@pytest.mark.parametrize("written", ["true", "yes", "Ja", "kyllä", "YES"])
def test_yes_in_every_language(tmp_path: Path, written: str) -> None:
    path = tmp_path / "project.yaml"
    unit = f"units:\n  - {{id: un01, name: Nord, in_pilot: {written}}}\n"
    path.write_text(MINIMAL.read_text(encoding="utf-8") + unit, encoding="utf-8")
    assert read_project(path).units[0].in_pilot is True


def test_documents_are_written_with_or_without_the_point(tmp_path: Path) -> None:
    more = "kit:\n  exclude: [d01, d.02, D3]\n  due: {d23: 2026-05-01}\n  copies: {d.09: 6}\n"
    path = tmp_path / "project.yaml"
    path.write_text(MINIMAL.read_text(encoding="utf-8") + more, encoding="utf-8")
    kit = read_project(path).kit
    assert kit.exclude == ("d.01", "d.02", "d.03")
    assert kit.due == {"d.23": date(2026, 5, 1)}
    assert kit.copies == {"d.09": 6}


def test_risk_matrix_is_the_default_or_ones_own(tmp_path: Path, example: Project) -> None:
    assert example.risk_acceptance.level(3, 5) == "red"
    assert example.risk_acceptance.level(1, 5) == "orange"
    rows = "\n".join("    - [green, green, yellow, orange, red]" for _ in range(5))
    more = f"risk_acceptance:\n  definitions: {{probability: {{1: Aldri}}}}\n  matrix:\n{rows}\n"
    path = tmp_path / "project.yaml"
    path.write_text(MINIMAL.read_text(encoding="utf-8") + more, encoding="utf-8")
    acceptance = read_project(path).risk_acceptance
    assert acceptance.level(1, 5) == "red"
    assert acceptance.definitions.probability == {1: "Aldri"}


def test_one_value_where_a_list_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "project.yaml"
    path.write_text(changed("  leader: ro02", "  leader: ro02\n  team: ro01"), encoding="utf-8")
    assert read_project(path).governance.team == ("ro01",)


# --- what is wrong -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("schema_version: 1", "schema_version: 2", ("out-of-range", "schema_version")),
        ("id: smallest", "id: The Smallest", ("bad-slug", "project.id")),
        ("  name: Digital medisinstøtte", "", ("missing-key", "project.name")),
        ("country: NO", "country: false", ("country-false", "organisation.country")),
        ("country: NO", "country: Norge", ("bad-option", "organisation.country")),
        ("language: nb", "language: de", ("bad-option", "organisation.language")),
        ("  country: NO", "  country: other\n  currency: pounds",
         ("bad-currency", "organisation.currency")),
        ("  country: NO", "  country: other", ("missing-key", "organisation.currency")),
        ("id: ro02, title", "id: role2, title", ("bad-id", "roles[role2].id")),
        ("{id: ro02, title", "{id: ro01, title", ("duplicate-id", "roles[ro01].id")),
        ("leader: ro02", "leader: ro20", ("dangling-reference", "governance.leader")),
        ("type: quality", "type: qualty", ("bad-option", "benefits[b01].type")),
        ("start: 2027-01-04", "start: 2027-02-30", ("not-a-date", "phases[p1].start")),
        ("start: 2027-01-04", "start: 4.1.2027", ("not-a-date", "phases[p1].start")),
        ("end: 2027-02-26", "end: 2026-02-26", ("end-before-start", "phases[p1].end")),
        ("{id: p6, ", "{id: p5, ", ("phase-missing", "phases")),
        ("{id: p6, ", "{id: p7, ", ("bad-option", "phases[p7].id")),
    ],
)  # fmt: skip
def test_errors_by_place(tmp_path: Path, old: str, new: str, expected: tuple[str, str]) -> None:
    assert expected in findings_of(tmp_path, changed(old, new))


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("branding: {primary_color: blue}\n", ("bad-colour", "branding.primary_color")),
        ("branding:\n  accent_color: #E07A1F\n", ("colour-comment", "branding.accent_color")),
        ("units: [{id: un01}]\n", ("missing-key", "units[un01].name")),
        ("units: [{id: un01, name: N, staff_count: -1}]\n",
         ("out-of-range", "units[un01].staff_count")),
        ("units: [{id: un01, name: N, in_pilot: maybe}]\n",
         ("not-yes-or-no", "units[un01].in_pilot")),
        ("units: [{id: un01, name: N, manager: Prosjektleder}]\n",
         ("dangling-reference", "units[un01].manager")),
        ("statistics: [{id: s01, name: N, value: '2,4'}]\n",
         ("not-a-number", "statistics[s01].value")),
        ("statistics: [{id: s01, name: N, value: nan}]\n",
         ("not-a-number", "statistics[s01].value")),
        ("organisation_: {}\n", ("unknown-key", "organisation_")),
        ("economy: {discount_rate: 4}\n", ("out-of-range", "economy.discount_rate")),
        ("economy: {ramp_up: {first: 0.5}}\n", ("not-a-number", "economy.ramp_up.first")),
        ("risks: [{id: ri01, hazard: H, probability: 6, consequence: 1}]\n",
         ("out-of-range", "risks[ri01].probability")),
        ("risks: [{id: ri01, hazard: H}]\n", ("missing-key", "risks[ri01].probability")),
        ("risk_acceptance: {matrix: [[green]]}\n", ("too-few", "risk_acceptance.matrix[1]")),
        ("risk_acceptance: {matrix: [[green, green, green, green, green, red], [], [], [], []]}\n",
         ("too-many", "risk_acceptance.matrix[1]")),
        ("huki: [{id: h01, activity: A, ro01: X}]\n", ("bad-huki", "huki[h01].ro01")),
        ("huki: [{id: h01, activity: A, ro77: H/U}]\n", ("dangling-reference", "huki[h01].ro77")),
        ("huki: [{id: h01, activity: A, role01: H}]\n", ("unknown-key", "huki[h01].role01")),
        ("kit: {exclude: [d.31]}\n", ("bad-option", "kit.exclude[1]")),
        ("kit: {due: {d.01: tomorrow}}\n", ("not-a-date", "kit.due.d.01")),
        ("organisation: {name: Igjen}\n", ("duplicate-key", "")),
        ("images: [{id: im01, path: no.jpg, required: true}]\n",
         ("required-picture-missing", "images[im01].path")),
        ("images: [{id: im01, path: project.yaml, required: true}]\n",
         ("required-not-a-picture", "images[im01].path")),
        ("journey: {current: [{id: c1, step: A}], new: [{id: c1, step: B}]}\n",
         ("duplicate-id", "journey.new[c1].id")),
        ("activities: {items: [{id: a01, name: A, after: [a02]}]}\n",
         ("dangling-reference", "activities.items[a01].after[1]")),
    ],
)  # fmt: skip
def test_faults_in_optional_blocks(check: Check, more: str, expected: tuple[str, str]) -> None:
    assert expected in check(more)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("huki: [{id: h01, activity: A, ro01: U}]\n", [("huki-no-h", "huki[h01]")]),
        ("huki: [{id: h01, activity: A, ro01: H/U, ro02: H}]\n", [("huki-many-h", "huki[h01]")]),
        ("huki: [{id: h01, activity: A, ro01: H}]\n", [("huki-no-u", "huki[h01]")]),
        ("procurement: {criteria: [{id: c1, criterion: price, weight: 40}]}\n",
         [("weights-not-100", "procurement.criteria")]),
        ("branding: {logo: none.png}\n", [("picture-not-found", "branding.logo")]),
        ("branding: {logo: project.yaml}\n", [("not-a-picture", "branding.logo")]),
        ("activities: {items: [{id: a01, phase: p1, name: A, start: 2027-01-01}]}\n",
         [("activity-outside-phase", "activities.items[a01]")]),
    ],
)  # fmt: skip
def test_warnings_leave_the_description_usable(
    check: Check, more: str, expected: list[tuple[str, str]]
) -> None:
    assert check(more) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("type: quality", "type: quality, baseline: 3, target: 3.0", "target-is-baseline"),
        ("type: quality", "type: saved_time, minutes_saved: 7", "benefit-without-volume"),
        ("{id: p2, start: 2027-03-01", "{id: p2, start: 2027-01-10", "phases-overlap"),
        ("{id: p2, start: 2027-03-01", "{id: p2, start: 2027-01-01", "phases-out-of-order"),
    ],
)
def test_more_warnings(tmp_path: Path, old: str, new: str, expected: str) -> None:
    path = tmp_path / "project.yaml"
    path.write_text(changed(old, new), encoding="utf-8")
    project, findings = check_description(path)
    assert [(f.code, f.severity) for f in findings] == [(expected, Severity.WARNING)]
    assert project is not None


def test_a_letter_for_a_role_outside_the_matrix(tmp_path: Path) -> None:
    text = changed("title: Prosjektleder}", "title: Prosjektleder, in_huki: false}")
    more = "huki: [{id: h01, activity: A, ro01: H/U, ro02: I}]\n"
    assert findings_of(tmp_path, text + more) == [("huki-outside", "huki[h01].ro02")]


def test_near_names(tmp_path: Path) -> None:
    (tmp_path / "logo.png").write_bytes(PNG)
    more = "brandng: {}\nbranding: {logo: loga.png}\nunits: [{id: un01, name: N, manager: ro03}]\n"
    path = tmp_path / "project.yaml"
    text = changed("type: quality", "type: qality")
    path.write_text(text + more, encoding="utf-8")
    _, findings = check_description(path)
    hints = {f.code: f.hint("en") for f in findings}
    assert hints["bad-option"] == "did you mean “quality”?"
    assert hints["unknown-key"] == "did you mean “branding”?"
    assert hints["dangling-reference"] in ("did you mean “ro01”?", "did you mean “ro02”?")
    path.write_text(MINIMAL.read_text(encoding="utf-8") + more.rsplit("units")[0])
    hints = {f.code: f.hint("en") for f in check_description(path)[1]}
    assert hints["picture-not-found"] == "did you mean “logo.png”?"


def test_what_to_do_where_nothing_is_near(tmp_path: Path) -> None:
    more = "branding: {logo: none.png}\nzzz: 1\nunits: [{id: un01, name: N, manager: xx99}]\n"
    path = tmp_path / "project.yaml"
    path.write_text(changed("version: 1", "version: one") + more, encoding="utf-8")
    hints = {f.code: f.hint("en") for f in check_description(path)[1]}
    assert hints["picture-not-found"].startswith(f"put the picture into the folder {tmp_path.name}")
    assert hints["dangling-reference"] == "use an id from roles, or add it there"
    assert hints["unknown-key"].endswith("with “toolkit schema”")
    assert hints["not-a-number"] == "write digits only, and a point before decimals"


def test_pictures_are_told_beside_faults_of_type(check: Check) -> None:
    found = check("branding: {logo: none.png, primary_color: blue}\n")
    assert ("picture-not-found", "branding.logo") in found
    assert ("bad-colour", "branding.primary_color") in found


@pytest.mark.parametrize(
    ("required", "expected"),
    [("", "picture-cut-off"), (", required: yes", "required-picture-cut-off")],
)
def test_a_picture_that_broke_off(tmp_path: Path, required: str, expected: str) -> None:
    (tmp_path / "cut.png").write_bytes(PNG[:20])
    (tmp_path / "whole.png").write_bytes(PNG)
    more = f"branding: {{logo: whole.png}}\nimages: [{{id: im01, path: cut.png{required}}}]\n"
    assert findings_of(tmp_path, MINIMAL.read_text(encoding="utf-8") + more) == [
        (expected, "images[im01].path")
    ]


def test_what_cannot_be_shown_is_left_out(tmp_path: Path) -> None:
    (tmp_path / "whole.png").write_bytes(PNG)
    (tmp_path / "cut.png").write_bytes(PNG[:20])
    images = "images: [{id: im01, path: whole.png}, {id: im02, path: cut.png}]\n"
    path = tmp_path / "project.yaml"
    text = MINIMAL.read_text(encoding="utf-8") + "branding: {logo: none.png}\n" + images
    path.write_text(text, encoding="utf-8")
    project = read_project(path)
    assert not project.branding.logo
    assert [image.id for image in project.images] == ["im01"]


@pytest.mark.parametrize("path", ["../logo.png", "/logo.png", "C:/logo.png"])
def test_a_picture_outside_the_folder(check: Check, path: str) -> None:
    expected = [("picture-outside", "branding.logo")]
    assert check(f"branding: {{logo: '{path}'}}\n") == expected


def test_a_folder_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "logo.png").mkdir()
    more = "branding: {logo: logo.png}\n"
    assert findings_of(tmp_path, MINIMAL.read_text(encoding="utf-8") + more) == [
        ("not-a-picture", "branding.logo")
    ]


def test_a_title_where_an_id_is_wanted_names_the_id(tmp_path: Path) -> None:
    path = tmp_path / "project.yaml"
    path.write_text(changed("leader: ro02", "leader: Prosjektleder"), encoding="utf-8")
    _, findings = check_description(path)
    assert findings[0].hint("nb") == "mente du «ro02»?"


def test_everything_is_told_in_one_run(tmp_path: Path) -> None:
    text = changed("country: NO", "country: XX").replace("2027-01-04", "2027-02-30")
    text = text.replace("type: quality", "type: q", 1).replace("leader: ro02", "leader: ro20")
    codes = [code for code, _ in findings_of(tmp_path, text + "riskss: []\n")]
    assert codes == [
        "bad-option",
        "dangling-reference",
        "bad-option",
        "not-a-date",
        "unknown-key",
    ]


def test_errors_carry_all_findings(tmp_path: Path) -> None:
    path = tmp_path / "project.yaml"
    path.write_text(changed("leader: ro02", "leader: ro20"), encoding="utf-8")
    with pytest.raises(ProjectError) as caught:
        read_project(path)
    assert [f.code for f in caught.value.findings] == ["dangling-reference"]
    assert "project.yaml:19:11 > governance.leader" in str(caught.value)


def test_a_limit_is_its_own_error(tmp_path: Path) -> None:
    path = tmp_path / "project.yaml"
    path.write_text("a: " + "[" * 60 + "]" * 60)
    with pytest.raises(LimitError):
        read_project(path)


def test_the_language_of_a_broken_description(tmp_path: Path) -> None:
    path = tmp_path / "project.yaml"
    path.write_text(changed("language: nb", "language: fi").replace("id: p6", "id: p9"))
    assert language_in(path) == "fi"
    assert language_in(tmp_path / "none.yaml") == ""
    path.write_text("organisation: {language: xx}")
    assert language_in(path) == ""


# --- what a kit starts with ----------------------------------------------------------------------


def test_the_roadmaps_steps_fill_nine_tenths_of_each_phase(example: Project) -> None:
    steps = default_steps(example.phases)
    assert len(steps) == 29
    for phase in example.phases:
        own = [step for step in steps if step.phase == phase.id]
        assert own[0].start == phase.start
        assert all((b.start - a.end).days == 1 for a, b in zip(own, own[1:], strict=False))
        days = (phase.end - phase.start).days + 1
        assert 0.1 <= (phase.end - own[-1].end).days / days < 0.1 + 1 / days + 1e-9


def test_activities_of_a_project(example: Project) -> None:
    activities = activities_of(example, Labels.load("sv"))
    assert len(activities) == 29 + 15
    assert [a.phase for a in activities] == sorted(a.phase for a in activities)
    assert any(a.name == Labels.load("sv").t("a.p1.1") for a in activities)


def test_gates_and_journey_where_none_are_given(example: Project) -> None:
    labels = Labels.load("fi")
    minimal = read_project(MINIMAL)
    gates = milestones_of(minimal, labels)
    assert [gate.id for gate in gates] == [f"ms.p{n}" for n in range(1, 7)]
    assert gates[5].date == minimal.phases[5].end
    assert gates[0].decided_by == "ro01"
    assert [step.label for step in steps_of((), labels)] == [x for _, x in labels.options("j")]
    assert milestones_of(example, labels) == example.milestones
    assert steps_of(example.journey.new, labels) == example.journey.new
