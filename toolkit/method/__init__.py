"""The Veikart method's own arithmetic: pure functions, each rule in one place.

In: plain numbers, dates and option keys. Out: numbers, dates and option keys; None where a value
cannot be known. Nothing is rounded here; texts and symbols are the templates' business. The rules
are those of the domain specification, chapters 2 and 4.
"""
