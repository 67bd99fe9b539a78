"""The commands of collected results: ``trace``, ``update``, ``purge``; and who has answered."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from toolkit.cli.door import (
    json_option,
    lang_option,
    project_option,
    results_argument,
    show,
    spoken,
    tell,
    toolkit,
)


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


@toolkit.command()
@results_argument
@project_option("The description the kit was made from.", required=True)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The new description; beside PROJECT, as NAME.next.yaml.",
)
@click.option("--dry-run", is_flag=True, help="Tell what would change, and write nothing.")
@lang_option
@json_option
@click.pass_context
def update(
    ctx: click.Context, /, results: Path, project: Path, out: Path | None, **options: bool
) -> None:
    """Write what staff entered into a copy of the description, for the next round.

    Answers that contradict each other are told and never written.
    """
    from toolkit.language import Labels
    from toolkit.present.update import update as updated
    from toolkit.present.update import write_update
    from toolkit.present.update_text import lines_of

    language = spoken(ctx)
    labels = Labels.load(language)
    made = updated(results, project, language)
    out = out or project.with_name(f"{project.stem}.next{project.suffix}")
    writes = bool(made.entered.lines) and not options["dry_run"]
    warnings = write_update(made, out) if writes else ()
    if options["as_json"]:
        show({**made.as_data(language, warnings), "path": f"{out}" if writes else ""})
        return
    for line in lines_of(made.entered, labels):
        click.echo(line)
    tell((*made.entered.findings, *warnings), language)
    if made.entered.lines:
        done = labels.t("cli.updated", path=out) if writes else labels.t("cli.rehearsed")
        click.echo(done, err=True)


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


def show_slips(ctx: click.Context, results: Path, project: Path | None, *, as_json: bool) -> None:
    """Write a correction slip for each sender, and print where."""
    from toolkit.language import Labels
    from toolkit.present.slips import write_slips

    paths = write_slips(results, project)
    if as_json:
        show({"schema_version": 1, "slips": [f"{path}" for path in paths]})
        return
    for path in paths:
        click.echo(f"{path}")
    click.echo(Labels.load(spoken(ctx)).t("cli.slips", n=len(paths)), err=True)


@toolkit.command()
@results_argument
@click.option("--older-than", required=True, metavar="AGE", help="12m, 1y, 52w, 90d.")
@click.option("--yes", is_flag=True, help="Remove without asking.")
@click.option("--dry-run", is_flag=True, help="Tell what would be removed, and remove nothing.")
@lang_option
@json_option
@click.pass_context
def purge(ctx: click.Context, /, results: Path, older_than: str, **options: bool) -> None:
    """Remove for good what people wrote in RESULTS, and who, where it is older than an age."""
    from toolkit.collect.purge import purge as purged
    from toolkit.language import Labels

    labels, rehearse = Labels.load(spoken(ctx)), options["dry_run"]
    if not rehearse and not options["yes"] and not sys.stdin.isatty():
        raise click.UsageError(
            "Nothing is removed without --yes, or --dry-run to see what would be."
        )
    removed = purged(results, older_than, date.today(), rehearse=True)
    found = removed.as_data()
    told = {"date": labels.date(removed.before), "outputs": len(removed.outputs)}
    key = "cli.purge_found" if found["files"] else "cli.purge_nothing"
    if not options["as_json"]:
        click.echo(labels.t(key, **{**found, **told}))
    asks = bool(found["files"]) and not rehearse and not options["yes"]
    if asks and not click.confirm(labels.t("cli.purge_ask")):
        ctx.exit(0)
    if found["files"] and not rehearse:
        found = purged(results, older_than, date.today()).as_data()
    if options["as_json"]:
        show({**found, "removed": not rehearse})
    elif found["files"]:
        click.echo(labels.t("cli.rehearsed" if rehearse else "cli.purged"), err=True)


@toolkit.command()
@results_argument
@click.option("-o", "--out", type=click.Path(path_type=Path), required=True, metavar="FILE")
@lang_option
@json_option
@click.pass_context
def export(ctx: click.Context, /, results: Path, out: Path, as_json: bool) -> None:
    """Export every value of RESULTS, one a line, to FILE.csv or FILE.parquet."""
    from toolkit.language import Labels
    from toolkit.present.export import export as exported

    language = spoken(ctx)
    made = exported(results, out, language)
    if as_json:
        told = [found.as_dict(language) for found in made.findings]
        show({"schema_version": 1, "path": f"{out}", "values": made.values, "findings": told})
        return
    tell(made.findings, language)
    click.echo(Labels.load(language).t("cli.exported", n=made.values, path=out))


@toolkit.command()
@results_argument
@click.option("--since", default="", metavar="WHEN", help="2027-05, 2027-05-15 or a run; the last.")
@project_option("The description of the project.")
@lang_option
@json_option
@click.pass_context
def diff(
    ctx: click.Context, /, results: Path, since: str, project: Path | None, **options: bool
) -> None:
    """Tell which values of RESULTS are new, changed or contradicting since a round or a run."""
    from toolkit.collect.difference import difference
    from toolkit.collect.difference_text import lines_of
    from toolkit.language import Labels

    language = spoken(ctx)
    found = difference(results, since, language, project)
    if options["as_json"]:
        show(found.as_data())
        return
    for line in lines_of(found, Labels.load(language)):
        click.echo(line)
