"""The look of the workbook: one restrained palette, named styles, each Format made once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

INK = "#22303C"
NAVY = "#1F3A5F"
MUTED = "#6B7885"
RED = "#A61C1C"
RULE = "#8A99A8"  # lines of the printed frame
FAINT = "#C9D2DA"  # lines of what is not printed
HEAD = "#E3EAF2"
LABEL = "#F4F7FA"
TOTAL = "#ECEFF2"
BLANK = "#FFF8E1"
GREEN, GREEN_FILL = "#1E6B34", "#E8F4EA"
RED_FILL = "#FCE8E6"
AMBER, AMBER_FILL = "#7A5B00", "#FFF3D1"

TAB_COVER, TAB_INPUT, TAB_REFERENCE = RED, "#2F6DA8", "#9AA7B3"  # colours of the sheet tabs

SONG, HEI, FANG = "宋体", "黑体", "仿宋"  # names every Chinese Windows, macOS and WPS answers to

_BASE = {"font_name": SONG, "font_size": 11, "font_color": INK, "valign": "vcenter"}
_BOX = {"border": 1, "border_color": RULE}
_FAINT_BOX = {"border": 1, "border_color": FAINT}
_PARTS: Mapping[str, Mapping[str, Any]] = {
    "plain": {},
    "wrap": {"text_wrap": True},
    "center": {"align": "center", "indent": 0},
    "right": {"align": "right"},
    "top": {"valign": "top"},
    "indent": {"indent": 1},
    "bold": {"bold": True},
    "shaded": {"bg_color": LABEL},
    "grey": {"font_color": MUTED},
    # headings
    "title": {"font_name": HEI, "font_size": 16, "font_color": NAVY, "align": "center"},
    "left title": {"font_name": HEI, "font_size": 16, "font_color": NAVY},
    "band": {"font_name": HEI, "font_color": "#FFFFFF", "bg_color": NAVY, "indent": 1},
    "guide": {"font_size": 10, "font_color": MUTED, "text_wrap": True, "valign": "top"},
    # the printed frame
    "caption": {**_BOX, "font_name": HEI, "bg_color": "#FFFFFF", "align": "center"},
    "head": {**_BOX, "font_name": HEI, "bg_color": HEAD, "align": "center", "text_wrap": True},
    "corner": {**_BOX, "font_size": 10, "bg_color": HEAD, "align": "center", "text_wrap": True},
    "label": {**_BOX, "bg_color": LABEL, "text_wrap": True, "indent": 1},
    "over": {**_BOX, "bg_color": LABEL, "text_wrap": True, "align": "center"},
    "input": {**_BOX, "align": "center", "locked": False},
    "filler": {**_BOX, "align": "center_across"},
    "total": {**_BOX, "align": "center", "bold": True, "bg_color": TOTAL},
    "count": {"num_format": "0"},
    "change": {"num_format": "+0;-0;0"},
    "money": {},
    "across": {"align": "center_across"},
    "opens": {"right": 0},
    "passes": {"left": 0, "right": 0},
    "closes": {"left": 0},
    # what stands beside the frame, and on the sheets of reference
    "check": {**_FAINT_BOX, "align": "center", "font_size": 10, "font_color": MUTED, "shrink": True},
    "check head": {**_FAINT_BOX, "align": "center", "font_size": 9, "font_color": MUTED, "text_wrap": True},
    "check label": {**_FAINT_BOX, "font_size": 9, "font_color": MUTED, "text_wrap": True, "indent": 1},
    "row": {**_FAINT_BOX, "text_wrap": True, "indent": 1},
    "open": {"bg_color": BLANK, "locked": False},
    "row head": {**_FAINT_BOX, "font_name": HEI, "bg_color": HEAD, "align": "center", "text_wrap": True},
    "figure": {**_FAINT_BOX, "align": "center", "font_name": HEI, "font_size": 18, "font_color": NAVY},
    "cells": {"num_format": '0" 格"'},
    "items": {"num_format": '0" 项"'},
    "link": {"font_color": "#1F5FA8", "underline": 1, "align": "center"},
    "code": {"font_name": "Consolas", "font_size": 10},
    # narrative
    "prose": {**_FAINT_BOX, "text_wrap": True, "align": "left", "valign": "top", "indent": 1, "locked": False},
    "heading text": {"font_name": HEI},
    "text": {"font_name": FANG, "font_size": 12},
    "length": {**_FAINT_BOX, "align": "center", "font_size": 9, "font_color": MUTED},
    # cover
    "notice": {"align": "center", "font_size": 10, "font_color": MUTED, "text_wrap": True},
    "report title": {"font_name": SONG, "font_size": 22, "bold": True, "font_color": RED, "align": "center",
                     "text_wrap": True, "bottom": 5, "bottom_color": RED},
    "field": {**_BOX, "font_name": HEI, "bg_color": HEAD, "align": "center"},
    "answer": {**_BOX, "font_size": 12, "text_wrap": True, "indent": 1, "locked": False},
    "as text": {"num_format": "@"},
    "hint": {**_BOX, "font_size": 9, "font_color": MUTED, "text_wrap": True, "indent": 1},
    # last year, for reference only
    "last": {**_FAINT_BOX, "align": "center", "font_color": MUTED, "bg_color": "#F7F7F7", "text_wrap": True},
    "last label": {**_FAINT_BOX, "font_color": MUTED, "bg_color": "#EEEEEE", "text_wrap": True},
    # samples of what conditional formats show
    "sample": {**_BOX, "align": "center"},
    "blank sample": {"bg_color": BLANK},
    "passed sample": {"font_color": GREEN, "bg_color": GREEN_FILL},
    "broken sample": {"font_color": RED, "bold": True, "bg_color": RED_FILL},
    "pending sample": {"font_color": AMBER, "bg_color": AMBER_FILL},
    # conditional
    "if blank": {"bg_color": BLANK},
    "if words": {"font_color": RED, "bold": True, "bg_color": RED_FILL},
    "if passed": {"font_color": GREEN, "bg_color": GREEN_FILL},
    "if broken": {"font_color": RED, "bold": True, "bg_color": RED_FILL},
    "if pending": {"font_color": AMBER, "bg_color": AMBER_FILL},
    "if unsettled": {"font_color": MUTED, "italic": True, "num_format": "0;-0;"},  # a sum of nothing shows nothing
}  # fmt: skip


class Styles:
    """Formats by the names of their parts; later parts win. Each combination is made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[str, ...], Any] = {}

    def __call__(self, *parts: str) -> Any:
        made = self._made.get(parts)
        if made is None:
            properties = {} if parts[0].startswith("if ") else dict(_BASE)
            for part in parts:
                properties |= _PARTS[part]
            made = self._book.add_format(properties)
            self._made[parts] = made
        return made
