"""Reading a Word form: content controls by tag, tables by hidden keys and row marks.

In: the root of the document, what of it comes back, and the Task. Out: a Reading. Programs that
save a form may drop tags: then titles, hidden keys and the words of a question tell what a text
answers. What still shows its prompt is blank.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from itertools import takewhile
from typing import NamedTuple

from toolkit.collect.reading.cells import Reading, Task, spots_of
from toolkit.collect.reading.form_parts import (
    CONTROL,
    PARAGRAPH,
    ROW,
    TABLE,
    Control,
    cells_of,
    controls,
    text_of,
)
from toolkit.collect.reading.form_strays import several, strays, struck
from toolkit.collect.reading.form_tables import find_form_tables, read_form_table
from toolkit.collect.reading.form_values import (
    as_label,
    control_value,
    is_label,
    is_prompt,
    labels_of,
    text_value,
)
from toolkit.collect.reading.spelling import bare, folded
from toolkit.field import Field
from toolkit.fillable import Fillable, Table
from toolkit.finding import Finding, Place, finding
from toolkit.office.package.markup import Element, q

Fact = tuple[str, Field]


def read_form(root: Element, shape: Fillable, doc: str, task: Task) -> Reading:
    """The whole form; ``doc`` is its number, ``d.16``."""
    read = Reading()
    places = Places(shape, doc, task)
    read.findings += several(root, {places.tag(field) for _, field in shape.facts}, task)
    many = bool(read.findings)
    found = find_form_tables(root, shape, task)
    for table in shape.tables:
        own = [one for one in found if one.table is table]
        if own:
            read.add(read_form_table(own, task, several=many))
        elif spots_of(task, table.key):
            read.findings.append(finding("table-missing", task.place, table=_title(table, task)))
    inside = {element for one in found for element in one.element.iter(CONTROL)}
    single = [control for control in controls(root) if control.element not in inside]
    places.read(root, single, read)
    read.findings += struck(root, task)
    read.findings += strays(root, places.answers, task) if not many else ()
    return read


def _title(table: Table, task: Task) -> str:
    labels = task.words.labels
    return labels.t(table.section) if labels.has(table.section) else table.key


def comments_told(root: Element, place: Place) -> list[Finding]:
    """A finding for each comment of a form; what it says is not read."""
    many = enumerate(root.iter(q("w:comment")), 1)
    return [finding("comment-found", place.at(("comment", number))) for number, _ in many]


@dataclass(frozen=True)
class Places:
    """The single places of a form."""

    shape: Fillable
    doc: str
    task: Task
    answers: set[Element] = default(default_factory=set)  # paragraphs read as answers
    met: list[tuple[Control, Place]] = default(default_factory=list)

    def read(self, root: Element, single: Sequence[Control], read: Reading) -> None:
        """Every single place: by its tag, else its title, else under its question."""
        by_tag = {self.tag(field): (table, field) for table, field in self.shape.facts}
        left = dict.fromkeys(by_tag)
        for control in single:
            if control.tag in left:
                left.pop(control.tag)
                self._note(by_tag[control.tag], control, read)
        titled = {folded(c.title): c for c in single if not c.tag and c.title}
        untagged = False
        for tag in list(left):
            named = self._titled(by_tag[tag][1], titled)
            if named:
                left.pop(tag)
                untagged = True
                self._note(by_tag[tag], named, read)
        if untagged or (left and not any(c.tag in by_tag for c in single)):
            read.findings.append(finding("tags-missing", self.task.place))
        self._under_questions(root, [by_tag[tag] for tag in left], read)
        beside = (place for control, place in self.met if _text_beside(control, self.answers))
        read.findings += [finding("text-beside", place) for place in beside]

    def tag(self, field: Field) -> str:
        """The tag of the control of a single place: ``d16.works_well``."""
        key = field.field
        name = key.rpartition(".")[2] if key.startswith("qe.") else key.removeprefix("f.")
        return f"{self.doc.replace('.', '')}.{name}"

    def _titled(self, field: Field, titled: Mapping[str, Control]) -> Control | None:
        found = (titled.get(text) for text in labels_of(field.label or field.field))
        return next(filter(None, found), None)

    def _note(self, fact: Fact, control: Control, read: Reading) -> None:
        table, field = fact
        name = control.title or control.tag
        place = self.task.place.at(("control", f"«{name}»"))
        value = control_value(control, field, self.task)
        read.note(value, (table, "", field.field), place, self.task)
        self.met.append((control, place))

    # --- where even the controls are gone -----------------------------------------------

    def _under_questions(self, root: Element, facts: Sequence[Fact], read: Reading) -> None:
        """The paragraph under each question whose control is gone."""
        wanted = {text: f for f in facts for text in labels_of(f[1].label or f[1].field)}
        met: dict[str, Asked] = {}
        for asked in _asked(root, wanted) if wanted else ():
            known = met.setdefault(asked.fact[1].field, asked)
            if asked.answer and not known.answer:  # the first one stood in the contents
                met[asked.fact[1].field] = asked
        for asked in met.values():
            table, field = asked.fact
            self.answers.update(asked.elements)
            place = self.task.place.at(("control", f"«{asked.question}»"))
            value = text_value(asked.answer, field, self.task)
            read.note(value, (table, "", field.field), place, self.task)
        read.findings += self._gone(facts, met)

    def _gone(self, facts: Sequence[Fact], met: Collection[str]) -> Iterator[Finding]:
        """Places that were sent with a value, or that every copy has, and are no longer there."""
        labels = self.task.words.labels
        for table, field in facts:
            sent = self.task.sent.get((table, "", field.field)) is not None
            always = not field.field.startswith("qe.")
            key = field.label or field.field
            if field.field not in met and (sent or always) and labels.has(key):
                yield finding("place-missing", self.task.place, label=labels.t(key))


def _text_beside(control: Control, answers: Collection[Element]) -> bool:
    """Whether somebody wrote beside or under the place for the answer instead of in it."""
    paragraph = next(control.element.iterancestors(PARAGRAPH), None)
    if paragraph is None:
        return False
    if bare(text_of(paragraph)) != bare(control.text):
        return True
    below = paragraph.getnext()
    if below is None or below.tag != PARAGRAPH or controls(below) or below in answers:
        return False
    text = text_of(below)
    return bool(text.strip()) and not is_label(text)


class Asked(NamedTuple):
    """A question met in the text, what stands under or beside it, and where."""

    fact: Fact
    question: str
    answer: str
    elements: tuple[Element, ...] = ()


def _asked(root: Element, wanted: Mapping[str, Fact]) -> Iterator[Asked]:
    """Every question with the paragraphs under it; in a row of two cells, the cell beside it."""
    lines = list(root.iter(PARAGRAPH, TABLE))
    for number, line in enumerate(lines):
        question, said = _question(line, wanted)
        if question:
            first = number + 1 + _is_introduced(lines, number + 1)
            under = list(takewhile(_may_answer, lines[first:]))
            texts = [said, *(text_of(own) for own in under)]
            answer = "\n".join(text for text in texts if not is_prompt(text))
            yield Asked(wanted[as_label(question)], question, answer, (line, *under))
    for row in root.iter(ROW):
        cells = [text_of(cell) for cell in cells_of(row)]
        if len(cells) == 2 and as_label(cells[0]) in wanted:
            yield Asked(wanted[as_label(cells[0])], cells[0].strip(), cells[1])


def _is_introduced(lines: Sequence[Element], number: int) -> bool:
    """Whether what stands under a question is the line that explains it."""
    return number < len(lines) and is_label(text_of(lines[number]), "ph.")


def _question(line: Element, wanted: Mapping[str, Fact]) -> tuple[str, str]:
    """The question a paragraph asks, and what somebody wrote behind it; '' where it asks none."""
    if line.tag == TABLE or next(line.iterancestors(TABLE), None) is not None:
        return "", ""
    text = text_of(line).strip()
    if as_label(text) in wanted:
        return text, ""
    most = min(len(text), 2 * max(map(len, wanted)))  # a long text is no question with blanks
    ends = (n for n in range(most, 3, -1) if folded(text[:n]) in wanted and text[n - 1] > " ")
    end = next(ends, 0)
    apart = end and (text[end : end + 1] in " :\t\n" or text[end - 1] == "?")
    return (text[:end], text[end:].lstrip(" :\t\n")) if apart else ("", "")


def _may_answer(line: Element) -> bool:
    """Whether a line under a question may be its answer: no table, no control, no other text."""
    if line.tag == TABLE or next(line.iterancestors(TABLE), None) is not None or controls(line):
        return False
    text = text_of(line)
    return not is_label(text) or is_prompt(text)
