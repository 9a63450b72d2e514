"""The sheet 审核意见 that goes back to the filer: every opinion with its place as a link, and room for an answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from gia_xlsx.diagnostic import Verdict
from gia_xlsx.opinions import (
    ANSWER_HEAD,
    ANSWERS,
    MARK_HEAD,
    REASON_HEAD,
    TITLE,
    Opinion,
    cleaned,
    conclusion,
    counts,
    in_vain,
    not_run,
    opinions,
    where,
)
from gia_xlsx.report import Place, Report
from gia_xlsx.workbook.canvas import LONGEST_TEXT, TALLEST_ROW, text_height
from gia_xlsx.workbook.layout import a1, mark
from gia_xlsx.workbook.styles import RED

HEADS = ("序号", "级别", MARK_HEAD, "位置", "所查", "原文", "改法", REASON_HEAD, ANSWER_HEAD)
HEAD_ROW = 5  # from 1; it is repeated on every page
_WIDTHS = (6.0, 10.0, 14.0, 21.0, 42.0, 28.0, 38.0, 22.0, 13.0)
_MARK, _PLACE, _REASON, _ANSWER = 3, 4, 8, 9  # columns; the list begins in column 1
_LAST = len(HEADS)
_GUIDE = (
    "逐条核对：点“位置”到所在单元格，改正后在“填报人答复”选“已改正”。核对无误、不改的，在“接受理由”写明理由，"
    "再审时不再列为意见；其他情况选“其他说明”，或直接写明。办完后把本文件存盘报回。"
)
_REASON_PROMPT = "核对无误、不改的，写明理由；写了理由即为接受，再审时不再列出。数字或文字改动后，接受自动失效。"
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # what would be read as a character by its number


@dataclass
class ReviewSheet:
    """The sheet as XML. ``look`` gives the style of a look; ``seen`` where a link to a place should lead, if anywhere;
    ``typed`` what was written into an earlier such sheet, reason and answer by mark."""

    report: Report
    verdict: Verdict
    look: Callable[[str], int]
    seen: Callable[[Place], Place | None]
    typed: Mapping[str, tuple[str, str]]
    rows: list[str] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    asked: list[int] = field(default_factory=list)  # rows, from 1, that an answer is asked in

    def xml(self, namespace: str, record: Callable[[], str]) -> bytes:
        """The whole sheet; ``record``, asked for when every style is made, is kept in its hidden column."""
        report = self.report
        year = f"{report.year} 年度" if report.year else "年度未填"
        counted = "，".join(f"{label} {count} 条" for label, count in counts(self.verdict))
        self._across(TITLE, "title", 36)
        self._across(f"{report.organ or '机关名称未填'} {year}政府信息公开工作年度报告", "of", 24)
        self._across(f"{conclusion(self.verdict)}（{counted}）", "upshot", 24)
        self._across(_GUIDE, "guide", text_height(_GUIDE, sum(_WIDTHS) - 4, 10) + 4)
        self._row(28, [(head, "head") for head in HEADS])
        for opinion in opinions(self.verdict):
            self._opinion(opinion)
        if not opinions(self.verdict):
            self._across("没有意见。", "text", 28)
        self._list("未查的项目", [f"{reason}：{'、'.join(codes)}" for reason, codes in not_run(self.verdict)])
        self._list("没有用上的接受理由", list(in_vain(self.verdict)))
        for row, words in enumerate((mark(report.form.form, "review"), record())):
            self.rows[row] = self.rows[row].replace(">", f">{_words(a1(row, 0), '', words)}", 1)
        return self._document(namespace).encode("utf-8")

    def _opinion(self, opinion: Opinion) -> None:
        found, row = opinion.found, len(self.rows) + 1
        reason, answer = self.typed.get(found.mark, ("", ""))
        elsewhere = opinion.accepted and reason != found.reason
        target = next((seen for place in found.places if (seen := self.seen(place))), None)
        cells: list[tuple[str | int, str]] = [
            (opinion.number, "center"),
            (opinion.level, found.severity.value),
            (opinion.mark, "center"),
            (where(found, "、\n") or "—", "link" if target else "text"),
            (found.message, "text"),
            (found.excerpt or "", "text"),
            (opinion.way, "text"),
            ("" if elsewhere or not opinion.accepted else reason, "text" if elsewhere else "open"),
            (answer, "answer"),
        ]
        texts = zip(cells, _WIDTHS, strict=True)
        self._row(max(28.0, *(text_height(str(text), width - 3) + 6 for (text, _), width in texts)), cells)
        self.asked.append(row)
        if target:
            sheet = target.sheet.replace("'", "''")
            location = quoteattr(f"'{sheet}'!{target.cell}")
            self.links.append(f'<hyperlink ref="{a1(row - 1, _PLACE)}" location={location} tooltip="到所在单元格"/>')

    def _list(self, title: str, lines: Sequence[str]) -> None:
        if lines:
            self._across(title, "band", 24)
        for line in lines:
            self._across(line, "text", text_height(line, sum(_WIDTHS) - 6) + 6)

    def _across(self, text: str, look: str, height: float) -> None:
        row = len(self.rows) + 1
        self.merges.append(f"{a1(row - 1, 1)}:{a1(row - 1, _LAST)}")
        self._row(height, [(text, look), *[("", look)] * (_LAST - 1)])

    def _row(self, height: float, cells: Iterable[tuple[str | int, str]]) -> None:
        row = len(self.rows)
        shown = "".join(
            _words(a1(row, column), f' s="{self.look(look)}"', value) for column, (value, look) in enumerate(cells, 1)
        )
        points = f"{min(height, TALLEST_ROW):g}"
        self.rows.append(f'<row r="{row + 1}" ht="{points}" customHeight="1">{shown}</row>')

    def _document(self, namespace: str) -> str:
        widths = "".join(
            f'<col min="{n}" max="{n}" width="{width + 0.71:g}" customWidth="1"/>' for n, width in enumerate(_WIDTHS, 2)
        )
        links = f"<hyperlinks>{''.join(self.links)}</hyperlinks>" if self.links else ""
        return (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{namespace}">'
            f'<sheetPr><tabColor rgb="FF{RED[1:]}"/><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<dimension ref="A1:{a1(len(self.rows) - 1, _LAST)}"/>'
            '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
            f'<pane ySplit="{HEAD_ROW}" topLeftCell="A{HEAD_ROW + 1}" activePane="bottomLeft" state="frozen"/>'
            f'<selection pane="bottomLeft" activeCell="B{HEAD_ROW + 1}" sqref="B{HEAD_ROW + 1}"/>'
            "</sheetView></sheetViews>"
            f'<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="1" width="8.7" hidden="1" customWidth="1"/>'
            f"{widths}</cols><sheetData>{''.join(self.rows)}</sheetData>"
            '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" formatRows="0"/>'
            f'<mergeCells count="{len(self.merges)}">{"".join(f"<mergeCell ref={quoteattr(m)}/>" for m in self.merges)}'
            f'</mergeCells>{self._validations()}{links}<printOptions horizontalCentered="1"/>'
            '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.7" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
            '<headerFooter><oddFooter>&amp;C&amp;"宋体,Regular"&amp;10— &amp;P —</oddFooter></headerFooter></worksheet>'
        )

    def _validations(self) -> str:
        if not self.asked:
            return ""
        first, last = self.asked[0] - 1, self.asked[-1] - 1
        reasons, answers = (f"{a1(first, column)}:{a1(last, column)}" for column in (_REASON, _ANSWER))
        return (
            '<dataValidations count="2"><dataValidation allowBlank="1" showInputMessage="1" '
            f'promptTitle="{REASON_HEAD}" prompt="{_REASON_PROMPT}" sqref="{reasons}"/>'
            f'<dataValidation type="list" allowBlank="1" showInputMessage="1" promptTitle="{ANSWER_HEAD}" '
            f'prompt="从列表中选择，也可以直接写明。" sqref="{answers}"><formula1>"{",".join(ANSWERS)}"</formula1>'
            "</dataValidation></dataValidations>"
        )


def _words(address: str, style: str, value: str | int) -> str:
    """A cell with a number, or with words that are words whatever they begin with."""
    if isinstance(value, int):
        return f'<c r="{address}"{style}><v>{value}</v></c>'
    if not value:
        return f'<c r="{address}"{style}/>'
    text = cleaned(value)
    text = text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"
    shown = escape(_ESCAPE.sub("_x005F_", text))
    return f'<c r="{address}"{style} t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
