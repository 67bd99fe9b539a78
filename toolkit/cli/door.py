"""The door itself: exit codes, the language of messages, and what every command shares.

In: arguments. Out: results on standard output, messages on standard error, and an exit code:
0 clean, 1 a bug, 2 usage, 3 findings of severity error, 5 would overwrite, 6 a limit was hit,
130 stopped by Ctrl-C, 141 nobody read the rest of the output.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, TextIO, TypeVar

import click

from toolkit import __version__
from toolkit.finding import (
    LANGUAGES,
    Finding,
    Interrupted,
    LimitError,
    ToolkitError,
    WouldOverwrite,
)

Made = TypeVar("Made", bound=Callable[..., Any] | click.Command)

_SELDOM, _PIECES = 20_000, 20_000
PIPE_CLOSED = 141  # as a shell tells of a program that SIGPIPE ended
_TAGS = {"no": "nb", "nn": "nb"}


class Door(click.Group):
    """A group of commands in which ToolkitError becomes messages and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except ToolkitError as error:
            tell(error.findings, spoken(ctx))
            ctx.exit(exit_code(error))


def exit_code(error: ToolkitError) -> int:
    """The exit code of an error."""
    codes = ((Interrupted, 130), (LimitError, 6), (WouldOverwrite, 5))
    return next((code for kind, code in codes if isinstance(error, kind)), 3)


def language_of(wanted: str | None) -> str:
    """The language asked for, else that of LANGUAGE or LANG, else an empty text."""
    told = [wanted or "", *os.environ.get("LANGUAGE", "").split(":"), os.environ.get("LANG", "")]
    tags = (tag.replace("-", "_").partition("_")[0].casefold() for tag in told)
    known = (_TAGS.get(tag, tag) for tag in tags)
    return next((tag for tag in known if tag in LANGUAGES), "")


def remember(ctx: click.Context, parameter: click.Parameter, value: Any) -> Any:
    ctx.meta[f"toolkit.{parameter.name}"] = value
    return value


def spoken(ctx: click.Context, described: str = "") -> str:
    """The language of messages: ``--lang``, else the environment's, else the description's."""
    asked = language_of(ctx.meta.get("toolkit.lang"))
    return asked or described or _described(ctx.meta.get("toolkit.project"))


def _described(project: Path | None) -> str:
    from toolkit.project import language_in

    return (language_in(project) if project else "") or "en"


lang_option = click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    callback=remember,
    is_eager=True,
    expose_value=False,
    help="Language of the messages.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="The result as JSON.")
results_argument = click.argument("results", type=click.Path(path_type=Path))
project_argument = click.argument(
    "project", type=click.Path(path_type=Path), callback=remember, is_eager=True
)


def project_option(told: str, *, required: bool = False) -> Callable[[Made], Made]:
    """``--project``: the description, whose language messages are in; ``told`` is its help."""
    return click.option(
        "--project",
        required=required,
        type=click.Path(path_type=Path),
        callback=remember,
        is_eager=True,
        help=told,
    )


def tell(findings: Iterable[Finding], language: str) -> None:
    """Findings on standard error, one a line."""
    for found in findings:
        click.echo(found.line(language), err=True)


def show(data: Mapping[str, Any]) -> None:
    """Data on standard output, a piece at a time: there may be very much."""
    import json

    pieces = json.JSONEncoder(ensure_ascii=False, indent=2).iterencode(data)
    while text := "".join(islice(pieces, _PIECES)):
        click.echo(text, nl=False)
    click.echo()


@click.group(cls=Door, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="toolkit")
def toolkit() -> None:
    """From one project description to a kit of Word, PowerPoint and Excel files."""


def main() -> None:
    """The entry point; output is UTF-8 on every platform."""
    gc.set_threshold(_SELDOM)  # a command ends soon: looking for cycles often costs a tenth of it
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    output = sys.stdout
    try:
        toolkit(prog_name="toolkit")
    except SystemExit:
        if _nobody_reads(output):
            raise SystemExit(PIPE_CLOSED) from None
        raise


def _nobody_reads(output: TextIO) -> bool:
    """Whether what reads the output went away, as ``toolkit … | head`` does when it has enough.

    Click then puts another stream in its place, which says no more.
    """
    if sys.stdout is not output:
        return True
    try:
        output.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), output.fileno())  # or Python flushes again
        return True
    return False
