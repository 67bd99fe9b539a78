"""The commands of collected results: ``trace``."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from toolkit.cli.door import json_option, lang_option, show, spoken, tell, toolkit

results_argument = click.argument("results", type=click.Path(path_type=Path))


@toolkit.command()
@results_argument
@click.argument("query", nargs=-1, required=True)
@lang_option
@json_option
@click.pass_context
def trace(ctx: click.Context, /, results: Path, query: tuple[str, ...], as_json: bool) -> None:
    """Trace a number of RESULTS to the cells it comes from.

    QUERY are words in any order: a document (d.03), a row by id or name (b01), a field, a unit, a
    role, a day or period (2027-06).
    """
    from toolkit.language import Labels
    from toolkit.present.trace import trace as traced
    from toolkit.present.trace.text import lines_of

    language = spoken(ctx)
    found = traced(results, " ".join(query), language)
    if as_json:
        show({**found.data, "findings": [told.as_dict(language) for told in found.findings]})
    else:
        for line in lines_of(found.data, Labels.load(language)):
            click.echo(line)
        tell(found.findings, language)
    ctx.exit(3 if found.findings else 0)


def show_status(ctx: click.Context, results: Path, project: Path | None, *, as_json: bool) -> None:
    """Print who has answered, who is late and what is partly filled in."""
    from toolkit.collect.status import status
    from toolkit.collect.status_text import lines_of

    told = status(results, spoken(ctx), project, date.today())
    if as_json:
        show(told.as_data())
        return
    for line in lines_of(told):
        click.echo(line)
