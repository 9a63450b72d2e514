"""``gia-xlsx import`` as scripts and clerks meet it: exit status, words, many sources, bad input in a sentence."""

from __future__ import annotations

import json
import shutil
import time
import zipfile
from pathlib import Path

import pytest

from gia_xlsx import GiaError, RefusedError, import_report, read_workbook
from gia_xlsx.imports import import_all
from gia_xlsx.intake.sniff import decode, read_source
from gia_xlsx.publish import Edition, rendered
from tests.examples import FOLDER, example
from tests.pdfs import scan_pdf
from tests.seeds import load_seed, source
from tests.shapes import corpus
from tests.test_cli import run, said, sentence

ANJU = "随县安居镇人民政府2024.xlsx"
PAGE = rendered(Edition(load_seed("004"), True), "html")


@pytest.fixture(scope="module")
def half() -> bytes:
    """A report cut in the middle of table three."""
    return next(one.data for one in corpus() if one.name == "html cut in table three 2021")


def test_a_source_becomes_a_workbook_named_after_its_report(tmp_path: Path) -> None:
    done = run("import", str(source("000")), cwd=tmp_path)
    assert done.returncode == 0 and not done.stderr
    for words in ("随县安居镇人民政府 2024 年度（2021 年格式）", "200/200", "页面杂项 1 处", f"已生成：{ANJU}"):
        assert words in said(done)
    assert read_workbook(tmp_path / ANJU).organ == "随县安居镇人民政府"


def test_the_published_error_is_kept_and_check_finds_it(tmp_path: Path) -> None:
    assert run("import", str(source("001")), "-o", "某市.xlsx", cwd=tmp_path).returncode == 0
    done = run("check", "某市.xlsx", cwd=tmp_path)
    assert done.returncode == 1 and "GIA203-F0DE  三、依申请公开!K7" in said(done)


def test_json_says_what_was_read_and_where(tmp_path: Path) -> None:
    done = run("import", str(source("002")), "--format", "json", cwd=tmp_path)
    assert done.returncode == 0 and list(tmp_path.iterdir()) == []
    data = json.loads(said(done))
    assert (data["form"], data["organ"], data["type"], data["year"]) == (
        "2019",
        "南县麻河口镇人民政府",
        "township",
        2020,
    )
    facts = {fact["key"]: fact for fact in data["facts"]}
    assert len(facts) == 198
    assert facts["disclosure/licensing/items_change"] == {
        "key": "disclosure/licensing/items_change",
        "value": 111,
        "raw": "增111",
        "place": {"line": 38},
    }
    assert facts["requests/carried_out/natural"]["value"] is None
    assert data["paragraphs"][0]["section"] == "overview" and data["paragraphs"][0]["place"]["line"] == 3
    assert data["unplaced"] == [] and any("397265元" in note["message"] for note in data["notes"])


def test_json_of_a_table_names_table_row_and_column(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(PAGE)
    data = json.loads(said(run("import", "page.html", "--format", "json", cwd=tmp_path)))
    place = next(fact["place"] for fact in data["facts"] if fact["key"] == "requests/received/natural")
    assert place == {"table": 2, "row": 4, "column": 2}


def test_json_and_a_workbook_at_once(tmp_path: Path) -> None:
    assert run("import", str(source("000")), "--format", "json", "-o", "a.xlsx", cwd=tmp_path).returncode == 0
    assert (tmp_path / "a.xlsx").exists()


def test_what_is_declared_goes_before_what_is_inferred(tmp_path: Path) -> None:
    options = ("--organ", "随县某某局", "--year", "2023", "--scope", "self", "-o", "x.xlsx")
    assert run("import", str(source("000")), *options, cwd=tmp_path).returncode == 0
    cover = read_workbook(tmp_path / "x.xlsx").cover
    assert (cover.organ, cover.type, cover.year, cover.scope) == ("随县某某局", "department", 2023, "self")


def test_the_record_of_the_import_is_in_the_workbook_and_is_not_read_as_data(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    run("import", str(source("003")), "-o", "a.xlsx", cwd=tmp_path)
    sheet = load_workbook(tmp_path / "a.xlsx")["导入记录"]
    told = [tuple(cell.value for cell in row[1:4]) for row in sheet.iter_rows(min_row=4)]
    assert ("页面杂项", "第2行", "2019年12月3日星期二") in told
    assert any(kind == "推断" and "中旺镇" in words for kind, _, words in told)
    assert {oddity.kind.name for oddity in read_workbook(tmp_path / "a.xlsx").oddities} == set()


# --- half a report, none at all -----------------------------------------------------------------------------------


def test_half_a_report_is_read_and_the_rest_listed(tmp_path: Path, half: bytes) -> None:
    (tmp_path / "半份.html").write_bytes(half)
    done = run("import", "半份.html", "-o", "a.xlsx", cwd=tmp_path)
    assert done.returncode == 1
    assert "缺少" in said(done) and "复议" in said(done) and "没有读到" in said(done)
    assert (tmp_path / "a.xlsx").exists()


OLD = """某县人民政府2015年政府信息公开工作年度报告
根据《中华人民共和国政府信息公开条例》，编制2015年政府信息公开工作年度报告。
一、概述
二、主动公开政府信息的情况
主动公开政府信息数 1024
三、依申请公开政府信息办理情况
收到申请总数 12
四、政府信息公开的收费及减免情况
五、因政府信息公开申请行政复议、提起行政诉讼的情况
六、存在的主要问题和改进情况
七、其他需要报告的事项
附表 统计表
"""
LIST = "<html><body>" + "".join(f"<p>{name}镇2024年政府信息公开工作年度报告</p>" for name in "甲乙丙丁戊己")
LOGIN = (
    "<html><body><form><p>用户登录</p><p>用户名</p><p>密码</p><p>验证码</p><p>忘记密码？请联系管理员，"
    "电话0000-0000000，工作日办理账号开通、密码重置、单位变更等事项。</p></form></body></html>"
)
NONE = {
    "old.txt": (OLD.encode(), ("旧式的年度报告", "2015", "2019")),
    "list.html": (LIST.encode(), ("列表页", "6 项", "打开其中一份")),
    "login.html": (LOGIN.encode(), ("登录页面",)),
    "script.html": (b"<html><div id=app></div><script src=a.js></script></html>", ("几乎没有文字", "脚本")),
    "other.txt": (("今天天气很好，适合春游，我们一起去公园看花。" * 9).encode(), ("不像政府信息公开工作年度报告",)),
    "scan.pdf": (scan_pdf(), ("扫描件",)),
    "photo.png": (b"\x89PNG\r\n\x1a\n" + bytes(64), ("图片",)),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), ("旧版 Office", ".docx")),
    "a.rtf": (rb"{\rtf1 x}", ("RTF",)),
    "empty.html": (b"", ("空的",)),
    "zeros.txt": (bytes(5000), ("空的",)),
    "data.json": (rendered(Edition(load_seed("000"), True), "json"), ("report.json", "--previous")),
    "noise.bin": (bytes(range(256)) * 40, ("认不出",)),
}  # fmt: skip


@pytest.mark.parametrize("name", NONE)
def test_a_source_without_a_report_is_one_sentence_saying_what_it_seems_to_be(tmp_path: Path, name: str) -> None:
    data, told = NONE[name]
    (tmp_path / name).write_bytes(data)
    done = run("import", name, cwd=tmp_path)
    assert done.returncode == 2 and not done.stdout
    for words in told:
        assert words in sentence(done)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_workbook_is_told_as_one() -> None:
    with pytest.raises(GiaError, match=r"工作簿.*check"):
        import_report(FOLDER / "examples" / example("000"))


def test_an_archive_is_told_as_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("readme.txt", "x")
    with pytest.raises(GiaError, match="解压"):
        import_report(tmp_path / "a.zip")


# --- the file on disk ---------------------------------------------------------------------------------------------


def test_nothing_is_written_over_without_force(tmp_path: Path) -> None:
    (tmp_path / ANJU).write_bytes(b"mine")
    done = run("import", str(source("000")), cwd=tmp_path)
    assert done.returncode == 2 and "--force" in sentence(done)
    assert (tmp_path / ANJU).read_bytes() == b"mine"
    assert run("import", str(source("000")), "--force", cwd=tmp_path).returncode == 0
    with pytest.raises(RefusedError):
        import_report(source("000"), tmp_path / ANJU)


def test_a_target_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    done = run("import", str(source("000")), "-o", "a.docx", cwd=tmp_path)
    assert done.returncode == 2 and "a.xlsx" in sentence(done)


def test_a_folder_as_target_takes_the_name_of_the_report(tmp_path: Path) -> None:
    assert run("import", str(source("000")), "-o", "out", cwd=tmp_path).returncode == 0
    assert (tmp_path / "out" / ANJU).exists()


def test_content_decides_the_kind_not_the_suffix(tmp_path: Path) -> None:
    shutil.copy(source("000"), tmp_path / "a.pdf")
    (tmp_path / "b.txt").write_bytes(PAGE)
    (tmp_path / "c.html").write_bytes(rendered(Edition(load_seed("004"), True), "docx"))
    kinds = [import_report(tmp_path / name).kind for name in ("a.pdf", "b.txt", "c.html")]
    assert kinds == ["文本", "网页", "Word 文档"]


# --- many sources -------------------------------------------------------------------------------------------------


def test_a_folder_goes_on_past_a_bad_source_and_ends_with_a_table(tmp_path: Path, half: bytes) -> None:
    sources = tmp_path / "sources"
    sources.mkdir()
    for seed in ("000", "001", "004"):
        shutil.copy(source(seed), sources)
    (sources / "再报.html").write_bytes(PAGE)  # the same report again
    (sources / "半份.html").write_bytes(half)
    (sources / "登录.html").write_text(LOGIN, encoding="utf-8")
    (sources / "扫描.jpg").write_bytes(b"\xff\xd8\xff")
    done = run("import", "sources", "-o", "out", cwd=tmp_path)
    assert done.returncode == 2
    assert "共 6 份：读全 3 份，不全 1 份，没有导入 2 份。" in said(done)
    assert "半份.html：" in said(done) and "没有读到" in said(done) and "已读，未写出" in said(done)
    errors = done.stderr.decode("utf-8")
    assert "登录页面" in errors and "为免互相覆盖" in errors and "扫描.jpg" in errors and "Traceback" not in errors
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(written) == 4 and ANJU in written and not any(name.startswith(".") for name in written)


def test_many_sources_as_json(tmp_path: Path) -> None:
    done = run("import", str(source("000")), str(source("004")), "--format", "json", cwd=tmp_path)
    files = json.loads(said(done))["files"]
    assert [one["status"] for one in files] == ["whole", "whole"]
    assert [one["year"] for one in files] == [2024, 2022]
    assert list(tmp_path.iterdir()) == []


def test_many_sources_are_read_on_all_cores_and_come_out_in_order(tmp_path: Path) -> None:
    paths = []
    for number in range(30):
        path = tmp_path / f"{number:02}.txt"
        town = f"第{'一二三四五六七八九十'[number % 10]}镇"
        text = source("004").read_text(encoding="utf-8").replace("龙泉镇", town, 1)
        path.write_text(text.replace("2022年政府", f"{2021 + number // 10}年政府"), encoding="utf-8")
        paths.append(path)
    done: list[int] = []
    outcomes = import_all(paths, tmp_path / "out", progress=done.append)
    assert [outcome.path for outcome in outcomes] == paths
    assert {outcome.status for outcome in outcomes} == {"whole"} and done == list(range(1, 31))
    assert len({outcome.target for outcome in outcomes}) == 30


def test_a_folder_without_reports_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(b"x")
    done = run("import", ".", cwd=tmp_path)
    assert done.returncode == 2 and "没有能读的报告" in sentence(done) and "a.jpg" in sentence(done)


# --- encodings ----------------------------------------------------------------------------------------------------

CHINESE = "一、总体情况：2024年，镇政府主动公开信息61条。" * 20


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_chinese_text_is_decoded_whatever_its_encoding(encoding: str) -> None:
    text = CHINESE if "16" not in encoding else f"2024 report\r\n{CHINESE}" + "abc 123 " * 200
    assert decode(text.encode(encoding), "a.txt") == text


def test_big5_is_detected() -> None:
    text = "一、總體情況：二零二四年，鎮政府主動公開資訊六十一條，收到申請三十三件。" * 10
    assert decode(text.encode("big5"), "a.txt") == text


def test_a_page_that_lies_about_its_encoding() -> None:
    assert CHINESE in decode(f'<meta charset="gb2312">{CHINESE}'.encode(), "a.html")
    assert CHINESE in decode(f'<meta charset="utf-8">{CHINESE}'.encode("gbk"), "a.html")


def test_a_page_of_which_some_bytes_were_lost_is_still_read() -> None:
    data = CHINESE.encode()
    assert "主动公开信息61条" in decode(data[:301] + data[302:], "a.txt")


def test_a_single_file_archive_of_a_page() -> None:
    archive = (
        b'From: <Saved by Browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="X"\r\n\r\n'
        b"--X\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    import base64

    archive += base64.encodebytes(PAGE) + b"\r\n--X--\r\n"
    assert read_source(archive, "a.mht").meta["title"] == read_source(PAGE, "a.html").meta["title"]


# --- bounds -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        b"0 " * 500_000,
        b"1\n" * 11_000,
        "行政许可\n".encode() * 11_000,
        "一、总体情况\n".encode() * 5_000,
        b"|" * 300_000,
        ("规章 " * 200_000).encode(),
        ("（" * 400_000).encode(),
        b"<table>" + b"<tr><td>1" * 60_000,
    ],
    ids=["figures", "lines of figures", "labels", "headings", "bars", "words", "brackets", "cells"],
)
def test_a_source_made_to_be_slow_is_read_or_refused_in_bounded_time(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    start = time.process_time()
    with pytest.raises(GiaError):
        import_report(tmp_path / "a.txt")
    assert time.process_time() - start < 60  # seconds it takes; without bounds, hours


def test_a_page_of_fifty_megabytes_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"<html>" + b"x" * 50_000_000)
    with pytest.raises(GiaError, match="MB"):
        import_report(tmp_path / "a.html")
