"""Author: the Office templates, drawn from their sheets.

In: a Document (``templates/<format>/<id>.yaml``) and the labels. Out: the bytes of the template
beside it. The same sheet gives the same bytes: members in order, every date fixed.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from toolkit.author.archive import normalised
from toolkit.document import Document, load_documents
from toolkit.language import Labels

WRITERS = {
    "docx": "toolkit.author.word",
    "pptx": "toolkit.author.slides",
    "xlsx": "toolkit.author.workbook",
}


def build(document: Document, labels: Labels) -> bytes:
    """The template of a document; ``build(document, labels)`` of the writer of its format."""
    writer = import_module(WRITERS[document.format])
    return normalised(writer.build(document, labels))


def build_all(*folders: Path) -> tuple[Path, ...]:
    """Writes the template beside every sheet in these folders; the files written."""
    labels = Labels.load("nb")
    documents = load_documents(*folders)
    for document in documents:
        document.template.write_bytes(build(document, labels))
    return tuple(document.template for document in documents)
