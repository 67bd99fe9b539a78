"""Tags in places the engine does not fill.

In: a template and the names of the parts that are filled. Out: a finding for each tag in another
part, in a file inside the file too: a tag is never left standing in silence.
"""

from __future__ import annotations

from collections.abc import Container, Iterator

from toolkit.finding import Place, ToolkitError
from toolkit.office.engine import Engine
from toolkit.office.package.markup import Element, MarkupError, parse
from toolkit.office.package.package import Package
from toolkit.office.tags.text import find_tags, has_tags

_XML = (".xml", ".rels", ".vml")
_PLAIN = (".html", ".htm", ".xhtml", ".mht", ".mhtml", ".rtf", ".txt")
_PACKED = (".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".pptm", ".dotx")


def tell_unfillable(package: Package, engine: Engine, filled: Container[str]) -> None:
    """Tell of tags in parts that are not in ``filled``."""
    data_of_charts: set[str] | None = None
    for name in package.names():
        suffix = name[name.rfind(".") :].lower()
        if name in filled or suffix not in (*_XML, *_PLAIN, *_PACKED):
            continue
        if suffix in _PACKED:
            if data_of_charts is None:
                data_of_charts = _behind_charts(package)
            if name in data_of_charts:
                continue  # made anew with the chart
        for tag in _tags(package.read(name), suffix):
            engine.add("place-unfillable", package.place(), tag=tag, part=name)


def tell_tags(engine: Engine, place: Place, text: str, part: str) -> None:
    """Tell of the tags of one text, in a part that is filled but for such texts."""
    for found in find_tags(text) if has_tags(text) else ():
        if found.tag is not None:
            engine.add("place-unfillable", place, tag=found.tag.shown, part=part)


def _behind_charts(package: Package) -> set[str]:
    """The workbooks that hold the figures of charts."""
    charts = [name for name in package.names() if "/charts/" in name and "/_rels/" not in name]
    return {found for chart in charts for found in package.related(chart, "package")}


def _tags(data: bytes, suffix: str) -> Iterator[str]:
    if suffix in _PACKED:
        yield from _packed(data)
        return
    if b"{" not in data or b"{{" not in data and b"{%" not in data:  # one byte is found fastest
        return
    texts = [data.decode("utf-8", "replace")] if suffix in _PLAIN else _texts_of(data)
    for text in texts:
        for found in find_tags(text) if has_tags(text) else ():
            if found.tag is not None:
                yield found.tag.shown


def _packed(data: bytes) -> Iterator[str]:
    """Tags in a file inside the file; what cannot be opened holds none that can be seen."""
    try:
        inner = Package.open(data)
        for name in inner.names():
            suffix = name[name.rfind(".") :].lower()
            if suffix in _XML:
                yield from _tags(inner.read(name), suffix)
    except ToolkitError:
        return


def _texts_of(data: bytes) -> list[str]:
    try:
        root = parse(data)
    except MarkupError:
        return []
    return [text for item in root.iter() if isinstance(item.tag, str) for text in _own(item)]


def _own(item: Element) -> list[str]:
    return [item.text or "", *(str(value) for value in item.attrib.values())]
