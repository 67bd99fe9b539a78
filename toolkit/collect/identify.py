"""Identify: which document, project, kit and copy a returned file is.

In: the pairs that three places of the file hold: custom properties, the hidden sheet or control,
defined names. Out: a Stamp. One place is enough; where they disagree, what most of them say is
taken, and told. A file is known by this alone, never by its name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from toolkit.collect.opening.gate import GateError, Kind
from toolkit.collect.opening.package import rejected
from toolkit.collect.reading.book import Book, Page
from toolkit.collect.reading.form_parts import PARAGRAPH, TEXT, text_of
from toolkit.collect.reading.tables import META
from toolkit.collect.reading.workbook_parts import custom_properties
from toolkit.document import Document
from toolkit.finding import Finding, Place, finding
from toolkit.office.package.markup import Element
from toolkit.sent import NAMES, OUTPUT, SENT, Pair
from toolkit.store.tidy import SPOT

KEYS = (
    *("kit_id", "project_id", "doc", "lang", "schema_version", "generated_at", "copy_id"),
    *("unit_id", "respondent_role", "period", "source_hash"),
)
NAME_START = "veikart_"
FIRST_PAIR = "kit_id="
SCHEMA_VERSION = 1


@dataclass(frozen=True)
class Stamp:
    """The identity of a file, '' where a key is missing everywhere; the pairs of what was sent."""

    identity: Mapping[str, str] = field(default_factory=dict)
    pairs: tuple[Pair, ...] = ()
    findings: tuple[Finding, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.identity)

    @property
    def sent_on(self) -> date | None:
        """The day the file was made; None where it does not say."""
        try:
            return date.fromisoformat(self.identity.get("generated_at", "")[:10])
        except ValueError:
            return None


@dataclass(frozen=True)
class Expected:
    """What the collector expects: the project, and the kit last sent; '' where it does not say."""

    project_id: str = ""
    kit_id: str = ""


def stamp_of(places: Sequence[Mapping[str, str]], pairs: Iterable[Pair], place: Place) -> Stamp:
    """The stamp of a file from what its places say; empty where none says which document."""
    said = {key: [p[key].strip() for p in places if p.get(key, "").strip()] for key in KEYS}
    if not said["doc"]:
        return Stamp()
    identity = {key: _most_say(told) for key, told in said.items()}
    differing = [key for key, told in said.items() if len(set(told)) > 1]
    told = tuple(finding("identity-differs", place, key=key) for key in differing)
    return Stamp(identity, tuple(pairs), told)


def _most_say(told: Sequence[str]) -> str:
    """What most places say, '' where none says anything."""
    if not told or told.count(told[0]) == len(told):
        return told[0] if told else ""
    return Counter(told).most_common(1)[0][0]


def stamp_of_book(book: Book, place: Place) -> Stamp:
    """The stamp of a workbook; GateError for what was made of answers and is none."""
    pairs = pairs_of(book)
    names = {key: book.folded.get(NAME_START + key, "").lstrip("=").strip('"') for key in KEYS}
    places = (book.properties, dict(pairs), names)
    if any(told.get("kit_id") == OUTPUT for told in places) or _exported(book):
        raise rejected("own-output", place)
    return stamp_of(places, pairs, place)


def _exported(book: Book) -> bool:
    """Whether it is the table ``toolkit export`` writes."""
    rows = book.pages[0].rows if book.of_text and book.pages else ()
    return bool(rows) and tuple(rows[0][: len(SPOT)]) == SPOT


def pairs_of(book: Book) -> tuple[Pair, ...]:
    """What the hidden sheet holds, whatever it is called now."""
    page = book.page(META) or next(filter(_like_meta, book.pages), None)
    rows = page.rows if page else ()
    return tuple((f"{row[0]}".strip(), f"{row[1]}") for row in rows if len(row) > 1 and row[0])


def _like_meta(page: Page) -> bool:
    return sum(bool(row) and row[0] in KEYS for row in page.rows[: len(KEYS)]) >= len(KEYS) // 2


def stamp_of_form(root: Element, parts: Mapping[str, bytes], place: Place) -> Stamp:
    """The stamp of a Word form: properties, the hidden control, the bookmark around it."""
    pairs = pairs_of_text(_hidden_text(root))
    return stamp_of((custom_properties(parts, place), dict(pairs)), pairs, place)


def _hidden_text(root: Element) -> str:
    """The paragraph that holds the pairs, whatever became of the control around it."""
    first = next((t for t in root.iter(TEXT) if (t.text or "").startswith(FIRST_PAIR)), None)
    paragraph = next(first.iterancestors(PARAGRAPH), None) if first is not None else None
    if paragraph is None:
        return ""
    return text_of(paragraph, hidden=True) or text_of(paragraph)


def pairs_of_text(text: str) -> tuple[Pair, ...]:
    """The pairs of a form's stamp: the identity on one line, what was sent a line each."""
    pairs: list[Pair] = []
    for line in text.splitlines():
        own = line.strip()
        parts = [own] if own.startswith((SENT, NAMES)) else own.split("; ")
        told = (part.partition("=") for part in parts if "=" in part)
        pairs += [(key.strip(), value.strip().rstrip(";").strip()) for key, _, value in told]
    return tuple(pairs)


def judged(stamp: Stamp, expected: Expected, place: Place) -> tuple[Finding, ...]:
    """Findings about whose file it is; GateError for another project's or a newer toolkit's."""
    identity = stamp.identity
    if expected.project_id and identity["project_id"] not in ("", expected.project_id):
        told = {"project": identity["project_id"], "expected": expected.project_id}
        raise GateError([finding("file-other-project", place, **told)])
    version = identity["schema_version"].partition(".")[0]
    if version.isdecimal() and int(version) > SCHEMA_VERSION:
        raise GateError([finding("file-newer", place, version=version)])
    if expected.kit_id and identity["kit_id"] not in ("", expected.kit_id):
        older = finding("older-kit", place, day=identity["generated_at"])
        return (*stamp.findings, older)
    return stamp.findings


def document_of(doc: str, kind: Kind, documents: Sequence[Document], place: Place) -> Document:
    """The document a stamp names, in the format the file has; GateError where none comes back."""
    format = "docx" if kind is Kind.FORM else "xlsx"
    own = [d for d in documents if d.doc == doc and d.format == format and d.returned]
    if not own:
        raise GateError([finding("document-unread", place, doc=doc)])
    return own[0]
