"""PDFs of published reports: every figure in its row and column, every paragraph whole, and none can do harm."""

from __future__ import annotations

import time
import zlib
from collections import Counter
from pathlib import Path

import pytest

from gia_xlsx.errors import GiaError
from gia_xlsx.intake import pdf
from gia_xlsx.intake.pdf import read_pdf
from gia_xlsx.intake.recognise import recognise
from gia_xlsx.intake.source import Cell, Line, Source, Table
from gia_xlsx.publish import Edition, rendered
from gia_xlsx.publish.document import document
from gia_xlsx.report import Report
from tests.damage import soffice
from tests.pdfs import MARGIN, SMALL, Pen, raw_pdf, report_pdf, scan_pdf
from tests.seeds import load_seed

CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"


def squeezed(text: str) -> str:
    return "".join(text.split())


def lines(source: Source) -> list[str]:
    return [block.text for block in source.blocks if isinstance(block, Line)]


def pieces(source: Source, width: int) -> list[tuple[Cell, int]]:
    """The cells of all pieces that have so many columns, with their rows counted over the pieces."""
    found, first = [], 0
    for table in source.tables:
        if table.width == width:
            found += [(cell, first + n) for n, row in enumerate(table.rows) for cell in row]
            first += len(table.rows)
    return found


def assert_holds(source: Source, report: Report) -> None:
    """Each box of each table at its place, and each paragraph word for word; a label may go on overleaf."""
    doc = document(report, True)
    for part in doc.parts:
        if part.table:
            cells = {(row, cell.left): cell for cell, row in pieces(source, part.table.shape.width)}
            for printed in part.table.boxes:
                cell = cells[printed.box.top, printed.box.left]
                assert squeezed(cell.text) == squeezed(printed.text)
                assert cell.width == printed.box.width
    assert_says(source, report)


def assert_says(source: Source, report: Report) -> None:
    """The title, each heading and each paragraph, word for word."""
    doc = document(report, True)
    found = Counter(map(squeezed, lines(source)))
    texts = [doc.title, *(part.heading for part in doc.parts if part.heading)]
    texts += [line.lead + line.text for part in doc.parts for line in part.lines]
    for text in texts:
        assert found[squeezed(text)] >= 1, text


UPRIGHT = [(seed, {"landscape": landscape}) for seed in ("000", "002", "003", "004") for landscape in (False, True)]
TURNED = [("003", {"landscape": True, "rotate": rotate}) for rotate in (90, 180, 270)]


@pytest.mark.parametrize(("seed", "shape"), [*UPRIGHT, *TURNED], ids=str)
def test_a_report_with_ruled_tables_over_several_pages(seed: str, shape: dict[str, int]) -> None:
    report = load_seed(seed)
    source = read_pdf(report_pdf(report, running_head="政府信息公开", **shape), "年报.pdf")  # type: ignore[arg-type]
    assert source.kind == "PDF"
    assert source.meta["organ"] == report.organ
    assert_holds(source, report)
    pages = range(1, source.furniture[-1][1].page + 1)
    told = [(text, origin.page) for text, origin in source.furniture]
    assert told == [one for page in pages for one in (("政府信息公开", page), (f"— {page} —", page))]


def test_places_are_counted_over_the_document() -> None:
    source = read_pdf(report_pdf(load_seed("003")), "年报.pdf")
    numbers = [block.origin.line for block in source.blocks if isinstance(block, Line)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [table.origin.table for table in source.tables] == list(range(1, len(source.tables) + 1))
    cell = source.tables[0].rows[1][2]
    assert (cell.text, str(cell.origin)) == ("本年废止件数", f"第{cell.origin.page}页第1张表第2行第3格")


def test_columns_without_rules_keep_their_places() -> None:
    report = load_seed("003")
    source = read_pdf(report_pdf(report, ruled=False), "年报.pdf")
    assert not source.tables
    aligned = [block.text for block in source.blocks if isinstance(block, Line) and block.aligned]
    row = next(line for line in aligned if line.startswith("一、本年新收"))
    assert row.split() == ["一、本年新收政府信息公开申请数量", *["0"] * 7]
    other = next(line for line in aligned if "2.重复申请" in line)
    assert [n for n, c in enumerate(row[::-1]) if c == "0"] == [n for n, c in enumerate(other[::-1]) if c == "0"]
    assert ["行政处罚", "8"] in [line.split() for line in aligned]  # alone at the top of a page or not
    doc = document(report, True)
    for part in doc.parts:
        for line in part.lines:
            assert squeezed(line.lead + line.text) in map(squeezed, lines(source))


def test_a_word_file_printed_by_libreoffice(tmp_path: Path) -> None:
    seeds = ("000", "002", "003", "004")
    files = [tmp_path / f"{seed}.docx" for seed in seeds]
    for seed, file in zip(seeds, files, strict=True):
        file.write_bytes(rendered(Edition(load_seed(seed), True), "docx"))
    folder = soffice("pdf", *files)
    for seed in seeds:
        source = read_pdf((folder / f"{seed}.pdf").read_bytes(), "年报.pdf")
        report = load_seed(seed)
        assert_says(source, report)
        read = recognise(source).report  # table three goes on overleaf, its heads repeated
        assert {key: fact.value for key, fact in read.facts.items()} == {k: f.value for k, f in report.facts.items()}
        assert {"草稿 未经审核，不得公开", "— 1 —"} <= {text for text, _ in source.furniture}
    leads = [block.text[: block.lead] for block in source.blocks if isinstance(block, Line) and block.lead]
    paragraphs = [line for part in document(load_seed(seed), True).parts for line in part.lines]
    assert leads == [squeezed(line.lead) for line in paragraphs if line.lead and line.text]


def pen() -> Pen:
    made = Pen(page_numbers=False)
    made.start()
    return made


def grid(made: Pen, *texts: tuple[float, float, str], right: float = 200, bottom: float = 640) -> Table:
    """A table of two columns and two rows with words at places of the page, and what is read."""
    made.canvas.grid([100, 150, right], [700, 670, bottom])
    for x, y, text in texts:
        made.text(x, y, text, SMALL)
    made.text(100, 500, "以上数据截至本年度末，另有说明的除外。", SMALL)
    (table,) = read_pdf(made.finish(), "年报.pdf").tables
    return table


def words(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_a_number_broken_over_lines_is_one_number_and_latin_words_are_two() -> None:
    table = grid(
        pen(), (102, 690, "102"), (102, 680, "4"), (152, 690, "annual"), (152, 680, "report"), (102, 660, "总"),
        (102, 650, "计"),
    )  # fmt: skip
    assert words(table) == [["1024", "annual report"], ["总计", ""]]


def test_rotated_labels_read_the_way_they_run() -> None:
    made = pen()
    for angle, x, y in ((90, 120, 672), (-90, 170, 698)):
        made.canvas.saveState()
        made.canvas.translate(x, y)
        made.canvas.rotate(angle)
        made.text(0, 0, "结果", SMALL)
        made.canvas.restoreState()
    assert words(grid(made, (102, 650, "0")))[0] == ["结果", "结果"]


def test_dashed_and_thin_filled_rules_and_open_sides_are_a_table() -> None:
    made = pen()
    for y in (700, 670, 640):
        made.canvas.rect(100, y, 200, 0.5, stroke=0, fill=1)
    made.canvas.setDash(3, 2)
    for x in (150, 200):
        made.canvas.line(x, 700, x, 640)
    for n, text in enumerate("甲乙丙"):
        made.text(110 + 50 * n, 680, text, SMALL)
        made.text(110 + 50 * n, 650, str(n), SMALL)
    made.text(100, 500, "以上数据截至本年度末，另有说明的除外。", SMALL)
    (table,) = read_pdf(made.finish(), "年报.pdf").tables
    assert words(table) == [["甲", "乙", "丙"], ["0", "1", "2"]]


def test_a_border_round_the_page_or_round_text_is_no_table() -> None:
    made = pen()
    made.canvas.rect(40, 40, 515, 762)
    made.canvas.rect(60, 700, 475, 90)
    made.paragraph("本报告由办公室编制，数据统计期限为本年度全年，电子版可在门户网站下载，欢迎查阅。" * 3, indent=2)
    source = read_pdf(made.finish(), "年报.pdf")
    assert not source.tables
    assert len(lines(source)) == 1


def test_a_row_alone_at_the_end_of_a_page_belongs_to_the_table_overleaf() -> None:
    made = pen()
    made.canvas.rect(100, 72, 300, 20)
    made.text(110, 78, "第二十条第（一）项", SMALL)
    made.turn()
    made.canvas.grid([100, 200, 400], [770, 750, 730])
    for x, y, text in ((110, 755, "规章"), (210, 755, "3"), (110, 735, "行政规范性文件"), (210, 735, "4")):
        made.text(x, y, text, SMALL)
    source = read_pdf(made.finish(), "年报.pdf")
    first, second = source.tables
    assert [(cell.text, cell.width) for cell in first.rows[0]] == [("第二十条第（一）项", 2)]
    assert words(second) == [["规章", "3"], ["行政规范性文件", "4"]]


def test_what_is_printed_twice_is_bold() -> None:
    made = pen()
    for aside in (0, 0.4):
        made.text(MARGIN + aside, 700, "（一）主动公开。", 14)
    made.text(MARGIN + 14 * 8, 700, "全年公开信息一百条，均按时限办理。", 14)
    (line,) = read_pdf(made.finish(), "年报.pdf").blocks
    assert isinstance(line, Line)
    assert (line.text[: line.lead], line.text[line.lead :]) == (
        "（一）主动公开。",
        "全年公开信息一百条，均按时限办理。",
    )


def test_a_watermark_is_furniture() -> None:
    made = pen()
    made.canvas.saveState()
    made.canvas.translate(150, 300)
    made.canvas.rotate(45)
    made.canvas.setFillGray(0.8)
    made.text(0, 0, "内部资料", 60)
    made.canvas.restoreState()
    made.paragraph("本报告由办公室编制，数据统计期限为本年度全年，电子版可在门户网站下载，欢迎查阅。" * 9, indent=2)
    source = read_pdf(made.finish(), "年报.pdf")
    assert [text for text, _ in source.furniture] == ["内部资料"]
    assert len(lines(source)) == 1


@pytest.mark.parametrize("number", ["- {} -", "第 {} 页", "第{}页 共 2 页", "{}/2", "{}"])
def test_page_numbers_are_furniture_and_the_paragraph_goes_on(number: str) -> None:
    made = pen()
    text = "本报告由办公室编制，数据统计期限为本年度全年，电子版可在门户网站下载，欢迎查阅。" * 28
    made.paragraph(text, indent=2)
    made.text(280, 50, number.format(2), SMALL)
    source = read_pdf(made.finish(), "年报.pdf")
    assert lines(source) == [text]
    assert source.furniture[0][0] == number.format(2)


def test_latin_words_and_addresses_in_a_paragraph() -> None:
    made = pen()
    made.line(MARGIN, "见本机关门户网站（http://www.example.gov.cn/zwgk/xxgk/202", 14)
    made.line(MARGIN, "4）。", 14)
    made.line(MARGIN, "另见 Annual Report 一文", 14)
    source = read_pdf(made.finish(), "年报.pdf")
    assert lines(source)[0].endswith("xxgk/2024）。")
    assert lines(source)[1] == "另见 Annual Report 一文"


REFUSED = {
    "a scan": (scan_pdf, "没有文字，是扫描件"),
    "a scan without page numbers": (lambda: scan_pdf(page_numbers=False), "没有文字，是扫描件"),
    "nothing on the page": (lambda: pen().finish(), "没有文字"),
    "a password": (lambda: report_pdf(load_seed("003"), password="secret"), "打开密码"),
    "cut off": (lambda: report_pdf(load_seed("003"))[:9_000], "已损坏或不完整"),
    "garbage": (lambda: b"%PDF-1.7\n" + bytes(range(256)) * 40, "已损坏"),
    "empty": (lambda: b"", "已损坏"),
    "a loop of pages": (lambda: raw_pdf(CATALOGUE, b"<</Type/Pages/Count 1/Kids[2 0 R]>>"), "已损坏"),
    "ten thousand pages": (
        lambda: raw_pdf(
            CATALOGUE,
            b"<</Type/Pages/Count 10000/MediaBox[0 0 9 9]/Kids[%s]>>" % b" ".join([b"3 0 R"] * 10_000),
            b"<</Type/Page/Parent 2 0 R>>",
        ),
        "已损坏|没有文字",  # one page many times is one page
    ),
    "ten thousand pages of their own": (
        lambda: raw_pdf(
            CATALOGUE,
            b"<</Type/Pages/Count 9999/MediaBox[0 0 9 9]/Kids[%s]>>"
            % b" ".join(b"%d 0 R" % n for n in range(3, 10_002)),
            *[b"<</Type/Page/Parent 2 0 R>>"] * 9_999,
        ),
        "超过 200 页",
    ),
    "a form that draws itself": (
        lambda: raw_pdf(
            CATALOGUE,
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources 5 0 R>>",
            b"<</Length 5>>\nstream\n/F Do\nendstream",
            b"<</XObject<</F 6 0 R>>>>",
            b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources 5 0 R/Length 5>>\nstream\n/F Do\nendstream",
        ),
        "已损坏|没有文字|上限",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_one_sentence(case: str) -> None:
    make, sentence = REFUSED[case]
    start = time.monotonic()
    with pytest.raises(GiaError, match=sentence) as refused:
        read_pdf(make(), "年报.pdf")
    assert str(refused.value).startswith("年报.pdf：")
    assert "\n" not in str(refused.value)
    assert time.monotonic() - start < 20


def page_with(content: bytes, more: bytes = b"") -> bytes:
    return raw_pdf(
        CATALOGUE,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), more, content),
    )


def test_a_stream_that_unpacks_to_gigabytes_is_refused() -> None:
    squeezer = zlib.compressobj(1)
    blank = bytes(10 << 20)
    bomb = b"".join([*(squeezer.compress(blank) for _ in range(90)), squeezer.flush()])
    with pytest.raises(GiaError, match=r"已损坏|上限"):
        read_pdf(page_with(bomb, b"/Filter/FlateDecode"), "年报.pdf")


def test_a_page_that_never_ends_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "SECONDS", 3)
    with pytest.raises(GiaError, match="超过上限"):
        read_pdf(page_with(zlib.compress(b"0 0 m 9 9 l S " * 2_000_000), b"/Filter/FlateDecode"), "年报.pdf")


def test_characters_without_a_meaning_are_told() -> None:
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType2"
    )
    font += b"/BaseFont/X/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>"
    content = b"BT /F 12 Tf 72 700 Td <%s> Tj ET" % b"".join(b"%04x" % n for n in range(500, 530))
    data = raw_pdf(
        CATALOGUE,
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content),
        font,
    )
    with pytest.raises(GiaError, match="没有对应的文字编码"):
        read_pdf(data, "年报.pdf")
