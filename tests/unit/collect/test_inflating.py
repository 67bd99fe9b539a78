"""Small members unpacked at once hold what ``zipfile`` reads of them, or are left to it."""

from __future__ import annotations

import importlib.util
import io
import sys
import zipfile
import zlib
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from returned_files import ros

from toolkit.collect.opening import inflating
from toolkit.collect.opening.listing import listing


@pytest.fixture(params=["as installed", "zlib alone"])
def unpacking(request: pytest.FixtureRequest) -> ModuleType:
    """A copy of the module with the library installed here, or as it is where only zlib is."""
    spec = importlib.util.spec_from_file_location("copied", inflating.__file__)
    assert spec
    assert spec.loader
    copied = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "zlib alone":
            patch.setitem(sys.modules, "isal", None)
        spec.loader.exec_module(copied)
    return copied


def test_every_small_member_is_what_the_library_reads(unpacking: ModuleType) -> None:
    members = listing(ros())
    assert members
    small = [one for one in members if one.compress_size <= unpacking.MOST_PACKED]
    with zipfile.ZipFile(io.BytesIO(ros())) as archive:
        read = [archive.read(one.filename) for one in small]
    assert [unpacking.plainly(ros(), one) for one in small] == read
    assert len(small) > len(members) / 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0), byte=st.integers(0, 255))
def test_a_damaged_member_is_never_read_otherwise(
    unpacking: ModuleType, place: int, byte: int
) -> None:
    content = b"<row r='7'>" + bytes(range(256)) * 3 + b"</row>" * 40
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = bytearray(packer.compress(content) + packer.flush())
    packed[place % len(packed)] = byte
    told = zipfile.ZIP_DEFLATED, len(content), zlib.crc32(content)
    assert unpacking.content_of(bytes(packed), *told) in (None, content)


def test_more_than_is_told_is_not_read(unpacking: ModuleType) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(bytes(1 << 20)) + packer.flush()
    told = zlib.crc32(bytes(100))
    assert unpacking.content_of(packed, zipfile.ZIP_DEFLATED, 100, told) is None
