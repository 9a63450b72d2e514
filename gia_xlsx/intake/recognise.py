"""The recogniser: from the rows of any source to a report. It knows the forms, and nothing of files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile

from gia_xlsx.errors import GiaError
from gia_xlsx.form import Cell, Form, Section
from gia_xlsx.intake.clean import clean
from gia_xlsx.intake.frame import Frame, is_date, is_furniture, is_title, read_head, read_tail
from gia_xlsx.intake.headings import Heading, find_headings, parted, second_start
from gia_xlsx.intake.identity import Identity, identify, most_named, scope_of
from gia_xlsx.intake.imported import Imported, Note, Unplaced
from gia_xlsx.intake.notes import notes
from gia_xlsx.intake.prose import Text, joined, line_width, paragraphs, texts
from gia_xlsx.intake.rows import Row, rows
from gia_xlsx.intake.source import Origin, Source
from gia_xlsx.intake.tables import MADE_UP, Reading, read_table
from gia_xlsx.intake.unlabelled import read_unlabelled
from gia_xlsx.intake.whatis import is_old
from gia_xlsx.intake.which_form import form_of, newest_form
from gia_xlsx.likeness import plain
from gia_xlsx.numerals import read_number, squeeze
from gia_xlsx.report import Cover, Fact, Flaw, Paragraph, Report

_FURNITURE = "页面杂项"
MOST_ROWS = 12_000  # a report with one cell a line has 400, a whole page some thousands
_NEARLY = 0.8  # of the cells of a table, to take it for ours wherever it stands
_LONG = 60  # characters that no cell of a table of figures has
_ENOUGH = 4  # headings that make a report of a text without tables


@dataclass
class _Findings:
    """What was found of one source on the way to a report."""

    source: Source
    rows: list[Row]
    form: Form
    headings: Mapping[str, Heading]
    readings: Mapping[str, Reading]
    frame: Frame = field(default_factory=Frame)
    paragraphs: list[tuple[Paragraph, Origin]] = field(default_factory=list)
    unplaced: list[Unplaced] = field(default_factory=list)

    @property
    def used(self) -> set[int]:
        return {number for reading in self.readings.values() for number in reading.used}


def recognise(source: Source) -> Imported | None:
    """The report that a source holds; None if neither a table nor four of the section headings can be found.

    Raises GiaError for a source of far more rows than a report.
    """
    source = clean(source)
    everything = rows(source)
    if len(everything) > MOST_ROWS:
        raise GiaError(f"{source.name}：共有 {len(everything)} 行，远超一份年度报告，不予读取；请只保留报告正文。")
    listed = [row for row in everything if row.line is None or not is_furniture(row.text)]
    headings = find_headings(listed, newest_form())
    form = form_of(listed)
    listed, again = _first_report(listed, form, headings)
    readings = {table.key: _read(listed, headings, form, table) for table in form.tables}
    readings |= _elsewhere(listed, form, readings)
    if not any(reading.cells for reading in readings.values()) and (
        len(headings) < _ENOUGH or is_old("\n".join(squeeze(row.text) for row in listed))
    ):
        return None
    found = _Findings(source, listed, form, headings, readings)
    found.unplaced += again
    found.frame.furniture += [
        line for row in everything if row.line and is_furniture(row.text) for line in texts(row, 0)
    ]
    _narrate(found)
    return _report(found)


def _first_report(listed: list[Row], form: Form, headings: Mapping[str, Heading]) -> tuple[list[Row], list[Unplaced]]:
    """The rows of the first of several reports in one source, and what there is to say of the next."""
    last = max((heading.row for heading in headings.values()), default=len(listed))
    start = second_start(listed, form, last)
    if start is None:
        return listed, []
    between = range(last + 1, start)
    dated = (number + 1 for number in between if is_date(listed[number].text))
    titled = (number for number in between if is_title(listed[number].text))
    start = next(dated, None) or next(titled, start)
    why = "还有一份报告，没有读取；请把每份报告存为单独的文件再导入"
    return listed[:start], [Unplaced(listed[start].text, listed[start].origin, why)]


# --- tables -------------------------------------------------------------------------------------------------------


def _read(listed: Sequence[Row], headings: Mapping[str, Heading], form: Form, table: Section) -> Reading:
    """One table from its region: behind its own heading, or that of the nearest section before it, up to the next."""
    order = [section.key for section in form.sections]
    here = order.index(table.key)
    start = max((headings[key].row + 1 for key in order[: here + 1] if key in headings), default=0)
    end = min((headings[key].row for key in order[here + 1 :] if key in headings), default=len(listed))
    return _read_region(listed[start:end], start, table)


def _read_region(region: Sequence[Row], start: int, table: Section) -> Reading:
    labelled = any(line.label for block in table.blocks for line in block.rows.lines)
    return read_table(region, start, table) if labelled else read_unlabelled(region, start, table)


def _elsewhere(listed: Sequence[Row], form: Form, readings: Mapping[str, Reading]) -> dict[str, Reading]:
    """Tables that are not behind their own heading, but whole among the rows that no table has taken up."""
    found: dict[str, Reading] = {}
    used = {number for reading in readings.values() for number in reading.used}
    for table in (*form.tables, *form.tables):  # one that is found clears the view for those that were not
        if readings[table.key].cells or table.key in found:
            continue
        left = [replace(row, pieces=()) if number in used else row for number, row in enumerate(listed)]
        reading = _read_region(left, 0, table)
        if len(reading.cells) >= _NEARLY * len(table.keys):
            reading.moved = True
            found[table.key] = reading
            used |= reading.used
    return found


# --- text ---------------------------------------------------------------------------------------------------------


def _narrate(found: _Findings) -> None:
    """Everything that is no table: to its section, to the frame, to the furniture, or to what is left over."""
    spans = list(_spans(found))
    container = _container(found)
    used = found.used
    taken: dict[str, list[Text]] = {}
    for key, start, end in spans:
        lines: list[Text] = []
        heading = found.headings.get(key)
        if heading is not None and heading.rest:
            lines.append(Text(heading.rest, heading.row, found.rows[heading.row].origin))
        for number in range(start, end):
            if number not in used:
                lines += _lines(found, number, key, container)
        taken[key] = lines
    if any(row.line and row.line.aligned for row in found.rows):
        width = line_width([line for lines in taken.values() for line in lines])
        taken = {key: joined(lines, width) if width else lines for key, lines in taken.items()}
    titles = [heading.text for heading in found.headings.values()]
    year = most_named(line.words for lines in taken.values() for line in lines)
    read_head(taken.pop("", []), found.frame, titles, container, found.source.meta.get("title", ""), year)
    last = spans[-1][0] if spans else ""
    if last in taken:
        body = 1 if last == "other" or not found.form.by_key[last].is_table else 0
        taken[last] = read_tail(taken[last], found.frame, container, body)
    found.paragraphs += paragraphs("preface", found.frame.preface)
    for key, lines in taken.items():
        section = found.form.by_key[key]
        said = [section.heading, found.headings[key].text] if section.is_table and key in found.headings else []
        captions = {parted(heading)[0] for heading in said}  # a table may repeat the heading as its caption
        kept: list[Text] = []
        for line in lines:
            (found.frame.furniture if parted(line.words)[0] in captions else kept).append(line)
        found.paragraphs += paragraphs(key, kept)
    found.unplaced += [Unplaced(line.words, line.origin, _FURNITURE, furniture=True) for line in found.frame.furniture]
    found.unplaced += [Unplaced(text, origin, _FURNITURE, furniture=True) for text, origin in found.source.furniture]


def _spans(found: _Findings) -> Iterator[tuple[str, int, int]]:
    """Each section with the rows that are its own, the head of the page first, under ''."""
    begins = sorted((heading.row, key) for key, heading in found.headings.items())
    first = min((row for row, _ in begins), default=min(found.used, default=len(found.rows)))
    yield "", 0, first
    if not begins:
        yield "other", first, len(found.rows)
    for n, (row, key) in enumerate(begins):
        yield key, row + 1, begins[n + 1][0] if n + 1 < len(begins) else len(found.rows)


def _container(found: _Findings) -> tuple[int, ...]:
    """The innermost part of a page that holds all headings and tables of the report."""
    blocks = {found.rows[number].block for number in found.used}
    blocks |= {found.rows[heading.row].block for heading in found.headings.values()}
    paths = [found.source.blocks[block].path for block in blocks]
    common = takewhile(lambda level: len(set(level)) == 1, zip(*paths, strict=False))
    return tuple(level[0] for level in common)


def _lines(found: _Findings, number: int, section: str, container: tuple[int, ...]) -> Iterable[Text]:
    """The text of a row; a row of a table that is none of ours is left over, or furniture outside of the report."""
    row = found.rows[number]
    told = [piece for piece in row.pieces if piece.text]
    sentence = row.line is not None and ("。" in row.line.text or any(len(piece.text) > _LONG for piece in told))
    if row.division == "spaces" or len(told) == 1 or sentence:
        return texts(row, number)
    if told and not all(MADE_UP.match(piece.text) for piece in told):
        path = found.source.blocks[row.block].path
        outside = section == "" or path[: len(container)] != container
        words_ = " | ".join(squeeze_lines(piece.text) for piece in told)
        why = _FURNITURE if outside else "不是年度报告的法定表格"
        found.unplaced.append(Unplaced(words_, told[0].origin, why, furniture=outside))
    return ()


def squeeze_lines(text: str) -> str:
    return " ".join(text.split())


# --- the report ---------------------------------------------------------------------------------------------------


def _report(found: _Findings) -> Imported:
    prose = [f"{paragraph.heading}{paragraph.text}" for paragraph, _ in found.paragraphs]
    around = [line.words for line in found.frame.furniture]
    who = identify(found.frame, prose, around, found.source.meta)
    cells = {key: stood for reading in found.readings.values() for key, stood in reading.cells.items()}
    facts = {key: _fact(cell, cells[key].raw if key in cells else None) for key, cell in found.form.cells.items()}
    report = Report(
        found.form,
        _cover(found, who),
        facts,
        tuple(paragraph for paragraph, _ in found.paragraphs),
        tuple(label for table in found.form.tables for label, _ in found.readings[table.key].labels),
        _own_headings(found),
    )
    for reading in found.readings.values():
        found.unplaced += [Unplaced(text, origin, why) for text, origin, why in reading.unplaced]
    origins = {key: stood.origin for key, stood in cells.items()}
    source_notes = [Note(message, origin) for message, origin in found.source.notes]
    return Imported(
        found.source.name,
        found.source.kind,
        report,
        origins,
        tuple(origin for _, origin in found.paragraphs),
        who.evidence,
        tuple(notes(source_notes, found.readings, set(found.headings), report, origins)),
        tuple(found.unplaced),
    )


def _fact(cell: Cell, raw: str | None) -> Fact:
    """A cell with the words that stood there; a plain number stands in a page as text, and is none the worse."""
    if raw is None:
        return Fact(cell.key, None, "", None, Flaw.BLANK)
    text = raw.strip()
    reading = read_number(int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else text, cell)
    return Fact(cell.key, reading.value, text, None, reading.flaw, reading.read_as)


def _cover(found: _Findings, who: Identity) -> Cover:
    standard = found.form.title.format(organ=who.organ, year=who.year or "")
    title = found.frame.title if plain(found.frame.title) != plain(standard) else ""
    return Cover(
        who.organ, who.type, who.year, scope_of(who.type), title, signature=found.frame.signature, date=found.frame.date
    )


def _own_headings(found: _Findings) -> dict[str, str]:
    """Headings that are not the official ones."""
    return {
        key: heading.text
        for key, heading in found.headings.items()
        if plain(heading.text) != plain(found.form.by_key[key].heading)
    }
