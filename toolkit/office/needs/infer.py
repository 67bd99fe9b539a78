"""What data a template asks for, read from its tags.

In: a template file, with the filters and functions it may use. Out: a Survey: every finding about
the template alone, and the Need of its data, with names, nesting, lists and kinds. A template
with faults is read as far as it goes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateSyntaxError, nodes

from toolkit.finding import Finding, TemplateError
from toolkit.office import template as templates
from toolkit.office.needs.names import Reader
from toolkit.office.needs.needs import Need
from toolkit.office.settings import Settings
from toolkit.office.tags.blocks import check_blocks, without
from toolkit.office.tags.sandbox import Sandbox
from toolkit.office.tags.syntax import check_syntax
from toolkit.office.tags.text import Tag
from toolkit.office.values import FUNCTIONS


@dataclass(frozen=True)
class Survey:
    """What one template is like: its own findings, the data it needs."""

    findings: tuple[Finding, ...]
    need: Need


def survey(template: Path | bytes, settings: Settings) -> Survey:
    """Read a template without filling it; raises TemplateError when it cannot be read at all."""
    sequences: list[Sequence[Tag]] = []
    findings: tuple[Finding, ...]
    try:
        watched = settings._replace(watch=sequences.append, context=None)
        findings = templates.compile(template, watched).findings
    except TemplateError as error:
        if not sequences and all(found.code in _UNREADABLE for found in error.findings):
            raise
        findings = error.findings
    return Survey(findings, _need(sequences, settings.globals))


_UNREADABLE = (
    *("package-not-office", "package-old-or-locked", "package-part-broken"),
    *("file-missing", "file-unreadable"),
)


def _need(sequences: Sequence[Sequence[Tag]], functions: Mapping[str, object]) -> Need:
    """What all sequences of tags together ask for."""
    root, environment = Need(), Sandbox()
    known = {*environment.globals, *FUNCTIONS, *functions}
    for tags in sequences:
        tree, kept = _parsed(list(tags), environment)
        Reader(root, kept, known).read(tree.body)
    return root


def _parsed(tags: list[Tag], environment: Sandbox) -> tuple[nodes.Template, list[Tag]]:
    """The tree of the tags that can be read, one a line, and those tags."""
    faults = check_blocks(tags)
    if faults:
        tags, _ = without(tags, faults)
    try:
        return environment.parse("\n".join(tag.source for tag in tags)), tags
    except TemplateSyntaxError:
        kept, _ = without(tags, check_syntax(tags, environment))
    try:
        return environment.parse("\n".join(tag.source for tag in kept)), kept
    except TemplateSyntaxError:
        return nodes.Template([]), []
