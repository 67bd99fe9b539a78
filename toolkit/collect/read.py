"""Reading one returned file: gate, identity, values, checks.

In: the bytes of a file and the Settings. Out: a Returned, or GateError with the one reason why it
is rejected. The name of the file decides nothing; it only tells people which file it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import NamedTuple

from toolkit.collect import personal
from toolkit.collect.check import checked
from toolkit.collect.identify import (
    Expected,
    Stamp,
    document_of,
    judged,
    stamp_of_book,
    stamp_of_form,
)
from toolkit.collect.limits import Limits
from toolkit.collect.opening.gate import GateError, Kind, Passed, gate
from toolkit.collect.reading.book import Book, read_book
from toolkit.collect.reading.cells import Reading, Task
from toolkit.collect.reading.days import EPOCH
from toolkit.collect.reading.parts import tree
from toolkit.collect.reading.prefilled import prefilled_by, words_of
from toolkit.collect.reading.read_form import comments_told, read_form
from toolkit.collect.reading.read_workbook import read_workbook
from toolkit.collect.reading.responses import Responses, read_response, responses_of
from toolkit.collect.reading.scan import guarded, no_handlers
from toolkit.collect.reading.slip import OF_SLIP, read_slip, slip_kind
from toolkit.collect.reading.tables import language_of
from toolkit.collect.reading.text_table import read_text
from toolkit.collect.reading.values import Words
from toolkit.collect.recognise import by_form, by_tables
from toolkit.collect.remembering import Memory
from toolkit.collect.returned import Returned, Value
from toolkit.document import Document
from toolkit.fillable import FORM, INFO, Fillable, fillable
from toolkit.finding import LANGUAGES, Finding, Place, finding
from toolkit.language import Labels

COMMENTS = "word/comments.xml"
SHORT = 8


@dataclass(frozen=True)
class Settings:
    """What reading needs: the documents of the kit, the limits, whose files are expected.

    ``names`` are the entries of the description, kind -> id -> title, for files that no longer
    carry their own; ``language`` is taken where a file does not show its own. With ``redact``
    personal data is masked in what is kept.
    """

    documents: tuple[Document, ...]
    limits: Limits = Limits()
    expected: Expected = Expected()
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    language: str = "nb"
    redact: bool = False


class Given(NamedTuple):
    """A file as it was given: its name, its bytes, when it was last changed, its hash if known."""

    name: str
    data: bytes
    modified: datetime = datetime(1970, 1, 1, tzinfo=UTC)
    sha256: str = ""


def read_file(given: Given, settings: Settings) -> Returned:
    """One file, read by itself; GateError with the reason where it is rejected."""
    return Reader(settings).read(given)


class Reader:
    """Reads files one after the other; what it knows of the documents is worked out once."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        documents = settings.documents
        self.memory = Memory()
        self.shapes = {(d.id, d.format): fillable(d, documents) for d in documents}

    def read(self, given: Given) -> Returned:
        """One file, the first respondent of an export; GateError where it is rejected."""
        return self.read_all(given)[0]

    def read_all(self, given: Given) -> tuple[Returned, ...]:
        """One file; each respondent of an export of a survey tool as a file of its own."""
        place = Place(given.name)
        passed = gate(given.data, place, self.settings.limits)
        self.memory.count(given.data, passed.parts.values())
        if passed.kind is Kind.FORM:
            return (self._form(given, passed, place),)
        book = _book(given.data, passed, place, self.settings.limits)
        stamp = stamp_of_book(book, place)
        respondents = () if stamp else self._responses(given, passed, book)
        return respondents or (self._workbook(given, passed, book, stamp),)

    def _responses(self, given: Given, passed: Passed, book: Book) -> tuple[Returned, ...]:
        """The respondents of an export of a survey tool; none where the book is no such thing."""
        for document in self._documents("xlsx"):
            one = _One(self, given, passed.kind, Known(Stamp(), document, language_of(book)))
            found = responses_of(book, one.shape, one.task)
            if found:
                return tuple(_respondents(one, found, passed))
        return ()

    def _workbook(self, given: Given, passed: Passed, book: Book, stamp: Stamp) -> Returned:
        place = Place(given.name)
        mends = slip_kind(stamp.pairs)
        kind = mends or passed.kind
        task = Task(place, Words(Labels.load(self.settings.language)), {}, "")
        document = self._document(stamp, kind, place)
        document = document or by_tables(book, self._shapes("xlsx"), task)
        known = Known(stamp, document, "" if stamp else language_of(book), book.epoch)
        one = _One(self, given, kind, known)
        if mends:
            read = read_slip(book, one.shape, stamp.pairs, one.task)
        else:
            read = read_workbook(book, one.shape, one.task)
        found = personal.in_book(book, passed.parts, place)
        read.findings += personal.told(found, personal.Sent(stamp.pairs), place)
        return one.returned(read, passed.flags)

    def _form(self, given: Given, passed: Passed, place: Place) -> Returned:
        guarded(passed.parts[passed.main], no_handlers, place, self.settings.limits.xml_depth)
        root = tree(passed.parts, passed.main, place)
        if not root.tag.endswith("}document"):
            raise GateError([finding("file-damaged", place)])
        stamp = stamp_of_form(root, passed.parts, place)
        document = self._document(stamp, passed.kind, place)
        document = document or by_form(root, self._shapes("docx"), place)
        one = _One(self, given, passed.kind, Known(stamp, document))
        read = read_form(root, one.shape, document.doc, one.task)
        if COMMENTS in passed.parts:
            read.findings += comments_told(tree(passed.parts, COMMENTS, place), place)
        found = personal.in_form(root, passed.parts, read.cells, place)
        read.findings += personal.told(found, personal.Sent(stamp.pairs), place)
        return one.returned(read, passed.flags)

    def _document(self, stamp: Stamp, kind: Kind, place: Place) -> Document | None:
        if not stamp:
            return None
        return document_of(stamp.identity["doc"], kind, self.settings.documents, place)

    def _shapes(self, format: str) -> list[tuple[Document, Fillable]]:
        return [(document, self.shape(document)) for document in self._documents(format)]

    def _documents(self, format: str) -> list[Document]:
        documents = self.settings.documents
        return [d for d in documents if d.format == format and d.returned]

    def shape(self, document: Document) -> Fillable:
        """What of a document comes back."""
        return self.shapes[document.id, document.format]


class Known(NamedTuple):
    """What is known of a file before its values are read."""

    stamp: Stamp
    document: Document
    language: str = ""
    epoch: date = EPOCH


class _One:
    """One file on its way to a Returned."""

    def __init__(self, reader: Reader, given: Given, kind: Kind, known: Known) -> None:
        settings, stamp = reader.settings, known.stamp
        self.given, self.kind, self.stamp, self.document = given, kind, stamp, known.document
        self.place, self.redact = Place(given.name), settings.redact
        self.told = judged(stamp, settings.expected, self.place) if stamp else self._unidentified()
        self.sha256 = given.sha256 or hashlib.sha256(given.data).hexdigest()
        self.shape = reader.shape(known.document)
        lang = stamp.identity.get("lang", "") or known.language
        self.lang = lang if lang in LANGUAGES else settings.language
        self.prefilled = prefilled_by(stamp.pairs, self.shape, settings.names)
        words = words_of(self.prefilled, self.lang, stamp.sent_on, known.epoch)
        short = (stamp.identity.get("copy_id") or self.sha256)[:SHORT]
        own = self.prefilled
        self.task = Task(self.place, words, own.values, short, own.rows)

    def _unidentified(self) -> tuple[Finding, ...]:
        code = "text-unidentified" if self.kind is Kind.TEXT else "unidentified"
        return (finding(code, self.place, doc=self.document.doc),)

    def _mended(self) -> dict[str, str]:
        """What a correction slip knows of the file it mends; nothing of another file."""
        if not slip_kind(self.stamp.pairs):
            return {}
        return {key: value for key, value in self.stamp.pairs if key in OF_SLIP and value}

    def returned(self, read: Reading, flags: tuple[Finding, ...]) -> Returned:
        """The file with everything read and everything told; ``flags`` are the gate's."""
        identity = {**self.stamp.identity, **self._mended()}
        facts = {c.field: c.value for c in read.cells if c.table in (INFO, FORM) and c.usable}
        done = Returned(
            file=self.given.name,
            sha256=self.sha256,
            size=len(self.given.data),
            modified=self.given.modified,
            kind=self.kind,
            identity=dict(identity),
            doc=self.document.doc,
            lang=self.lang,
            copy_id=identity.get("copy_id", ""),
            unit_id=_text(facts.get("f.unit")) or identity.get("unit_id", ""),
            role=_text(facts.get("f.respondent_role")) or identity.get("respondent_role", ""),
            period=identity.get("period", ""),
            filled_by=_text(facts.get("f.filled_by")) or identity.get("filled_by", ""),
            filled_role=_text(facts.get("f.filled_role")) or identity.get("filled_role", ""),
            filled_date=_day(facts.get("f.filled_date"))
            or day_or_none(identity.get("filled_date", "")),
            cells=tuple(read.cells),
            sent=self.prefilled.kept,
            names=self.prefilled.titles,
            findings=(*flags, *self.told, *read.findings),
        )
        done = checked(done, self.shape, date.today())
        return personal.redacted(done) if self.redact else done


def _book(data: bytes, passed: Passed, place: Place, limits: Limits) -> Book:
    if passed.kind is Kind.TEXT:
        return read_text(data, place, limits)
    return read_book(data, passed, place, limits)


def _respondents(one: _One, found: Responses, passed: Passed) -> Iterator[Returned]:
    """Each respondent as a file: the first under the file's own name, the others by their rows."""
    for number, row in enumerate(found.rows):
        read = read_response(found, row, one.task)
        if number:
            one.told = ()  # what is told of the whole file is told once
        read.findings += found.findings if not number else ()
        said = ((cell.raw, Place(one.given.name, cell.steps)) for cell in read.cells)
        read.findings += personal.told(said, personal.Sent(), one.place)
        done = one.returned(read, passed.flags if not number else ())
        own = hashlib.sha256(f"{done.sha256} {row}".encode()).hexdigest()
        yield replace(done, file=f"{done.file} ({row + 1})", sha256=own) if number else done


def day_or_none(text: str) -> date | None:
    """The day of an ISO text; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _text(value: Value) -> str:
    return "" if value is None else f"{value}"


def _day(value: Value) -> date | None:
    return value if isinstance(value, date) else None
