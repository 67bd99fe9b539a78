"""Word documents: ``compile`` makes one ready, ``program`` fills it; each other module knows one
thing of it.

``story`` is a part that holds paragraphs, ``text`` and ``tags`` the tags in it, ``lift`` what they
stand for; ``carry`` and ``include`` bring in other documents; ``places`` names where things stand.
"""
