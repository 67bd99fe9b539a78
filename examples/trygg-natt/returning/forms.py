"""Word forms: which controls a form has, and filling them as Word saves them.

In: the bytes of a form, and a text for each control by its tag. Out: the order of its controls for
another client; or the bytes of the form with the controls filled, tags and all.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BODY = "word/document.xml"
PLACEHOLDER = "PlaceholderText"


@dataclass(frozen=True)
class Control:
    """A content control: its tag, and whether it is a list."""

    tag: str
    is_list: bool


def controls(form: bytes) -> list[Control]:
    """The controls of a form in the order they stand in, the hidden one left out."""
    with zipfile.ZipFile(io.BytesIO(form)) as archive:
        root = etree.fromstring(archive.read(BODY))
    found = [_control(element) for element in root.iter(f"{W}sdt")]
    return [control for control in found if control.tag != "_meta"]


def _control(element: Any) -> Control:
    return Control(_tag(element), element.find(f"{W}sdtPr/{W}dropDownList") is not None)


def _tag(element: Any) -> str:
    found = element.find(f"{W}sdtPr/{W}tag")
    return "" if found is None else str(found.get(f"{W}val"))


def filled(form: bytes, texts: Mapping[str, str]) -> bytes:
    """The form with texts in the controls of these tags; every tag must be there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(form)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.infolist():
            data = old.read(member)
            if member.filename == BODY:
                data = _filled_body(data, texts)
            new.writestr(member, data, compress_type=zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _filled_body(body: bytes, texts: Mapping[str, str]) -> bytes:
    root = etree.fromstring(body)
    by_tag = {_tag(element): element for element in root.iter(f"{W}sdt")}
    for tag, text in texts.items():
        _fill(by_tag[tag], text)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _fill(control: Any, text: str) -> None:
    """Write in a control: no prompt any more, the text in the first run, no other run."""
    properties = control.find(f"{W}sdtPr")
    for prompt in properties.findall(f"{W}showingPlcHdr"):
        properties.remove(prompt)
    choices = properties.find(f"{W}dropDownList")
    if choices is not None:
        choices.set(f"{W}lastValue", _value(choices, text))
    runs = list(control.find(f"{W}sdtContent").iter(f"{W}r"))
    for run in runs[1:]:
        run.getparent().remove(run)
    _write(runs[0], text)


def _value(choices: Any, text: str) -> str:
    items = choices.findall(f"{W}listItem")
    item = next(item for item in items if item.get(f"{W}displayText") == text)
    return str(item.get(f"{W}value"))


def _write(run: Any, text: str) -> None:
    looks = run.find(f"{W}rPr")
    if looks is not None and looks.find(f"{W}rStyle[@{W}val='{PLACEHOLDER}']") is not None:
        run.remove(looks)
    for part in run.findall(f"{W}t"):
        run.remove(part)
    etree.SubElement(run, f"{W}t").text = text
