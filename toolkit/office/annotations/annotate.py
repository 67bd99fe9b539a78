"""A copy of a template with a comment at each finding.

In: a template file and its findings. Out: the bytes of the same file, its tags still in it, with
Word comments, cell notes or slide comments where something is wrong. What stands where no comment
can be is told at the first paragraph, cell or slide, with its place.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from toolkit.finding import Finding, Step, TemplateError, finding
from toolkit.office.package.package import Package
from toolkit.office.record import Record

AUTHOR, INITIALS = "toolkit", "t"
_MODULES = {"docx": "word", "pptx": "slides", "xlsx": "workbook"}


class Note(Record):
    """What a comment says, and the steps to where it belongs; ``away`` names that place."""

    steps: tuple[Step, ...]
    text: str
    away: str

    def told(self, *, here: bool) -> str:
        """The text; with its place when the comment stands elsewhere."""
        return self.text if here or not self.away else f"{self.away}: {self.text}"


def annotate(template: Path | bytes, findings: Iterable[Finding], language: str = "en") -> bytes:
    """The template with a comment for each finding; raises TemplateError when it is no template."""
    package = Package.open(template)
    if package.kind not in _MODULES:
        raise TemplateError([finding("package-not-office", package.place())])
    notes = [_note(found, language) for found in findings]
    if notes:
        import_module("toolkit.office.annotations." + _MODULES[package.kind]).add(package, notes)
    return package.save()


def _note(found: Finding, language: str) -> Note:
    told = "; ".join(filter(None, [found.message(language), found.hint(language)]))
    away = found.place.text(language).partition(" > ")[2]
    return Note(found.place.steps, told, away)
