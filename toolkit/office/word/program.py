"""A compiled Word document, filled as often as one wants.

In: the parts with tags, compiled; then data. Out: the filled package, with the warnings of the
fill.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from toolkit.finding import Finding
from toolkit.office.engine import Engine
from toolkit.office.package.package import Package
from toolkit.office.xml_part import XmlPart


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
