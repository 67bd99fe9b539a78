"""Check of templates: their tags, words that stay Norwegian, and filling them.

In: template folders, and a description to fill every document with. Out: every finding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from toolkit.content.fan_out import Audience
from toolkit.content.reading import read
from toolkit.content.wording import wording
from toolkit.document import Document, load_documents
from toolkit.finding import LANGUAGES, Finding, Place, TemplateError, finding
from toolkit.language import Labels
from toolkit.office import Line, outline
from toolkit.office import check as check_tags
from toolkit.produce.edition import Edition
from toolkit.produce.filling import fill_all
from toolkit.produce.identity import Source
from toolkit.produce.request import unknown_labels
from toolkit.project import read_description

TOLD_PROPERTIES = ("title", "subject", "description", "keywords")
LONGEST_MARK = 2  # "Aa" shows how a field looks


def check_templates(folders: Sequence[Path], description: Path | None) -> tuple[Finding, ...]:
    """Every finding of every template; with a description, of filling it in five languages."""
    documents = load_documents(*folders)
    findings = [found for document in documents for found in _template(document)]
    if description is not None:
        own = (d for d in documents if d.shows == "description" and d.template.is_file())
        ready = tuple(d for d in own if not unknown_labels(d))
        findings += _filled(ready, description)
    return tuple(dict.fromkeys(findings))


def _template(document: Document) -> Iterator[Finding]:
    yield from unknown_labels(document)
    if not document.template.is_file():
        yield finding("template-missing", Place(f"{document.template}"), document=document.id)
        return
    words = wording(Labels.load("nb"), "")
    yield from check_tags(document.template, filters=words.filters, globals=words.globals)
    for line in outline(document.template):
        yield from _words(line)


def _words(line: Line) -> Iterator[Finding]:
    """A homonym without a key, or a text that one of the languages has no label for."""
    text = line.text.strip()
    word, name = line.place.steps[-1] if line.place.steps else ("", "")
    if word == "property" and name not in TOLD_PROPERTIES:
        return
    if text in Labels.load("nb").homonyms:
        yield finding("homonym", line.place, text=text)
    elif _is_prose(text) and any(Labels.load(lang).swap(text) is None for lang in LANGUAGES):
        yield finding("untranslated", line.place, text=text)


def _is_prose(text: str) -> bool:
    """Whether a text is words: no tag, no key (``f.risk_value``), no mark, no field, no number."""
    tagged = "{{" in text or "{%" in text or text.startswith("[")
    key = text.islower() and text.isascii() and " " not in text
    return not tagged and not key and len(text) > LONGEST_MARK and any(map(str.isalpha, text))


def _filled(documents: tuple[Document, ...], path: Path) -> Iterator[Finding]:
    description = read_description(path)
    for language in LANGUAGES:
        reading = read(description.project, Labels.load(language))
        source = Source(description.project.project.id, "", date.today())
        edition = Edition(reading, source, documents, Audience())
        try:
            for filled in fill_all(edition, documents, description.folder):
                yield from filled.findings
        except TemplateError as error:
            yield from error.findings
