"""Excel workbooks: cells, rows, columns and sheets filled, everything else following.

In: the package of a template and the settings. Out: a compiled Workbook; its ``render`` gives a
filled package. ``compile`` makes one ready, ``book`` is the whole, ``sheet`` what is read of a
template, ``structure`` what repeats in it, ``filling`` where things went, ``writing`` what comes
out.
"""
