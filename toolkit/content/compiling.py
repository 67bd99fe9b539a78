"""Compiling: an Office template ready to be filled in a language and a brand.

In: a Reading and a template's bytes. Out: the engine's Template.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from toolkit.brand import Brand
from toolkit.content.reading import Reading
from toolkit.content.wording import wording
from toolkit.office import Localisation, Template
from toolkit.office import compile as compile_template


def compiled(reading: Reading, source: bytes, name: str, cache: Path | None = None) -> Template:
    """A template in the reading's language, and in the brand of its project.

    ``cache`` is the folder where compiled templates are kept.
    """
    labels, project = reading.labels, reading.project
    currency = project.organisation.currency
    words = wording(labels, currency)
    local = Localisation(
        tag=labels.tag,
        text=labels.swap,
        number_format=partial(labels.number_format, currency=currency),
        key=f"{labels.lang} {currency} {labels.edition}",
    )
    return compile_template(
        source,
        name=name,
        localisation=local,
        theme=Brand.of(project.branding.model_dump()).theme,
        filters=words.filters,
        globals=words.globals,
        cache=cache,
    )
