"""The hidden sheet of option lists that the drop-downs point at.

In: the lists the book uses. Out: the sheet ``s.lists``: one column a list, its key in row 1, and a
name ``lst_<list>`` for its options. Fixed options are labels; those that come from the description
(roles, units ...) stand in a row that repeats. Each such row belongs to one list alone, so that
its name covers exactly its own options. Behind them stand the words that formulas answer with.
"""

from __future__ import annotations

from toolkit.author.workbook.book import Book, Sheet
from toolkit.language import option_keys

KEY = "s.lists"


def draw(book: Book) -> Sheet:
    """The sheet, hidden; drawn last, when every list in use is known."""
    sheet = book.sheet(KEY, "")
    static = {name: book.options(name) for name in book.lists if option_keys(name)}
    below = max(map(len, static.values()), default=0) + 1
    for column, name in enumerate(book.lists):
        sheet.write(0, column, name, "code")
        if name in static:
            _fixed(sheet, column, name, static[name])
        else:
            _described(sheet, column, name, below)
            below += 1
    for row, key in enumerate(book.words):
        sheet.label(row, len(book.lists) + 1, key)
        book.name(book.use_word(key), sheet.at(row, len(book.lists) + 1))
    sheet.page.set_column(0, len(book.lists), 28)
    sheet.page.hide()
    return sheet


def _fixed(sheet: Sheet, column: int, name: str, options: tuple[str, ...]) -> None:
    for row, text in enumerate(options, 1):
        sheet.write(row, column, text)
    sheet.book.name(f"lst_{name}", sheet.at(1, column, len(options)))


def _described(sheet: Sheet, column: int, name: str, row: int) -> None:
    loop = f"{{%tr for x in lists.{name} or ['–'] %}}{{{{ x }}}}{{%tr endfor %}}"
    sheet.write(row, column, loop)
    sheet.book.name(f"lst_{name}", sheet.at(row, column))
