"""Compiling: an Office template ready to be filled in a language and a brand.

In: a Reading and a template's bytes. Out: the engine's Template.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from toolkit.brand import DEFAULT, Brand
from toolkit.content.reading import Reading
from toolkit.content.wording import wording
from toolkit.language import Labels
from toolkit.office import Localisation, Template
from toolkit.office import compile as compile_template


def compiled(reading: Reading, source: bytes, name: str, cache: Path | None = None) -> Template:
    """A template in the reading's language, and in the brand of its project.

    ``cache`` is the folder where compiled templates are kept.
    """
    project = reading.project
    theme = Brand.of(project.branding.model_dump()).theme
    look = Look(project.organisation.currency, theme)
    return compiled_in(reading.labels, look, source, name, cache)


@dataclass(frozen=True)
class Look:
    """What a template looks like beside its language: currency and theme."""

    currency: str = ""
    theme: Mapping[str, str] = field(default_factory=lambda: DEFAULT.theme)


def compiled_in(
    labels: Labels, look: Look, source: bytes, name: str, cache: Path | None = None
) -> Template:
    """A template in a language and a look, whatever the project."""
    words = wording(labels, look.currency)
    local = Localisation(
        tag=labels.tag,
        text=labels.swap,
        number_format=partial(labels.number_format, currency=look.currency),
        key=f"{labels.lang} {look.currency} {labels.edition}",
    )
    return compile_template(
        source,
        name=name,
        localisation=local,
        theme=look.theme,
        filters=words.filters,
        globals=words.globals,
        cache=cache,
    )
