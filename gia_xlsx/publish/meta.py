"""What the page says of itself to machines: meta tags of 政府网站发展指引, schema.org JSON-LD, the files beside it.

What nobody has told is left out: no tag is made up.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from gia_xlsx.publish.edition import Edition

if TYPE_CHECKING:
    from markupsafe import Markup

_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# The files a reader is offered, in this order: what the link says, the type of the file, whether it is open data.
_OFFERED: Mapping[str, tuple[str, str, bool]] = {
    "report.docx": ("Word 版", _DOCX, False),
    "report.pdf": ("PDF 版", "application/pdf", False),
    "infographic.svg": ("一图读懂（矢量图）", "image/svg+xml", False),
    "infographic.png": ("一图读懂（图片）", "image/png", False),
    "report.csv": ("数据表（CSV）", "text/csv", True),
    "report.json": ("全部数据（JSON）", "application/json", True),
    "datapackage.json": ("数据说明（JSON）", "application/json", False),
}
_KEYWORDS = ("政府信息公开", "工作年度报告")


@dataclass(frozen=True, slots=True)
class File:
    """A file beside the page: its name, what a link to it says, its type, and how large it is in bytes."""

    name: str
    label: str
    type: str
    is_data: bool
    bytes: int

    @property
    def size(self) -> str:
        """``38 KB``; from 1024 KB on in MB."""
        kilobytes = -(-self.bytes // 1024)
        return f"{kilobytes} KB" if kilobytes < 1024 else f"{self.bytes / 2**20:.1f} MB"


def files_of(made: Mapping[str, bytes]) -> tuple[File, ...]:
    """What the page links to, of the files made before it; ``fragment.html`` is for editors, not for readers."""
    return tuple(File(name, *words, len(made[name])) for name, words in _OFFERED.items() if name in made)


def meta(edition: Edition) -> tuple[tuple[str, str], ...]:
    """The meta tags, name and content, in the order of 政府网站发展指引 (国办发〔2017〕47号) 附件2."""
    doc, site = edition.doc, edition.site
    day = f"{doc.published} {site.time or '00:00'}" if doc.published else ""  # the form that the guide asks for
    tags = {
        "SiteName": site.name,
        "SiteDomain": site.domain,
        "SiteIDCode": site.id_code,
        "ColumnName": site.column,
        "ArticleTitle": doc.title,
        "PubDate": day,
        "ContentSource": site.source or doc.organ,
        "Keywords": ",".join(_keywords(edition)),
        "Author": site.author or doc.signature or doc.organ,
        "Description": doc.description,
        "Url": site.address(doc.organ, edition.report.year),
    }
    return tuple((name, content) for name, content in tags.items() if content)


def linked_data(edition: Edition, files: Sequence[File]) -> Markup:
    """The report as a ``Dataset`` of schema.org, safe inside ``<script type="application/ld+json">``."""
    doc, site = edition.doc, edition.site
    url = site.address(doc.organ, edition.report.year)
    publisher = {"@type": "GovernmentOrganization", "name": doc.organ}
    data = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": doc.title,
        "description": doc.description,
        "creativeWorkStatus": "Draft" if doc.draft else "",
        "creator": publisher if doc.organ else "",
        "temporalCoverage": f"{doc.year}-01-01/{doc.year}-12-31" if doc.year else "",
        "datePublished": doc.published,
        "inLanguage": "zh-CN",
        "keywords": list(_keywords(edition)),
        "url": url,
        "distribution": [_download(file, url) for file in files if file.is_data],
    }
    return as_script({name: value for name, value in data.items() if value})


def _download(file: File, url: str) -> dict[str, str]:
    return {
        "@type": "DataDownload",
        "name": file.label,
        "encodingFormat": file.type,
        "contentUrl": urljoin(url, file.name),
        "contentSize": file.size,
    }


def _keywords(edition: Edition) -> Iterator[str]:
    doc = edition.doc
    own = (*_KEYWORDS, doc.organ, f"{doc.year}年" if doc.year else "")
    yield from (word for word in edition.site.keywords or own if word)


def as_script(data: object) -> Markup:
    """JSON that no text in it can end the element of, or begin another in."""
    from markupsafe import Markup

    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))
