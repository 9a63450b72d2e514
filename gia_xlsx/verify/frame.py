"""What of a page is not words of the report: its styles, scripts and policy, its charts, and what stands around it.

A page by our own templates is held against one drawn again from the data; of a page by an office's template it is
only told what it fetches and whether it may run what is not its own.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gia_xlsx.rules.publication import Difference
from gia_xlsx.verify.compare import both, few
from gia_xlsx.verify.printed import bare

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SIZE = re.compile(r"[\d.,]+\s*(?:B|KB|MB|字节)", re.IGNORECASE)
_FETCHING = re.compile(r"\s*(?:https?:|//)", re.IGNORECASE)
_FETCHERS = "script[src],img[src],iframe[src],embed[src],object[data],link[href],video[src],audio[src],source[src]"
_UNREAD = frozenset(("script", "style", "template", "noscript", "article", "title", "head"))
_TAG = re.compile("<[^>]*>")
_BESIDE = frozenset(("aside", "ol", "b", "small", "strong", "span"))  # what findings and marks of a draft are made of
_COUNTED = ("svg", "figure", "input checkbox")
_DATA = ("application/ld+json", "application/json")  # what is no program


@dataclass(frozen=True, slots=True)
class Frame:
    """A page without the words of its article. ``figures`` are its charts; ``around`` the texts outside the article."""

    policy: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    origins: str
    figures: tuple[str, ...]
    around: tuple[str, ...]
    elements: Counter[str]
    inline: frozenset[str]


def read_frame(text: str) -> Frame:
    """The frame of a page, or of a fragment, which has no article and so nothing around it."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    scripts = [node for node in tree.css("script") if node.attributes.get("type") not in _DATA]
    body = tree.css_first("body") if tree.css_first("article") else None
    everything = tree.css("body *")
    return Frame(
        _policy(tree),
        tuple(node.text() or "" for node in tree.css("style")),
        tuple(node.attributes.get("src") or node.text() or "" for node in scripts),
        next((node.text() or "" for node in tree.css("script#origins")), ""),
        tuple(node.html or "" for node in tree.css("figure")),
        tuple(_around(body)) if body else (),
        Counter(_name(node) for node in everything),
        frozenset(value for node in everything if (value := node.attributes.get("style"))),
    )


def _policy(tree: LexborHTMLParser) -> str:
    named = ((node.attributes.get("http-equiv") or "", node.attributes.get("content")) for node in tree.css("meta"))
    return next((content or "" for name, content in named if name.lower() == "content-security-policy"), "")


def _name(node: LexborNode) -> str:
    """An element as it counts: a field by its kind, for only one of ours may stand on a page."""
    tag = node.tag or "-"
    return f"{tag} {node.attributes.get('type') or ''}" if tag == "input" else tag


def _around(body: LexborNode) -> Iterator[str]:
    """The texts of a body outside its article, an ``aside`` of a draft included."""
    opened: list[LexborNode | None] = [body.first_child]
    while opened:
        node = opened.pop()
        if node is None:
            continue
        opened.append(node.next)
        if node.is_text_node:
            if words := bare(node.text_content or ""):
                yield words
        elif node.tag not in _UNREAD:
            opened.append(node.first_child)


def fetched(file: str, text: str, *, whole: bool) -> Iterator[Difference]:
    """Of a page by an office's template: what it would fetch from elsewhere, and, if it is a ``whole`` page, whether a
    policy forbids other scripts and styles."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    for node in tree.css(_FETCHERS):
        address = next(node.attributes.get(name) or "" for name in ("src", "href", "data") if name in node.attributes)
        if _FETCHING.match(address):
            yield Difference("extra", file, "", f"要从别处取用“{address.strip()[:60]}”，打开时内容可能改变，无法核对")
    if whole and not _policy(tree):
        yield Difference("extra", file, "", "没有限制脚本和样式的声明（Content-Security-Policy），别的脚本可以改动内容")


def changed(
    file: str, page: Frame, ours: Frame, *, figures: bool, own: Collection[str], draft: bool
) -> list[Difference]:
    """What of a page is otherwise than on the page drawn again from the data.

    ``figures``: whether the charts and what a click on a figure tells can be held against it. ``own``: the office's own
    templates, by name, whose part is left aside. In a draft findings may stand beside the report.
    """
    return few(list(_changed(file, page, ours, figures, own, draft)))


def _changed(
    file: str, page: Frame, ours: Frame, figures: bool, own: Collection[str], draft: bool
) -> Iterator[Difference]:
    said = list(_looks(page, ours, own))
    known = set(ours.elements) | (_BESIDE if draft else set())
    said += (f"有报告里没有的内容：<{name.split()[0]}>" for name in sorted(set(page.elements) - known))
    for name in _COUNTED:
        if page.elements[name] > ours.elements[name]:
            said.append(f"多出 {page.elements[name] - ours.elements[name]} 处 <{name.split()[0]}>")
    said += (f"有原来没有的样式“{style[:40]}”，看到的可能与报告不同" for style in sorted(page.inline - ours.inline))
    if not draft:
        added = Counter(page.around) - Counter(ours.around)
        said += (f"在报告以外加了文字“{words[:40]}”" for words in added if not _SIZE.fullmatch(words))
    yield from (Difference("words", file, "", one) for one in said)
    if figures:
        charted = not {"chart.svg.j2", "shapes.svg.j2"} & set(own)
        yield from (Difference("figure", file, "", one) for one in _figures(page, ours, charted))


def _looks(page: Frame, ours: Frame, own: Collection[str]) -> Iterator[str]:
    again = "；请重新生成，由别的版本生成的也请重新生成后再核对"
    if "report.css" not in own and page.styles != ours.styles:
        yield f"的样式被改动，看到的可能与报告不同{again}"
    if "report.js" not in own and page.scripts != ours.scripts:
        yield f"的脚本被改动，打开后内容可能改变{again}"
    if not {"report.css", "report.js"} & set(own) and page.policy != ours.policy:
        yield f"限制脚本和样式的声明（Content-Security-Policy）被改动{again}"


def _figures(page: Frame, ours: Frame, charted: bool) -> Iterator[str]:
    if charted:
        for number, (one, other) in enumerate(zip(page.figures, ours.figures, strict=False), 1):
            if one != other:
                shown, meant = (bare(_TAG.sub(" ", it)) for it in (one, other))
                said = both(meant, shown) if shown != meant else "与按 report.json 重新画出的不同"
                yield f"第 {number} 幅图解{said}"
        if len(page.figures) != len(ours.figures):
            yield f"有 {len(page.figures)} 幅图解，应有 {len(ours.figures)} 幅"
    if _loaded(page.origins) != _loaded(ours.origins):
        yield "点击数字时显示的出处（工作表、单元格、上年数）与 report.json 不同"


def _loaded(text: str) -> object:
    try:
        return json.loads(text) if text else None
    except (ValueError, RecursionError):
        return text
