"""Family 1, formulas and the file itself: results, links, protection, and files that are not quite ours."""

from __future__ import annotations

from collections.abc import Iterator

from gia_xlsx.diagnostic import Finding, Severity, rule
from gia_xlsx.report import UNCALCULATED, Odd, Oddity, Report
from gia_xlsx.rules.diagnosis import broken
from gia_xlsx.rules.oddities import OURS, cells, finding, odd, together, where, word


@rule(
    "GIA133",
    "read-by-labels",
    Severity.WARNING,
    message="不是本工具生成的表样，按行名、列名识读：{listed}。",
    hint="请核对读取的数字无误；发布前需要确认（build --yes）。最好改用 gia-xlsx new 生成的工作簿。",
    basis=OURS,
)
def read_by_labels(report: Report) -> Iterator[Finding]:
    """工作表里没有本工具的标记，是自制表样，或把内容粘贴到了新工作簿，只能按行名、列名识读。

    示例：用旧的 Excel 模板填报，报本条（提醒），发布时要求确认。
    不报的情形：gia-xlsx new 生成的工作簿，经 Excel、WPS、LibreOffice 保存的也一样。
    怎么改：核对数字；最好改用生成的工作簿。
    """
    oddities = odd(report, Odd.READ_BY_LABELS)
    yield from together(oddities, (f"“{word(oddity, 'sheet')}”" for oddity in oddities), "张")


@rule(
    "GIA134",
    "external-link",
    Severity.ERROR,
    message="{cells}引用了别的文件：{formula}。",
    hint="请改为直接填数；引用的文件一旦移动，这里的数就不可靠。",
    basis=OURS,
)
def external_link(report: Report) -> Iterator[Finding]:
    """填数的格里是引用另一个文件的公式，换一台电脑就读不到，数字无从核对。

    示例：“本年新收”自然人是 ='[台账.xlsx]汇总'!B3，报本条。
    不报的情形：引用本工作簿其他格的公式；不属于本报告的工作表里的链接。
    怎么改：复制后“选择性粘贴—数值”。
    """
    for oddity in odd(report, Odd.EXTERNAL_LINK):
        words = {"cells": cells(report, oddity) or "有的格", "formula": word(oddity, "formula")}
        yield Finding(oddity.keys, words, oddity.places)


@rule(
    "GIA135",
    "hidden-values",
    Severity.NOTE,
    message="有隐藏的内容，已照常读取：{listed}。",
    hint="请取消隐藏核对一遍。",
    basis=OURS,
)
def hidden_values(report: Report) -> Iterator[Finding]:
    """隐藏的工作表、行或列里有数字，或数字是白底白字，已照常读取，提请核对。

    示例：“不予处理”各行被筛选隐藏，说明一条。
    不报的情形：工作簿自己隐藏的标记行列。
    怎么改：取消隐藏或筛选，核对一遍。
    """
    oddities = odd(report, Odd.HIDDEN)
    yield from together(oddities, (word(oddity, "what") for oddity in oddities))


@rule(
    "GIA136",
    "protection-gone",
    Severity.NOTE,
    message="工作表保护已取消：{listed}。",
    hint="不影响审核；没有保护时容易误改公式和行名。",
    basis=OURS,
)
def protection_gone(report: Report) -> Iterator[Finding]:
    """生成时锁定公式和行名的保护被取消了。程序不依赖保护，只作说明。

    示例：撤销了“三、依申请公开”的工作表保护，说明一条。
    不报的情形：保护还在；不是本工具生成的工作簿。
    怎么改：不需要改。
    """
    oddities = odd(report, Odd.PROTECTION_GONE)
    yield from together(oddities, (f"“{word(oddity, 'sheet')}”" for oddity in oddities), "张")


@rule(
    "GIA137",
    "never-calculated",
    Severity.NOTE,
    message="工作簿里的公式从未计算过，已由程序计算。",
    hint="用 Excel 或 WPS 打开再保存，表内就会显示计算结果。",
    basis=OURS,
)
def never_calculated(report: Report) -> Iterator[Finding]:
    """文件由其他程序写出，公式没有结果（或只存着 0）。总计和简单的加减由程序计算，不逐格报错。

    示例：从业务系统导出的工作簿，总计格存的都是 0，说明一条。
    不报的情形：公式的结果与重新计算的一致；程序算不出的公式（见 GIA106）。
    怎么改：用表格软件打开后保存。
    """
    oddities = odd(report, Odd.NEVER_CALCULATED)
    if oddities:
        yield Finding((), {}, oddities[0].places)


@rule(
    "GIA138",
    "stale-result",
    Severity.NOTE,
    message="有 {count} 处公式保存的是旧结果，已按重新计算的取用：{listed}。",
    hint="可能关闭了自动计算；请在表格软件里重新计算（F9）后保存。",
    basis=OURS,
)
def stale_result(report: Report) -> Iterator[Finding]:
    """公式完好（仍是各加数之和），但保存的结果与重新计算的不同，说明保存前没有重算。取重新计算的结果。

    示例：“本年新收”总计保存 12，重算为 13，说明一条，写出两个数。
    不报的情形：一致的；整个文件从未计算过的（GIA137）。
    怎么改：打开自动计算，重新保存。
    """
    oddities = odd(report, Odd.STALE)
    told = (
        f"{cells(report, oddity) or where(oddity.places)}存 {word(oddity, 'cached')}，"
        f"应为 {word(oddity, 'computed')}{_because(oddity)}"
        for oddity in oddities
    )
    yield from together(oddities, told)


def _because(oddity: Oddity) -> str:
    cause = word(oddity, "cause")
    return f"（{cause}）" if cause else ""


@rule(
    "GIA139",
    "total-typed-over",
    Severity.NOTE,
    message="有 {count} 处总计的公式被键入的数字覆盖，数字相符：{listed}。",
    hint="以后改动加数时这些总计不会跟着变；建议恢复公式。",
    basis=OURS,
)
def total_typed_over(report: Report) -> Iterator[Finding]:
    """总计的公式换成了键入的数字，而数字正好等于各加数之和。

    示例：三处总计改成了键入的数，都相符，合为一条说明。
    不报的情形：公式还在；数字不符的是错误，见 GIA202、GIA203、GIA204。
    怎么改：建议从空白表复制公式回来。
    """
    oddities = odd(report, Odd.TYPED_OVER)
    yield from together(oddities, (cells(report, oddity) or where(oddity.places) for oddity in oddities))


@rule(
    "GIA140",
    "formula-changed",
    Severity.WARNING,
    message="{cells}的公式被改为 {found}，原为 {expected}。",
    hint="请恢复原来的公式。",
    basis=OURS,
)
def formula_changed(report: Report) -> Iterator[Finding]:
    """总计格里仍是公式，但不是原来的公式。总计取这个公式的结果；眼下相符的，加数一变就可能漏加或多加。

    示例：“本年新收”总计被改成 =SUM(D5:H5)，漏了一栏，报本条（提醒）。
    不报的情形：插入行列后软件自动调整的公式；写法不同而加数相同的公式；结果已经不符的（由 GIA202 等一并说明）。
    怎么改：从空白表复制公式回来。
    """
    for oddity in odd(report, Odd.FORMULA_CHANGED):
        keys = [key for key in oddity.keys if key in report.form.totals]
        waiting = any(report.facts[key].read_as == UNCALCULATED for key in keys)
        if waiting or broken(report, (report.form.totals[key] for key in keys)):
            continue
        yield finding(oddity, cells=cells(report, oddity) or where(oddity.places))


@rule(
    "GIA141",
    "other-file-kind",
    Severity.NOTE,
    message="这是 {kind} 文件，只读取了数值，没有核对公式。",
    hint="建议另存为 .xlsx。",
    basis=OURS,
)
def other_file_kind(report: Report) -> Iterator[Finding]:
    """文件是 .xls、.ods、.xlsb 等格式，数值照常读取和审核，公式无从核对。

    示例：WPS 存成的 .xls，说明一条。
    不报的情形：.xlsx、.xlsm。
    怎么改：建议另存为 .xlsx。
    """
    for oddity in odd(report, Odd.OTHER_KIND):
        yield finding(oddity)


@rule(
    "GIA142",
    "old-layout",
    Severity.NOTE,
    message="工作簿由较早的版本（{version}）生成，已照常读取。",
    hint="下一年度请用新版本生成工作簿。",
    basis=OURS,
)
def old_layout(report: Report) -> Iterator[Finding]:
    """工作簿由本工具的旧版本生成，布局不同，已按旧布局读取。

    示例：两年前生成的工作簿，说明一条。
    不报的情形：当前版本生成的。比当前版本新的读不了，会提示升级。
    怎么改：不需要改。
    """
    for oddity in odd(report, Odd.OLD_VERSION):
        yield finding(oddity)
