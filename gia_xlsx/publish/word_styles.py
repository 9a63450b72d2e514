"""The styles of a Word template by name: Word and WPS change their ids when an office saves the template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from gia_xlsx.errors import GiaError
from gia_xlsx.publish.word_parts import W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DRAFT_ONLY = "草稿标记"  # of paragraphs that stand on drafts only
SIGNED = "落款"
TEXT = {0: "正文段落", 2: "二级标题", 3: "三级标题"}  # by the level of a line
LEADS = ("段首标题", "段首二级标题")
TABLE = "报表"
SIZES = ("表格", "宽表")  # of tables of few columns, and of many
_ROLES = ("表头", "分组", "文字", "数字")
_BUILT_IN = {"二级标题": ("标题 2", "heading 2"), "三级标题": ("标题 3", "heading 3")}  # as shown, and as Word keeps it
_NEEDED = (*TEXT.values(), *LEADS, TABLE, *(size + role for size in SIZES for role in _ROLES))
_BODY = 320  # 三号, in twentieths of a point

Styles = Mapping[str, str]  # ids by name


def style_ids(root: Element) -> Styles:
    """The id of every style of a template by its name and its further names, in small letters.

    Word writes ``heading 2`` where LibreOffice writes ``Heading 2``.
    """
    found: dict[str, str] = {}
    for style in root.iter(f"{W}style"):
        for tag in ("name", "aliases"):
            for name in value_of(style.find(W + tag)).split(","):
                found.setdefault(" ".join(name.lower().split()), style.get(f"{W}styleId") or "")
    return found


def needed(called: str, ids: Styles) -> Styles:
    """The styles that a report uses. Raises GiaError for one that the template lacks."""
    found = {}
    for name in _NEEDED:
        names = (*_BUILT_IN.get(name, ()), name)
        at_hand = next((one for one in names if one in ids), None)
        if at_hand is None:
            way_out = "请在模板里恢复该样式，或用 gia-xlsx templates 另取一份原样模板"
            raise GiaError(f"{called} 缺少样式“{names[0]}”；{way_out}。")
        found[name] = ids[at_hand]
    return found


def size_of(root: Element, style_id: str | None) -> int:
    """The size of the characters of a style, in twentieths of a point; that of the body if it does not say."""
    for style in root.iter(f"{W}style"):
        if style.get(f"{W}styleId") == style_id:
            size = value_of(style.find(f"{W}rPr/{W}sz"))
            return 10 * int(size) if size.isdecimal() else _BODY
    return _BODY


def value_of(node: Element | None) -> str:
    """The value of a property, '' where there is none."""
    return "" if node is None else node.get(f"{W}val") or ""
