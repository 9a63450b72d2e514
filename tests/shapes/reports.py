"""Made-up reports whose every figure tells its place, with prose as offices write it, each from its own number."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from gia_xlsx.form import Form, Key, load_form
from gia_xlsx.numerals import read_number
from gia_xlsx.report import Cover, Fact, Paragraph, Report

ORGANS = (
    "青川县桥头镇人民政府",
    "临江市水务局",
    "宁远县人民政府",
    "安和区市场监督管理局",
    "石门县人民政府办公室",
    "平原市发展和改革委员会",
    "东河区柳巷街道办事处",
)


def made(form: str, number: int, *, blanks: int = 0, dashes: int = 0, dense: bool = False, wrong: int = 0) -> Report:
    """A balanced report but for ``wrong`` totals; then cells left blank or dashed. ``dense``: no figure below 10."""
    draw = random.Random(f"{form}/{number}")
    laid = load_form(form)
    raw = _figures(laid, draw, dense)
    for key in draw.sample([key for key in laid.totals if raw[key] != "0"], wrong):
        raw[key] = "0"
    free = [key for key in laid.cells if key.table != "disclosure" or key.column in ("issued", "in_force", "published")]
    for n, key in enumerate(draw.sample(free, blanks + dashes)):
        raw[key] = "" if n < blanks else draw.choice(("/", "-", "—", "无"))
    facts = {}
    for key, text in raw.items():
        reading = read_number(int(text) if text.isdecimal() else text, laid.cells[key])
        facts[key] = Fact(key, reading.value, text, None, reading.flaw, reading.read_as)
    organ = ORGANS[number % len(ORGANS)]
    year = laid.until or 2021 + number % 4
    title = f"{organ}{year}年政府信息公开工作年度报告"
    cover = Cover(organ, year=year, title=title, signature=organ, date=f"{year + 1}年1月{10 + number % 20}日")
    return Report(laid, cover, facts, tuple(_prose(draw, organ, year, raw)))


def _figures(form: Form, draw: random.Random, dense: bool) -> dict[Key, str]:
    low = 10 if dense else 0
    values: dict[Key, int] = {}
    for key in form.inputs:
        usual = draw.randrange(10, 60) if dense else draw.choice((0, draw.randrange(1, 10), draw.randrange(10, 300)))
        values[key] = max(low, usual)
    for column in [key.column for key in values if key.row == "received"]:
        rows = [key for key in values if key.column == column and key.row.startswith("outcome.")]
        carried = [Key("requests", name, column) for name in ("carried_in", "received", "carried_out")]
        handled = sum(values[key] for key in rows)
        values[carried[0]] = draw.randint(low, max(low, handled // 3))
        values[carried[1]] = handled - values[carried[0]] + values[carried[2]]
    for key in (key for key in form.cells if key in form.totals):  # in printed order a total stands after its addends
        values[key] = sum(values[addend] for addend in form.totals[key].left)
    raw = {key: str(values[key]) for key in form.cells}
    for key, cell in form.cells.items():
        if cell.kind == "change":
            raw[key] = draw.choice(("0", "增{}", "减{}", "+{}", "-{}")).format(draw.randrange(1, 90))
        elif cell.kind == "money":
            amount = Decimal(draw.randrange(10**5, 10**8)) / 10**4
            raw[key] = f"{amount}万元" if not cell.unit else str(amount)
        elif key.table == "disclosure" and key.column in ("in_force", "published_total"):
            raw[key] = str(values[key] + 300)
    return raw


def _prose(draw: random.Random, organ: str, year: int, raw: dict[Key, str]) -> list[Paragraph]:
    a, b, c = (draw.randrange(3, 90) for _ in range(3))
    received = raw[Key("requests", "received", "total")] or "若干"
    permits = raw[Key("disclosure", "licensing", "decisions")]
    told = [
        (
            "preface",
            "",
            f"根据《中华人民共和国政府信息公开条例》（国务院令第711号）第五十条规定，现公布{organ}{year}年政府信息公开工作年度报告。"
            f"本报告所列数据统计期限自{year}年1月1日起至12月31日止。"
            f"如有疑问，请与{organ}联系（电话：0000-{8000000 + a}）。",
        ),
        ("overview", "", f"{year}年，{organ}以公开为常态、不公开为例外，较好地完成了全年任务。"),
        (
            "overview",
            "（一）主动公开。",
            f"全年通过门户网站主动公开信息{a + b + c}条，其中：政策文件{a}条，财政资金{b}条，公共资源配置{c}条；"
            f"微信公众号推送1060余条，阅读量12.6万次。举办新闻发布会{a % 7 + 1}场。",
        ),
        (
            "overview",
            "（二）依申请公开。",
            f"全年新收政府信息公开申请{received}件，均在法定期限内答复。上年结转情况见第三部分表格。",
        ),
        ("overview", "（三）政府信息管理。", "落实“三审三校”，清理失效文件，标注“已废止”字样，做到应公开尽公开。"),
        (
            "overview",
            "（四）政府信息公开平台建设",
            f"优化“政府信息公开”专栏，设一级栏目{a}个、二级栏目{b}个。\n政务新媒体账号{c}个，全部备案。",
        ),
        (
            "overview",
            "（五）监督保障。",
            "1.开展培训2次，参训120人次；2.接受社会评议1次，满意率98.5%；3.全年未发生责任追究情形。",
        ),
        (
            "disclosure",
            "",
            f"{year}年办理行政许可{permits}件，行政处罚24件，行政强制0件，本年度行政事业性收费0.5万元；"
            f"清理行政规范性文件{b}件，其中继续有效{c}件。第二十条第(一)项所列规章由有权机关制定。",
        ),
        (
            "requests",
            "",
            f"本年新收政府信息公开申请{received}件，其中自然人申请占八成以上。主要涉及：\n1.土地征收类{a}件；\n"
            f"2.房屋拆迁类{b}件；\n3.其他{c}件。",
        ),
        ("cases", "", f"{year}年因政府信息公开引起的行政复议、行政诉讼情况如下，2件结果维持，1件尚未审结："),
        (
            "problems",
            "",
            "一是政策解读形式单一，图解、视频类解读仅占三成；二是个别栏目更新不及时；三是业务培训覆盖面有待扩大。",
        ),
        (
            "problems",
            "",
            f"下一步，将从以下三个方面改进：（一）丰富解读形式，年内图解不少于{a}篇；（二）建立栏目更新台账，按月通报；"
            "（三）每季度组织一次培训。",
        ),
        (
            "other",
            "",
            f"（一）{year}年本机关未发出收费通知，收取信息处理费0件、0元。\n（二）办理人大代表建议{a}件、政协提案{b}件，全部公开。",
        ),
    ]
    return [Paragraph(*words) for words in told]


def worded(report: Report, changes: dict[str, str]) -> Report:
    """The report with other words in some cells; only what stands there counts here, not what it would be read as."""
    facts = dict(report.facts)
    for name, text in changes.items():
        key = Key.parse(name)
        facts[key] = replace(facts[key], raw=text)
    return replace(report, facts=facts)
