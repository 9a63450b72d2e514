"""What is not a workbook, and what is one only to do harm: one sentence each, quickly, in bounded memory."""

from __future__ import annotations

import io
import random
import re
import struct
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import docx
import pytest
import xlsxwriter

from gia_xlsx.errors import GiaError
from gia_xlsx.workbook.guard import open_file
from gia_xlsx.workbook.read import read_workbook
from tests.damage import REQUESTS, copy, original, sheet_part, soffice, with_zip

BYTES = 200_000_000


@pytest.fixture(autouse=True)
def bounded() -> Iterator[None]:
    """No input may take much memory, whatever it is."""
    original()
    tracemalloc.start()
    yield
    assert tracemalloc.get_traced_memory()[1] < BYTES
    tracemalloc.stop()


def refusal(path: Path) -> str:
    """The sentence with which a file is refused: it begins with the name of the file and ends with a full stop."""
    before = path.read_bytes() if path.is_file() else b""
    with pytest.raises(GiaError) as error:
        read_workbook(path)
    sentence = str(error.value)
    assert sentence.startswith(f"{path.name}：") and sentence.endswith("。") and "\n" not in sentence
    assert before == (path.read_bytes() if path.is_file() else b"")
    return sentence


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("空.xlsx", b"", "空的"),
        ("零.xlsx", b"\0" * 5000, "空的"),
        ("表.csv", "机关,年度\n甲,2024\n".encode(), "CSV"),
        ("表.xlsx", "机关\t年度\r\n".encode("gb18030"), "CSV"),
        ("网页.xls", b"<html><body><table><tr><td>1</td></tr></table>", "网页"),
        ("网页二.xls", b"\xef\xbb\xbf\r\n<!DOCTYPE html>", "网页"),
        ("表2003.xls", b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "XML"),
        ("扫描.xlsx", PNG, "图片"),
        ("报告.xlsx", b"%PDF-1.7", "PDF"),
        ("包.xlsx", b"Rar!\x1a\x07", "压缩包"),
        ("乱.xlsx", bytes(range(1, 256)) * 20 + b"\0\0", "认不出"),
        ("半个.xlsx", b"PK\x03\x04" + b"x" * 500, "不完整或已损坏"),
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "Word"),
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "没有工作簿"),
        ("密.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "密码"),
        ("坏.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") * 90, "损坏"),
        ("~$年报.xlsx", b"\x05admin", "锁文件"),
    ],
)
def test_what_is_not_a_workbook(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    (tmp_path / name).write_bytes(data)
    assert words in refusal(tmp_path / name)


def test_no_file_a_folder_and_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "找不到" in refusal(tmp_path / "没有.xlsx")
    (tmp_path / "夹.xlsx").mkdir()
    assert "文件夹" in refusal(tmp_path / "夹.xlsx")
    path = copy(tmp_path)

    def locked(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", locked)  # as root no file is unreadable
    with pytest.raises(GiaError, match="占用"):
        read_workbook(path)


def test_a_word_document_and_a_plain_zip(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("年度报告")
    document.save(str(tmp_path / "报告.xlsx"))
    assert "Word" in refusal(tmp_path / "报告.xlsx")
    with zipfile.ZipFile(tmp_path / "包.xlsx", "w") as archive:
        archive.writestr("a.xlsx", b"")
    assert "压缩包" in refusal(tmp_path / "包.xlsx")


def test_half_a_download_at_every_length(tmp_path: Path) -> None:
    data = original().read_bytes()
    for part in range(1, 20):
        path = tmp_path / f"{part}.xlsx"
        path.write_bytes(data[: len(data) * part // 20])
        refusal(path)


def test_an_encrypted_zip_entry(tmp_path: Path) -> None:
    data = bytearray(original().read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    (tmp_path / "密.xlsx").write_bytes(data)
    assert "密码" in refusal(tmp_path / "密.xlsx")


def requests(change: Callable[[bytes], bytes]) -> Callable[[Path], Path]:
    """Damage to the XML of table three."""

    def damage(path: Path) -> Path:
        part = sheet_part(path, REQUESTS)
        return with_zip(path, lambda name, data: change(data) if name == part else data)

    return damage


def after_head(text: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(b"<worksheet", text + b"<worksheet", 1)


LAUGHS = b'<!DOCTYPE l [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
) + b"]>"  # fmt: skip
MERGES = b'<mergeCells count="4">' + b'<mergeCell ref="A1:XFD1000"/>' * 4 + b"</mergeCells>"


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (requests(after_head(LAUGHS)), "实体声明"),
        (requests(after_head(b'<!DOCTYPE x SYSTEM "file:///etc/passwd">')), "实体声明"),
        (requests(after_head(b"<!-- x -->" + b"<!-- " + b"x" * 100_000 + b" --><!doctype x>")), "实体声明"),
        (requests(lambda data: data.decode().encode("utf-16")), "UTF-8"),
        (requests(lambda data: data.replace(b"</sheetData>", b" " * 40_000_000 + b"</sheetData>")), "MB"),
        (requests(lambda data: data.replace(b"</sheetData>", b"<row/>" * 3_000_000 + b"</sheetData>")), "行"),
        (
            requests(
                lambda data: data.replace(b"</sheetData>", b"<row>" + b"<c/>" * 1_000_000 + b"</row></sheetData>")
            ),
            "单元格",
        ),
        (requests(lambda data: data.replace(b"<mergeCells", MERGES + b"<mergeCells", 1)), "合并"),
        (requests(lambda data: data[: len(data) // 2]), "损坏"),
        (requests(lambda data: b""), "损坏"),
    ],
    ids=["laughs", "external", "late doctype", "utf-16", "spaces", "rows", "cells", "merges", "cut", "empty"],
)
def test_hostile_sheets(tmp_path: Path, damage: Callable[[Path], Path], words: str) -> None:
    assert words in refusal(damage(copy(tmp_path)))


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"])
def test_a_part_lost_or_cut(tmp_path: Path, part: str) -> None:
    for damage in (lambda data: None, lambda data: data[: len(data) // 2]):
        path = with_zip(copy(tmp_path), lambda name, data, d=damage: d(data) if name == part else data)  # type: ignore[misc]
        try:
            read_workbook(path)
        except GiaError as error:
            assert str(error).startswith(path.name)


def test_many_parts_and_a_name_twice(tmp_path: Path) -> None:
    extra = {f"xl/media/{n}.xml": b"" for n in range(3000)}
    assert "部件" in refusal(with_zip(copy(tmp_path), lambda name, data: data, extra))
    path = copy(tmp_path, "重名.xlsx")
    with zipfile.ZipFile(path, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("xl/workbook.xml", b"<workbook/>")
    assert "重名" in refusal(path)


def test_a_size_that_lies(tmp_path: Path) -> None:
    """A part of 50 MB that declares a thousand bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 50_000_000)
    data = buffer.getvalue().replace(struct.pack("<I", 50_000_000), struct.pack("<I", 1000))
    (tmp_path / "谎.xlsx").write_bytes(data)
    refusal(tmp_path / "谎.xlsx")


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
        b'<row r="1048576"><c><v>1</v></c></row>',
        b'<row r = "99"><c r = "XFD1048576"><v>1</v></c></row>',
        b'<row r="99"><c s="1" r="XFD1048576"><v>1</v></c></row>',
        b'<row r="99"><c r="' + b"A" * 60 + b'9"><v>1</v></c></row>',
        b'<row r="99"><c\tr="XFD1048576"><v>1</v></c></row>',
        b'<row xmlns:z="urn:z" r="9"><z:c r="XFD9"><v>1</v></z:c></row>',
        b'<row r="9">' + b"<z:c><v>1</v></z:c>" * 16_000 + b"</row>",
        b"<row>" + b"<c><v>1</v></c>" * 16_000 + b"</row>" + b"<row/>" * 90_000,
    ],
)
def test_a_cell_in_the_far_corner_does_not_end_the_process(tmp_path: Path, cell: bytes) -> None:
    damage = requests(lambda data: data.replace(b"</sheetData>", cell + b"</sheetData>"))
    try:
        report = read_workbook(damage(copy(tmp_path)))
    except GiaError as error:
        assert str(error).endswith("。")
    else:
        assert len(report.facts) == len(report.form.cells)


def test_a_second_name_for_the_namespace_hides_no_cell(tmp_path: Path) -> None:
    def hide(data: bytes) -> bytes:
        main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        data = data.replace(b"<worksheet ", b'<worksheet xmlns:z="' + main + b'" ', 1)
        data = data.replace(b"<sheetData>", b"<z:sheetData>").replace(b"</sheetData>", b"</z:sheetData>")
        return data.replace(b"</z:sheetData>", b'<z:row r="9"><z:c r="XFD1048576"><v>1</v></z:c></z:row></z:sheetData>')

    path = requests(hide)(copy(tmp_path))
    report = read_workbook(path)
    assert len(report.facts) == len(report.form.cells)


def test_a_dimension_of_the_whole_sheet(tmp_path: Path) -> None:
    def claim(data: bytes) -> bytes:
        start = data.index(b"<dimension")
        return data[:start] + b'<dimension ref="A1:XFD1048576"/>' + data[data.index(b"/>", start) + 2 :]

    assert read_workbook(requests(claim)(copy(tmp_path))).oddities == ()


@pytest.mark.parametrize(("at", "number"), [(16, 16), (16, 1 << 31), (12, 1 << 31)])
def test_an_archive_whose_end_record_lies(tmp_path: Path, at: int, number: int) -> None:
    """The place or the size of the central directory is not what is there."""
    data = bytearray(original().read_bytes())
    end = data.rindex(b"PK\x05\x06")
    (told,) = struct.unpack_from("<I", data, end + at)
    struct.pack_into("<I", data, end + at, (told + number) % (1 << 32))
    (tmp_path / "错.xlsx").write_bytes(data)
    assert "损坏" in refusal(tmp_path / "错.xlsx")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_that_no_office_uses(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "压.xlsx", "w", method) as archive:
        archive.writestr("xl/workbook.xml", b" " * 20_000_000)
    assert "压缩方式" in refusal(tmp_path / "压.xlsx")


def shared(text: bytes, times: int) -> Callable[[Path], Path]:
    """One more text among those that cells share, and cells beside table three that show it."""

    def damage(path: Path) -> Path:
        part = sheet_part(path, REQUESTS)
        with zipfile.ZipFile(path) as archive:
            number = archive.read("xl/sharedStrings.xml").count(b"<si>")
        cell = b'<c t="s"><v>%d</v></c>' % number
        rows = b"".join(b"<row>" + cell * 100 + b"</row>" for _ in range(times // 100))
        return with_zip(
            path,
            lambda name, data: (
                data.replace(b"</sst>", b"<si><t>" + text + b"</t></si></sst>")
                if name == "xl/sharedStrings.xml"
                else data.replace(b"</sheetData>", rows + b"</sheetData>")
                if name == part
                else data
            ),
        )

    return damage


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (shared(b"x" * 10_000_000, 100), "文字过长"),
        (shared(b"x" * 32_767, 10_000), "文字总量"),
        (shared("\ufdfa".encode() * 10_000, 10_000), "文字总量"),  # one character that becomes eighteen
        (requests(lambda data: data.replace(b"<v>", b"<v>" + b"1" * 500_000, 1)), "文字过长"),
    ],
    ids=["one", "many", "that grow", "in the sheet"],
)
def test_texts_that_fill_the_memory(tmp_path: Path, damage: Callable[[Path], Path], words: str) -> None:
    assert words in refusal(damage(copy(tmp_path)))


@pytest.mark.parametrize(("sheets", "cells"), [(4, 10_000), (12, 1)])
def test_many_sheets_with_a_cell_in_the_far_corner(tmp_path: Path, sheets: int, cells: int) -> None:
    """Each of them is read carefully, which is slow: in all not more than a report may need."""
    with xlsxwriter.Workbook(tmp_path / "多.xlsx") as book:
        for _ in range(sheets):
            sheet = book.add_worksheet()
            sheet.write_number(20_000, 800, 1)
            for number in range(cells):
                sheet.write_number(number // 50, number % 50, number)
    assert refusal(tmp_path / "多.xlsx")


def test_one_part_that_is_many_sheets(tmp_path: Path) -> None:
    target = re.compile(rb'Target="worksheets/sheet\d+.xml"')
    one = with_zip(copy(tmp_path), lambda _, data: target.sub(b'Target="worksheets/sheet6.xml"', data))
    assert "损坏" in refusal(one)


def test_an_ods_that_repeats_its_cells(tmp_path: Path) -> None:
    folder = soffice("ods", original())
    path = folder / f"{original().stem}.ods"
    bomb = (
        b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="float" '
        b'office:value="1" table:number-columns-repeated="1000"/></table:table-row>'
    )
    with_zip(
        path,
        lambda name, data: data.replace(b"</table:table>", bomb + b"</table:table>") if name == "content.xml" else data,
    )
    assert "一直排到第" in refusal(path)


def test_an_xls_that_would_end_the_process(tmp_path: Path) -> None:
    """Bytes of a real .xls overwritten here and there: its parser panics, or asks for a hundred gigabytes."""
    data = (soffice("xls:MS Excel 97", original()) / f"{original().stem}.xls").read_bytes()
    chance = random.Random(5)
    for number in range(15):
        broken = bytearray(data)
        for _ in range(chance.choice((1, 3, 30))):
            broken[chance.randrange(len(broken))] = chance.choice((0, 255, chance.randrange(256)))
        path = tmp_path / f"{number}.xls"
        path.write_bytes(broken)
        try:
            read_workbook(path)
        except GiaError as error:
            assert str(error).startswith(path.name)


def test_the_guard_lets_a_good_workbook_pass() -> None:
    package = open_file(original())
    assert package.kind == "xlsx" and package.part("xl/workbook.xml").startswith(b"<?xml")
