"""Family 1, values: what stands in a number cell that is not plainly the number it should be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from gia_xlsx.diagnostic import Finding, Severity, rule
from gia_xlsx.form import Key
from gia_xlsx.report import UNCALCULATED, Fact, Flaw, Odd, Report
from gia_xlsx.rules import wording

_LONGEST_STORED = 60
FORM = "国办公开办函〔2021〕30号、〔2019〕60号所附格式"


def flawed(report: Report, *flaws: Flaw) -> list[Fact]:
    return [fact for fact in report.facts.values() if fact.flaw is not None and fact.flaw in flaws]


def grouped(facts: Iterable[Fact], by: Callable[[Fact], object]) -> Iterable[list[Fact]]:
    groups: dict[object, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(by(fact), []).append(fact)
    return groups.values()


def linked(report: Report) -> set[Key]:
    """Cells that refer to another file: whatever they hold, the link is the finding."""
    return {key for oddity in report.oddities if oddity.kind is Odd.EXTERNAL_LINK for key in oddity.keys}


def row_of(fact: Fact) -> object:
    return fact.key.table, fact.key.row


def _table_of(fact: Fact) -> object:
    return fact.key.table


def keys(facts: Iterable[Fact]) -> tuple[Key, ...]:
    return tuple(fact.key for fact in facts)


def cells(report: Report, facts: list[Fact]) -> str:
    """The cells of one row: its name once, then the columns."""
    form, first = report.form, facts[0].key
    if len(facts) == 1 or not form.cells[first].row.label:
        return wording.listed(wording.name(form, fact.key) for fact in facts)
    columns = wording.listed((wording.column(form, fact.key) for fact in facts), "栏")
    return f"{wording.row(form, first)}的{columns}"


def _quoted(report: Report, facts: list[Fact]) -> str:
    """Cells with what stands in them: ``「…」的自然人“１２”``."""
    return wording.listed(f"{wording.name(report.form, fact.key)}“{clip(fact.raw)}”" for fact in facts)


def _read(report: Report, facts: list[Fact]) -> str:
    """Cells with what stands in them and what it was read as."""
    return wording.listed(
        f"{wording.name(report.form, fact.key)}“{clip(fact.raw)}”读作 {fact.read_as or fact.value}" for fact in facts
    )


def clip(text: str, longest: int = 24) -> str:
    """A raw value on one line and short enough to quote."""
    text = " ".join(text.split())
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


@rule(
    "GIA103",
    "number-stored-as-text",
    Severity.WARNING,
    message="数字存成了文本，已按数字读取：{read}。",
    hint="表内公式会漏计文本数字。请选中这些格，改为常规格式后重新键入数字。",
    basis=f"{FORM}：填报数字",
)
def number_stored_as_text(report: Report) -> Iterator[Finding]:
    """数字以文本形式保存，或者写成全角数字、带千分位、夹着空格。读得出来，但表内公式会漏计它。

    示例：“１２”“1,024”“' 12”，报本条，写明读作多少；一张表合为一条。
    不报的情形：真正的数字，无论显示成什么样式。
    怎么改：把单元格格式改为常规，重新键入数字。
    """
    for facts in grouped(flawed(report, Flaw.TEXT), _table_of):
        yield Finding(keys(facts), {"read": _read(report, facts)})


@rule(
    "GIA104",
    "unit-in-number-cell",
    Severity.WARNING,
    message="数字格里写了单位，已按数字读取：{read}。",
    hint="只填数字，单位在表头里；带单位的内容是文本，表内公式会漏计。",
    basis=f"{FORM}：填报数字，单位见表头",
)
def unit_in_number_cell(report: Report) -> Iterator[Finding]:
    """数字后面写了与本栏相同的单位，读得出来，但公式会漏计。

    示例：“5件”，或表头未印单位的采购金额写“397265元”，报本条，写明读作多少。
    不报的情形：只有数字的。单位与表头不同的（如万元栏里写元）是错误，见 GIA105。
    怎么改：删去单位，只留数字。
    """
    for facts in grouped(flawed(report, Flaw.UNIT), _table_of):
        yield Finding(keys(facts), {"read": _read(report, facts)})


@rule(
    "GIA105",
    "other-unit-in-number-cell",
    Severity.ERROR,
    message="{cell}写作“{raw}”，与本栏单位（{unit}）不同{proposal}。",
    hint="请按本栏单位换算后只填数字；程序不代为换算。",
    basis=f"{FORM}：各栏单位见表头",
)
def other_unit_in_number_cell(report: Report) -> Iterator[Finding]:
    """数字后面写的单位与本栏不同，差一万倍的错误往往由此而来，所以不代为换算，只提出换算结果供核对。

    示例：“本年收费金额(单位:万元)”写“397265元”，报本条，建议 39.7265；按件填的栏写“5次”，也报本条。
    不报的情形：单位与本栏相同的（见 GIA104）；表头未印单位的金额。
    怎么改：换算成本栏单位，只填数字。
    """
    for fact in flawed(report, Flaw.OTHER_UNIT):
        proposal = f"，换算后应为 {fact.read_as}" if fact.read_as else ""
        unit = report.form.cells[fact.key].unit
        yield Finding((fact.key,), {"raw": clip(fact.raw), "unit": unit, "proposal": proposal})


@rule(
    "GIA106",
    "words-in-number-cell",
    Severity.ERROR,
    message="{quoted}{fault}。",
    hint="{way}数字格只填阿拉伯数字；需要说明的写进文字部分。",
    basis=f"{FORM}：填报数字",
)
def words_in_number_cell(report: Report) -> Iterator[Finding]:
    """数字格里写了文字，或者“约”“余”一类不确切的数。

    示例：“约30件”“见附件”“33①”，报本条。公式还没有计算出结果的，也报本条。一行里的几格合为一条。
    不报的情形：数字后带单位的（GIA104、GIA105）；空白和“/”“无”（GIA101、GIA102）。
    怎么改：填确切的数字。
    """
    elsewhere = linked(report)
    facts = [fact for fact in flawed(report, Flaw.WORDS) if fact.key not in elsewhere]
    waiting = [fact for fact in facts if fact.read_as == UNCALCULATED]
    for group in grouped((fact for fact in facts if fact.read_as != UNCALCULATED), row_of):
        yield Finding(keys(group), {"quoted": _quoted(report, group), "fault": "不是数字", "way": ""})
    for group in grouped(waiting, row_of):
        way = "请用表格软件打开文件、等公式算出结果后保存，或者直接键入数字。"
        yield Finding(keys(group), {"quoted": _quoted(report, group), "fault": f"是公式，{UNCALCULATED}", "way": way})


@rule(
    "GIA107",
    "change-sign-in-count",
    Severity.ERROR,
    message="{quoted}写了“增”“减”，而这一栏填总数，不填增减。",
    hint="请填数量本身。只有 2019 年格式的“本年增/减”栏可以写“增3”“减2”。",
    basis="国办公开办函〔2019〕60号表二：增减只填在“本年增/减”栏",
)
def change_sign_in_count(report: Report) -> Iterator[Finding]:
    """“增111”“减3”写在了不表示增减的栏里，看不出总数是多少。

    示例：“行政许可”的处理决定数量写“增111”，报本条。
    不报的情形：2019 年格式“本年增/减”栏里的“增111”“减3”“-3”，这是正常写法。
    怎么改：填总数。
    """
    for facts in grouped(flawed(report, Flaw.SIGNED), row_of):
        yield Finding(keys(facts), {"quoted": _quoted(report, facts)})


@rule(
    "GIA108",
    "negative-number",
    Severity.ERROR,
    message="{quoted}是负数，件数和金额不会小于 0。",
    hint="请核对并改为实际数量。",
    basis=f"{FORM}：数量和金额不为负",
)
def negative_number(report: Report) -> Iterator[Finding]:
    """件数、项数或金额是负数。含负数的合计不再另报。

    示例：“(一)予以公开”自然人填 -5，报本条。
    不报的情形：2019 年格式“本年增/减”栏可以是负数。
    怎么改：改为实际数量。
    """
    for facts in grouped(flawed(report, Flaw.NEGATIVE), row_of):
        yield Finding(keys(facts), {"quoted": _quoted(report, facts)})


@rule(
    "GIA109",
    "count-not-whole",
    Severity.ERROR,
    message="{quoted}不是整数，件数、项数应为整数。",
    hint="请核对；单元格可能只显示了整数，点开可见存储的小数。",
    basis=f"{FORM}：按件、项计数",
)
def count_not_whole(report: Report) -> Iterator[Finding]:
    """件数或项数带小数。单元格格式可能把小数藏了起来，这里写出存储的值。

    示例：“行政处罚”存的是 12.5，报本条。
    不报的情形：12.0 就是 12；金额栏可以有小数。
    怎么改：改为整数。
    """
    for facts in grouped(flawed(report, Flaw.FRACTION), row_of):
        yield Finding(keys(facts), {"quoted": _quoted(report, facts)})


_TYPES = {
    Flaw.BOOLEAN: "逻辑值",
    Flaw.DATE: "日期或时间",
    Flaw.PERCENT: "百分数",
    Flaw.SCIENTIFIC: "科学记数",
    Flaw.HUGE: "大得不合常理的数",
}


@rule(
    "GIA110",
    "value-of-wrong-type",
    Severity.ERROR,
    message="{quoted}不是数量，而是{type}，存储的值是 {stored}。",
    hint="请把单元格格式改为常规，重新键入数字（如“3-5”会被自动变成日期）。",
    basis=f"{FORM}：填报数字",
)
def value_of_wrong_type(report: Report) -> Iterator[Finding]:
    """单元格里存的是日期、百分数、逻辑值、科学记数，或大得不合常理的数，不是件数或金额。

    示例：键入 3-5 变成了日期 2024-03-05；键入 12% 存成百分数；键入 1e3 成了科学记数，报本条，写出存储的值。
    不报的情形：普通数字，无论显示几位小数、有没有千分位。
    怎么改：单元格格式改为常规，重新键入。
    """
    for fact in flawed(report, *_TYPES):
        assert fact.flaw is not None
        stored = clip(fact.read_as or fact.raw, _LONGEST_STORED)
        words = {"quoted": _quoted(report, [fact]), "type": _TYPES[fact.flaw], "stored": stored}
        yield Finding((fact.key,), words)


@rule(
    "GIA111",
    "error-value",
    Severity.ERROR,
    message="{quoted}是公式错误{cascade}。",
    hint="请改正这一格（重新键入数字，或恢复公式），受它影响的格会随之恢复。",
    basis=f"{FORM}：填报数字",
)
def error_value(report: Report) -> Iterator[Finding]:
    """单元格显示 #REF!、#VALUE!、#DIV/0!、#NAME? 等公式错误。

    只报最先出错的格；总计因加数出错而出错的，算它的后果，附带说明，不另报。
    示例：“(一)予以公开”自然人是 #REF!，本行、本列总计随之出错，只报这一格。
    不报的情形：总计的错误来自它的加数。
    怎么改：在出错的格里重新键入数字。
    """
    facts = flawed(report, Flaw.ERROR)
    wrong = {fact.key for fact in facts}
    totals = (check for check in report.form.checks if check.relation.total and wrong)
    followers = {check.right[0] for check in totals if not wrong.isdisjoint(check.left)}
    roots = [fact for fact in facts if fact.key not in followers]
    behind = len(facts) - len(roots)
    elsewhere = linked(report)
    roots = [fact for fact in roots if fact.key not in elsewhere]
    for facts_of_row in grouped(roots, row_of):
        cascade = f"；另有 {behind} 处总计因此出错" if behind else ""
        behind = 0
        yield Finding(keys(facts_of_row), {"quoted": _quoted(report, facts_of_row), "cascade": cascade})


@rule(
    "GIA112",
    "money-too-precise",
    Severity.WARNING,
    message="{quoted}的小数多于 4 位。",
    hint="请核对后最多保留 4 位小数（以万元为单位的，4 位小数即到元）。",
    basis="国办公开办函〔2021〕30号表二：本年收费金额单位为万元",
)
def money_too_precise(report: Report) -> Iterator[Finding]:
    """金额的小数多于 4 位。万元保留 4 位小数已精确到元。

    示例：“本年收费金额”填 39.72651，报本条（提醒）。
    不报的情形：4 位及以下小数；运算留下的浮点尾数。
    怎么改：保留 4 位小数。
    """
    for facts in grouped(flawed(report, Flaw.PRECISE), _table_of):
        yield Finding(keys(facts), {"quoted": _quoted(report, facts)})
