"""Progress: what a person at a terminal sees of long work.

In: the labels of a language. Out: two functions: one hears of each stage, one of what is done of
it. The bar shows how many files, how many a second, and how long the rest will take.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from toolkit.language import Labels

Stage = Callable[..., None]
Advance = Callable[[int, int], None]


class Counted(ProgressColumn):
    """How many files are done of how many, and how many a second; nothing before there are any."""

    def __init__(self, labels: Labels) -> None:
        super().__init__()
        self.labels = labels

    def render(self, task: Task) -> Text:
        """``1 200/100 000 · 310 files/s`` in the person's language."""
        if not task.total:
            return Text("")
        number = self.labels.number
        count = f"{number(int(task.completed), 0)}/{number(int(task.total), 0)}"
        rate = self.labels.t("cli.rate", n=number(task.speed, 0)) if task.speed else ""
        return Text(" · ".join(filter(None, (count, rate))))


@contextmanager
def bar(labels: Labels, console: Console | None = None) -> Iterator[tuple[Stage, Advance]]:
    """A bar on standard error from the first files on, gone when the work is done."""
    shown = console or Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        Counted(labels),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    progress = Progress(*columns, console=shown, transient=True)
    task = progress.add_task("", total=None)
    stages: list[str] = []

    def stage(key: str, **told: object) -> None:
        progress.reset(task, total=None, description=labels.t(key, **told))
        stages.append(key)
        if len(stages) > 1:  # what draws the bar is a thread, and readers fork before there is one
            progress.start()

    def advance(done: int, total: int) -> None:
        progress.start()
        progress.update(task, completed=done, total=total)

    try:
        yield stage, advance
    finally:
        progress.stop()
