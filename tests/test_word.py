"""The Word file: set as GB/T 9704 asks, its tables equal to the facts, on a template that an office may change."""

from __future__ import annotations

import importlib.util
import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pdfplumber
import pytest
from lxml import etree

from gia_xlsx.errors import GiaError
from gia_xlsx.form import Key, form_names, load_form
from gia_xlsx.grid import boxes
from gia_xlsx.publish import Edition, rendered
from gia_xlsx.publish.word_names import names
from gia_xlsx.publish.word_xml import signed
from gia_xlsx.report import Paragraph, Report
from gia_xlsx.resources import Looks, templates
from gia_xlsx.workbook.read import read_workbook
from tests.clean import clean
from tests.examples import FOLDER, example
from tests.seeds import SEEDS, load_seed, raw_cells

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OURS = templates() / "report.docx"
SIGNED = ("南县麻河口镇人民政府", "2021年1月25日")
Office = Callable[[Callable[[Any], None]], Looks]


def word(report: Report, draft: bool = False, looks: Looks | None = None) -> Any:
    return docx.Document(io.BytesIO(rendered(Edition(report, draft, *(looks,) * bool(looks)), "docx")))


def texts(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def edited(seed: str, key: str, **changes: Any) -> Report:
    report = load_seed(seed)
    fact = report.facts[Key.parse(key)]
    return replace(report, facts={**report.facts, fact.key: replace(fact, **changes)})


def saying(text: str) -> Report:
    return replace(load_seed("002"), paragraphs=(Paragraph("problems", "", text),))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """Our template as an office has changed it, in a folder of its own."""

    def changed(change: Callable[[Any], None]) -> Looks:
        document = docx.Document(str(OURS))
        change(document)
        document.save(str(tmp_path / "report.docx"))
        return Looks(tmp_path)

    return changed


def place(document: Any, name: str) -> Any:
    """The paragraph of a placeholder in a template."""
    return next(paragraph for paragraph in document.paragraphs if paragraph.text == f"{{{{{name}}}}}")


# --- after GB/T 9704-2012 -----------------------------------------------------------------------------------------


def test_a_page_is_a4_with_22_lines_of_28_characters() -> None:
    document = word(load_seed("000"))
    section = document.sections[0]
    margins = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [round(margin.mm) for margin in margins] == [37, 28, 26, 35]
    body = style(document, "正文段落")
    room = section.page_height - section.top_margin - section.bottom_margin
    assert room // int(body.paragraph_format.line_spacing) == 22
    closer = int(body.element.rPr.find(f"{W}spacing").get(f"{W}val")) * 635
    assert (section.page_width - section.left_margin - section.right_margin) // (int(body.font.size) + closer) == 28
    assert body.element.pPr.find(f"{W}ind").get(f"{W}firstLineChars") == "200"


def style(document: Any, name: str) -> Any:
    """A style by the name that an office knows it by."""
    for one in document.styles:
        aliases = one.element.find(f"{W}aliases")
        if name in (one.name, None if aliases is None else aliases.get(f"{W}val")):
            return one
    raise KeyError(name)


def test_title_headings_and_text_have_their_fonts_and_sizes() -> None:
    document = word(load_seed("000"))
    kinds = {
        "公文标题": ("方正小标宋简体", 22),
        "一级标题": ("黑体", 16),
        "二级标题": ("楷体", 16),
        "三级标题": ("仿宋", 16),
        "正文段落": ("仿宋", 16),
        "落款": ("仿宋", 16),
        "页码": ("宋体", 14),
    }
    found = {name: style(document, name) for name in kinds}
    assert kinds == {
        name: (one.element.rPr.rFonts.get(f"{W}eastAsia"), one.font.size.pt) for name, one in found.items()
    }
    assert document.paragraphs[0].style.name == "Title" and found["公文标题"].paragraph_format.alignment == 1


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones() -> None:
    section = word(load_seed("000")).sections[0]
    feet = (section.footer.paragraphs[0], section.even_page_footer.paragraphs[0])
    assert ["".join(foot._p.xpath(".//w:t/text()")) for foot in feet] == ["— 1 —"] * 2
    assert [foot.alignment for foot in feet] == [2, 0]


@pytest.mark.parametrize("seed", SEEDS)
def test_headings_are_words_own_so_that_its_outline_holds_them(seed: str) -> None:
    report = load_seed(seed)
    document = word(report)
    first = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]
    assert first == [report.heading(section.key) for section in report.form.sections if section.heading]
    outline = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style.name.startswith("Heading")]
    assert all(int(below[-1]) <= int(above[-1]) + 1 for above, below in pairwise(outline))
    levels = {n: document.styles[f"Heading {n}"].element.pPr.find(f"{W}outlineLvl").get(f"{W}val") for n in (1, 2, 3)}
    assert levels == {1: "0", 2: "1", 3: "2"}


@pytest.mark.parametrize(
    ("signature", "date", "ends", "begins"),
    [
        (*SIGNED, 2, 10),  # the date begins two characters right of a name of ten that ends two from the margin
        ("某县人民政府", "2025年1月20日", 2 + 7.75 + 2 - 6, None),  # the date is longer: it ends two from the margin
        ("", "2025年1月20日", None, None),
    ],
)
def test_signature_and_date_stand_as_the_standard_says(
    signature: str, date: str, ends: float | None, begins: float | None
) -> None:
    width, em = 8844, 320
    laid = signed(signature, date, width, em).items()
    found = {name: dict(re.findall(r'w:(\w+)="(-?\w+)"', words)) for name, words in laid}
    if ends is not None:
        assert (found["signature"]["right"], found["signature"]["val"]) == (str(round(ends * em)), "right")
    if begins is None:
        assert found["date"] == {"rightChars": "200", "right": "640", "firstLine": "0", "val": "right"}
    else:
        assert (found["date"]["left"], found["date"]["val"]) == (str(round(width - begins * em)), "left")


def test_a_report_without_signature_and_date_ends_with_its_text() -> None:
    report = load_seed("000")
    assert not report.cover.signature and not report.cover.date
    assert texts(word(report))[-1].endswith(report.in_section("other")[-1].text)


# --- tables -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_each_table_equals_the_facts_cell_for_cell(seed: str) -> None:
    report = load_seed(seed)
    raw = raw_cells(seed)
    shown = {}
    for section, table in zip(report.form.tables, word(report).tables, strict=True):
        grid = [[cell.text for cell in row.cells] for row in table.rows]
        for box in boxes(section):
            rows, columns = range(box.top, box.top + box.height), range(box.left, box.left + box.width)
            inside = {grid[row][column] for row in rows for column in columns}
            assert len(inside) == 1
            if box.key:
                shown[box.key] = inside.pop()
            else:
                assert inside == {box.text}
    assert shown == raw


def test_merges_are_true_ones() -> None:
    report = load_seed("000")
    for section, table in zip(report.form.tables, word(report).tables, strict=True):
        wide = [box for box in boxes(section) if box.width > 1]
        high = [box for box in boxes(section) if box.height > 1]
        spans = table._tbl.findall(f".//{W}gridSpan")
        begun = [merge for merge in table._tbl.iter(f"{W}vMerge") if merge.get(f"{W}val") == "restart"]
        assert len(spans) == sum(box.height for box in wide) and len(begun) == len(high)


def test_word_tables_fit_the_page_repeat_their_heads_and_keep_their_rows() -> None:
    document = word(load_seed("000"))
    section = document.sections[0]
    room = (section.page_width - section.left_margin - section.right_margin) // 635
    for table in document.tables:
        assert sum(int(column.get(f"{W}w")) for column in table._tbl.tblGrid) == room
        rows = [row._tr.trPr for row in table.rows]
        assert all(row.find(f"{W}cantSplit") is not None for row in rows)
    repeated = [[row._tr.trPr.find(f"{W}tblHeader") is not None for row in table.rows] for table in document.tables]
    assert [rows.index(False) for rows in repeated] == [0, 3, 3]  # the blocks of table two have heads of their own
    assert [sum(rows) for rows in repeated] == [0, 3, 3]


@pytest.mark.parametrize("form", form_names())
def test_a_table_breaks_between_blocks_or_groups_and_neither_near_its_start_nor_its_end(form: str) -> None:
    begins = []
    for table in word(clean(form)).tables:
        kept = [{p.pPr.find(f"{W}keepNext") is not None for p in row._tr.iter(f"{W}p")} for row in table.rows]
        assert all(len(row) == 1 for row in kept)
        after = [row.cells for row, (keep,) in zip(table.rows[1:], kept[:-1], strict=True) if not keep]
        begins.append([cells[2 * (len(table.columns) == 10)].text[:6] for cells in after])
    blocks, groups, cases = begins
    assert blocks == ["第二十条第("] * (2 if form == "2021" else 3) and cases == []
    assert groups[:4] == ["5.属于三类", "6.属于四类", "1.本机关不", "1.信访举报"] and len(groups) == 5


def test_a_column_of_long_figures_is_given_room() -> None:
    """A figure broken over two lines would be read as two."""
    plain, long = (word(edited("000", "requests/received/total", value=value)) for value in (1, 12_345_678))
    first, second = ([int(c.get(f"{W}w")) for c in document.tables[1]._tbl.tblGrid] for document in (plain, long))
    assert second[-1] > first[-1] * 1.5 and sum(first) == sum(second)


# --- the file -----------------------------------------------------------------------------------------------------

ORDER = {  # ISO/IEC 29500-1, the order Word insists on
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing"
    " tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs"
    " suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd"
    " snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment"
    " textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid"
    " vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs"
    " em lang",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType"
    " pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat"
    " locked personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "tbl": "tblPr tblGrid tr",
    "settings": "zoom evenAndOddHeaders characterSpacingControl compat themeFontLang decimalSymbol listSeparator",
}


@pytest.mark.parametrize("draft", [False, True])
def test_word_finds_every_element_in_the_order_of_its_schema(draft: bool) -> None:
    package = zipfile.ZipFile(io.BytesIO(rendered(Edition(load_seed("002"), draft), "docx")))
    for name in package.namelist():
        if not name.endswith(".xml") or not name.startswith("word/"):
            continue
        for parent in etree.fromstring(package.read(name)).iter(*(W + tag for tag in ORDER)):
            order = ORDER[etree.QName(parent).localname].split()
            found = [order.index(etree.QName(child).localname) for child in parent]
            if parent.tag == f"{W}sectPr":  # heads and feet may stand in any order
                found = [max(place, 1) for place in found]
            assert found == sorted(found), (name, etree.tostring(parent)[:300])


def test_word_has_no_loose_relationship_and_no_unknown_style() -> None:
    package = zipfile.ZipFile(io.BytesIO(rendered(Edition(load_seed("001"), True), "docx")))
    names = set(package.namelist())
    for relation in etree.fromstring(package.read("word/_rels/document.xml.rels")):
        assert f"word/{relation.get('Target')}" in names
    styles = set(etree.fromstring(package.read("word/styles.xml")).xpath("//@w:styleId", namespaces={"w": W[1:-1]}))
    body = etree.fromstring(package.read("word/document.xml"))
    used = body.xpath("//w:pStyle/@w:val|//w:rStyle/@w:val|//w:tblStyle/@w:val", namespaces={"w": W[1:-1]})
    assert used and set(used) <= styles


def test_word_properties_name_title_and_organ_and_a_fixed_date() -> None:
    core = word(load_seed("002")).core_properties
    assert (core.title, core.author) == ("麻河口镇2020年政府信息公开年度报告", "南县麻河口镇人民政府")
    assert core.created.date().isoformat() == "2021-01-25"


def test_the_word_template_is_what_its_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = templates() / "make_report_docx.py"
    spec = importlib.util.spec_from_file_location("make_report_docx", script)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "TARGET", tmp_path / "report.docx")
    module.main()
    made, kept = (zipfile.ZipFile(path) for path in (tmp_path / "report.docx", templates() / "report.docx"))
    assert {name: made.read(name) for name in made.namelist()} == {name: kept.read(name) for name in kept.namelist()}


# --- the template of an office ------------------------------------------------------------------------------------


def test_our_template_holds_every_placeholder_and_the_manual_lists_them() -> None:
    manual = (templates().parent / "docs" / "word-template.zh.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `\{\{([^}]+)\}\}` \|", manual, re.MULTILINE)
    held = [text.strip("{}") for text in texts(docx.Document(str(OURS)))]
    for form in form_names():
        known = names(load_form(form))
        assert listed == list(known)
        assert held == [name for name, one in known.items() if one.what not in ("organ", "year")]


def test_an_office_changes_fonts_order_and_wording(office: Office) -> None:
    def change(document: Any) -> None:
        document.styles["正文段落"].font.name = "思源宋体"
        first = place(document, "总体情况.标题")
        first.runs[0].text = "第一部分　{{总体情况.标题}}（{{ 机关名称 }}，{{年度}}年）"
        first.insert_paragraph_before("本报告由{{机关名称}}编制。")
        closing = place(document, "其他事项")
        for name in ("问题及改进.标题", "问题及改进"):  # five goes behind six
            moved = place(document, name)._p
            document.element.body.remove(moved)
            document.element.body.insert(list(document.element.body).index(closing._p) + 1, moved)
            closing = place(document, name)

    document = word(load_seed("002"), looks=office(change))
    said = texts(document)
    assert "本报告由南县麻河口镇人民政府编制。" in said
    assert "第一部分　一、总体情况（南县麻河口镇人民政府，2020年）" in said
    assert said.index("六、其他需要报告的事项") < said.index("五、存在的主要问题及改进情况")
    assert document.styles["正文段落"].font.name == "思源宋体"
    assert sorted(set(texts(word(load_seed("002")))) - set(said)) == ["一、总体情况"]


def test_words_are_filled_in_heads_feet_and_text_boxes_too(office: Office) -> None:
    def change(document: Any) -> None:
        section = document.sections[0]
        section.header.paragraphs[0].insert_paragraph_before("{{机关名称}}{{年度}}年")
        section.footer.add_paragraph("{{标题}}")
        box = etree.fromstring(BOX.encode())
        document.paragraphs[0]._p.append(box)

    document = word(load_seed("002"), looks=office(change))
    section = document.sections[0]
    assert section.header.paragraphs[0].text == "南县麻河口镇人民政府2020年"
    assert section.footer.paragraphs[-1].text == "麻河口镇2020年政府信息公开年度报告"
    assert [box.findtext(f".//{W}t") for box in document.element.body.iter(f"{W}txbxContent")] == [SIGNED[1]]
    assert document.paragraphs[0].text == "麻河口镇2020年政府信息公开年度报告"


BOX = f"""<w:r xmlns:w="{W[1:-1]}" xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape><v:textbox><w:txbxContent>
<w:p><w:r><w:t>{{{{成文日期}}}}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"""


@pytest.mark.parametrize("cuts", [(1,), (2,), (4, 5), tuple(range(1, 9))])
def test_a_placeholder_in_pieces_is_whole_again(cuts: tuple[int, ...], office: Office) -> None:
    """Word cuts runs at every change of language, spelling or revision number."""

    def change(document: Any) -> None:
        for name in ("总体情况.标题", "总体情况", "主动公开.表"):
            paragraph = place(document, name)
            text = paragraph.text
            paragraph.clear()
            for start, end in pairwise((0, *(cut for cut in cuts if cut < len(text)), len(text))):
                paragraph.add_run(text[start:end]).italic = start > 3
                paragraph._p.append(etree.fromstring(f'<w:proofErr xmlns:w="{W[1:-1]}" w:type="spellStart"/>'))

    plain, pieced = word(load_seed("002")), word(load_seed("002"), looks=office(change))
    assert texts(plain) == texts(pieced) and len(pieced.tables) == 3


def test_several_placeholders_of_one_paragraph_are_filled_whatever_runs_they_share(office: Office) -> None:
    def change(document: Any) -> None:
        paragraph = document.add_paragraph()
        for text in ("甲{{年", "度}}乙{{机关", "", "名称}}丙{{年度}", "}丁"):
            paragraph.add_run(text)

    assert texts(word(load_seed("002"), looks=office(change)))[-1] == "甲2020乙南县麻河口镇人民政府丙2020丁"


def test_what_an_office_put_into_its_template_stays(office: Office) -> None:
    def change(document: Any) -> None:
        document.paragraphs[0].insert_paragraph_before().add_run().add_picture(picture())
        table = document.add_table(1, 2)
        table.rows[0].cells[0].text, table.rows[0].cells[1].text = "审核人", "{{机关名称}}"

    looks = office(change)
    document = word(load_seed("002"), looks=looks)
    assert [shape.width.pt for shape in document.inline_shapes] == [shape_width()]
    assert [cell.text for cell in document.tables[-1].rows[0].cells] == ["审核人", SIGNED[0]]
    kept = zipfile.ZipFile(looks.find("report.docx"))
    made = zipfile.ZipFile(io.BytesIO(rendered(Edition(load_seed("002"), looks=looks), "docx")))
    assert made.namelist() == kept.namelist()
    assert all(made.read(name) == kept.read(name) for name in made.namelist() if "media" in name or "rels" in name)


def picture() -> io.BytesIO:
    """A PNG of one black dot."""
    return io.BytesIO(
        bytes.fromhex(
            "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
            "0000000a49444154789c63600000000200014890c2bd0000000049454e44ae426082"
        )
    )


def shape_width() -> float:
    return float(docx.Document().add_paragraph().add_run().add_picture(picture()).width.pt)


def test_a_table_fills_the_width_of_the_pages_it_stands_on(office: Office) -> None:
    """Table three on a landscape page, between two breaks of the section."""

    def change(document: Any) -> None:
        portrait = document.element.body.sectPr
        before, after = place(document, "依申请公开"), place(document, "依申请公开.表")
        for paragraph, size in ((before, None), (after, ("16838", "11906"))):
            section = deepcopy(portrait)
            if size:
                section.find(f"{W}pgSz").set(f"{W}w", size[0])
                section.find(f"{W}pgSz").set(f"{W}h", size[1])
                section.find(f"{W}pgSz").set(f"{W}orient", "landscape")
            paragraph._p.get_or_add_pPr().append(section)

    document = word(load_seed("002"), looks=office(change))
    widths = [sum(int(column.get(f"{W}w")) for column in table._tbl.tblGrid) for table in document.tables]
    margins = 1588 + 1474
    assert widths == [pytest.approx(room, abs=3) for room in (11906 - margins, 16838 - margins, 11906 - margins)]
    assert len(document.sections) == 3


def test_tables_that_follow_each_other_stay_apart(office: Office) -> None:
    def change(document: Any) -> None:
        body = document.element.body
        two, three = place(document, "主动公开.表")._p, place(document, "依申请公开.表")._p
        body.remove(three)
        two.addnext(three)
        last = place(document, "复议诉讼.表")._p  # and one ends the document
        body.remove(last)
        body.sectPr.addprevious(last)

    document = word(load_seed("002"), looks=office(change))
    tags = [etree.QName(child).localname for child in document.element.body]
    assert len(document.tables) == 3 and tags[-2:] == ["p", "sectPr"]
    assert all(after == "p" for before, after in pairwise(tags) if before == "tbl")


def test_an_indent_that_the_office_set_itself_is_kept(office: Office) -> None:
    def change(document: Any) -> None:
        place(document, "落款").alignment = 1

    signed_by = next(p for p in word(load_seed("002"), looks=office(change)).paragraphs if p.text == SIGNED[0])
    assert signed_by.alignment == 1 and signed_by._p.pPr.find(f"{W}ind") is None


def test_ids_of_styles_may_change(office: Office) -> None:
    """WPS numbers them anew and drops the further names of styles."""

    def change(document: Any) -> None:
        ids = {}
        for number, one in enumerate(document.styles.element.iter(f"{W}style")):
            ids[one.get(f"{W}styleId")] = str(number)
            one.set(f"{W}styleId", str(number))
            for aliases in one.findall(f"{W}aliases"):
                one.remove(aliases)
        for root in (document.element, document.styles.element):
            for used in root.iter(*(W + tag for tag in ("pStyle", "basedOn", "tblStyle"))):
                used.set(f"{W}val", ids[used.get(f"{W}val")])

    document = word(load_seed("002"), looks=office(change))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["(一)加强组织领导"] == "Heading 2" and styles["一、总体情况"] == "Heading 1"


@pytest.mark.parametrize("called", ["Heading 2", "标题 2", "标题  2", "二级标题"])
def test_a_heading_may_be_called_as_any_program_calls_it(called: str, office: Office) -> None:
    def change(document: Any) -> None:
        heading = style(document, "二级标题").element
        heading.remove(heading.find(f"{W}aliases"))
        heading.find(f"{W}name").set(f"{W}val", called)

    document = word(load_seed("002"), looks=office(change))
    heading = next(one for one in document.paragraphs if one.text == "(一)加强组织领导")
    assert heading.style.style_id == "Heading2"


def test_the_same_template_gives_the_same_bytes_whenever_it_was_read(office: Office) -> None:
    looks = office(lambda document: None)
    first = rendered(Edition(load_seed("002"), looks=looks), "docx")
    os.utime(looks.find("report.docx"), (10**9, 10**9))
    assert rendered(Edition(load_seed("002"), looks=looks), "docx") == first
    entries = zipfile.ZipFile(io.BytesIO(first)).infolist()
    assert {(entry.date_time, entry.create_system) for entry in entries} == {((1980, 1, 1, 0, 0, 0), 3)}


def test_a_template_is_read_again_once_it_has_changed(office: Office) -> None:
    looks = office(lambda document: None)
    assert "附注" not in texts(word(load_seed("002"), looks=looks))
    office(lambda document: document.add_paragraph("附注"))
    assert texts(word(load_seed("002"), looks=looks))[-1] == "附注"


# --- templates that cannot be filled ------------------------------------------------------------------------------


def retype(name: str, text: str) -> Callable[[Any], None]:
    return lambda document: setattr(place(document, name).runs[0], "text", text)


def drop(name: str) -> Callable[[Any], None]:
    return lambda document: document.element.body.remove(place(document, name)._p)


def into_table(document: Any) -> None:
    drop("主动公开.表")(document)
    document.add_table(1, 1).rows[0].cells[0].text = "{{主动公开.表}}"


def revised(document: Any) -> None:
    run = document.paragraphs[0].runs[0]._r
    mark = etree.SubElement(document.paragraphs[0]._p, f"{W}ins")
    mark.append(run)


def without(name: str) -> Callable[[Any], None]:
    return lambda document: style(document, name).delete()


def no_page(document: Any) -> None:
    document.element.body.sectPr.remove(document.element.body.sectPr.find(f"{W}pgSz"))


FAULTS = {
    "misspelt": (retype("总体情况.标题", "{{总体情况.标提}}"), "正文第 3 段“{{总体情况.标提}}”.*是 {{总体情况.标题}}"),
    "misspelt in words": (retype("标题", "关于{{机关名}}的报告{{标题}}"), "第 1 段.*没有“机关名”.*{{机关名称}}"),
    "misspelt in the head": (
        lambda document: document.sections[0].header.add_paragraph("{{年渡}}"),
        "页眉第 2 段“{{年渡}}”.*{{年度}}",
    ),
    "brace lost": (retype("落款", "{{落款}"), "“{{落款}”的花括号不成对.*{{落款}}"),
    "braces lost": (retype("其他事项", "{其他事项}"), "缺少占位符 {{其他事项}}；正文第 17 段“{其他事项}”像是它"),
    "text lost": (drop("问题及改进"), "缺少占位符 {{问题及改进}}；请在正文第 14 段“{{问题及改进.标题}}”之后单独一段"),
    "table lost": (drop("复议诉讼.表"), "缺少占位符 {{复议诉讼.表}}；请在正文第 12 段“{{复议诉讼}}”之后"),
    "heading lost": (drop("依申请公开.标题"), "缺少占位符 {{依申请公开.标题}}"),
    "title lost": (drop("标题"), "缺少占位符 {{标题}}；请在正文开头"),
    "signature lost": (drop("落款"), "缺少占位符 {{落款}}"),
    "date lost": (drop("成文日期"), "缺少占位符 {{成文日期}}"),
    "twice": (lambda document: document.add_paragraph("{{前言}}"), "第 20 段“{{前言}}”又用了一次.*正文第 2 段"),
    "amid words": (retype("前言", "前言：{{前言}}"), "第 2 段“前言：{{前言}}”里的 {{前言}} 代表整段内容.*单独成段"),
    "in a table": (into_table, "{{主动公开.表}}.*单独成段"),
    "in the head": (lambda document: document.sections[0].header.add_paragraph("{{前言}}"), "页眉.*{{前言}} 代表整段"),
    "revisions": (revised, "正文里有修订；请.*接受"),
    "style lost": (without("正文段落"), "缺少样式“正文段落”"),
    "heading style lost": (without("二级标题"), "缺少样式“标题 2”"),
    "no page": (no_page, "没有页面设置"),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_a_template_is_named_with_its_paragraph_and_the_way_out(fault: str, office: Office) -> None:
    change, told = FAULTS[fault]
    with pytest.raises(GiaError, match=told) as refused:
        word(load_seed("002"), looks=office(change))
    assert re.fullmatch("模板 report.docx .*[。]", str(refused.value))


def part_changed(name: str, change: Callable[[bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(OURS) as source, zipfile.ZipFile(stream, "w") as target:
        target.compression = zipfile.ZIP_DEFLATED
        for part in source.namelist():
            data = source.read(part)
            target.writestr(part, change(data) if part == name else data)
    return stream.getvalue()


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    return part_changed(name, lambda data: data.replace(old, new))


BOMB = b'<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "' + b"&a;" * 99 + b'">]>'
MAIN, TYPES = "word/document.xml", "[Content_Types].xml"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
BROKEN = {
    "empty": (b"", "不是 .docx，或者不完整"),
    "no zip": (b"plain words", "不是 .docx，或者不完整"),
    "cut off": (OURS.read_bytes()[:5000], "不是 .docx，或者不完整"),
    "old or locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "打开密码，或者是旧版 .doc"),
    "another zip": ((FOLDER / "examples" / example("000")).read_bytes(), "不是 Word 文档"),
    "no list of parts": (part_changed(TYPES, lambda data: b""), r"已损坏（\[Content_Types\].xml）"),
    "cut XML": (part_changed(MAIN, lambda data: data[:-40]), "已损坏（word/document.xml）"),
    "entities": (replaced(MAIN, b"<w:document ", BOMB + b"<w:document "), "文档类型声明"),
    "strict": (replaced(MAIN, W[1:-1].encode(), STRICT), "严格 Open XML"),
    "macros": (replaced(TYPES, b"document.main", b"template.main"), "带宏的文档或 Word 模板"),
    "far too large": (part_changed("docProps/app.xml", lambda data: bytes(70_000_000)), "解压后过大"),
    "too large": (bytes(21_000_000), "超过 20 MB"),
}  # fmt: skip


@pytest.mark.parametrize("fault", BROKEN)
def test_a_file_that_is_no_word_document_is_refused_in_one_sentence(fault: str, tmp_path: Path) -> None:
    content, told = BROKEN[fault]
    (tmp_path / "report.docx").write_bytes(content)
    with pytest.raises(GiaError, match=f"^模板 report.docx .*{told}.*。$"):
        word(load_seed("002"), looks=Looks(tmp_path))


# --- words of a filer ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["{{ '{{标题}}' }}", "{{ '{{前言}}' }}", "<?gia 0?>", "<w:p/>&amp;\"'", "]]>", "甲" * 30_000, "A" * 200],
    ids=["placeholder", "block", "instruction", "markup", "end of CDATA", "30,000 characters", "one long word"],
)
def test_words_of_a_filer_are_printed_as_they_are(text: str) -> None:
    shown = text.replace("{{ '", "").replace("' }}", "")
    assert shown in texts(word(saying(text)))


def test_the_line_before_an_endless_word_is_not_spread_out() -> None:
    texts = ("请登录" + "https://www.example.gov.cn/" + "a" * 40 + "下载。", "请登录网站下载。")
    paragraphs = [next(p for p in word(saying(text)).paragraphs if p.text == text) for text in texts]
    assert [paragraph.alignment for paragraph in paragraphs] == [0, None]


def test_control_characters_of_a_filer_are_left_out() -> None:
    assert "甲乙丙" in texts(word(saying("甲\x00乙\x1b\ud800丙\ufffe")))


def test_hostile_words_in_title_and_signature_stay_words() -> None:
    report = load_seed("002")
    said = '<w:br/>&"{{标题}}\x07'
    cover = replace(report.cover, title=said, signature=said, organ=said)
    document = word(replace(report, cover=cover))
    assert texts(document)[0] == texts(document)[-2] == '<w:br/>&"{{标题}}'
    assert document.core_properties.title == document.core_properties.author == '<w:br/>&"{{标题}}'


# --- opened by another program ------------------------------------------------------------------------------------

LONG = {"text": "甲" * 30_000, "word": "A" * 200}
PAGES = {"000": 5, "001": 6, "002": 4, "003": 5, "004": 4}


def libreoffice(folder: Path, into: str, *sources: Path) -> None:
    """Have LibreOffice save files anew in a folder, as ``pdf`` or ``docx``."""
    if not (shutil.which("soffice") and shutil.which("pdftotext")):
        if os.environ.get("CI"):
            pytest.fail("needs LibreOffice Writer and poppler-utils")
        pytest.skip("needs LibreOffice Writer and poppler-utils")
    profile = (folder / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", into, "--outdir"]
    subprocess.run([*command, str(folder), *map(str, sources)], check=True, capture_output=True, timeout=300)


def test_a_template_that_libreoffice_has_saved_serves_as_ours(tmp_path: Path) -> None:
    libreoffice(tmp_path, "docx", OURS)
    report = load_seed("002")
    saved, ours = word(report, looks=Looks(tmp_path)), word(report)
    assert texts(saved) == texts(ours)
    outline = [
        [one.style.style_id for one in made.paragraphs if "Head" in one.style.style_id] for made in (saved, ours)
    ]
    assert outline[0] == outline[1] and {"Heading1", "Heading2"} <= set(outline[0])


def printed_pages(folder: Path, files: dict[str, bytes]) -> dict[str, list[str]]:
    """The text of each page as LibreOffice prints it, file by file, in one run."""
    for name, content in files.items():
        (folder / f"{name}.docx").write_bytes(content)
    libreoffice(folder, "pdf", *(folder / f"{name}.docx" for name in files))
    pages = {}
    for name in files:
        told = subprocess.run(
            ["pdftotext", "-layout", str(folder / f"{name}.pdf"), "-"], check=True, capture_output=True
        )
        pages[name] = told.stdout.decode("utf-8").rstrip("\f").split("\f")
    return pages


def filled(page: Any) -> float:
    """How much of the height between the margins is printed on."""
    top, bottom = (mm * 72 / 25.4 for mm in (37, 297 - 35))
    return (max(char["bottom"] for char in page.chars if char["bottom"] < bottom + 3) - top) / (bottom - top)


def test_libreoffice_prints_every_example_on_as_many_pages_as_it_should(tmp_path: Path) -> None:
    reports = {seed: read_workbook(FOLDER / "examples" / example(seed)) for seed in SEEDS}
    files = {f"{seed} draft": rendered(Edition(report, True), "docx") for seed, report in reports.items()}
    files |= {seed: rendered(Edition(load_seed(seed)), "docx") for seed in SEEDS}
    files |= {name: rendered(Edition(saying(text)), "docx") for name, text in LONG.items()}
    pages = printed_pages(tmp_path, files)
    for seed, count in PAGES.items():
        assert len(pages[seed]) == len(pages[f"{seed} draft"]) == count
        assert all("草稿" in page for page in pages[f"{seed} draft"]) and "草稿" not in "".join(pages[seed])
        for number, page in enumerate(pages[seed], 1):
            assert f"—{number}—" in page.replace(" ", "")
        assert all(filled(page) > 0.6 for page in pdfplumber.open(tmp_path / f"{seed}.pdf").pages[:-1])
    full = [page.count("甲" * 28) for page in pages["text"]]
    assert full.count(22) == 30_000 // (22 * 28) - 1 and max(full) == 22  # the first and the last are not full
    assert "".join(pages["text"]).count("甲") == 30_000 and "".join(pages["word"]).count("A") == 200
