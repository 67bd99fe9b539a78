"""Specimens: one document of each format in three brands, to look at and to judge.

In: a folder like the repository's ``docs/specimen``: sheets in ``docx/``, ``pptx/`` and ``xlsx/``,
``data.yaml`` with what stands in them, and a logo. Out: ``<format>-<brand>.<format>`` beside
them. ``python -m toolkit.author.specimens FOLDER`` writes them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from toolkit.author import build
from toolkit.brand import DEFAULT, Brand
from toolkit.document import Document, load_documents
from toolkit.language import Labels
from toolkit.office import fill

BRANDS: Mapping[str, Brand] = {
    "ours": DEFAULT,
    "light": Brand("F6C945", "3D6B5C", "B3261E", "Georgia"),
    "dark": Brand("1B1B3A", "7A5CFF", "FF6B6B", "Verdana"),
}


def write_specimens(folder: Path) -> tuple[Path, ...]:
    """Every sheet of the folder in every brand; the files written."""
    data = YAML(typ="safe").load((folder / "data.yaml").read_text(encoding="utf-8"))
    documents = load_documents(folder)
    return tuple(
        _specimen(document, name, data, folder) for document in documents for name in BRANDS
    )


def _specimen(document: Document, name: str, data: Mapping[str, Any], folder: Path) -> Path:
    labels = Labels.load("nb")
    theme = BRANDS[name].theme
    template = build(document, labels)
    out = folder / f"{document.format}-{name}.{document.format}"
    prompts = {"text": labels.t("ui.click_to_write"), "choice": labels.t("ui.choose")}
    words = {"t": labels.t, "placeholder": prompts}
    fill(template, data, out, base=folder, theme=theme, filters=_filters(labels), globals=words)
    return out


def _filters(labels: Labels) -> dict[str, Callable[..., Any]]:
    written: dict[str, Callable[..., str]] = {
        "date": labels.date,
        "number": labels.number,
        "percent": labels.percent,
        "money": labels.money,
    }
    return {name: _or_empty(write) for name, write in written.items()}


def _or_empty(write: Callable[..., str]) -> Callable[..., str]:
    return lambda value, *args: "" if value is None else write(value, *args)


if __name__ == "__main__":
    write_specimens(Path(sys.argv[1]))
