"""Annotations: a copy of a template with a comment at each finding.

``annotate`` is the door; one module a format.
"""
