"""The parts a slide can be made of, by the name sheets call them.

In: a section of a sheet. Out: the slides that show it, one for each number of items.
"""

from __future__ import annotations

from collections.abc import Callable

from toolkit.author.slides.deck import Deck, Topic
from toolkit.author.slides.parts.cards import profiles, solutions, speech
from toolkit.author.slides.parts.columns import before_after, benefits, groups
from toolkit.author.slides.parts.fields import contact, cover, statement
from toolkit.author.slides.parts.figures import figure, trend
from toolkit.author.slides.parts.heat import heat
from toolkit.author.slides.parts.lights import lights
from toolkit.author.slides.parts.lists import goals, listing, risks_and_asks
from toolkit.author.slides.parts.numbers import facts, tiles
from toolkit.author.slides.parts.pictures import matrix, road

Part = Callable[[Deck, Topic], None]

PARTS: dict[str, Part] = {
    "cover": cover,
    "statement": statement,
    "speech": speech,
    "tiles": tiles,
    "goals": goals,
    "profiles": profiles,
    "before_after": before_after,
    "benefits": benefits,
    "matrix": matrix,
    "groups": groups,
    "road": road,
    "facts": facts,
    "solutions": solutions,
    "risks_and_asks": risks_and_asks,
    "figure": figure,
    "trend": trend,
    "table": listing,
    "heat": heat,
    "lights": lights,
    "contact": contact,
}
