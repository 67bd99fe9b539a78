"""The Office engine: fill Word, PowerPoint and Excel templates with data.

It knows nothing of projects, phases or municipalities. In: a template with Jinja tags and plain
data. Out: the filled file, everything else in it as it was; or every finding at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from toolkit.finding import Finding, TemplateError
from toolkit.office import template as _template
from toolkit.office.outlines.outline import Line, outline
from toolkit.office.recent import recent
from toolkit.office.settings import Localisation, Settings
from toolkit.office.template import Template, write

__all__ = ["Line", "Localisation", "Template", "check", "compile", "fill", "outline"]

_LEAVE = Localisation()


def compile(
    template: Path | bytes,
    *,
    name: str = "",
    localisation: Localisation = _LEAVE,
    theme: Mapping[str, str] | None = None,
    filters: Mapping[str, Callable[..., Any]] | None = None,
    tests: Mapping[str, Callable[..., bool]] | None = None,
    globals: Mapping[str, Any] | None = None,
    lenient: bool = False,
    context: Mapping[str, Any] | None = None,
    cache: Path | None = None,
) -> Template:
    """A template, compiled once to be rendered many times.

    ``name`` is what findings call it (else the file's name); ``context`` the data when it is known
    already, for findings only; ``cache`` the folder where compiled templates are kept. For the
    rest see ``Settings``.
    Raises TemplateError with every fault of the template, or LimitError.
    """
    settings = _settings(
        name=name,
        localisation=localisation,
        theme=theme,
        filters=filters,
        tests=tests,
        globals=globals,
        lenient=lenient,
        context=context,
        cache=cache,
    )
    return _template.compile(template, settings)


def _settings(**given: Any) -> Settings:
    """Settings; what is None is left at its default."""
    return Settings(**{name: value for name, value in given.items() if value is not None})


def fill(
    template: Path | bytes,
    context: Mapping[str, Any],
    out: Path,
    *,
    base: Path | None = None,
    **settings: Any,
) -> tuple[Finding, ...]:
    """Fill a template and write ``out`` in one step; gives the warnings.

    ``base`` is the folder relative picture paths start from; ``settings`` are those of
    ``compile``. Raises TemplateError with every finding, or OutputError; then nothing is written.
    """
    told = _settings(context=context, **settings)
    data, findings = recent(template, told).filled(context, base)
    write(data, out)
    return findings


def check(
    template: Path | bytes,
    context: Mapping[str, Any] | None = None,
    *,
    base: Path | None = None,
    **settings: Any,
) -> tuple[Finding, ...]:
    """Every finding of a template, and of filling it when there is a context; writes nothing."""
    try:
        compiled = compile(template, context=context, **settings)
        if context is not None:
            compiled.render(context, base=base)
    except TemplateError as error:
        return error.findings
    return compiled.findings
