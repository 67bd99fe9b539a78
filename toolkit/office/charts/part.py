"""A chart part and its workbook in a package: ``{{ chart(data) }}`` carried out.

In: a package, the name of a chart part and plain data. Out: both parts rewritten, and findings.
"""

from __future__ import annotations

from toolkit.finding import Finding, Place
from toolkit.office.charts.cache import C
from toolkit.office.charts.chart import has_plot, link_workbook, workbook_id, write_data
from toolkit.office.charts.data import ChartData, chart_data
from toolkit.office.package.package import Package

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def fill_chart(
    package: Package, part: str, value: object, place: Place
) -> tuple[ChartData, tuple[Finding, ...]]:
    """Show ``value`` (see ``chart_data``) in the chart; its workbook holds the same figures."""
    data, findings = chart_data(value, place)
    space = package.tree(part)
    workbook = write_data(space, data).workbook()
    name = _workbook_part(package, part)
    if not name:
        name = package.new_name(
            f"{part.partition('/')[0]}/embeddings/Microsoft_Excel_Sheet{{}}.xlsx"
        )
        link_workbook(space, package.add_rel(part, "package", name))
    package.write(name, workbook)
    package.set_default_type("xlsx", XLSX)
    package.store(part)
    return data, findings


def is_chart(package: Package, part: str) -> bool:
    """Whether a part is a chart that ``fill_chart`` can fill (Excel 2016's new kinds are not)."""
    if part not in package:
        return False
    space = package.tree(part)
    return space.tag == C + "chartSpace" and has_plot(space)


def _workbook_part(package: Package, part: str) -> str:
    """The chart's own .xlsx; one that is linked, or of another kind, is let go."""
    rel_id = workbook_id(package.tree(part))
    relation = package.rel(part, rel_id) if rel_id else None
    if relation is None:
        return ""
    if relation.external or not relation.target.lower().endswith(".xlsx"):
        package.remove_rel(part, relation.id)
        return ""
    return relation.target
