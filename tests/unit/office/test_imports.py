"""The engine's modules build upon one another: none leads back to itself."""

from __future__ import annotations

from graphlib import TopologicalSorter

import grimp


def test_no_module_leads_back_to_itself() -> None:
    graph = grimp.build_graph("toolkit", cache_dir=None)
    modules = {name for name in graph.modules if name.startswith("toolkit.office.")}
    uses = {name: graph.find_modules_directly_imported_by(name) & modules for name in modules}
    assert "toolkit.office.tags.unknown" in uses["toolkit.office.run"]
    order = list(TopologicalSorter(uses).static_order())  # raises CycleError
    assert len(order) == len(modules) > 100
