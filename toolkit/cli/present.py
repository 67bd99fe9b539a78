"""The command of results: ``present``."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.door import lang_option, project_option, results_argument, spoken, tell, toolkit

AUDIENCES = ("management", "staff", "supplier")


@toolkit.command()
@results_argument
@project_option("The description of the project.", required=True)
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), default=Path("status.pptx"), show_default=True
)
@click.option("--audience", type=click.Choice(AUDIENCES), default=AUDIENCES[0], show_default=True)
@lang_option
@click.pass_context
def present(ctx: click.Context, /, results: Path, project: Path, out: Path, audience: str) -> None:
    """Present collected RESULTS as a status deck."""
    from toolkit.present.deck import write_deck

    language = spoken(ctx)
    made = write_deck(results, project, out, language, audience)
    tell(made.findings, language)
    click.echo(str(out))
