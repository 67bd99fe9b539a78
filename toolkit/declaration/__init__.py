"""Declaration: a YAML file and a model in; a typed value and located findings out.

One reader for everything people declare: project descriptions and document sheets.
"""

from toolkit.declaration.nodes import Plain
from toolkit.declaration.typed import Declaration, read_declaration, read_untyped
from toolkit.declaration.walk import Location

__all__ = ["Declaration", "Location", "Plain", "read_declaration", "read_untyped"]
