"""Needs: what data a template asks for, inferred from its tags, as a tree and as JSON Schema.

``infer`` is the door; ``names`` and ``values`` read expressions, ``needs`` is the tree.
"""
