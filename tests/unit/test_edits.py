"""Edits of a YAML text: values laid into it, everything else as it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.declaration.edits import Entries, SharedError, laid
from toolkit.declaration.nodes import compose
from toolkit.finding import Place

EXAMPLE = Path(__file__).parents[2] / "examples" / "trygg-natt" / "project.yaml"
RISKS = EXAMPLE.read_text(encoding="utf-8").partition("\nrisks:")[2].partition("\n\n")[0]
RISKS = f"risks:{RISKS}\nlast: 1   # the end\n"
PLACE = Place("project.yaml")
BLOCK = """\
risks:   # the worst first
- id: ri01
  hazard: |
    A long text
    on lines

  probability: 3 # why
  cia:   # nothing: yet
- id: ri02
  hazard: 'b'   # end

list: []
map: {}
last:
  a: 1"""


def lay(text: str, data: dict[str, Any]) -> str:
    return laid(text, data, PLACE)


def test_values_of_blocks_are_replaced_and_added_where_they_belong() -> None:
    first = {"hazard": 'new "text"\nof two', "cia": "availability", "status": "done"}
    data = {
        "risks": Entries(ri01=first, ri02={"x": 2.0}, ri03={"hazard": "h", "probability": 2}),
        "list": Entries(q1={"a": 1}),
        "map": {"2027": 3.5},
        "last": {"b": True},
        "top": "T x",
        "more": Entries(a1={"n": date(2027, 1, 2)}),
    }
    assert (
        lay(BLOCK, data)
        == """\
risks:   # the worst first
- id: ri01
  hazard: "new \\"text\\"\\nof two"
  probability: 3 # why
  cia: availability   # nothing: yet
  status: done
- id: ri02
  hazard: 'b'   # end
  x: 2
- id: ri03
  hazard: h
  probability: 2

list: [{id: q1, a: 1}]
map: {"2027": 3.5}
last:
  a: 1
  b: true
top: "T x"
more:
  - {id: a1, n: 2027-01-02}""".replace('"2027"', "2027")
    )


def test_entries_in_one_line_stay_in_one_line() -> None:
    text = "a:\n  - {id: x1, n: 1, t: }   # one\n  - {id: x2,\n     n: 2}\nb: 1\n"
    data = {"a": Entries(x1={"n": 5, "t": "no", "z": "y z"}, x2={"m": {"k": 1}}, x3={"n": 3})}
    assert lay(text, data) == (
        'a:\n  - {id: x1, n: 5, t: "no", z: "y z" }   # one\n'
        "  - {id: x2,\n     n: 2, m: {k: 1}}\n  - {id: x3, n: 3}\nb: 1\n"
    )


def test_lines_end_as_they_did() -> None:
    assert lay("a: 1\r\nb:\r\n  c: 2\r\n", {"a": 3, "b": {"d": 4}}) == (
        "a: 3\r\nb:\r\n  c: 2\r\n  d: 4\r\n"
    )


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: &x {n: 1}\nb: *x\n", {"b": {"n": 2}}),
        ("a: &x 1\nb: *x\n", {"b": 2}),
        ("a: &x 1\nb: *x\n", {"a": 2}),
    ],
)
def test_what_stands_in_several_places_is_not_edited(text: str, data: dict[str, Any]) -> None:
    with pytest.raises(SharedError) as raised:
        lay(text, data)
    (found,) = raised.value.findings
    assert (found.code, dict(found.place.steps)["line"]) == ("value-shared", 1)


@settings(deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["ri01", "ri03", "ri99"]),
        st.dictionaries(
            st.sampled_from(["hazard", "measure", "probability", "new"]),
            st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1) | st.integers(1, 5),
            min_size=1,
        ),
    )
)
def test_what_is_laid_is_what_is_read_and_nothing_else_changes(
    risks: dict[str, dict[str, Any]],
) -> None:
    text = RISKS
    before, _ = compose(text, PLACE)
    after, told = compose(lay(text, {"risks": Entries(risks)} if risks else {}), PLACE)
    assert before
    assert after
    assert not told
    expected = before.data()
    known = {risk["id"]: risk for risk in expected["risks"]}
    for id, values in risks.items():
        own = {key: f"{value}" for key, value in values.items()}
        if id in known:
            known[id].update(own)
        else:
            expected["risks"].append({"id": id, **own})
    assert after.data() == expected
