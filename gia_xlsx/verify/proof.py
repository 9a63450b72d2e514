"""The proof of a built report: every file that is there, held against ``report.json``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gia_xlsx.diagnostic import Diagnostic, Severity
from gia_xlsx.errors import GiaError
from gia_xlsx.profile import Profile
from gia_xlsx.publish.document import Document, document
from gia_xlsx.publish.load import read_data
from gia_xlsx.report import Report
from gia_xlsx.rules.publication import Difference, told
from gia_xlsx.verify import data
from gia_xlsx.verify.compare import Comparison
from gia_xlsx.verify.printed import Item, bare, drawn, items

CHECKED = (  # in the order they are told
    data.JSON,
    "report.html",
    "fragment.html",
    "report.docx",
    "report.pdf",
    data.CSV,
    data.PACKAGE,
)
_MADE_BY = {  # the template of an office that makes a file
    "report.html": "report.html.j2",
    "fragment.html": "fragment.html.j2",
    "report.docx": "report.docx",
    "report.pdf": "report.typ",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of one built report: whose it is, which files were compared, which were not there, what differs."""

    title: str
    organ: str
    year: int | None
    form: str
    draft: bool
    checked: tuple[str, ...]
    absent: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]
    unreadable: bool = False

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
    found = list(_Prover(report, read, files, profile, ours).differences())
    return Proof(
        report.title,
        report.organ,
        report.year,
        report.form.form,
        read.get("draft") is True,
        tuple(name for name in CHECKED if name in files),
        tuple(name for name in CHECKED if name not in files),
        told(found, report),
        any(one.fault == "unread" for one in found),
    )


class _Prover:
    """One report and its files while they are compared."""

    def __init__(
        self, report: Report, read: Mapping[str, Any], files: Mapping[str, bytes], profile: Profile, ours: bool
    ) -> None:
        self.report, self.read, self.files, self.profile, self.ours = report, read, files, profile, ours
        self.doc: Document = document(report, read.get("draft") is True)
        self.items: Sequence[Item] = items(self.doc)

    def differences(self) -> Iterator[Difference]:
        readers: Mapping[str, Callable[[bytes], Iterable[Difference]]] = {
            data.JSON: lambda content: data.json_itself(self.report, self.read),
            "report.html": lambda content: self._page("report.html", content),
            "fragment.html": lambda content: self._page("fragment.html", content),
            "report.docx": self._word,
            "report.pdf": self._pdf,
            data.CSV: lambda content: data.table(content, self.report),
            data.PACKAGE: lambda content: data.package(content, self.report),
        }
        for name in CHECKED:
            if name in self.files:
                try:
                    yield from readers[name](self.files[name])
                except GiaError as error:
                    said = str(error).removeprefix(f"{name}：").rstrip("。")
                    yield Difference("unread", name, "", said)

    def _compared(self, name: str, **how: Any) -> Comparison:
        return Comparison(self.report.form, name, _MADE_BY[name] in self.read.get("templates", ()), **how)

    def _page(self, name: str, content: bytes) -> Iterator[Difference]:
        from gia_xlsx.verify import page as pages
        from gia_xlsx.verify import tags

        captions = frozenset(bare(part.table.caption) for part in self.doc.parts if part.table)
        page = pages.read_page(content, name, captions, self.doc.draft, self.ours)
        yield from self._compared(name).differences(self.items, page.shown)
        yield from tags.data(name, page, self.doc, self.read, self._cell_name)
        if name == "report.html":
            yield from tags.links(name, page, self.files)
            site = self.profile.of(self.report.organ).site
            yield from tags.tags(name, page, self.doc, site, self.report)

    def _cell_name(self, key: str) -> str:
        from gia_xlsx.rules.wording import name

        cell = next((cell for cell in self.report.form.cells if str(cell) == key), None)
        return name(self.report.form, cell) if cell else f"“{key[:40]}”"

    def _word(self, content: bytes) -> Iterator[Difference]:
        from gia_xlsx.verify.word import read_word

        yield from self._compared("report.docx").differences(self.items, read_word(content, "report.docx"))

    def _pdf(self, content: bytes) -> Iterator[Difference]:
        from gia_xlsx.verify.pdf import furniture, read_pdf

        shown, loose = read_pdf(content, "report.pdf", self.items, self.ours)
        compared = self._compared("report.pdf", plain=drawn, blanks=False)
        yield from compared.differences(self.items, shown)
        for text in loose:
            if not furniture(text, self.doc):
                yield Difference(
                    "extra" if compared.own else "words", "report.pdf", "", f"有报告里没有的文字“{text[:40]}”"
                )
