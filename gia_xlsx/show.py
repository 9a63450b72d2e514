"""Verdicts for people and programs: the text of a terminal, the table of many files, the JSON of ``check``."""

from __future__ import annotations

import difflib
import inspect
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from gia_xlsx.diagnostic import Diagnostic, Rule, Severity, Verdict
from gia_xlsx.errors import GiaError
from gia_xlsx.opinions import lapsed, not_run
from gia_xlsx.rules import CATALOGUE, LACKING_LAST_YEAR
from gia_xlsx.width import measure

_COLOR = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[1;33m", Severity.NOTE: "\x1b[36m"}
_DIM, _BOLD, _PLAIN = "\x1b[2m", "\x1b[1m", "\x1b[0m"
_STATUS = {"ok": "没有错误", "errors": "有错误", "unfilled": "未填报", "unreadable": "读不了"}
_CLOSING = "，。；：、？！）」』》”’】〕,.;:!?)]}%"  # never at the start of a line
_OPENING = "（「『《“‘【〔([{"  # never at the end of one
_ATOM = re.compile(r"[!-~]+|\s+|.", re.DOTALL)  # Latin words, numbers and addresses stay whole
_HEADS = ("依据：", "示例：", "不报的情形：", "怎么改：")
_PLACES = 4  # addresses shown for one finding
_CELL = 44  # the widest a column of the summary may be
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # nothing from a file may command the terminal


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file. ``status`` as in the JSON of ``check``; ``problem`` says why one was unreadable."""

    file: str
    status: str
    form: str | None = None
    organ: str | None = None
    year: int | None = None
    verdict: Verdict | None = None
    problem: str = ""

    @property
    def remarkable(self) -> bool:
        """Whether a person should read more of it than a line in a table: errors or warnings."""
        return self.status != "ok" or self.count(Severity.WARNING) > 0

    def count(self, severity: Severity) -> int:
        return sum(d.severity is severity for d in self.verdict.diagnostics) if self.verdict else 0


# --- for programs -------------------------------------------------------------------------------------------------


def as_json(results: Iterable[FileResult]) -> dict[str, Any]:
    """The answer of ``check --format json``; a file that could not be read says why under ``problem``."""
    return {"files": [_file_json(result) for result in results]}


def _file_json(result: FileResult) -> dict[str, Any]:
    verdict = result.verdict or Verdict()
    data: dict[str, Any] = {
        "file": result.file,
        "status": result.status,
        "form": result.form,
        "organ": result.organ,
        "year": result.year,
        "diagnostics": [_diagnostic_json(diagnostic) for diagnostic in verdict.diagnostics],
        "not_run": [{"code": code, "why": why} for code, why in verdict.not_run],
    }
    if verdict.accepted:
        data["accepted"] = [{**_diagnostic_json(one), "reason": one.reason} for one in verdict.accepted]
    for name, reasons in (("lapsed", verdict.lapsed), ("baseless", verdict.baseless)):
        if reasons:
            data[name] = [{"mark": one.finding, "reason": one.reason, "where": one.where} for one in reasons]
    if verdict.unfilled:
        data["unfilled"] = verdict.unfilled
    if result.problem:
        data["problem"] = result.problem
    return data


def _diagnostic_json(diagnostic: Diagnostic) -> dict[str, Any]:
    return {
        "code": diagnostic.code,
        "name": diagnostic.name,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "places": [{"sheet": place.sheet, "cell": place.cell} for place in diagnostic.places],
        "keys": [str(key) for key in diagnostic.keys],
        "excerpt": diagnostic.excerpt,
        "mark": diagnostic.mark,
    }


# --- for a person -------------------------------------------------------------------------------------------------


def as_text(result: FileResult, *, color: bool = False, width: int = 80) -> str:
    """One file's verdict: whose report it is, every finding with place, fault and way out, and the upshot."""
    if result.verdict is None:
        return f"{paint('读不了', _COLOR[Severity.ERROR], color)} {_clean(result.problem or result.file)}"
    lines = [*_title(result, color, width), ""]
    lines.extend(findings(result.verdict.diagnostics, color=color, width=width))
    lines.extend(_accepted(result.verdict, color, width))
    for reason, codes in not_run(result.verdict):
        way = "，用 --previous 给出上年材料就查" if reason == LACKING_LAST_YEAR else ""
        lines.extend(wrap(f"未查 {_ranges(codes)}：{reason}{way}。", width))
    lines.append(_upshot(result, color))
    return "\n".join(lines)


def findings(diagnostics: Iterable[Diagnostic], *, color: bool = False, width: int = 80) -> Iterator[str]:
    """The lines of every finding, an empty one after each."""
    hint = ""
    for diagnostic in diagnostics:
        yield from (*_finding(diagnostic, color, width, again=diagnostic.hint == hint), "")
        hint = diagnostic.hint


def _accepted(verdict: Verdict, color: bool, width: int) -> Iterator[str]:
    """What people let stand, a line or two each, and the reasons that no longer hold."""
    for one in verdict.accepted:
        yield from wrap(_clean(f"已接受（{one.severity.label}）{one.mark}：{one.message}理由：{one.reason}"), width)
    for sentence in lapsed(verdict):
        yield from (paint(line, _COLOR[Severity.WARNING], color) for line in wrap(_clean(sentence), width))
    if verdict.accepted or verdict.lapsed:
        yield ""


def _title(result: FileResult, color: bool, width: int) -> Iterator[str]:
    year = f"{result.year} 年度" if result.year else "年度未填"
    title = _clean(f"{result.organ or '机关名称未填'} {year}（{result.form} 年格式）")
    file = _clean(PurePath(result.file).name)
    if measure(title) + measure(file) + 2 <= width:
        yield f"{paint(title, _BOLD, color)}  {paint(file, _DIM, color)}"
    else:
        yield paint(title, _BOLD, color)
        yield paint(file, _DIM, color)


def _finding(diagnostic: Diagnostic, color: bool, width: int, again: bool) -> Iterator[str]:
    """Place, fault, way out; the way out is not said ``again`` right after it was said."""
    head = f"{diagnostic.severity.label} {diagnostic.mark or diagnostic.code}"
    places = _clean(_places(diagnostic))
    painted = paint(head, _COLOR[diagnostic.severity], color)
    if measure(head) + 2 + measure(places) <= width:
        yield f"{painted}  {places}".rstrip()
    else:
        yield painted
        yield from wrap(places, width, "  ")
    yield from wrap(_clean(diagnostic.message), width, "  ")
    if diagnostic.excerpt:
        yield from wrap(_clean(f"原文：{diagnostic.excerpt}"), width, "  ")
    if diagnostic.hint and not again:
        yield from (paint(line, _DIM, color) for line in wrap(_clean(f"改法：{diagnostic.hint}"), width, "  "))


def _ranges(codes: Sequence[str]) -> str:
    """Codes in a row, neighbours of the catalogue drawn together: ``GIA401 至 GIA407``."""
    order = [rule.code for rule in CATALOGUE]
    runs: list[list[str]] = []
    for code in codes:
        if runs and order.index(code) == order.index(runs[-1][-1]) + 1:
            runs[-1].append(code)
        else:
            runs.append([code])
    return "、".join(run[0] if len(run) == 1 else f"{run[0]} 至 {run[-1]}" for run in runs)


def _places(diagnostic: Diagnostic) -> str:
    """The addresses, each sheet named once: ``三、依申请公开!K7、K9``."""
    shown: list[str] = []
    sheet = None
    for place in diagnostic.places[:_PLACES]:
        shown.append(place.cell if place.sheet == sheet else str(place))
        sheet = place.sheet
    more = f" 等 {len(diagnostic.places)} 处" if len(diagnostic.places) > _PLACES else ""
    return "、".join(shown) + more


def _upshot(result: FileResult, color: bool) -> str:
    counts = [(severity, result.count(severity)) for severity in Severity]
    told = "，".join(f"{severity.label} {count} 条" for severity, count in counts if count)
    if result.status == "ok":
        return f"{paint('没有错误', _BOLD, color)}，可以发布。{f'（{told}）' if told else ''}"
    if result.status == "unfilled":
        assert result.verdict is not None
        return f"{paint('未填报', _COLOR[Severity.ERROR], color)}：还有 {result.verdict.unfilled} 格未填（{told}）。"
    return f"{paint('有错误', _COLOR[Severity.ERROR], color)}，改正后才能发布：{told}。"


def summary_table(results: Sequence[FileResult], fates: Sequence[str] | None = None) -> str:
    """What became of each of many files, aligned, and how many of each kind; ``fates`` adds what was done with each."""
    names = [PurePath(result.file).name for result in results]
    if len(set(names)) < len(names):
        names = [result.file for result in results]
    head = ["文件", "机关", "年度", "结果", "错误", "提醒"]
    rows = [
        [
            name,
            result.organ or "",
            str(result.year or ""),
            _STATUS[result.status],
            str(result.count(Severity.ERROR)) if result.verdict else "",
            str(result.count(Severity.WARNING)) if result.verdict else "",
        ]
        for name, result in zip(names, results, strict=True)
    ]
    if fates is not None:
        head.append("去向")
        rows = [[*row, fate] for row, fate in zip(rows, fates, strict=True)]
    counts = ((label, sum(result.status == status for result in results)) for status, label in _STATUS.items())
    told = "，".join(f"{label} {count} 份" for label, count in counts if count)
    return "\n".join([*aligned([head, *rows], right={4, 5}), "", f"共 {len(results)} 份：{told}。"])


# --- the catalogue ------------------------------------------------------------------------------------------------


def rules_table() -> str:
    """The catalogue: code, severity, name, and what each rule looks for."""
    head = ["编号", "级别", "名称", "查什么"]
    rows = [[rule.code, rule.severity.label, rule.name, _first_sentence(rule)] for rule in CATALOGUE]
    return "\n".join(aligned([head, *rows], widest=200))


def rules_markdown() -> str:
    """The catalogue as a Markdown table."""
    head = ["| 编号 | 级别 | 名称 | 查什么 |", "|---|---|---|---|"]
    rows = (f"| {r.code} | {r.severity.label} | `{r.name}` | {_first_sentence(r)} |" for r in CATALOGUE)
    return "\n".join([*head, *rows])


def explain(code: str, width: int = 80) -> str:
    """One rule's page, by its code or name. Raises GiaError for one that is not in the catalogue."""
    wanted = code.strip()
    rule = next((rule for rule in CATALOGUE if wanted.upper() == rule.code or wanted.lower() == rule.name), None)
    if rule is None:
        near = difflib.get_close_matches(wanted.upper(), [rule.code for rule in CATALOGUE], 3)
        near += difflib.get_close_matches(wanted.lower(), [rule.name for rule in CATALOGUE], 1)
        suggestion = f"相近的有 {'、'.join(near)}；" if near else ""
        raise GiaError(f"没有“{_clean(code)[:40]}”这条规则；{suggestion}全部规则见 gia-xlsx rules。")
    lines = [f"{rule.code} {rule.name}（{rule.severity.label}）", ""]
    for paragraph in _paragraphs(f"{inspect.cleandoc(rule.doc)}\n依据：{rule.basis}。"):
        lines.extend(wrap(paragraph, width))
    return "\n".join(lines)


def _first_sentence(rule: Rule) -> str:
    return _paragraphs(rule.doc)[0].split("。")[0]


def _paragraphs(doc: str) -> list[str]:
    """A page's paragraphs: its lines are broken for the source, not for the reader."""
    paragraphs: list[str] = []
    fresh = True
    for line in inspect.cleandoc(doc).splitlines():
        if not line or fresh or line.startswith(_HEADS):
            if line:
                paragraphs.append(line)
        else:
            paragraphs[-1] += line
        fresh = not line
    return paragraphs


# --- widths -------------------------------------------------------------------------------------------------------


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """Lines of at most ``width`` columns: Chinese breaks anywhere but before closing and after opening punctuation."""
    room = max(width - measure(indent), 20)
    lines: list[str] = []
    line: list[str] = []
    used = 0
    for atom in _ATOM.findall(text):
        size = measure(atom)
        if atom.isspace() and not line:
            continue
        if used + size > room and line and atom[0] not in _CLOSING:
            carried = [line.pop()] if line[-1] in _OPENING and len(line) > 1 else []
            lines.append("".join(line).rstrip())
            line = carried
            used = sum(map(measure, line))
            if atom.isspace() and not line:
                continue
        line.append(atom)
        used += size
    if line:
        lines.append("".join(line).rstrip())
    return [indent + one for one in lines]


def aligned(
    rows: Sequence[Sequence[str]], right: frozenset[int] | set[int] = frozenset(), widest: int = _CELL
) -> list[str]:
    """Rows in columns, padded by what a terminal shows of each cell; ``right``: columns of numbers."""
    rows = [[_fit(_clean(cell), widest) for cell in row] for row in rows]
    widths = [max(map(measure, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            " " * (size - measure(cell)) + cell if n in right else cell + " " * (size - measure(cell))
            for n, (cell, size) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _fit(text: str, width: int) -> str:
    if measure(text) <= width:
        return text
    while measure(text) > width - 1:
        text = text[:-1]
    return f"{text}…"


def _clean(text: str) -> str:
    return _CONTROL.sub("�", text.replace("\r\n", " ").replace("\n", " "))


def paint(text: str, style: str, color: bool) -> str:
    """Text in a style of the terminal, where colours are wanted."""
    return f"{style}{text}{_PLAIN}" if color and text else text
