"""A template rendered or checked, here or in a process of its own.

In: a Job: a template, rows of data, how to word them. Out: one Answer a row: the filled file with
its warnings, or no bytes and the errors. Templates that are not shipped with the toolkit go to a
worker with caps on time and memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit import finding as finding_module
from toolkit.finding import Finding, TemplateError
from toolkit.office.isolation import Answer, Limits, isolated

if TYPE_CHECKING:
    from toolkit.content.wording import Wording

_HOME = Path(finding_module.__file__).resolve().parent


@dataclass(frozen=True)
class Job:
    """``rows`` for one template; ``base`` is the folder that picture paths start from.

    ``cache`` is the folder where compiled templates are kept between runs.
    """

    template: Path
    rows: Sequence[Mapping[str, Any]] = ()
    base: Path | None = None
    language: str = "en"
    lenient: bool = False
    limits: Limits = field(default_factory=Limits)
    cache: Path | None = None


def render(job: Job) -> Iterator[Answer]:
    """An Answer for each row; raises ToolkitError when the template itself is wrong."""
    return _somewhere("render_here", job)


def check(job: Job) -> Answer:
    """Every finding of the template and of filling it; ``extra`` is its JSON Schema and paths."""
    return next(iter(_somewhere("check_here", job)))


def _somewhere(name: str, job: Job) -> Iterator[Answer]:
    if _is_shipped(job.template):
        here: Iterator[Answer] = globals()[name](job)
        return here
    return isolated(f"{__name__}:{name}", job, job.template.name, job.limits)


def _is_shipped(template: Path) -> bool:
    """Whether a template came with the toolkit, installed or in its source tree."""
    homes = _HOME / "templates", _HOME.parent / "templates"
    return any(template.resolve().is_relative_to(home) for home in homes)


def _wording(language: str) -> Wording:
    """Loaded where templates are filled: the process that only asks for it does without."""
    from toolkit.content.wording import wording
    from toolkit.language import Labels

    return wording(Labels.load(language), "")


def render_here(job: Job) -> Iterator[Answer]:
    """``render`` in this process."""
    from toolkit.office import compile

    words = _wording(job.language)
    template = compile(
        job.template,
        filters=words.filters,
        globals=words.globals,
        lenient=job.lenient,
        context=job.rows[0] if len(job.rows) == 1 else None,
        cache=job.cache,
    )
    for row in job.rows:
        try:
            data = template.render(row, base=job.base)
        except TemplateError as error:
            yield Answer(findings=error.findings)
        else:
            yield Answer(data, template.findings)


def check_here(job: Job) -> Iterator[Answer]:
    """``check`` in this process."""
    from toolkit.office import check as check_fill
    from toolkit.office.needs.infer import survey
    from toolkit.office.needs.needs import paths, schema
    from toolkit.office.settings import Settings

    words = _wording(job.language)
    given: dict[str, Any] = {"filters": words.filters, "globals": words.globals}
    read = survey(job.template, Settings(**given))
    told: dict[Finding, None] = {}
    for row in job.rows:
        told |= dict.fromkeys(check_fill(job.template, row, base=job.base, **given))
    told |= dict.fromkeys(read.findings)
    needed = {"schema": schema(read.need, job.template.name), "paths": paths(read.need)}
    yield Answer(findings=tuple(told), extra=needed)
