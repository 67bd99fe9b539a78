"""Tags: Jinja over the text of a document, found, compiled and rendered.

``text`` finds them in a paragraph, cell or attribute, ``marks`` says where they stand in the XML,
``blocks`` and ``syntax`` check them, ``codegen`` makes one ``stream`` of tags and opaque pieces,
``sandbox`` is where expressions run, ``unknown`` records the names the data does not have.
"""
