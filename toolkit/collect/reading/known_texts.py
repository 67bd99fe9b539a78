"""Known texts: what texts of files say, each worked out once.

In: a function of one text. Out: a mapping from texts to what it says; a file's texts are looked up
in it all at once, and most of them stood in files before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

MOST = 16_384  # texts remembered of one kind

Text = TypeVar("Text", str, bytes)
Worth = TypeVar("Worth")


class Known(dict[Text, Worth]):
    """What ``work`` says of texts; what it raises is raised each time."""

    def __init__(self, work: Callable[[Text], Worth]) -> None:
        super().__init__()
        self.work: Callable[[Text], Worth] = work

    def __missing__(self, text: Text) -> Worth:
        if len(self) >= MOST:
            self.clear()
        worth: Worth = self.work(text)
        self[text] = worth
        return worth

    def cache_clear(self) -> None:
        """Forget them all."""
        self.clear()
