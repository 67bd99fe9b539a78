"""The public API: what is listed can be used, and importing it costs nothing."""

from __future__ import annotations

import subprocess
import sys

import pytest

import toolkit


@pytest.mark.parametrize("name", toolkit.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert getattr(toolkit, name).__doc__


def test_an_unknown_name_is_told() -> None:
    with pytest.raises(AttributeError, match="generat"):
        _ = toolkit.generat  # type: ignore[attr-defined]


def test_importing_the_package_imports_nothing_else() -> None:
    code = "import sys, toolkit; print(*[m for m in sys.modules if m.startswith('toolkit.')])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.strip() == ""
