"""Published reports as PDF, read by pdfplumber in a process of its own, because a hostile one may loop or eat memory.

Run as ``python -m gia_xlsx.intake.pdf`` this module takes a file on standard input and gives what is in it on standard
output.
"""

from __future__ import annotations

import gc
import io
import logging
import math
import pickle
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from gia_xlsx.child import bound, run_module
from gia_xlsx.errors import GiaError
from gia_xlsx.intake.pdf_layout import lay_out
from gia_xlsx.intake.pdf_lines import Glyph, Page
from gia_xlsx.intake.pdf_tables import Rule
from gia_xlsx.intake.source import Origin, Source

if TYPE_CHECKING:
    from pdfplumber.page import Page as PlumberPage
    from pdfplumber.pdf import PDF

SECONDS = 90  # by the clock of a machine that may be busy; a report of ours takes one
PROCESSOR_SECONDS = 60  # where the system can limit them
MEMORY = 800 << 20  # bytes of address space, likewise
LARGEST_ANSWER = 50_000_000  # bytes
MOST_PAGES = 200

_FEW = 20  # characters on a page that is a picture: a page number, a stamp
_TOO_BIG = "too big"
_REFUSALS = {
    "scan": "这个 PDF 没有文字，是扫描件或图片，读不出内容；请用有文字的版本（网页、Word、或由 Word 另存的 PDF），"
    "或先用识别软件转成文字。",
    "unmapped": "这个 PDF 里的字只有字形、没有对应的文字编码，取出来是乱码；"
    "请用网页或 Word 版本，或由 Word 重新另存为 PDF。",
    "password": "这个 PDF 有打开密码，读不出来；请先在原来的程序里去掉密码再导入。",
    "damaged": "这个 PDF 已损坏或不完整，读不出来；请重新下载，或换用网页、Word 版本。",
    "pages": f"这个 PDF 超过 {MOST_PAGES} 页，不像一份年度报告，不予读取；请只留报告所在的几页再导入。",
    _TOO_BIG: "读这个 PDF 所需的时间或内存超过上限，没有读完；请换用网页或 Word 版本，或由 Word 重新另存为 PDF。",
}
_BOLD = re.compile("bold|heavy|black|demi|(?<!ya)hei|黑", re.IGNORECASE)
_PALE = 0.6  # of full white, in every colour
_LEAN = 5  # degrees from upright that are no more than a crooked scan

# Radicals that browsers name for the characters they look like; those that Unicode's own tables lack, or give as 戶.
_RADICALS = str.maketrans(
    "―⼾⺁⺇⺌⺎⺏⺐⺑⺒⺓⺛⺝⺟⺠⺡⺢⺣⺤⺥⺦⺨⺩⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "—户厂几小兀尢尣尢巳幺旡月母民氵氺灬爫爫丬犭王罒示礻竹糸纟罓罒网罒罓羊羊耂肀聿月臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶邑钅長镸长门阜阝雨青韦页风飞食飠飠饣首马骨鬼鱼鸟卤麦黄黾齐齐齿歯竜龙龟亀龟",
)


def read_pdf(data: bytes, name: str) -> Source:
    """What a PDF with a text layer holds. Raises GiaError."""
    try:
        done = run_module("gia_xlsx.intake.pdf", data, SECONDS)
    except subprocess.TimeoutExpired:
        raise GiaError(f"{name}：{_REFUSALS[_TOO_BIG]}") from None
    if done.returncode < 0 or len(done.stdout) > LARGEST_ANSWER:  # ended from outside
        raise GiaError(f"{name}：{_REFUSALS[_TOO_BIG]}")
    if done.returncode or not done.stdout:
        raise GiaError(f"{name}：{_REFUSALS['damaged']}")
    answer = pickle.loads(done.stdout)  # what our own code below wrote
    if isinstance(answer, str):
        raise GiaError(f"{name}：{_REFUSALS[answer]}")
    blocks, meta, notes, furniture = answer
    return Source(name, "PDF", blocks, meta, notes, furniture)


class _RefusedError(Exception):
    """Why the file is not read: a key of _REFUSALS."""


def _answer(data: bytes) -> object:
    """The parts of a source, or why there are none; whatever else goes wrong ends the process."""
    from pdfminer.pdfdocument import PDFPasswordIncorrect
    from pdfplumber.utils.exceptions import PdfminerException

    try:
        return _read(data)
    except _RefusedError as error:
        return str(error)
    except (MemoryError, RecursionError):
        return _TOO_BIG
    except PdfminerException as error:
        cause = error.args[0] if error.args else None
        if isinstance(cause, PDFPasswordIncorrect):
            return "password"
        return _TOO_BIG if isinstance(cause, MemoryError) else "damaged"


def _read(data: bytes) -> tuple[object, ...]:
    import pdfplumber

    pdf = pdfplumber.open(io.BytesIO(data))
    notes: list[tuple[str, Origin]] = []
    if _was_rebuilt(pdf):
        if b"%%EOF" not in data[-4096:]:
            raise _RefusedError("damaged")
        notes.append(("文件的目录已损坏，按残存的内容读出，可能不全", Origin()))
    pages = [_page(page) for page in _pages(pdf)]
    characters = [glyph.text for page in pages for glyph in page.glyphs]
    readable = [page for page in pages if len(page.glyphs) >= _FEW or (page.glyphs and page.picture < 0.5)]
    if not readable:
        raise _RefusedError("scan")
    lost = sum(map(_is_unmapped, characters))
    if lost > len(characters) / 4:
        raise _RefusedError("unmapped")
    if lost:
        notes.append((f"有 {lost} 个字符没有文字编码，原样是乱码", Origin()))
    notes += [
        ("这一页是图片，没有文字，没有读", Origin(page=page.number))
        for page in pages
        if page not in readable and page.picture >= 0.5
    ]
    layout = lay_out(pages)
    return layout.blocks, _meta(pdf.metadata), tuple(notes), layout.furniture


def _was_rebuilt(pdf: PDF) -> bool:
    """Whether the table of contents of the file could not be read, so that the parser looked for its objects."""
    from pdfminer.pdfdocument import PDFXRefFallback

    return any(isinstance(table, PDFXRefFallback) for table in pdf.doc.xrefs)


def _pages(pdf: PDF) -> Iterator[PlumberPage]:
    from pdfminer.pdfpage import PDFPage
    from pdfplumber.page import Page as PlumberPage

    found = list(islice(PDFPage.create_pages(pdf.doc), MOST_PAGES + 1))
    if len(found) > MOST_PAGES:
        raise _RefusedError("pages")
    if not found:
        raise _RefusedError("damaged")
    for number, page in enumerate(found, 1):
        opened = PlumberPage(pdf, page, page_number=number, initial_doctop=0)
        yield opened
        opened.close()


def _page(page: PlumberPage) -> Page:
    left, top = page.bbox[:2]
    glyphs = [_glyph(char, left, top) for char in page.chars if _is_on(char, page)]
    rules = [rule for shape in (*page.lines, *page.rects, *page.curves) for rule in _rules(shape, left, top)]
    area = float(page.width * page.height) or 1.0
    picture = max((image["width"] * image["height"] / area for image in page.images), default=0.0)
    return Page(page.page_number, page.width, page.height, glyphs, rules, picture)


def _is_on(char: Mapping[str, Any], page: PlumberPage) -> bool:
    """Whether a character is on the part of the page that is shown, and is no control character."""
    x0, top, x1, bottom = page.cropbox
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return bool(char["text"]) and x0 <= x <= x1 and top <= y <= bottom


def _glyph(char: Mapping[str, Any], left: float, top: float) -> Glyph:
    a, b = char["matrix"][:2]
    angle = math.degrees(math.atan2(b, a)) % 360
    quarter = round(angle / 90)
    turn = quarter % 4 * 90 if abs(angle - quarter * 90) < _LEAN else -1
    place = (char["x0"] - left, char["top"] - top, char["x1"] - left, char["bottom"] - top)
    size = char["width"] if turn in (90, 270) else char["height"]
    return Glyph(_text(char["text"]), *place, size, turn, bool(_BOLD.search(char["fontname"])), _is_pale(char))


def _text(text: str) -> str:
    if text.isascii():
        return text
    text = text.translate(_RADICALS)
    return "".join(unicodedata.normalize("NFKC", c) if "⼀" <= c <= "⿕" or "豈" <= c <= "ﬆ" else c for c in text)


def _is_unmapped(text: str) -> bool:
    return text.startswith("(cid:") or text == "\ufffd" or unicodedata.category(text[0]) in ("Co", "Cn", "Cc", "Cs")


def _is_pale(char: Mapping[str, Any]) -> bool:
    numbers = _inks(char["non_stroking_color"])
    if len(numbers) == 4:
        return max(numbers) < 1 - _PALE  # inks
    return bool(numbers) and min(numbers) > _PALE


def _rules(shape: Mapping[str, Any], left: float, top: float) -> Iterator[Rule]:
    """The lines along an axis that a drawn shape shows; a white area shows none."""
    white = shape["fill"] and not shape["stroke"] and _is_white(shape["non_stroking_color"])
    if white and min(shape["width"], shape["height"]) > 3:
        return
    points = shape["pts"]
    if shape["object_type"] == "rect":
        x0, y0, x1, y1 = (shape[key] for key in ("x0", "top", "x1", "bottom"))
        points = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(x1 - x0) <= 1 and abs(y1 - y0) > abs(x1 - x0):
            yield Rule(True, (x0 + x1) / 2 - left, min(y0, y1) - top, max(y0, y1) - top)
        elif abs(y1 - y0) <= 1 and x1 != x0:
            yield Rule(False, (y0 + y1) / 2 - top, min(x0, x1) - left, max(x0, x1) - left)


def _is_white(colour: Any) -> bool:
    numbers = _inks(colour)
    return bool(numbers) and all(part == (0 if len(numbers) == 4 else 1) for part in numbers)


def _inks(colour: Any) -> list[float]:
    """The numbers of a colour: one of grey, which may stand alone, three of light, four of ink; [] of a pattern."""
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    return [part for part in parts if isinstance(part, int | float)]


def _meta(about: Mapping[str, Any]) -> dict[str, str]:
    named = (("title", about.get("Title")), ("organ", about.get("Author")), ("keywords", about.get("Keywords")))
    return {key: value.strip() for key, value in named if isinstance(value, str) and value.strip()}


if __name__ == "__main__":
    bound(MEMORY, PROCESSOR_SECONDS)
    gc.disable()  # a sixth of the time, and the process does not live long
    logging.disable()
    sys.stdout.buffer.write(pickle.dumps(_answer(sys.stdin.buffer.read())))
