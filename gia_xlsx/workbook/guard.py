"""What is this file, and is it safe to open: kinds told by content, bombs refused before a library sees them.

``open_file`` is the only way in. It reads the bytes once, names the kind, and for a zip proves what the central
directory declares; each XML part is proved when it is first asked for. Anything else is one sentence for the filer.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal

from gia_xlsx.errors import GiaError, system_words

Kind = Literal["xlsx", "xlsb", "ods", "xls"]
Merges = tuple[tuple[int, int, int, int], ...]

LARGEST_FILE = 30_000_000  # bytes on disk; a filled report has 0.1 MB
LARGEST_PART = 30_000_000  # bytes inflated, declared or real
LARGEST_SUM = 64_000_000
MOST_PARTS = 2_000
MOST_CELLS = 200_000  # of all sheets; a filled report has 3,000
MOST_ROWS = 100_000  # row elements of all sheets
LONGEST_TEXT = 400_000  # bytes of XML of one text; a cell of Excel holds 32,767 characters
ALL_TEXTS = 20_000_000  # the same, of all cells together
MERGED_AREA = 2_000_000  # cells under merges of one sheet

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "请用 Excel、WPS 或 LibreOffice 打开，另存为 .xlsx 后再试"
_HEADS = (  # magic bytes and what they mean
    (b"%PDF", "PDF 文档"),
    (b"\x89PNG", "图片（PNG）"),
    (b"\xff\xd8\xff", "图片（JPEG）"),
    (b"GIF8", "图片（GIF）"),
    (b"BM", "图片（BMP）"),
    (b"Rar!", "压缩包（RAR）"),
    (b"7z\xbc\xaf", "压缩包（7z）"),
    (b"\x1f\x8b", "压缩包（GZIP）"),
    (b"{\\rtf", "RTF 文档"),
)
# What zipfile is known to raise on a broken or lying archive, when it is opened and when a part is read.
_ZIP_RAISES = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, OverflowError, RuntimeError, struct.error)
_STRING_END = re.compile(rb"</(?:\w{1,20}:)?si>")
_STRING_USED = re.compile(rb"""t=["']s["'][^<>]{0,200}><(?:\w{1,20}:)?v>(\d{1,9})<""")
_CELL_ENDS = (b"c ", b"c>", b"c/>")
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_MERGE = re.compile(rb"""mergeCell\s+ref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})["']""")
_ROW, _CELL = re.compile(rb"[<:]row[\s/>]"), re.compile(rb"[<:]c[\s/>]")
_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d{1,9})"')


@dataclass
class Package:
    """A file that may be opened. ``part`` hands out proved parts of a zip; ``data`` is the file as a whole."""

    name: str
    kind: Kind
    data: bytes
    zip: zipfile.ZipFile | None = None
    proved: dict[str, bytes] = field(default_factory=dict)
    counted: dict[str, tuple[int, int]] = field(default_factory=dict)  # rows and cells of each sheet
    texts: int = 0  # bytes of the long texts that its sheets show

    def names(self) -> list[str]:
        return self.zip.namelist() if self.zip else []

    def part(self, name: str) -> bytes:
        """The bytes of a part, proved free of document types and foreign encodings; b'' if there is none."""
        if name not in self.proved:
            self.proved[name] = self._read(name)
        return self.proved[name]

    def prove_sheet(self, name: str) -> Merges:
        """The merges of a sheet. Refuses it if the file has far more rows, cells or merged cells than any report."""
        data = self.part(name)
        prefix = b"<" + prefix_of(data)
        self.counted[name] = data.count(prefix + b"row"), sum(data.count(prefix + end) for end in _CELL_ENDS)
        rows, cells = (sum(counts) for counts in zip(*self.counted.values(), strict=True))
        if rows > MOST_ROWS or cells > MOST_CELLS:
            raise GiaError(
                f"{self.name}：工作表共有 {rows} 行、{cells} 个单元格，远超一份年度报告，不予打开；请删去多余内容。"
            )
        self._prove_texts(data, prefix, cells)
        merges = _merges(data)
        if sum((right - left + 1) * (bottom - top + 1) for top, left, bottom, right in merges) > MERGED_AREA:
            raise GiaError(f"{self.name}：一张工作表的合并区域过大，不予打开；请取消多余的合并单元格。")
        return merges

    def _prove_texts(self, data: bytes, prefix: bytes, cells: int) -> None:
        """One long text may stand in thousands of cells, and a library makes as many copies of it."""
        lengths, longest = self._strings
        cell = max(map(len, data.split(b"</" + prefix[1:] + b"c>"))) if len(data) > LONGEST_TEXT else 0
        if max(longest, cell) > LONGEST_TEXT:
            raise GiaError(f"{self.name}：有的单元格文字过长，Excel 的一格最多 32767 字，不予打开；请拆成几段。")
        if longest * cells > ALL_TEXTS:
            used = (int(found[1]) for found in _STRING_USED.finditer(data))
            self.texts += sum(lengths[number] for number in used if number < len(lengths))
            if self.texts > ALL_TEXTS:
                raise GiaError(f"{self.name}：文字总量远超一份年度报告，不予打开；请删去多余内容。")

    @cached_property
    def _strings(self) -> tuple[list[int], int]:
        """The length of each text that cells share, and the greatest."""
        part = next((name for name in self.names() if name.lower() == "xl/sharedstrings.xml"), "")
        lengths = [len(text) for text in _STRING_END.split(self.part(part))]
        return lengths, max(lengths)

    def excerpt(self, sheet: str) -> bytes:
        """The same file with one sheet only and every part proved, for a library that goes through all there is."""
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name in self.names():
                if name == sheet or not name.startswith("xl/worksheets/"):
                    archive.writestr(name, self.part(name) if name.endswith((".xml", ".rels")) else b"")
        return stream.getvalue()

    def inflated(self, name: str) -> bytes:
        """The bytes of a part, as many as the directory declares; b'' if there is none."""
        if self.zip is None or name not in self.zip.NameToInfo:
            return b""
        try:
            return self.zip.read(name)
        except _ZIP_RAISES as error:
            raise GiaError(f"{self.name}：文件已损坏，读不出来；请用原来的程序重新保存，或者重新索取一份。") from error

    def _read(self, name: str) -> bytes:
        data = self.inflated(name)
        if data[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in data[:64]:
            raise GiaError(f"{self.name}：文件内部的编码不是 UTF-8，不予打开；{_SAVE_AS}。")
        if b"<!" in data and _ENTITY.search(data):
            raise GiaError(f"{self.name}：文件内含文档类型或实体声明，可能是恶意文件，不予打开；请向报送单位核实来源。")
        return data


def open_file(path: Path) -> Package:
    """Read a file and prove that it may be opened. Raises GiaError that says what the file is and the way out."""
    name = path.name
    if name.startswith("~$"):
        raise GiaError(f"{name}：这是 Excel 打开文件时留下的临时锁文件，不是工作簿；请改用去掉“~$”的同名文件。")
    try:
        if path.is_dir():
            raise GiaError(f"{name}：这是文件夹，不是工作簿；请指定其中的 .xlsx 文件。")
        if path.exists() and not path.is_file():
            raise GiaError(f"{name}：这不是文件，而是设备或管道；请指定工作簿文件。")
        if path.stat().st_size > LARGEST_FILE:
            raise GiaError(f"{name}：文件超过 {LARGEST_FILE // 1_000_000} MB，不像一份年度报告，不予打开；请核对文件。")
        data = path.read_bytes()
    except FileNotFoundError:
        raise GiaError(f"{name}：找不到这个文件；请核对路径和文件名。") from None
    except PermissionError:
        raise GiaError(f"{name}：没有读取权限，或者正被 Excel、WPS 占用；请关闭后再试。") from None
    except OSError as error:
        raise GiaError(f"{name}：读不到这个文件（{system_words(error)}）；请核对路径和磁盘。") from error
    if data.startswith(_OLE):
        return _ole(name, data)
    if data.startswith(b"PK"):
        return _zip(name, data)
    raise GiaError(f"{name}：{_what(data)}")


def _ole(name: str, data: bytes) -> Package:
    """An OLE container: a workbook of Excel 97, an encrypted package, or a document of another kind."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise GiaError(f"{name}：文件设有打开密码；请在 Excel 或 WPS 中取消密码后重新保存。")
    if "WordDocument".encode("utf-16-le") in data:
        raise GiaError(f"{name}：这是 Word 文档（.doc），不是工作簿；请把内容填入 gia-xlsx new 生成的 .xlsx。")
    if not any(word.encode("utf-16-le") in data for word in ("Workbook", "Book")):
        raise GiaError(f"{name}：这是旧版 Office 文件，但里面没有工作簿；{_SAVE_AS}。")
    return Package(name, "xls", data)


def _zip(name: str, data: bytes) -> Package:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _ZIP_RAISES as error:
        raise GiaError(f"{name}：文件不完整或已损坏（可能没有传完）；请重新下载、复制或另存一份。") from error
    _directory(name, archive)
    package = Package(name, "xlsx", data, archive)
    names = archive.NameToInfo
    if "xl/workbook.bin" in names:
        package.kind = "xlsb"
        _binary_sheets(package)
    elif "content.xml" in names:
        if b"spreadsheet" not in package.part("mimetype")[:100]:
            raise GiaError(f"{name}：这是 LibreOffice 的文字或演示文档，不是工作簿；请把内容填入 .xlsx 工作簿。")
        package.kind = "ods"
        _repeated_cells(package)
    elif "word/document.xml" in names:
        raise GiaError(f"{name}：这是 Word 文档，不是工作簿；请按表格数字填入工作簿。")
    elif "ppt/presentation.xml" in names:
        raise GiaError(f"{name}：这是演示文稿，不是工作簿；请把内容填入 .xlsx 工作簿。")
    elif not any(part.endswith("workbook.xml") for part in names):
        raise GiaError(f"{name}：这是压缩包，里面没有工作簿；请解压后指定其中的 .xlsx 文件。")
    return package


def _directory(name: str, archive: zipfile.ZipFile) -> None:
    """What the central directory declares: number of parts, their sizes, no name twice."""
    entries = archive.infolist()
    if len({entry.filename.lower() for entry in entries}) < len(entries):
        raise GiaError(f"{name}：压缩包里有重名的部件，可能是恶意文件，不予打开；请向报送单位核实来源。")
    sizes = [entry.file_size for entry in entries]
    if len(entries) > MOST_PARTS or max(sizes, default=0) > LARGEST_PART or sum(sizes) > LARGEST_SUM:
        raise GiaError(
            f"{name}：解压后将达 {sum(sizes) / 1e6:.0f} MB、{len(entries)} 个部件，远超一份年度报告，不予打开；"
            "请核对文件，或把内容复制到新的空白工作簿。"
        )
    if any(entry.flag_bits & 1 for entry in entries):
        raise GiaError(f"{name}：压缩包设有密码；请取消密码后重新保存。")
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise GiaError(f"{name}：文件用了表格程序不用的压缩方式，或者已损坏；{_SAVE_AS}。")


def _merges(data: bytes) -> Merges:
    """The merged ranges of a sheet as top, left, bottom, right, from 0."""
    return tuple(
        (int(match[2]) - 1, column(match[1]), int(match[4]) - 1, column(match[3]))
        for match in _MERGE.finditer(data, max(0, data.find(b"mergeCells")))
    )


def prefix_of(data: bytes) -> bytes:
    """The namespace prefix that a sheet's XML writes before its names: b'' or, from some programs, b'x:'."""
    match = re.search(rb"<(\w{1,20}:)?(?:worksheet|sheetData)\b", data[:4000])
    return (match[1] or b"") if match else b""


def column(letters: bytes) -> int:
    """``A`` is 0, ``XFD`` is 16383."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _repeated_cells(package: Package) -> None:
    """An .ods states repeats; a library lays each of them out, so their reach is bounded before."""
    rows = columns = reach = 0
    for row in package.part("content.xml").split(b"<table:table-row")[1:]:
        repeats = _REPEATED.search(row[:300].split(b">")[0])
        rows += int(repeats[1]) if repeats else 1
        if b"office:value" in row:
            reach = rows
        cells = row.split(b"<table:table-cell")[1:]
        width = last = 0
        for cell in cells:
            tag = cell[:2000].split(b">")[0]
            repeats = _REPEATED.search(tag)
            width += int(repeats[1]) if repeats else 1
            if b"office:value" in tag:
                last = width
        columns = max(columns, last)
        if b"<table:table " in row:
            rows = 0
    if reach * columns > MERGED_AREA:
        raise GiaError(f"{package.name}：工作表的内容一直排到第 {reach} 行，不像一份年度报告；{_SAVE_AS}。")


def _binary_sheets(package: Package) -> None:
    """An .xlsb tells rows and columns in binary records; a library lays the whole reach out."""
    for part in package.names():
        if not (part.startswith("xl/worksheets/") and part.endswith(".bin")):
            continue
        data = package.inflated(part)
        at = row = last_row = last_column = 0
        while at < len(data):
            kind, at = _varint(data, at, 2)
            size, at = _varint(data, at, 4)
            if kind == 0:
                row = int.from_bytes(data[at : at + 4], "little")
            elif 2 <= kind <= 11:
                last_row = max(last_row, row)
                last_column = max(last_column, int.from_bytes(data[at : at + 4], "little"))
            at += size
        if (last_row + 1) * (last_column + 1) > MERGED_AREA:
            raise GiaError(f"{package.name}：工作表的内容一直排到第 {last_row + 1} 行，不像一份年度报告；{_SAVE_AS}。")


def _varint(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A little-endian number of seven bits a byte, and where it ends."""
    number = 0
    for step in range(most):
        byte = data[at] if at < len(data) else 0
        at += 1
        number |= (byte & 0x7F) << (7 * step)
        if byte < 0x80:
            break
    return number, at


def _what(data: bytes) -> str:
    """In one sentence, what a file is that no spreadsheet program would have written."""
    head = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:2000]
    if not data.strip(b"\0"):
        return "文件是空的；请重新下载、复制或另存一份。"
    for magic, what in _HEADS:
        if data.startswith(magic):
            return f"这是{what}，不是工作簿；请填写 gia-xlsx new 生成的 .xlsx。"
    lower = head.lower()
    if lower.startswith((b"<!doctype html", b"<html")) or b"<table" in lower:
        return f"这是网页（HTML），只是改了扩展名；{_SAVE_AS}。"
    if lower.startswith(b"<?xml"):
        return f"这是 XML 文件（可能是 Excel 2003 XML 表格）；{_SAVE_AS}。"
    if not any(byte < 7 for byte in data[:2000]):
        return f"这是纯文本或 CSV，没有工作表和公式；{_SAVE_AS}，或把数字填入 gia-xlsx new 生成的 .xlsx。"
    return f"认不出这是什么文件；{_SAVE_AS}。"
