"""Settings: everything a template is compiled with, in one value.

In: what the caller of ``compile`` and ``fill`` gives. Out: what the format modules read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.office.record import Record

if TYPE_CHECKING:
    from toolkit.office.tags.text import Tag


def _leave(_text: str) -> str | None:
    return None


def _same(code: str) -> str:
    return code


_NONE: Mapping[str, Any] = {}  # shared, as nobody writes to it


class Localisation(Record):
    """What a template written in Norwegian becomes in another language.

    ``tag`` is BCP 47 and goes into w:lang, a:rPr@lang and dc:language. ``text`` gives the label
    of a whole paragraph, cell or attribute without tags, or None to leave it. ``number_format``
    turns one format code of a workbook or chart into the language's. ``key`` names what the two
    functions depend on; without one, templates compiled with them are not kept on disk.
    """

    tag: str = "nb-NO"
    text: Callable[[str], str | None] = _leave
    number_format: Callable[[str], str] = _same
    key: str = ""


class Settings(Record):
    """How a template is compiled.

    ``name`` is the file name shown in findings; ``theme`` maps the slots dk1 lt1 dk2 lt2
    accent1..accent6 hlink folHlink to RRGGBB and major_font/minor_font to font names;
    ``lenient`` leaves unknown names empty with a warning each; ``context`` is the data of the one
    fill the template is compiled for, when that is known: its faults are then told together with
    the template's; ``watch`` is shown the tags of each sequence as it is compiled; ``cache`` is
    the folder where compiled templates are kept between runs, None for nowhere.
    """

    name: str = ""
    localisation: Localisation = Localisation()
    theme: Mapping[str, str] = _NONE
    filters: Mapping[str, Callable[..., Any]] = _NONE
    tests: Mapping[str, Callable[..., bool]] = _NONE
    globals: Mapping[str, Any] = _NONE
    lenient: bool = False
    context: Mapping[str, Any] | None = None
    watch: Callable[[Sequence[Tag]], None] | None = None
    cache: Path | None = None

    @property
    def localised(self) -> bool:
        """Whether a language was asked for; without one, a template's own stays."""
        return self.localisation != Localisation()
