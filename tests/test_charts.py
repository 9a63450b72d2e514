"""图解 and 一图读懂: every figure is one of the report, nothing overlaps, nothing needs colour, and 0 is a sentence."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from gia_xlsx.errors import GiaError
from gia_xlsx.form import Key, load_form
from gia_xlsx.placeholders import printed
from gia_xlsx.publish import FORMATS, Edition, render
from gia_xlsx.publish.charts import Chart, charts
from gia_xlsx.publish.figures import total
from gia_xlsx.publish.infographic import infographic
from gia_xlsx.publish.shapes import em, wrapped
from gia_xlsx.report import Report
from gia_xlsx.resources import Looks
from tests.clean import clean, edited
from tests.seeds import SEEDS, load_seed

SVG = "{http://www.w3.org/2000/svg}"
FORMS = ("2019", "2021")
Rect = tuple[float, float, float, float]  # left, top, right, bottom


def filled(form: str, value: object) -> Report:
    """A report with the same in every cell; ``''`` is blank."""
    report = clean(form)
    return edited(report, {str(key): value for key in report.form.inputs})


def after(report: Report, last: Report) -> Report:
    """A report with another as that of the year before."""
    year = report.year or 0
    return replace(report, previous=replace(last, cover=replace(last.cover, year=year - 1)))


def scattered(form: str, seed: int) -> Report:
    """A report of any figures: many zeros, some small, some of nine and twelve digits, some left blank."""
    dice = random.Random(seed)
    pool: list[object] = [0, 0, 0, dice.randint(1, 30), dice.randint(1, 999), 10 ** dice.randint(3, 11), 987654321]
    blanks = [""] * dice.choice((0, 0, 1))
    report = clean(form)
    return edited(report, {str(key): dice.choice(pool + blanks) for key in report.form.inputs})


def made() -> Iterator[Any]:
    """Reports of all kinds, with and without last year's."""
    for seed in SEEDS:
        yield pytest.param(load_seed(seed), id=seed)
    for form in FORMS:
        one_giant = {"requests/outcome.granted/natural": 999999999, "cases/count/review.upheld": 123456789}
        every = {
            "clean": clean(form),
            "zero": filled(form, 0),
            "alike": filled(form, 7),
            "huge": filled(form, 987654321),
            "giant": edited(filled(form, 0), one_giant),
            "blank": filled(form, ""),
            "negative": edited(filled(form, 0), {"requests/received/natural": -5}),
            "two years": after(clean(form), filled(form, 3)),
            "after nothing": after(clean(form), filled(form, 0)),
            "nothing after much": after(filled(form, 0), filled(form, 987654321)),
        }
        every |= {f"scattered {n}": after(scattered(form, n), scattered(form, 100 + n)) for n in range(12)}
        every |= {f"scattered alone {n}": scattered(form, 200 + n) for n in range(6)}
        yield from (pytest.param(report, id=f"{form} {name}") for name, report in every.items())


MADE = list(made())


def drawn(report: Report) -> list[Chart]:
    return [chart for found in charts(Edition(report, True)).values() for chart in found]


def chart(report: Report, key: str) -> Chart:
    return next(chart for chart in drawn(report) if chart.key == key)


def words(svg: str) -> list[str]:
    return [node.text or "" for node in etree.fromstring(svg).iter(f"{SVG}text")]


def number(node: Any, name: str) -> float:
    return float(node.get(name, 0))


def text_box(node: Any) -> Rect:
    """Where the characters of a text are."""
    size, width = number(node, "font-size"), em(node.text or "") * number(node, "font-size")
    left = number(node, "x") - {"start": 0, "middle": 0.5, "end": 1}[node.get("text-anchor", "start")] * width
    baseline = number(node, "y")
    return left, baseline - 0.8 * size, left + width, baseline + 0.1 * size


def bar_box(node: Any) -> Rect:
    left, top = number(node, "x"), number(node, "y")
    return left, top, left + number(node, "width"), top + number(node, "height")


def overlap(one: Rect, other: Rect) -> bool:
    slack = 0.2  # coordinates are written with one decimal
    across = min(one[2], other[2]) - max(one[0], other[0])
    return across > slack and min(one[3], other[3]) - max(one[1], other[1]) > slack


def assert_nothing_overlaps(svg: str) -> None:
    """No two texts, no text and a mark (a ground may lie under a text), and nothing beyond the edge."""
    root = etree.fromstring(svg)
    edge = [float(n) for n in root.get("viewBox").split()]
    boxes = [(node.text or "", text_box(node)) for node in root.iter(f"{SVG}text")]
    bars = [bar_box(node) for node in root.iter(f"{SVG}rect") if node.get("width") != "100%"]
    assert boxes
    for n, (text, box) in enumerate(boxes):
        inside = box[0] >= -0.2 and box[1] >= -0.2 and box[2] <= edge[2] + 0.2 and box[3] <= edge[3] + 0.2
        assert inside, f"{text} leaves the picture"
        for other, its in boxes[n + 1 :]:
            assert not overlap(box, its), f"{text} and {other}"
        for bar in bars:
            under = bar[0] <= box[0] and bar[1] <= box[1] and bar[2] >= box[2] and bar[3] >= box[3]
            assert under or not overlap(box, bar), f"{text} and a mark at {bar}"


# --- charts beside their tables -------------------------------------------------------------------------------------


@pytest.mark.parametrize("report", MADE)
def test_nothing_in_a_chart_overlaps(report: Report) -> None:
    for chart in drawn(report):
        if chart.svg:
            assert_nothing_overlaps(chart.svg)


@pytest.mark.parametrize("report", MADE)
def test_a_chart_draws_the_figures_of_its_table_and_no_others(report: Report) -> None:
    last = Edition(report).last
    known = {printed(value) for value in sums(report) if value is not None}
    then = {f"上年 {printed(value)}" for value in sums(last) if value is not None} if last else set()
    for chart in drawn(report):
        figures = [text for text in words(chart.svg) if re.fullmatch(r"(上年 )?-?[\d.]+", text)] if chart.svg else []
        assert set(figures) <= known | then
        told = re.findall(r"(?:(?<=（)上年 )?-?\d+(?:\.\d+)?(?=[；，、。）（])", chart.alt.replace("各项为 0", ""))
        assert Counter(told) >= Counter(figures)


def sums(report: Report) -> Iterator[Any]:
    """Every figure of a table and every sum under a heading of it."""
    for table in report.form.tables:
        for block in table.blocks:
            for row in block.rows.lines:
                for column in block.columns.lines:
                    yield total(report, table.key, row.key, column.key)


def test_known_figures_of_a_real_report() -> None:
    """Read by eye from the table of seed 001."""
    found = chart(load_seed("001"), "requests-outcomes")
    assert found.title == "本年度办理结果（件）"
    assert found.alt == (
        "予以公开 12；部分公开 11；无法提供 9，其中本机关不掌握相关政府信息 9；其他处理 2，其中其他 2；其余各项为 0。"
    )
    assert words(found.svg) == [
        *("予以公开", "12", "部分公开", "11", "无法提供", "9", "本机关不掌握相关政府信息", "9"),
        *("其他处理", "2", "其他", "2", "其余各项为 0"),
    ]


def test_bars_are_as_long_as_their_figures() -> None:
    root = etree.fromstring(chart(load_seed("001"), "requests-outcomes").svg)
    lengths = [number(node, "width") for node in root.iter(f"{SVG}rect")][1:]  # the first is the line they stand on
    figures = [12, 11, 9, 9, 2, 2]
    assert [length / lengths[0] * 12 for length in lengths] == pytest.approx(figures, abs=0.02)


def test_a_group_is_the_sum_of_what_it_holds() -> None:
    report = edited(
        filled("2021", 0),
        {"requests/outcome.refused.law/natural": 3, "requests/outcome.refused.query/legal.law": 4},
    )
    alt = chart(report, "requests-outcomes").alt
    assert alt == "不予公开 7，其中其他法律行政法规禁止公开 3、属于行政查询事项 4；其余各项为 0。"


def test_cases_are_told_by_the_way_they_took() -> None:
    report = edited(filled("2021", 0), {"cases/count/direct.upheld": 2, "cases/count/after_review.pending": 1})
    alt = chart(report, "cases-cases").alt
    assert alt == "未经复议直接起诉 2，其中结果维持 2；复议后起诉 1，其中尚未审结 1；其余各项为 0。"


@pytest.mark.parametrize("form", FORMS)
def test_where_all_is_zero_a_sentence_stands_instead(form: str) -> None:
    for found in drawn(filled(form, 0)):
        assert found.svg == ""
        assert found.alt.startswith("本年度没有") and found.alt.endswith("。")
    assert chart(filled(form, 0), "requests-applicants").alt == "本年度没有新收政府信息公开申请。"


@pytest.mark.parametrize("form", FORMS)
def test_a_table_that_is_not_filled_is_not_called_zero(form: str) -> None:
    assert {found.alt for found in drawn(filled(form, ""))} == {"表中数字尚未填全，暂不成图。"}
    assert not any(found.svg for found in drawn(filled(form, "")))


def test_a_blank_among_figures_is_named() -> None:
    report = edited(clean(), {"requests/received/legal.law": "", "requests/received/natural": ""})
    found = words(chart(report, "requests-applicants").svg)
    assert found[:4] == ["自然人", "未填", "法人或其他组织", "未填全"]
    assert found[-1] == "另有 1 项未填"


def test_a_blank_that_the_cover_declares_zero_is_zero() -> None:
    report = filled("2021", "")
    report = replace(report, cover=replace(report.cover, blank_is_zero=True))
    assert chart(report, "cases-cases").alt == "本年度没有因政府信息公开引起的行政复议、行政诉讼案件。"


# --- both years -----------------------------------------------------------------------------------------------------


def test_both_years_stand_side_by_side_and_differ_without_colour() -> None:
    last = edited(clean(), {"requests/received/natural": 11})
    found = chart(after(clean(), last), "requests-applicants")
    root = etree.fromstring(found.svg)
    assert words(found.svg)[:3] == ["自然人", "94", "上年 11"]
    _, now, then = list(root.iter(f"{SVG}rect"))[:3]
    assert number(now, "width") / number(then, "width") == pytest.approx(94 / 11, abs=0.1)
    assert now.get("fill") != "none" and then.get("fill") == "none" and then.get("stroke")
    assert "自然人 94（上年 11）" in found.alt


def test_what_was_only_last_year_is_still_shown() -> None:
    last = edited(filled("2021", 0), {"requests/outcome.refused.secret/natural": 4})
    now = edited(filled("2021", 0), {"requests/outcome.granted/natural": 9})
    alt = chart(after(now, last), "requests-outcomes").alt
    assert alt == "予以公开 9（上年 0）；不予公开 0（上年 4），其中属于国家秘密 0（上年 4）；其余各项为 0。"


def test_across_the_two_forms_only_tables_three_and_four_are_compared() -> None:
    now = replace(clean("2021"), cover=replace(clean("2021").cover, year=2021))
    report = after(now, clean("2019"))
    assert "上年" not in chart(report, "disclosure-decisions").alt
    assert "上年" in chart(report, "cases-cases").alt
    # One row of the form of 2019 is a heading over three in that of 2021.
    (single,) = (report.previous.value(Key("requests", "outcome.other", "total")),) if report.previous else (None,)
    assert f"其他处理 68（上年 {single}），其中逾期不补正" in chart(report, "requests-outcomes").alt


def test_the_report_of_another_organ_is_no_last_year() -> None:
    other = replace(clean(), cover=replace(clean().cover, organ="盘州市人民政府"))
    assert "上年" not in chart(after(clean(), other), "requests-applicants").svg


# --- charts as a part of a page -------------------------------------------------------------------------------------


def test_all_charts_may_stand_on_one_page() -> None:
    found = drawn(clean())
    page = etree.fromstring(f"<body>{''.join(chart.svg for chart in found)}</body>")
    ids = [node.get("id") for node in page.iter() if node.get("id")]
    assert len(ids) == len(set(ids)) == 2 * len(found)
    for section in charts(Edition(clean())):
        assert any(name.startswith(f"{section}-") for name in ids)


@pytest.mark.parametrize("form", FORMS)
def test_a_chart_says_in_words_what_it_shows(form: str) -> None:
    for found in drawn(clean(form)):
        root = etree.fromstring(found.svg)
        title, desc = (root.find(f"{SVG}{name}") for name in ("title", "desc"))
        assert root.get("role") == "img"
        assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert title.text == f"{clean(form).year}年{found.title}"
        assert desc.text == found.alt
        assert (int(root.get("width")), int(root.get("height"))) == (found.width, found.height)


def test_charts_follow_the_order_of_the_form() -> None:
    found = charts(Edition(clean()))
    assert list(found) == ["disclosure", "requests", "cases"]
    labels = [text for text in words(found["requests"][0].svg) if not text.isdigit()]
    names = [line.label for line in load_form("2021").by_key["requests"].blocks[0].rows.lines]
    groups = [re.sub(r"^\(.\)|\(.*", "", name) for name in names if re.match(r"\([一二三四五六]\)", name)]
    assert [label for label in labels if label in groups] == groups


@pytest.mark.parametrize("paper", ["#ffffff", "#1a1a1a", "#121417"])
def test_bars_stand_out_from_a_white_and_a_dark_page(paper: str) -> None:
    colours = set(re.findall(r"var\(--[\w-]+, (#\w+)\)", chart(after(clean(), clean()), "cases-cases").svg))
    assert colours
    assert all(contrast(colour, paper) >= 3 for colour in colours)


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2."""

    def light(colour: str) -> float:
        full = colour if len(colour) == 7 else "#" + "".join(2 * digit for digit in colour[1:])
        parts = (int(full[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_an_office_may_draw_them_its_own_way(tmp_path: Path) -> None:
    (tmp_path / "chart.svg.j2").write_text("<svg>{{ title }}</svg>", encoding="utf-8")
    found = charts(Edition(clean(), looks=Looks(tmp_path)))["cases"][0]
    assert found.svg == "<svg>2024年政府信息公开行政复议、行政诉讼（件）</svg>"
    (tmp_path / "chart.svg.j2").write_text("{{ nothing }}", encoding="utf-8")
    with pytest.raises(GiaError, match=r"chart\.svg\.j2 第 1 行"):
        charts(Edition(replace(clean()), looks=Looks(tmp_path / ".")))


# --- how wide words are ---------------------------------------------------------------------------------------------


def test_words_are_never_wider_than_they_are_taken_for() -> None:
    """Against the metrics of the font that the picture is set in."""
    import pylopdf_fonts_zh_cn
    from fontTools.ttLib import TTFont

    font = TTFont(str(pylopdf_fonts_zh_cn.sans_path()), lazy=True)
    glyphs, metrics, size = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    ours = {c for form in FORMS for cell in load_form(form).cells.values() for c in cell.words + cell.unit}
    for character in ours | set(map(chr, range(32, 127))) | set("“”（）·—　，。；：、"):
        assert metrics[glyphs[ord(character)]][0] / size <= em(character) + 0.005, character


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("清水镇", 10, ["清水镇"]),
        ("清水镇人民政府办公室", 6, ["清水镇人民", "政府办公室"]),
        ("甲乙丙丁戊2024年", 6, ["甲乙丙丁戊", "2024年"]),
        ("甲乙丙丁，戊", 4, ["甲乙丙", "丁，戊"]),
        ("a" * 20, 6.2, ["a" * 10, "a" * 10]),
        ("", 5, [""]),
    ],
)
def test_where_a_text_is_cut(text: str, width: float, lines: list[str]) -> None:
    assert wrapped(text, width) == lines


# --- 一图读懂 -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("report", MADE)
def test_nothing_on_the_sheet_overlaps(report: Report) -> None:
    assert_nothing_overlaps(infographic(Edition(report, True)))


@pytest.mark.parametrize("form", FORMS)
def test_the_sheet_shows_every_figure_of_table_two(form: str) -> None:
    report = clean(form)
    cells = [key for key in report.form.cells if key.table == "disclosure"]
    report = edited(report, {str(key): 7000 + n for n, key in enumerate(cells)})
    shown = words(infographic(Edition(report)))
    assert [int(text) for text in shown if re.fullmatch(r"70\d\d", text)] == [7000 + n for n in range(len(cells))]
    assert "行政事业性收费" in shown


def test_units_stand_with_the_figures() -> None:
    shown = words(infographic(Edition(clean("2021"))))
    assert shown[shown.index("39.7265") + 1] == "万元"
    shown = words(infographic(Edition(load_seed("002"), True)))
    assert "397265元" in shown and "增111" in shown  # as filed, and no unit after it
    assert shown[shown.index("增111") + 1] == "114"


def test_one_line_stands_over_all_figures_of_a_kind() -> None:
    root = etree.fromstring(infographic(Edition(clean("2021"))))
    left = {node.text: text_box(node)[0] for node in root.iter(f"{SVG}text")}
    decisions, fees = (bar_box(node) for node in root.iter(f"{SVG}rect") if node.get("height") in ("4", "4.0"))
    assert decisions[0] == left["本年处理决定数量"] == left["行政许可"]
    assert left["行政许可"] < left["行政处罚"] < left["行政强制"] < decisions[2] < fees[0]
    assert fees[0] == left["本年收费金额"] == left["行政事业性收费"]


def equation(report: Report) -> list[str]:
    shown = words(infographic(Edition(report, True)))
    return shown[shown.index("本年新收") : shown.index("本年度办理结果")]


def test_what_came_in_and_what_became_of_it_is_an_equation_where_it_holds() -> None:
    sound = ["本年新收", "564", "上年结转", "27", "+", "办理结果总计", "504", "=", "结转下年度", "87", "+"]
    assert equation(clean()) == sound
    wrong = equation(load_seed("001"))  # 33 + 0 is not 34 + 3
    assert wrong == ["本年新收", "33", "上年结转", "0", "办理结果总计", "34", "结转下年度", "3"]


def test_a_total_over_blanks_is_not_called_zero() -> None:
    assert equation(filled("2021", ""))[1::2] == ["未填"] * 4
    assert equation(edited(clean(), {"requests/received/natural": ""}))[1] == "未填全"
    gaps = {f"requests/{row.key}/natural": "" for row in clean().form.by_key["requests"].blocks[0].rows.leaves}
    del gaps["requests/outcome.total/natural"]
    assert equation(edited(clean(), gaps))[1::2] == ["未填全"] * 4


def test_the_sheet_bears_title_source_and_date() -> None:
    text = "".join(words(infographic(Edition(clean()))))
    assert text.startswith("一图读懂清水镇人民政府2024年政府信息公开工作年度报告")
    assert "数据来源：清水镇人民政府2024年政府信息公开工作年度报告" in text
    assert text.endswith("清水镇人民政府　2025年1月20日")


def test_a_draft_says_so_at_head_and_foot() -> None:
    shown = words(infographic(Edition(clean(), True)))
    assert [n for n, text in enumerate(shown) if "草稿" in text] == [0, len(shown) - 1]
    assert "草稿" not in infographic(Edition(clean()))


def test_a_sheet_without_cases_or_applications_says_so_in_sentences() -> None:
    svg = infographic(Edition(filled("2021", 0)))
    assert "本年度没有新收政府信息公开申请。" in words(svg)
    assert "本年度没有因政府信息公开引起的行政复议、行政诉讼案件。" in words(svg)
    assert "其余各项" not in svg


def test_last_year_stands_below_each_figure() -> None:
    last = edited(clean(), {"disclosure/normative/issued": 3, "requests/received/natural": 90})
    shown = words(infographic(Edition(after(clean(), last))))
    assert {"上年 3", "上年 560"} <= set(shown)
    assert "上年 " not in infographic(Edition(clean()))


@pytest.mark.parametrize("title", ["政" * 90, "W" * 200, "清水 town <b>&amp; “引号”</b>" * 4, "新疆维吾尔自治区" * 5])
def test_a_title_of_any_length_stays_on_the_sheet(title: str) -> None:
    report = replace(clean(), cover=replace(clean().cover, title=title))
    svg = infographic(Edition(report))
    assert_nothing_overlaps(svg)
    assert title in "".join(words(svg))


def test_a_long_name_breaks_where_a_place_ends() -> None:
    organ = "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县人民政府办公室"
    report = replace(clean(), cover=replace(clean().cover, organ=organ))
    shown = words(infographic(Edition(report)))
    assert shown[1:4] == ["新疆维吾尔自治区伊犁哈萨克自治州", "察布查尔锡伯自治县", "人民政府办公室2024年"]


@pytest.mark.parametrize("form", FORMS)
def test_the_sheet_needs_nothing_but_itself(form: str) -> None:
    svg = infographic(Edition(after(clean(form), clean(form)), True))
    root = etree.fromstring(svg)
    assert {etree.QName(node).localname for node in root.iter()} == {"svg", "title", "desc", "rect", "text"}
    assert not re.search(r"var\(|url\(|href|style|class|on\w+=", svg)
    assert root.get("width") == "1080"


def test_the_sheet_says_in_words_what_it_shows() -> None:
    report = clean()
    root = etree.fromstring(infographic(Edition(report)))
    told = root.find(f"{SVG}desc").text
    figures = [text for text in words(etree.tostring(root).decode()) if re.fullmatch(r"[\d.]+", text)]
    assert Counter(re.findall(r"\d+(?:\.\d+)?", told)) >= Counter(figures)
    assert root.get("aria-labelledby").split() == [root.find(f"{SVG}{name}").get("id") for name in ("title", "desc")]


def test_text_on_the_sheet_is_large_and_stands_out() -> None:
    root = etree.fromstring(infographic(Edition(after(clean(), clean()), True)))
    grounds = [(bar_box(node), node.get("fill")) for node in root.iter(f"{SVG}rect") if node.get("width") != "100%"]
    for node in root.iter(f"{SVG}text"):
        box = text_box(node)
        under = [fill for ground, fill in grounds if overlap(ground, box)]
        assert number(node, "font-size") >= 25
        assert contrast(node.get("fill"), under[-1] if under else "#fff") >= 4.5


def test_the_picture_is_of_the_sheet_and_always_the_same() -> None:
    first, again = (render(Edition(clean()), ["infographic"]) for _ in range(2))
    assert first == again
    assert tuple(first) == FORMATS["infographic"].files
    picture = first["infographic.png"]
    height = int(etree.fromstring(first["infographic.svg"]).get("height"))
    assert picture.startswith(b"\x89PNG")
    assert size(picture) == (1080, height)


def test_a_character_that_no_font_has_is_named() -> None:
    report = replace(clean(), cover=replace(clean().cover, title="清水镇\U00012000年报"))
    with pytest.raises(GiaError, match="\U00012000"):
        render(Edition(report), ["infographic"])


def size(picture: bytes) -> tuple[int, int]:
    return int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")


def test_the_office_may_give_the_sheet_its_own_colours(tmp_path: Path) -> None:
    from gia_xlsx.resources import templates

    ours: Mapping[str, str] = {"#17437a": "#7a1717"}
    text = (templates() / "infographic.svg.j2").read_text(encoding="utf-8")
    for old, new in ours.items():
        assert old in text
        text = text.replace(old, new)
    (tmp_path / "infographic.svg.j2").write_text(text, encoding="utf-8")
    svg = infographic(Edition(clean(), looks=Looks(tmp_path)))
    assert "#7a1717" in svg and "#17437a" not in svg
