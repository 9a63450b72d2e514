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
from urllib.parse import quote, urlsplit

_LONGEST = 200  # characters of a text
_MOST_KEYWORDS, _LONGEST_KEYWORD = 20, 30
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_NO_ADDRESS = re.compile(r"""[\s"'<>\\^`{|}]""")  # what no address holds, once organ and year are put in
_SIGN = re.compile(r"[^\w（）]")
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
        """``url`` with the organ and the year of a report put in; no sign of a name can change where it leads."""
        name = _SIGN.sub(lambda sign: quote(sign[0], safe=""), organ)
        return self.url.replace("{organ}", name).replace("{year}", str(year or ""))


UNTOLD = Site()


def read_site(table: Mapping[str, Any], base: Site = UNTOLD) -> Site:
    """The site of a table ``[site]``, what it leaves out taken from ``base``. Raises ValueError in Chinese."""
    known = {field.name: field for field in fields(Site)}
    found: dict[str, Any] = {name: getattr(base, name) for name in known}
    for key, value in table.items():
        if key not in known:
            raise ValueError(f"site 里没有“{key}”这一项，可用的有 {'、'.join(known)}")
        if key == "annex":
            found[key] = _flag(value)
        elif key == "keywords":
            found[key] = _keywords(value)
        else:
            found[key] = _text(key, value)
    return Site(**found)


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("site.annex 只能是 true 或 false")
    return value


def _keywords(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise ValueError('site.keywords 应写作一列词，如 ["政府信息公开", "年度报告"]')
    words = tuple(word.strip() for word in value if word.strip())
    if len(words) > _MOST_KEYWORDS:
        raise ValueError(f"site.keywords 有 {len(words)} 个词，不能超过 {_MOST_KEYWORDS} 个")
    for word in words:
        _plain("keywords", word, _LONGEST_KEYWORD)
    return words


def _text(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"site.{key} 应是文字，写在引号里")
    text = value.strip()
    _plain(key, text, _LONGEST)
    if key == "time" and not _TIME.fullmatch(text):
        raise ValueError(f"site.time 应写作“时:分”，如 09:30，不能是“{text[:20]}”")
    if key == "url":
        _address(text)
    return text


def _plain(key: str, text: str, longest: int) -> None:
    if len(text) > longest:
        raise ValueError(f"site.{key} 有 {len(text)} 个字，不能超过 {longest} 个（“{text[:20]}……”）")
    if _CONTROL.search(text):
        raise ValueError(f"site.{key} 里有换行等看不见的字符，请删去（“{_CONTROL.sub(' ', text)[:40]}”）")


def _address(text: str) -> None:
    """A page is given an address that leads somewhere, or none."""
    told = f"不能是“{text[:40]}”"
    if not text.startswith(("http://", "https://")):
        raise ValueError(f"site.url 应以 http:// 或 https:// 开头，{told}")
    example = text.replace("{organ}", "organ").replace("{year}", "2024")
    if _NO_ADDRESS.search(example):
        raise ValueError(f"site.url 里不能有空格、引号等，花括号里只能是 {{organ}} 或 {{year}}，{told}")
    try:
        parts = urlsplit(example)
        whole = bool(parts.hostname) and parts.port != 0  # a port out of range is told by a ValueError
    except ValueError:
        whole = False
    if not whole:
        raise ValueError(f"site.url 不是完整的网址，应如 https://www.example.gov.cn/，{told}")
