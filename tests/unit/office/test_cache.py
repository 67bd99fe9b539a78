"""Compiled templates on disk: the same results, and nothing read that is not our own."""

from __future__ import annotations

import io
import os
import pickle
import zlib

import docx
import pytest
from word_files import data_of, document

from toolkit.finding import TemplateError
from toolkit.office import Localisation, compile
from toolkit.office.cache import _HEAD

POSIX = pytest.mark.skipif(not hasattr(os, "getuid"), reason="owners of files are POSIX's")
DATA = {"name": "Solvik", "xs": [1, 2]}


@pytest.fixture
def template():
    return data_of(document("{{ name | upper }}", "{% for x in xs %}", "{{ x }}", "{% endfor %}"))


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "templates"


def render(template, folder, **settings):
    return compile(template, cache=folder, **settings).render(DATA)


def kept(folder):
    return sorted(folder.iterdir()) if folder.exists() else []


def test_the_second_run_reads_what_the_first_kept(template, folder):
    first = render(template, folder)
    (file,) = kept(folder)
    before = file.stat().st_mtime_ns
    assert render(template, folder) == first == compile(template).render(DATA)
    assert [path.stat().st_mtime_ns for path in kept(folder)] == [before]


def test_trees_that_only_compiling_needed_are_not_kept(folder):
    paper = docx.Document()
    for text in ("{%p for x in xs %}", "{{ x }}", "{%p endfor %}"):
        paper.add_paragraph(text, style="List Number")
    out = io.BytesIO()
    paper.save(out)
    assert render(out.getvalue(), folder)
    (file,) = kept(folder)
    assert b"<w:styles" not in file.read_bytes()


def test_findings_have_their_places_after_reading(template, folder):
    render(template, folder)
    with pytest.raises(TemplateError) as told:
        compile(template, cache=folder, name="a.docx").render({"nme": 1, "xs": []})
    with pytest.raises(TemplateError) as again:
        compile(template, cache=folder, name="a.docx").render({"nme": 1, "xs": []})
    assert [f.line() for f in again.value.findings] == [f.line() for f in told.value.findings]


@pytest.mark.parametrize(
    "other",
    [
        {"name": "b.docx"},
        {"theme": {"accent1": "112233"}},
        {"localisation": Localisation(tag="fi-FI")},
        {"filters": {"shout": str.upper}},
        {"lenient": True},
        {"globals": {"t": len}},
    ],
)
def test_other_settings_have_a_program_of_their_own(template, folder, other):
    render(template, folder)
    render(template, folder, **other)
    assert len(kept(folder)) == 2


def test_functions_without_a_name_are_not_kept(template, folder):
    render(template, folder, localisation=Localisation(text=str.upper))
    assert kept(folder) == []
    render(template, folder, localisation=Localisation(text=str.upper, key="upper"))
    assert len(kept(folder)) == 1


def test_a_faulty_template_is_told_each_time(folder):
    data = data_of(document("{% for x in xs %}"))
    for _ in range(2):
        with pytest.raises(TemplateError):
            compile(data, cache=folder)
    assert kept(folder) == []


@pytest.mark.parametrize("damage", [b"", b"x", _HEAD, _HEAD + b"\0\0\0\0rubbish"])
def test_a_damaged_file_is_written_anew(template, folder, damage):
    first = render(template, folder)
    (file,) = kept(folder)
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert render(template, folder) == first
    assert file.read_bytes()[: len(_HEAD)] == whole[: len(_HEAD)]
    assert len(file.read_bytes()) == len(whole)


class _Hostile:
    def __reduce__(self):
        return os.system, ("echo owned > owned.txt",)


def test_foreign_objects_are_refused(template, folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = render(template, folder)
    (file,) = kept(folder)
    body = pickle.dumps((_Hostile(), {}))
    file.write_bytes(_HEAD + zlib.crc32(body).to_bytes(4, "big") + body)
    assert render(template, folder) == first
    assert not (tmp_path / "owned.txt").exists()
    pickle.loads(body)  # the payload does bite where nothing holds it
    assert (tmp_path / "owned.txt").exists()


@POSIX
@pytest.mark.parametrize("mode", [0o777, 0o722])
def test_a_folder_others_can_write_to_is_left_alone(template, folder, mode):
    first = render(template, folder)
    (file,) = kept(folder)
    file.write_bytes(b"theirs")
    folder.chmod(mode)
    assert render(template, folder) == first
    assert file.read_bytes() == b"theirs"


@POSIX
def test_the_folder_is_made_for_its_owner_alone(template, folder):
    render(template, folder)
    assert folder.stat().st_mode & 0o077 == 0


def test_a_folder_that_cannot_be_made_is_no_fault(template, tmp_path):
    (tmp_path / "file").write_text("x")
    assert render(template, tmp_path / "file") == compile(template).render(DATA)
