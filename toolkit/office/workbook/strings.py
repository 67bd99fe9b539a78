"""The shared strings of a workbook, read and written.

In: the tree of xl/sharedStrings.xml. Out: its entries as texts in runs; and, for one fill, a
table that gives texts numbers. Entries that held tags give their places to new texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from toolkit.office.package.markup import NAMESPACES, Element, q
from toolkit.office.record import Record
from toolkit.office.values import escape
from toolkit.office.workbook.xml import bare

Run = tuple[str, str]  # the XML of x:rPr (or nothing), the text

HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<sst xmlns="{NAMESPACES["x"]}" count="%d" uniqueCount="%d">'
)
_ESCAPED_TAIL = frozenset("0123456789abcdefABCDEF")


class Text(Record):
    """One string of a workbook: its runs, one without formatting where it is plain."""

    runs: tuple[Run, ...]

    @property
    def plain(self) -> str:
        """The text without its formatting."""
        runs = self.runs
        return runs[0][1] if len(runs) == 1 else "".join([text for _, text in runs])

    def swapped(self, text: str) -> Text:
        """Another text in the formatting of the first run."""
        return self._replace(runs=((self.runs[0][0] if self.runs else "", text),))


def read_text(item: Element) -> Text:
    """The Text of an x:si, x:is or x:text element; phonetic hints are left out."""
    runs = []
    for child in item:
        if child.tag == q("x:t"):
            runs.append(("", unguarded(child.text or "")))
        elif child.tag == q("x:r"):
            look = child.find(q("x:rPr"))
            text = unguarded(child.findtext(q("x:t")) or "")
            runs.append(("" if look is None else bare(look), text))
    return Text(tuple(runs))


def text_xml(text: Text) -> str:
    """What stands inside x:si for a Text."""
    if len(text.runs) == 1 and not text.runs[0][0]:
        return plain_xml(text.runs[0][1])
    return "".join(f"<r>{look}{plain_xml(part)}</r>" for look, part in text.runs if part)


def plain_xml(text: str) -> str:
    """The x:t element of a text."""
    if text != text.strip() or "\n" in text:
        return f'<t xml:space="preserve">{escape(guarded(text))}</t>'
    return f"<t>{escape(guarded(text))}</t>"


def guarded(text: str) -> str:
    """The text with what Excel would read as an escape (``_x000A_``) written so that it stays."""
    if "_x" not in text and "\r" not in text:
        return text
    out = text.replace("\r\n", "\n").replace("\r", "\n")
    pieces = out.split("_x")
    for index in range(1, len(pieces)):
        code = pieces[index][:5]
        if len(code) == 5 and code[4] == "_" and _ESCAPED_TAIL.issuperset(code[:4]):
            pieces[index - 1] += "_x005F"
    return "_x".join(pieces)


def unguarded(text: str) -> str:
    """The text with Excel's escapes read."""
    if "_x" not in text:
        return text
    pieces = text.split("_x")
    out = pieces[0]
    for piece in pieces[1:]:
        code = piece[:5]
        known = len(code) == 5 and code[4] == "_" and _ESCAPED_TAIL.issuperset(code[:4])
        out += chr(int(code[:4], 16)) + piece[5:] if known else "_x" + piece
    return out


class Strings:
    """The entries of the template: ``texts`` by number."""

    def __init__(self, root: Element | None) -> None:
        items = [] if root is None else root.findall(q("x:si"))
        self.texts = [read_text(item) for item in items]
        self._xml = [f"<si>{text_xml(text)}</si>" for text in self.texts]
        self._free: list[int] = []
        self.touched = root is None

    def swap(self, label: Callable[[str], str | None]) -> None:
        """Put labels in place of whole texts."""
        for number, text in enumerate(self.texts):
            found = label(text.plain)
            if found is not None:
                self.touched = True
                self.texts[number] = text.swapped(found)
                self._xml[number] = f"<si>{text_xml(self.texts[number])}</si>"

    def add(self, text: Text) -> int:
        """The number of a text that did not stand among the strings before."""
        self.touched = True
        self.texts.append(text)
        self._xml.append(f"<si>{text_xml(text)}</si>")
        return len(self.texts) - 1

    def free(self, numbers: Iterable[int]) -> None:
        """Tell which entries are used by tags alone: new texts take their places."""
        self._free = sorted(set(numbers))
        self.touched |= bool(self._free)
        for number in self._free:
            self._xml[number] = "<si><t/></si>"

    def table(self) -> StringTable:
        """A table for one fill."""
        return StringTable(self._xml, self._free, dict(self._known), changed=self.touched)

    @cached_property
    def _known(self) -> dict[str, int]:
        """The numbers of the plain texts, once the template is read."""
        known = {
            text.runs[0][1]: number
            for number, text in enumerate(self.texts)
            if len(text.runs) == 1 and not text.runs[0][0]
        }
        for number in self._free:
            known.pop(self.texts[number].plain, None)
        return known


class StringTable:
    """The strings of one output workbook."""

    def __init__(
        self, xml: Sequence[str], free: Sequence[int], known: dict[str, int], *, changed: bool
    ) -> None:
        self.changed = changed
        self._xml = list(xml)
        self._free = list(free)[::-1]
        self._known = known

    def number(self, text: str) -> int:
        """The number of a plain text."""
        number = self._known.get(text)
        if number is None:
            number = self._known[text] = self._add(plain_xml(text))
        return number

    def rich(self, runs: Sequence[Run]) -> int:
        """The number of a formatted text."""
        xml = text_xml(Text(tuple(runs)))
        number = self._known.get("\0" + xml)
        if number is None:
            number = self._known["\0" + xml] = self._add(xml or "<t/>")
        return number

    def xml(self) -> bytes:
        """The part."""
        count = len(self._xml)
        return (HEAD % (count, count) + "".join(self._xml) + "</sst>").encode()

    def _add(self, xml: str) -> int:
        self.changed = True
        if self._free:
            number = self._free.pop()
            self._xml[number] = f"<si>{xml}</si>"
        else:
            number = len(self._xml)
            self._xml.append(f"<si>{xml}</si>")
        return number
