"""Native charts: their data, the values kept beside references, and the workbook inside.

``chart`` puts new figures in, ``data`` reads what a chart shows, ``cache`` and ``workbook`` are
what Office shows before and after somebody chooses to edit the data, ``part`` carries it out.
"""
