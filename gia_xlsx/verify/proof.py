"""The proof of a built report: every file that is there, held against ``report.json``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from gia_xlsx.diagnostic import Diagnostic, Severity
from gia_xlsx.errors import GiaError
from gia_xlsx.profile import Profile
from gia_xlsx.publish.document import Document, document
from gia_xlsx.publish.edition import Edition
from gia_xlsx.publish.load import read_data
from gia_xlsx.report import Report
from gia_xlsx.rules.publication import Difference, Fault, told
from gia_xlsx.verify import data, sheet
from gia_xlsx.verify.compare import Comparison, few
from gia_xlsx.verify.folder import NAMES
from gia_xlsx.verify.printed import Item, bare, drawn, items

CHECKED = (  # in the order they are told
    data.JSON,
    "report.html",
    "fragment.html",
    "report.docx",
    "report.pdf",
    data.CSV,
    data.PACKAGE,
    sheet.SVG,
    sheet.PNG,
)
_MADE_BY = {  # the template of an office that makes a file
    "report.html": "report.html.j2",
    "fragment.html": "fragment.html.j2",
    "report.docx": "report.docx",
    "report.pdf": "report.typ",
}
_DRESSED_BY = {"report.css": "样式", "report.js": "脚本"}  # an office's own of these are not compared
_DRAWN_BY = {  # the templates that draw the pictures of a file
    "report.html": ("chart.svg.j2", "shapes.svg.j2"),
    sheet.SVG: ("infographic.svg.j2", "shapes.svg.j2"),
}


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of one built report: whose it is, which files were compared, which were not there, what differs.

    ``unproved``: what of the files that are there could not be compared, in words.
    """

    title: str
    organ: str
    year: int | None
    form: str
    draft: bool
    checked: tuple[str, ...]
    absent: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    unreadable: bool = False
    unproved: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """``ok``; ``errors`` if files differ; ``unreadable`` if one of them cannot be read."""
        if self.unreadable:
            return "unreadable"
        return "errors" if any(one.severity is Severity.ERROR for one in self.diagnostics) else "ok"


def prove(files: Mapping[str, bytes], *, profile: Profile, ours: bool, called: str = "") -> Proof:
    """Hold the files of one report against its ``report.json``. ``ours``: they were made here a moment ago.

    ``called`` is the name of their folder. Raises GiaError where there is no ``report.json``, or one that is no data.
    """
    if data.JSON not in files:
        raise GiaError(f"“{called}”里没有 {data.JSON}，没有可以比照的数据；请用 gia-xlsx build 生成全部文件后再核对。")
    report, read = read_data(files[data.JSON], data.JSON)
    if "title" not in read:
        raise GiaError(f"“{called}”里的 {data.JSON} 是较早的版本生成的，没有印出的标题；请重新用 gia-xlsx build 生成。")
    prover = _Prover(report, read, files, profile, ours)
    found = list(prover.differences())
    unproved = tuple(dict.fromkeys(prover.unproved))
    return Proof(
        report.title,
        report.organ,
        report.year,
        report.form.form,
        read.get("draft") is True,
        tuple(name for name in CHECKED if name in files and name not in unproved),
        tuple(name for name in CHECKED if name not in files),
        told(found, report),
        any(one.fault == "unread" for one in found),
        unproved,
    )


class _Prover:
    """One report and its files while they are compared."""

    def __init__(
        self, report: Report, read: Mapping[str, Any], files: Mapping[str, bytes], profile: Profile, ours: bool
    ) -> None:
        self.report, self.read, self.files, self.profile, self.ours = report, read, files, profile, ours
        self.doc: Document = document(report, read.get("draft") is True)
        self.items: Sequence[Item] = items(self.doc)
        self.own: frozenset[str] = frozenset(name for name in read.get("templates", ()) if isinstance(name, str))
        self.unproved: list[str] = []

    @cached_property
    def edition(self) -> Edition:
        """The report to be drawn again by our templates."""
        return Edition(replace(self.report, profile=self.profile), self.doc.draft)

    @property
    def is_drawable(self) -> bool:
        """Whether pictures can be drawn again: last year's figures are not in the data, nor why a draft lacks one."""
        return not self.doc.draft and not self.read.get("last_year")

    def differences(self) -> Iterator[Difference]:
        readers: Mapping[str, Callable[[bytes], Iterable[Difference]]] = {
            data.JSON: lambda content: data.json_itself(self.report, self.read),
            "report.html": lambda content: self._page("report.html", content),
            "fragment.html": lambda content: self._page("fragment.html", content),
            "report.docx": self._word,
            "report.pdf": self._pdf,
            data.CSV: lambda content: data.table(content, self.report),
            data.PACKAGE: lambda content: data.package(content, self.report),
            sheet.SVG: self._drawing,
            sheet.PNG: self._picture,
        }
        for name in CHECKED:
            if name in self.files:
                try:
                    yield from readers[name](self.files[name])
                except GiaError as error:
                    said = str(error).removeprefix(f"{name}：").rstrip("。")
                    yield Difference("unread", name, "", said)

    def _compared(self, name: str, **how: Any) -> Comparison:
        return Comparison(self.report.form, name, _MADE_BY[name] in self.own, **how)

    def _page(self, name: str, content: bytes) -> Iterator[Difference]:
        from gia_xlsx.verify import page as pages
        from gia_xlsx.verify import tags

        captions = frozenset(bare(part.table.caption) for part in self.doc.parts if part.table)
        page = pages.read_page(content, name, captions, self.doc.draft, self.ours)
        yield from self._compared(name).differences(self.items, page.shown)
        yield from tags.data(name, page, self.doc, self.read, self._cell_name)
        yield from self._frame(name, content.decode("utf-8-sig"))
        if name == "report.html":
            yield from tags.links(name, page, self.files)
            site = self.profile.of(self.report.organ).site
            yield from tags.tags(name, page, self.doc, site, self.report)

    def _frame(self, name: str, text: str) -> Iterator[Difference]:
        """What of a page is not its words. What was made here by our own templates needs no drawing again."""
        from gia_xlsx.publish import rendered
        from gia_xlsx.publish.html import render_html
        from gia_xlsx.verify import frame

        whole = name == "report.html"
        if whole:
            yield from self._drawn_by_office(name, "里的图解")
        if _MADE_BY[name] in self.own:
            self.unproved.append(f"{name} 的样式和正文以外的内容")
            yield from frame.fetched(name, text, whole=whole)
        elif not self.ours:
            if whole and not self.is_drawable:
                self.unproved.append(f"{name} 的图解和数字的出处")
            looks = _DRESSED_BY.items() if whole else ()
            self.unproved += [f"{name} 的{what}" for template, what in looks if template in self.own]
            made = dict.fromkeys(NAMES, b"")
            again = render_html(self.edition, made) if whole else rendered(self.edition, "fragment")
            page, ours = frame.read_frame(text), frame.read_frame(again.decode("utf-8"))
            figures = whole and self.is_drawable
            yield from frame.changed(name, page, ours, figures=figures, own=self.own, draft=self.doc.draft)

    def _drawn_by_office(self, name: str, what: str = "") -> Iterator[Difference]:
        for template in _DRAWN_BY[name]:
            if template in self.own:
                self.unproved.append(f"{name} 的图解" if what else name)
                said = f"{what}由本机关的模板 {template} 画出，其中的数字无法核对"
                yield Difference("extra", name, "", said)
                return

    def _drawing(self, content: bytes) -> Iterator[Difference]:
        told = list(self._drawn_by_office(sheet.SVG))
        if not told and not self.is_drawable:
            self.unproved.append(sheet.SVG)
        elif not told and not self.ours:
            told = sheet.drawing(content, self.edition)
        yield from told

    def _picture(self, content: bytes) -> Iterator[Difference]:
        """The picture is that of the drawing beside it, whoever drew it."""
        if sheet.SVG in self.unproved or sheet.SVG not in self.files:
            self.unproved.append(sheet.PNG)
        if not self.ours:
            yield from sheet.picture(content, self.files.get(sheet.SVG, b"").decode("utf-8", "replace"))

    def _cell_name(self, key: str) -> str:
        from gia_xlsx.rules.wording import name

        cell = next((cell for cell in self.report.form.cells if str(cell) == key), None)
        return name(self.report.form, cell) if cell else f"“{key[:40]}”"

    def _word(self, content: bytes) -> Iterator[Difference]:
        from gia_xlsx.publish import rendered
        from gia_xlsx.verify.word import read_word
        from gia_xlsx.verify.word_besides import read_besides

        name = "report.docx"
        yield from self._compared(name).differences(self.items, read_word(content, name))
        if _MADE_BY[name] in self.own:
            self.unproved.append(f"{name} 的页眉页脚和图片")
        elif not self.ours:
            besides, ours = read_besides(content, name), read_besides(rendered(self.edition, "docx"), name)
            yield from few([Difference("words", name, "", said) for said in besides.added_to(ours)])

    def _pdf(self, content: bytes) -> Iterator[Difference]:
        from gia_xlsx.verify.pdf import furniture, read_pdf

        shown, loose, laid = read_pdf(content, "report.pdf", self.items, self.ours)
        compared = self._compared("report.pdf", plain=drawn, blanks=False)
        yield from compared.differences(self.items, shown)
        besides = [f"有报告里没有的文字“{text[:40]}”" for text in loose if not furniture(text, self.doc)]
        fault: Fault = "extra" if compared.own else "words"
        yield from few([Difference(fault, "report.pdf", "", said) for said in (*besides, *laid)])
        if not self.ours and self.profile.of(self.report.organ).site.annex:
            self.unproved.append("report.pdf 的图解附页")
