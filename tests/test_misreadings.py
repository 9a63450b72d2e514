"""Readings that once went wrong, or easily would: each a small report as a person might publish it."""

from __future__ import annotations

import pytest

from gia_xlsx.form import load_form
from gia_xlsx.intake.imported import Imported
from gia_xlsx.intake.recognise import recognise
from gia_xlsx.intake.sniff import read_source

TITLE = "某县教育局2023年政府信息公开工作年度报告"
RESULTS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
ROWS = load_form("2021").by_key["requests"].blocks[0].rows.leaves
HEADS = "申请人情况\n自然人\t法人或其他组织\t总计\n商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\n"


def report(two: str = "", three: str = "", four: str = "", **words: str) -> str:
    """A short report; ``two``, ``three`` and ``four`` stand in the sections of the tables."""
    said = {"title": TITLE, "overview": "情况良好。", "other": "无。", "organ": "某县教育局", "date": "2024年1月20日"}
    said |= words
    lines = [said["title"], "一、总体情况", said["overview"], "二、主动公开政府信息情况", two]
    lines += ["三、收到和处理政府信息公开申请情况", three, "四、政府信息公开行政复议、行政诉讼情况", four]
    lines += ["五、存在的主要问题及改进情况", "问题是有的。", "六、其他需要报告的事项", said["other"]]
    return "\n".join([*lines, said["organ"], said["date"], said.get("after", "")])


def page(text: str, table: str) -> str:
    """The same as a web page, with a table in the place of the line ``@``."""
    lines = (f"<table>{table}</table>" if line == "@" else f"<p>{line}</p>" for line in text.split("\n"))
    return f"<html><body>{''.join(lines)}</body></html>"


def read(text: str) -> Imported:
    found = recognise(read_source(text.encode("utf-8"), "report"))
    assert found is not None
    return found


def cells(text: str) -> dict[str, str]:
    """Every cell that was given something, by row and column."""
    return {f"{key.row}/{key.column}": fact.raw for key, fact in read(text).report.facts.items() if fact.raw}


def numbered(start: int, count: int) -> str:
    return "\t".join(map(str, range(start, start + count)))


# --- columns ------------------------------------------------------------------------------------------------------


def test_a_reworded_head_does_not_change_the_order_of_columns() -> None:
    two = "第二十条第(一)项\n信息内容 本年制发件数 本年废止数 现行有效件数\n规章 1 2 3\n行政规范性文件 4 5 6"
    assert cells(report(two)) == {
        "rules/issued": "1",
        "rules/repealed": "2",
        "rules/in_force": "3",
        "normative/issued": "4",
        "normative/repealed": "5",
        "normative/in_force": "6",
    }


def test_heads_of_one_block_are_not_those_of_the_next() -> None:
    heads = "信息内容\t上一年项目数量\t本年增/减\t处理决定数量\n"
    two = (
        "第二十条第(五)项\n信息内容\t上一年项目数量\t处理决定数量\n行政许可\t10\t11\t12\n其他对外管理服务事项\t13\t14\t15\n"
        f"第二十条第(六)项\n{heads}行政处罚\t20\t21\t22\n行政强制\t30\t31\t32"
    )
    found = cells(report(two, title="某县教育局2020年政府信息公开工作年度报告"))
    assert (found["penalties/items_previous"], found["penalties/items_change"]) == ("20", "21")


@pytest.mark.parametrize(
    "two",
    [
        "信息内容\t公开条数\n规章\t1\n行政许可\t22\n行政处罚\t44\n行政强制\t66",
        "信息内容\t上年处理决定数量\n行政许可\t22\n行政处罚\t44\n行政强制\t66",
        "信息内容\t2021年\t2022年\t2023年\n规章\t1\t2\t3\n行政规范性文件\t4\t5\t6",
        "行政许可：22件\n行政处罚：44件",
    ],
    ids=["items published", "last year", "years", "a list"],
)
def test_figures_under_foreign_heads_are_not_ours(two: str) -> None:
    assert cells(report(two)) == {}


def test_a_column_for_each_year_is_not_a_column_for_each_applicant() -> None:
    years = "\t".join(f"{year}年" for year in range(2017, 2024))
    rows = "\n".join(f"{line.label}\t{numbered(10 * n, 7)}" for n, line in enumerate(ROWS))
    assert cells(report(three=f"项目\t{years}\n{rows}")) == {}


def test_heads_that_lost_their_spans_are_not_followed() -> None:
    head = (
        "<tr><td rowspan=3>(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)</td><td>申请人情况</td>"
        "<tr><td rowspan=2>自然人</td><td>法人或其他组织</td><td rowspan=2>总计</td></tr><tr>"
        + "".join(f"<td>{name}</td>" for name in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"))
    )
    rows = (f"<tr><td>{line.label}</td>{_tds(100 + 7 * n, 7)}</tr>" for n, line in enumerate(ROWS))
    found = cells(page(report(three="@"), f"{head}</tr>{''.join(rows)}"))
    assert found == {} or found["received/total"] == "106"


def _tds(start: int, count: int) -> str:
    return "".join(f"<td>{number}</td>" for number in range(start, start + count))


def test_suits_before_reviews_are_not_taken_for_reviews() -> None:
    four = f"行政诉讼\t行政复议\n未经复议直接起诉\t复议后起诉\n{chr(9).join(RESULTS * 3)}\n{numbered(1, 15)}"
    assert cells(report(four=four)) == {}


def test_two_figures_in_one_cell_are_no_figure() -> None:
    table = "<tr><td>信息内容<td>本年处理决定数量<tr><td>行政许可<td><p>558</p><p>290</p><tr><td>行政处罚<td>12<br>3"
    assert cells(page(report("@"), f"{table}<tr><td>行政强制<td>0")).keys() <= {"coercion/decisions"}


def test_a_short_row_with_fillers_behind_it_is_left() -> None:
    three = (
        "一、本年新收政府信息公开申请数量 | 1 | 2 | 3 | 4 | 5 | 6 | 21 | ||\n"
        "二、上年结转政府信息公开申请数量 | 11 | 13 | 14 | 15 | 99 | ||\n"
        "四、结转下年度继续办理 | 1 | 1 | 1 | 1 | 1 | 1 | 6 | ||"
    )
    found = cells(report(three=three))
    assert not any(key.startswith("carried_in") for key in found) and len(found) == 14


# --- rows ---------------------------------------------------------------------------------------------------------


def test_labels_first_and_figures_after_blank_lines() -> None:
    labels = "\n\n".join(line.label for line in ROWS)
    figures = "\n\n".join(numbered(100 * (n + 1), 7).replace("\t", " ") for n in range(len(ROWS)))
    found = cells(report(three=f"{HEADS}{labels}\n\n{figures}"))
    assert not found or (found["received/natural"], found["carried_out/total"]) == ("100", f"{100 * len(ROWS) + 6}")


def test_the_last_of_many_labels_does_not_take_the_first_of_many_rows() -> None:
    labels = "\n".join(f"{line.label}\n{n}%" for n, line in enumerate(ROWS))
    figures = "\n".join(numbered(100 * (n + 1), 7) for n in range(len(ROWS)))
    assert "carried_out/natural" not in cells(report(three=f"{HEADS}{labels}\n{figures}"))


def test_a_report_of_2020_without_table_two_is_of_the_old_form() -> None:
    rows = load_form("2019").by_key["requests"].blocks[0].rows.leaves
    three = HEADS + "\n".join(f"{line.label}\t{numbered(1, 7)}" for line in rows)
    found = read(report(three=three, title="某县教育局2020年政府信息公开工作年度报告"))
    assert found.report.form.form == "2019"


def test_a_table_under_another_heading_is_found_and_told() -> None:
    three = HEADS + "\n".join(f"{line.label}\t{numbered(1, 7)}" for line in ROWS)
    found = read(report(four=three))
    assert len(found.origins) == 175
    assert any("不在这一标题之下" in note.message for note in found.notes)


# --- headings and text --------------------------------------------------------------------------------------------


def section(found: Imported, key: str) -> list[str]:
    return [paragraph.heading + paragraph.text for paragraph in found.report.paragraphs if paragraph.section == key]


def test_nothing_to_report_is_no_heading() -> None:
    text = report(other="无其他需要报告的事项。\n收费0元。").replace(
        "六、其他需要报告的事项", "第六章 其他需要报告的事项"
    )
    found = read(text)
    assert section(found, "other") == ["无其他需要报告的事项。", "收费0元。"]
    assert found.report.headings == {"other": "第六章 其他需要报告的事项"}


def test_sentences_that_begin_like_furniture_are_text() -> None:
    other = ["无其他需要报告的事项。", "相关文件已公开。", "收取信息处理费0元。", "审核：全年审核信息500条。"]
    found = read(report(other="\n".join(other)))
    assert section(found, "other") == other
    assert (found.report.cover.signature, found.report.cover.date) == ("某县教育局", "2024年1月20日")


def test_a_sentence_with_bars_is_a_sentence() -> None:
    words = "全年公开信息100条。其中|政策|文件|共|10件。"
    assert section(read(report(overview=words)), "overview") == [words]


def test_a_text_that_breaks_its_paragraphs_is_put_together_again() -> None:
    words = "一是强化业务培训，二是规范发布流程，三是动态更新规范性文件库并及时标注已失效文件，四是落实审核制度。" * 4
    broken = "\n".join(("　　" * (n == 0)) + words[n : n + 38] for n in range(0, len(words), 38))
    found = read(report(overview=f"{broken}\n　　（一）主动公开\n{broken}"))
    assert section(found, "overview") == [words, f"（一）主动公开{words}"]


def test_headings_of_a_menu_behind_the_report_take_nothing_from_it() -> None:
    titles = [one.heading for one in load_form("2021").sections if one.heading]
    found = read(report(two="规章制度齐全。", after="\n".join(["相关链接：", *titles])))
    assert section(found, "overview") == ["情况良好。"] and section(found, "problems") == ["问题是有的。"]


def test_of_two_reports_the_first_is_read_and_the_other_told() -> None:
    second = report(title="某县教育局2022年政府信息公开工作年度报告", overview="2022年情况良好。")
    found = read(f"{report(overview='2023年情况良好。')}\n{second}")
    assert section(found, "overview") == ["2023年情况良好。"] and found.report.year == 2023
    assert found.report.cover.date == "2024年1月20日"
    assert any("还有一份报告" in item.why for item in found.left_over) and not found.whole


# --- whose report -------------------------------------------------------------------------------------------------

NAMES = {
    "随县教育局2023年政府信息公开工作年度报告": ("随县教育局", "department"),
    "随县教育局关于2023年度政府信息公开工作年度报告": ("随县教育局", "department"),
    "2023年随县教育局政府信息公开工作年度报告": ("随县教育局", "department"),
    "2023年度安居镇人民政府政府信息公开年报": ("安居镇人民政府", "township"),
    "西城街道2023年度政府信息公开工作年度报告": ("西城街道办事处", "street"),
    "国家税务总局随县税务局2023年政府信息公开工作年度报告": ("国家税务总局随县税务局", "vertical"),
    "随州市人民政府2023年政府信息公开工作年度报告": ("随州市人民政府", "prefecture"),
    "恩施土家族苗族自治州人民政府2023年政府信息公开工作年度报告": ("恩施土家族苗族自治州人民政府", "prefecture"),
    "上海市人民政府2023年政府信息公开工作年度报告": ("上海市人民政府", "province"),
    "盘州市2023年政府信息公开工作年度报告": ("盘州市人民政府", "county"),
    "随县人民政府办公室2023年政府信息公开工作年度报告": ("随县人民政府办公室", "office"),
    "随县高新技术产业开发区管理委员会2023年政府信息公开工作年度报告": (
        "随县高新技术产业开发区管理委员会",
        "department",
    ),
    "二〇二三年随县民政局政府信息公开工作年度报告": ("随县民政局", "department"),
    "随县民政局二0二三年政府信息公开工作年度报告": ("随县民政局", "department"),
    "随县司法局政府信息公开工作年度报告（2023年度）": ("随县司法局", "department"),
    "随县发改局（随县粮食局）2023年政府信息公开工作年度报告": ("随县发改局", "department"),
    "【年报】随县教育局〔2023〕年度政府信息公开工作年度报告": ("随县教育局", "department"),
    "教育部2023年政府信息公开工作年度报告": ("教育部", "state"),
    "中国气象局2023年政府信息公开工作年度报告": ("中国气象局", "state"),
    "随县气象局2023年政府信息公开工作年度报告": ("随县气象局", "vertical"),
    "2023年政府信息公开工作年度报告": ("", ""),
}


@pytest.mark.parametrize("title", NAMES)
def test_organ_type_and_year_follow_from_the_title(title: str) -> None:
    found = read(report(title=title, organ="", date=""))
    assert (found.report.organ, found.report.cover.type, found.report.year) == (*NAMES[title], 2023)


def test_a_link_to_last_years_report_is_not_the_title() -> None:
    link = "某县教育局2022年政府信息公开工作年度报告"
    for title in (f"{TITLE}\n上一篇：{link}", f"{TITLE}\n{link}"):
        found = read(report(title=title, overview="2023年情况良好。"))
        assert (found.report.organ, found.report.year) == ("某县教育局", 2023)


def test_the_day_of_publication_is_not_the_year_of_the_report() -> None:
    title = "某县教育局政府信息公开工作年度报告（2024年1月20日）"
    assert read(report(title=title, overview="2023年公开10条。")).report.year == 2023


def test_comparisons_with_the_year_before_do_not_tell_the_year() -> None:
    words = "2023年公开10条，较2022年增长5%，2022年为3件，2022年底结束。"
    assert read(report(title="", overview=words)).report.year == 2023


def test_an_office_that_signs_does_not_own_its_governments_report() -> None:
    found = read(report(title="某县人民政府2023年政府信息公开工作年度报告", organ="某县人民政府办公室"))
    assert (found.report.organ, found.report.cover.type) == ("某县人民政府", "county")


def test_a_signature_may_say_more_than_the_title() -> None:
    found = read(report(title="麻河口镇2023年政府信息公开工作年度报告", organ="南县麻河口镇人民政府"))
    assert found.report.organ == "南县麻河口镇人民政府"


def test_no_organ_is_guessed_from_places_that_are_merely_named() -> None:
    words = "我局按照青山县人民政府要求，全县推进，全县公开，我县公开。"
    assert read(report(title="", overview=words, organ="", date="")).report.organ == ""


def test_the_units_that_a_list_names_do_not_sign() -> None:
    found = read(report(other="无。\n牵头单位\n县教育局\n县公安局"))
    assert found.report.cover.signature == "某县教育局"


@pytest.mark.parametrize(
    "title", ["政府信息公开工作年度报告", "我镇2023年政府信息公开工作年度报告", "2023年政府信息公开工作年度报告"]
)
def test_a_title_without_an_organ_names_none(title: str) -> None:
    found = read(report(title=title, overview="2023年公开10条。", organ="", date=""))
    assert (found.report.organ, found.report.year, found.whole) == ("", 2023, False)


def test_a_notice_that_hands_a_report_round_names_the_organ_of_the_report() -> None:
    title = "关于印发青山镇2023年政府信息公开工作年度报告的通知"
    assert read(report(title=title, organ="", date="")).report.organ == "青山镇人民政府"


def test_our_own_standard_preface_names_the_organ_and_nothing_more() -> None:
    preface = (
        "根据《中华人民共和国政府信息公开条例》第五十条的规定，编制并公布某县教育局2023年政府信息公开工作年度报告。"
    )
    for title in (TITLE, ""):
        found = read(report(title=f"{title}\n{preface}", organ="", date=""))
        assert found.report.organ == "某县教育局"


@pytest.mark.parametrize("label", ["小计", "其中：网上申请", "3.向第三方征求意见"])
def test_a_row_under_a_label_of_its_own_is_no_row_of_the_form(label: str) -> None:
    lost = "outcome.unavailable.unclear"
    rows = (f"{label if line.key == lost else line.label}\t{numbered(10 * n, 7)}" for n, line in enumerate(ROWS))
    found = read(report(three=HEADS + "\n".join(rows)))
    assert len(found.origins) == 168 and not any(key.row == lost for key in found.origins)
    assert any(label in item.text for item in found.left_over)
