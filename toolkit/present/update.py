"""Update: the description of the next round, with what staff entered in this one.

In: a folder of results and the description the kit was made from. Out: an Update: what was entered
and the description does not hold yet, the rows staff added, what is left for a person to decide and
why, and the new text of the description, in which nothing else changes. A value is taken over where
it is not one that was sent out; answers that contradict each other never are.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.content.shown import Shown
from toolkit.declaration.edits import laid
from toolkit.declaration.reading import read_text
from toolkit.finding import (
    Finding,
    OutputError,
    Place,
    ProjectError,
    WouldOverwrite,
    finding,
    has_errors,
)
from toolkit.language import Labels
from toolkit.present.entered import Entered, entered
from toolkit.present.presented import store_in
from toolkit.present.putting import put
from toolkit.project import check_description, read_description
from toolkit.store import CONTESTED

SCHEMA_VERSION = 1
Line = dict[str, Any]


@dataclass(frozen=True)
class Update:
    """What changes in a description, a line each, and its new text."""

    description: Path
    text: str
    entered: Entered
    known: tuple[Finding, ...]
    """What the description had to be told of before."""

    def as_data(self, language: str, warnings: tuple[Finding, ...] = ()) -> Line:
        """The same as plain data for ``--json``, with the warnings of the new description."""
        told = (*self.entered.findings, *warnings)
        return {
            "schema_version": SCHEMA_VERSION,
            "values": list(self.entered.lines),
            "elsewhere": self.entered.elsewhere,
            "findings": [found.as_dict(language) for found in told],
        }


def update(folder: Path, description: Path, language: str) -> Update:
    """What the results of a folder change in a description.

    ProjectError where the description cannot be used, StoreError where the results cannot,
    OutputError where they are another project's, SharedError where a value cannot be edited.
    """
    given = read_description(description)
    with store_in(folder) as store:
        own, wanted = given.project.project.id, store.project
        if wanted not in ("", own):
            place, params = Place(f"{description}"), {"project": own, "own": wanted}
            raise OutputError([finding("results-other-project", place, **params)])
        results, sent = store.results(CONTESTED, held=False), store.sent()
    shown = Shown(Labels.load(language), given.documents, results.titles)
    found = entered(given.project, results, sent, shown)
    text, _ = read_text(description)
    new = laid(text, found.data, Place(f"{description}")) if found.data else text
    return Update(description, new, found, given.findings)


def write_update(made: Update, out: Path) -> tuple[Finding, ...]:
    """Write the new description to a file of its own; the warnings the old one did not have.

    OutputError where that file is the description itself, WouldOverwrite where it holds something
    else, ProjectError where the new description could not be used. Nothing is written then.
    """
    place = Place(f"{out}")
    if out.exists() and out.samefile(made.description):
        raise OutputError([finding("update-own", place)])
    data = made.text.encode()
    if out.is_file() and out.read_bytes() != data:
        raise WouldOverwrite([finding("update-there", place)])
    _, told = check_description(out, made.text)
    if has_errors(told):
        raise ProjectError(told)
    put(out, data)
    known = {(found.code, found.params) for found in made.known}
    return tuple(found for found in told if (found.code, found.params) not in known)
