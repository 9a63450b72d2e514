"""Family 1, sheets: labels changed, rows, columns and sheets lost or doubled, content out of its place."""

from __future__ import annotations

from collections.abc import Iterator

from gia_xlsx.diagnostic import Finding, Severity, rule
from gia_xlsx.report import Label, Odd, Report
from gia_xlsx.rules import wording
from gia_xlsx.rules.cells import clip
from gia_xlsx.rules.oddities import OURS, cells, finding, odd, together, where, word

_BASIS = "国办公开办函〔2021〕30号、〔2019〕60号所附格式：表样固定，不得增删改"


def _labels(report: Report, near: bool) -> Iterator[Finding]:
    """Labels that stand otherwise than in the form, those of one table together."""
    for table in report.form.tables:
        labels = [label for label in report.labels if label.table == table.key and label.near is near]
        if labels:
            words = {"table": table.heading, "count": len(labels), "listed": _altered(report, labels)}
            yield Finding((), words, tuple(label.place for label in labels if label.place))


def _altered(report: Report, labels: list[Label]) -> str:
    """Each label with what stands in its place; once only, where the same stands in all of them."""
    found = {clip(label.found) for label in labels}
    official = [f"「{_official(report, label)}」" for label in labels]
    if len(found) == 1:
        return f"{wording.listed(official, '处')}现为“{found.pop()}”"
    pairs = zip(official, labels, strict=True)
    return wording.listed((f"{name}现为“{clip(label.found)}”" for name, label in pairs), "处")


def _official(report: Report, label: Label) -> str:
    for block in report.form.by_key[label.table].blocks:
        line = (block.rows if label.axis == "row" else block.columns).by_key.get(label.line)
        if line is not None:
            return line.label
    return label.line


@rule(
    "GIA120",
    "label-overwritten",
    Severity.ERROR,
    message="“{table}”有 {count} 处行名或列名被改掉：{listed}。",
    hint="行名、列名是法定表样，请从空白表复制回来；数字已按位置读取，请一并核对没有错行。",
    basis=_BASIS,
)
def label_overwritten(report: Report) -> Iterator[Finding]:
    """表格的行名或列名被别的内容覆盖，公开出去的表就不是法定格式，数字也可能错行。

    示例：“1.属于国家秘密”等 16 个行名被改成“0”，合为一条。
    不报的情形：空格、全角半角、标点写法不同；只差一两个字的，见 GIA121。
    怎么改：从空白表把行名、列名复制回来。
    """
    yield from _labels(report, near=False)


@rule(
    "GIA121",
    "label-altered",
    Severity.WARNING,
    message="“{table}”有 {count} 处行名或列名与格式略有出入：{listed}。",
    hint="已按最接近的官方名称读取；请改回官方名称。",
    basis=_BASIS,
)
def label_altered(report: Report) -> Iterator[Finding]:
    """行名或列名与官方名称差一两个字，或者只剩开头、括号里多了说明，认得出来，已按官方名称读取。

    示例：“结果纠正”只印了“结果”，报本条（提醒）；一张表合为一条。
    不报的情形：只差空格、全角半角或标点的。
    怎么改：改回官方名称；发布的表格一律印官方名称。
    """
    yield from _labels(report, near=True)


@rule(
    "GIA122",
    "row-missing",
    Severity.ERROR,
    message="缺少一行：「{label}」。",
    hint="请从空白表把这一行补回原处；没有的填 0。其余各行已照常读取。",
    basis=_BASIS,
)
def row_missing(report: Report) -> Iterator[Finding]:
    """法定表格的一行被删掉了。其余各行按行名照常读取，这一行的空格不再逐格报。

    示例：删去了“2.重复申请”一行，报本条。
    不报的情形：行的位置变了但行名还在；插入了空行。
    怎么改：从空白表把这一行补回。
    """
    for oddity in odd(report, Odd.ROW_MISSING):
        yield finding(oddity)


@rule(
    "GIA123",
    "column-missing",
    Severity.ERROR,
    message="缺少一列：「{label}」。",
    hint="请从空白表把这一列补回原处；没有的填 0。其余各列已照常读取。",
    basis=_BASIS,
)
def column_missing(report: Report) -> Iterator[Finding]:
    """法定表格的一列被删掉了。其余各列按列名照常读取，这一列的空格不再逐格报。

    示例：删去了“法律服务机构”一列，报本条。
    不报的情形：列的位置变了但列名还在；插入了空列。
    怎么改：从空白表把这一列补回。
    """
    for oddity in odd(report, Odd.COLUMN_MISSING):
        yield finding(oddity)


@rule(
    "GIA124",
    "line-twice",
    Severity.ERROR,
    message="「{label}」出现了两次：{where}。",
    hint="请删去多出来的一行（列），保留正确的一个。",
    basis=_BASIS,
)
def line_twice(report: Report) -> Iterator[Finding]:
    """同一行名或列名在表里出现两次，不知道该取哪一个。

    示例：“(一)予以公开”被复制成两行，报本条，写明两处的位置。
    不报的情形：官方表样里本来就重名的（如各组的“总计”“其他”）。
    怎么改：删去多余的一行（列）。
    """
    for oddity in odd(report, Odd.LINE_TWICE):
        yield finding(oddity, where=where(oddity.places))


@rule(
    "GIA125",
    "key-disagrees-with-label",
    Severity.ERROR,
    message="这里按位置应是「{expected}」，行名（列名）却写着「{found}」。",
    hint="可能是排序或剪切造成错行：请与空白表对照，把行名和数字一起放回原处。",
    basis=_BASIS,
)
def key_disagrees_with_label(report: Report) -> Iterator[Finding]:
    """工作簿暗藏的行标记与看得见的行名不一致，多因排序、剪切粘贴而错行，数字归谁说不清。

    示例：对表三按行名排序之后，标记“予以公开”的行显示“2.重复申请”，报本条。
    不报的情形：行名与标记一致，或者只是行名写法略有出入（GIA121）。
    怎么改：撤销排序，或把行名和数字放回原处。
    """
    for oddity in odd(report, Odd.KEY_DISAGREES):
        yield finding(oddity)


@rule(
    "GIA126",
    "stray-content",
    Severity.NOTE,
    message="表格以外有 {count} 处内容，没有读作数据：{listed}。",
    hint="需要公开的说明请写进文字部分；不需要的可以删去。",
    basis=OURS,
)
def stray_content(report: Report) -> Iterator[Finding]:
    """表格范围以外写了内容，或者表里插入了批注性的行，不作为数据读取，列出来以免遗漏。

    示例：表三右侧写着“已核对”，说明一条。
    不报的情形：工作簿自带的校验、提示内容。
    怎么改：需要公开的写进文字部分，其余可删去。
    """
    oddities = odd(report, Odd.STRAY)
    yield from together(oddities, (word(oddity, "text") for oddity in oddities))


@rule(
    "GIA127",
    "input-moved",
    Severity.ERROR,
    message="{cells}空着，表外却有一个数字，像是剪切粘贴移走的：{where}。",
    hint="请在原来的格里键入数字，并删去表外的（要用复制，不要用剪切）。",
    basis=OURS,
)
def input_moved(report: Report) -> Iterator[Finding]:
    """填数的格空着，而表外恰好有数字：多半是剪切粘贴移走的，公式也会跟着指到别处。程序不代为移回。

    示例：把“本年新收”自然人的 12 剪切到旁边，报本条，写明原处和现处。
    不报的情形：插入行列、移动工作表造成的位置变化；表外的数字与空格的个数对不上的。
    怎么改：在原处键入数字，删去表外的。
    """
    for oddity in odd(report, Odd.MOVED):
        yield finding(oddity, cells=cells(report, oddity) or "一格", where=" → ".join(map(str, oddity.places)))


@rule(
    "GIA128",
    "inputs-merged",
    Severity.ERROR,
    message="合并单元格 {range} 盖住了填数的格：{cells}。",
    hint="请取消合并，逐格填写。",
    basis=_BASIS,
)
def inputs_merged(report: Report) -> Iterator[Finding]:
    """填数的单元格被合并，合并后只剩左上角一个数，其余的格被吞掉。

    示例：“重复申请”一行的自然人到社会公益组织合并成一格，报本条，列出被吞掉的格。
    不报的情形：表头、行名按官方表样的合并。
    怎么改：取消合并，逐格填写。
    """
    for oddity in odd(report, Odd.MERGED):
        yield finding(oddity, cells=cells(report, oddity))


def _twins(report: Report, differ: bool) -> Iterator[Finding]:
    for oddity in odd(report, Odd.SHEET_TWIN):
        if bool(oddity.words.get("differ")) is differ:
            sheets = oddity.words.get("sheets", ())
            names = [sheets] if isinstance(sheets, str) else list(sheets)
            yield Finding(oddity.keys, {"sheets": "、".join(f"“{name}”" for name in names)}, oddity.places)


@rule(
    "GIA129",
    "twin-sheets-differ",
    Severity.ERROR,
    message="{sheets}是同一张表，内容却不同。",
    hint="请删去作废的一张，只留正确的。",
    basis=OURS,
)
def twin_sheets_differ(report: Report) -> Iterator[Finding]:
    """同一张法定表格在工作簿里有两张，数字不一样，不知道以哪张为准。

    示例：“三、依申请公开”和“三、依申请公开 (2)”数字不同，报本条。
    不报的情形：两张内容相同（GIA130 说明）。
    怎么改：删去作废的一张。
    """
    yield from _twins(report, differ=True)


@rule(
    "GIA130",
    "sheet-copied",
    Severity.NOTE,
    message="{sheets}是同一张表，内容相同，只读了一张。",
    hint="可删去多余的一张。",
    basis=OURS,
)
def sheet_copied(report: Report) -> Iterator[Finding]:
    """同一张法定表格被复制了一份，内容相同，不影响结果。

    示例：复制了“四、复议诉讼”备用，说明一条。
    不报的情形：内容不同（GIA129，错误）。
    怎么改：可删去多余的一张。
    """
    yield from _twins(report, differ=False)


@rule(
    "GIA131",
    "extra-sheet",
    Severity.NOTE,
    message="工作簿里另有 {count} 张工作表没有读取：{listed}。",
    hint="不影响审核；需要公开的内容请填进规定的表。",
    basis=OURS,
)
def extra_sheet(report: Report) -> Iterator[Finding]:
    """工作簿里有不属于年度报告的工作表，没有读取。

    示例：附了一张“台账”，说明一条。
    不报的情形：工作簿自带的说明、校验、占位符、图表等工作表，改了名也认得。
    怎么改：不需要改。
    """
    oddities = odd(report, Odd.SHEET_EXTRA)
    yield from together(oddities, (f"“{word(oddity, 'sheet')}”" for oddity in oddities), "张")


@rule(
    "GIA132",
    "sheet-missing",
    Severity.ERROR,
    message="工作簿里没有“{heading}”这张表。",
    hint="请从空白工作簿复制回来填写。",
    basis="条例第五十条；国办公开办函〔2021〕30号、〔2019〕60号所附格式",
)
def sheet_missing(report: Report) -> Iterator[Finding]:
    """年度报告的一个部分没有工作表。这张表里的空格不再逐格报。

    示例：“四、政府信息公开行政复议、行政诉讼情况”的工作表被删，报本条。
    不报的情形：工作表改了名、挪了位置、隐藏了，都认得。
    怎么改：从空白工作簿复制回来。
    """
    for oddity in odd(report, Odd.SHEET_MISSING):
        yield finding(oddity)
