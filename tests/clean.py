"""A report of each form that no rule objects to, its cells not 0 except 规章, and edits as a filer makes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from gia_xlsx.form import Form, Key, load_form
from gia_xlsx.numerals import read_number
from gia_xlsx.report import Cover, Fact, Flaw, Paragraph, Place, Report, Source
from gia_xlsx.workbook.layout import COVER_SHEET, PROSE_SHEET, place

TEXT = "一、总体情况"
COVER_PLACES = {
    field: Place(COVER_SHEET, f"C{row}")
    for row, field in enumerate(("organ", "type", "year", "scope", "contact", "signature", "date", "blank_is_zero"), 4)
}
WORDS: tuple[tuple[str, str, str], ...] = (  # section, heading, text: what a careful office writes
    (
        "preface",
        "",
        "根据《中华人民共和国政府信息公开条例》第五十条，编制本报告。所列数据的统计期限为{{ 年度 }}年1月1日至12月31日。"
        "本报告电子版可在清水县人民政府网站下载。如有疑问，请与清水镇人民政府联系（电话：0000-0000000）。",
    ),
    ("overview", "（一）主动公开。", "按规定主动公开政府信息，及时更新政府信息公开目录。"),
    (
        "overview",
        "（二）依申请公开。",
        "全年新收政府信息公开申请{{ 本年新收.总计 }}件，上年结转{{ 上年结转.总计 }}件；"
        "办结{{ 办理结果总计.总计 }}件，结转下年度继续办理{{ 结转下年度.总计 }}件。",
    ),
    ("overview", "（三）政府信息管理。", "坚持公开前开展保密审查，对已公开的政府信息实行动态管理。"),
    ("overview", "（四）政府信息公开平台建设。", "依托县人民政府网站发布政府信息，在便民服务中心设置查阅点。"),
    (
        "overview",
        "（五）监督保障。",
        "明确专人负责，开展业务培训。工作考核结果为良好；社会评议结果为满意；未发生责任追究。",
    ),
    (
        "cases",
        "",
        "因政府信息公开引起的行政复议{{ 行政复议.总计 }}件，行政诉讼{{ 行政诉讼.总计 }}件。",
    ),
    ("problems", "", "主要问题：一是政策解读形式较为单一；二是信息更新不够及时。"),
    ("problems", "", "改进措施：下一步将丰富解读形式，健全更新机制，加强业务培训。"),
    (
        "other",
        "",
        "本机关依申请提供政府信息收取信息处理费的情况：发出收费通知2件，总金额100元，实际收取50元。",
    ),
)
DISCLOSURE: dict[str, int | float] = {  # by column; items 12 + 3 is not 40, so that no rule takes them for decisions
    "issued": 5,
    "repealed": 2,
    "in_force": 31,
    "made": 5,
    "published": 4,
    "published_total": 31,
    "items_previous": 12,
    "items_change": 3,
    "decisions": 40,
    "projects": 6,
    "amount": 39.7265,
}


def clean(form: str = "2021", *, stated: bool = False) -> Report:
    """A balanced report; its totals are formulas, or, with ``stated``, typed numbers."""
    laid = load_form(form)
    year = 2024 if form == "2021" else 2020
    cover = Cover(
        "清水镇人民政府",
        "township",
        year,
        "self",
        contact="0000-0000000",
        signature="清水镇人民政府",
        date=f"{year + 1}年1月20日",
        places=COVER_PLACES,
    )
    raw: dict[Key, object] = {key: _number(laid, key) for key in laid.inputs}
    report = Report(laid, cover, {}, tuple(_paragraphs(laid)))
    facts = {key: _fact(laid, key, raw.get(key), Source.TYPED) for key in laid.cells}
    report = _calculated(replace(report, facts=facts), set(laid.totals))
    if stated:
        report = replace(report, facts={k: replace(fact, source=Source.TYPED) for k, fact in report.facts.items()})
    return report


def _paragraphs(form: Form) -> Iterator[Paragraph]:
    rows: dict[str, int] = {}
    for section, heading, text in WORDS:
        row = rows[section] = rows.get(section, 3) + 1
        sheet = PROSE_SHEET if form.by_key[section].is_table else form.by_key[section].sheet
        yield Paragraph(section, heading, text, Place(sheet, f"B{row}"))


def edited(report: Report, changes: Mapping[str, object]) -> Report:
    """The report with cells typed over, read as the reader reads them; totals left to formulas follow."""
    facts = dict(report.facts)
    for name, raw in changes.items():
        key = Key.parse(name)
        facts[key] = _fact(report.form, key, None if raw == "" else raw, Source.TYPED)
    formulas = {key for key, fact in facts.items() if fact.source is Source.FORMULA}
    return _calculated(replace(report, facts=facts), formulas)


def _number(form: Form, key: Key) -> int | float:
    if key.table == "disclosure":
        return 0 if key.row == "rules" else DISCLOSURE[key.column]
    if key.table == "cases":
        group, result = key.column.split(".")
        return {"upheld": 4, "corrected": 2, "other": 3, "pending": 1}[result] + (group == "review")
    rows = [row.key for row in form.by_key["requests"].blocks[0].rows.leaves]
    columns = [column.key for column in form.by_key["requests"].blocks[0].columns.leaves]
    across = columns.index(key.column)
    outcomes = {row: 1 + (3 * n + 5 * across) % 7 for n, row in enumerate(rows) if row.startswith("outcome.")}
    del outcomes["outcome.total"]
    carried = {"carried_in": 2 + across, "carried_out": 12 + across}
    received = sum(outcomes.values()) + carried["carried_out"] - carried["carried_in"]
    return {**outcomes, **carried, "received": received}[key.row]


def _fact(form: Form, key: Key, raw: object, source: Source) -> Fact:
    reading = read_number(raw, form.cells[key])
    stood = "" if raw is None else str(raw)
    return Fact(key, reading.value, stood, place(form.by_key[key.table], key), reading.flaw, reading.read_as, source)


def _calculated(report: Report, formulas: set[Key]) -> Report:
    """What the sheet's formulas give: a blank counts nothing, an error spreads. Totals stand after their addends."""
    facts = dict(report.facts)
    for key in report.form.cells:
        if key in formulas:
            addends = [facts[addend] for addend in report.form.totals[key].left]
            error = next((fact.raw for fact in addends if fact.flaw is Flaw.ERROR), None)
            total = error or sum(int(fact.value or 0) for fact in addends)
            facts[key] = _fact(report.form, key, total, Source.FORMULA)
    return replace(report, facts=facts)
