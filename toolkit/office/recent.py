"""Templates filled lately in this process: to fill one again does not compile it again.

In: a template and settings, as for ``compile``. Out: its Template; the few last ones are kept,
each with what it was compiled from, so a file or a setting that changed gives a new one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from toolkit.office.package.parts import name_of, read_source
from toolkit.office.settings import Settings
from toolkit.office.template import Template, compile

_MOST = 8
_LARGEST = 4_000_000  # bytes of a template; larger ones are not held on to
_lately: OrderedDict[Hashable, Template] = OrderedDict()
_turn = Lock()


def recent(template: Path | bytes, settings: Settings) -> Template:
    """The Template, compiled or from memory; raises TemplateError with every fault in it."""
    name = name_of(template, settings.name)
    data = read_source(template, name)
    named = settings._replace(name=name)
    key = _key(data, named)
    with _turn:
        found = _lately.get(key) if key else None
    if found is None:
        found = compile(data, named)
    if key:
        _remember(key, found)
    return found


def _remember(key: Hashable, template: Template) -> None:
    with _turn:
        _lately[key] = template
        _lately.move_to_end(key)
        while len(_lately) > _MOST:
            _lately.popitem(last=False)


def _key(data: bytes, settings: Settings) -> Hashable:
    """What a Template is compiled from; None where that may change without being seen to."""
    given = settings.theme, settings.filters, settings.tests, settings.globals
    key = (
        sha256(data).digest(),
        settings.name,
        settings.localisation,
        tuple(map(_pairs, given)),
        settings.lenient,
        settings.cache,
    )
    try:
        hash(key)
    except TypeError:
        return None
    return key if settings.watch is None and len(data) <= _LARGEST else None


def _pairs(given: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple(sorted(given.items(), key=lambda item: item[0]))
