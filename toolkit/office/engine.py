"""The engine of one template: what all three formats share between finding tags and writing XML.

In: Settings, and sequences of tags and pieces from a format module. Out: Streams, and findings.

A format module does this::

    engine = Engine(settings)
    stream = engine.compile(items, make)     # once a part; syntax findings gather in the engine
    engine.finish()                          # raises TemplateError with all of them
    …
    run = engine.begin(context, base)        # once a fill
    pieces = engine.render(stream, run)      # a list; names the data lacks gather in the run
    engine.end(run)                          # raises TemplateError, or gives the warnings
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import TemplateSyntaxError

from toolkit.finding import Finding, Place, TemplateError, finding, has_errors, near
from toolkit.office.run import Run
from toolkit.office.settings import Settings
from toolkit.office.tags.sandbox import Sandbox
from toolkit.office.tags.stream import Emitters, Output, Stream, gathered
from toolkit.office.tags.text import Kind, Tag
from toolkit.office.tags.unknown import Unknown
from toolkit.office.values import FUNCTIONS


class _Anything(dict[str, Any]):
    """Stands for the variable of a loop that could not be read: it has every name."""

    def __missing__(self, key: str) -> _Anything:
        return self


_ANY = _Anything()


def _unseen(value: Any) -> str:
    """An emitter for a trial: unknown names are told, nothing else can go wrong."""
    return str(value) if isinstance(value, Unknown) else ""


def _all_unseen(sinks: Iterable[str], _engine: Engine) -> Emitters:
    return dict.fromkeys(sinks, _unseen)


class Engine:
    """One template's environment, compile-time findings and Streams."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.environment = Sandbox()
        functions = {**FUNCTIONS, **settings.globals}
        self.environment.add(settings.filters, settings.tests, functions)
        self._findings: list[Finding] = []
        self.order: dict[Place, int] = {}  # of places, in which findings are told
        self._tried: list[tuple[list[Tag], set[str]]] = []

    # Compiling

    def add(self, code: str, place: Place, **params: object) -> None:
        """Record a finding about the template itself."""
        self._findings.append(finding(code, place, **params))

    def compile(
        self,
        items: Sequence[Any],
        make: Callable[[Engine], Emitters],
        gather: Callable[[list[Any]], Any] = gathered,
    ) -> Stream:
        """The Stream of tags and pieces; a faulty one gives an empty Stream and findings.

        ``make`` gives, for this engine, what turns each printed value into what stands in the
        rendered list (XML text, or a typed value in a wrapper of the format's own), or a mapping
        of the sinks of tags to such functions; ``gather`` joins what a macro emitted.
        """
        from toolkit.office.tags.blocks import check_blocks, without  # fills do without
        from toolkit.office.tags.syntax import check_syntax, unreadable

        tags = [i for i in items if isinstance(i, Tag) and i.kind is not Kind.COMMENT]
        for tag in tags:
            self.order.setdefault(tag.place, len(self.order))
        if self.settings.watch:
            self.settings.watch(tags)
        faults = check_blocks(tags)
        stream, output = None, Output(self, make, gather)
        try:
            stream = Stream(items, self.environment, output)
            faults += stream.faults
        except TemplateSyntaxError as error:
            faults += check_syntax(tags, self.environment)
            faults = faults or [unreadable(tags[min(error.lineno, len(tags)) - 1], error)]
        self._findings += [told for _, told in faults]
        if stream is None or faults:
            self._tried.append(without(tags, faults))
            return Stream((), self.environment, output)
        self._tried.append((tags, set()))
        return stream

    def finish(self) -> tuple[Finding, ...]:
        """End of compiling: raises TemplateError with every fault, or gives the warnings.

        When the data is known already, a faulty template is tried on it as far as it goes, so
        that unknown names are told in the same run.
        """
        context = self.settings.context
        if context is not None and has_errors(self._findings):
            self._findings += self._try(context)
        self._tried = []
        return self._judged(self._findings)

    def _try(self, context: Mapping[str, Any]) -> tuple[Finding, ...]:
        """What a fill would find, were the faulty tags not there; nothing is made."""
        run = self.begin(context)
        for tags, names in self._tried:
            unseen = partial(_all_unseen, {tag.sink for tag in tags})
            stream = Stream(tags, self.environment, Output(self, unseen))
            if not stream.faults:
                self.render(stream, run, dict.fromkeys(names, _ANY))
        return run.findings

    # Rendering

    def begin(self, context: Mapping[str, Any], base: Path | None = None) -> Run:
        """The Run of one fill."""
        run = Run(context, base, lenient=self.settings.lenient)
        run.known = {*context, *self.environment.globals}
        self.environment.run = run
        return run

    def render(self, stream: Stream, run: Run, extra: Mapping[str, Any] | None = None) -> list[Any]:
        """What a Stream gives for a Run; ``extra`` names (a slide's loop variable) win."""
        if not run.lenient:
            self._check_names(stream, run, extra or {})
        return stream.render(run, extra)

    def _check_names(self, stream: Stream, run: Run, extra: Mapping[str, Any]) -> None:
        for name, tags in stream.asked.items():
            if name in run.context or name in extra or name in self.environment.globals:
                continue
            close = near(name, {*run.known, *extra})
            for tag in tags:
                run.unknown_name(name, tag, close)

    def end(self, run: Run) -> tuple[Finding, ...]:
        """End of a fill: raises TemplateError with every fault, or gives the warnings."""
        vars(self.environment).pop("run", None)  # nothing of the data stays
        return self._judged(run.findings)

    def _judged(self, findings: Sequence[Finding]) -> tuple[Finding, ...]:
        """The findings in the template's order, each once; raised when one is an error."""
        order = self.order
        unique = sorted(dict.fromkeys(findings), key=lambda f: order.get(f.place, len(order)))
        if has_errors(unique):
            raise TemplateError(unique)
        return tuple(unique)
