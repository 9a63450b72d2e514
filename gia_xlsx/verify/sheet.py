"""The sheet that tells the year in one picture, ``infographic.svg`` and ``infographic.png``, against the data."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from gia_xlsx.publish.edition import Edition
from gia_xlsx.rules.publication import Difference
from gia_xlsx.verify.compare import both, few

SVG, PNG = "infographic.svg", "infographic.png"
_TEXT = re.compile(r"<(?:text|title)\b[^>]*>([^<]*)<")
_DESC = re.compile(r"<desc\b[^>]*>([^<]*)<")
_ELEMENT = re.compile(r"<([A-Za-z][\w:.-]*)")
_SITE = "报告全文见"  # begins the line that names the site, which whoever reads the file may not know


def drawing(content: bytes, edition: Edition) -> list[Difference]:
    """The SVG against the one drawn again from the data, byte for byte; where the site is not known, by its texts."""
    from gia_xlsx.publish.infographic import infographic

    shown, meant = content.decode("utf-8", "replace").replace("\r\n", "\n"), infographic(edition)
    if shown == meant:
        return []
    return few(list(_changed(shown, meant, bool(edition.site.name))))


def _changed(shown: str, meant: str, told: bool) -> Iterator[Difference]:
    have, want = _texts(shown), _texts(meant)
    for one, other in zip(want, have, strict=False):
        if one != other:
            yield Difference("figure", SVG, "", f"的文字{both(one, other)}")
            return
    if len(have) != len(want):
        yield Difference("figure", SVG, "", f"有 {len(have)} 处文字，应有 {len(want)} 处")
    elif foreign := sorted(set(_ELEMENT.findall(shown)) - set(_ELEMENT.findall(meant))):
        yield Difference("words", SVG, "", f"有原来没有的内容：<{foreign[0][:40]}>")
    elif told or _SITE not in shown:
        yield Difference("words", SVG, "", "与按 report.json 重新画出的不同；请重新生成")


def _texts(svg: str) -> list[str]:
    """All texts in order but for the line that names the site."""
    lines = (line for said in _DESC.findall(svg) for line in said.split("\n"))
    found = (html.unescape(text).strip() for text in (*_TEXT.findall(svg), *lines))
    return [text for text in found if not text.startswith(_SITE)]


def picture(content: bytes, svg: str) -> Iterator[Difference]:
    """The PNG against the SVG painted again; another machine may have other fonts, so that is no proof of an edit.

    Without the SVG, which is then '', it is only looked at whether it is a picture.
    Raises GiaError for a character that no font has.
    """
    from gia_xlsx.publish.infographic import WIDTH
    from gia_xlsx.publish.typeset import png

    if not content.startswith(b"\x89PNG\r\n\x1a\n") or b"IEND" not in content[-12:]:
        yield Difference("unread", PNG, "", "不是完好的 PNG 图片")
    elif svg and content != png(svg, round(WIDTH)):
        yield Difference("extra", PNG, "", "与按数据重新画出的不是同一幅；生成它的电脑字体不同的，请打开核对其中的数字")
