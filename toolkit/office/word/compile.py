"""A Word document made ready: translated, its tags found, each part with tags compiled.

In: a package and an engine. Out: a WordProgram; its render gives the filled package.
"""

from __future__ import annotations

from toolkit.office.engine import Engine
from toolkit.office.package.package import Package
from toolkit.office.properties import compile_properties
from toolkit.office.unfillable import tell_unfillable
from toolkit.office.word.attributes import mark_attributes, mark_links, translate_attributes
from toolkit.office.word.breaks import free_breaks
from toolkit.office.word.cells import carry_out, merge_across
from toolkit.office.word.contents import flag_contents
from toolkit.office.word.controls import prepare_controls
from toolkit.office.word.drawings import prepare_drawings
from toolkit.office.word.emitters import emitters
from toolkit.office.word.guards import guard
from toolkit.office.word.ids import number_ids, settle_ids
from toolkit.office.word.lists import mark_lists, settle_lists
from toolkit.office.word.mend import mend
from toolkit.office.word.merge import merge_dashed
from toolkit.office.word.notes import bring_in, mark_notes, settle_notes
from toolkit.office.word.other import compile_data, drawn
from toolkit.office.word.places import stories
from toolkit.office.word.program import WordProgram
from toolkit.office.word.story import Story
from toolkit.office.word.styles import retag, set_language
from toolkit.office.word.tags import place_codes, place_tags
from toolkit.office.word.text import translate
from toolkit.office.xml_part import XmlPart


def compile(package: Package, engine: Engine) -> WordProgram:
    """Compile every part of a document; raises TemplateError with every fault in it."""
    settings = engine.settings
    mend(package)
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
    merge_across(story)
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
    stream = story.engine.compile(items, emitters)
    return XmlPart(story.name, stream, story.package.place(*story.steps))
