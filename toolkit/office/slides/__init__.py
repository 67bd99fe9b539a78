"""Presentations: ``program`` fills a compiled one; each other module knows one thing of it.

``compile`` and ``cut`` make a template ready, ``showing`` and ``deck`` say which slides there are,
``paragraph`` and ``tables`` fill, ``box``, ``fit`` and ``room`` tell text that does not fit.
"""
