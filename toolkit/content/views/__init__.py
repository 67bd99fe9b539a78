"""What the topics of a kit show: enriched rows and views, as plain data in the kit's language.

In: a Reading. Out: lists of rows and dicts; the arithmetic is the method's.
"""
