"""The commands of templates: ``templates list``, ``build`` and ``check``."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from toolkit.cli.door import json_option, lang_option, show, spoken, tell, toolkit
from toolkit.cli.kit import templates_option
from toolkit.cli.office import check_one
from toolkit.finding import has_errors


@toolkit.group()
def templates() -> None:
    """The templates a kit is made from."""


def _folders(own: Path | None) -> Sequence[Path]:
    from toolkit.document import shipped_templates

    return (shipped_templates(), own) if own else (shipped_templates(),)


@templates.command("list")
@templates_option
@lang_option
@json_option
@click.pass_context
def list_(ctx: click.Context, /, templates: Path | None, as_json: bool) -> None:
    """List the documents: number, format, id and title."""
    from toolkit.content.naming import title_of
    from toolkit.document import load_documents
    from toolkit.language import Labels

    labels = Labels.load(spoken(ctx))
    rows = [
        {"doc": d.doc, "format": d.format, "id": d.id, "title": title_of(d, labels)}
        for d in load_documents(*_folders(templates))
    ]
    if as_json:
        show({"documents": rows})
    else:
        for row in rows:
            click.echo("{doc:<5} {format:<5} {id:<20} {title}".format(**row))


@templates.command()
@templates_option
@lang_option
@click.pass_context
def build(ctx: click.Context, /, templates: Path | None) -> None:
    """Build the Office templates from their sheets, the shipped ones or those of a folder."""
    from toolkit.author import build_all

    for path in build_all(templates or _folders(None)[0]):
        click.echo(str(path))


@templates.command()
@click.argument("template", required=False, type=click.Path(path_type=Path))
@click.argument("data", required=False, type=click.Path(path_type=Path))
@click.option("--schema", is_flag=True, help="The data TEMPLATE needs, as JSON Schema.")
@click.option(
    "--annotate",
    type=click.Path(path_type=Path),
    metavar="OUT",
    help="A copy of TEMPLATE with a comment at each finding.",
)
@click.option(
    "--project",
    type=click.Path(path_type=Path),
    help="A description to fill every document with, in every language.",
)
@templates_option
@lang_option
@json_option
@click.pass_context
def check(ctx: click.Context, /, template: Path | None, **options: Any) -> None:
    """Check TEMPLATE, and filling it with DATA, and tell the data it needs.

    Without TEMPLATE: check the shipped templates (or those of a folder).
    """
    if template is not None:
        check_one(ctx, template, options)
    from toolkit.produce.check import check_templates

    findings = check_templates([options["templates"] or _folders(None)[0]], options["project"])
    if options["as_json"]:
        show({"findings": [found.as_dict(spoken(ctx)) for found in findings]})
    else:
        tell(findings, spoken(ctx))
    ctx.exit(3 if has_errors(findings) else 0)
