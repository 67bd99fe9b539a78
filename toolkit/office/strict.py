"""Files in the strict form of the standard, read as what everybody writes.

In: a package whose parts use the namespaces of ISO/IEC 29500 Strict. Out: the same package with
the namespaces and relationship types of the transitional form, which every program opens.
"""

from __future__ import annotations

from toolkit.office.package.parts import Parts

_ROOT = "_rels/.rels"
_STRICT = b"http://purl.oclc.org/ooxml/"
_PLAIN = b"http://schemas.openxmlformats.org/"
_OFFICE = (
    *("relationships", "math", "bibliography", "customXml", "docPropsVTypes", "sharedTypes"),
    *("characteristics",),
)
_MAINS = ("wordprocessingml/main", "spreadsheetml/main", "presentationml/main", "drawingml/main")
_DRAWN = (
    *("chart", "chartDrawing", "compatibility", "diagram", "lockedCanvas", "picture"),
    *("spreadsheetDrawing", "wordprocessingDrawing"),
)
_NAMED = {
    **{
        f"officeDocument/relationships/{kind}Properties": (
            f"officeDocument/2006/relationships/{kind}-properties"
        )
        for kind in ("extended", "custom")
    },
    "officeDocument/extendedProperties": "officeDocument/2006/extended-properties",
    "officeDocument/customProperties": "officeDocument/2006/custom-properties",
    "schemaLibrary/main": "schemaLibrary/2006/main",
    **{f"officeDocument/{name}": f"officeDocument/2006/{name}" for name in _OFFICE},
    **{name: name.replace("/", "/2006/") for name in _MAINS},
    **{f"drawingml/{name}": f"drawingml/2006/{name}" for name in _DRAWN},
}
_CONFORMANCE = tuple(
    f" {prefix}conformance={quote}strict{quote}".encode()
    for prefix in ("", "w:")
    for quote in "\"'"
)


def is_strict(package: Parts) -> bool:
    """Whether the file says that it is in the strict form."""
    return _ROOT in package and _STRICT in package.read(_ROOT)


def make_transitional(package: Parts) -> None:
    """Write every part of a strict file in the transitional form."""
    for name in package.names():
        data = package.read(name) if name.endswith((".xml", ".rels", ".vml")) else b""
        if _STRICT in data:
            package.write(name, _loosened(data))


def _loosened(data: bytes) -> bytes:
    for strict, plain in _NAMED.items():
        for quote in (b'"', b"'"):
            old = quote + _STRICT + strict.encode()
            new = quote + _PLAIN + plain.encode()
            data = data.replace(old + quote, new + quote).replace(old + b"/", new + b"/")
    for said in _CONFORMANCE:
        data = data.replace(said, b"")
    return data
