"""The command line: the only door that knows Click, prints and sets exit codes.

In: arguments. Out: results on standard output, messages on standard error, and an exit code:
0 clean, 1 a bug, 2 usage, 3 findings of severity error, 5 would overwrite, 6 a limit was hit.
Commands import what they need when they run, so that ``--help`` costs nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from toolkit import __version__
from toolkit.finding import (
    LANGUAGES,
    Finding,
    LimitError,
    Severity,
    ToolkitError,
    WouldOverwrite,
    has_errors,
)

_TAGS = {"no": "nb", "nn": "nb"}


class Door(click.Group):
    """A group of commands in which ToolkitError becomes messages and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ToolkitError as error:
            tell(error.findings, _spoken(ctx))
            ctx.exit(exit_code(error))


def exit_code(error: ToolkitError) -> int:
    """The exit code of an error."""
    return 6 if isinstance(error, LimitError) else 5 if isinstance(error, WouldOverwrite) else 3


def language_of(wanted: str | None) -> str:
    """The language asked for, else that of LANGUAGE or LANG, else an empty text."""
    told = [wanted or "", *os.environ.get("LANGUAGE", "").split(":"), os.environ.get("LANG", "")]
    tags = (tag.replace("-", "_").partition("_")[0].casefold() for tag in told)
    known = (_TAGS.get(tag, tag) for tag in tags)
    return next((tag for tag in known if tag in LANGUAGES), "")


def _remember(ctx: click.Context, parameter: click.Parameter, value: Any) -> Any:
    ctx.meta[f"toolkit.{parameter.name}"] = value
    return value


def _spoken(ctx: click.Context, described: str = "") -> str:
    """The language of messages: ``--lang``, else the environment's, else the description's."""
    asked = language_of(ctx.meta.get("toolkit.lang"))
    return asked or described or _described(ctx.meta.get("toolkit.project"))


def _described(project: Path | None) -> str:
    from toolkit.project import language_in

    return (language_in(project) if project else "") or "en"


lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    callback=_remember,
    is_eager=True,
    expose_value=False,
    help="Language of the messages.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
project_argument = click.argument(
    "project", type=click.Path(path_type=Path), callback=_remember, is_eager=True
)


def tell(findings: Iterable[Finding], language: str) -> None:
    """Findings on standard error, one a line."""
    for found in findings:
        click.echo(found.line(language), err=True)


def show(data: Mapping[str, Any]) -> None:
    """Data on standard output."""
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="toolkit")
def toolkit() -> None:
    """From one project description to a kit of Word, PowerPoint and Excel files."""


@toolkit.command()
@project_argument
@lang_option
@json_option
@click.pass_context
def check(ctx: click.Context, /, project: Path, as_json: bool) -> None:
    """Check a project description and tell everything that is wrong with it."""
    from toolkit.project import check_description
    from toolkit.project.reading import LIMITS

    read, findings = check_description(project)
    language = _spoken(ctx, read.organisation.language if read else "")
    if as_json:
        show(_report(project, findings, language))
    else:
        tell(findings, language)
        click.echo(_summary(project, findings, language))
    limit = any(found.code in LIMITS for found in findings)
    ctx.exit(6 if limit else 3 if has_errors(findings) else 0)


def _report(project: Path, findings: tuple[Finding, ...], language: str) -> Mapping[str, Any]:
    told = [found.as_dict(language) for found in findings]
    return {"file": str(project), "usable": not has_errors(findings), "findings": told}


def _summary(project: Path, findings: tuple[Finding, ...], language: str) -> str:
    from toolkit.language import Labels

    labels = Labels.load(language)
    errors = sum(found.severity is Severity.ERROR for found in findings)
    warnings = sum(found.severity is Severity.WARNING for found in findings)
    outcome = labels.t("cli.unusable" if errors else "cli.usable")
    counts = f"{labels.t('cli.errors')}: {errors}. {labels.t('cli.warnings')}: {warnings}."
    return f"{project}: {outcome}. {counts}"


@toolkit.command()
@click.option("--sheet", is_flag=True, help="The schema of document sheets instead.")
@lang_option
@click.pass_context
def schema(ctx: click.Context, /, sheet: bool) -> None:
    """The JSON Schema of project descriptions, for editors."""
    from toolkit.declaration.schema import json_schema
    from toolkit.document import Document
    from toolkit.project import Project

    show(json_schema(Document if sheet else Project, _spoken(ctx)))


def main() -> None:
    """The entry point; output is UTF-8 on every platform."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    toolkit(prog_name="toolkit")
