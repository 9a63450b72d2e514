"""The placeholders of a Word template, and which of them a template has lost, misspelt or put where they cannot stand.

``docs/word-template.zh.md`` tells an office the same. The names of sections are those of the workbook's sheets.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, NamedTuple

from gia_xlsx.errors import GiaError
from gia_xlsx.form import Form, form_names, load_form
from gia_xlsx.report import COVER_NAMES

FIELDS: Mapping[str, str] = {  # what may stand in any words, by its name: a field of the printed document
    "标题": "title",
    COVER_NAMES["organ"]: "organ",
    "年度": "year",
    COVER_NAMES["signature"]: "signature",
    COVER_NAMES["date"]: "date",
}
_FREE = ("organ", "year")  # a template may do without them
_PLACE = re.compile(r"[{｛]{2}([^{}｛｝]*)[}｝]{2}")
_HALF = re.compile(r"[{｛]{2}|[}｝]{2}")
_SPACE = re.compile(r"[\s\u3000]+")
_DOTS = re.compile("[.．。·・]+")
_LIKE = 0.6  # how alike a paragraph is to a placeholder that it was meant for
_QUOTED = 40  # characters of a paragraph that a message quotes


@dataclass(frozen=True, slots=True)
class Name:
    """A placeholder. Words go into ``field`` and ``heading``, the paragraphs of a section into ``text``, and its table
    into ``table``; ``what`` is a field of the printed document, or the key of a section."""

    name: str
    kind: Literal["field", "heading", "text", "table"]
    what: str

    @property
    def is_block(self) -> bool:
        """Whether it takes the place of its whole paragraph."""
        return self.kind in ("text", "table")

    def __str__(self) -> str:
        return f"{{{{{self.name}}}}}"


@cache
def names(form: Form) -> Mapping[str, Name]:
    """Every placeholder of a form by its name, in the order our own template has them."""
    found = [Name("标题", "field", "title")]
    for section in form.sections:
        short = section.sheet.partition("、")[2] or section.sheet
        if section.heading:
            found.append(Name(f"{short}.标题", "heading", section.key))
        found.append(Name(short, "text", section.key))
        if section.is_table:
            found.append(Name(f"{short}.表", "table", section.key))
    fields = [Name(name, "field", field) for name, field in FIELDS.items() if field != "title"]
    order = sorted(fields, key=lambda name: name.what in _FREE)
    return {name.name: name for name in (*found, *order)}


class Found(NamedTuple):
    """A placeholder in the words of a paragraph, from ``start`` to ``end``."""

    name: Name
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one paragraph and where it stands, like ``正文第 3 段``."""

    where: str
    text: str

    def __str__(self) -> str:
        text = self.text.strip()
        return f"{self.where}“{text if len(text) <= _QUOTED else text[:_QUOTED] + '…'}”"


class Reader:
    """Finds placeholders in the paragraphs of one template for reports of one form."""

    def __init__(self, called: str, form: Form) -> None:
        self.called, self.form = called, form
        # a template serves every form: what another one has is known, and stays empty here
        self.known = {**{k: v for other in form_names() for k, v in names(load_form(other)).items()}, **names(form)}

    def find(self, words: Words) -> tuple[Found, ...]:
        """The placeholders of a paragraph. Raises GiaError for a name that is none, or braces without their pair."""
        found = tuple(Found(self._named(match[1], words), *match.span()) for match in _PLACE.finditer(words.text))
        if _HALF.search(_PLACE.sub("", words.text)):
            near = self._nearest(words.text)
            raise GiaError(f"{self.called} {words}的花括号不成对；占位符应写作 {near}，两边各两个花括号。")
        return found

    def _named(self, written: str, words: Words) -> Name:
        name = _DOTS.sub(".", _SPACE.sub("", written))
        if name not in self.known:
            raise GiaError(
                f"{self.called} {words}里没有“{written.strip()[:_QUOTED]}”这个占位符；"
                f"最接近的是 {self._nearest(name)}，请改正。"
            )
        return self.known[name]

    def _nearest(self, text: str) -> Name:
        bare = re.sub(r"[\s{}｛｝]", "", text)[: 2 * _QUOTED]
        return self.known[difflib.get_close_matches(bare, self.known, 1, 0.0)[0]]

    def stand(self, words: Words, found: Sequence[Found], in_body: bool) -> None:
        """Prove that what takes a whole paragraph has one, in the body. Raises GiaError."""
        for one in found:
            alone = words.text.strip() == words.text[one.start : one.end]
            if one.name.is_block and not (in_body and alone):
                raise GiaError(
                    f"{self.called} {words}里的 {one.name} 代表整段内容；请让它在正文里单独成段，"
                    "不放在表格、文本框、页眉或别的文字中间。"
                )

    def prove(self, body: Sequence[tuple[Words, Sequence[Found]]]) -> None:
        """Prove that the body holds all that a report must have, each block once. Raises GiaError."""
        there = [(one.name, words) for words, found in body for one in found]
        first: dict[str, Words] = {}
        for name, words in there:
            if name.is_block and name.name in first:
                raise GiaError(f"{self.called} {words}又用了一次 {name}，它已在{first[name.name]}；请删去一处。")
            first.setdefault(name.name, words)
        for name in names(self.form).values():
            if name.name not in first and name.what not in _FREE:
                raise GiaError(f"{self.called} 缺少占位符 {name}；{self._where_to(name, first, body)}。")

    def _where_to(self, lost: Name, first: Mapping[str, Words], body: Sequence[tuple[Words, Sequence[Found]]]) -> str:
        """The paragraph that was meant, or the one after which the lost placeholder would stand in our own template."""
        for words in self._bare(body):
            bare = re.sub(r"[\s{}｛｝《》<>【】()（）]", "", words.text)[: 2 * _QUOTED]
            if bare == lost.name or difflib.SequenceMatcher(None, bare, lost.name, autojunk=False).ratio() > _LIKE:
                return f"{words}像是它，请改为 {lost}"
        order = list(names(self.form))
        before = next((first[name] for name in reversed(order[: order.index(lost.name)]) if name in first), None)
        return f"请在{before}之后单独一段写上它" if before else "请在正文开头单独一段写上它"

    @staticmethod
    def _bare(body: Sequence[tuple[Words, Sequence[Found]]]) -> Iterator[Words]:
        return (words for words, found in body if words.text.strip() and not found)
