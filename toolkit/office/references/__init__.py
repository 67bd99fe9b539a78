"""Spreadsheet references: one mapping of template to output, one rewriter for every place.

In: the bands of a template sheet with their repetitions, and any formula, area or name. Out: the
same, following the rows and columns. ``formula`` reads formulas, ``axis`` and ``grid`` know where
lines went, ``follow`` rewrites.
"""
