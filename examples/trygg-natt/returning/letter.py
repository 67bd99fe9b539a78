"""What people do to a form in LibreOffice Writer: choose from lists, write in fields.

In: an open form and what to put into its lists and fields, in the order they stand in; None leaves
one as it is. Out: the same form, filled. Writer knows list controls as content controls and text
controls as input fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

TABLE = "com.sun.star.text.TextTable"


def fill(document: Any, lists: Sequence[str | None], fields: Sequence[str | None]) -> None:
    """Fill the list controls and the text fields of a form, each in its order."""
    portions = list(_portions(document.Text))
    controls = [p.ContentControl for p in portions if p.TextPortionType == "ContentControl"]
    choices = [control for control in controls if control.ListItems]
    inputs = [p.TextField for p in portions if p.TextPortionType == "TextField"]
    for control, text in zip(choices, lists, strict=True):
        if text is not None:
            _choose(control, text)
    for field, text in zip(inputs, fields, strict=True):
        if text is not None:
            field.Content = text


def _choose(control: Any, text: str) -> None:
    """Put the text of a list item in place of what a list control shows."""
    before = control.createEnumeration().nextElement().String
    control.setString(text)  # goes before what stands there
    shown = control.createEnumeration().nextElement()
    rest = shown.getText().createTextCursorByRange(shown.getEnd())
    rest.goLeft(len(before), True)
    rest.setString("")
    control.createEnumeration().nextElement().setPropertyToDefault("CharStyleName")
    control.ShowingPlaceHolder = False


def _portions(text: Any) -> Iterator[Any]:
    """Every portion of a text, those in tables where the tables stand."""
    for part in _each(text):
        if part.supportsService(TABLE):
            for name in part.CellNames:
                yield from _portions(part.getCellByName(name))
        else:
            yield from _each(part)


def _each(container: Any) -> Iterator[Any]:
    elements = container.createEnumeration()
    while elements.hasMoreElements():
        yield elements.nextElement()
