"""From the file of a description to a Project.

In: the path of ``project.yaml``. Out: a ``Description`` (project, warnings, folder), or
ProjectError, LimitError with every finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from toolkit.declaration import Declaration, read_declaration, read_untyped
from toolkit.document import Document, load_documents, shipped_templates
from toolkit.finding import LANGUAGES, Finding, LimitError, ProjectError, finding, has_errors
from toolkit.project.checks import project_checks
from toolkit.project.model import Project
from toolkit.project.pictures import picture_checks, shown
from toolkit.project.references import reference_checks

LIMITS = frozenset({"file-too-large", "yaml-too-deep", "yaml-too-many", "yaml-aliases"})
_TEMPLATES = ("kit", "templates")
_COLOURS = ("primary_color", "secondary_color", "accent_color")


@dataclass(frozen=True)
class Description:
    """A description that can be used, with its warnings and the file it stands in."""

    project: Project
    path: Path
    findings: tuple[Finding, ...]

    @property
    def folder(self) -> Path:
        """The folder that paths in the description start from."""
        return self.path.parent

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents of its kit, the project's own laid over the shipped ones."""
        return documents_of(self.project, self.path)


def read_description(path: Path) -> Description:
    """The description of a file; ProjectError (LimitError where a limit was hit) if unusable."""
    project, findings = check_description(path)
    if project is None:
        limit = any(found.code in LIMITS for found in findings)
        raise (LimitError if limit else ProjectError)(findings)
    return Description(shown(project, path.parent), path, findings)


def documents_of(project: Project | None, path: Path | None) -> tuple[Document, ...]:
    """The shipped documents, under those of the folder that the description in ``path`` names."""
    named = project.kit.templates if project else ""
    own = [path.parent / named] if path and named else []
    return load_documents(shipped_templates(), *own)


def read_project(path: Path) -> Project:
    """The project of a description; see ``read_description`` for its errors."""
    return read_description(path).project


def check_description(
    path: Path, text: str | None = None
) -> tuple[Project | None, tuple[Finding, ...]]:
    """The project, None when a finding is an error, and every finding in the file's order.

    ``text`` is what the file is to hold, where it is not written yet.
    """
    project, declaration, findings = read_declaration(path, Project, text=text)
    if declaration is None:
        return None, findings
    told = [*findings, *_colours(declaration), *reference_checks(declaration)]
    told += picture_checks(declaration, path.parent)
    told += _folders(path, declaration)
    if project is not None:
        told += project_checks(project, declaration.place)
    ordered = tuple(sorted(told, key=_line))
    return (None if has_errors(ordered) else project), ordered


def _line(found: Finding) -> tuple[int, int]:
    steps = dict(found.place.steps)
    return int(steps.get("line", 0)), int(steps.get("column", 0))


def _folders(path: Path, declaration: Declaration) -> Iterator[Finding]:
    node = declaration.value(_TEMPLATES)
    if node and isinstance(node.value, str) and not (path.parent / node.value).is_dir():
        yield finding("folder-not-found", declaration.place(_TEMPLATES))


def _colours(declaration: Declaration) -> Iterator[Finding]:
    for key in _COLOURS:
        if declaration.is_blank(("branding", key)):
            yield finding("colour-comment", declaration.place(("branding", key)))


def language_in(path: Path) -> str:
    """The language a description gives, even one that cannot be used; else an empty text."""
    declaration, _ = read_untyped(path)
    node = declaration.value(("organisation", "language")) if declaration else None
    return str(node.value) if node and node.value in LANGUAGES else ""
