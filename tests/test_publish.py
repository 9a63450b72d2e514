"""What is published: the page, the Word file and the data of one report carry the same figures, each in its place."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import lxml.html
import pytest

from gia_xlsx.errors import GiaError
from gia_xlsx.form import Key, load_form
from gia_xlsx.grid import boxes, shape
from gia_xlsx.publish import FORMATS, Edition, as_data, load_data, rendered
from gia_xlsx.publish import docx as docx_module
from gia_xlsx.release import publish
from gia_xlsx.report import Fact, Flaw, Paragraph, Place, Report
from gia_xlsx.resources import templates
from tests.seeds import SEEDS, load_seed, raw_cells

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Grid = list[list[str]]
HOSTILE = '<script>alert(1)</script> & "引号" =1+1\x00\x08\x1b\ud800\ufffe 完'
CLEANED = '<script>alert(1)</script> & "引号" =1+1 完'


def page(report: Report, draft: bool = False) -> Any:
    return lxml.html.fromstring(rendered(Edition(report, draft), "html").decode("utf-8"))


def word(report: Report, draft: bool = False) -> Any:
    return docx.Document(io.BytesIO(rendered(Edition(report, draft), "docx")))


def page_grids(tree: Any) -> list[Grid]:
    """Each table of a page as a plain grid, spans filled in; a cell that two boxes claim is an error."""
    grids = []
    for table in tree.iter("table"):
        cells: dict[tuple[int, int], str] = {}
        for row, tr in enumerate(table.iter("tr")):
            column = 0
            for cell in tr:
                while (row, column) in cells:
                    column += 1
                height, width = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
                for r in range(row, row + height):
                    for c in range(column, column + width):
                        assert (r, c) not in cells
                        cells[r, c] = cell.text_content()
        rows, columns = (max(place[n] for place in cells) + 1 for n in (0, 1))
        assert len(cells) == rows * columns
        grids.append([[cells[r, c] for c in range(columns)] for r in range(rows)])
    return grids


def word_grids(document: Any) -> list[Grid]:
    return [[[cell.text for cell in row.cells] for row in table.rows] for table in document.tables]


def page_words(tree: Any) -> list[str]:
    """Title, headings and paragraphs in printed order."""
    found = (
        node.text_content()
        for node in tree.xpath("//article//*[self::h1 or self::h2 or self::h3 or self::h4 or self::p]")
    )
    return [text for text in found if text]


def word_words(document: Any) -> list[str]:
    return [paragraph.text.replace("\n", "") for paragraph in document.paragraphs if paragraph.text]


# --- figures in their places --------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_the_page_shows_every_figure_as_filed_under_its_official_heads(seed: str) -> None:
    report = load_seed(seed)
    tree = page(report)
    texts = {node.get("id"): node.text_content() for node in tree.iter() if node.get("id")}
    shown = {}
    for figure in tree.xpath("//td/data"):
        key, cell = Key.parse(figure.get("data-key")), figure.getparent()
        shown[key] = cell.text_content()
        block = report.form.cells[key].block
        official = [
            line.label
            for axis, name in ((block.columns, key.column), (block.rows, key.row))
            for line in axis.path(name)
        ]
        official += [block.caption]
        heads = [texts[name] for name in cell.get("headers").split()]
        assert sorted(heads) == sorted(label for label in official if label)
    assert shown == raw_cells(seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_page_and_word_show_the_same_grid(seed: str) -> None:
    report = load_seed(seed)
    grids = page_grids(page(report))
    assert grids == word_grids(word(report))
    for section, grid in zip(report.form.tables, grids, strict=True):
        assert (len(grid), len(grid[0])) == (shape(section).rows, shape(section).width)
        for box in boxes(section):
            if box.role != "cell":
                assert grid[box.top][box.left] == grid[box.top + box.height - 1][box.left + box.width - 1] == box.text


@pytest.mark.parametrize("seed", SEEDS)
def test_page_and_word_say_the_same_words_in_the_order_of_the_form(seed: str) -> None:
    report = load_seed(seed)
    words = page_words(page(report))
    assert words == word_words(word(report))
    headings = [report.heading(section.key) for section in report.form.sections if section.heading]
    assert [text for text in words if text in headings] == headings
    for paragraph in report.paragraphs:
        assert any(paragraph.text in text for text in words)


def test_known_cells_of_the_five_reports() -> None:
    """Read by eye from the published pages."""
    known = {
        "000": ("disclosure/licensing/decisions", "290"),
        "001": ("requests/carried_in/total", "0"),
        "002": ("disclosure/licensing/items_change", "增111"),
        "003": ("disclosure/penalties/decisions", "8"),
    }
    for seed, (key, text) in known.items():
        assert page(load_seed(seed)).xpath(f"//td/data[@data-key='{key}']")[0].text_content() == text
    procurement = page(load_seed("002")).xpath("//td/data[@data-key='disclosure/procurement/amount']")[0]
    assert procurement.text_content() == "397265元"
    blank = page(load_seed("002"), draft=True).xpath("//td/data[@data-key='requests/carried_out/natural']")[0]
    assert (blank.text_content(), blank.get("value"), blank.getparent().get("class")) == ("", "", "blank")


def test_labels_that_were_overwritten_print_as_the_form_has_them() -> None:
    report = load_seed("002")
    assert len(report.labels) == 16
    assert "1.属于国家秘密" in [text for row in page_grids(page(report))[1] for text in row]


def test_a_heading_as_filed_is_kept() -> None:
    assert "四、政府信息公开行政复议和行政诉讼情况" in page_words(page(load_seed("001")))


def test_headings_run_in_or_stand_alone() -> None:
    document = word(load_seed("002"))
    styles = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert styles["(一)加强组织领导"] == "Heading 2"
    assert styles["(二)围绕当前重点工作推进信息公开"] == "Heading 2"
    run_in = next(p for p in document.paragraphs if p.text.startswith("1.推进政府工作动态信息公开。"))
    assert run_in.runs[0].style.name == "段首标题"
    assert run_in.style.name == "正文段落"
    assert page(load_seed("002")).xpath("//p/b")[0].text == "1.推进政府工作动态信息公开。"


def edited(seed: str, key: str, **changes: Any) -> Report:
    report = load_seed(seed)
    fact = report.facts[Key.parse(key)]
    return replace(report, facts={**report.facts, fact.key: replace(fact, **changes)})


@pytest.mark.parametrize(
    ("raw", "value", "flaw", "text"),
    [
        ("39.7265", Decimal("39.7265"), None, "39.7265"),
        ("12.50", Decimal("12.50"), None, "12.5"),
        ("100", Decimal("1E+2"), None, "100"),
        ("１２", Decimal(12), Flaw.TEXT, "12"),
        ("12万元", Decimal(12), Flaw.UNIT, "12"),
        ("约十二", None, Flaw.WORDS, "约十二"),
        ("/", None, Flaw.DASH, "/"),
        ("", None, Flaw.BLANK, ""),
    ],
)
def test_how_a_figure_is_printed(raw: str, value: Decimal | None, flaw: Flaw | None, text: str) -> None:
    report = edited("000", "disclosure/fees/amount", value=value, raw=raw, flaw=flaw)
    assert page(report, True).xpath("//td/data[@data-key='disclosure/fees/amount']")[0].text_content() == text
    assert word_grids(word(report, True))[0][-1][-1] == text


def test_a_blank_declared_zero_prints_zero_everywhere() -> None:
    report = edited("000", "requests/carried_out/natural", value=None, raw="", flaw=Flaw.BLANK)
    report = replace(report, cover=replace(report.cover, blank_is_zero=True))
    assert page(report).xpath("//td/data[@data-key='requests/carried_out/natural']")[0].text_content() == "0"
    fact = next(f for f in as_data(report)["facts"] if f["key"] == "requests/carried_out/natural")
    assert (fact["value"], fact["raw"]) == (0, "")
    assert rows(report)["requests/carried_out/natural"]["state"] == "空白按0"


def test_placeholders_are_filled_from_the_tables_in_every_format() -> None:
    text = Paragraph("requests", "", "本年新收{{ 本年新收.总计 }}件。", Place("三、依申请公开", "B40"))
    report = replace(load_seed("001"), paragraphs=(text,))
    assert "本年新收33件。" in page_words(page(report))
    assert "本年新收33件。" in word_words(word(report))
    assert [p["text"] for p in as_data(report)["paragraphs"]] == ["本年新收33件。"]


def test_a_placeholder_that_is_none_stops_a_report_and_shows_in_a_draft() -> None:
    report = replace(load_seed("001"), paragraphs=(Paragraph("requests", "", "{{ 没有这一项 }}件"),))
    with pytest.raises(GiaError):
        rendered(Edition(report), "html")
    assert "{{ 没有这一项 }}件" in page_words(page(report, draft=True))
    assert "{{ 没有这一项 }}件" in word_words(word(report, draft=True))


def test_line_breaks_in_a_text_become_paragraphs() -> None:
    report = replace(load_seed("000"), paragraphs=(Paragraph("problems", "一是：", "甲。\r\n\n 乙。\u2028丙。"),))
    assert page_words(page(report))[-4:-1] == ["一是：甲。", "乙。", "丙。"]
    assert word_words(word(report))[-4:-1] == ["一是：甲。", "乙。", "丙。"]


def test_signature_and_date_close_the_report() -> None:
    report = load_seed("002")
    assert page_words(page(report))[-2:] == ["南县麻河口镇人民政府", "2021年1月25日"]
    assert [p.style.name for p in word(report).paragraphs][-2:] == ["落款", "落款"]
    assert page(load_seed("000")).xpath("//footer") == []


# --- the page -----------------------------------------------------------------------------------------------------


def test_the_page_stands_alone_and_says_what_it_is() -> None:
    tree = page(load_seed("002"))
    source = rendered(Edition(load_seed("002")), "html").decode("utf-8")
    assert tree.get("lang") == "zh-CN"
    assert not tree.xpath("//link|//img|//iframe|//@src|//@onclick|//@style[not(ancestor::svg)]")
    assert not re.search(r"url\(|@import", source)
    meta = {node.get("name"): node.get("content") for node in tree.xpath("//meta[@name]")}
    assert meta["ArticleTitle"] == "麻河口镇2020年政府信息公开年度报告"
    assert meta["ContentSource"] == "南县麻河口镇人民政府"
    assert meta["PubDate"].startswith("2021-01-25")
    assert "2020年" in meta["Keywords"] and meta["Description"]
    assert "PubDate" not in {node.get("name") for node in page(load_seed("000")).xpath("//meta")}


def test_the_page_is_built_for_those_who_hear_it() -> None:
    tree = page(load_seed("000"))
    ids = [node.get("id") for node in tree.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert tree.xpath("//body/a[@class='skip']/@href") == ["#content"]
    for table in tree.iter("table"):
        assert [child.tag for child in table][:3] == ["caption", "colgroup", "thead"]
        region = table.getparent()
        assert (region.get("role"), region.get("tabindex")) == ("region", "0")
        assert region.get("aria-labelledby") in ids
        assert all(head.get("scope") in ("col", "colgroup", "row", "rowgroup") for head in table.iter("th"))
    outline = [int(node.tag[1]) for node in tree.xpath("//h1|//h2|//h3|//h4")]
    assert outline[0] == 1 and all(after <= before + 1 for before, after in pairwise(outline))


TEXTS = ("ink", "faint", "mark", "link")


def test_colours_of_text_can_be_read() -> None:
    """Contrast of 4.5:1 and more (GB/T 37668): the text colours on the grounds they stand on."""
    css = (templates() / "report.css").read_text(encoding="utf-8")
    palettes = [
        dict(re.findall(r"--(\w+): (#\w{6})", block)) for block in re.findall(r":root \{(.*?)\}", css, re.DOTALL)
    ]
    assert len(palettes) == 2  # light and dark
    pairs = [(p[text], p[ground]) for p in palettes for text in TEXTS for ground in ("paper", "head")]
    pairs += [(p[text], p["ground"]) for p in palettes for text in ("ink", "faint", "link")]

    def light(colour: str) -> float:
        parts = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    for one, other in pairs:
        bright, dark = sorted((light(one), light(other)), reverse=True)
        assert (bright + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_report_gives_the_same_bytes(name: str) -> None:
    assert rendered(Edition(load_seed("004")), name) == rendered(Edition(load_seed("004")), name)


# --- drafts -------------------------------------------------------------------------------------------------------


def test_a_draft_is_marked_and_a_report_is_not() -> None:
    for draft in (True, False):
        tree, document = page(load_seed("001"), draft), word(load_seed("001"), draft)
        section = document.sections[0]
        assert bool(tree.xpath("//*[@class='banner']")) == bool(tree.xpath("//*[@class='watermark']")) == draft
        assert ("草稿" in tree.findtext(".//title")) == draft
        for head in (section.header, section.even_page_header):
            assert ("草稿" in head.paragraphs[0].text) == draft
            assert bool(list(head._element.iter(f"{W}pict"))) == draft
        assert any("草稿" in note["message"] for note in as_data(load_seed("001"), draft)["notes"]) == draft


# --- data ---------------------------------------------------------------------------------------------------------


def rows(report: Report) -> dict[str, dict[str, str]]:
    text = rendered(Edition(report), "csv").decode("utf-8-sig")
    return {row["key"]: row for row in csv.DictReader(io.StringIO(text))}


@pytest.mark.parametrize("seed", SEEDS)
def test_json_holds_what_the_contract_says(seed: str) -> None:
    report = load_seed(seed)
    data = json.loads(rendered(Edition(report), "json"))
    assert data == as_data(report)
    assert list(data)[:5] == ["form", "organ", "type", "year", "scope"]
    assert list(data)[-3:] == ["facts", "paragraphs", "notes"]
    assert [fact["key"] for fact in data["facts"]] == [str(key) for key in report.form.cells]
    for fact in data["facts"]:
        assert list(fact) == ["key", "value", "raw", "place"]
        kind = report.form.cells[Key.parse(fact["key"])].kind
        assert fact["value"] is None or type(fact["value"]) is (str if kind == "money" else int)
    assert {fact["key"]: fact["raw"] for fact in data["facts"]} == {str(k): v for k, v in raw_cells(seed).items()}
    assert [list(p)[:4] for p in data["paragraphs"]] == [["section", "heading", "text", "place"]] * len(
        report.paragraphs
    )


def test_json_of_a_known_cell() -> None:
    facts = {fact["key"]: fact for fact in as_data(load_seed("002"))["facts"]}
    assert facts["disclosure/licensing/items_change"]["value"] == 111
    assert facts["disclosure/procurement/amount"]["value"] == "397265"
    assert facts["requests/carried_out/natural"]["value"] is None


def test_places_travel_with_facts_and_paragraphs() -> None:
    report = edited("000", "requests/received/natural", place=Place("三、依申请公开", "E6"))
    report = replace(report, paragraphs=(replace(report.paragraphs[0], place=Place("一、总体情况", "B4")),))
    data = as_data(report)
    fact = next(f for f in data["facts"] if f["key"] == "requests/received/natural")
    assert fact == {
        "key": "requests/received/natural",
        "value": 1,
        "raw": "1",
        "place": {"sheet": "三、依申请公开", "cell": "E6"},
    }
    assert data["paragraphs"][0]["place"] == {"sheet": "一、总体情况", "cell": "B4"}


@pytest.mark.parametrize("seed", SEEDS)
def test_json_read_back_is_the_same_report(seed: str, tmp_path: Path) -> None:
    report = load_seed(seed)
    folder = publish(Edition(report), tmp_path, formats=["json"])
    again = load_data(folder / "report.json")
    assert again.form is report.form
    assert dict(again.facts) == dict(report.facts)
    assert [(p.section, p.heading, p.text) for p in again.paragraphs] == [
        (p.section, p.heading, p.text) for p in report.paragraphs
    ]
    lost = {"notes"}  # they tell of labels, which the data do not hold
    first, second = as_data(report), as_data(again)
    assert {k: v for k, v in second.items() if k not in lost} == {k: v for k, v in first.items() if k not in lost}


def test_braces_in_a_published_text_are_words_when_read_back(tmp_path: Path) -> None:
    report = replace(load_seed("000"), paragraphs=(Paragraph("other", "", "写作{{ '{{ 甲 }}' }}。"),))
    folder = publish(Edition(report), tmp_path, formats=["json"])
    assert as_data(load_data(folder / "report.json"))["paragraphs"][0]["text"] == "写作{{ 甲 }}。"


def broken(change: str) -> bytes:
    data = as_data(load_seed("000"))
    match change:
        case "form":
            data["form"] = "../2021"
        case "missing":
            del data["facts"][7]
        case "twice":
            data["facts"].append(data["facts"][0])
        case "foreign":
            data["facts"][0]["key"] = "requests/no/such"
        case "float":
            data["facts"][0]["value"] = 0.5
        case "boolean":
            data["facts"][0]["value"] = True
        case "money":
            data["facts"][9]["value"] = "NaN"
        case "huge":
            data["facts"][0]["value"] = 10**30
        case "year":
            data["year"] = "2024"
        case "facts":
            data["facts"] = {"requests/received/natural": 1}
        case "section":
            data["paragraphs"][0]["section"] = "nowhere"
    return json.dumps(data).encode("utf-8")


CHANGES = ["form", "missing", "twice", "foreign", "float", "boolean", "money", "huge", "year", "facts", "section"]
NOT_JSON = [b"", b"{", b"[" * 100_000, b'{"form": ' + b"9" * 5000 + b"}", b"\xff\xfe\x00", b"[]", b"null", b'"2021"']


@pytest.mark.parametrize("content", [*map(broken, CHANGES), *NOT_JSON], ids=[*CHANGES, *map(str, range(len(NOT_JSON)))])
def test_data_that_are_not_ours_are_refused_in_one_sentence(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(content)
    with pytest.raises(GiaError, match=r"^[^\n]*report\.json[^\n]*。$"):
        load_data(path)


def test_a_missing_file_is_refused_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(GiaError, match="无法打开"):
        load_data(tmp_path / "report.json")


def test_csv_keeps_zero_blank_and_not_applicable_apart() -> None:
    report = edited("000", "disclosure/fees/amount", value=None, raw="不适用", flaw=Flaw.DASH)
    facts = {**report.facts}
    for key, raw, flaw in (
        ("requests/received/legal.law", "", Flaw.BLANK),
        ("requests/received/legal.other", "约三", Flaw.WORDS),
    ):
        facts[Key.parse(key)] = Fact(Key.parse(key), None, raw, None, flaw)
    table = rows(replace(report, facts=facts))
    shown = {key: (row["value"], row["state"]) for key, row in table.items()}
    assert shown["requests/received/legal.social"] == ("0", "已填")
    assert shown["requests/received/legal.law"] == ("", "空白")
    assert shown["requests/received/legal.other"] == ("", "无法读取")
    assert shown["disclosure/fees/amount"] == ("", "不适用")


def test_csv_is_tidy_and_opens_in_excel() -> None:
    source = rendered(Edition(load_seed("002")), "csv")
    assert source.startswith(b"\xef\xbb\xbfkey,table,row,column,labels,value,unit,state\r\n")
    table = rows(load_seed("002"))
    assert list(table)[:-11] == [str(key) for key in load_form("2019").cells]
    assert (table["disclosure/procurement/amount"]["value"], table["disclosure/procurement/amount"]["unit"]) == (
        "397265",
        "元",
    )
    units = {column: table[f"disclosure/penalties/{column}"]["unit"] for column in ("items_previous", "decisions")}
    assert units == {"items_previous": "项", "decisions": "件"}
    assert table["requests/outcome.refused.secret/legal.law"]["labels"] == (
        "三、本年度办理结果>(三)不予公开>1.属于国家秘密｜申请人情况>法人或其他组织>法律服务机构"
    )


def test_csv_holds_the_paragraphs_after_the_figures() -> None:
    table = rows(load_seed("000"))
    first = table["overview/1"]
    assert (first["table"], first["row"], first["labels"], first["state"]) == (
        "overview",
        "1",
        "(一)主动公开情况:",
        "文字",
    )
    said = [row["value"] for row in table.values() if row["state"] == "文字"]
    assert said == [words["text"] for words in as_data(load_seed("000"))["paragraphs"]]


def test_the_declaration_that_blanks_are_zero_is_recorded_once() -> None:
    report = edited("000", "requests/received/legal.law", value=None, raw="", flaw=Flaw.BLANK)
    key = Key.parse("requests/received/legal.law")
    fact = next(fact for fact in as_data(report)["facts"] if fact["key"] == str(key))
    assert fact["value"] is None
    declared = replace(report, cover=replace(report.cover, blank_is_zero=True))
    data = as_data(declared)
    assert next(fact for fact in data["facts"] if fact["key"] == str(key))["value"] == 0
    added = [note["message"] for note in data["notes"] if note not in as_data(report)["notes"]]
    assert added == ["封面声明了“空白按0”，1 个未填的单元格按 0 计"]


def test_a_gap_in_the_text_goes_out_in_drafts_only(tmp_path: Path) -> None:
    report = load_seed("000")
    gap = Paragraph("preface", "", "请与我们联系，{{ 联系方式 }}。")
    report = replace(report, cover=replace(report.cover, contact=""), paragraphs=(gap, *report.paragraphs))
    with pytest.raises(GiaError, match="〔未填〕"):
        publish(Edition(report), tmp_path)
    assert list(tmp_path.iterdir()) == []
    page = publish(Edition(report, True), tmp_path) / "report.html"
    assert "〔未填〕" in page.read_text(encoding="utf-8")


# --- hostile words ------------------------------------------------------------------------------------------------


def hostile() -> Report:
    report = load_seed("000")
    cover = replace(report.cover, organ=HOSTILE, title=HOSTILE, signature=HOSTILE, date=HOSTILE)
    paragraphs = tuple(Paragraph(section.key, HOSTILE, HOSTILE) for section in report.form.sections)
    facts = dict(report.facts)
    key = Key("requests", "received", "natural")
    facts[key] = Fact(key, None, HOSTILE, None, Flaw.WORDS)
    return replace(report, cover=cover, paragraphs=paragraphs, facts=facts, headings={"problems": HOSTILE})


def test_markup_and_control_characters_in_words_stay_words() -> None:
    tree, document = page(hostile(), True), word(hostile(), True)
    assert len(tree.xpath("//script")) == 3  # linked data, where figures come from, and report.js
    assert not tree.xpath("//script[contains(., 'alert(1)</')]")
    assert tree.xpath("//h1")[0].text_content() == CLEANED
    assert tree.xpath("//td/data[@data-key='requests/received/natural']")[0].text_content() == CLEANED
    assert page_words(tree) == word_words(document)
    assert page_grids(tree) == word_grids(document)
    assert document.core_properties.title == CLEANED


def test_no_cell_of_the_csv_is_a_formula() -> None:
    for report in (hostile(), edited("002", "disclosure/licensing/items_change", value=-3, raw="减3")):
        for row in csv.reader(io.StringIO(rendered(Edition(report, True), "csv").decode("utf-8-sig"))):
            for text in row:
                assert not text.startswith(("=", "+", "@", "\t", "\r")) and (not text.startswith("-") or text == "-3")


def test_json_of_hostile_words_is_utf_8(tmp_path: Path) -> None:
    folder = publish(Edition(hostile(), True), tmp_path)
    assert folder.parent == tmp_path
    assert load_data(folder / "report.json").organ.startswith("<script>")


# --- the folder ---------------------------------------------------------------------------------------------------


def test_a_built_report_is_one_folder_with_a_file_for_each_format(tmp_path: Path) -> None:
    folder = publish(Edition(load_seed("000")), tmp_path / "reports")
    assert folder == tmp_path / "reports" / "随县安居镇人民政府2024"
    assert {path.name for path in folder.iterdir()} == {name for one in FORMATS.values() for name in one.files}
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]


def test_only_the_formats_asked_for_remain(tmp_path: Path) -> None:
    publish(Edition(load_seed("000")), tmp_path)
    folder = publish(Edition(load_seed("000")), tmp_path, formats=["html"])
    assert [path.name for path in folder.iterdir()] == ["report.html"]


def test_an_unknown_format_is_named_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(GiaError, match=f"odt.*{'、'.join(FORMATS)}"):
        publish(Edition(load_seed("000")), tmp_path, formats=["html", "odt"])
    with pytest.raises(GiaError):
        publish(Edition(load_seed("000")), tmp_path, formats=[])
    assert list(tmp_path.iterdir()) == []


def every_text(form: str) -> Iterator[str]:
    for section in load_form(form).tables:
        yield from (box.text for box in boxes(section) if box.text)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_no_label_of_a_table_stands_in_the_publishers_or_their_templates(form: str) -> None:
    sources = [*Path(docx_module.__file__).parent.glob("*.py"), *templates().glob("report.*[!x]")]
    words = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    shown_in_docs = {"行政诉讼", "复议后起诉", "结果维持"}  # an example in a docstring
    assert not [text for text in set(every_text(form)) - shown_in_docs if len(text) > 3 and text in words]
