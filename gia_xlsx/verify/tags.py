"""What a page tells machines: the data behind its figures, its meta tags and JSON-LD, and the files it links to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from gia_xlsx.publish.document import Document
from gia_xlsx.report import Report
from gia_xlsx.rules.publication import Difference
from gia_xlsx.site import Site
from gia_xlsx.verify.folder import NAMES
from gia_xlsx.verify.page import Datum, Page
from gia_xlsx.verify.printed import squeezed

REQUIRED = (  # 政府网站发展指引 (国办发〔2017〕47号)
    "SiteName",
    "ColumnName",
    "ArticleTitle",
    "PubDate",
    "ContentSource",
    "Keywords",
    "Author",
    "Description",
    "Url",
)


def data(
    file: str, page: Page, doc: Document, read: Mapping[str, Any], cell_name: Callable[[str], str]
) -> Iterator[Difference]:
    """Each ``<data>`` against the figures of the report, in printed order; a page may leave some of them plain text."""
    wanted = list(_data(doc, read))
    at = 0
    for datum in page.data:
        shown = Datum(datum.value, datum.keys, squeezed(datum.text))
        place = next((n for n in range(at, len(wanted)) if wanted[n] == shown), None)
        if place is not None:
            at = place + 1
            continue
        where = "、".join(map(cell_name, datum.keys[:3])) or "没有写明单元格的一个数"
        meant = next((it for it in wanted[at:] if it.keys == datum.keys), None)
        should = f"value=“{meant.value}”、显示“{meant.text}”" if meant else "这里没有这个数"
        said = f"的数据是 value=“{datum.value[:40]}”、显示“{shown.text[:40]}”，按 report.json 应是{should}"
        yield Difference("figure", file, where, said)
        return  # what follows may only be out of step


def _data(doc: Document, read: Mapping[str, Any]) -> Iterator[Datum]:
    """All figures in printed order: of each section those of its text, then the cells of its table."""
    for part in doc.parts:
        for paragraph in read["paragraphs"]:
            if paragraph["section"] == part.key:
                for figure in paragraph.get("figures", ()):
                    text = squeezed(paragraph["text"][figure["start"] : figure["end"]])
                    yield Datum(figure["value"], tuple(figure["keys"]), text)
        for it in part.table.boxes if part.table else ():
            if it.box.key:
                yield Datum(it.value, (str(it.box.key),), squeezed(it.text))


def links(file: str, page: Page, files: Mapping[str, bytes]) -> Iterator[Difference]:
    """Files of a report that the page links to and that are not there."""
    for link in page.links:
        name = unquote(link.partition("#")[0].partition("?")[0]).removeprefix("./")
        if name in NAMES and name not in files:
            yield Difference("absent", file, "", f"链接的 {name} 不在文件夹里")


def tags(file: str, page: Page, doc: Document, site: Site, report: Report) -> Iterator[Difference]:
    """Meta tags that are missing or say otherwise than the report, and JSON-LD and title likewise."""
    missing = [name for name in REQUIRED if not page.meta.get(name, "").strip()]
    if missing:
        yield Difference("meta" if site.is_told else "untold", file, "", f"缺少页面标签 {'、'.join(missing)}")
    wanted = {"ArticleTitle": doc.title, "Description": doc.description}
    if site.is_told:
        url = site.address(doc.organ, report.year)
        wanted |= {"SiteName": site.name, "ColumnName": site.column, "ContentSource": site.source, "Url": url}
    for name, words in wanted.items():
        shown = page.meta.get(name, "")
        if shown.strip() and words and squeezed(shown) != squeezed(words):
            yield Difference("meta", file, "", f"页面标签 {name} 是“{shown[:40]}”，应是“{words[:40]}”")
    if (day := page.meta.get("PubDate", "")) and doc.published and not day.startswith(doc.published):
        yield Difference("meta", file, "", f"页面标签 PubDate 是“{day[:20]}”，应是“{doc.published}”这一天")
    if squeezed(doc.title) not in squeezed(page.title):
        yield Difference("meta", file, "", f"网页的标题（title）是“{page.title[:60]}”，里面没有“{doc.title[:40]}”")
    for linked in page.linked:
        if squeezed(str(linked.get("name", ""))) != squeezed(doc.title):
            yield Difference("meta", file, "", f"结构化数据（JSON-LD）的 name 不是“{doc.title[:40]}”")
