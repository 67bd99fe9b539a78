"""Fill, then read back, is the identity on every fillable place of every document of the kit.

Random descriptions, random answers, five languages. ``FILL_BACK_EXAMPLES=50`` tries more.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import date

import pytest
from descriptions import projects, texts
from filled_form import fill_form
from filled_in import Person, fill_workbook
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from returned_files import DOCUMENTS, EXAMPLE, READER, RETURNED, read_back

from toolkit.collect.returned import Returned, Spot
from toolkit.content.fan_out import Audience, Copy
from toolkit.content.reading import read
from toolkit.document import Document
from toolkit.field import FieldType
from toolkit.fillable import FORM, Fillable
from toolkit.finding import LANGUAGES
from toolkit.language import Labels, option_keys
from toolkit.method.evaluation import open_questions
from toolkit.office.cache import user_folder
from toolkit.produce.edition import Edition
from toolkit.produce.filling import fill_all
from toolkit.produce.identity import Source
from toolkit.project import Project, read_project

EXAMPLES = int(os.environ.get("FILL_BACK_EXAMPLES", "1"))
HUKI = FieldType.HUKI
SOURCE = Source("any", "hash", date(2026, 5, 1))
RESPONDENTS = st.sampled_from(option_keys("respondent_role"))
EXPECTED = {"row-new", "prefilled-changed", "filled-date-later"}
"""What may be told of a file whose every place is filled in: rows added, facts put right."""
QUICK = (Phase.explicit, Phase.generate)


def files(
    project: Project, language: str, role: str, most: int | None = None
) -> Iterator[tuple[Document, Copy, bytes]]:
    """Every file of the kit that comes back, for the first ``most`` units."""
    units = tuple(unit.id for unit in project.units[:most])
    reading = read(project, Labels.load(language))
    edition = Edition(reading, SOURCE, DOCUMENTS, Audience(units, (role,)))
    for filled in fill_all(edition, RETURNED, EXAMPLE.parent, user_folder()):
        assert filled.findings == ()
        yield filled.file.copy.document, filled.file.copy, filled.data


def answered(document: Document, sent: bytes, person: Person, short: str) -> bytes:
    shape = READER.shape(document)
    if document.format == "xlsx":
        return fill_workbook(sent, shape, person, f"new-{short}-1")
    return fill_form(sent, shape, person, document.doc, f"new-{short}")


def found(returned: Returned) -> dict[Spot, object]:
    return {cell.spot: cell.value for cell in returned.cells}


@pytest.mark.parametrize("language", LANGUAGES)
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    phases=QUICK if EXAMPLES == 1 else tuple(Phase),
    derandomize=EXAMPLES == 1,
    suppress_health_check=list(HealthCheck),
)
@given(
    project=projects(),
    said=st.lists(texts(60), min_size=4, max_size=9),
    seed=st.integers(0, 2**32),
    role=RESPONDENTS,
)
def test_what_is_filled_in_is_read_back(
    language: str, project: Project, said: list[str], seed: int, role: str
) -> None:
    chance = random.Random(seed)
    for document, copy, sent in files(project, language, role):
        before = read_back(sent)
        person = Person(Labels.load(language), before.names, said, chance)
        data = answered(document, sent, person, before.copy_id[:8])
        after = read_back(data)
        assert found(after) == person.said, (document.id, document.format, copy.unit)
        assert {f.code for f in after.findings} <= EXPECTED
        assert unanswered(READER.shape(document), person, role) <= without_rate(project)


def without_rate(project: Project) -> set[tuple[str, str]]:
    """The net table has a line for the rate of discount only where one is given."""
    return set() if project.economy.discount_rate else {("net", "f.discount_rate")}


def unanswered(shape: Fillable, person: Person, role: str) -> set[tuple[str, str]]:
    """Places nobody filled in although there was something to choose from: table and field."""
    met = {(table, field.partition(":")[0]) for table, _, field in person.said}
    hidden = {q for q in open_questions() if q not in open_questions(role)}
    wanted = {(t, own.field) for t, own in shape.facts if t != FORM or own.field not in hidden}
    wanted |= {(grid.table, key.partition(":")[0]) for grid in shape.grids for key in grid.columns}
    filled = {table for table, _ in met}
    for table in shape.tables:
        if table.key in filled and not table.of_lines:
            wanted |= {(table.key, own.field) for own in table.open if own.type is not HUKI}
    return {(t, field) for t, field in wanted - met if not closed(shape, t, field, person)}


def closed(shape: Fillable, table: str, field: str, person: Person) -> bool:
    """Whether a place points to a list of the description that is empty."""
    owned = [own for t in shape.tables if t.key == table for own in t.fields]
    facts = [own for t, own in shape.facts if t == table]
    own = next(own for own in (*owned, *facts) if own.field == field)
    return bool(own.ref) and not person.names.get(own.ref)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_place_of_the_example_is_left_out(language: str) -> None:
    """With a full description every table of every document has rows, and all of it is tried."""
    project = read_project(EXAMPLE)
    for document, _, sent in files(project, language, "manager", most=1):
        before = read_back(sent)
        person = Person(Labels.load(language), before.names, ["Ja & «nei»"], random.Random(1))
        after = read_back(answered(document, sent, person, before.copy_id[:8]))
        assert found(after) == person.said, (document.id, document.format)
        shape = READER.shape(document)
        assert {table.key for table in shape.tables} <= {table for table, _, _ in person.said}
        assert unanswered(shape, person, "manager") <= without_rate(project)
