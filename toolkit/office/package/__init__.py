"""OPC packages: zip in and out, parts, relationships, content types, the theme.

What is not touched comes out byte for byte. ``package`` is the whole, ``archive`` the zip,
``markup`` the XML of a part.
"""
