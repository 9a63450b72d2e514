"""Made-up bad input, each piece from its own number: broken workbooks, odd cells, broken texts, broken report.json."""

from __future__ import annotations

import datetime
import io
import json
import random
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

from bench.filled import filled
from gia_xlsx.form import Form, form_names, load_form
from gia_xlsx.narrative import offered, placeholders
from gia_xlsx.numerals import read_number
from gia_xlsx.organ import organ_types
from gia_xlsx.publish.data import render_json
from gia_xlsx.report import Cover, Fact, Paragraph, Report, Source
from gia_xlsx.workbook.write import write_workbook

ROOT = Path(__file__).parents[1]

# --- words and numbers --------------------------------------------------------------------------------------------

_SIGNS = "0123456789０１２３４５６７８９一二三〇.,，。、-−—–/＋+±eE%％()（）<>&'\"#=：: _\\"
_SPACES = "\u00a0\u3000\u200b\u200e\u2028\ufeff\u00ad\t\r\n\x00\x07\x1b\x7f\x85\ufffe\uffff"
_WORDS = (
    *("件", "项", "个", "万元", "亿元", "元", "万", "%", "增", "减少", "约", "余", "无", "N/A", "不适用", "空"),
    *("#REF!", "#VALUE!", "#DIV/0!", "#N/A", "TRUE", "1e3", "1E999", "NaN", "inf", "²", "①", "Ⅻ", "٣", "🀄", "é"),
    *("_x000D_", "_xD800_", "_xFFFF_", "=1+1", "@SUM(A1)", "<b>", "]]>", "</script>", "{{ 年度 }}", "{% 完 %}", "../"),
)
_NUMBERS = ("1,024", "397265元", "39.7265", "1,02", "+5", "--5", "1.0", "0x10", "9" * 20, "9" * 5000, "0" * 400, "1e-9")


def words(draw: random.Random, longest: int = 12) -> str:
    """Signs, spaces, units and worse, most often a few, now and then as many as a cell holds."""
    if draw.random() < 0.01:
        piece: str = draw.choice((*_WORDS, *_SIGNS))
        return (piece * 32_768)[: draw.choice((32_767, 32_768, 5_000))]
    sources: tuple[Sequence[str], ...] = (_SIGNS, _SIGNS, _WORDS, _NUMBERS, _SPACES)
    return "".join(draw.choice(draw.choice(sources)) for _ in range(draw.randrange(longest)))


def value(draw: random.Random) -> object:
    """What a spreadsheet, a page or a JSON file may hold in one cell."""
    kinds: tuple[Callable[[], object], ...] = (
        lambda: words(draw),
        lambda: words(draw, 5),
        lambda: draw.choice(_NUMBERS),
        lambda: None,
        lambda: draw.choice((True, False)),
        lambda: draw.choice((0, 1, -1, 10**12, 10**12 + 1, -(10**30), 10**400, draw.randrange(-9, 999))),
        lambda: draw.choice((0.1 + 0.2, -0.0, 1e308, 5e-324, float("nan"), float("inf"), -float("inf"), 2.5, 1e15)),
        lambda: Decimal(draw.choice(("NaN", "sNaN", "Infinity", "-0", "1E+999", "1E-999", "0.00001", "12.34"))),
        lambda: draw.choice((datetime.date(2024, 1, 1), datetime.datetime.max, datetime.time(), datetime.timedelta(9))),
    )
    return draw.choice(kinds)()


@cache
def sound_report(form: str, number: int) -> Report:
    return filled(load_form(form), number)


def report(draw: random.Random) -> Report:
    """A balanced report in which some cells, the cover and the text have become something else."""
    form = load_form(draw.choice(form_names()))
    sound = sound_report(form.form, draw.randrange(20))
    facts = dict(sound.facts)
    for key in draw.sample(list(facts), draw.choice((1, 2, 5, 30, len(facts)))):
        raw = value(draw)
        read = read_number(raw, form.cells[key])
        stood = "" if raw is None else f"{raw:.40g}" if isinstance(raw, float) else _shown(raw)
        facts[key] = Fact(key, read.value, stood, facts[key].place, read.flaw, read.read_as, draw.choice(list(Source)))
    paragraphs = tuple(
        Paragraph(section.key, words(draw), text(draw, form)) for section in form.sections if draw.random() < 0.3
    )
    cover = replace(sound.cover, blank_is_zero=draw.random() < 0.5)
    if draw.random() < 0.3:
        year = draw.choice((None, 2019, 2020, 2024, 2099, 1900))
        kind, scope = draw.choice(("", *organ_types())), draw.choice(("", "self", "aggregate"))
        unread = {"year": words(draw)} if year is None else {}
        cover = Cover(
            words(draw), kind, year, scope, words(draw), words(draw), date=words(draw), places=cover.places, raw=unread
        )
    previous = sound_report(draw.choice(form_names()), draw.randrange(20)) if draw.random() < 0.2 else None
    return replace(sound, facts=facts, cover=cover, paragraphs=(*sound.paragraphs, *paragraphs), previous=previous)


def _shown(raw: object) -> str:
    return f"{raw:x}" if isinstance(raw, int) and abs(raw) > 10**300 else str(raw)


# --- texts with placeholders --------------------------------------------------------------------------------------

_BRACES = (
    "{{",
    "}}",
    "{{ ",
    " }}",
    "{%",
    "%}",
    "{% ",
    " %}",
    "{#",
    "#}",
    "{",
    "}",
    "｛｛",
    "｝｝",
    "{%-",
    "-%}",
    "{{{",
    "}}}",
)
_KEYWORDS = (
    "如果", "否则如果", "否则", "完", "且", "或", "非", "等于", "不等于", "大于", "小于等于", "if ", "elif ", "else ",
    "endif", "for i in ", "set ", "raw", "endraw", "macro ", "include ", "is ", "in ", "not ", " and ", " or ",
    "|千分位", "|元", "|占比(", "|attr(", "|safe", "~", "+", "-", "*", "**", "//", "%", "==", "=", "＝", ">=", "≥",
    "!=", "(", ")", "[", "]", ".", "。", ",", "'", '"', "“", "\\", "|", ":", "None", "true", "self", "''.__class__",
    "9999999999999",
)  # fmt: skip


def text(draw: random.Random, form: Form) -> str:
    """A text out of a grammar of braces: sound sentences that were mutilated, or braces and words as they fall."""
    pick = draw.random()
    if pick < 0.4:
        sentence = draw.choice(_offered(form.form))
        return _mutilated(sentence, draw) if draw.random() < 0.9 else sentence
    if pick < 0.43:  # deep, wide or long
        piece = draw.choice(
            (*_BRACES, *_KEYWORDS, "{{ 年度 }}", "{% 如果 年度 %}", "{{((((", "{{ '{{ '}}", "{{ 年度 + ")
        )
        return piece * draw.choice((8, 9, 100, 300, 301, 3000, 32_767 // len(piece) + 1))
    pieces = [
        draw.choice(draw.choice((_BRACES, _KEYWORDS, _names(form.form), _WORDS, _SIGNS)))
        for _ in range(draw.randrange(1, 40))
    ]
    if pick < 0.7:  # what stands within braces that close
        return "".join(f"{{{{ {''.join(pieces[at : at + 4])} }}}}" for at in range(0, len(pieces), 4))
    return "".join(pieces)


@cache
def _offered(form: str) -> Sequence[str]:
    found = {paragraph.text: None for kind in organ_types() for paragraph in offered(load_form(form), kind)}
    return [*found, *(f"本年新收{{{{ {name} }}}}件。" for name in _names(form)[:40])]


@cache
def _names(form: str) -> Sequence[str]:
    names = [placeholder.name for placeholder in placeholders(load_form(form))]
    return [*names, *(part for name in names for part in name.split("."))]


def _mutilated(sound: str, draw: random.Random) -> str:
    for _ in range(draw.randint(1, 4)):
        at = draw.randrange(len(sound) + 1)
        end = min(len(sound), at + draw.choice((0, 1, 1, 2, 10)))
        new = draw.choice(("", sound[at:end] * 2, draw.choice(_BRACES), draw.choice(_KEYWORDS), draw.choice(_SIGNS)))
        sound = sound[:at] + new + sound[end:]
    return sound


# --- workbooks ----------------------------------------------------------------------------------------------------

Parts = dict[str, bytes]


@cache
def sound_workbooks() -> Sequence[bytes]:
    """Filled workbooks of each form, and two real ones."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        for name in form_names():
            sound, path = sound_report(name, 1), Path(folder) / f"{name}.xlsx"
            write_workbook(path, sound.form, sound.cover, report=sound)
            found.append(path.read_bytes())
    return [*found, *(path.read_bytes() for path in sorted((ROOT / "workbooks" / "examples").glob("*.xlsx"))[:2])]


@cache
def _parts(book: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def converted(folder: Path) -> list[Path]:
    """The same workbook as .ods and .xls; empty where there is no LibreOffice."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        return []
    source = folder / "filled.xlsx"
    source.write_bytes(sound_workbooks()[-1])
    profile = (folder / "profile").as_uri()
    for target in ("ods", "xls:MS Excel 97"):
        command = [program, f"-env:UserInstallation={profile}", "--headless", "--convert-to", target, "--outdir"]
        subprocess.run([*command, str(folder), str(source)], check=True, capture_output=True, timeout=180)
    return [folder / "filled.ods", folder / "filled.xls"]


def workbook(draw: random.Random, others: Mapping[str, bytes]) -> tuple[str, bytes]:
    """A file name and its bytes. ``others``: .ods and .xls to break too, by their endings; they are slow to read."""
    if others and draw.random() < 0.04:
        ending = draw.choice(list(others))
        if ending == ".ods" and draw.random() < 0.7:
            return "坏.ods", _broken_parts(_parts(others[ending]), draw, ("content.xml",))
        return f"坏{ending}", _bytes(others[ending], draw)
    book = draw.choice(sound_workbooks())
    pick = draw.random()
    if pick < 0.1:
        return "坏.xlsx", _bytes(book, draw)
    if pick < 0.25:
        return "坏.xlsx", _headers(book, draw)
    return "坏.xlsx", _broken_parts(_parts(book), draw)


def _broken_parts(parts: Parts, draw: random.Random, often: Sequence[str] = ()) -> bytes:
    """The parts packed anew, one to four of them changed; sheets most of all, with what names and formats them."""
    parts = dict(parts)
    sheets = often or [name for name in parts if name.startswith("xl/worksheets/sheet")]
    for _ in range(draw.choice((1, 1, 2, 4))):
        name = draw.choice(draw.choice((sheets, sheets, sheets, list(parts))))
        if name not in parts:
            continue
        pick = draw.random()
        if pick < 0.03:
            del parts[name]
        elif pick < 0.06:
            parts[name] = parts[draw.choice(list(parts))]
        elif pick < 0.08:
            parts[draw.choice(("xl/worksheets/sheet1.xml", "../x.xml", f"{name}\0", name.upper()))] = parts.pop(name)
        elif pick < 0.2:
            parts[name] = _bytes(parts[name], draw)
        else:
            for _ in range(draw.choice((1, 1, 3, 20))):
                parts[name] = draw.choice(_XML)(parts[name], draw)
    stream = io.BytesIO()
    with zipfile.ZipFile(
        stream, "w", draw.choice((zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
    ) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return stream.getvalue()


def _bytes(data: bytes, draw: random.Random) -> bytes:
    """Bytes flipped, cut off, cut out, doubled or made zero."""
    changed = bytearray(data)
    pick = draw.random()
    if pick < 0.5 and changed:
        for _ in range(draw.choice((1, 3, 30, 300))):
            changed[draw.randrange(len(changed))] = draw.choice((0, 255, draw.randrange(256)))
        return bytes(changed)
    at = draw.randrange(len(data) + 1)
    end = min(len(data), at + draw.choice((1, 16, 512, 100_000)))
    return draw.choice(
        (data[:at], data[:at] + data[end:], data[:end] + data[at:], data[:at] + bytes(end - at) + data[end:])
    )


def _headers(book: bytes, draw: random.Random) -> bytes:
    """A zip whose headers lie: versions, flags, methods, sizes, offsets, names."""
    changed = bytearray(book)
    marks = [m.start() for m in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", book)]
    for _ in range(draw.choice((1, 1, 3, 10))):
        at = draw.choice(marks) + draw.randrange(4, 60)
        width = draw.choice((1, 2, 4))
        if at + width <= len(changed):
            changed[at : at + width] = draw.choice(
                (bytes(width), b"\xff" * width, draw.randbytes(width), b"\x01\0\0\0"[:width])
            )
    return bytes(changed)


_TAG = re.compile(rb"<[^<>]{1,300}>")
_ELEMENT = re.compile(rb"<([\w:]{1,40})(?:\s[^<>]*)?(?:/>|>(?:(?!<\1\b).){0,3000}?</\1>)", re.DOTALL)
_ATTRIBUTE = re.compile(rb'([\w:]{1,40})="([^"<>]*)"')
_CELL_VALUE = re.compile(rb"<v>[^<]*</v>|<t[^>]*>[^<]*</t>|office:value=\"[^\"]*\"")
_ODD = (
    "", " ", "0", "-1", "1", "2", "65536", "1048577", "4294967296", "999999999999999999999", "NaN", "1e400", "2.5",
    "true", "x", "XFD1048576", "A0", "A1", "C5", "ZZZZ9", "$A$1", "a1", "A1:XFD1048576", "A5:B9", "A1:A1048576",
    "C7:E6", "&#0;", "&#xD800;", "&bogus;", "&lt;", "é", "封面", "e", "s", "str", "inlineStr", "d", "b", "n",
    "shared", "array", "veryHidden", "[1]x!A1", "_xD800_", "../../etc/passwd", "gia-xlsx/1/2021/requests",
    "gia-xlsx/9/2021/cases", "gia-xlsx/1/1999/cover",
)  # fmt: skip
_INSERTS = (
    *(b"<row r='9'>", b"<row/>", b"</row>", b"<c/>", b"<sheetData>", b"</sheetData>", b"</worksheet>", b"<![CDATA["),
    *(b'<c r="B6"><v>7</v></c>', b'<c r="XFD1048576" t="s"><v>0</v></c>', b"<x:c xmlns:x='y'/>", b"\xef\xbb\xbf"),
    *(b'<c r="B7" t="inlineStr"><is><t>x</t></is></c>', b'<row r="1048576"><c r="A1048576"><f>1+1</f></c></row>'),
    *(b'<c r="C8" t="e"><v>#REF!</v></c>', b'<c r="D8" t="d"><v>2024-13-99</v></c>', b'<c r="E8" t="s"><v>-5</v></c>'),
    *(b"<f>SUM(A1:XFD1048576)</f>", b'<f t="shared" si="0"/>', b'<f t="array" ref="A1:XFD9">1</f>', b"<v>1e999</v>"),
    *(b'<mergeCells><mergeCell ref="A1:XFD1000"/></mergeCells>', b'<mergeCell ref="C5:H12"/>', b"]]>", b"<?x?>"),
    *(b'<col min="1" max="99999" hidden="1"/>', b"<!DOCTYPE x>", b"<!-- -- -->", b'<dimension ref="A1"/>', b"\xff"),
    *(b"\0", b"<is><r><t>1</t></r></is>", b"&amp"),
)  # fmt: skip


def _spots(pattern: re.Pattern[bytes], data: bytes, draw: random.Random, most: int = 40) -> list[re.Match[bytes]]:
    """Up to so many matches from some place on; none where there are none."""
    found = []
    for match in pattern.finditer(data, draw.randrange(len(data) + 1)):
        found.append(match)
        if len(found) == most:
            break
    return found


def _element(data: bytes, draw: random.Random) -> bytes:
    """An element deleted, doubled, many times over, or changing places with another; now and then only its tag."""
    found = _spots(_ELEMENT if draw.random() < 0.9 else _TAG, data, draw)
    if not found:
        return data
    one = draw.choice(found)
    start, end = one.span()
    pick = draw.random()
    if pick < 0.3:
        return data[:start] + data[end:]
    if pick < 0.6:
        return data[:end] + one[0] * draw.choice((1, 1, 2, 1000)) + data[end:]
    other = draw.choice(found)
    first, last = sorted((one, other), key=lambda match: match.start())
    if first.end() > last.start():
        return data
    return data[: first.start()] + last[0] + data[first.end() : last.start()] + first[0] + data[last.end() :]


def _attribute(data: bytes, draw: random.Random) -> bytes:
    found = _spots(_ATTRIBUTE, data, draw)
    if not found:
        return data
    one = draw.choice(found)
    pick = draw.random()
    new = b"" if pick < 0.15 else one[1] + b'="' + draw.choice(_ODD).encode() + b'"'
    return data[: one.start()] + new + (b" " + one[0] if pick > 0.93 else b"") + data[one.end() :]


def _content(data: bytes, draw: random.Random) -> bytes:
    """What a cell holds replaced by a number or word that it should not."""
    found = _spots(_CELL_VALUE, data, draw)
    if not found:
        return data
    one = draw.choice(found)
    new = draw.choice((draw.choice(_ODD), words(draw).replace("<", ""))).encode("utf-8", "replace")
    return (
        data[: one.start()]
        + re.sub(rb"([>\"])[^<\"]*(<|\"$)", lambda m: m[1] + new + m[2], one[0], count=1)
        + data[one.end() :]
    )


def _insert(data: bytes, draw: random.Random) -> bytes:
    found = _spots(_ELEMENT, data, draw)
    at = draw.choice(found).start() if found else 0
    return data[:at] + draw.choice(_INSERTS) * draw.choice((1, 1, 1, 500)) + data[at:]


_XML = (_element, _attribute, _attribute, _content, _content, _insert)

# --- report.json --------------------------------------------------------------------------------------------------


@cache
def _data(form: str) -> str:
    return render_json(sound_report(form, 1)).decode()


def data(draw: random.Random) -> bytes:
    """A ``report.json`` with a few of its values replaced by others of any kind, or its bytes broken."""
    source = _data(draw.choice(form_names()))
    if draw.random() < 0.2:
        return _bytes(source.encode(), draw)
    tree = json.loads(source)
    for _ in range(draw.choice((1, 1, 2, 5))):
        node = tree
        while True:
            key = draw.choice(list(node) if isinstance(node, dict) else range(len(node)))
            if isinstance(node[key], dict | list) and node[key] and draw.random() < 0.8:
                node = node[key]
                continue
            node[key] = _json(draw)
            break
        if draw.random() < 0.1:
            node.pop(key)
        if not tree:
            break
    return json.dumps(tree, ensure_ascii=draw.random() < 0.5).encode("utf-8", "surrogatepass")


def _json(draw: random.Random) -> object:
    return draw.choice(
        (
            None,
            True,
            0,
            -1,
            10**12,
            10**30,
            1.5,
            float("nan"),
            "",
            "\ud800",
            [],
            {},
            [[]] * 9,
            "2021",
            words(draw),
            "1E5",
        )
    )
