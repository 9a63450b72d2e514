"""The XML of Word files by local names: strict and transitional files differ in namespaces only."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


@lru_cache(1000)  # a file may make up names
def local(tag: str) -> str:
    return tag.rpartition("}")[2]


def name_of(element: Element) -> str:
    return local(element.tag)


def child_of(element: Element | None, *path: str) -> Element | None:
    for name in path:
        if element is None:
            return None
        for child in element:
            if local(child.tag) == name:
                element = child
                break
        else:
            return None
    return element


def value_of(element: Element | None, attribute: str = "val") -> str | None:
    if element is None:
        return None
    return next((str(text) for key, text in element.attrib.items() if local(str(key)) == attribute), None)


def number_of(element: Element | None, default: int, attribute: str = "val") -> int:
    text = value_of(element, attribute) or ""
    return int(text) if re.fullmatch(r"-?\d{1,9}", text) else default


def is_on(element: Element | None) -> bool | None:
    """A property that is on unless it says otherwise; None where nothing is said."""
    return None if element is None else value_of(element) not in ("0", "false", "off")
