"""A cause of broken sums in Chinese: what stands there, what it should be, what follows from it, and the way out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gia_xlsx.diagnostic import Finding
from gia_xlsx.form import Check, Form, Key, Line
from gia_xlsx.report import Flaw, Odd, Report, Source
from gia_xlsx.rules.diagnosis import Broken, Explanation

_NUMERALS = "零一二三四五六七八九十"
_SHOWN = 6  # more cells than this in one sentence help nobody


def name(form: Form, key: Key) -> str:
    """A cell as a filer looks for it: ``「二、上年结转政府信息公开申请数量」的总计``."""
    cell = form.cells[key]
    if not cell.row.label:
        return f"「{cell.words}」"
    return f"「{cell.row.label}」的{column(form, key)}"


def row(form: Form, key: Key) -> str:
    return f"「{form.cells[key].row.label}」"


def column(form: Form, key: Key) -> str:
    """The column as printed, with its heading where one is needed: ``法人或其他组织·其他``."""
    return form.cells[key].words.rsplit("／", 1)[-1]


def listed(words: Iterable[str], counter: str = "格") -> str:
    """Words in a row; the first few, and how many there are."""
    words = list(words)
    shown = "、".join(words[:_SHOWN])
    return f"{shown}等 {len(words)} {counter}" if len(words) > _SHOWN else shown


def _formula_lost(report: Report, key: Key) -> str:
    """What became of the formula of a total in a workbook of ours; '' if it is there or never was."""
    fact = report.facts[key]
    if any(oddity.kind is Odd.FORMULA_CHANGED and key in oddity.keys for oddity in report.oddities):
        return f"这一格的公式被改过：请恢复原来的公式{_how(report, key)}"
    foreign = any(oddity.kind in (Odd.READ_BY_LABELS, Odd.OTHER_KIND) for oddity in report.oddities)
    if key in report.form.totals and fact.source is Source.TYPED and fact.place is not None and not foreign:
        return f"这一格原是公式，已被键入的数字覆盖：请恢复公式{_how(report, key)}"
    return ""


def _how(report: Report, key: Key) -> str:
    """How a formula is put back: ``（先撤销工作表保护，没有密码，再键入 =SUM(E7:J7)）``."""
    first, *_, last = (report.facts[addend].place for addend in report.form.totals[key].left)
    if first is None or last is None:
        return ""
    return f"（先撤销工作表保护，没有密码，再键入 =SUM({first.cell}:{last.cell})）"


def finding(report: Report, cause: Explanation) -> Finding:
    """One cause as a finding: the suspect cell first, or both sides of the relation where no cell stands out."""
    check = cause.head.check
    if cause.kind == "shift":
        return _shift(report, cause)
    if cause.kind == "alone" or cause.suspect is None:
        fault = _fault(report, cause.head) + _consequences(report, cause.consequences)
        return Finding(_both_sides(report, check), {"fault": f"{fault}。", "way": _way_alone(report, cause)})
    fitting = f"改为 {cause.fitting}{f'（{cause.slip}）' if cause.slip else ''}"
    if cause.suspect in check.right and check.relation.total:
        fault = _fault(report, cause.head) + _consequences(report, cause.consequences)
        lost = _formula_lost(report, cause.suspect)
        way = f"{lost}，或{fitting}；总计无误的，核对各加数" if lost else f"请{fitting}；总计无误的，核对各加数"
    else:
        broken = "；".join(_fault(report, one, spell=False) for one in (cause.head, *cause.consequences))
        fault = f"{name(report.form, cause.suspect)}填 {_shown(report, cause.suspect)}，与它有关的合计都不符：{broken}"
        way = f"请先核对这一格：{fitting}，以上各项就全部相符"
    return Finding((cause.suspect,), {"fault": f"{fault}。", "way": f"{way}。"})


def totals_left_at_zero(report: Report, causes: Sequence[Explanation]) -> Finding:
    """Several totals that all stand at 0: one cause, one finding."""
    keys = tuple(cause.suspect for cause in causes if cause.suspect is not None)
    should = listed(
        (f"{name(report.form, cause.suspect)}应为 {cause.fitting}" for cause in causes if cause.suspect), "处"
    )
    consequences = _consequences(report, [one for cause in causes for one in cause.consequences])
    over = any(_formula_lost(report, key) for key in keys)
    way = "这些格原是公式，已被键入的 0 覆盖：请恢复公式。" if over else "请按各栏之和填写总计。"
    return Finding(keys, {"fault": f"{len(keys)} 处总计填 0，而加数之和不为 0：{should}{consequences}。", "way": way})


def _shift(report: Report, cause: Explanation) -> Finding:
    """Two lines off by the same amount in opposite directions."""
    both = (cause.head, *cause.consequences)
    amount = abs(cause.head.gap)
    lines = "行" if cause.head.check.relation.of == "columns" else "列"
    faults = "；".join(_fault(report, one) for one in both)
    fault = f"{faults}。两{lines}相差的数相同、方向相反，像是有 {amount} 件填错了{lines}"
    way = f"请对照台账，看哪个数填到了另一{lines}"
    keys = tuple(one.check.right[0] for one in both)
    if cause.suspect is not None:
        way = f"{name(report.form, cause.suspect)}正好是 {amount}，请先核对它是否应填在另一{lines}"
        keys = (cause.suspect, *keys)
    return Finding(keys, {"fault": f"{fault}。", "way": f"{way}。"})


def _way_alone(report: Report, cause: Explanation) -> str:
    relation = cause.head.check.relation
    if cause.suspect is not None:
        stated = f"{name(report.form, cause.suspect)}填 {_shown(report, cause.suspect)}"
        return f"请先核对：{stated}，疑为 {cause.fitting}（{cause.slip}）。"
    if relation.total:
        start = _formula_lost(report, cause.head.check.right[0]) or "请把总计改为各加数之和"
        return f"{start}；总计无误的，核对各加数。"
    return f"{relation.text}；请对照台账逐格核对。"


def _both_sides(report: Report, check: Check) -> tuple[Key, ...]:
    """The total and its addends that are not 0; of a balance, all its cells."""
    if not check.relation.total:
        return check.keys
    return (*check.right, *(key for key in check.left if report.value(key)))


def _fault(report: Report, one: Broken, spell: bool = True) -> str:
    """What one broken relation says: ``「…」的总计填 0，六栏之和为 4（自然人 4），少 4``; or without the addends."""
    if not one.check.relation.total:
        return f"{_line(report.form, one.check)}勾稽关系不平：{_equation(report, one)}"
    total = one.check.right[0]
    return f"{name(report.form, total)}填 {_shown(report, total)}，{_addends(report, one, spell)}"


def _consequences(report: Report, others: Sequence[Broken]) -> str:
    if not others:
        return ""
    return "；由此" + "，".join(_consequence(report, one) for one in others)


def _consequence(report: Report, one: Broken) -> str:
    if not one.check.relation.total:
        return f"{_line(report.form, one.check)}勾稽关系也不平：{_equation(report, one)}"
    total = name(report.form, one.check.right[0])
    return f"{total}也不符（填 {_shown(report, one.check.right[0])}，应为 {one.left}）"


def _line(form: Form, check: Check) -> str:
    """The line on which a relation was broken: ``总计列``, ``自然人列``."""
    return f"{column(form, check.left[0])}列" if check.relation.of == "rows" else row(form, check.left[0])


def _equation(report: Report, one: Broken) -> str:
    left, right = ("＋".join(str(report.value(key)) for key in side) for side in (one.check.left, one.check.right))
    return f"{left}≠{right}{_blanks(report, one.check.keys)}"


def _addends(report: Report, one: Broken, spell: bool) -> str:
    """``六栏之和为 4（自然人 4），少 4``."""
    check, count = one.check, len(one.check.left)
    counter = "栏" if check.relation.of == "columns" else "行"
    number = _NUMERALS[count] if count < len(_NUMERALS) else f"{count} "
    parts = [f"{_short(report.form, check, key)} {report.value(key)}" for key in check.left if report.value(key)]
    spelled = f"（{listed(parts, '项')}）" if parts and spell else ""
    more = "多" if one.gap > 0 else "少"
    return f"{number}{counter}之和为 {one.left}{spelled}{_blanks(report, check.left)}，{more} {abs(one.gap)}"


def _short(form: Form, check: Check, key: Key) -> str:
    """The short name of an addend, by the axis it varies on."""
    cell = form.cells[key]
    line: Line = cell.column if check.relation.of == "columns" else cell.row
    return line.name


def _shown(report: Report, key: Key) -> str:
    return "空白" if report.facts[key].flaw in (Flaw.BLANK, Flaw.DASH) else str(report.value(key))


def _blanks(report: Report, keys: Iterable[Key]) -> str:
    count = sum(report.facts[key].flaw in (Flaw.BLANK, Flaw.DASH) for key in keys)
    return f"（空白 {count} 格按 0 计）" if count else ""
