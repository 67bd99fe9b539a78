"""What tells a returned file: the same pairs in three places (SPEC 2.2, RULINGS 29).

In: the book. Out: the very hidden sheet ``_meta``, custom properties and defined names
``veikart_<key>``; and the document's title.
"""

from __future__ import annotations

from datetime import datetime

from toolkit.author.archive import AUTHOR
from toolkit.author.workbook.book import Book

SHEET = "_meta"
KEYS = (
    *("kit_id", "project_id", "doc", "lang", "schema_version", "generated_at", "copy_id"),
    *("unit_id", "respondent_role", "period", "source_hash"),
)


def draw(book: Book) -> None:
    """All three places, and the core properties."""
    _sheet(book)
    for key in KEYS:
        book.file.set_custom_property(key, f"{{{{ identity.{key} }}}}", "text")
        book.name(f"veikart_{key}", f'"{{{{ identity.{key} }}}}"')
    book.file.set_properties(
        {
            "title": "{{ info.document }}",
            "subject": "{{ info.project_name }}",
            "author": AUTHOR,
            "company": "{{ info.organisation }}",
            "created": datetime(2026, 1, 1),
        }
    )


def _sheet(book: Book) -> None:
    sheet = book.named_sheet(SHEET, SHEET)
    sheet.write(0, 0, "{%tr for m in meta %}{{ m.key }}")
    sheet.write(0, 1, "{{ m.value }}{%tr endfor %}")
    sheet.page.very_hidden()
