"""The PDF: the figures and words of the report on pages after GB/T 9704-2012, tagged, and whole whatever was typed."""

from __future__ import annotations

import io
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, reduce
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from pdfminer.pdftypes import resolve1

from bench.filled import filled
from gia_xlsx import read_workbook
from gia_xlsx.errors import GiaError
from gia_xlsx.form import Key
from gia_xlsx.intake.recognise import recognise
from gia_xlsx.intake.sniff import read_source
from gia_xlsx.profile import Profile
from gia_xlsx.publish import Edition, fonts, rendered, typeset
from gia_xlsx.publish.document import Table, document
from gia_xlsx.report import Fact, Flaw, Paragraph, Place, Report
from gia_xlsx.resources import Looks, templates
from gia_xlsx.site import Site
from tests.clean import clean, edited
from tests.examples import FOLDER, example
from tests.seeds import SEEDS, load_seed
from tests.test_circle import figures, text

MM = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, (210 - 26) * MM, 37 * MM, (297 - 35) * MM
HARMLESS = 0.6  # points


@pytest.fixture(autouse=True)
def _shipped_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(fonts.WHERE, fonts.SHIPPED)


def pdf(report: Report, draft: bool = False, looks: Looks | None = None) -> Any:
    return pdfplumber.open(io.BytesIO(made(report, draft, looks)))


def made(report: Report, draft: bool = False, looks: Looks | None = None) -> bytes:
    return rendered(Edition(report, draft, looks or Looks()), "pdf")


@cache
def seed_pdf(seed: str) -> Any:
    return pdf(load_seed(seed))


def said(*texts: str, section: str = "overview") -> Report:
    """A clean report that says these paragraphs in one section, and nothing else."""
    return replace(clean(), paragraphs=tuple(Paragraph(section, "", it, Place("一、总体情况", "B4")) for it in texts))


def with_site(report: Report, site: Site) -> Report:
    return replace(report, profile=replace(Profile(), site=site))


def lines(page: Any) -> list[dict[str, Any]]:
    """The printed lines of a page but for its foot."""
    found = page.extract_text_lines(strip=True, return_chars=True)
    return [line for line in found if line["top"] < BOTTOM]


def right_end(char: dict[str, Any]) -> float:
    """Where the ink of a character ends: the right half of a full-width stop is blank, and may hang over."""
    return float(char["x1"]) - (char["size"] / 2 if char["text"] in "，。、；：？！）》”’" else 0)


def plain(words: str) -> str:
    return "".join(words.split())


def everything(document: Any) -> str:
    """All words but the numbers of the pages, as a second reader finds them."""
    pages = pypdfium2.PdfDocument(document.stream.getvalue())
    return plain("".join(re.sub(r"— \d+ —", "", page.get_textpage().get_text_range()) for page in pages))


# --- the figures and the words ------------------------------------------------------------------------------------


def printed_rows(table: Table) -> list[list[str]]:
    """For each row the texts of the boxes that begin in it."""
    return [[plain(it.text) for it in row] for row in table.rows]


@pytest.mark.parametrize("seed", SEEDS)
def test_each_table_shows_what_the_facts_say_cell_for_cell(seed: str) -> None:
    doc = document(load_seed(seed), False)
    assert shown_rows(seed_pdf(seed)) == [printed_rows(part.table) for part in doc.parts if part.table]


def shown_rows(document: Any) -> list[list[list[str]]]:
    """The same of every table; of one that goes on overleaf the head once, without its empty labels there."""
    tables: list[list[list[str]]] = []
    for piece in (table.extract() for page in document.pages for table in page.find_tables()):
        rows = [[plain(cell) for cell in row if cell is not None] for row in piece]
        head = next((n for n, row in enumerate(rows) if all(cell.isdecimal() for cell in row[-3:])), 0)
        if tables and rows[:head] == tables[-1][:head]:
            tables[-1] += [[cell for cell in row if cell] for row in rows[head:]]
        else:
            tables.append(rows)
    return tables


@pytest.mark.parametrize("seed", SEEDS)
def test_the_examples_come_back_from_our_own_pdf(seed: str) -> None:
    report = read_workbook(FOLDER / "examples" / example(seed))
    back = read_back(report)
    assert figures(back) == figures(report)
    assert text(back) == text(report)
    assert (back.form, back.organ, back.year) == (report.form, report.organ, report.year)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_random_figures_come_back_from_our_own_pdf(form: str) -> None:
    seed = load_seed("002" if form == "2019" else "003")
    report = replace(seed, facts=filled(seed.form, int(form)).facts, labels=())
    back = read_back(report)
    assert figures(back) == figures(report)
    assert (back.cover.signature, back.cover.date) == (report.cover.signature, report.cover.date)


def read_back(report: Report) -> Report:
    found = recognise(read_source(made(report, draft=True), "report.pdf"))
    assert found is not None
    return found.report


def test_what_looks_like_markup_is_printed_as_typed() -> None:
    typed = r'#panic("x") *粗* _斜_ $x^2$ `raw` \n "引" <b> @ref = // /* */ -- --- ... ~ [x] #include "/etc/passwd"'
    report = replace(said(typed), headings={"overview": "#sys.inputs *"})
    report = replace(report, cover=replace(report.cover, title="#title $ \\", signature="= 甲 *", date="_日_"))
    shown = everything(pdf(report))
    for words in (typed, "#sys.inputs *", "#title $ \\", "= 甲 *", "_日_"):
        assert plain(words) in shown


# --- the page after GB/T 9704-2012 --------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_all_that_is_printed_stands_within_the_margins(seed: str) -> None:
    for page in seed_pdf(seed).pages:
        assert (round(page.width / MM), round(page.height / MM)) == (210, 297)
        body = [char for char in page.chars if char["top"] < BOTTOM]
        assert min(char["top"] for char in body) >= TOP - 4
        assert min(char["x0"] for char in body) >= LEFT - HARMLESS
        assert max(map(right_end, body)) <= RIGHT + HARMLESS
        assert max(char["bottom"] for char in body) <= BOTTOM + HARMLESS


def test_a_page_has_22_lines_of_28_characters() -> None:
    page = pdf(said("公开" * 1000)).pages[1]
    rows = lines(page)
    assert [len(row["text"]) for row in rows] == [28] * 22
    assert {round(char["size"]) for row in rows for char in row["chars"]} == {16}
    steps = {round(after["top"] - before["top"], 1) for before, after in pairwise(rows)}
    assert all(abs(step - 225 * MM / 22) < 0.2 for step in steps)


def test_page_numbers_stand_right_on_odd_pages_and_left_on_even_ones() -> None:
    for number, page in enumerate(pdf(load_seed("001")).pages, 1):
        foot = [char for char in page.chars if char["top"] > BOTTOM]
        assert "".join(char["text"] for char in foot) == f"— {number} —"
        assert {round(char["size"]) for char in foot} == {14}
        side = RIGHT - max(char["x1"] for char in foot) if number % 2 else min(char["x0"] for char in foot) - LEFT
        assert side == pytest.approx(14, abs=1)


def test_title_and_headings_have_the_type_they_are_due() -> None:
    report = replace(
        clean(),
        paragraphs=(
            Paragraph("overview", "（一）主动公开", "甲。"),
            Paragraph("overview", "1.目录", "乙。"),
            Paragraph("overview", "（二）依申请公开。", "丙。"),
        ),
    )
    rows = {plain(row["text"]): row for row in lines(pdf(report).pages[0])}
    title = rows["清水镇人民政府2024年"]
    assert round(title["chars"][0]["size"]) == 22
    assert title["x0"] - LEFT == pytest.approx(RIGHT - title["x1"], abs=2)
    for heading, face in (("一、总体情况", "Sans"), ("（一）主动公开", "Sans"), ("1.目录", "Serif")):
        assert face in rows[heading]["chars"][0]["fontname"]
        assert rows[heading]["x0"] == pytest.approx(LEFT + 32, abs=3)
    lead = rows["（二）依申请公开。丙。"]["chars"]
    assert ("Sans" in lead[0]["fontname"], "Serif" in lead[-1]["fontname"]) == (True, True)


@pytest.mark.parametrize(("signature", "leads"), [("南县麻河口镇人民政府", 0), ("清水镇人民政府", 1), ("某县政府", 1)])
def test_signature_and_date_stand_as_the_standard_says(signature: str, leads: int) -> None:
    """The date begins two characters right of the signature; the longer of both ends two from the edge."""
    report = clean()
    rows = lines(pdf(replace(report, cover=replace(report.cover, signature=signature))).pages[-1])[-2:]
    assert [plain(row["text"]) for row in rows] == [signature, "2025年1月20日"]
    assert rows[1]["x0"] - rows[0]["x0"] == pytest.approx(32, abs=1)
    assert RIGHT - rows[leads]["x1"] == pytest.approx(32, abs=2)


@pytest.mark.parametrize("more", range(0, 24, 2))
def test_a_signature_never_stands_on_a_page_without_text(more: int) -> None:
    report = clean()
    filler = tuple(Paragraph("problems", "", f"第{n}个问题。") for n in range(more))
    last = lines(pdf(replace(report, paragraphs=(*report.paragraphs, *filler))).pages[-1])
    shown = [plain(row["text"]) for row in last]
    assert shown[-2:] == ["清水镇人民政府", "2025年1月20日"]
    assert shown[-3].endswith("实际收取50元。")


@pytest.mark.parametrize("more", range(0, 22, 3))
def test_a_table_begins_overleaf_only_where_less_than_a_third_of_a_page_is_left(more: int) -> None:
    report = clean()
    filler = tuple(Paragraph("overview", "", f"第{n}项工作。") for n in range(more))
    pages = pdf(replace(report, paragraphs=(*filler, *report.paragraphs))).pages
    for page in pages[:-1]:
        assert max(line["bottom"] for line in lines(page)) > BOTTOM - (BOTTOM - TOP) * 0.36
    pieces = [table.extract() for page in pages for table in page.find_tables()]
    heads = [sum("申请人情况" in (row[3] or "") for row in piece if len(row) > 3) for piece in pieces]
    assert sum(heads) in (1, 2) and len(pieces) <= 5
    for piece in pieces:
        assert plain(piece[0][0] or "").startswith(("第二十条", "(本列数据", "行政复议"))
        assert len(piece) >= 4


# --- for archives and for those who hear it -----------------------------------------------------------------------


def catalog(document: Any) -> dict[str, Any]:
    found: dict[str, Any] = resolve1(document.doc.catalog)
    return found


def tags(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The tags of a PDF with what they say of themselves, in reading order."""
    node = resolve1(node)
    if isinstance(node, list):
        for child in node:
            yield from tags(child)
    elif isinstance(node, dict):
        if "S" in node:
            yield node["S"].name, node
        yield from tags(node.get("K"))


def test_it_claims_both_standards_and_says_what_it_is() -> None:
    report = load_seed("002")
    document = pdf(report, draft=True)
    root = catalog(document)
    xmp = resolve1(root["Metadata"]).get_data().decode("utf-8")
    for claim in ("pdfaid:part>2<", "pdfaid:conformance>A<", "pdfuaid:part>1<"):
        assert claim in xmp
    assert (root["Lang"], resolve1(root["MarkInfo"])["Marked"]) == (b"zh-CN", True)
    about = document.metadata
    assert about["Title"] == "麻河口镇2020年政府信息公开年度报告"
    assert about["Author"] == "南县麻河口镇人民政府"
    assert "2020年" in about["Keywords"] and "草稿" in about["Keywords"]
    assert about["CreationDate"].startswith("D:20210125")
    assert pdf(load_seed("000")).metadata["CreationDate"].startswith("D:20000101")


def test_its_bookmarks_are_the_headings() -> None:
    shown = [title for _, title, *_ in pdf(load_seed("002"), draft=True).doc.get_outlines()]
    report = load_seed("002")
    headings = [report.heading(section.key) for section in report.form.sections if section.heading]
    assert [title for title in shown if title in headings] == headings
    assert "(一)加强组织领导" in shown


def test_its_tags_tell_headings_and_heads_of_tables() -> None:
    report = replace(clean(), paragraphs=(Paragraph("overview", "1.只有第三级", "甲。"),))
    found = list(tags(catalog(pdf(report))["StructTreeRoot"]))
    names = [name for name, _ in found]
    assert [name for name in names if name[0] == "H" and name != "H"] == ["H1", "H2", "H1", "H1", "H1", "H1", "H1"]
    doc = document(report, False)
    heads = sum(
        it.box.role != "label" and not it.box.key for part in doc.parts if part.table for it in part.table.boxes
    )
    assert names.count("TH") == heads
    assert names.count("Table") == 3 and "Title" in names


def test_every_font_is_embedded() -> None:
    document = pdf(clean(), draft=True)
    seen = [resolve1(font) for page in document.pages for font in resolve1(page.page_obj.resources["Font"]).values()]
    assert seen
    for font in seen:
        described = resolve1(resolve1(resolve1(font["DescendantFonts"])[0])["FontDescriptor"])
        assert "FontFile3" in described
        assert "ToUnicode" in font  # what makes it searchable


def test_the_same_report_gives_the_same_bytes_in_another_process() -> None:
    code = (
        "import hashlib; from tests.test_pdf import made; from tests.clean import clean; "
        "print(hashlib.sha256(made(clean())).hexdigest())"
    )
    root = Path(__file__).parents[1]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONHASHSEED": "1"}
    runs = {
        subprocess.run([sys.executable, "-c", code], cwd=root, env=environment, capture_output=True, check=True).stdout
        for _ in range(2)
    }
    assert len(runs) == 1


def test_a_draft_is_marked_on_every_page_and_a_report_on_none() -> None:
    for page in pdf(clean(), draft=True).pages:
        assert "草稿未经审核，不得公开" in plain(page.extract_text())
        assert "".join(char["text"] for char in page.chars if char["size"] > 100) == "草稿"
    assert "草稿" not in everything(pdf(clean()))
    names = [name for name, _ in tags(catalog(pdf(clean(), draft=True))["StructTreeRoot"])]
    assert names == [name for name, _ in tags(catalog(pdf(clean()))["StructTreeRoot"])]


# --- what is typed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "run",
    ["x" * 200, "1234567890" * 20, "。" * 200, "（" * 100 + "—" * 100, "a\u00a0" * 150, "字\u2060" * 200],
    ids=["word", "number", "stops", "marks", "no-break blanks", "joined"],
)
def test_what_has_no_break_breaks_at_the_margin(run: str) -> None:
    document = pdf(said(f"前{run}后"))
    assert plain("前" + run.replace("\u2060", "") + "后") in everything(document)
    assert max(right_end(char) for page in document.pages for char in page.chars) <= RIGHT + HARMLESS


def test_an_address_breaks_behind_its_signs_only() -> None:
    address = "http://www.panzhou.gov.cn/zwgk/public-info/annual?y=2024&id=889217334/ndbg.html"
    for before in range(0, 28, 3):
        pages = pdf(said(f"{'请' * before}{address}下载。")).pages
        held = [text for page in pages for row in lines(page) if re.search("[a-z]{2}", text := plain(row["text"]))]
        assert address in "".join(held) and len(held) in (2, 3)
        assert all(row[-1] in "/.?=&-" for row in held[:-1])


def test_a_text_of_30_000_characters_is_printed_whole() -> None:
    typed = "".join(f"第{n}条依法公开，" for n in range(3_000))
    assert len(typed) > 27_000
    assert typed in everything(pdf(said(typed)))


@pytest.mark.parametrize("digits", [6, 9, 12])
def test_long_figures_stay_in_their_cells(digits: int) -> None:
    report = edited(clean(), {str(key): int("9" * digits) for key in clean().form.inputs})
    printed = list(figures(report).values())
    shown = [
        plain(cell or "")
        for page in pdf(report).pages
        for table in page.find_tables()
        for row in table.extract()
        for cell in row
    ]
    assert [shown.count(text) for text in printed] == [printed.count(text) for text in printed]


def test_a_cell_full_of_words_goes_on_overleaf() -> None:
    key = Key.parse("requests/received/natural")
    words = "约十二件，" * 60 + "y" * 120
    report = clean()
    report = replace(report, facts={**report.facts, key: Fact(key, None, words, None, Flaw.WORDS)})
    document = pdf(report, draft=True)
    assert max(char["bottom"] for page in document.pages for char in page.chars if char["text"] == "y") <= BOTTOM
    assert everything(document).count("y") == 120


def test_a_report_without_words_is_a_report() -> None:
    report = replace(clean(), paragraphs=(), cover=replace(clean().cover, signature="", date="", title=""))
    assert "一、总体情况" in everything(pdf(report))


# --- characters ---------------------------------------------------------------------------------------------------


def test_names_and_signs_that_are_rare_are_printed() -> None:
    typed = "𬱖㛃䶮镕堃喆邨，㎡①㈠℃〇〔〕“”‘’…—·€é"
    assert plain(typed) in everything(pdf(said(typed)))
    assert "葛\U000e0100城" in everything(pdf(said("葛\U000e0100城\ufeff")))  # what chooses a variant leaves no box


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("好👍", "“👍”（U+1F44D）"),
        ("\ue123", "U+E123"),
        ("བོད", "U+0F56"),
        ("q\u0332", "U+0332"),
        ("\U000f0000", "U+F0000"),
    ],
    ids=["emoji", "private use", "another script", "combining mark", "far private use"],
)
def test_a_character_that_no_font_has_is_named_with_its_place(typed: str, named: str) -> None:
    for draft in (False, True):
        with pytest.raises(GiaError, match=r"^一、总体情况!B4：") as caught:
            made(said("甲。", typed), draft)
        assert named in str(caught.value)


def test_wherever_such_a_character_stands_it_is_found() -> None:
    report = clean()
    key = Key.parse("requests/received/natural")
    cell = Fact(key, None, "👍", Place("三、依申请公开", "E5"), Flaw.WORDS)
    broken = {
        "标题：": replace(report, cover=replace(report.cover, title="👍")),
        "落款：": replace(report, cover=replace(report.cover, signature="👍")),
        "成文日期：": replace(report, cover=replace(report.cover, date="👍")),
        "三、依申请公开!E5：": replace(report, facts={**report.facts, key: cell}),
        "“五、👍”这个标题：": replace(report, headings={"problems": "五、👍"}),
        "一、总体情况：": replace(report, paragraphs=(Paragraph("overview", "👍", ""),)),
    }
    for place, one in broken.items():
        with pytest.raises(GiaError, match=f"^{place}“👍”"):
            made(one, draft=True)


# --- fonts --------------------------------------------------------------------------------------------------------


def font_names(document: Any) -> set[str]:
    return {char["fontname"][7:] for page in document.pages for char in page.chars}


def own_fonts(folder: Path, **files: Path) -> Path:
    folder.mkdir()
    for name, file in files.items():
        (folder / f"{name}{file.suffix}").write_bytes(file.read_bytes())
    return folder


def test_the_offices_own_fonts_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A face in another's clothes: what counts is the name of the file."""
    ours = fonts.folders()[0]
    folder = own_fonts(tmp_path / "fonts", 仿宋=ours / "NotoSansSC-Regular.otf", 无关=ours / "NotoSerifSC-Regular.otf")
    monkeypatch.setattr(fonts, "_places", lambda: iter(()))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv(fonts.WHERE, str(folder))
    body = lines(pdf(said("公开。")).pages[0])[-1]
    assert [file.name for file in fonts.folders()[1].iterdir()] == ["body.otf"]
    assert typeset.families()["body"] == ["Noto Sans SC", "Noto Serif SC"]
    assert typeset.families()["title"] == ["Noto Serif SC"]
    assert body
    assert fonts.folders()[1] == fonts._gathered({"body": [folder / "仿宋.otf"]})  # found again, not made again


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


BROKEN: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda data: b"",
    "no font": lambda data: b"PK" + data[2:],
    "only its head": lambda data: data[:12],
    "cut off": lambda data: data[: len(data) // 2],
    "a collection of none": lambda data: b"ttcf\0\1\0\0\xff\xff\xff\xff" + data[12:],
    "a table under another name": lambda data: data.replace(b"cmap", b"cmaq", 1),
}


@pytest.mark.parametrize("harm", [*BROKEN, *range(10)])
def test_a_damaged_font_is_passed_over_for_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: str | int
) -> None:
    """The engine would draw other signs with it, or never come back."""
    ours = fonts.folders()[0]
    folder = own_fonts(tmp_path / "fonts", 仿宋=ours / "NotoSansSC-Regular.otf", fzfsk=ours / "NotoSansSC-Regular.otf")
    (folder / "fzfsk.otf").rename(folder / "fzfsk.ttf")
    good = (folder / "仿宋.otf").read_bytes()
    at = random.Random(harm).sample(range(len(good)), 3) if isinstance(harm, int) else []
    damaged = BROKEN[harm](good) if isinstance(harm, str) else reduce(flipped, at, good)
    (folder / "fzfsk.ttf").write_bytes(damaged)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    found = fonts._found([folder])
    assert [file.name for file in found["body"]] == ["fzfsk.ttf", "仿宋.otf"]
    (chosen,) = fonts._gathered(found).iterdir()
    assert chosen.read_bytes() == good


def test_what_is_no_file_is_no_font(tmp_path: Path) -> None:
    (tmp_path / "simhei.ttf").mkdir()
    try:
        (tmp_path / "simkai.ttf").symlink_to(tmp_path / "gone.ttf")
        os.mkfifo(tmp_path / "simfang.ttf")
    except (OSError, AttributeError):
        pytest.skip("needs links and pipes")
    assert fonts._found([tmp_path]) == {}


def test_without_a_home_the_fonts_are_gathered_elsewhere_and_taken_away(tmp_path: Path) -> None:
    font = fonts.folders()[0] / "NotoSansSC-Regular.otf"
    folder = own_fonts(tmp_path / "fonts", 仿宋=font)
    (tmp_path / "tmp").mkdir()
    code = (
        "import pathlib, sys; from gia_xlsx.publish import fonts, typeset\n"
        "def nowhere(): raise RuntimeError('no home')\n"
        "pathlib.Path.home = nowhere\n"
        "names = [file.name for file in fonts.folders()[1].iterdir()]\n"
        "print(*(name for name in names if name.startswith('body')), typeset.families()['body'])"
    )
    environment = {
        **{name: value for name, value in os.environ.items() if name not in ("LOCALAPPDATA", "XDG_CACHE_HOME")},
        **{fonts.WHERE: str(folder), "PYTHONUTF8": "1"},
        **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(tmp_path / "tmp")),
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=Path(__file__).parents[1], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode("utf-8").startswith("body.otf")
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_font_that_may_not_be_embedded_is_passed_over(tmp_path: Path) -> None:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    font = TTFont(fonts.folders()[0] / "NotoSansSC-Regular.otf")
    subsetter = Subsetter(Options())
    subsetter.populate(text="公开")
    subsetter.subset(font)
    open_one, shut_one, broken = tmp_path / "open.otf", tmp_path / "shut.otf", tmp_path / "broken.otf"
    font.save(open_one)
    font["OS/2"].fsType = 0x0002
    font.save(shut_one)
    broken.write_bytes(b"OTTO")
    assert [fonts._may_be_embedded(file) for file in (open_one, shut_one, broken)] == [True, False, False]


def test_a_folder_of_fonts_that_is_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(fonts.WHERE, str(tmp_path / "nowhere"))
    with pytest.raises(GiaError, match=r"GIA_XLSX_FONTS.*nowhere.*不是文件夹"):
        made(clean())


def test_the_shipped_fonts_have_what_a_report_needs() -> None:
    common = bytes(byte for row in range(0xB0, 0xF8) for column in range(0xA1, 0xFF) for byte in (row, column))
    assert fonts.lacking(common.decode("gb2312", "ignore")) == ""
    assert fonts.lacking("甲\u200b 👍乙👍") == "👍"


# --- the office's own template ------------------------------------------------------------------------------------


def own_template(folder: Path, change: str, instead: str) -> Looks:
    source = (templates() / "report.typ").read_text(encoding="utf-8")
    assert change in source
    (folder / "report.typ").write_text(source.replace(change, instead, 1), encoding="utf-8")
    return Looks(folder)


def test_a_changed_template_is_used(tmp_path: Path) -> None:
    looks = own_template(tmp_path, "#title(", "甲县专用#title(")
    assert everything(pdf(clean(), looks=looks)).startswith("甲县专用")


def test_larger_type_breaks_a_table_rather_than_cuts_it(tmp_path: Path) -> None:
    looks = own_template(tmp_path, "size: it.size * 1pt", "size: it.size * 1.8pt")
    document = pdf(clean(), looks=looks)
    pieces = [page.find_tables() for page in document.pages]
    assert sum(map(len, pieces)) > 3
    assert all(table.bbox[3] <= BOTTOM + 1 for tables in pieces for table in tables)
    assert everything(document).count("申请人情况") > 1  # the head comes again


@pytest.mark.parametrize(
    ("instead", "told"),
    [
        ("#nonsense(1) #title(", r"report\.typ 第 \d+ 行有错.*nonsense"),
        ("#let x = #title(", r"report\.typ 第 \d+ 行有错"),
        ('#read("../secret.txt") #title(', r"report\.typ 第 \d+ 行有错"),
        ('#read("/etc/passwd") #title(', r"report\.typ 第 \d+ 行有错"),
        ('#import "@preview/cetz:0.3.0" #title(', "引用了网上的组件包"),
        ("#report.nothing #title(", r"report\.typ 第 \d+ 行有错.*nothing"),
    ],
)
def test_a_broken_template_is_told_with_its_line(tmp_path: Path, instead: str, told: str) -> None:
    (tmp_path / "secret.txt").write_text("机密", encoding="utf-8")
    folder = tmp_path / "looks"
    folder.mkdir()
    with pytest.raises(GiaError, match=told):
        made(clean(), looks=own_template(folder, "#title(", instead))


# --- pictures -----------------------------------------------------------------------------------------------------

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><text y="50" font-size="40">{}</text></svg>'


@pytest.mark.parametrize("width", [540, 1080, 1237])
def test_a_drawing_becomes_a_picture_of_the_width_asked_for(width: int) -> None:
    from PIL import Image

    picture = Image.open(io.BytesIO(typeset.png(DRAWING.format("公开"), width)))
    assert picture.width == width
    assert picture.height == pytest.approx(width / 2, abs=1)
    assert picture.convert("L").getextrema() == (0, 255)
    blank = Image.open(io.BytesIO(typeset.png(DRAWING.format(""), width)))
    assert blank.convert("L").getextrema() == (255, 255)


def test_a_drawing_is_held_to_the_same_fonts() -> None:
    assert typeset.png(DRAWING.format("公开"), 300) == typeset.png(DRAWING.format("公开"), 300)
    for words in ("好👍", "好&#x1F44D;"):
        with pytest.raises(GiaError, match=r"^一图读懂上的“👍”（U\+1F44D）.*封面"):
            typeset.png(DRAWING.format(words), 300)


@pytest.mark.parametrize("svg", ["", "<svg", DRAWING.format("<text>")])
def test_a_drawing_that_is_none_is_told_by_what_draws_it(svg: str) -> None:
    with pytest.raises(GiaError, match=r"^模板 infographic\.svg\.j2 画出来的不是完整的 SVG"):
        typeset.png(svg, 300)


def test_the_office_is_told_which_of_its_templates_draws_wrong(tmp_path: Path) -> None:
    source = (templates() / "infographic.svg.j2").read_text(encoding="utf-8")
    (tmp_path / "infographic.svg.j2").write_text(source.replace("</svg>", ""), encoding="utf-8")
    with pytest.raises(GiaError, match=r"^模板 infographic\.svg\.j2 画出来的") as told:
        rendered(Edition(with_site(clean(), Site(annex=True)), looks=Looks(tmp_path)), "pdf")
    assert "typst" not in str(told.value)


def test_the_sheet_in_one_picture_closes_the_pdf_where_it_is_wanted() -> None:
    report = load_seed("001")
    without, annexed = pdf(report), pdf(with_site(report, Site(annex=True)))
    assert len(annexed.pages) == len(without.pages) + 1
    figure = [node for name, node in tags(catalog(annexed)["StructTreeRoot"]) if name == "Figure"]
    assert len(figure) == 1
    assert "33" in figure[0]["Alt"].decode("utf-16")
    assert "Figure" not in [name for name, _ in tags(catalog(without)["StructTreeRoot"])]
    assert text(read_back(with_site(report, Site(annex=True)))) == text(read_back(report))
