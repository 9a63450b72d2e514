"""What an import came to, for a person: what was read and inferred, what to look at, what is lacking or left over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from gia_xlsx.imports import Outcome
from gia_xlsx.intake import Imported
from gia_xlsx.intake.imported import missing_rows, shown
from gia_xlsx.report import COVER_NAMES
from gia_xlsx.show import aligned, paint, wrap

_MOST = 8  # items shown of one kind; all are in the workbook and in the JSON
_STATUS = {"whole": "读全", "half": "不全", "unreadable": "没有导入"}
_BOLD, _YELLOW, _RED, _DIM = "\x1b[1m", "\x1b[1;33m", "\x1b[1;31m", "\x1b[2m"
_FEW = 3  # things lacking that are told of one of many sources
_ALIKE = 3  # notes of one cause that are told one by one
_LONGEST = 100  # characters shown of one item


def as_text(imported: Imported, *, color: bool = False, width: int = 80) -> str:
    """One source: the report it holds, the evidence, then everything that a person should look at."""
    report = imported.report
    cells, read = len(report.form.cells), len(imported.origins)
    year = f"{report.year} 年度" if report.year else "年度未知"
    lines = [paint(f"{report.organ or '机关名称未知'} {year}（{report.form.form} 年格式）", _BOLD, color)]
    lines.append(paint(f"来源：{imported.source}（{imported.kind}）", _DIM, color))
    furniture = sum(item.furniture for item in imported.unplaced)
    blank = f"（其中原文空白 {len(imported.blank)} 格）" if imported.blank else ""
    told = f"读出数字 {read}/{cells} 格{blank}，文字 {len(report.paragraphs)} 段"
    lines.append(f"{told}；页面杂项 {furniture} 处，没有收入。" if furniture else f"{told}。")
    for name in ("organ", "type", "year"):
        if getattr(report.cover, name):
            lines += wrap(f"{COVER_NAMES[name]}：{shown(imported, name)}（{imported.evidence.get(name, '')}）", width)
        else:
            lines += [paint(f"{COVER_NAMES[name]}：没有推断出来，请在封面填写。", _YELLOW, color)]
    if report.cover.scope:
        lines.append(f"{COVER_NAMES['scope']}：{shown(imported, 'scope')}（{imported.evidence.get('scope', '')}）")
    else:
        lines += [paint(f"{COVER_NAMES['scope']}：原文没有写明，请在封面选择。", _YELLOW, color)]
    lacking = _lacking(imported)
    left = [f"{imported.where(item.origin)}：{_cut(item.text)}（{item.why}）" for item in imported.left_over]
    notes = list(_gathered(imported))
    lines += _list("缺少", lacking, _RED, color, width)
    lines += _list("未能放置", left, _RED, color, width)
    lines += _list("说明", notes, _YELLOW, color, width)
    return "\n".join(lines)


def _lacking(imported: Imported) -> list[str]:
    return [f"“{heading}”没有内容" for heading in imported.lacking] + list(missing_rows(imported))


def _gathered(imported: Imported) -> Iterator[str]:
    """Notes one by one; many of one cause as one, with the first of them."""
    notes = imported.notes
    sorts = Counter(note.sort for note in notes if note.sort)
    told: set[str] = set()
    for note in notes:
        where = f"{imported.where(note.origin)}：" if note.origin else ""
        if sorts[note.sort] <= _ALIKE:
            yield f"{where}{note.message}"
        elif note.sort not in told:
            told.add(note.sort)
            yield f"{where}{note.sort}，共 {sorts[note.sort]} 处，如：{note.message}"


def _list(head: str, items: Sequence[str], style: str, color: bool, width: int) -> Iterator[str]:
    if not items:
        return
    yield paint(f"{head} {len(items)} 项：", style, color)
    for item in items[:_MOST]:
        yield from wrap(item, width, "  ")
    if len(items) > _MOST:
        yield f"  ……其余 {len(items) - _MOST} 项见工作簿的“导入记录”。"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def table(outcomes: Sequence[Outcome]) -> str:
    """What became of each of many sources, aligned, and how many of each kind."""
    head = ["来源", "机关", "年度", "结果", "数字", "说明", "遗留", "工作簿"]
    names = [outcome.path.name for outcome in outcomes]
    if len(set(names)) < len(names):
        names = [str(outcome.path) for outcome in outcomes]
    rows = [[name, *_columns(outcome)] for name, outcome in zip(names, outcomes, strict=True)]
    counts = {status: sum(outcome.status == status for outcome in outcomes) for status in _STATUS}
    told = "，".join(f"{words} {counts[status]} 份" for status, words in _STATUS.items() if counts[status])
    whys = [f"{name}：{why}" for name, outcome in zip(names, outcomes, strict=True) if (why := _why_half(outcome))]
    closing = ["“说明”“遗留”逐条写在各工作簿的“导入记录”里。"] if any(outcome.target for outcome in outcomes) else []
    return "\n".join(
        [*aligned([head, *rows], right={4, 5, 6}), "", *whys, f"共 {len(outcomes)} 份：{told}。", *closing]
    )


def _why_half(outcome: Outcome) -> str:
    """What a source that was read lacks, the first things first."""
    imported = outcome.imported
    if imported is None or imported.whole:
        return ""
    unknown = [COVER_NAMES[name] for name in ("organ", "year") if not getattr(imported.report.cover, name)]
    lacking = [f"{name}没有推断出来" for name in unknown] + _lacking(imported)
    lacking += [f"“{_cut(item.text)}”{item.why}" for item in imported.left_over]
    return "；".join(lacking[:_FEW]) + (f"；等 {len(lacking)} 项" if len(lacking) > _FEW else "")


def _columns(outcome: Outcome) -> list[str]:
    imported = outcome.imported
    if imported is None:
        return ["", "", _STATUS[outcome.status], "", "", "", ""]
    report = imported.report
    return [
        report.organ,
        str(report.year or ""),
        _STATUS[outcome.status] if outcome.target or not outcome.problem else "已读，未写出",
        f"{len(imported.origins)}/{len(report.form.cells)}",
        str(len(imported.notes) or ""),
        str(len(imported.left_over) or ""),
        outcome.target.name if outcome.target else "",
    ]


def as_json(outcome: Outcome) -> dict[str, Any]:
    """One source of several, for a program: what was read, or why nothing was."""
    if outcome.imported is None:
        return {"file": str(outcome.path), "status": outcome.status, "problem": outcome.problem}
    return {"file": str(outcome.path), "status": outcome.status, **outcome.imported.as_data()}
