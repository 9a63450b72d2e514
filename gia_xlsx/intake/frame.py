"""What stands around the text of a report: title, preface, signature and date, and the furniture of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from gia_xlsx.intake.prose import Text
from gia_xlsx.numerals import squeeze
from gia_xlsx.wordlists import wordlist

_LONGEST = 80  # characters of a line that may be furniture
_TITLE = re.compile(
    r"(?:政[府务])?信息公开(?:工作)?(?:的)?(?:20\d\d年?)?(?:年?度)?(?:工作)?(?:年?度)?(?:报告|年报)|政务公开工作年度报告"
)
_LONGEST_TITLE = 70
_SHORTEST = 10
_YEAR = r"(?:20\d\d|二[〇○零Oo0]二[〇○零一二三四五六七八九])"
_DATE = re.compile(
    r"[(\[]?(?:(?:20\d\d)年\d{1,2}月\d{1,2}日|20\d\d[-/.]\d{1,2}[-/.]\d{1,2}|二[〇○零OＯo0]二[〇○零一二三四五六七八九]年[元一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)[)\]]?$"
)
_DATE_AT_END = re.compile(r"(20\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*$")
_ORGAN = re.compile(
    r"(?:人民政府|办公室|办公厅|办事处|委员会|管委会|行政公署|政府|局|厅|委|部|署|院|中心|分局|支队|总队|大队|站|会|处)(?:\([^()]{1,30}\))?$"
)
_LONGEST_ORGAN = 40
_SENTENCE = re.compile("[。；！？]")
_PROSE = 40  # characters of a line that is prose, whatever its marks


@dataclass
class Frame:
    """What was found around the sections. ``furniture`` is left out of the report, and listed."""

    title: str = ""
    preface: list[Text] = field(default_factory=list)
    signature: str = ""
    date: str = ""
    furniture: list[Text] = field(default_factory=list)


@cache
def _patterns() -> Mapping[str, re.Pattern[str]]:
    lists = wordlist("furniture")
    wanted = {"anywhere": [*lists["sure"], *lists["anywhere"]], "before": lists["before"], "after": lists["after"]}
    return {where: re.compile("|".join(f"(?:{p})" for p in patterns)) for where, patterns in wanted.items()}


def is_furniture(words: str, where: str = "anywhere") -> bool:
    """Whether a line is furniture of a page. ``where``: anywhere, before the text, after it."""
    if len(words) > _LONGEST or words.rstrip().endswith(("。", "；", "！")):
        return False
    said = squeeze(words)
    return bool(_patterns()["anywhere"].match(said)) or (where != "anywhere" and bool(_patterns()[where].match(said)))


def is_date(words: str) -> bool:
    """Whether a line is a date and nothing else."""
    return bool(_DATE.match(squeeze(words)))


def is_title(words: str) -> bool:
    """Whether a line could be the title of such a report."""
    said = squeeze(words)
    return (
        len(said) <= _LONGEST_TITLE and bool(_TITLE.search(said)) and not _SENTENCE.search(words) and "《" not in said
    )


def read_head(
    lines: Sequence[Text],
    frame: Frame,
    headings: Iterable[str],
    container: tuple[int, ...],
    page: str = "",
    year: int | None = None,
) -> None:
    """What stands before the first section: furniture, title, and the preface after it.

    ``page`` is what the page calls itself, ``year`` that of which its text speaks most.
    """
    named = {squeeze(heading) for heading in headings}
    at = _title_at(lines, page, year)
    if at is not None:
        first, last = at
        frame.title = "".join(line.words for line in lines[first : last + 1])
        frame.furniture += lines[:first]
        lines = lines[last + 1 :]
    for line in lines:
        said = squeeze(line.words)
        listed = is_furniture(line.words, "before") or said.rstrip(".…·0123456789") in named or is_title(line.words)
        prose = bool(_SENTENCE.search(line.words)) or len(line.words) >= _PROSE or said.endswith((":", "："))
        if _DATE.match(said) and not frame.date and at is not None and line.words[:1] in "(（":
            frame.date = said.strip("()")
        elif listed or not prose or not _inside(line, container):
            frame.furniture.append(line)
        else:
            frame.preface.append(line)


def _title_at(lines: Sequence[Text], page: str, year: int | None) -> tuple[int, int] | None:
    """First and last line of the title, with the line of its organ and year before it.

    Of several lines that read like one: that which the page itself is called, that of the report's year, the last.
    """
    found = [n for n, line in enumerate(lines) if is_title(line.words) and not is_furniture(line.words, "after")]
    if not found:
        return None

    def rank(n: int) -> tuple[bool, bool, bool, int]:
        said = squeeze(lines[n].words)
        named = len(said) > _SHORTEST and squeeze(page).startswith(said)
        return named, year is not None and f"{year}年" in said, bool(re.search(_YEAR, said)), n

    last = max(found, key=rank)
    first = last
    if not re.match(rf".{{2,}}{_YEAR}", squeeze(lines[last].words)) and last:
        before = squeeze(lines[last - 1].words)
        short = len(before) <= _LONGEST_ORGAN and not _SENTENCE.search(before) and not is_furniture(before, "before")
        if short and (
            _ORGAN.search(before) or re.search(rf"{_YEAR}年?度?$", before) or before.endswith(("镇", "乡", "街道"))
        ):
            first -= 1
    return first, last


def _inside(line: Text, container: tuple[int, ...]) -> bool:
    return not line.path or line.path[: len(container)] == container


def read_tail(lines: Sequence[Text], frame: Frame, container: tuple[int, ...], body: int = 0) -> list[Text]:
    """The lines of the last section; signature and date after them, and the furniture of the page, go to the frame.

    ``body`` lines at least are not asked whether they sign the report.
    """
    kept: list[Text] = []
    for n, line in enumerate(lines):
        out = not _inside(line, container) and not (_DATE.match(squeeze(line.words)) or _signs(line.words))
        if out or (len(line.words) <= _LONGEST and is_furniture(line.words, "after")):
            ends = out or _ends(line.words)
            frame.furniture += lines[n:] if ends else [line]
            if ends:
                break
        else:
            kept.append(line)
    return _unsigned(kept, frame, body)


def _ends(words: str) -> bool:
    return not words.rstrip().endswith(("。", "；", "！")) and bool(_patterns()["after"].match(squeeze(words)))


def _unsigned(lines: list[Text], frame: Frame, body: int) -> list[Text]:
    """Take signature and date off the end."""
    at = next((n for n in range(len(lines) - 1, body - 1, -1) if _DATE.match(squeeze(lines[n].words))), None)
    if at is None:
        last = lines[-1].words if len(lines) > body else ""
        both = _DATE_AT_END.search(last)
        if both and len(last) <= _LONGEST_ORGAN + 16 and _signs(last[: both.start()].strip()):
            frame.signature, frame.date = last[: both.start()].strip(), squeeze(both[1])
            return lines[:-1]
        if len(lines) > max(body, 1) and _signs(last):
            frame.signature = last
            return lines[:-1]
        return lines
    rest = lines[at + 1 :]
    if any(_SENTENCE.search(line.words) for line in rest):
        return lines
    frame.date = squeeze(lines[at].words).strip("()[]")
    frame.furniture += rest
    if at > body and _signs(lines[at - 1].words):
        at -= 1
        frame.signature = lines[at].words
    return lines[:at]


def _signs(words: str) -> bool:
    """Whether a line could be the name of the organ that signs."""
    said = squeeze(words)
    return 3 < len(said) <= _LONGEST_ORGAN and bool(_ORGAN.search(said)) and not re.search("[。，,;；:：、]", words)
