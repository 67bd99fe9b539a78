"""What is wrong in what people wrote: Place, Finding, the catalogue of codes, ToolkitError.

In: a code, a place and parameters. Out: one line of text, or data, in the reader's language.
The catalogue lies in ``toolkit/data/findings/*.tsv`` (one file an area) and ``places.tsv``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple
from unicodedata import category

LANGUAGES = ("nb", "da", "sv", "fi", "en")
DATA = Path(__file__).parent / "data"
DIRECTIONS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

Step = tuple[str, int | str]


class Severity(StrEnum):
    """How bad a finding is: an error stops the step, a warning and a note do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Place(NamedTuple):
    """Where a finding is: a file and the steps into it, outermost first.

    Steps are (word, value) pairs whose words stand in ``places.tsv``: ``("table", 2)``,
    ``("row", 3)``, ``("slide", 4)``, ``("shape", "Title")``, ``("footer", "first")``. Three are
    written the way their programs write them: ``("line", 14), ("column", 9)`` as
    ``file:14:9``, ``("sheet", "Risks"), ("at", "C7")`` as ``Risks!C7``, and ``("path", "a.b")``.
    """

    file: str
    steps: tuple[Step, ...] = ()

    def at(self, *steps: Step) -> Place:
        """The same place, further in."""
        return Place(self.file, self.steps + steps)

    def text(self, language: str = "en") -> str:
        """``project.yaml:14:9``, ``ros.xlsx > Risks!C7``, ``a.docx > table 2, row 3, cell 2``."""
        numbers = [str(value) for word, value in self.steps if word in ("line", "column")]
        inner = _steps_text([s for s in self.steps if s[0] not in ("line", "column")], language)
        return " > ".join(filter(None, [":".join([self.file, *numbers]), inner]))


def _steps_text(steps: Iterable[Step], language: str) -> str:
    texts: list[str] = []
    sheet = ""
    for word, value in steps:
        if word == "sheet":
            sheet = visible(f"{value}")
            texts.append(sheet)
        elif word == "at" and sheet:
            texts[-1] = f"{sheet}!{value}"
        elif word in ("at", "path"):
            texts.append(visible(f"{value}"))
        else:
            texts.append(_place_words()[word][language].format(visible(f"{value}")))
    return ", ".join(texts)


class Entry(NamedTuple):
    """One code of the catalogue: its severity and its texts per language."""

    code: str
    severity: Severity
    message: Mapping[str, str]
    hint: Mapping[str, str]
    otherwise: Mapping[str, str]
    meaning: str


class Finding(NamedTuple):
    """One thing somebody should look at: a code, a place and the words of the message."""

    code: str
    place: Place
    params: tuple[tuple[str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        """The severity its code has in the catalogue."""
        return catalogue()[self.code].severity

    def message(self, language: str = "en") -> str:
        """What is wrong, as a sentence."""
        return catalogue()[self.code].message[language].format_map(dict(self.params))

    def hint(self, language: str = "en") -> str:
        """How to mend it: the hint, or the other one where a parameter of the hint is empty."""
        entry, params = catalogue()[self.code], dict(self.params)
        for text in (entry.hint.get(language, ""), entry.otherwise.get(language, "")):
            wanted = [name for name in params if "{" + name + "}" in text]
            if text and all(params[name] for name in wanted):
                return text.format_map(params)
        return ""

    def line(self, language: str = "en") -> str:
        """``place: message; hint`` on one line."""
        told = "; ".join(filter(None, [self.message(language), self.hint(language)]))
        return f"{self.place.text(language)}: {told}"

    def as_dict(self, language: str = "en") -> dict[str, str]:
        """The finding as plain data for ``--json``."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "place": self.place.text(language),
            "message": self.message(language),
            "hint": self.hint(language),
        }


def finding(code: str, place: Place, **params: object) -> Finding:
    """A finding of the catalogue; an unknown code is a bug and raises KeyError."""
    catalogue()[code]
    return Finding(code, place, tuple((key, visible(str(told))) for key, told in params.items()))


def visible(text: str) -> str:
    """Text in which nothing is hidden: what controls a terminal, turns the direction of writing or
    cannot be written to a file is spelled out (``\\u202e``)."""
    if text.isprintable():
        return text
    return "".join(_spelled(letter) if _is_hidden(letter) else letter for letter in text)


def _is_hidden(letter: str) -> bool:
    return category(letter) in ("Cc", "Cs", "Zl", "Zp") or letter in DIRECTIONS


def _spelled(letter: str) -> str:
    return letter.encode("unicode_escape", "surrogatepass").decode("ascii")


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is of severity error."""
    return any(f.severity is Severity.ERROR for f in findings)


def near(word: str, known: Iterable[str]) -> str:
    """The known word closest to ``word``, or an empty string when none is close."""
    import difflib  # here and in _table: ``--help`` needs neither

    folded = {name.casefold(): name for name in known}
    found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else ""


@cache
def catalogue() -> Mapping[str, Entry]:
    """Every code, from ``data/findings/*.tsv``: code, severity, kind, nb, da, sv, fi, en."""
    rows = [row for file in sorted((DATA / "findings").glob("*.tsv")) for row in _table(file)]
    texts = {(row["code"], row["kind"]): {lang: row[lang] for lang in LANGUAGES} for row in rows}
    return {
        row["code"]: Entry(
            row["code"],
            Severity(row["severity"]),
            texts[row["code"], "message"],
            texts.get((row["code"], "hint"), {}),
            texts.get((row["code"], "otherwise"), {}),
            texts.get((row["code"], "meaning"), {"en": ""})["en"],
        )
        for row in rows
        if row["kind"] == "message"
    }


@cache
def _place_words() -> Mapping[str, Mapping[str, str]]:
    rows = _table(DATA / "places.tsv")
    return {row["word"]: {lang: row[lang] for lang in LANGUAGES} for row in rows}


def _table(path: Path) -> list[dict[str, str]]:
    import csv

    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


class ToolkitError(Exception):
    """A step that can produce nothing; carries every finding that says why."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(f.line() for f in self.findings))


class ProjectError(ToolkitError):
    """The project description cannot be used."""


class TemplateError(ToolkitError):
    """A template, or the data for it, cannot be used."""


class OutputError(ToolkitError):
    """The output cannot be written; nothing was."""


class WouldOverwrite(OutputError):
    """Files people have edited stand where the output would go; nothing was written."""


class Interrupted(ToolkitError):
    """Somebody stopped the work; what was done is kept."""


class LimitError(ToolkitError):
    """A limit of size, time or depth was hit."""
