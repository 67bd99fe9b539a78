"""The commands of single Office files: ``outline``, and ``templates check`` of one template."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from toolkit.cli.door import json_option, lang_option, show, spoken, tell, toolkit
from toolkit.finding import has_errors

_KINDS = {"printed": "value", "tested": "yes/no"}


@toolkit.command()
@click.argument("file", type=click.Path(path_type=Path))
@lang_option
@json_option
@click.pass_context
def outline(ctx: click.Context, /, file: Path, as_json: bool) -> None:
    """The text of an Office file, line by line, each with its place."""
    from toolkit.office import outline as lines_of

    language = spoken(ctx)
    told = [(line.place.text(language).partition(" > ")[2], line.text) for line in lines_of(file)]
    if as_json:
        show({"file": str(file), "lines": [{"place": p, "text": text} for p, text in told]})
        return
    for place, text in told:
        click.echo(f"{place}\t" + text.replace("\n", "\n\t"))


def check_one(ctx: click.Context, template: Path, options: Mapping[str, Any]) -> None:
    """Check one template of any author; tell the data it needs; annotate a copy."""
    from toolkit.produce.data_file import read_rows
    from toolkit.produce.rendering import Job, check

    language, data = spoken(ctx), options["data"]
    rows = read_rows(data) if data else []
    base = data.parent if data else template.parent
    answer = check(Job(template, rows, base, language))
    told = [found.as_dict(language) for found in answer.findings]
    if options["as_json"]:
        show({"file": str(template), "findings": told, "schema": answer.extra["schema"]})
    else:
        tell(answer.findings, language)
        _say_needs(answer.extra, as_schema=options["schema"])
    if options["annotate"]:
        from toolkit.office.annotations.annotate import annotate
        from toolkit.office.template import write

        write(annotate(template, answer.findings, language), options["annotate"])
    ctx.exit(3 if has_errors(answer.findings) else 0)


def _say_needs(extra: Mapping[str, Any], *, as_schema: bool) -> None:
    if as_schema:
        show(extra["schema"])
        return
    width = max((len(path) for path, _ in extra["paths"]), default=0)
    for path, kind in extra["paths"]:
        click.echo(f"{path:<{width}}  {_KINDS.get(kind, kind)}")
