"""What Word shows of a file is what is read of it: text, counted numbers, tables; and a harmful file is refused."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import docx
import pytest

from gia_xlsx.errors import GiaError
from gia_xlsx.intake.docx import MOST_PARAGRAPHS, read_docx
from gia_xlsx.intake.html import read_html
from gia_xlsx.intake.source import Line, Origin, Source, Table
from gia_xlsx.publish import Edition, rendered
from tests.seeds import SEEDS, load_seed, raw_cells
from tests.test_intake_html import LONG, grid, placed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
SPACES = 'xmlns:mc="m" xmlns:wps="s" xmlns:v="v"'


def part(tag: str, content: str, namespace: str = W) -> str:
    return f'<w:{tag} xmlns:w="{namespace}" {SPACES}>{content}</w:{tag}>'


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def read(body: str, **parts: str) -> Source:
    """A document of this body; further parts by the tag of their root (``styles``, ``numbering``, ``hdr``, ``ftr``)."""
    names = {"styles": "styles", "numbering": "numbering", "hdr": "header1", "ftr": "footer2"}
    others = {f"word/{names[tag]}.xml": part(tag, content) for tag, content in parts.items()}
    return read_docx(packed({"word/document.xml": part("document", f"<w:body>{body}</w:body>"), **others}), "报告.docx")


def r(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def p(content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}</w:p>"


def tc(text: str = "", properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(r(text))}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def lines(source: Source) -> list[Line]:
    return [block for block in source.blocks if isinstance(block, Line)]


def texts(source: Source) -> list[str]:
    return [line.text for line in lines(source)]


BOLD = "<w:b/>"
RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


# --- text ---------------------------------------------------------------------------------------------------------


def test_a_document_made_by_python_docx() -> None:
    document = docx.Document()
    document.core_properties.title, document.core_properties.author = "年度报告", "某局"
    document.add_heading("一、总体情况", 1)
    document.add_paragraph().add_run("主动公开。").bold = True
    document.paragraphs[-1].add_run("全年公开信息。")
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "甲"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "乙"
    table.cell(1, 1).text, table.cell(1, 2).text = "1", "2"
    stream = io.BytesIO()
    document.save(stream)
    source = read_docx(stream.getvalue(), "报告.docx")
    heading, paragraph, grid_ = source.blocks
    assert (source.kind, source.meta) == ("Word 文档", {"title": "年度报告", "organ": "某局"})
    assert isinstance(heading, Line) and (heading.text, heading.level) == ("一、总体情况", 1)
    assert isinstance(paragraph, Line) and (paragraph.lead, paragraph.level, paragraph.origin) == (5, 0, Origin(line=2))
    assert isinstance(grid_, Table) and grid(grid_) == [list("甲乙乙"), list("甲12")]


def test_text_and_signs_of_a_paragraph() -> None:
    content = (
        r("新收")
        + "<w:r><w:tab/><w:t>3</w:t><w:noBreakHyphen/><w:sym/><w:br/><w:t xml:space='preserve'> 件 </w:t></w:r>"
    )
    content += (
        "<w:hyperlink><w:r><w:t>网址</w:t></w:r></w:hyperlink><w:r><w:cr/></w:r><w:smartTag>"
        + r("末")
        + "</w:smartTag>"
    )
    assert texts(read(p(content) + p("") + p(r("\u3000")))) == ["新收\t3-", "件 网址", "末"]


def test_revisions_fields_and_hidden_text() -> None:
    content = (
        "<w:del><w:r><w:delText>旧</w:delText></w:r></w:del><w:moveFrom>" + r("旧") + "</w:moveFrom><w:ins>" + r("新")
    )
    content += "</w:ins><w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple w:instr='X'>" + r("5") + "</w:fldSimple>"
    content += r("藏", "<w:vanish/>") + "<w:r><w:footnoteReference/></w:r>"
    assert texts(read(p(content) + f"<w:ins>{p(r('插'))}</w:ins><w:del>{p(r('删'))}</w:del>")) == ["新5", "插"]
    deleted = tbl(tr(tc("1"), tc("2")), tr(tc("3"), tc("4"), properties="<w:del/>"))
    assert grid(read(deleted).tables[0]) == [["1", "2"]]


def test_text_boxes_follow_their_paragraph_once() -> None:
    box = f"<wps:txbx><w:txbxContent>{p(r('框'))}{tbl(tr(tc('1'), tc('2')))}</w:txbxContent></wps:txbx>"
    twice = f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    drawn = f"<mc:AlternateContent>{twice}</mc:AlternateContent>"
    source = read(p(r("前") + f"<w:r>{drawn}</w:r>" + r("后")) + p(r("尾")))
    assert texts(source) == ["前后", "框", "尾"] and len(source.tables) == 1
    old = f"<v:shape><v:textbox><w:txbxContent>{p(r('旧框'))}</w:txbxContent></v:textbox></v:shape>"
    assert texts(read(p(f"<w:r><w:pict>{old}</w:pict></w:r>"))) == ["旧框"]


def test_readings_over_characters_are_dropped_and_said() -> None:
    ruby = f"<w:r><w:ruby><w:rt>{r('zhèng')}</w:rt><w:rubyBase>{r('政')}</w:rubyBase></w:ruby></w:r>"
    source = read(p(ruby + r("府")))
    assert (texts(source), source.notes) == (["政府"], (("去掉注音 1 处", Origin()),))


STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 2"/></w:style>
<w:style w:type="paragraph" w:styleId="o"><w:name w:val="我的"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="oo"><w:name w:val="其次"/><w:basedOn w:val="o"/></w:style>
<w:style w:type="paragraph" w:styleId="x"><w:name w:val="圈"/><w:basedOn w:val="y"/></w:style>
<w:style w:type="paragraph" w:styleId="y"><w:name w:val="圈"/><w:basedOn w:val="x"/></w:style>
<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="n"><w:name w:val="编号"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>
</w:style>
<w:style w:type="paragraph" w:styleId="bp"><w:name w:val="粗段"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="b"><w:name w:val="粗"/><w:rPr><w:b/></w:rPr></w:style>"""


def test_levels_of_headings() -> None:
    styled = [("1", 1), ("2", 2), ("o", 3), ("oo", 3), ("a", 0), ("x", 0), ("没有", 0)]
    source = read("".join(p(r("节"), f'<w:pStyle w:val="{style}"/>') for style, _ in styled), styles=STYLES)
    assert [line.level for line in lines(source)] == [level for _, level in styled]
    direct = p(r("节"), '<w:outlineLvl w:val="1"/>') + p(r("文"), '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>')
    assert [line.level for line in lines(read(direct, styles=STYLES))] == [2, 0]


@pytest.mark.parametrize(
    ("content", "lead"),
    [
        (r("主动", BOLD) + r("公开", BOLD) + r("全年"), 4),
        (r("主动", '<w:rStyle w:val="b"/>') + r("全年"), 2),
        (r("主动", '<w:rStyle w:val="b"/><w:b w:val="0"/>') + r("全年"), 0),
        (r("主动", BOLD), 0),
        (r("全年") + r("主动", BOLD), 0),
        (r("一", BOLD) + "<w:r><w:br/></w:r>" + r("全年"), 0),
    ],
)
def test_a_bold_beginning(content: str, lead: int) -> None:
    assert lines(read(p(content), styles=STYLES))[0].lead == lead


def test_a_paragraph_in_bold_whose_end_is_not() -> None:
    content = p(r("主动") + r("公开", '<w:b w:val="false"/>'), '<w:pStyle w:val="bp"/>')
    assert lines(read(content, styles=STYLES))[0].lead == 2


# --- counted numbers ----------------------------------------------------------------------------------------------


def level(number: int, kind: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
        f'<w:lvlText w:val="{text}"/>{more}</w:lvl>'
    )


def numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def numbered(at: int, text: str = "文", number: int = 1) -> str:
    return p(r(text), f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>')


CHINESE = (
    level(0, "chineseCountingThousand", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
)


def test_numbers_count_and_begin_anew_under_each_head() -> None:
    body = "".join(numbered(at) for at in (0, 1, 1, 2, 2, 1, 2, 0, 1))
    assert texts(read(body, numbering=numbering(*CHINESE))) == [
        f"{label}文" for label in ("一、", "（一）", "（二）", "1.", "2.", "（三）", "1.", "二、", "（一）")
    ]


@pytest.mark.parametrize(
    ("kind", "at", "label"),
    [
        ("decimal", 12, "12."),
        ("chineseCounting", 12, "十二."),
        ("chineseCountingThousand", 21, "二十一."),
        ("japaneseCounting", 105, "一百零五."),
        ("japaneseCounting", 1010, "一千零一十."),
        ("ideographTraditional", 3, "丙."),
        ("decimalEnclosedCircle", 3, "③."),
        ("lowerLetter", 28, "bb."),
        ("upperLetter", 2, "B."),
        ("lowerRoman", 14, "xiv."),
        ("upperRoman", 49, "XLIX."),
        ("none", 3, "."),
        ("bullet", 3, ""),
        ("什么", 3, "3."),
    ],
)
def test_ways_to_print_a_number(kind: str, at: int, label: str) -> None:
    source = read(numbered(0) * at, numbering=numbering(level(0, kind, "%1.")))
    assert texts(source)[-1] == f"{label}文"


def test_numbers_of_several_levels_in_one() -> None:
    levels = (
        level(0, "chineseCounting", "第%1条"),
        level(1, "decimal", "%1.%2"),
        level(2, "decimal", "%1.%3", "<w:isLgl/>"),
    )
    source = read("".join(numbered(at) for at in (0, 1, 1, 2)), numbering=numbering(*levels))
    assert texts(source) == ["第一条 文", "一.1 文", "一.2 文", "1.1 文"]


def test_lists_that_begin_elsewhere_or_anew() -> None:
    nums = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>%s</w:num>' for n in (1, 2, 3)) % (
        "",
        "",
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>',
    )
    body = "".join(numbered(0, number=number) for number in (1, 1, 2, 3, 3))
    assert texts(read(body, numbering=numbering(*CHINESE, nums=nums))) == [f"{n}、文" for n in "一二三五六"]
    override = f'<w:lvlOverride w:ilvl="0">{level(0, "decimal", "%1)")}</w:lvlOverride>'
    own = f'<w:num w:numId="1"><w:abstractNumId w:val="0"/>{override}</w:num>'
    assert texts(read(numbered(0), numbering=numbering(*CHINESE, nums=own))) == ["1)文"]
    never = (level(0, "decimal", "%1."), level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/>'))
    assert texts(read("".join(map(numbered, (0, 1, 0, 1))), numbering=numbering(*never))) == [
        "1.文",
        "1)文",
        "2.文",
        "2)文",
    ]


def test_numbers_by_style_and_none_where_it_says_so() -> None:
    body = p(r("甲"), '<w:pStyle w:val="n"/>') + p(
        r("乙"), '<w:pStyle w:val="n"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    )
    assert texts(read(body + p(r("丙"), '<w:pStyle w:val="n"/>'), styles=STYLES, numbering=numbering(*CHINESE))) == [
        "一、甲",
        "乙",
        "二、丙",
    ]
    assert texts(read(numbered(7) + numbered(0, number=99))) == ["文", "文"]


def test_numbers_in_cells() -> None:
    body = tbl(*(tr(f"<w:tc>{numbered(0, text)}</w:tc>", tc("5")) for text in ("甲", "")))
    assert grid(read(body, numbering=numbering(*CHINESE)).tables[0]) == [["一、甲", "5"], ["二、", "5"]]


def test_a_number_belongs_to_the_bold_beginning() -> None:
    content = p(r("主动", BOLD) + r("全年"), '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    (line,) = lines(read(content, numbering=numbering(*CHINESE)))
    assert (line.text, line.lead) == ("一、主动全年", 4)


# --- tables -------------------------------------------------------------------------------------------------------


def span(width: int) -> str:
    return f'<w:gridSpan w:val="{width}"/>'


def test_spans_and_merges() -> None:
    source = read(
        tbl(
            tr(tc("a", RESTART), tc("b", span(2)), tc("c", RESTART)),
            tr(tc("", CONTINUE), tc("d"), tc("e"), tc("", '<w:vMerge w:val="continue"/>')),
            tr(tc("f", span(3)), tc("g", RESTART)),
        )
    )
    (table,) = source.tables
    assert grid(table) == [list("abbc"), list("adec"), list("fffg")]
    assert [[(cell.text, cell.left, cell.width, cell.height) for cell in row] for row in table.rows] == [
        [("a", 0, 1, 2), ("b", 1, 2, 1), ("c", 3, 1, 2)],
        [("d", 1, 1, 1), ("e", 2, 1, 1)],
        [("f", 0, 3, 1), ("g", 3, 1, 1)],
    ]
    assert table.rows[1][1].origin == Origin(table=1, row=2, column=2)


def test_rows_out_dented_old_merges_and_merges_of_nothing() -> None:
    before = '<w:gridBefore w:val="1"/>'
    merged = [tc("b", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>")]
    table = read(tbl(tr(tc("x", CONTINUE), tc("y"), tc("z")), tr(*merged, properties=before))).tables[0]
    assert grid(table) == [list("xyz"), list("·bb")]


def test_text_of_a_cell_and_wrapped_rows_and_cells() -> None:
    cell = f"<w:tc>{p(r('商业'))}{p(r('企业'))}</w:tc>"
    wrapped = (
        f"<w:sdt><w:sdtContent>{tr(cell, f'<w:sdt><w:sdtContent>{tc()}</w:sdtContent></w:sdt>')}</w:sdtContent></w:sdt>"
    )
    assert grid(read(tbl(wrapped)).tables[0]) == [["商业\n企业", ""]]


@pytest.mark.parametrize(
    "cells",
    [
        tc("左") + f"<w:tc>{p(r('甲'))}{tbl(tr(tc('1'), tc('2')))}{p(r('乙'))}</w:tc>",
        tc("左") + f"<w:tc>{p(r('甲' + LONG))}</w:tc>" + tc("乙"),
        tc("左甲乙"),
    ],
    ids=["a table in it", "a long cell", "one cell"],
)
def test_a_table_that_arranges_the_page_is_read_as_running_text(cells: str) -> None:
    source = read(tbl(tr(cells)))
    assert "".join(texts(source)).replace(LONG, "") == "左甲乙"
    assert [grid(table) for table in source.tables] == ([[["1", "2"]]] if "w:tbl" in cells else [])


# --- around the body ----------------------------------------------------------------------------------------------


def test_heads_feet_and_contents_are_furniture() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    contents = f"<w:sdt>{gallery}<w:sdtContent>{p(r('目录'))}</w:sdtContent></w:sdt>"
    other = f"<w:sdt><w:sdtContent>{p(r('控件'))}</w:sdtContent></w:sdt>"
    styled = p(r("一、总体情况 1"), '<w:pStyle w:val="toc"/>')
    page = p("<w:r><w:instrText>PAGE</w:instrText></w:r>" + r("— 1 —"))
    source = read(contents + styled + other, styles=STYLES, hdr=p(r("某局")), ftr=page)
    assert texts(source) == ["控件"]
    assert source.furniture == tuple((text, Origin()) for text in ("目录", "一、总体情况 1", "某局"))


def test_a_strict_file() -> None:
    body = part("document", f"<w:body>{p(r('文'))}{tbl(tr(tc('1'), tc('2', RESTART)))}</w:body>", STRICT)
    source = read_docx(packed({"word/document.xml": body}), "报告.docx")
    assert texts(source) == ["文"] and grid(source.tables[0]) == [["1", "2"]]


@pytest.mark.parametrize("seed", SEEDS)
def test_our_own_document_gives_every_figure_in_its_place_as_the_page_does(seed: str) -> None:
    report = load_seed(seed)
    source = read_docx(rendered(Edition(report, True), "docx"), "报告.docx")
    page = read_html(rendered(Edition(report, True), "html").decode(), "报告.html")
    found: dict[str, str] = {}
    for section, table in zip(report.form.tables, source.tables, strict=True):
        found |= placed(section, table)
    assert found == {str(key): text for key, text in raw_cells(seed).items()}
    assert [table.rows for table in source.tables] == [table.rows for table in page.tables]
    captions = [above for above, block in pairwise(page.blocks) if isinstance(block, Table)]
    shown = "".join(line.text for line in lines(page) if line not in captions)
    assert shown.endswith("".join(texts(source)))


# --- hostile files ------------------------------------------------------------------------------------------------


def refusal(data: bytes) -> str:
    with pytest.raises(GiaError) as error:
        read_docx(data, "报告.docx")
    sentence = str(error.value)
    assert sentence.startswith("报告.docx：") and sentence.endswith("。") and "请" in sentence
    return sentence


def document(body: str, head: str = "") -> dict[str, Any]:
    return {"word/document.xml": head + part("document", f"<w:body>{body}</w:body>")}


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
NEST = 3000


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "损坏"),
        (b"PK\x03\x04" + b"x" * 500, "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        (packed({"a.txt": "甲"}), "没有 Word 文档"),
        (packed({"word/document.xml": b""}), "损坏"),
        (packed({"word/document.xml": b"<w:document>"}), "损坏"),
        (packed(document("&a;", LAUGHS)), "实体声明"),
        (packed(document("", '<!DOCTYPE x SYSTEM "file:///etc/passwd">')), "实体声明"),
        (packed({"word/document.xml": part("document", "").encode("utf-16")}), "UTF-8"),
        (packed(document(" " * 40_000_000)), "MB"),
        (packed({f"{n}": b"" for n in range(3000)}), "部件"),
        (packed(document("<w:p/>" * 2_100_000)), "远超"),
        (packed(document("<w:p/>" * (MOST_PARAGRAPHS + 1))), "段"),
        (packed(document(tbl(tr(tc("1", span(999_999))) * 2000))), "格"),
        (packed(document("<w:tbl><w:tr><w:tc>" * NEST + "</w:tc></w:tr></w:tbl>" * NEST)), "嵌套"),
        (packed(document("<w:tbl><w:tr><w:tc>" * 60 + "</w:tc></w:tr></w:tbl>" * 60)), "嵌套"),
        (packed(document("<w:ins>" * 50_000 + "</w:ins>" * 50_000)), "嵌套"),
    ],
)
def test_what_is_no_report_in_word(data: bytes, words: str) -> None:
    assert words in refusal(data)


def test_half_a_download_at_every_length() -> None:
    data = rendered(Edition(load_seed("000"), True), "docx")
    for length in range(1, 20):
        refusal(data[: len(data) * length // 20])


def test_a_password_on_the_archive() -> None:
    data = bytearray(packed(document(p(r("文")))))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert "密码" in refusal(bytes(data))


def test_damage_anywhere_is_a_sentence_or_a_source() -> None:
    data = rendered(Edition(load_seed("000"), True), "docx")
    for at in range(0, len(data), len(data) // 150):
        broken = bytearray(data)
        broken[at] ^= 0xFF
        try:
            read_docx(bytes(broken), "报告.docx")
        except GiaError as error:
            assert str(error).endswith("。")
