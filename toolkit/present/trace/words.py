"""Words: what somebody asks for, in any order and any of the five languages.

In: a query and what the results hold. Out: Asked: for every word or group of words what it may
name (a document, table, row, field, unit, role, day or period), what was read as a name near it,
and the words that name nothing, with the names nearest to them.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from functools import cached_property

from toolkit.content.shown import Shown
from toolkit.finding import LANGUAGES
from toolkit.language import Labels
from toolkit.present.trace.held import Held

MOST_WORDS = 8
ALIKE, NEAR, MOST_NEAR = 0.85, 0.55, 3
SHORTEST = 3  # letters of a word that may stand for a longer name

Meaning = tuple[str, str]  # kind, key
DOCUMENT, TABLE, ROW, FIELD, UNIT, ROLE, ENTRY, DAY = (
    *("document", "table", "row", "field", "unit", "role", "entry", "day"),
)
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_WRITTEN = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})")
_QUOTES = re.compile(r"[\"“”«»„]([^\"“”«»„]+)[\"“”«»„]|(\S+)")


@dataclass(frozen=True)
class Asked:
    """A query, understood: a set of meanings for each of its names."""

    query: str
    meanings: tuple[frozenset[Meaning], ...] = ()
    read_as: Mapping[str, str] = default(default_factory=dict)
    unknown: Mapping[str, tuple[str, ...]] = default(default_factory=dict)


def folded(text: str) -> str:
    """A name as names are compared."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


class Vocabulary:
    """Every name in the results and the documents, with what it may mean."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.names: dict[str, set[Meaning]] = defaultdict(set)
        self.spelled: dict[str, str] = {}
        for name, meaning in self._every():
            if name.strip():
                self.names[folded(name)].add(meaning)
                self.spelled.setdefault(folded(name), name)

    @cached_property
    def by_word(self) -> Mapping[str, frozenset[str]]:
        """The names that hold a word."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in self.names:
            for word in re.findall(r"\w+", name):
                found[word].add(name)
        return {word: frozenset(own) for word, own in found.items()}

    def _every(self) -> Iterator[tuple[str, Meaning]]:
        yield from self._documents()
        yield from self._labels()
        for row in self.held.results.rows:
            yield row.row, (ROW, row.row)
            yield row.title, (ROW, row.row)
            if row.row.startswith("f."):  # a line of the net table
                yield from ((name, (ROW, row.row)) for name in _line_names(row.row))
        for (kind, id), title in self.held.titles.items():
            own = kind if kind in (UNIT, ROLE) else ENTRY
            yield from ((name, (own, id)) for name in (id, title))

    def _documents(self) -> Iterator[tuple[str, Meaning]]:
        for doc in sorted({merged.doc for merged in self.held.results.merged}):
            number = doc.removeprefix("d.")
            yield from ((name, (DOCUMENT, doc)) for name in (doc, f"d{number}", number))
            for shown in _languages(self.held.shown):
                yield shown.document(doc).partition(" ")[2], (DOCUMENT, doc)

    def _labels(self) -> Iterator[tuple[str, Meaning]]:
        """Tables and fields, by key and by label in five languages; the roles of respondents."""
        columns = {(m.doc, m.table, m.field) for m in self.held.results.merged}
        for shown in _languages(self.held.shown):
            for doc, table, field in columns:
                base = field.partition(":")[0]
                yield from ((name, (TABLE, table)) for name in (table, shown.table(table)))
                yield shown.field(doc, table, field), (FIELD, field)
                yield shown.field(doc, table, base), (FIELD, base)
                yield from ((name, (FIELD, base)) for name in (base, base.removeprefix("f.")))
            yield from ((label, (ROLE, key)) for key, label in shown.labels.options(RESPONDENTS))


def _line_names(key: str) -> Iterator[str]:
    labels = (Labels.load(language) for language in LANGUAGES)
    return (own.t(key) for own in labels if own.has(key))


RESPONDENTS = "respondent_role"


def _languages(shown: Shown) -> list[Shown]:
    return [Shown(Labels.load(lang), shown.documents, shown.titles) for lang in LANGUAGES]


def understood(query: str, vocabulary: Vocabulary) -> Asked:
    """What a query asks for."""
    words = [quoted or word for quoted, word in _QUOTES.findall(query)]
    reader = _Reader(vocabulary)
    at = 0
    while at < len(words):
        at += reader.take(words[at:])
    return Asked(query, tuple(reader.meanings), reader.read_as, reader.unknown)


class _Reader:
    """Reads a query from left to right, the longest name first."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.meanings: list[frozenset[Meaning]] = []
        self.read_as: dict[str, str] = {}
        self.unknown: dict[str, tuple[str, ...]] = {}

    def take(self, words: Sequence[str]) -> int:
        """Reads the first name of some words; how many words it has."""
        for read in (self._exact, self._near, self._part):
            for count in range(min(MOST_WORDS, len(words)), 0, -1):
                meanings = read(" ".join(words[:count]))
                if meanings:
                    self.meanings.append(frozenset(meanings))
                    return count
        if len(words[0]) >= SHORTEST or any(letter.isdecimal() for letter in words[0]):
            self.unknown[words[0]] = self._nearest(words[0])
        return 1

    def _exact(self, text: str) -> set[Meaning]:
        meanings = set(self.vocabulary.names.get(folded(text), ()))
        day = day_of(text)
        return meanings | ({(DAY, day)} if day else set())

    def _near(self, text: str) -> set[Meaning]:
        """A name spelt a little differently."""
        names = self.vocabulary.names
        if any(letter.isdecimal() for letter in text):
            return set()  # of ids and numbers the neighbour is another one
        close = difflib.get_close_matches(folded(text), names, n=1, cutoff=ALIKE)
        if not close:
            return set()
        self.read_as[text] = self.vocabulary.spelled[close[0]]
        return names[close[0]]

    def _part(self, text: str) -> set[Meaning]:
        """Every name that holds these words."""
        words = re.findall(r"\w+", folded(text))
        if not words or max(map(len, words)) < SHORTEST:
            return set()
        known = [self.vocabulary.by_word.get(word, frozenset()) for word in words]
        names = frozenset.intersection(*known)
        return {meaning for name in names for meaning in self.vocabulary.names[name]}

    def _nearest(self, word: str) -> tuple[str, ...]:
        close = difflib.get_close_matches(
            folded(word), self.vocabulary.names, n=MOST_NEAR, cutoff=NEAR
        )
        return tuple(self.vocabulary.spelled[name] for name in close)


def day_of(text: str) -> str:
    """A year, month or day as the start of an ISO day; '' where the text is none.

    ``2027``, ``2027-06``, ``30.06.2027``, and months by name: ``juni 2027``, ``June 2027``.
    """
    if match := _DAY.fullmatch(text):
        year, *rest = match.groups()
        return "-".join([year, *(f"{int(part):02}" for part in rest if part)])
    if match := _WRITTEN.fullmatch(text):
        day, month, year = match.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    name, _, year = folded(text).partition(" ")
    month = next((n for n in range(1, 13) if name in _months(n)), 0)
    return f"{year}-{month:02}" if month and re.fullmatch(r"\d{4}", year) else ""


def _months(month: int) -> Iterable[str]:
    return (folded(Labels.load(lang).locale[f"month.{month}"]) for lang in LANGUAGES)
