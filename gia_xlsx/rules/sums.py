"""Family 2: what must add up. The relations come from the form, their causes from the diagnosis."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from gia_xlsx.diagnostic import Finding, Severity, rule
from gia_xlsx.form import Key
from gia_xlsx.report import Report
from gia_xlsx.rules import wording
from gia_xlsx.rules.diagnosis import Broken, broken, explain, failing

_FORM = "国办公开办函〔2021〕30号、〔2019〕60号所附格式"


@rule(
    "GIA201",
    "carry-over-does-not-balance",
    Severity.ERROR,
    message="{fault}",
    hint="{way}",
    basis=f"{_FORM}表三左上角：第一项加第二项之和，等于第三项加第四项之和",
)
def carry_over_does_not_balance(report: Report) -> Iterator[Finding]:
    """表三每一列，“本年新收”加“上年结转”，应等于“办理结果总计”加“结转下年度继续办理”。

    每件申请年内要么办结，要么结转，去向只有一个，所以七列（含总计列）都要平。
    示例：自然人列新收 33、上年结转 4，办理结果总计 34、结转下年度 2，33＋4≠34＋2，报本条。
    不报的情形：四格中有空白或读不出的（先补齐那一格）；总计列不平只是因为某一格总计填错的，
    并入那一格的错误一起说明；几列都不平而总计列随之不平的，总计列不另报。
    怎么改：对照申请台账逐格核对这一列的四项；不要为了配平改动“结转下年度”。
    """
    yield from _findings(report, "GIA201")


@rule(
    "GIA202",
    "column-total-differs",
    Severity.ERROR,
    message="{fault}",
    hint="{way}",
    basis=f"{_FORM}表三“(七)总计”行",
)
def column_total_differs(report: Report) -> Iterator[Finding]:
    """表三每一列，“(七)总计”应等于第三项各办理结果之和。

    “部分公开”只计这一情形，一件申请只计一种结果，所以各行相加就是办结数。
    示例：自然人列予以公开 12、部分公开 11、不掌握 9、其他 2，“(七)总计”填 33，报本条（应为 34）。
    不报的情形：加数有空白的；同一个错数既使本行总计不符又使本列总计不符时，只报一次，先指出那个数。
    怎么改：总计格恢复公式，或者核对这一列的各行。
    """
    yield from _findings(report, "GIA202")


@rule(
    "GIA203",
    "row-total-differs",
    Severity.ERROR,
    message="{fault}",
    hint="{way}",
    basis=f"{_FORM}表三“总计”列",
)
def row_total_differs(report: Report) -> Iterator[Finding]:
    """表三每一行，“总计”应等于自然人与法人或其他组织五栏之和。

    示例：“上年结转”自然人 4、其余 0，总计填 0，报本条，并说明总计列的勾稽关系因此也不平。
    不报的情形：六栏中有空白的；总计是公式、表格从未重算的（按公式的结果计，不算错）。
    怎么改：总计格恢复公式；确认总计无误的，核对六栏中哪一格填错。
    """
    yield from _findings(report, "GIA203")


@rule(
    "GIA204",
    "cases-total-differs",
    Severity.ERROR,
    message="{fault}",
    hint="{way}",
    basis=f"{_FORM}表四",
)
def cases_total_differs(report: Report) -> Iterator[Finding]:
    """表四行政复议、未经复议直接起诉、复议后起诉三组，各组“总计”应等于四种结果之和。

    示例：行政复议结果维持 2、结果纠正 0、其他结果 1、尚未审结 0，总计填 2，报本条（应为 3）。
    不报的情形：四种结果中有空白的。
    怎么改：总计格恢复公式，或者核对四种结果。
    """
    yield from _findings(report, "GIA204")


@rule(
    "GIA205",
    "in-force-too-small",
    Severity.ERROR,
    message="{row}本年制发 {issued} 件，多于现行有效 {stock} 件与本年废止 {repealed} 件之和 {sum} 件。",
    hint="现行有效是截至 12 月 31 日的存量，本年制发而未废止的都应计入；请核对这一行三格。",
    basis="国办公开办函〔2021〕30号表二：现行有效件数为截至年底的存量",
)
def in_force_too_small(report: Report) -> Iterator[Finding]:
    """2021 年格式表二，规章、行政规范性文件的“现行有效件数”不应小于“本年制发”减“本年废止”。

    示例：行政规范性文件制发 5、废止 1、现行有效 3，报本条（至少应为 4）。
    不报的情形：现行有效更大（往年文件仍有效）；废止多于制发；三格中有空白的。
    怎么改：核对文件清理结果，现行有效按年底存量填报。
    """
    for one in _broken(report, "GIA205"):
        stock, repealed = (report.numbers.get(key) for key in one.check.left)
        words = {"stock": stock, "repealed": repealed, "issued": one.right, "sum": one.left}
        yield Finding(one.check.keys, {"row": wording.row(report.form, one.check.left[0]), **words})


@rule(
    "GIA206",
    "published-total-too-small",
    Severity.ERROR,
    message="{row}对外公开总数量 {total} 件，少于本年新公开数量 {new} 件。",
    hint="对外公开总数量包括本年新公开的；请核对这两格。",
    basis="国办公开办函〔2019〕60号表二",
)
def published_total_too_small(report: Report) -> Iterator[Finding]:
    """2019 年格式表二，“对外公开总数量”不应小于“本年新公开数量”。

    示例：规范性文件新公开 6、对外公开总数量 4，报本条。
    不报的情形：总数量等于或大于新公开数量；两格中有空白的。
    怎么改：总数量按截至年底对外公开的全部件数填报。
    """
    for one in _broken(report, "GIA206"):
        words = {"row": wording.row(report.form, one.check.left[0]), "total": one.left, "new": one.right}
        yield Finding(one.check.keys, words)


@rule(
    "GIA207",
    "cases-without-applications",
    Severity.WARNING,
    message="表四有复议、诉讼 {cases} 件，而表三没有新收和上年结转的申请。",
    hint="表四只填因政府信息公开引起的案件；确由往年申请引起的，请在文字中说明。",
    basis="国办公开办函〔2021〕30号、〔2019〕60号表三、表四；条例第五十一条",
)
def cases_without_applications(report: Report) -> Iterator[Finding]:
    """表四有案件，而表三本年新收和上年结转的总计都是 0，请核对。

    复议、诉讼多由依申请公开引起；没有申请却有案件，常是把其他复议、诉讼填进了表四，或者漏填了表三。
    示例：行政复议总计 1，新收 0、上年结转 0，报本条（提醒）。
    不报的情形：新收或上年结转有任何一件；这些格有空白的。
    怎么改：删去与政府信息公开无关的案件，或补填申请数量；由往年申请引起的，保留并在文字中说明。
    """
    incoming = [Key("requests", row, "total") for row in ("received", "carried_in")]
    totals = [Key("cases", "count", f"{group}.total") for group in ("review", "direct", "after_review")]
    if any(report.numbers.get(key) != 0 for key in incoming) or _wrong_total(report, (*incoming, *totals)):
        return
    cases = [key for key in totals if report.numbers.get(key)]
    if cases:
        yield Finding((*cases, *incoming), {"cases": sum(report.numbers.get(key) or 0 for key in cases)})


@rule(
    "GIA208",
    "more-suits-after-review-than-reviews",
    Severity.WARNING,
    message="复议后起诉 {suits} 件，多于行政复议 {reviews} 件。",
    hint="复议后起诉的案件，一般本年或上年也有行政复议；请核对，跨年的可在文字中说明。",
    basis="国办公开办函〔2021〕30号、〔2019〕60号表四",
)
def more_suits_after_review_than_reviews(report: Report) -> Iterator[Finding]:
    """“复议后起诉”的总计多于“行政复议”的总计，请核对。

    先有复议才有复议后起诉。示例：行政复议 1 件，复议后起诉 3 件，报本条（提醒）。
    不报的情形：两数相等或复议较多；两格有空白的。
    怎么改：直接起诉的移到“未经复议直接起诉”；复议在上一年度的，保留并在文字中说明。
    """
    keys = (Key("cases", "count", "after_review.total"), Key("cases", "count", "review.total"))
    suits, reviews = (report.numbers.get(key) for key in keys)
    if suits is not None and reviews is not None and suits > reviews and not _wrong_total(report, keys):
        yield Finding(keys, {"suits": suits, "reviews": reviews})


@rule(
    "GIA209",
    "items-and-decisions-mixed",
    Severity.WARNING,
    message="{row}：上一年项目数量 {previous} 加本年增/减 {change:+} 正好等于处理决定数量 {decisions}，"
    "像是把项目数和决定数加在了一起。",
    hint="项目数量是事项目录中的项数，处理决定数量是本年作出的决定件数，两者各填各的；数字确属巧合的，不必改。",
    basis="国办公开办函〔2019〕60号表二",
)
def items_and_decisions_mixed(report: Report) -> Iterator[Finding]:
    """2019 年格式表二，“上一年项目数量”加“本年增/减”恰好等于“处理决定数量”，两种不同的数加在了一起。

    项目数量是权责清单里的项数，处理决定数量是一年里作出的决定件数，二者没有加减关系。
    示例：行政许可 3、增111、114，报本条（提醒），因为 3＋111＝114。
    不报的情形：本年增/减为 0；三个数没有这种关系；三格有空白的。
    怎么改：本年增/减填目录中项目的变化，处理决定数量填本年决定的件数。
    """
    for change in (key for key in report.form.cells if key.column == "items_change"):
        previous, decisions = (change._replace(column=column) for column in ("items_previous", "decisions"))
        if decisions not in report.form.cells:
            continue
        before, added, made = (report.numbers.get(key) for key in (previous, change, decisions))
        if before is not None and added and made == before + added:
            words = {"previous": before, "change": added, "decisions": made}
            yield Finding((previous, change, decisions), {"row": wording.row(report.form, change), **words})


def _broken(report: Report, code: str) -> list[Broken]:
    return [one for one in failing(report) if one.check.relation.code == code]


def _wrong_total(report: Report, keys: Collection[Key]) -> bool:
    """Whether one of these totals is wrong itself: then it is the finding, and proves nothing else."""
    checks = (report.form.totals[key] for key in keys)
    return bool(broken(report, checks))


def _findings(report: Report, code: str) -> Iterator[Finding]:
    """The causes that are told under one code; several totals left at 0 are told together."""
    if not _broken(report, code):
        return
    causes = [cause for cause in explain(report) if cause.head.check.relation.code == code]
    zeros = [cause for cause in causes if cause.kind == "zero"]
    if len(zeros) > 1:
        yield wording.totals_left_at_zero(report, zeros)
    for cause in causes:
        if cause.kind != "zero" or len(zeros) == 1:
            yield wording.finding(report, cause)
