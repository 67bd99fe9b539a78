"""Templates: compile once, render many times; one door to Word, PowerPoint and Excel.

In: a template file, data. Out: the bytes of the filled file, or one TemplateError with every
finding.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

from toolkit.finding import Finding, OutputError, Place, TemplateError, finding
from toolkit.office.package.markup import MarkupError
from toolkit.office.package.package import Package
from toolkit.office.package.parts import name_of, read_source
from toolkit.office.settings import Settings

if TYPE_CHECKING:
    from toolkit.office.engine import Engine

_MODULES = {"docx": "word.compile", "pptx": "slides.compile", "xlsx": "workbook.compile"}
_DAMAGE = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError,
    SyntaxError, MarkupError, StopIteration,
)  # fmt: skip
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

    def __init__(self, program: Program, name: str = "") -> None:
        self._program = program
        self._name = name
        self._turn = Lock()
        self.findings: tuple[Finding, ...] = program.findings

    def render(self, context: Mapping[str, Any], *, base: Path | None = None) -> bytes:
        """The filled file. ``findings`` then holds the warnings of the latest render.

        Raises TemplateError with every finding when the template or the data is wrong.
        """
        return self.filled(context, base)[0]

    def filled(
        self, context: Mapping[str, Any], base: Path | None = None
    ) -> tuple[bytes, tuple[Finding, ...]]:
        """The filled file and the warnings of this render, as ``render``."""
        with self._turn, _damage_told(self._name), _all_in_use():
            package, warnings = self._program.render(context, base)
            self.findings = (*self._program.findings, *warnings)
            return package.save(), self.findings


def compile(template: Path | bytes, settings: Settings) -> Template:
    """Read and compile a template once; raises TemplateError with every fault in it."""
    from toolkit.office.engine import Engine  # Jinja, which outlines do without

    name = name_of(template, settings.name)
    data = read_source(template, name)
    engine = Engine(settings._replace(name=name))
    with _damage_told(name), _all_in_use():
        program = _compiled(data, engine) if settings.cache is None else _kept(data, engine)
    engine.settings = engine.settings._replace(context=None)  # a template outlives the data
    return Template(program, name)


@contextmanager
def _damage_told(name: str) -> Iterator[None]:
    """A template that is well-formed XML and no Office file all the same gives a finding."""
    try:
        yield
    except _DAMAGE as error:
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise TemplateError([finding("template-damaged", Place(name), reason=reason)]) from error


@contextmanager
def _all_in_use() -> Iterator[None]:
    """Python does not look for garbage meanwhile: it would find none, and look through all the
    rows of a large workbook again and again."""
    looks = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looks:
            gc.enable()


def _kept(data: bytes, engine: Engine) -> Program:
    """The program of a template from the cache, else compiled and kept there."""
    from toolkit.office.cache import Cache, is_kept

    folder = engine.settings.cache
    if folder is None or not is_kept(engine):
        return _compiled(data, engine)
    cache = Cache(folder, data, engine)
    program: Program | None = cache.load()
    if program is None:
        program = _compiled(data, engine)
        cache.keep(program)
    return program


def _compiled(data: bytes, engine: Engine) -> Program:
    from toolkit.office.package.theme import write_theme  # templates from the cache have theirs

    package = Package.open(data, engine.settings.name)
    if package.kind not in _MODULES:
        raise TemplateError([finding("package-not-office", package.place())])
    if any(relation.word == "origin" for relation in package.rels()):
        engine.add("signature-broken", package.place())
    package.make_plain()
    package.drop_dangling()
    write_theme(package, engine.settings.theme)
    module = import_module("toolkit.office." + _MODULES[package.kind])
    program: Program = module.compile(package, engine)
    return program


def write(data: bytes, out: Path) -> None:
    """Write a file in one step, or raise OutputError and leave what was there."""
    beside = out.parent / f".{os.urandom(8).hex()}{out.suffix}"
    try:
        with beside.open("xb") as file:
            file.write(data)
        _move(beside, out)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        reason = error.strerror or type(error).__name__
        raise OutputError([finding("file-unwritable", Place(out.name), reason=reason)]) from error


def _move(source: Path, out: Path) -> None:
    """Replace ``out``; on Windows a file open elsewhere may be free a moment later."""
    for left in reversed(range(_TRIES)):
        try:
            source.replace(out)
        except PermissionError:
            if not left:
                raise
            time.sleep(_PAUSE)
        else:
            return
