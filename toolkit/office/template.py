"""Templates: compile once, render many times; one door to Word, PowerPoint and Excel.

In: a template file, data. Out: the bytes of the filled file, or one TemplateError with every
finding.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

from toolkit.finding import Finding, OutputError, Place, TemplateError, finding
from toolkit.office.package import Package
from toolkit.office.settings import Settings
from toolkit.office.theme import write_theme

_MODULES = {"docx": "word", "pptx": "slides", "xlsx": "workbook"}
_TRIES, _PAUSE = 5, 0.2  # a file that is open in Excel or being scanned


class Program(Protocol):
    """What ``word.compile``, ``slides.compile`` and ``workbook.compile`` give."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Warnings about the template itself."""

    def render(
        self, context: Mapping[str, Any], base: Path | None
    ) -> tuple[Package, tuple[Finding, ...]]:
        """The filled package and its warnings; raises TemplateError with every finding."""


class Template:
    """A compiled template. Threads may share it: its renders take turns."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._turn = Lock()
        self.findings: tuple[Finding, ...] = program.findings

    def render(self, context: Mapping[str, Any], *, base: Path | None = None) -> bytes:
        """The filled file. ``findings`` then holds the warnings of the latest render.

        Raises TemplateError with every finding when the template or the data is wrong.
        """
        with self._turn:
            package, warnings = self._program.render(context, base)
            self.findings = (*self._program.findings, *warnings)
        return package.save()


def compile(template: Path | bytes, settings: Settings) -> Template:
    """Read and compile a template once; raises TemplateError with every fault in it."""
    package = Package.open(template, settings.name)
    if package.kind not in _MODULES:
        raise TemplateError([finding("package-not-office", package.place())])
    package.make_plain()
    write_theme(package, settings.theme)
    module = import_module("toolkit.office." + _MODULES[package.kind])
    return Template(module.compile(package, replace(settings, name=package.name)))


def write(data: bytes, out: Path) -> None:
    """Write a file in one step, or raise OutputError and leave what was there."""
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=out.suffix, dir=out.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        _move(Path(name), out)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise OutputError([finding("file-unwritable", Place(out.name), reason=reason)]) from error


def _move(source: Path, out: Path) -> None:
    """Replace ``out``; on Windows a file open elsewhere may be free a moment later."""
    for left in reversed(range(_TRIES)):
        try:
            source.chmod(0o644)
            source.replace(out)
        except PermissionError:
            if not left:
                source.unlink(missing_ok=True)
                raise
            time.sleep(_PAUSE)
        except OSError:
            source.unlink(missing_ok=True)
            raise
        else:
            return
