"""The Word file: set as GB/T 9704 asks, its tables equal to the facts, on a template that an office may change."""

from __future__ import annotations

import importlib.util
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest
from lxml import etree

from gia_xlsx.form import Key
from gia_xlsx.grid import boxes
from gia_xlsx.publish import Edition, rendered
from gia_xlsx.publish.word_xml import signed
from gia_xlsx.report import Paragraph, Report
from gia_xlsx.resources import Looks, templates
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
        assert found["date"] == {"rightChars": "200", "right": "640", "val": "right"}
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
        heads = [row.find(f"{W}tblHeader") is not None for row in rows]
        assert heads[0] and heads == sorted(heads, reverse=True)
    requests, cases = document.tables[1:]
    assert [
        sum(row._tr.trPr.find(f"{W}tblHeader") is not None for row in table.rows) for table in (requests, cases)
    ] == [3, 3]


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
