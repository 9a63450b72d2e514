"""Makes the pictures of the READMEs from the real thing: sheets and Word by LibreOffice, pages by Chromium.

    python -m docs.pictures

Needs soffice, pdftoppm, chromium and the package Pillow; none of them is needed to use or to test gia-xlsx.
"""

from __future__ import annotations

import html
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import load_workbook
from PIL import Image, ImageChops

from gia_xlsx import show
from gia_xlsx.batch import examine
from gia_xlsx.builds import build_all
from gia_xlsx.form import load_form
from gia_xlsx.report import Cover
from gia_xlsx.review import annotate_file
from gia_xlsx.workbook.write import write_workbook
from tests.chromium import Chromium
from tests.examples import FOLDER, example

IMAGES = Path(__file__).parent / "images"
_COLOURS = {
    "\x1b[1;31m": "#ff7b72",
    "\x1b[1;33m": "#e3b341",
    "\x1b[36m": "#79c0ff",
    "\x1b[2m": "#8b949e",
    "\x1b[1m": "#fff",
}


def main() -> None:
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sheets(folder)
        terminal(folder)
        published(folder)
        draft(folder)
        returned(folder)


def sheets(folder: Path) -> None:
    """Sheets as they look on the screen: without print areas, so that the live checks are in the picture."""
    blank = folder / "blank.xlsx"
    write_workbook(blank, load_form("2021"), Cover("随县安居镇人民政府", "township", 2026))
    wanted = (
        ("cover", blank, "封面"),
        ("requests", FOLDER / "examples" / example("001"), "三、依申请公开"),
        ("checks", FOLDER / "examples" / example("001"), "校验"),
        ("imported", FOLDER / "examples" / example("003"), "导入记录"),
    )
    for picture, source, title in wanted:
        alone(source, title, folder / f"{picture}.xlsx")
        shoot(convert(folder / f"{picture}.xlsx"), picture, 130)


def alone(source: Path, title: str, target: Path) -> None:
    """One sheet of a workbook, on one page and without its footer."""
    book = load_workbook(source)
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet.title == title
        sheet.sheet_state = "visible" if sheet.title == title else "hidden"
        sheet.print_area = None
        sheet.oddFooter.center.text = sheet.evenFooter.center.text = None
        sheet.page_setup.fitToHeight = 1
    book.active = book.sheetnames.index(title)
    book.save(target)


def terminal(folder: Path) -> None:
    """How an answer of check begins, in the colours of a terminal."""
    told = show.as_text(examine(FOLDER / "examples" / example("001")).result, color=True, width=96)
    words = html.escape(told).replace("\x1b[0m", "</span>")
    for code, colour in _COLOURS.items():
        words = words.replace(code, f'<span style="color:{colour}">')
    page = folder / "terminal.html"
    page.write_text(
        '<meta charset="utf-8"><body style="margin:0;background:#0d1117">'
        "<pre style=\"color:#c9d1d9;padding:24px;font:17px/1.5 'Noto Sans Mono CJK SC',monospace\">"
        f'<span style="color:#7ee787">$</span> gia-xlsx check 盘州市人民政府2024.xlsx\n\n{words}</pre>',
        encoding="utf-8",
    )
    browse(page, "terminal", 1000, 640)


def published(folder: Path) -> None:
    (built,) = build_all([FOLDER / "examples" / example("004")], folder / "reports")
    assert built.folder is not None
    page = built.folder / "report.html"
    browse(page, "page", 1200, 1500)
    asked(page, "requests/received/natural", "figure")
    shoot(built.folder / "report.pdf", "pdf", 70, pages=3)
    shoot(convert(built.folder / "report.docx"), "word", 70, pages=3)  # takes the place of our own PDF
    sheet = Image.open(built.folder / "infographic.png").convert("RGB")
    save([sheet.resize((sheet.width // 2, sheet.height // 2))], "infographic")


def asked(page: Path, key: str, picture: str) -> None:
    """The page with one figure clicked, as its own script answers."""
    shot = page.with_suffix(".asked.png")
    with Chromium() as browser:
        browser.show(page, 1000, 620)
        browser.click(f"[data-key='{key}']")
        shot.write_bytes(browser.picture(whole=False))
    save([Image.open(shot).convert("RGB")], picture)


def draft(folder: Path) -> None:
    """The page of a draft, where a finding stands beside its cell."""
    (built,) = build_all([FOLDER / "examples" / example("001")], folder / "drafts", draft=True)
    assert built.folder is not None
    shot = built.folder / "draft.png"
    with Chromium() as browser:
        browser.show(built.folder / "report.html", 1000, 760)
        browser.run("document.querySelector('#requests table').scrollIntoView()")
        shot.write_bytes(browser.picture(whole=False))
    save([Image.open(shot).convert("RGB")], "draft")


def returned(folder: Path) -> None:
    """What the filer gets back: the sheet of the opinions, and the page to print."""
    source = FOLDER / "examples" / example("001")
    verdict = examine(source).result.verdict
    assert verdict is not None
    workbook, page = annotate_file(source, verdict, folder / "returned").written
    alone(workbook, "审核意见", folder / "opinions.xlsx")
    shoot(convert(folder / "opinions.xlsx"), "opinions", 130)
    browse(page, "review", 1100, 1000)


def convert(source: Path) -> Path:
    profile = (source.parent / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(source.parent), str(source)], check=True, capture_output=True)
    return source.with_suffix(".pdf")


def shoot(pdf: Path, picture: str, dots: int, pages: int = 1) -> None:
    """The first pages of a PDF beside each other, without their margins if there is one."""
    stem = pdf.with_suffix("")
    subprocess.run(["pdftoppm", "-png", "-r", str(dots), "-l", str(pages), str(pdf), str(stem)], check=True)
    found = [Image.open(path).convert("RGB") for path in sorted(pdf.parent.glob(f"{stem.name}-*.png"))]
    save([trimmed(image) for image in found] if pages == 1 else found, picture)


def browse(page: Path, picture: str, width: int, height: int) -> None:
    shot = page.with_suffix(".png")
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
    size = [f"--window-size={width},{height}", f"--user-data-dir={page.parent / 'chrome'}", "--hide-scrollbars"]
    subprocess.run(["chromium", *flags, *size, f"--screenshot={shot}", page.as_uri()], check=True, capture_output=True)
    save([Image.open(shot).convert("RGB")], picture)


def trimmed(image: Image.Image, margin: int = 12) -> Image.Image:
    box = ImageChops.difference(image, Image.new("RGB", image.size, "white")).getbbox()
    assert box is not None
    left, top, right, bottom = box
    return image.crop((max(0, left - margin), max(0, top - margin), right + margin, bottom + margin))


def save(images: Sequence[Image.Image], picture: str) -> None:
    gap = 10
    sheet = Image.new("RGB", (sum(i.width + gap for i in images) - gap, max(i.height for i in images)), "#bbb")
    left = 0
    for image in images:
        sheet.paste(image, (left, 0))
        left += image.width + gap
    sheet.quantize(64, Image.Quantize.MAXCOVERAGE).save(IMAGES / f"{picture}.png", optimize=True)


if __name__ == "__main__":
    main()
