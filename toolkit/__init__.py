"""Veikart toolkit: one project description in, a kit of Office files out, and back again.

The names below are the whole public API; each is loaded when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.document import Document, load_documents
    from toolkit.finding import Finding, Place, Severity, ToolkitError
    from toolkit.office import fill, outline
    from toolkit.produce.kit import Kit, generate
    from toolkit.produce.request import Request
    from toolkit.project import Project, read_project

__version__ = "0.1.0"

__all__ = [
    "Document",
    "Finding",
    "Kit",
    "Place",
    "Project",
    "Request",
    "Severity",
    "ToolkitError",
    "fill",
    "generate",
    "load_documents",
    "outline",
    "read_project",
]

_HOMES = {
    "Document": "toolkit.document",
    "load_documents": "toolkit.document",
    "Finding": "toolkit.finding",
    "Place": "toolkit.finding",
    "Severity": "toolkit.finding",
    "ToolkitError": "toolkit.finding",
    "fill": "toolkit.office",
    "outline": "toolkit.office",
    "Kit": "toolkit.produce.kit",
    "generate": "toolkit.produce.kit",
    "Request": "toolkit.produce.request",
    "Project": "toolkit.project",
    "read_project": "toolkit.project",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module 'toolkit' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
