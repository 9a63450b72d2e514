"""What a web page shows is what is read of it: lines, tables, places; and a page made to do harm is refused quickly."""

from __future__ import annotations

import tracemalloc

import pytest

from gia_xlsx.errors import GiaError
from gia_xlsx.form import Section
from gia_xlsx.grid import boxes
from gia_xlsx.intake.flow import MOST_CELLS
from gia_xlsx.intake.html import read_html
from gia_xlsx.intake.html_guard import LARGEST_PAGE
from gia_xlsx.intake.source import Line, Origin, Source, Table
from gia_xlsx.publish import Edition, rendered
from tests.seeds import SEEDS, load_seed, raw_cells

LONG = "本机关依法公开政府信息。" * 60


def read(text: str) -> Source:
    return read_html(text, "页.html")


def lines(source: Source) -> list[Line]:
    return [block for block in source.blocks if isinstance(block, Line)]


def texts(text: str) -> list[str]:
    return [line.text for line in lines(read(text))]


def grid(table: Table) -> list[list[str]]:
    """The table filled in: a cell stands in every place that it covers."""
    places = {}
    for top, row in enumerate(table.rows):
        for cell in row:
            for r in range(top, top + cell.height):
                for c in range(cell.left, cell.left + cell.width):
                    places[r, c] = cell.text
    return [[places.get((r, c), "·") for c in range(table.width)] for r in range(len(table.rows))]


def only(text: str) -> Table:
    (table,) = read(text).tables
    return table


# --- lines --------------------------------------------------------------------------------------------------------


def test_blocks_and_breaks_end_a_line_and_inline_elements_do_not() -> None:
    page = """<div>一<p>二</p>三<br>四<ul><li>五<li>六</ul><h2>七</h2>
      <section>八</section><article>九</article><address>十</address></div>"""
    assert texts(page) == list("一二三四五六七八九十")
    word = "<p><span lang=EN-US><span style='x'>2024</span></span><font>年<b>新收</b></font><o:p>3</o:p><a>件</a></p>"
    assert texts(word) == ["2024年新收3件"]


def test_white_space_is_shown_as_a_browser_does() -> None:
    assert texts("<p>\n  本机关\n\t\t共收到  申请 \n</p>") == ["本机关 共收到 申请"]
    assert texts("<p>\u3000\u3000一、&nbsp;总体\u3000情况&nbsp; \u200b</p>") == ["一、\xa0总体\u3000情况"]
    assert texts("<p> </p><p>&nbsp;</p><p>\u3000\u200b\ufeff</p><p><br></p>甲") == ["甲"]
    assert texts("<p>甲<b> 乙</b> <i>丙</i></p>") == ["甲 乙 丙"]


def test_preformatted_text_keeps_its_columns() -> None:
    first, second = lines(read("<pre>新收    3\n结转\t4\n</pre>"))
    assert (first.text, first.aligned, second.text) == ("新收    3", True, "结转      4")
    assert not lines(read("<p>甲</p>"))[0].aligned


def test_lines_are_counted_and_headings_have_their_level() -> None:
    found = lines(read("<h1>题<span>目</span></h1><p></p><p>文</p><h3>节</h3>尾"))
    assert [(line.text, line.origin, line.level) for line in found] == [
        ("题目", Origin(line=1), 1),
        ("文", Origin(line=2), 0),
        ("节", Origin(line=3), 3),
        ("尾", Origin(line=4), 0),
    ]


@pytest.mark.parametrize(
    ("page", "lead"),
    [
        ("<p><b>主动公开。</b>全年</p>", 5),
        ("<p>\u3000 <span><strong>主动</strong><b>公开。 </b></span>全年</p>", 5),
        ("<p><span style='font-weight: 700'>主动</span>公开</p>", 2),
        ("<p><span style='color:red;FONT-WEIGHT:bold'>主动</span>公开</p>", 2),
        ("<p style='font-weight:bold'>主动<span style='font-weight:normal'>公开</span></p>", 2),
        ("<p><span style='font-weight:500'>主动</span>公开</p>", 0),
        ("<p><b>主动公开</b> </p>", 0),
        ("<p>全年<b>主动公开</b></p>", 0),
        ("<p><b>&nbsp;</b>全年</p>", 0),
        ("<p><b>一</b><br>全年</p>", 0),
    ],
)
def test_a_bold_beginning(page: str, lead: int) -> None:
    assert lines(read(page))[0].lead == lead


def test_the_path_tells_the_report_from_the_page_around_it() -> None:
    page = "<div>导航</div><div><div><p>甲</p><p>乙</p><table><tr><td>1<td>2</table></div></div><div>版权</div>"
    source = read(page)
    nav, first, second, table, foot = source.blocks
    assert first.path == second.path == table.path
    shared = len(first.path) - 2
    assert nav.path[:shared] == foot.path[:shared] == first.path[:shared]
    assert len({block.path for block in (nav, first, foot)}) == 3


def test_what_a_browser_does_not_show_is_not_read() -> None:
    page = """<body><script>document.write("<p>甲</p><table><tr><td>1<td>2</table>")</script><style>p{}</style>
      <noscript>乙</noscript><template><p>丙</p></template><svg><text>丁</text></svg><iframe>戊</iframe>
      <select><option>己</select><textarea>庚</textarea><button>辛</button><input value=壬><!-- 癸 -->正文"""
    source = read(page)
    assert [line.text for line in lines(source)] == ["正文"]
    assert not source.tables


HIDING = ["style='display:none'", "style='color:red; DISPLAY : none'", "hidden", "style='visibility:hidden'"]


@pytest.mark.parametrize("how", HIDING)
def test_hidden_parts_are_left_out_unless_hardly_anything_is_left(how: str) -> None:
    hidden = f"<div {how}>藏</div>"
    assert texts(f"<p>{'字' * 200}</p>{hidden}") == ["字" * 200]
    assert texts(f"<table><tr><td>1<td>2</table>{hidden}") == []
    assert texts(f"<p>{'字' * 199}</p>{hidden}") == ["字" * 199, "藏"]


def test_what_is_hidden_does_not_make_bold_what_follows() -> None:
    page = "<table><tr><td>1<td>2</table><p><b hidden>藏</b>全<span style='font-weight:normal'>年</span></p>"
    assert [(line.text, line.lead) for line in lines(read(page))] == [("全年", 0)]


def test_what_a_style_makes_of_lines() -> None:
    assert texts("<div>甲<span style='display:block'>乙</span>丙<p style='display: inline'>丁</p>戊</div>") == [
        "甲",
        "乙",
        "丙丁戊",
    ]


def test_readings_over_characters_are_dropped_and_said() -> None:
    source = read("<p><ruby>政<rp>(</rp><rt>zhèng</rt><rp>)</rp></ruby><ruby>府<rt>fǔ</rt></ruby></p>")
    assert [line.text for line in lines(source)] == ["政府"]
    assert source.notes == (("去掉注音 2 处", Origin()),)
    assert read("<p>政府</p>").notes == ()


def test_what_a_page_says_of_itself() -> None:
    page = """<title> 栏目 | 政府 </title><META name="ARTICLETITLE" content="年度报告"><meta name=Author content=张三>
      <meta name="contentsource" content=""><meta name=SiteName content=某县><meta name=ColumnName content=年报>
      <meta name="PubDate" content="2025-01-20 10:00"><meta name=description content=无关>"""
    assert read(page).meta == {
        "title": "年度报告",
        "organ": "张三",
        "site": "某县",
        "keywords": "年报",
        "published": "2025-01-20 10:00",
    }
    both = "<meta name=Author content=张三><meta name=ContentSource content=某局><title>题</title>"
    assert read(both).meta == {"title": "题", "organ": "某局"}
    assert read("<p>甲").meta == {}


# --- tables -------------------------------------------------------------------------------------------------------


def test_spans_are_laid_out_as_a_browser_does() -> None:
    table = only(
        """<table><tr><td rowspan=2>a<td colspan="2">b<td rowspan=0>c<tr><td>d<td>e<tr><td colspan=3>f</table>"""
    )
    assert grid(table) == [list("abbc"), list("adec"), list("fffc")]
    assert [[(cell.text, cell.left, cell.width, cell.height) for cell in row] for row in table.rows] == [
        [("a", 0, 1, 2), ("b", 1, 2, 1), ("c", 3, 1, 3)],
        [("d", 1, 1, 1), ("e", 2, 1, 1)],
        [("f", 0, 3, 1)],
    ]


def test_cells_keep_their_place_as_written() -> None:
    source = read("<table><tr><td>1<td>2</table><p>文</p><table><tr><td rowspan=2>a<td>b<tr><td>c</table>")
    assert [cell.origin for cell in source.tables[1].rows[1]] == [Origin(table=2, row=2, column=1)]
    assert [table.origin for table in source.tables] == [Origin(table=1), Origin(table=2)]


def test_text_of_a_cell() -> None:
    table = only("<table><tr><td> 商业 \n 企业<td>科研<br>机构<td><p>社会</p><p>公益</p><td>&nbsp;<td></table>")
    assert [cell.text for cell in table.rows[0]] == ["商业 企业", "科研\n机构", "社会\n公益", "", ""]


def test_groups_of_rows_stand_in_visual_order_and_bound_what_hangs_down() -> None:
    table = only("""<table><tfoot><tr><td>z<td>y</tfoot><tbody><tr><td rowspan=9>b<td>c<tr><td>d</tbody>
      <tbody><tr><td>e<td>f</tbody><thead><tr><td>h<td>i</thead></table>""")
    assert grid(table) == [list("hi"), list("bc"), list("bd"), list("ef"), list("zy")]


def test_an_empty_row_counts() -> None:
    assert grid(only("<table><tr><td rowspan=2>a<td>b<tr></tr><tr><td>c<td>d</table>")) == [
        ["a", "b"],
        ["a", "·"],
        ["c", "d"],
    ]


def test_spans_that_say_nonsense() -> None:
    table = only("<table><tr><td colspan=0 rowspan=-1>a<td colspan=x>b<td colspan='2px'>c</table>")
    assert grid(table) == [["a", "b", "c", "c"]]
    assert only("<table><tr><td colspan=99999>a<td>b</table>").width == 201


def test_a_caption_becomes_a_line_before_its_table() -> None:
    caption, table = read("<table><tr><td>1<td>2<caption>表一</caption></table>").blocks
    assert isinstance(caption, Line) and (caption.text, caption.origin) == ("表一", Origin(line=1))
    assert isinstance(table, Table)


@pytest.mark.parametrize(
    "cells",
    ["<td>左<td>甲<table><tr><td>1<td>2</table>乙", f"<td>左<td>甲{LONG}<td>乙", "<td>左甲乙"],
    ids=["a table in it", "a long cell", "one cell"],
)
def test_a_table_that_arranges_the_page_is_read_as_running_text(cells: str) -> None:
    source = read(f"<table><tr>{cells}</table>")
    assert "".join(line.text for line in lines(source)).replace(LONG, "") == "左甲乙"
    assert [grid(table) for table in source.tables] == ([[["1", "2"]]] if "table" in cells else [])


def test_a_table_in_a_layout_table_stands_in_order_and_has_its_path() -> None:
    left, before, table, after = read("<table><tr><td>左<td>甲<table><tr><td>1<td>2</table>乙</table>").blocks
    assert [block.text for block in (left, before, after) if isinstance(block, Line)] == ["左", "甲", "乙"]
    assert table.path == before.path == after.path != left.path


def test_cells_that_are_hidden_are_not_there() -> None:
    assert grid(only("<table><tr><td>1<td style='display:none'>x<td>2<tr hidden><td>y</table>")) == [["1", "2"]]


# --- our own pages ------------------------------------------------------------------------------------------------


def placed(section: Section, table: Table) -> dict[str, str]:
    """What the table holds where the form has its figures."""
    at = {(top, cell.left): cell for top, row in enumerate(table.rows) for cell in row}
    found = {}
    for box in boxes(section):
        cell = at[box.top, box.left]
        assert (cell.height, cell.width) == (box.height, box.width)
        if box.key:
            found[str(box.key)] = cell.text
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_our_own_page_gives_every_figure_in_its_place(seed: str) -> None:
    report = load_seed(seed)
    source = read(rendered(Edition(report, True), "html").decode())
    found: dict[str, str] = {}
    for section, table in zip(report.form.tables, source.tables, strict=True):
        found |= placed(section, table)
    assert found == {str(key): text for key, text in raw_cells(seed).items()}
    said = [line.text for line in lines(source)]
    for paragraph in report.paragraphs:
        assert paragraph.text.split("\n")[0] in "\n".join(said)
    assert source.meta["organ"] == report.cover.organ


# --- hostile pages ------------------------------------------------------------------------------------------------


def refusal(text: str) -> str:
    with pytest.raises(GiaError) as error:
        read(text)
    sentence = str(error.value)
    assert sentence.startswith("页.html：") and sentence.endswith("。") and "另存为" in sentence
    return sentence


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>" + "字" * (LARGEST_PAGE // 3), "20 MB"),
        ("<br>" * 200_001, "标签"),
        ("<div>" * 100_000 + "甲", "嵌套"),
        ("<ul><li>" * 90_000, "嵌套"),
        ("<span>" * 100_000, "嵌套"),
        ("<p>" + "".join(f"<b id={n}>" for n in range(3000)) + "</p><p>甲" * 3000, "嵌套"),
        ("<select>" + "<option>1" * 100_000, "嵌套"),
        ("<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">", "属性"),
        ("<p " + "".join(f"a{n}='>'" for n in range(100_000)) + ">", "属性"),
        ("<pre>" + "甲\n" * 200_000, "行"),
        (("<table><tr><td colspan=100 rowspan=100>1<td>2" + "<tr>" * 120 + "</table>") * 30, f"{MOST_CELLS} 格"),
    ],
    ids=["size", "tags", "div", "li", "span", "left open", "options", "attributes", "quoted", "lines", "cells"],
)
def test_a_page_that_would_keep_the_parser_busy_is_refused(page: str, words: str) -> None:
    assert words in refusal(page)


@pytest.mark.parametrize("tag", ["<div>", "<table><tr><td>"])
def test_ten_thousand_levels_are_read(tag: str) -> None:
    assert texts(tag * 10_000 + "甲") == ["甲"]


@pytest.mark.parametrize(
    "page",
    [
        "<" * 190_000,
        "<!--" * 199_000,
        "<script>" * 199_000,
        "<a " + "=" * 2_000_000,
        "&nbsp;" * 2_000_000,
        "",
        "\0\ud800",
    ],
    ids=["angles", "comments", "scripts", "equals", "spaces", "empty", "no characters"],
)
def test_nonsense_comes_to_an_end(page: str) -> None:
    read(page)


def test_a_cell_that_claims_too_much_claims_only_itself() -> None:
    table = only("<table><tr>" + "<td colspan=200 rowspan=500>1" * 300 + "<tr><td>甲" * 600 + "</table>")
    assert (table.width, len(table.rows)) == (300, 601)
    assert {(cell.width, cell.height) for row in table.rows for cell in row} == {(1, 1)}


def test_a_picture_in_the_page_costs_nothing() -> None:
    page = "<p>甲<img src='data:image/png;base64," + "A" * 10_000_000 + "'>乙</p>"
    tracemalloc.start()
    assert texts(page) == ["甲乙"]
    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    tracemalloc.stop()
