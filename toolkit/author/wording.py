"""The words a template is written with.

In: label keys. Out: what stands in the template for them: the Norwegian label itself, which is
swapped whole at fill, or ``{{ t('key') }}`` where two keys share one Norwegian label.
"""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.language import Labels


@dataclass(frozen=True)
class Wording:
    """The Norwegian labels, as templates write them."""

    labels: Labels

    def __call__(self, key: str) -> str:
        """A label that stands alone in its paragraph, cell or attribute."""
        text = self.labels.t(key)
        return self.tag(key) if text in self.labels.homonyms else text

    def tag(self, key: str) -> str:
        """A label that stands beside other text: always a tag."""
        return f"{{{{ t('{key}') }}}}"

    def options(self, name: str) -> list[tuple[str, str]]:
        """The options of a list as (key, what the template writes)."""
        return [(key, self(f"o.{name}.{key}")) for key, _ in self.labels.options(name)]
