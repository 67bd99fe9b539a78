"""The progress bar: what stands on the terminal while files are read."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from toolkit.cli.progress import bar
from toolkit.language import Labels


def shown(language: str, done: int, total: int) -> str:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=100, color_system=None)
    with bar(Labels.load(language), console) as (stage, advance):
        stage("cli.reading", n=total)
        advance(done, total)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "1,200/100,000"), ("nb", "1\u00a0200/100\u00a0000")]
)
def test_the_bar_tells_the_stage_and_how_many_are_done(language: str, said: str) -> None:
    text = shown(language, 1200, 100_000)
    assert said in text
    assert Labels.load(language).t("cli.reading", n=100_000) in text
    assert "-:--:--" in text  # the time that is left is not known yet
