"""Word: compile a document once, fill it many times.

In: a package and an engine. Out: a Program; its render gives the filled package.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolkit.finding import Finding
from toolkit.office.engine import Engine
from toolkit.office.package.package import Package
from toolkit.office.properties import compile_properties
from toolkit.office.tags.emit import attribute_emitter, emitter
from toolkit.office.unfillable import tell_unfillable
from toolkit.office.word.attributes import mark_attributes, mark_links, translate_attributes
from toolkit.office.word.breaks import free_breaks
from toolkit.office.word.cells import carry_out
from toolkit.office.word.contents import flag_contents
from toolkit.office.word.controls import EMPTY, emit_choices, emit_date, prepare_controls
from toolkit.office.word.drawings import emit_special, prepare_drawings
from toolkit.office.word.guards import guard
from toolkit.office.word.ids import number_ids, settle_ids
from toolkit.office.word.include import emit_rich
from toolkit.office.word.lists import mark_lists, settle_lists
from toolkit.office.word.merge import merge_dashed
from toolkit.office.word.notes import bring_in, mark_notes, settle_notes
from toolkit.office.word.other import compile_data, drawn
from toolkit.office.word.places import stories
from toolkit.office.word.story import Story
from toolkit.office.word.styles import retag, set_language
from toolkit.office.word.tags import place_codes, place_tags
from toolkit.office.word.text import translate
from toolkit.office.xml_part import XmlPart

_BREAKS = {
    "\n": '</w:t><w:br/><w:t xml:space="preserve">',
    "\t": '</w:t><w:tab/><w:t xml:space="preserve">',
}


class WordProgram:
    """A compiled Word template."""

    def __init__(self, package: Package, engine: Engine, parts: list[XmlPart]) -> None:
        self._package = package
        self._engine = engine
        # The body last: what it includes is added to notes that are written by then.
        self._parts = sorted(parts, key=lambda part: part.name == package.main)
        self.findings: tuple[Finding, ...] = engine.finish()

    def render(
        self, context: Mapping[str, Any], base: Path | None
    ) -> tuple[Package, tuple[Finding, ...]]:
        """The filled package and its warnings; raises TemplateError with every finding."""
        run = self._engine.begin(context, base)
        filled = self._package.copy()
        for part in self._parts:
            part.write(self._engine, run, filled)
        return filled, self._engine.end(run)


def compile(package: Package, engine: Engine) -> WordProgram:
    """Compile every part of a document; raises TemplateError with every fault in it."""
    settings = engine.settings
    former = set_language(package, settings.localisation.tag) if settings.localised else ""
    parts = compile_properties(package, engine)
    bring_in(package)
    told = stories(package)
    shown = list(drawn(package, [name for name, _ in told]))
    if shown:
        from toolkit.office.word.graphics import compile_graphics  # few documents have charts

        parts += compile_graphics(package, engine, shown)
    parts += compile_data(package, engine)
    filled = bool(parts)
    for name, steps in told:
        story = Story(package, name, steps, engine, data_filled=filled)
        parts += _compile_story(story, former)
    tell_unfillable(package, engine, {*(p.name for p in parts), *(name for name, _ in told)})
    program = WordProgram(package, engine, parts)
    package.pack()
    return program


def _compile_story(story: Story, former: str) -> list[XmlPart]:
    localisation = story.engine.settings.localisation
    paragraphs = carry_out(story, free_breaks(merge_dashed(story.paragraphs())))
    if story.engine.settings.localised:
        for paragraph in paragraphs:
            story.changed |= translate(paragraph, localisation.text)
        translate_attributes(story)
        story.changed |= retag(story.root, former, localisation.tag)
    place_codes(story, paragraphs)
    place_tags(story, paragraphs)
    prepare_controls(story)
    prepare_drawings(story)
    mark_links(story)
    mark_attributes(story)
    if not len(story.marks):
        if story.changed:
            story.package.store(story.name)
        return []
    return [_finished(story)]


def _finished(story: Story) -> XmlPart:
    guard(story)
    mark_notes(story)
    if story.marks.loops:
        number_ids(story)
        mark_lists(story)
    items = settle_ids(settle_notes(story.marks.cut(story.root), story.package))
    items = settle_lists(items)
    flag_contents(story, items)
    stream = story.engine.compile(items, _emitters)
    return XmlPart(story.name, stream, story.package.place(*story.steps))


def _emitters(engine: Engine) -> dict[str, Any]:
    text = emitter(engine, _BREAKS, emit_rich(engine))
    return {
        "": text,
        "attribute": attribute_emitter(engine),
        "control": lambda value: text(value) or EMPTY,
        "choices": emit_choices,
        "date": emit_date,
        "special": emit_special,
    }
