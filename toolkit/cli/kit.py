"""The commands that produce files: ``generate`` and ``fill``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from toolkit.cli.door import (
    exit_code,
    json_option,
    lang_option,
    project_argument,
    remember,
    show,
    spoken,
    tell,
    toolkit,
)
from toolkit.finding import LANGUAGES, Finding, ToolkitError


def _languages(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> Any:
    """The languages of the kit; messages are in the first."""
    remember(ctx, parameter, value[0] if value else None)
    return value


cache_option = click.option(
    "--no-cache", is_flag=True, help="Compile templates anew, and keep none between runs."
)
templates_option = click.option(
    "--templates",
    type=click.Path(path_type=Path),
    help="A folder of templates laid over the shipped ones, file by file.",
)


def _cache(unwanted: bool) -> Path | None:
    from toolkit.office.cache import user_folder

    return None if unwanted else user_folder()


@toolkit.command()
@project_argument
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), default=Path("kit"), show_default=True
)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    multiple=True,
    callback=_languages,
    is_eager=True,
    help="Language of the kit; may be given several times.",
)
@click.option("--only", multiple=True, metavar="DOC", help="Only this document, such as d.23.")
@click.option("--period", default="", help="Copies for a period: 2027, 2027-Q2 or 2027-06.")
@templates_option
@click.option("--dry-run", is_flag=True, help="Tell what would be written, and write nothing.")
@cache_option
@click.pass_context
def generate(ctx: click.Context, /, project: Path, out: Path, **options: Any) -> None:
    """Generate a kit of Office files from a project description."""
    from toolkit.language import Labels
    from toolkit.produce.kit import generate as produce
    from toolkit.produce.request import Request

    labels = Labels.load(spoken(ctx))
    request = Request(
        project,
        out,
        languages=options["lang"],
        only=options["only"],
        period=options["period"],
        templates=options["templates"],
        rehearse=options["dry_run"],
        cache=_cache(options["no_cache"]),
    )
    kit = produce(request, lambda key, **told: click.echo(labels.t(key, **told), err=True))
    tell(kit.findings, labels.lang)
    for path in sorted((*kit.written, *kit.unchanged)):
        click.echo(str(kit.folder / path))
    counts = {"written": len(kit.written), "unchanged": len(kit.unchanged)}
    click.echo(labels.t("cli.kit", **counts, removed=len(kit.removed)), err=True)
    if request.rehearse:
        click.echo(labels.t("cli.rehearsed"), err=True)


@toolkit.command()
@click.argument("template", type=click.Path(path_type=Path))
@click.argument("data", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, help="The file to write; may hold {{ }}.")
@click.option("--lenient", is_flag=True, help="Leave unknown names empty, with a warning each.")
@cache_option
@lang_option
@json_option
@click.pass_context
def fill(ctx: click.Context, /, template: Path, data: Path, **options: Any) -> None:
    """Fill a template with the data of a .yaml, .json or .jsonl file."""
    from toolkit.produce.data_file import read_rows
    from toolkit.produce.mass import Task, fill_rows

    language = spoken(ctx)
    cache = _cache(options["no_cache"])
    task = Task(template, options["out"], data.parent, language, options["lenient"], cache=cache)
    written: list[str] = []
    warnings: list[Finding] = []
    wrong: ToolkitError | None = None
    try:
        for path, findings in fill_rows(task, read_rows(data)):
            written.append(str(path))
            warnings += findings
            if not options["as_json"]:
                click.echo(str(path))
    except ToolkitError as error:
        wrong = error
    told = tuple(dict.fromkeys([*warnings, *(wrong.findings if wrong else ())]))
    if options["as_json"]:
        show({"written": written, "findings": [found.as_dict(language) for found in told]})
    else:
        tell(told, language)
    if wrong:
        ctx.exit(exit_code(wrong))
