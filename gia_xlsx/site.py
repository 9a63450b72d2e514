"""The site a report is published on, as ``gia.toml`` tells: what a page says of itself.

The names of the meta tags are those of 政府网站发展指引 (国办发〔2017〕47号).

[site]
name     = "随县人民政府门户网站"                    # SiteName
domain   = "www.example.gov.cn"                     # SiteDomain
id_code  = "4213210001"                             # SiteIDCode, 网站标识码
column   = "政府信息公开年报"                        # ColumnName
source   = "随县人民政府办公室"                      # ContentSource; else the organ
author   = "政务公开科"                              # Author; else the signature
keywords = ["政府信息公开", "年度报告"]               # Keywords; else of our own
url      = "https://www.example.gov.cn/{organ}/{year}.html"  # Url
time     = "09:30"                                  # of PubDate, whose day is the date of the cover; else 00:00
annex    = true                                     # 一图读懂 as the last page of the PDF
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


@dataclass(frozen=True, slots=True)
class Site:
    """What the meta tags of a page need beyond the report itself; '' where nobody has said."""

    name: str = ""
    domain: str = ""
    id_code: str = ""
    column: str = ""
    source: str = ""
    author: str = ""
    keywords: tuple[str, ...] = ()
    url: str = ""
    time: str = ""
    annex: bool = False

    @property
    def is_told(self) -> bool:
        """Whether anything is known of the site."""
        return self != Site(annex=self.annex)

    def address(self, organ: str, year: int | None) -> str:
        """``url`` with the organ and the year of a report put in."""
        return self.url.replace("{organ}", organ).replace("{year}", str(year or ""))


UNTOLD = Site()


def read_site(table: Mapping[str, Any], base: Site = UNTOLD) -> Site:
    """The site of a table ``[site]``, what it leaves out taken from ``base``. Raises ValueError in Chinese."""
    known = {field.name: field for field in fields(Site)}
    found: dict[str, Any] = {name: getattr(base, name) for name in known}
    for key, value in table.items():
        if key not in known:
            raise ValueError(f"site 里没有“{key}”这一项，可用的有 {'、'.join(known)}")
        if key == "annex":
            if not isinstance(value, bool):
                raise ValueError("site.annex 只能是 true 或 false")
        elif key == "keywords":
            if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
                raise ValueError('site.keywords 应写作一列词，如 ["政府信息公开", "年度报告"]')
            value = tuple(word.strip() for word in value if word.strip())  # noqa: PLW2901  # the value as kept
        elif not isinstance(value, str):
            raise ValueError(f"site.{key} 应是文字，写在引号里")
        elif key == "time" and not _TIME.fullmatch(value):
            raise ValueError(f"site.time 应写作“时:分”，如 09:30，不能是“{value[:20]}”")
        elif key == "url" and not value.startswith(("http://", "https://")):
            raise ValueError(f"site.url 应以 http:// 或 https:// 开头，不能是“{value[:40]}”")
        else:
            value = value.strip()  # noqa: PLW2901  # the value as kept
        found[key] = value
    return Site(**found)
