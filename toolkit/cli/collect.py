"""The command of returned files: ``collect``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.cli.door import json_option, lang_option, project_option, show, spoken, tell, toolkit
from toolkit.cli.results import show_slips, show_status
from toolkit.finding import Finding, Severity, has_errors

if TYPE_CHECKING:
    from toolkit.collect.limits import Limits
    from toolkit.collect.request import Collected, Request
    from toolkit.content.shown import Shown
    from toolkit.language import Labels

MOST = 15
NARROW, WIDE, PIPED = 80, 120, (100, 24)
SCHEMA_VERSION = 1
USAGE = 2
Advance = Callable[[int, int], None]


@toolkit.command()
@click.argument("inputs", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), default=Path("results"), show_default=True
)
@project_option("The description of the project: who was asked, and what it knows.")
@click.option(
    "--kit", type=click.Path(path_type=Path), help="The kit that was sent out: who was asked."
)
@lang_option
@json_option
@click.option(
    "--executor", default="", metavar="ADDRESS", help="Read files on a cluster: dask://HOST:PORT."
)
@click.option(
    "--limit",
    "limits",
    multiple=True,
    metavar="NAME=VALUE",
    help="Set a limit anew, as in rows=50000 or container-bytes=40MB; may be given several times.",
)
@click.option(
    "--on-conflict",
    type=click.Choice(("list", "newest", "prefilled")),
    help="What stands where answers contradict; list (open) unless chosen before.",
)
@click.option("--redact", is_flag=True, help="Mask personal data in what is kept, too.")
@click.option("--status", is_flag=True, help="Tell who has answered; read nothing.")
@click.option("--slips", is_flag=True, help="Write a correction slip for each sender.")
@click.option("--dry-run", is_flag=True, help="Tell what would be collected, and write nothing.")
@click.pass_context
def collect(ctx: click.Context, /, inputs: tuple[Path, ...], out: Path, **options: Any) -> None:
    """Collect returned files: folders, files and zips, into one folder of results."""
    if options["status"]:
        results = next(iter(inputs), out)
        show_status(ctx, results, options["project"], as_json=options["as_json"])
        return
    if options["slips"] and not inputs:
        show_slips(ctx, out, options["project"], as_json=options["as_json"])
        return
    if not inputs:
        raise click.UsageError("Missing argument 'INPUTS...'.")
    from toolkit.collect.consolidate import consolidate
    from toolkit.language import Labels
    from toolkit.personal import masked

    labels = Labels.load(spoken(ctx))
    rehearse, as_json = options["dry_run"], options["as_json"]
    request = _request(ctx, inputs, out, options)
    with _progress(labels, quiet=as_json) as (stage, advance):
        collected = consolidate(request, stage, advance)
        written = _write(request, labels.lang, stage, changed=collected.changed)
    shown = _shown(collected, labels)
    findings = tuple(dict.fromkeys(masked(_findings(collected, shown))))
    if as_json:
        show(masked(_document(collected, findings, shown)))
    else:
        _page(collected, shown)
        click.echo("")
        _names(written)
    if not as_json:
        click.echo(labels.t("cli.rehearsed" if rehearse else "cli.results", path=out), err=True)
    if options["slips"] and not rehearse:
        _slips(ctx, request, quiet=as_json)
    ctx.exit(_code(findings))


def _request(
    ctx: click.Context, inputs: tuple[Path, ...], out: Path, options: dict[str, Any]
) -> Request:
    """What is asked for, the limits with it."""
    from toolkit.collect.request import Request

    return Request(
        inputs,
        out,
        options["project"],
        options["kit"],
        options["dry_run"],
        options["redact"],
        _limits(ctx, options["limits"]),
        executor=options["executor"],
        on_conflict=options["on_conflict"] or "",
    )


def _slips(ctx: click.Context, request: Request, *, quiet: bool) -> None:
    """The correction slips of what was just collected; ``--json`` prints one document only."""
    from toolkit.present.slips import write_slips

    if quiet:
        write_slips(request.out, request.project)
    else:
        show_slips(ctx, request.out, request.project, as_json=False)


def _limits(ctx: click.Context, texts: Sequence[str]) -> Limits:
    """The limits, some set anew; what is none of them is wrong use of the command."""
    from toolkit.collect.limits import LimitsError, limits_of

    try:
        return limits_of(texts)
    except LimitsError as error:
        tell(error.findings, spoken(ctx))
        ctx.exit(USAGE)


@contextmanager
def _progress(labels: Labels, *, quiet: bool) -> Iterator[tuple[Callable[..., None], Advance]]:
    """What hears of the work: a bar on a terminal, else a line a stage; nothing with ``--json``."""
    if quiet or not sys.stderr.isatty():
        yield _stages(labels, quiet=quiet), lambda done, total: None
        return
    from toolkit.cli.progress import bar

    with bar(labels) as (stage, advance):
        yield stage, advance


def _stages(labels: Labels, *, quiet: bool) -> Callable[..., None]:
    def stage(key: str, **told: object) -> None:
        if not quiet:
            click.echo(labels.t(key, **told), err=True)

    return stage


def _shown(collected: Collected, labels: Labels) -> Shown:
    from toolkit.content.shown import Shown

    return Shown(labels, collected.documents, collected.results.titles)


def _names(written: Iterable[Path]) -> None:
    """The files written, the report first."""
    for path in sorted(written, key=lambda path: not path.name.startswith("report_")):
        click.echo(f"{path}")


def _write(
    request: Request, language: str, stage: Callable[..., None], *, changed: bool
) -> Sequence[Path]:
    """The workbooks beside the store, written where anything is new; none in a rehearsal."""
    from toolkit.present.output import write_workbooks

    if request.rehearse:
        return ()
    if not changed and (request.out / f"report_{language}.xlsx").exists():
        own = request.out.glob
        return sorted((*own(f"*_{language}.xlsx"), *own(f"report_{language}_*.csv")))
    stage("cli.writing")
    return write_workbooks(request.out, language, request.project).paths


def _findings(collected: Collected, shown: Shown) -> tuple[Finding, ...]:
    """What this run's files have to tell, then what all files together do."""
    from toolkit.content.returns import findings_of

    together = findings_of(collected.results, collected.files, shown)
    return tuple(dict.fromkeys((*collected.told, *collected.aside, *together)))


def _document(collected: Collected, findings: Sequence[Finding], shown: Shown) -> dict[str, Any]:
    """The one document that ``--json`` prints."""
    from toolkit.content.page import copies_of

    language = shown.labels.lang
    return {
        "schema_version": SCHEMA_VERSION,
        "summary": {**_counts(collected), "findings": _severities(findings)},
        "files": list(collected.listed()),
        "copies": list(copies_of(collected.results)),
        "findings": [found.as_dict(language) for found in findings],
    }


def _counts(collected: Collected) -> dict[str, int]:
    """Files in are those read and those rejected; those sent twice were read."""
    counted = collected.counted
    rejected = counted["rejected"]
    read = sum(counted.values()) - rejected
    return {"read": read, "rejected": rejected, "duplicates": counted["duplicate"]}


def _severities(findings: Sequence[Finding]) -> dict[str, int]:
    counted = Counter(found.severity for found in findings)
    return {severity.value: counted[severity] for severity in Severity}


def _page(collected: Collected, shown: Shown) -> None:
    """The page a controller acts on, on standard output."""
    from shutil import get_terminal_size as terminal_size

    from toolkit.content.page import page_of
    from toolkit.personal import mask, masked

    labels = shown.labels
    tell(masked(collected.aside), labels.lang)
    click.echo(labels.t("cli.collected", **_counts(collected)))
    if not collected.changed:
        click.echo(labels.t("cli.same_results"))
    click.echo("")
    page = masked(page_of(collected.results, collected.files, shown))
    width = min(max(terminal_size(PIPED).columns, NARROW), WIDE)
    for line in page.text(MOST, labels.t("pg.more", n="{n}"), width):
        click.secho(mask(line), bold=bool(line) and not line.startswith(" "))


def _code(findings: Sequence[Finding]) -> int:
    from toolkit.collect.limits import LIMIT_CODES

    if any(found.code in LIMIT_CODES for found in findings):
        return 6
    return 3 if has_errors(findings) else 0
