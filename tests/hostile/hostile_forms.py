"""Hostile and damaged Word forms.

In: a sound survey as a form. Out: Cases: nested controls, fields that fetch, templates and
documents elsewhere, dangerous XML, texts with things in them no text should hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from hostile_case import Case, adding, form, in_part, linked, rejected
from hostile_values import INJECTED
from hostile_workbooks import LAUGHS, XXE
from returned_files import packed, unpacked

BODY = "word/document.xml"
RELS = "word/_rels/document.xml.rels"
SETTINGS = "word/_rels/settings.xml.rels"
WORKS = ("form", "", "f.works_well")


def forms() -> Iterator[Case]:
    """Every case of this kind."""
    yield from _markup()
    yield from _nested()
    yield from _left_alone()
    yield from _texts()
    yield from _damage()


@cache
def body() -> str:
    """The body of a sound form."""
    return unpacked(form())[BODY].decode()


def with_body(text: str) -> bytes:
    """The form with another body."""
    return adding(form(), {BODY: text.encode("utf-8", "surrogatepass")})


def at_end(xml: str) -> bytes:
    """The form with something more at the end of its body."""
    at = body().rindex("<w:sectPr")
    return with_body(body()[:at] + xml + body()[at:])


def _read(name: str, data: bytes, *told: str) -> Case:
    spot = ("info", "", "f.respondent_role")
    return Case(name, data, told=frozenset(told), values={spot: "employee"})


def _markup() -> Iterator[Case]:
    for kind, declared in (("xxe", XXE), ("latter", LAUGHS)):
        for where in (BODY, "docProps/custom.xml", "word/styles.xml", "customXml/item1.xml"):
            name = f"dtd-{kind}-{where.rpartition('/')[2].removesuffix('.xml')}.docx"
            text = unpacked(form()).get(where, b"<?xml version='1.0'?><x/>").decode()
            end = text.index("?>") + 2
            data = adding(form(), {where: (text[:end] + declared + text[end:]).encode()})
            yield rejected(name, data, "file-doctype")
    utf16 = body().replace("UTF-8", "UTF-16").encode("utf-16")
    yield _read("kropp-i-utf16.docx", adding(form(), {BODY: utf16}))
    bom = b"\xef\xbb\xbf" + body().encode()
    yield _read("kropp-med-bom.docx", adding(form(), {BODY: bom}))
    for name, bad in (("ugyldig-utf8.docx", b"\xff\xfe"), ("nulltegn.docx", b"\0"),
                      ("kontrolltegn.docx", b"\x01"), ("entitet.docx", b"&e;")):  # fmt: skip
        data = body().encode()
        at = data.index(b"</w:t>")
        yield rejected(name, adding(form(), {BODY: data[:at] + bad + data[at:]}), "file-damaged")


def _nested() -> Iterator[Case]:
    open_, close = "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"
    inner = "<w:p><w:r><w:t>dypt</w:t></w:r></w:p>"
    for depth, reason in ((1_000, "file-too-deep"), (130, "file-too-deep")):
        data = at_end(open_ * depth + inner + close * depth)
        yield rejected(f"kontroller-{depth}.docx", data, reason)
    yield _read("kontroller-100.docx", at_end(open_ * 100 + inner + close * 100))
    table = "<w:tbl><w:tr><w:tc>{}<w:p/></w:tc></w:tr></w:tbl>"
    deep = inner
    for _ in range(60):
        deep = table.format(deep)
    yield _read("tabeller-i-tabeller-60.docx", at_end(deep))
    for _ in range(60):
        deep = table.format(deep)
    yield rejected("tabeller-i-tabeller-120.docx", at_end(deep), "file-too-deep")
    custom = '<w:customXml w:element="x">' * 300 + "</w:customXml>" * 300
    yield rejected("custom-xml-dypt.docx", at_end(custom), "file-too-deep")
    one = "<w:p><w:r><w:t>{:x}</w:t></w:r></w:p>"
    many = "".join(one.format(n * 7919 % 65521) for n in range(20_000))
    yield _read("mange-avsnitt.docx", at_end(many))
    lost = body().replace('<w:tag w:val="d16.works_well"/>', "", 1)
    lost = lost.replace('<w:alias w:val="Hva fungerer?"/>', "", 1)
    at, long = lost.rindex("<w:sectPr"), "ordet er langt " * 10_000
    paragraph = f"<w:p><w:r><w:t>{long}</w:t></w:r></w:p>"
    yield _read("avsnitt-langt.docx", with_body(lost[:at] + paragraph + lost[at:]))
    spread = "".join(f"<w:r><w:t>{n % 7}</w:t></w:r>" for n in range(4_000))
    yield _read("mange-løp.docx", at_end(f"<w:p>{spread}</w:p>"))
    one = '<w:sdt><w:sdtPr><w:tag w:val="d16.people_1"/></w:sdtPr><w:sdtContent>{}</w:sdtContent>'
    twice = one.format("<w:p><w:r><w:t>annet</w:t></w:r></w:p>") + "</w:sdt>"
    yield _read("kontroll-to-ganger.docx", at_end(twice))


FIELD = (
    '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{}</w:instrText></w:r>'
    '<w:r><w:instrText> {}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
)


def _left_alone() -> Iterator[Case]:
    fields = {
        "INCLUDETEXT": ('"file:///etc/passwd"', "has-remote-parts"),
        "INCLUDEPICTURE": ('"http://127.0.0.1:9/x.png"', "has-remote-parts"),
        "DDEAUTO": ("c:\\\\windows\\\\cmd.exe '/k calc'", "has-dde"),
        "DDE": ("cmd '/k calc'", "has-dde"),
        "DATABASE": ('\\d "x.mdb"', "has-connections"),
    }
    for word, (rest, code) in fields.items():
        yield _read(f"felt-{word}.docx", at_end(FIELD.format(word, rest)), code)
    split = FIELD.format("INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT", '"x"')
    yield _read("felt-delt-opp.docx", at_end(split), "has-remote-parts")
    simple = (
        '<w:p><w:fldSimple w:instr=" DDEAUTO cmd calc"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>'
    )
    yield _read("felt-enkelt.docx", at_end(simple), "has-dde")
    links = {
        "fjern-mal": (SETTINGS, "attachedTemplate", "http://127.0.0.1:9/x.dotm"),
        "mal-på-tjener": (SETTINGS, "attachedTemplate", "\\\\192.0.2.1\\x.dotm"),
        "underdokument": (RELS, "subDocument", "file:///c:/x.docx"),
        "ramme": (RELS, "frame", "http://127.0.0.1:9/"),
        "fjernt-bilde": (RELS, "image", "http://127.0.0.1:9/x.png"),
        "fjernt-objekt": (RELS, "oleObject", "http://127.0.0.1:9/x"),
    }
    for kind, (rels, type, target) in links.items():
        yield _read(f"har-{kind}.docx", linked(form(), rels, type, target), "has-remote-parts")
    file = linked(form(), RELS, "hyperlink", "file://tjener/x.exe")
    yield _read("har-hyperlenke-fil.docx", file, "has-file-links")
    html = adding(form(), {"word/afchunk1.html": b"<script>alert(1)</script>"})
    chunk = linked(html, RELS, "aFChunk", "afchunk1.html", outside=False)
    yield _read("har-altchunk.docx", chunk, "has-objects")
    for kind, part, code in (
        ("makroer", "word/vbaProject.bin", "has-macros"),
        ("ole", "word/embeddings/oleObject1.bin", "has-objects"),
        ("activex", "word/activeX/activeX1.xml", "has-objects"),
    ):
        yield _read(f"har-{kind}.docx", adding(form(), {part: b"<x/>"}), code)


def _texts() -> Iterator[Case]:
    for kind in ("likhetstegn", "kall", "minus", "krøllalfa", "skript", "sql", "format"):
        text = INJECTED[kind]
        data = _answered(text)
        yield Case(f"innsprøyting-{kind}.docx", data, values={WORKS: text})
    long = "".join(f"{n:05x} " for n in range(20_000)).strip()
    yield Case("tekst-120000.docx", _answered(long), values={WORKS: long})
    yield Case("tekst-retning.docx", _answered("\u202eabc"), values={WORKS: "\u202eabc"})


def _answered(text: str) -> bytes:
    """The form with a text in the first open question."""
    at = body().index('w:val="d16.works_well"')
    start = body().index("<w:t", body().index("<w:sdtContent", at))
    begin, end = body().index(">", start) + 1, body().index("</w:t>", start)
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    made = body()[:begin] + escaped + body()[end:]
    prompt = made.index("<w:showingPlcHdr/>", at)
    return with_body(made[:prompt] + made[prompt + len("<w:showingPlcHdr/>") :])


def _damage() -> Iterator[Case]:
    yield rejected("kropp-tom.docx", with_body(""), "file-damaged")
    yield rejected("kropp-annet.docx", with_body("<html><body>Hei</body></html>"), "file-damaged")
    parts = unpacked(form())
    for name in ("word/styles.xml", "word/numbering.xml", "word/settings.xml"):
        left = {key: part for key, part in parts.items() if key != name}
        yield _read(f"uten-{name.rpartition('/')[2].removesuffix('.xml')}.docx", packed(left))
    no_body = {key: part for key, part in parts.items() if key != BODY}
    yield rejected("uten-kropp.docx", packed(no_body), "file-damaged")
    newer = in_part(form(), "docProps/custom.xml", ">d.16<", ">d.99<")
    yield rejected("stempel-annet-dokument.docx", newer, "document-unread")
