"""The pictures a description names: whether they are there, and whole.

In: an untyped declaration, so that these faults are told together with faults of type, and the
folder its paths start from. Out: findings; and a Project that goes without what cannot be shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PureWindowsPath

from toolkit.declaration import Declaration, Location
from toolkit.declaration.nodes import Node
from toolkit.finding import Finding, finding, near
from toolkit.project.model import Project
from toolkit.project.values import flag

_TAIL = 65_536  # bytes; some programs write a little after the end of a picture
_WHOLE = {  # how a file begins, and what stands near its end when nothing of it is missing
    b"\x89PNG\r\n\x1a\n": b"IEND",
    b"\xff\xd8\xff": b"\xff\xd9",
    b"GIF87a": b";",
    b"GIF89a": b";",
}


def picture_checks(declaration: Declaration, folder: Path) -> Iterator[Finding]:
    """Pictures that do not exist, are something else, or broke off on the way."""
    for location, path, required in _named(declaration):
        if code := _fault(folder, path):
            place = declaration.place(location)
            more = {"near": _near(folder / path), "folder": folder.resolve().name}
            told = {"path": path} | (more if code == "picture-not-found" else {})
            yield finding(_REQUIRED.get(code, code) if required else code, place, **told)


def shown(project: Project, folder: Path) -> Project:
    """The project with the pictures that can be shown; the others are left out."""
    logo = project.branding.logo
    lost = {"logo": ""} if logo and _fault(folder, logo) else {}
    branding = project.branding.model_copy(update=lost)
    images = tuple(image for image in project.images if not _fault(folder, image.path))
    return project.model_copy(update={"branding": branding, "images": images})


_REQUIRED = {
    "picture-not-found": "required-picture-missing",
    "not-a-picture": "required-not-a-picture",
    "picture-cut-off": "required-picture-cut-off",
}


def _named(declaration: Declaration) -> Iterator[tuple[Location, str, bool]]:
    """(location, path, required) of every picture that is written as a path."""
    logo = declaration.value(("branding", "logo"))
    if logo and isinstance(logo.value, str):
        yield ("branding", "logo"), logo.value, False
    images = declaration.value(("images",))
    listed = images.value if images and isinstance(images.value, tuple) else ()
    for index, image in enumerate(listed):
        facts = image.value if isinstance(image.value, Mapping) else {}
        if "path" in facts and isinstance(path := facts["path"].value, str):
            yield ("images", index, "path"), path, _required(facts)


def _required(facts: Mapping[str, Node]) -> bool:
    try:
        return "required" in facts and flag(facts["required"].value)
    except ValueError:  # told as a fault of type
        return False


def _fault(folder: Path, path: str) -> str:
    """The code of what is wrong with a picture, or an empty text."""
    file = folder / path
    try:
        if PureWindowsPath(path).drive or not file.resolve().is_relative_to(folder.resolve()):
            return "picture-outside"
        first, last = _ends(file)
    except (OSError, ValueError):
        return "not-a-picture" if file.is_dir() else "picture-not-found"
    wanted = [end for start, end in _WHOLE.items() if first.startswith(start)]
    if not wanted:
        return "not-a-picture"
    return "" if wanted[0] in last else "picture-cut-off"


def _ends(file: Path) -> tuple[bytes, bytes]:
    """The first and the last bytes of a file."""
    with file.open("rb") as opened:
        first = opened.read(8)
        opened.seek(max(8, file.stat().st_size - _TAIL))
        return first, opened.read()


def _near(file: Path) -> str:
    if not file.parent.is_dir():
        return ""
    return near(file.name, [other.name for other in file.parent.iterdir() if other.is_file()])
