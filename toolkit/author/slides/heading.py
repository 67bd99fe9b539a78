"""The heading of a slide: its message as title, its subject as the small line above.

In: the ``message`` of a section's options. It is nothing (the heading's own label is the title), a
label key, ``{text: expression}`` (a sentence of the description) or ``{key: label, n: expression,
…}`` (a label with numbers in it; its ``.one`` and ``.none`` are used where the table has them;
without ``enough``, a condition, the heading alone). Out: the title and kicker placeholders.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit.author.slides.canvas import Canvas
from toolkit.author.slides.deck import Topic, speaker
from toolkit.author.slides.text import TITLE, Para, fitted, only, para

_SIZES = ((112, TITLE), (190, 24), (0, 20))


def heading(canvas: Canvas, topic: Topic) -> None:
    """Draw the title, the kicker and the notes of a topic."""
    message: Any = topic.section.options.get("message", "")
    told = {"key": message} if isinstance(message, str) else message
    text = str(told.get("text", ""))
    if text:
        canvas.kicker(para(topic.label), when=text)
        value = f"{text} or {spoken(topic, topic.key)}"
        canvas.title(*fitted(value, para(f"{{{{ {value} }}}}"), _SIZES))
    elif told["key"]:
        enough = str(told.get("enough", ""))
        canvas.kicker(para(topic.label), when=enough)
        alone = only(f"not ({enough})", para(topic.label)) if enough else ()
        canvas.title(*only(enough, _message(topic, told)), *alone)
    else:
        canvas.title(para(topic.label))
    speaker(topic, canvas)


def spoken(topic: Topic, key: str) -> str:
    """The expression of a label."""
    return f"t('{topic.section.title or key}')"


def _message(topic: Topic, told: Mapping[str, Any]) -> Para:
    key, values = told["key"], {k: v for k, v in told.items() if k not in ("key", "enough")}
    if not values:
        return para(topic.wording(key))
    chosen = f"'{key}'"
    for ending, number in (("one", 1), ("none", 0)):
        if topic.wording.labels.has(f"{key}.{ending}"):
            chosen = f"('{key}.{ending}' if ({values['n']}) == {number} else {chosen})"
    given = ", ".join(f"{name}={value}" for name, value in values.items())
    return para(f"{{{{ t({chosen}, {given}) }}}}")
