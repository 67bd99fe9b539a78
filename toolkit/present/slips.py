"""Correction slips: for each sender a small workbook with what is theirs to mend.

In: a folder of results and, where somebody gave it, the description. Out: one workbook a file in
``slips/``, in the language of that file: the cells that could not be read, what was written there,
why it was not read, what may stand there, and a place for what is right; below them what is mended
in the file itself (deleted rows, sayings that contradict, personal data). It carries the identity
of the file, so that it mends that file when it is collected.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from toolkit.author import build
from toolkit.content.compiling import compiled_in
from toolkit.content.naming import shortened
from toolkit.content.reading import Row
from toolkit.content.shown import Shown
from toolkit.document import Copies, Document, load_document, load_documents, shipped_templates
from toolkit.field import Field, FieldType
from toolkit.finding import LANGUAGES, Place, WouldOverwrite, catalogue, finding
from toolkit.language import Labels, slug
from toolkit.office.template import Template
from toolkit.personal import mask
from toolkit.present.mending import PERSONAL, Head, ToMend, to_mend
from toolkit.present.output import FACTS, IDENTITY, SHEETS, look_of
from toolkit.present.presented import Presented, presented, store_in
from toolkit.present.putting import put
from toolkit.present.workbook import TEMPLATES_IN
from toolkit.project import read_description
from toolkit.sent import NOT_HERE
from toolkit.store import CONTESTED
from toolkit.store.records import Results
from toolkit.store.unread import Unread

FOLDER = "slips"
SHEET = SHEETS / "slip.yaml"
NUMBERS = (FieldType.INT, FieldType.NUMBER, FieldType.PERCENT, FieldType.SHARE, FieldType.MONEY)
SEVERAL = (FieldType.MULTI, FieldType.HUKI)
MOST_OPTIONS, LONGEST = 30, 40
EXAMPLE_DAY, EXAMPLE_NUMBER = date(2026, 12, 31), 12.5


def write_slips(folder: Path, description: Path | None = None) -> tuple[Path, ...]:
    """Write the slips of a results folder into it.

    WouldOverwrite where another file stands in the place of one: somebody may have filled it in.
    """
    given = read_description(description) if description else None
    documents = given.documents if given else load_documents(shipped_templates())
    known = presented(given.project, folder, given.folder) if given else None
    with store_in(folder) as store:
        results, heads = store.results(CONTESTED, held=False), store.heads()
        wrong = list(to_mend(store.unread(), heads, results.anonymous))
    slips = Slips(results, documents, known)
    out = (folder if folder.is_dir() else folder.parent) / FOLDER
    made = {out / name: data for name, data in slips.made(wrong)}
    filled = [path for path, data in made.items() if path.is_file() and path.read_bytes() != data]
    if filled:
        raise WouldOverwrite([finding("slip-there", Place(f"{path}")) for path in filled])
    for path, data in made.items():
        put(path, data)
    return tuple(made)


@dataclass
class Slips:
    """Makes the slips of a project; a language's template is made once."""

    results: Results
    documents: Sequence[Document]
    known: Presented | None = None

    def __post_init__(self) -> None:
        self.source = build(load_document(SHEET), Labels.load(TEMPLATES_IN))
        self.templates: dict[str, Template] = {}
        self.names: dict[str, int] = {}

    def made(self, wrong: Iterable[ToMend]) -> Iterator[tuple[str, bytes]]:
        """Every slip by its name, and its bytes."""
        for own in wrong:
            lang = own.head.lang if own.head.lang in LANGUAGES else "nb"
            shown = Shown(Labels.load(lang), self.documents, self.results.titles)
            slip = Slip(shown, own, self.results, self.known)
            yield self._name(shown, own.head), self._render(slip)

    def _name(self, shown: Shown, cell: Head) -> str:
        """``23_correction-slip_en_it-manager.xlsx``; who sent it, else the file's own name."""
        who = shown.unit(cell.unit) if cell.unit else shown.role(cell.filled_role or cell.role)
        named = slug(mask(who or Path(cell.key[1]).stem))
        number, title = cell.doc.removeprefix("d."), slug(shown.labels.t("sl.title"))
        name = f"{number}_{title}_{shown.labels.lang}_{shortened(named, LONGEST)}"
        count = self.names[name] = self.names.get(name, 0) + 1
        return f"{name}.xlsx" if count == 1 else f"{name}_{count}.xlsx"

    def _render(self, slip: Slip) -> bytes:
        base = self.known.base if self.known else Path()
        return self._template(slip.shown.labels).render(slip.context(), base=base)

    def _template(self, labels: Labels) -> Template:
        if labels.lang not in self.templates:
            look = look_of(self.known)
            self.templates[labels.lang] = compiled_in(labels, look, self.source, SHEET.name)
        return self.templates[labels.lang]


@dataclass(frozen=True)
class Slip:
    """One slip: what is wrong in one file, in the language of that file."""

    shown: Shown
    wrong: ToMend
    results: Results
    known: Presented | None

    def context(self) -> Row:
        """What the slip is filled with."""
        labels, first = self.shown.labels, self.wrong.head
        names = {key.split(".")[1] for key in labels.texts if key.startswith("o.")}
        identity = dict.fromkeys(IDENTITY, "") | dict(first.identity) | {"doc": first.doc}
        identity["lang"] = labels.lang
        facts = {
            "document": labels.t("sl.title"),
            "project_name": self.shown.document(first.doc),
            "unit": self.shown.unit(first.unit)
            if first.unit
            else self.shown.role(first.filled_role or first.role),
        }
        return {
            "tables": {"slip": [*self._cells(), *self._in_file()]},
            "lists": {n: [text for _, text in labels.options(n)] for n in names} | {"role": []},
            "info": dict.fromkeys((*FACTS, "filled_role")) | facts | self._project(),
            "branding": {"logo": self.known.project.branding.logo if self.known else ""},
            "identity": identity,
            "meta": self._meta(identity),
        }

    def _project(self) -> Row:
        """What the first sheet says of the project; nothing where its description is not known."""
        if self.known is None:
            return {}
        project, told = self.known.project, self.known.project.project
        governance = project.governance
        facts = {
            "project_name": told.name,
            "organisation": project.organisation.name,
            "phase": self.shown.labels.label("phase", told.current_phase),
            "sponsor": project.title("role", governance.sponsor),
            "project_leader": project.title("role", governance.leader),
            "version": told.version,
            "return_to": told.return_address,
        }
        return {name: value or None for name, value in facts.items()}

    def _meta(self, identity: Row) -> list[Row]:
        """The identity of the file, that this is a slip for it, and the place of every row."""
        first = self.wrong.head
        own = {
            "mends": first.key[0],
            "mend_kind": first.kind,
            "filled_by": mask(first.filled_by),
            "filled_role": first.filled_role,
            "filled_date": f"{first.filled_date or ''}",
        }
        spots = {
            f"mend:{n}": json.dumps(cell.spot, ensure_ascii=False)
            for n, cell in enumerate(self.wrong.cells, 1)
        }
        return [{"key": k, "value": v} for k, v in (identity | own | spots).items()]

    def _cells(self) -> Iterator[Row]:
        """The cells that are mended here."""
        return (self._row(n, cell) for n, cell in enumerate(self.wrong.cells, 1))

    def _in_file(self) -> Iterator[Row]:
        """What is mended in the file itself; of personal data the place, never the value."""
        labels = self.shown.labels
        for number, found in enumerate(self.wrong.findings, len(self.wrong.cells) + 1):
            remedy = "sl.take_away" if found.code.startswith(PERSONAL) else "sl.in_file"
            yield {
                "id": f"{number}",
                "place": mask(found.place.text(labels.lang)),
                "what": None,
                "wrote": None,
                "why": mask(found.message(labels.lang)),
                "expected": self._sent_again(labels.t(remedy)),
                "right": NOT_HERE,
                "comment": None,
            }

    def _sent_again(self, remedy: str) -> str:
        """How the file is mended; where one copy serves many, only people know what it replaces."""
        head, many = self.wrong.head, (Copies.WORKSHOP, Copies.RESPONDENT)
        own = (d for d in self.shown.documents if d.doc == head.doc)
        shared = not head.unit and any(kind in many for d in own for kind in d.copies)
        return self.shown.labels.t("sl.replaces", remedy=remedy) if shared else remedy

    def _row(self, number: int, cell: Unread) -> Row:
        spot = cell.doc, cell.spot[0], cell.spot[2]
        labels = self.shown.labels
        told = cell.place.text(labels.lang)
        return {
            "id": f"{number}",
            "place": mask(told),
            "what": " > ".join(filter(None, (self._row_title(cell), self.shown.field(*spot)))),
            "wrote": mask(cell.raw) or None,
            "why": self._why(cell),
            "expected": self._expected(self.shown.field_of(*spot)),
            "right": None,
            "comment": None,
        }

    def _row_title(self, cell: Unread) -> str:
        at = cell.doc, cell.spot[0], cell.spot[1]
        titles = {(row.doc, row.table, row.row): row.title for row in self.results.rows}
        return mask(titles.get(at, "")) or cell.spot[1]

    def _why(self, cell: Unread) -> str:
        """The message of what was found there, without what was written."""
        entry = catalogue().get(cell.state)
        if entry is None:
            return cell.state
        quoted = mask(cell.raw)
        params = {"text": quoted, "raw": quoted, "value": quoted, "near": "", "options": ""}
        return entry.message[self.shown.labels.lang].format_map(_Known(params, quoted))

    def _expected(self, field: Field | None) -> str:
        """What may stand in a field: its options, or an example."""
        labels = self.shown.labels
        if field is None:
            return labels.t("sl.a_text")
        options = self._options(field)
        if options:
            key = "sl.any_of" if field.type in SEVERAL else "sl.one_of"
            return labels.t(key, options="; ".join(options[:MOST_OPTIONS]))
        if field.type is FieldType.DATE:
            return labels.t("sl.a_day", example=labels.date(EXAMPLE_DAY))
        if field.type in NUMBERS:
            return labels.t("sl.a_number", example=labels.number(EXAMPLE_NUMBER))
        return labels.t("sl.a_text")

    def _options(self, field: Field) -> list[str]:
        if field.type is FieldType.HUKI:
            return [label for _, label in self.shown.labels.options("huki_letter")]
        if field.choices:
            return [label for _, label in self.shown.labels.options(field.choices)]
        return [title for (kind, _), title in self.results.titles.items() if kind == field.ref]


class _Known(dict[str, str]):
    """The parameters of a message; one that is not known here is what was written."""

    def __init__(self, known: dict[str, str], other: str) -> None:
        super().__init__(known)
        self.other = other

    def __missing__(self, key: str) -> str:
        return self.other
