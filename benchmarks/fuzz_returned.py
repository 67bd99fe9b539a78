"""Mutations of returned files, each from a random generator and so repeatable.

In: the bytes of a returned file (or of several). Out: the same with something wrong in it: bytes
cut, flipped or swapped; parts gone, doubled, renamed or taken from another file; elements and
attributes that say what no program would write; headers of the zip that lie.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from random import Random

from lxml import etree

Root = etree._Element
Parts = dict[str, bytes]

ODD = (
    *("", "0", "-1", "1", "NaN", "INF", "1e400", "99999999999999999999", "abc", "true", "\u2028"),
    *("A1", "XFD1048576", "A1:XFD1048576", "B5:A1", "$A$0", "AAAA1", "A99999999999", "#REF!"),
    *("s", "e", "b", "d", "inlineStr", "str", "shared", "veryHidden", "rId999", "../x", "row:"),
    *("=1+1", "@SUM(A1)", "31.12.26", "1 250 000,50", "2958466", "-0.5", "x" * 40_000),
    *("2026-13-45T99:99", "PT1H", "1.250.000", "_x0000_", "\u202e", "ja", "²", "١٢", "½"),
)
BYTES = (b"\0", b"\xff", b"<", b"&#0;", b"&x;", b"<!DOCTYPE a>", b"]]>", b"\xed\xa0\x80",
         b"<a>" * 300)  # fmt: skip
INTERESTING = ("sheet", "workbook", "sharedStrings", "styles", "table", "document", "comments",
               "custom", "content", "meta", "Content_Types", ".rels", ".bin")  # fmt: skip


def mutated(data: bytes, others: Sequence[bytes], random: Random) -> bytes:
    """A returned file with one to five things wrong in it."""
    if not data.startswith(b"PK") or random.random() < 0.1:
        return _damaged_often(data, random)
    parts = _read(data)
    for _ in range(random.randint(1, 5)):
        name = _pick(parts, random)
        parts[name] = _part(name, parts[name], random)
    if random.random() < 0.1:
        random.choice(_PACKAGES)(parts, _read(random.choice(others)), random)
    made = _write(parts)
    return _lying(made, random) if random.random() < 0.05 else made


def _read(data: bytes) -> Parts:
    if not data.startswith(b"PK"):
        return {"x.bin": data}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def _pick(parts: Parts, random: Random) -> str:
    pool = [name for name in parts if any(word in name for word in INTERESTING)]
    return random.choice(pool or list(parts))


def _part(name: str, data: bytes, random: Random) -> bytes:
    try:
        root = etree.fromstring(data)
    except (etree.XMLSyntaxError, ValueError):
        return _damaged_often(data, random)
    for _ in range(random.randint(1, 4)):
        random.choices(_CHANGES, weights=_WEIGHTS)[0](root, random)
    out = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return _damaged(out, random) if random.random() < 0.03 else out


# --- bytes ------------------------------------------------------------------------------------


def _damaged_often(data: bytes, random: Random) -> bytes:
    for _ in range(random.choice((1, 1, 2, 5, 20))):
        data = _damaged(data, random)
    return data


def _damaged(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data) + 1)
    end = min(len(data), at + random.randint(0, 40))
    kind = random.randrange(20)
    if kind == 0:
        return data[:at]
    if kind < 3:
        return data[:at] + random.choice(BYTES) + data[at:]
    if kind < 5:
        return data[:at] + data[end:]
    if kind < 7:
        return data[:end] + data[at:]
    noise = random.choice((b"\0", b"\xff", bytes([random.randrange(256)]))) * (end - at)
    return data[:at] + noise + data[end:] if kind < 12 else _flipped(data, random)


def _flipped(data: bytes, random: Random) -> bytes:
    if not data:
        return data
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]


def _lying(data: bytes, random: Random) -> bytes:
    """The headers of the zip changed, not what is in it."""
    tail = max(0, len(data) - 3000)
    at = random.randrange(tail, len(data))
    return data[:at] + bytes(random.randrange(256) for _ in range(2)) + data[at + 2 :]


# --- parts ------------------------------------------------------------------------------------


def _gone(parts: Parts, _others: Parts, random: Random) -> None:
    parts.pop(random.choice(list(parts)))


def _renamed(parts: Parts, _others: Parts, random: Random) -> None:
    name = random.choice(list(parts))
    parts[random.choice((name.upper(), f"../{name}", f"/{name}", f"x/{name}"))] = parts.pop(name)


def _swapped(parts: Parts, _others: Parts, random: Random) -> None:
    one, two = random.choice(list(parts)), random.choice(list(parts))
    parts[one], parts[two] = parts[two], parts[one]


def _foreign(parts: Parts, others: Parts, random: Random) -> None:
    name = random.choice(list(others))
    parts[name] = others[name]


_PACKAGES: tuple[Callable[[Parts, Parts, Random], None], ...] = (
    _gone, _renamed, _swapped, _foreign,
)  # fmt: skip


# --- elements ---------------------------------------------------------------------------------


def _element(root: Root, random: Random) -> Root:
    return random.choice([item for item in root.iter() if isinstance(item.tag, str)])


def _drop(root: Root, random: Random) -> None:
    item = _element(root, random)
    above = item.getparent()
    if above is not None:
        above.remove(item)


def _double(root: Root, random: Random) -> None:
    item = _element(root, random)
    text = etree.tostring(item, with_tail=False)
    if item.getparent() is not None and len(text) < 20_000:
        for _ in range(random.choice((1, 1, 1, 50))):
            item.addnext(etree.fromstring(text))


def _move(root: Root, random: Random) -> None:
    item, other = _element(root, random), _element(root, random)
    if item is not root and item is not other and item not in other.iterancestors():
        other.append(item)


def _attribute(root: Root, random: Random) -> None:
    item = _element(root, random)
    if item.attrib:
        name = random.choice(list(item.attrib))
        if random.random() < 0.1:
            del item.attrib[name]
        else:
            item.set(name, random.choice(ODD))


def _text(root: Root, random: Random) -> None:
    texts = [item for item in root.iter() if isinstance(item.tag, str) and item.text]
    item = random.choice(texts) if texts else root
    item.text = random.choice(ODD)


def _name(root: Root, random: Random) -> None:
    _element(root, random).tag = _element(root, random).tag


def _wrap(root: Root, random: Random) -> None:
    """An element inside many of its kind."""
    item = _element(root, random)
    above = item.getparent()
    if above is not None:
        at = above.index(item)
        for _ in range(random.choice((1, 3, 60))):
            outer = etree.Element(item.tag)
            outer.append(item)
            item = outer
        above.insert(at, item)


_CHANGES: tuple[Callable[[Root, Random], None], ...] = (
    _drop, _double, _move, _attribute, _text, _name, _wrap,
)  # fmt: skip
_WEIGHTS = (3, 3, 3, 8, 6, 2, 1)
