"""Family 1, sheets: what befell the workbook: labels changed, rows and sheets lost or doubled, formulas replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gia_xlsx.diagnostic import Finding, Severity, rule
from gia_xlsx.report import Label, Odd, Oddity, Place, Report
from gia_xlsx.rules import wording
from gia_xlsx.rules.cells import clip
from gia_xlsx.rules.diagnosis import broken

_BASIS = "国办公开办函〔2021〕30号、〔2019〕60号所附格式：表样固定，不得增删改"
_LONGEST = 80  # of the words an oddity carries
_OURS = "填报工作簿的约定：按行名、列名识读，不修改原文件"


def _odd(report: Report, kind: Odd) -> list[Oddity]:
    return [oddity for oddity in report.oddities if oddity.kind is kind] if report.oddities else []


def _word(oddity: Oddity, name: str) -> str:
    return clip(str(oddity.words.get(name, "")), _LONGEST)


def _finding(oddity: Oddity, **words: object) -> Finding:
    """An oddity as a finding of its own, with the words it carries."""
    carried = {name: _word(oddity, name) for name in oddity.words}
    return Finding(oddity.keys, {**carried, **words}, oddity.places)


def _together(oddities: list[Oddity], words: Iterable[str], counter: str = "处") -> Iterator[Finding]:
    """Oddities of one kind as one finding that lists them."""
    if oddities:
        yield Finding(
            tuple(key for oddity in oddities for key in oddity.keys),
            {"listed": wording.listed(dict.fromkeys(words), counter), "count": sum(map(_size, oddities))},
            tuple(place for oddity in oddities for place in oddity.places),
        )


def _size(oddity: Oddity) -> int:
    """How many cells an oddity is about; a reader may have told several as one."""
    return max(1, len(oddity.keys), len(oddity.places))


def _where(places: tuple[Place, ...]) -> str:
    return "、".join(map(str, places)) or "表内"


def _cells(report: Report, oddity: Oddity) -> str:
    return wording.listed(wording.name(report.form, key) for key in oddity.keys)


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
    """行名或列名与官方名称差一两个字，认得出来，已按官方名称读取。

    示例：“结果维持”写成“维持结果”，报本条（提醒）。
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
    for oddity in _odd(report, Odd.ROW_MISSING):
        yield _finding(oddity)


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
    for oddity in _odd(report, Odd.COLUMN_MISSING):
        yield _finding(oddity)


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
    for oddity in _odd(report, Odd.LINE_TWICE):
        yield _finding(oddity, where=_where(oddity.places))


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
    for oddity in _odd(report, Odd.KEY_DISAGREES):
        yield _finding(oddity)


@rule(
    "GIA126",
    "stray-content",
    Severity.NOTE,
    message="表格以外有 {count} 处内容，没有读作数据：{listed}。",
    hint="需要公开的说明请写进文字部分；不需要的可以删去。",
    basis=_OURS,
)
def stray_content(report: Report) -> Iterator[Finding]:
    """表格范围以外写了内容，或者表里插入了批注性的行，不作为数据读取，列出来以免遗漏。

    示例：表三右侧写着“已核对”，说明一条。
    不报的情形：工作簿自带的校验、提示内容。
    怎么改：需要公开的写进文字部分，其余可删去。
    """
    oddities = _odd(report, Odd.STRAY)
    yield from _together(oddities, (_word(oddity, "text") for oddity in oddities))


@rule(
    "GIA127",
    "input-moved",
    Severity.ERROR,
    message="{cells}的数字被移走了：{where}。",
    hint="请撤销剪切，或在原来的格里重新键入（用复制，不要用剪切）。",
    basis=_OURS,
)
def input_moved(report: Report) -> Iterator[Finding]:
    """用剪切粘贴把一格的数字移到了别处，原处空了，公式也跟着指到别处。

    示例：把“本年新收”自然人的 12 剪切到旁边，报本条，写明原处和现处。
    不报的情形：插入行列、移动工作表造成的位置变化。
    怎么改：撤销剪切，或在原处重新键入。
    """
    for oddity in _odd(report, Odd.MOVED):
        yield _finding(oddity, cells=_cells(report, oddity) or "一格", where=" → ".join(map(str, oddity.places)))


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
    for oddity in _odd(report, Odd.MERGED):
        yield _finding(oddity, cells=_cells(report, oddity))


def _twins(report: Report, differ: bool) -> Iterator[Finding]:
    for oddity in _odd(report, Odd.SHEET_TWIN):
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
    basis=_OURS,
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
    basis=_OURS,
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
    basis=_OURS,
)
def extra_sheet(report: Report) -> Iterator[Finding]:
    """工作簿里有不属于年度报告的工作表，没有读取。

    示例：附了一张“台账”，说明一条。
    不报的情形：工作簿自带的说明、校验、占位符、图表等工作表，改了名也认得。
    怎么改：不需要改。
    """
    oddities = _odd(report, Odd.SHEET_EXTRA)
    yield from _together(oddities, (f"“{_word(oddity, 'sheet')}”" for oddity in oddities), "张")


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
    for oddity in _odd(report, Odd.SHEET_MISSING):
        yield _finding(oddity)


@rule(
    "GIA133",
    "read-by-labels",
    Severity.WARNING,
    message="不是本工具生成的表样，按行名、列名识读：{listed}。",
    hint="请核对读取的数字无误；发布前需要确认（build --yes）。最好改用 gia-xlsx new 生成的工作簿。",
    basis=_OURS,
)
def read_by_labels(report: Report) -> Iterator[Finding]:
    """工作表里没有本工具的标记，是自制表样，或把内容粘贴到了新工作簿，只能按行名、列名识读。

    示例：用旧的 Excel 模板填报，报本条（提醒），发布时要求确认。
    不报的情形：gia-xlsx new 生成的工作簿，经 Excel、WPS、LibreOffice 保存的也一样。
    怎么改：核对数字；最好改用生成的工作簿。
    """
    oddities = _odd(report, Odd.READ_BY_LABELS)
    yield from _together(oddities, (f"“{_word(oddity, 'sheet')}”" for oddity in oddities), "张")


@rule(
    "GIA134",
    "external-link",
    Severity.ERROR,
    message="{cells}引用了别的文件：{formula}。",
    hint="请改为直接填数；引用的文件一旦移动，这里的数就不可靠。",
    basis=_OURS,
)
def external_link(report: Report) -> Iterator[Finding]:
    """填数的格里是引用另一个文件的公式，换一台电脑就读不到，数字无从核对。

    示例：“本年新收”自然人是 ='[台账.xlsx]汇总'!B3，报本条。
    不报的情形：引用本工作簿其他格的公式；不属于本报告的工作表里的链接。
    怎么改：复制后“选择性粘贴—数值”。
    """
    for oddity in _odd(report, Odd.EXTERNAL_LINK):
        words = {"cells": _cells(report, oddity) or "有的格", "formula": _word(oddity, "formula")}
        yield Finding(oddity.keys, words, oddity.places)


@rule(
    "GIA135",
    "hidden-values",
    Severity.NOTE,
    message="有隐藏的内容，已照常读取：{listed}。",
    hint="请取消隐藏核对一遍。",
    basis=_OURS,
)
def hidden_values(report: Report) -> Iterator[Finding]:
    """隐藏的工作表、行或列里有数字，已照常读取，提请核对。

    示例：“不予处理”各行被筛选隐藏，说明一条。
    不报的情形：工作簿自己隐藏的标记行列。
    怎么改：取消隐藏或筛选，核对一遍。
    """
    oddities = _odd(report, Odd.HIDDEN)
    yield from _together(oddities, (_word(oddity, "what") for oddity in oddities))


@rule(
    "GIA136",
    "protection-gone",
    Severity.NOTE,
    message="工作表保护已取消：{listed}。",
    hint="不影响审核；没有保护时容易误改公式和行名。",
    basis=_OURS,
)
def protection_gone(report: Report) -> Iterator[Finding]:
    """生成时锁定公式和行名的保护被取消了。程序不依赖保护，只作说明。

    示例：撤销了“三、依申请公开”的工作表保护，说明一条。
    不报的情形：保护还在；不是本工具生成的工作簿。
    怎么改：不需要改。
    """
    oddities = _odd(report, Odd.PROTECTION_GONE)
    yield from _together(oddities, (f"“{_word(oddity, 'sheet')}”" for oddity in oddities), "张")


@rule(
    "GIA137",
    "never-calculated",
    Severity.NOTE,
    message="工作簿里的公式从未计算过，总计已由程序重新计算。",
    hint="用 Excel 或 WPS 打开再保存，表内就会显示计算结果。",
    basis=_OURS,
)
def never_calculated(report: Report) -> Iterator[Finding]:
    """文件由其他程序写出，公式没有结果（或只存着 0）。总计按公式重新计算，不逐格报错。

    示例：从业务系统导出的工作簿，总计格存的都是 0，说明一条。
    不报的情形：公式的结果与重新计算的一致。
    怎么改：用表格软件打开后保存。
    """
    oddities = _odd(report, Odd.NEVER_CALCULATED)
    if oddities:
        yield Finding((), {}, oddities[0].places)


@rule(
    "GIA138",
    "stale-result",
    Severity.NOTE,
    message="有 {count} 处公式保存的是旧结果，已按重新计算的取用：{listed}。",
    hint="可能关闭了自动计算；请在表格软件里重新计算（F9）后保存。",
    basis=_OURS,
)
def stale_result(report: Report) -> Iterator[Finding]:
    """公式完好，但保存的结果与重新计算的不同，说明保存前没有重算。取重新计算的结果。

    示例：“本年新收”总计保存 12，重算为 13，说明一条，写出两个数。
    不报的情形：一致的；整个文件从未计算过的（GIA137）。
    怎么改：打开自动计算，重新保存。
    """
    oddities = _odd(report, Odd.STALE)
    told = (
        f"{_cells(report, oddity) or _where(oddity.places)}存 {_word(oddity, 'cached')}，"
        f"应为 {_word(oddity, 'computed')}{_because(oddity)}"
        for oddity in oddities
    )
    yield from _together(oddities, told)


def _because(oddity: Oddity) -> str:
    cause = _word(oddity, "cause")
    return f"（{cause}）" if cause else ""


@rule(
    "GIA139",
    "total-typed-over",
    Severity.NOTE,
    message="有 {count} 处总计的公式被键入的数字覆盖，数字相符：{listed}。",
    hint="以后改动加数时这些总计不会跟着变；建议恢复公式。",
    basis=_OURS,
)
def total_typed_over(report: Report) -> Iterator[Finding]:
    """总计的公式换成了键入的数字，而数字正好等于各加数之和。

    示例：三处总计改成了键入的数，都相符，合为一条说明。
    不报的情形：公式还在；数字不符的是错误，见 GIA202、GIA203、GIA204。
    怎么改：建议从空白表复制公式回来。
    """
    oddities = _odd(report, Odd.TYPED_OVER)
    yield from _together(oddities, (_cells(report, oddity) or _where(oddity.places) for oddity in oddities))


@rule(
    "GIA140",
    "formula-changed",
    Severity.WARNING,
    message="{cells}的公式被改为 {found}，原为 {expected}。",
    hint="请恢复原来的公式。",
    basis=_OURS,
)
def formula_changed(report: Report) -> Iterator[Finding]:
    """总计格里仍是公式，但不是原来的公式，眼下的结果相符，加数一变就可能漏加或多加。

    示例：“本年新收”总计被改成 =SUM(D5:H5)，漏了一栏，报本条（提醒）。
    不报的情形：插入行列后软件自动调整的公式；写法不同而加数相同的公式；结果已经不符的（由 GIA202 等一并说明）。
    怎么改：从空白表复制公式回来。
    """
    for oddity in _odd(report, Odd.FORMULA_CHANGED):
        if any(broken(report, (report.form.totals[key] for key in oddity.keys if key in report.form.totals))):
            continue
        yield _finding(oddity, cells=_cells(report, oddity) or _where(oddity.places))


@rule(
    "GIA141",
    "other-file-kind",
    Severity.NOTE,
    message="这是 {kind} 文件，只读取了数值，没有核对公式。",
    hint="建议另存为 .xlsx。",
    basis=_OURS,
)
def other_file_kind(report: Report) -> Iterator[Finding]:
    """文件是 .xls、.ods、.xlsb 等格式，数值照常读取和审核，公式无从核对。

    示例：WPS 存成的 .xls，说明一条。
    不报的情形：.xlsx、.xlsm。
    怎么改：建议另存为 .xlsx。
    """
    for oddity in _odd(report, Odd.OTHER_KIND):
        yield _finding(oddity)


@rule(
    "GIA142",
    "old-layout",
    Severity.NOTE,
    message="工作簿由较早的版本（{version}）生成，已照常读取。",
    hint="下一年度请用新版本生成工作簿。",
    basis=_OURS,
)
def old_layout(report: Report) -> Iterator[Finding]:
    """工作簿由本工具的旧版本生成，布局不同，已按旧布局读取。

    示例：两年前生成的工作簿，说明一条。
    不报的情形：当前版本生成的。比当前版本新的读不了，会提示升级。
    怎么改：不需要改。
    """
    for oddity in _odd(report, Odd.OLD_VERSION):
        yield _finding(oddity)
