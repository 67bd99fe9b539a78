"""Merging: what all files say together, one document after the other (specification 2.7).

``combine`` is the door, ``consolidation`` one document from its copies to results; ``senders`` and
``copies`` say which files count, ``joining`` which rows are one, ``operators`` what a cell becomes,
``recompute`` and ``worth`` what is computed anew, ``complete`` what is still missing.
"""
