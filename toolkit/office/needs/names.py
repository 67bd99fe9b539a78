"""Uses of names in the parsed tags of a template.

In: Jinja's tree of the tags, one tag a line. Out: the Needs of the data, filled in: a name that a
loop runs over is a list, and so on.
"""

from __future__ import annotations

from collections.abc import Iterable

from jinja2 import nodes

from toolkit.office.needs.values import MAPPING, ValueReader, Values, use


class Reader(ValueReader):
    """Walks the tree of one sequence of tags."""

    def read(self, body: Iterable[nodes.Node]) -> None:
        """Take in statements."""
        for node in body:
            handler = getattr(self, f"_read_{type(node).__name__.lower()}", None)
            if handler is not None:
                handler(node)
            else:
                self.read(node.iter_child_nodes())

    def _read_output(self, node: nodes.Output) -> None:
        for child in node.nodes:
            if not isinstance(child, nodes.TemplateData):
                use(self.values(child), "printed")

    def _read_for(self, node: nodes.For) -> None:
        entries = self._each(node.iter)
        with_loop: dict[str, Values] = {"loop": ()}
        self._bound = self._bound.new_child(with_loop)
        self._bind(node.target, entries)
        if node.test is not None:
            self.values(node.test)
        self.read(node.body)
        self._bound = self._bound.parents
        self.read(node.else_)

    def _read_if(self, node: nodes.If) -> None:
        self.test(node.test)
        self.read([*node.body, *node.elif_, *node.else_])

    def _read_assign(self, node: nodes.Assign) -> None:
        self._bind(node.target, self.values(node.node))

    def _read_assignblock(self, node: nodes.AssignBlock) -> None:
        self.read(node.body)
        self._bind(node.target, ())

    def _read_with(self, node: nodes.With) -> None:
        given = [self.values(value) for value in node.values]
        self._bound = self._bound.new_child()
        for target, values in zip(node.targets, given, strict=True):
            self._bind(target, values)
        self.read(node.body)
        self._bound = self._bound.parents

    def _read_macro(self, node: nodes.Macro) -> None:
        self._macros[node.name] = node
        self._bound[node.name] = ()

    def _read_callblock(self, node: nodes.CallBlock) -> None:
        self.values(node.call)
        self._bound = self._bound.new_child({arg.name: () for arg in node.args})
        self.read(node.body)
        self._bound = self._bound.parents

    def _bind(self, target: nodes.Node, values: Values) -> None:
        if isinstance(target, nodes.Name):
            self._bound[target.name] = values
        elif isinstance(target, nodes.Tuple):
            for item in target.items:
                self._bind(item, ())

    def _each(self, node: nodes.Node) -> Values:
        """The entries a loop gives; ``items()`` and ``dictsort`` bind pairs, which is no entry."""
        if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Getattr):
            owners = self.values(node.node.node)
            if node.node.attr in MAPPING:
                return tuple(owner.values() for owner in owners)
        return tuple(value.entries() for value in self.values(node))
