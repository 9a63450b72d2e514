"""A new workbook: every sheet in its order, in one go, whole or not at all."""

from __future__ import annotations

import datetime
import io
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gia_xlsx.errors import GiaError, system_words
from gia_xlsx.form import Form, Section
from gia_xlsx.narrative import offered
from gia_xlsx.organ import organ_types
from gia_xlsx.report import Cover, Paragraph, Report
from gia_xlsx.resources import OURS, Looks
from gia_xlsx.workbook import live, prose
from gia_xlsx.workbook.canvas import Canvas
from gia_xlsx.workbook.charts import draw_charts
from gia_xlsx.workbook.cover import draw_cover, reference, standard_title
from gia_xlsx.workbook.filling import fill
from gia_xlsx.workbook.last_year import draw_last_year
from gia_xlsx.workbook.layout import COVER_SHEET, PROSE_SHEET, REFERENCE, mark
from gia_xlsx.workbook.records import Record, draw_records
from gia_xlsx.workbook.reference import draw_checks, draw_guide, draw_placeholders, progress
from gia_xlsx.workbook.styles import TAB_COVER, TAB_INPUT, TAB_REFERENCE, Styles
from gia_xlsx.workbook.tables import draw_table, printed

_CREATED = datetime.datetime(2021, 9, 27)  # one date for all: the same input gives the same bytes
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_WHAT_FOR = {
    "guide": "怎样填、每一行填什么、依据哪一条",
    "checks": "全部勾稽关系的状态，未填单元格的数目",
    "placeholders": "正文中可以使用的占位符和当前值",
    "charts": "办理结果、申请人、复议诉讼的图表",
    "previous": "上年度报告的数字，供对照",
    "records": "从发布的报告导入时的推断、清理和遗留内容",
}


def write_workbook(
    target: Path,
    form: Form,
    cover: Cover,
    *,
    report: Report | None = None,
    previous: Report | None = None,
    offer: bool = True,
    source: str = "",
    records: Sequence[Record] = (),
    looks: Looks = OURS,
) -> None:
    """Write the workbook of a form to ``target``: blank, or filled with a report exactly as it was stated.

    ``previous`` pre-fills 上年结转 and is shown for reference. ``offer`` puts the standard sentences of ``looks``
    into a blank one. ``source`` names the published report that ``report`` was read from, ``records`` what there is to
    say of that.
    Raises GiaError where the target cannot be written, or a text is longer than a cell can hold.
    """
    words = _paragraphs(form, cover, report, looks if offer else None)
    replace_file(target, _workbook(form, cover, report, previous, words, (source, records)))


def _workbook(
    form: Form,
    cover: Cover,
    report: Report | None,
    previous: Report | None,
    words: Sequence[Paragraph],
    imported: tuple[str, Sequence[Record]],
) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, _OPTIONS)
    book.set_properties({"title": standard_title(form, cover), "author": cover.organ, "created": _CREATED})
    book.set_size(24_000, 15_000)
    sheets = _Sheets(book, form, cover, report, previous, words)
    sheets.imported = imported
    sheets.draw()
    book.close()
    return buffer.getvalue()


def _paragraphs(form: Form, cover: Cover, report: Report | None, looks: Looks | None) -> Sequence[Paragraph]:
    if report is not None:
        return report.paragraphs
    return offered(form, cover.type, looks) if looks is not None and cover.type in organ_types() else ()


class _Sheets:
    """The sheets of one workbook, made in printed order and drawn when all of them are there."""

    def __init__(
        self,
        book: Any,
        form: Form,
        cover: Cover,
        report: Report | None,
        previous: Report | None,
        paragraphs: Sequence[Paragraph],
    ) -> None:
        self.book, self.form, self.cover = book, form, cover
        self.report, self.previous, self.paragraphs = report, previous, paragraphs
        self.filling = fill(form, report, previous)
        self.styles = Styles(book)
        self.imported: tuple[str, Sequence[Record]] = ("", ())

    def draw(self) -> None:
        form, cover, zero = self.form, self.cover, self.cover.blank_is_zero
        front = self._page(COVER_SHEET, TAB_COVER, "cover")
        draw_guide(self._reference("guide"), form)
        contents = [(REFERENCE["guide"], _WHAT_FOR["guide"])]
        for section in form.sections:
            self._section(section)
            contents.append((section.sheet, section.guide))
            if section == form.tables[-1]:
                page = self._page(PROSE_SHEET, TAB_INPUT, prose.PROSE, narrative=True)
                prose.draw_prose_of_tables(page, form, self.report, self.paragraphs)
                contents.append((PROSE_SHEET, "印在三张表之前的文字"))
        summary = draw_checks(self._reference("checks"), form, self.filling.values, zero)
        draw_placeholders(self._reference("placeholders"), form, cover, self.filling.values)
        draw_charts(self.book, self._reference("charts"), form, self.filling.values)
        contents += [(REFERENCE[key], _WHAT_FOR[key]) for key in ("checks", "placeholders", "charts")]
        if self.previous is not None:
            draw_last_year(self._reference("previous"), self.previous)
            contents.append((REFERENCE["previous"], _WHAT_FOR["previous"]))
        if self.imported[0]:
            draw_records(self._reference("records"), *self.imported)
            contents.append((REFERENCE["records"], _WHAT_FOR["records"]))
        draw_cover(front, form, cover, (progress(), summary), contents)
        self.book.define_name(live.BLANK_IS_ZERO, f"={reference('blank_is_zero')}")
        front.ws.activate()

    def _section(self, section: Section) -> None:
        page = self._page(section.sheet, TAB_INPUT, section.key, narrative=not section.is_table)
        if section.is_table:
            words = printed(section, self.report)
            draw_table(page, self.form, section, self.filling, words, self.cover.blank_is_zero)
            return
        heading = section.heading if self.report is None else self.report.heading(section.key)
        own = [paragraph for paragraph in self.paragraphs if paragraph.section == section.key]
        prose.draw_narrative(page, section, heading or section.sheet, own)

    def _reference(self, key: str) -> Canvas:
        return self._page(REFERENCE[key], TAB_REFERENCE, key)

    def _page(self, name: str, tab: str, section: str, *, narrative: bool = False) -> Canvas:
        column = prose.KEY if narrative else 0
        where = (0, column, mark(self.form.form, section))
        return Canvas(self.book, self.styles, name, tab, where, grows=narrative)


def replace_file(target: Path, data: bytes) -> None:
    """Put a file in its place whole, or leave what was there."""
    if os.access(target, os.F_OK) and not os.access(target, os.W_OK):
        raise GiaError(f"无法写入 {target}：文件是只读的。请换一个文件名。")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=".tmp", dir=target.parent)
    except OSError as error:
        raise GiaError(f"无法写入 {target}：{system_words(error)}。请换一个可写的文件夹。") from error
    half = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        half.chmod(0o644)
        half.replace(target)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise GiaError(f"无法写入 {target}：{system_words(error)}。文件若已打开，请先关闭。") from error
    except BaseException:
        half.unlink(missing_ok=True)
        raise
