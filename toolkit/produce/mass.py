"""One template, one file or thousands: what ``toolkit fill`` does.

In: a template, rows of data, and where each result goes; that path may hold tags (``{{ id }}``).
Out: the files, each written in one step. Raises ToolkitError with every finding; nothing has been
written when the path or the template is wrong.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit.disk import told
from toolkit.finding import Finding, Place, TemplateError, ToolkitError, finding
from toolkit.office.isolation import Limits
from toolkit.office.package.package import Package
from toolkit.office.template import write
from toolkit.produce.rendering import Job, render

Row = Mapping[str, Any]

FORBIDDEN = str.maketrans(dict.fromkeys('<>:"/\\|?*\0\n\r\t', "-"))


@dataclass(frozen=True)
class Task:
    """Fill ``template`` once a row; ``out`` is a path that may hold tags.

    ``base`` is the folder that picture paths start from, ``cache`` the one where compiled
    templates are kept between runs.
    """

    template: Path
    out: str
    base: Path
    language: str = "en"
    lenient: bool = False
    limits: Limits = field(default_factory=Limits)
    cache: Path | None = None


def fill_rows(task: Task, rows: Sequence[Row]) -> Iterator[tuple[Path, tuple[Finding, ...]]]:
    """Each file as it is written, with the warnings of its filling.

    Rows that cannot be filled are left out and told at the end, all at once.
    """
    paths = out_paths(task.out, rows)
    _check_paths(task, paths)
    shared = (task.base, task.language, task.lenient, task.limits, task.cache)
    job = Job(task.template, rows, *shared)
    wrong: list[Finding] = []
    for path, answer in zip(paths, render(job), strict=True):
        if not answer.data:
            wrong += answer.findings if len(rows) == 1 else _named(path, answer.findings)
            continue
        _write(path, answer.data)
        yield path, answer.findings
    if wrong:
        raise TemplateError(wrong)


def _check_paths(task: Task, paths: Sequence[Path]) -> None:
    """Raise TemplateError for names Office would not open, or that are the template's own."""
    wrong = [
        finding("out-is-template", Place(f"{path}"))
        for path in paths
        if path.resolve() == task.template.resolve()
    ]
    suffix = _suffix(task.template)
    if suffix:
        wrong += [
            finding("out-suffix", Place(f"{path}"), suffix=suffix)
            for path in paths
            if path.suffix.lower() != suffix
        ]
    if wrong:
        raise TemplateError(wrong)


def _suffix(template: Path) -> str:
    """The ending of a filled template's name; empty where the template is none, told later."""
    try:
        return Package.open(template).suffix
    except ToolkitError:
        return ""


def _named(path: Path, findings: Sequence[Finding]) -> list[Finding]:
    """The findings of one row among many, told with the file it was to give."""
    places = (Place(f"{found.place.file} → {path.name}", found.place.steps) for found in findings)
    return [f._replace(place=place) for f, place in zip(findings, places, strict=True)]


def _write(path: Path, data: bytes) -> None:
    with told(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    write(data, path)


def out_paths(out: str, rows: Sequence[Row]) -> list[Path]:
    """Where each row's file goes; two rows with one path are an error."""
    paths = _rendered(out, rows) if "{" in out else [Path(out) for _ in rows]
    twice = [finding("out-name-repeats", Place(f"{path}")) for path in _repeated(paths)]
    if twice:
        raise TemplateError(twice)
    return paths


def _rendered(out: str, rows: Sequence[Row]) -> list[Path]:
    from jinja2 import StrictUndefined
    from jinja2 import TemplateError as JinjaError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=_part)
    try:
        name = environment.from_string(out)
        return [Path(name.render(row)) for row in rows]
    except JinjaError as error:
        found = finding("out-name", Place("-o"), name=out, reason=error.message or "")
        raise TemplateError([found]) from error


def _part(value: Any) -> str:
    """A value as part of a file name: no folders, nothing Windows refuses."""
    return str(value).translate(FORBIDDEN).strip(" .")


def _repeated(paths: Sequence[Path]) -> list[Path]:
    seen: dict[str, int] = {}
    for path in paths:
        seen[f"{path}".casefold()] = seen.get(f"{path}".casefold(), 0) + 1
    return list(dict.fromkeys(path for path in paths if seen[f"{path}".casefold()] > 1))
