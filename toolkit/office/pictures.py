"""Pictures that take the place of a placeholder picture.

In: what ``image()`` or ``qr()`` gave, and the box of the placeholder. Out: the picture's bytes and
size, its relationship in a part, and the crop or smaller box that keeps its proportions.
"""

from __future__ import annotations

import hashlib
import io
import struct
from functools import lru_cache
from pathlib import Path, PureWindowsPath

from toolkit.finding import Place
from toolkit.office.package.package import Package
from toolkit.office.record import Record
from toolkit.office.run import Run
from toolkit.office.values import Picture, QrCode

_TYPES = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif"}
_MAX_BYTES = 32 * 1024 * 1024
_MAX_QR = 2331  # bytes a QR code of correction level M can hold
_WHOLE = 100_000  # DrawingML counts crops in thousandths of a percent


class Image(Record):
    """A picture file: its bytes, kind (png, jpeg, gif) and size in pixels."""

    data: bytes
    kind: str
    width: int
    height: int


def load(value: Picture | QrCode | None, run: Run, place: Place) -> Image | None:
    """The picture to show, or None with a finding (none when no picture was asked for)."""
    if value is None:
        return None
    if isinstance(value, QrCode):
        return _qr_image(value.text, run, place)
    path = _path(value.path, run, place)
    if path is None:
        return None
    image = read_image(path.read_bytes()) if path.stat().st_size <= _MAX_BYTES else None
    if image is None:
        run.add("picture-unreadable", place, path=value.path)
    return image


def _qr_image(text: str, run: Run, place: Place) -> Image | None:
    if len(text.encode(errors="replace")) > _MAX_QR:
        run.add("qr-too-long", place, length=len(text), limit=_MAX_QR)
        return None
    return read_image(_qr_png(text.encode(errors="replace").decode()))


@lru_cache(maxsize=64)
def _qr_png(text: str) -> bytes:
    import segno  # takes as long to load as the rest of the engine; few templates draw codes

    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="png", scale=10, border=4)
    return out.getvalue()


def _path(given: str, run: Run, place: Place) -> Path | None:
    """The file a path of the data means; it must lie in the data's folder or below."""
    base = (run.base or Path()).resolve()
    if Path(given).is_absolute() or PureWindowsPath(given).drive:
        run.add("picture-outside", place, path=given)
        return None
    try:
        path = (base / given.replace("\\", "/")).resolve()
        inside, there = path.is_relative_to(base), path.is_file()
    except (OSError, ValueError):
        inside, there = True, False
    if not inside or not there:
        run.add("picture-missing" if inside else "picture-outside", place, path=given)
        return None
    return path


def read_image(data: bytes) -> Image | None:
    """The picture in these bytes; None when they are no PNG, JPEG or GIF."""
    try:
        if data.startswith(b"\x89PNG\r\n\x1a\n"):
            return _sized(data, "png", struct.unpack_from(">LL", data, 16))
        if data[:6] in (b"GIF87a", b"GIF89a"):
            return _sized(data, "gif", struct.unpack_from("<HH", data, 6))
        if data.startswith(b"\xff\xd8"):
            return _sized(data, "jpeg", _jpeg_size(data))
    except struct.error:
        return None
    return None


def _sized(data: bytes, kind: str, size: tuple[int, ...]) -> Image | None:
    width, height = size
    return Image(data, kind, width, height) if width and height else None


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while True:
        marker, length = struct.unpack_from(">xBH", data, at)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + length


def embed(package: Package, part: str, image: Image, folder: str) -> str:
    """Put a picture into the package once; gives the relationship id in ``part``.

    ``folder`` is ``word/media`` and its like.
    """
    digest = hashlib.sha256(image.data).hexdigest()[:16]
    name = f"{folder}/picture-{digest}.{image.kind}"
    if name not in package:
        package.write(name, image.data)
        package.set_default_type(image.kind, _TYPES[image.kind])
    for relation in package.rels(part):
        if relation.target == name and relation.word == "image":
            return relation.id
    return package.add_rel(part, "image", name)


def fitted(image: Image, box: tuple[int, int]) -> tuple[int, int]:
    """The largest size with the picture's proportions inside a box (same unit)."""
    width, height = box
    scale = min(width / image.width, height / image.height)
    return max(1, round(image.width * scale)), max(1, round(image.height * scale))


def filling(image: Image, box: tuple[int, int]) -> tuple[int, int, int, int]:
    """What to cut off left, top, right, bottom so that the picture fills a box, in 1/1000 %."""
    width, height = box
    shown = min(1.0, (width / height) * (image.height / image.width))
    tall = min(1.0, (height / width) * (image.width / image.height))
    side, top = round((1 - shown) / 2 * _WHOLE), round((1 - tall) / 2 * _WHOLE)
    return side, top, side, top
