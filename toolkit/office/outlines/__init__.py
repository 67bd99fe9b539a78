"""Outlines: the text of an Office file line by line, each with its place.

``outline`` is the door; one module a format.
"""
