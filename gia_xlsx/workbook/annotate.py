"""The filer's own workbook with the review in it: cells tinted and commented, and the sheet 审核意见.

It is an operation on the package: parts that are not touched stay as they were, byte for byte, and what an earlier
review put in is taken out first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from gia_xlsx.diagnostic import Severity, Verdict
from gia_xlsx.errors import GiaError
from gia_xlsx.opinions import Opinion, cleaned, opinions
from gia_xlsx.report import Place, Report
from gia_xlsx.workbook.comments import Note, comment
from gia_xlsx.workbook.guard import Package, open_file
from gia_xlsx.workbook.layout import REVIEW_SHEET, a1
from gia_xlsx.workbook.looks import Looks
from gia_xlsx.workbook.parts import Parts
from gia_xlsx.workbook.review_sheet import HEAD_ROW, ReviewSheet
from gia_xlsx.workbook.sheet_xml import Spot, spot_of
from gia_xlsx.workbook.unannotate import OVER, earlier, record, unannotate
from gia_xlsx.workbook.workbook_xml import WorkbookXml

MOST_PLACES = 200  # of one opinion that are marked
MOST_NOTES = 10  # opinions that are told in the comment of one cell
_LONGEST_NOTE = 1_500  # characters of one opinion in a comment
_SUFFIXES = {
    "sheet.macroEnabled.main+xml": ".xlsm",
    "template.main+xml": ".xltx",
    "template.macroEnabled.main+xml": ".xltm",
}


def suffix_of(source: Path) -> str:
    """What the name of an annotated copy must end in: Excel opens macros and templates under no other name.

    Raises GiaError for a file that cannot be annotated.
    """
    parts = Parts(_opened(source))
    kind = parts.content_type(parts.workbook)
    return next((suffix for known, suffix in _SUFFIXES.items() if kind.endswith(known)), ".xlsx")


def annotate(source: Path, verdict: Verdict, report: Report) -> bytes:
    """The workbook of a report with every opinion of a verdict in it. The file itself is not changed.

    Raises GiaError for another kind of file than .xlsx and .xlsm, and for one whose XML is broken.
    """
    package = _opened(source)
    workbook = WorkbookXml(Parts(package))
    old = earlier(package)
    unannotate(workbook, old)
    part = workbook.worksheets().get(old.sheet) or workbook.add_sheet(REVIEW_SHEET)
    before = workbook.stylesheet.counts()
    marks = _Marks(workbook, old.sheet)
    for opinion in opinions(verdict):
        if not opinion.accepted:
            marks.collect(opinion)
    marks.apply()
    sheet = ReviewSheet(report, verdict, Looks(workbook.stylesheet), marks.seen, old.typed)
    data = sheet.xml(workbook.namespace, lambda: record(workbook.stylesheet, before))
    workbook.fill(part, data, HEAD_ROW)
    return workbook.parts.save()


def typed_in(source: Path) -> Mapping[str, tuple[str, str]]:
    """Reasons and answers by mark in an annotated copy; none in any other file."""
    try:
        return earlier(_opened(source)).typed
    except GiaError:
        return {}


def _opened(source: Path) -> Package:
    package = open_file(source)
    if package.kind != "xlsx":
        raise GiaError(
            f"{source.name}：只有 .xlsx 能标注审核意见，这是 .{package.kind}；"
            "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（*.xlsx）”后再审。"
        )
    return package


@dataclass
class _Marks:
    """The opinions on each cell, by the part of its sheet."""

    workbook: WorkbookXml
    old: str
    found: dict[str, dict[Spot, list[Opinion]]] = field(default_factory=dict)
    _looks: dict[Severity, int] = field(default_factory=dict)
    _seen: dict[Place, Place | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sheets: Mapping[str, str] = self.workbook.worksheets()

    def seen(self, place: Place) -> Place | None:
        """The cell of a place, or the next that is not hidden; None where there is no such sheet."""
        if place not in self._seen:
            self._seen[place] = self._find(place)
        return self._seen[place]

    def _find(self, place: Place) -> Place | None:
        part, spot = self._sheets.get(place.sheet, ""), spot_of(place.cell)
        if not part or spot is None or place.sheet == self.old:
            return None
        return Place(place.sheet, a1(*self.workbook.sheet(part).seen(spot)))

    def collect(self, opinion: Opinion) -> None:
        for place in opinion.found.places[:MOST_PLACES]:
            seen = self.seen(place)
            spot = spot_of(seen.cell) if seen else None
            if spot is not None:
                on_cell = self.found.setdefault(self._sheets[place.sheet], {}).setdefault(spot, [])
                if not on_cell or on_cell[-1] is not opinion:
                    on_cell.append(opinion)

    def apply(self) -> None:
        """Tint and comment the cells; where a conditional format lies over a tint, put the colour over that too."""
        for part, cells in self.found.items():
            sheet = self.workbook.sheet(part)
            self.workbook.parts.edit(part)
            covered: dict[Severity, list[Spot]] = {}
            for spot, on_cell in cells.items():
                gravest = min((opinion.found.severity for opinion in on_cell), key=list(Severity).index)
                style = self.workbook.stylesheet.tinted(sheet.style(spot), gravest)
                if style is not None:
                    sheet.cell(spot).set("s", str(style))
                    if sheet.under_conditions(spot):
                        covered.setdefault(gravest, []).append(spot)
            comment(self.workbook.parts, part, sheet, {spot: _notes(on_cell) for spot, on_cell in cells.items()})
            for severity, spots in covered.items():
                areas = " ".join(a1(*spot) for spot in sorted(spots))
                sheet.over_all(areas, OVER, self._highlight(severity))

    def _highlight(self, severity: Severity) -> int:
        if severity not in self._looks:
            self._looks[severity] = self.workbook.stylesheet.highlight(severity)
        return self._looks[severity]


def _notes(on_cell: Sequence[Opinion]) -> Iterator[Note]:
    yield from map(_note, on_cell[:MOST_NOTES])
    if len(on_cell) > MOST_NOTES:
        yield Note(f"还有 {len(on_cell) - MOST_NOTES} 条意见", f"见“{REVIEW_SHEET}”表。")


def _note(opinion: Opinion) -> Note:
    found = opinion.found
    said = [found.message, *([f"原文：{found.excerpt}"] if found.excerpt else []), f"改法：{found.hint}"]
    body = cleaned("\n".join(said))
    return Note(
        f"【{opinion.level}】{opinion.mark}（意见 {opinion.number}）",
        body if len(body) <= _LONGEST_NOTE else f"{body[:_LONGEST_NOTE]}…",
    )
