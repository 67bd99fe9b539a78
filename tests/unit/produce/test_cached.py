"""A kit made from templates compiled before is the same kit."""

from __future__ import annotations

from pathlib import Path

import pytest

from toolkit.produce.kit import generate
from toolkit.produce.request import Request

EXAMPLE = Path(__file__).parents[3] / "examples/trygg-natt/project.yaml"


def contents(folder: Path) -> dict[str, bytes]:
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("language", ["nb", "fi"])
def test_a_kept_template_gives_the_same_files(tmp_path, language):
    made = []
    for name, cache in (("without", None), ("first", "kept"), ("second", "kept")):
        folder = tmp_path / "templates" if cache else None
        request = Request(
            EXAMPLE, tmp_path / name, (language,), only=("00", "d.01", "d.23"), cache=folder
        )
        generate(request)
        made.append(contents(tmp_path / name))
    assert len(list((tmp_path / "templates").iterdir())) == 3
    assert made[0] == made[1] == made[2]
