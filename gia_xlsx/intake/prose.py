"""From the lines that are no table to paragraphs with their headings, word for word; and what stands around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gia_xlsx.intake.rows import Row
from gia_xlsx.intake.source import Origin
from gia_xlsx.narrative import escape
from gia_xlsx.report import Paragraph
from gia_xlsx.width import measure

_RUN_IN = 36  # characters of a heading that its text follows on the same line
_ALONE = 45  # of one on a line of its own
_BARE = 20  # of one without a number
_MOST = 30_000  # characters of one paragraph; a cell of a workbook holds 32,767
_NUMBER = re.compile(
    r"(?:[（(]\s*(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s*[)）]\s*[、.．]?|[一二三四五六七八九十]{1,3}\s*[、.．]|\d{1,2}\s*(?:[、．]|\.(?!\d))|第[一二三四五六七八九十][、，])"
)
_HEAD = re.compile(rf"{_NUMBER.pattern}[^。：:；;！？!?]{{1,{_RUN_IN}}}(?:。|[：:](?!//))")
_ENDS = "。：:；;！!？?，,、.…"
_STOPS = "。；！？"
_NARROWEST, _WIDEST = 50, 160  # columns of a text that breaks its paragraphs
_RAGGED = 3  # columns that a full line may fall short, for no line begins with a full stop
_ENOUGH = 5  # full lines, to believe it
_BRACES = re.compile(r"[{}｛｝]")


@dataclass(frozen=True, slots=True)
class Text:
    """A line of running text: its words, its row, and what set its beginning apart."""

    words: str
    row: int
    origin: Origin
    lead: int = 0
    level: int = 0
    path: tuple[int, ...] = ()
    indented: bool = False


def texts(row: Row, number: int) -> Iterator[Text]:
    """The lines of text that a row holds: itself, or those of its one cell."""
    if row.line is not None:
        line = row.line
        before = len(line.text) - len(line.text.lstrip())
        words = line.text.strip()
        if row.division == "bars" and sum(bool(piece.text) for piece in row.pieces) == 1:
            words = row.text
        if words:
            yield Text(words, number, line.origin, max(0, line.lead - before), line.level, line.path, before > 0)
        return
    for piece in row.pieces:
        for words in filter(None, map(str.strip, piece.text.split("\n"))):
            yield Text(words, number, piece.origin)


def joined(lines: Sequence[Text], width: int) -> list[Text]:
    """Lines of a text that breaks its paragraphs at a width, put together again."""
    found: list[Text] = []
    full = False
    for line in lines:
        if full and not line.indented and not _NUMBER.match(line.words):
            found[-1] = replace(found[-1], words=found[-1].words + line.words)
        else:
            found.append(line)
        full = measure(line.words) + 2 * line.indented >= width - _RAGGED and line.words[-1] not in _STOPS
    return found


def line_width(lines: Sequence[Text]) -> int:
    """The width at which a text breaks its paragraphs; 0 if it gives each a line of its own."""
    widths = [measure(line.words) + 2 * line.indented for line in lines]
    widest = max(widths, default=0)
    full = [line for line, width in zip(lines, widths, strict=True) if width >= widest - _RAGGED]
    broken = sum(line.words[-1] not in _STOPS for line in full)
    return widest if _NARROWEST <= widest <= _WIDEST and len(full) >= _ENOUGH and 2 * broken > len(full) else 0


def paragraphs(section: str, lines: Sequence[Text]) -> list[tuple[Paragraph, Origin]]:
    """The paragraphs of a section. A heading on a line of its own goes with the text that follows it."""
    found: list[tuple[Paragraph, Origin]] = []
    waiting: Text | None = None
    for n, line in enumerate(lines):
        following = lines[n + 1] if n + 1 < len(lines) else None
        if waiting is not None:
            found.append(_paragraph(section, waiting.words, line.words, waiting.origin))
            waiting = None
            continue
        cut = _run_in(line)
        if cut:
            found.append(_paragraph(section, line.words[:cut], line.words[cut:].strip(), line.origin))
        elif _is_heading(line, following):
            if line.words[-1] not in "。：:" and following is not None and _is_text(following):
                waiting = line
            else:
                found.append(_paragraph(section, line.words, "", line.origin))
        else:
            found.append(_paragraph(section, "", line.words, line.origin))
    return [part for paragraph, origin in found for part in _in_cells(paragraph, origin)]


def _run_in(line: Text) -> int:
    """How long a heading is that runs into its text; 0 if there is none."""
    if 0 < line.lead < len(line.words):
        lead = line.words[: line.lead].rstrip()
        rest = line.words[line.lead :].lstrip()
        if len(lead) <= _ALONE and lead[-1:] in "。：:" and rest:
            return len(lead)
        if rest[:1] in ("。", "：", ":") and len(rest) > 1 and len(lead) < _ALONE and _NUMBER.match(lead):
            return line.words.index(rest, len(lead)) + 1
    head = _HEAD.match(line.words)
    return head.end() if head and head.end() < len(line.words) else 0


def _is_heading(line: Text, following: Text | None) -> bool:
    words = line.words
    if _NUMBER.match(words):
        return (
            len(words) <= _ALONE and not any(mark in words[:-1] for mark in "。；;！？") and words[-1] not in "；;，,、"
        )
    if len(words) > _BARE or any(mark in words for mark in _ENDS) or following is None:
        return False
    return bool(line.level) or (line.lead == 0 and _is_text(following) and "。" in following.words)


def _is_text(line: Text) -> bool:
    return not _run_in(line) and not _NUMBER.match(line.words)


def _paragraph(section: str, heading: str, text: str, origin: Origin) -> tuple[Paragraph, Origin]:
    """A paragraph whose braces are words; a heading may hold none, so that one which does is text."""
    if _BRACES.search(heading):
        heading, text = "", heading + text
    return Paragraph(section, heading, text), origin


def _in_cells(paragraph: Paragraph, origin: Origin) -> Iterator[tuple[Paragraph, Origin]]:
    """A paragraph with its braces escaped, cut at a full stop where it is longer than a cell may be."""
    rest = paragraph.text
    while len(escape(rest)) > _MOST:
        end = _MOST
        while len(escape(rest[:end])) > _MOST:
            end //= 2
        end = rest.rfind("。", 0, end) + 1 or end
        yield replace(paragraph, text=escape(rest[:end])), origin
        paragraph, rest = replace(paragraph, heading=""), rest[end:]
    yield replace(paragraph, text=escape(rest)), origin
