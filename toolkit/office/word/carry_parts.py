"""Pictures, charts and links of one document carried to another.

In: elements copied from a part of the source. Out: their relationship ids made right in a part of
the target, the parts they point to copied with everything those need.
"""

from __future__ import annotations

import posixpath

from toolkit.office.package.markup import NAMESPACES, Element, parent
from toolkit.office.package.package import Package
from toolkit.office.package.relationships import Relationship, rels_name

_R = "{" + NAMESPACES["r"] + "}"
_LINKS = ("hyperlink",)


class PartCarrier:
    """Copies parts once each."""

    def __init__(self, source: Package, target: Package) -> None:
        self._source = source
        self._target = target
        self._known: dict[str, str] = {}

    def carry(self, holder: Element, source_part: str, target_part: str) -> None:
        """Make every relationship id inside ``holder`` point to the same thing in the target."""
        relations = {r.id: r for r in self._source.rels(source_part)}
        new: dict[str, str] = {}
        for element in list(holder.iter()):
            for name in [str(name) for name in element.attrib if str(name).startswith(_R)]:
                old = element.get(name, "")
                relation = relations.get(old)
                if old not in new and relation is not None:
                    new[old] = self._relation(relation, target_part)
                if new.get(old):
                    element.set(name, new[old])
                else:
                    _loosen(element, name)

    def _relation(self, relation: Relationship, part: str) -> str:
        """The id of the same relationship in the target; empty when it is not carried.

        Of what lies outside the package only links that people click are carried.
        """
        if relation.external:
            if relation.word not in _LINKS:
                return ""
            return self._target.add_rel(part, relation.type, relation.target, external=True)
        if relation.target not in self._source:
            return ""
        return self._target.add_rel(part, relation.type, self._part(relation.target))

    def _part(self, name: str) -> str:
        if name in self._known:
            return self._known[name]
        folder, base = posixpath.split(name)
        stem, _, suffix = base.rpartition(".")
        new = name
        if new in self._target:
            new = self._target.new_name(
                f"{folder}/{stem.replace('{', '').replace('}', '')}-{{}}.{suffix}"
            )
        self._known[name] = new
        self._target.write(new, self._source.read(name))
        kind = self._source.content_type(name)
        if kind != self._target.content_type(new):
            self._target.set_content_type(new, kind)
        if rels_name(name) in self._source:
            self._below(name, new)
        return new

    def _below(self, name: str, new: str) -> None:
        """What a part itself points to, under the ids it uses."""
        self._target.write(rels_name(new), self._source.read(rels_name(name)))
        for relation in self._source.rels(name):
            if relation.external and relation.word not in _LINKS:
                self._target.remove_rel(new, relation.id)
            elif not relation.external and relation.target in self._source:
                self._target.set_rel(new, relation.id, self._part(relation.target))
            elif not relation.external:
                self._target.remove_rel(new, relation.id)


def _loosen(element: Element, name: str) -> None:
    """Take a relationship id away; a picture without its file is no picture."""
    del element.attrib[name]
    if name in (_R + "embed", _R + "link") and element.tag.endswith("}blip"):
        for above in element.iterancestors():
            if above.tag.endswith("}drawing"):
                parent(above).remove(above)
                return
