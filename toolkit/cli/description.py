"""The commands of descriptions: ``check`` and ``schema``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from toolkit.cli.door import (
    json_option,
    lang_option,
    project_argument,
    show,
    spoken,
    tell,
    toolkit,
)
from toolkit.finding import Finding, Severity, has_errors


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
    language = spoken(ctx, read.organisation.language if read else "")
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

    show(json_schema(Document if sheet else Project, spoken(ctx)))
