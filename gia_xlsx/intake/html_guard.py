"""Before a page is parsed: refused if what it leaves open would keep the parser busy for minutes."""

from __future__ import annotations

import re

from gia_xlsx.errors import GiaError
from gia_xlsx.intake.flow import words

LARGEST_PAGE = 20_000_000  # bytes of UTF-8
MOST_TAGS = 200_000  # a report pasted from Word has 30,000
_MOST_STEPS = 200_000_000  # that the parser may take to look for what a tag closes
_MOST_COPIES = 500_000  # elements that the parser may add because a page leaves them open
WAY_OUT = "请在浏览器中打开，把报告正文复制到新的 Word 文件，另存为 .docx 后再试"
_TOKEN = re.compile(
    r"<(?:(/?)([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:\"[^\"]*+\"?|'[^']*+'?)?)*+)|!--.*?(?:-->|\Z))", re.DOTALL
)
_RAW = {
    tag: re.compile(f"</{tag}|\\Z", re.IGNORECASE) for tag in ("script", "style", "textarea", "title", "xmp", "iframe")
}
_ATTRIBUTE = re.compile(r"\s|/|[\"'](?=[^\s/>])")
_VOID = words("area base br col embed hr img input link meta param source track wbr")
_CLOSING = words("p li dt dd td th tr option")  # a second one closes the first
_FORMATTING = words("a b big code em font i nobr s small strike strong tt u")
_FENCES = words("table td th caption button object marquee applet template")
_MOST_ATTRIBUTES = 5_000
_FEW_TAGS = 5_000
_PLAIN_TAG = re.compile(r"[^<>\"']{1,1000}>")
_OPENS_FORMATTING = re.compile(rf"<(?:{'|'.join(sorted(_FORMATTING))})[\s/>]", re.IGNORECASE)


def _tag_length(part: str) -> int:
    """How long a tag is at most: up to its end, where no quotation mark could hide that."""
    plain = _PLAIN_TAG.match(part)
    return plain.end() if plain else len(part)


def _is_small(text: str) -> bool:
    """Whether a page has so few tags that nothing they leave open can cost much."""
    tags = text.count("<")
    left_open = len(_OPENS_FORMATTING.findall(text)) if tags < _FEW_TAGS else tags
    return tags * left_open < _MOST_COPIES and max(_tag_length(part) for part in text.split("<")) < _MOST_ATTRIBUTES


def prove_page(text: str, name: str) -> None:
    """Refuse a page that would keep the parser busy: it looks through what is open at almost every tag.

    What is open is judged from above: closing tags count only where they surely close something.
    """
    if len(text) > LARGEST_PAGE or len(text.encode("utf-8", "replace")) > LARGEST_PAGE:
        raise GiaError(f"{name}：网页超过 {LARGEST_PAGE // 1_000_000} MB，不像一份年度报告，不予读取；{WAY_OUT}。")
    if text.count("<") > MOST_TAGS:
        raise GiaError(f"{name}：网页里的标签超过 {MOST_TAGS} 个，远超一份年度报告，不予读取；{WAY_OUT}。")
    if _is_small(text):
        return
    rooms: list[list[str]] = [["html"]]  # open elements, a new list at each fence that the parser looks no further than
    steps = copies = formatting = options = 0
    at = 0
    while token := _TOKEN.search(text, at):
        at = token.end()
        slash, tag, rest = token.groups()
        if not tag:
            continue
        if len(rest) > _MOST_ATTRIBUTES and len(_ATTRIBUTE.findall(rest)) > _MOST_ATTRIBUTES:
            rest = re.sub(r"\"[^\"]*\"|'[^']*'", " ", rest)
            if len(_ATTRIBUTE.findall(rest)) > _MOST_ATTRIBUTES:
                raise GiaError(f"{name}：网页里有的标签带着几千个属性，可能是恶意文件，不予读取；{WAY_OUT}。")
        tag = tag.lower()
        room = rooms[-1]
        if tag in _RAW:
            if not slash and (end := _RAW[tag].search(text, at)):
                at = end.end()
        elif not slash:
            if tag in _FENCES and tag != room[-1]:
                rooms.append([tag])
            elif tag not in _VOID and not (tag in _CLOSING and tag == room[-1]):
                room.append(tag)
            formatting += tag in _FORMATTING
            options += tag == "option"
        elif room[-1] == tag or tag in room:
            place = len(room) - 1 if room[-1] == tag else len(room) - 1 - room[::-1].index(tag)
            del room[place]
            if place == 0 and len(rooms) > 1:
                rooms.pop()
                rooms[-1] += room
            formatting -= tag in _FORMATTING
        steps += len(room) + (options if tag == "option" else 0)  # all options are gone through at each
        copies += formatting
        if steps > _MOST_STEPS or copies > _MOST_COPIES:
            raise GiaError(f"{name}：网页的标签层层嵌套，远超一份年度报告，不予读取；{WAY_OUT}。")
