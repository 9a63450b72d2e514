"""``build --watch``: a save is noticed once it has come to rest, and the page is shown to this machine alone."""

from __future__ import annotations

import shutil
import socket
import struct
import threading
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from gia_xlsx import preview
from gia_xlsx.build_command import Order, for_preview
from gia_xlsx.preview_page import Shown, served
from gia_xlsx.profile import NATIONAL
from tests.examples import FOLDER, example

BOOK = FOLDER / "examples" / example("004")


def get(address: str, host: str = "") -> tuple[int, str]:
    request = urllib.request.Request(address, headers={"Host": host} if host else {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode("utf-8")
    except urllib.error.HTTPError as problem:
        return problem.code, problem.read().decode("utf-8")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    folder = tmp_path / "某镇2024"
    folder.mkdir()
    (folder / "report.html").write_text("<p>年报</p>", encoding="utf-8")
    (tmp_path / "机密.txt").write_text("机密", encoding="utf-8")
    return folder


def test_the_frame_shows_the_page_as_it_was_built(report: Path) -> None:
    shown = Shown()
    shown.add([report])
    with served(shown) as address:
        status, frame = get(address)
        assert status == 200 and "<iframe" in frame and "report.html" in frame
        source = frame.partition('src="')[2].partition('"')[0]
        root = address.rsplit("/", 2)[0]
        assert get(root + source) == (200, "<p>年报</p>")


def test_the_version_tells_the_frame_to_reload(report: Path) -> None:
    shown = Shown()
    shown.add([report])
    with served(shown) as address:
        before = get(f"{address}version")
        shown.add([report])
        assert before[1] != get(f"{address}version")[1]


@pytest.mark.parametrize(
    "path", ["../机密.txt", "%2e%2e/%2e%2e/机密.txt", "某镇2024/../机密.txt", "某镇2024/%2e%2e%2f机密.txt", "x"]
)
def test_nothing_but_what_was_built_is_served(report: Path, path: str) -> None:
    shown = Shown()
    shown.add([report])
    with served(shown) as address:
        assert get(address + urllib.request.quote(path, safe="/%"))[0] == 404


def test_who_does_not_know_the_address_or_comes_by_another_name_sees_nothing(report: Path) -> None:
    shown = Shown()
    shown.add([report])
    with served(shown) as address:
        root = address.rstrip("/").rpartition("/")[0]
        assert get(root + "/")[0] == 404 and get(root + "/guess/")[0] == 404
        assert get(address, host="evil.example")[0] == 404


def test_who_is_shown_nothing_is_told_the_way_in_chinese(report: Path) -> None:
    shown = Shown()
    shown.add([report])
    with served(shown) as address:
        status, page = get(address + "某镇2023".encode().hex())
        assert status == 404 and "没有这一页" in page and "预览的首页" in page
        shutil.rmtree(report)
        assert get(f"{address}{urllib.request.quote(report.name)}/report.html")[0] == 404


def test_a_browser_that_does_not_wait_for_the_answer_leaves_no_trace(
    report: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    shown = Shown()
    (report / "report.html").write_bytes(bytes(20_000_000))
    shown.add([report])
    with served(shown) as address:
        port = int(address.split(":")[2].partition("/")[0])
        page = address.partition(str(port))[2] + urllib.request.quote(report.name) + "/report.html"
        for asked in (f"GET {page} HTTP/1.1\r\nHost: localhost\r\n\r\n", f"GET {page}"):
            with socket.create_connection(("127.0.0.1", port)) as browser:
                browser.sendall(asked.encode())
                browser.setsockopt(
                    socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0)
                )  # gone, and not politely
        assert get(address)[0] == 200
    assert capfd.readouterr().err == ""


def test_a_save_is_noticed_and_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "PAUSE", 0.01)
    monkeypatch.chdir(tmp_path)
    book = shutil.copy(BOOK, tmp_path / "a.xlsx")
    order, stop = Order([tmp_path], tmp_path / "out"), threading.Event()
    seen = preview.state(order)
    book.write_bytes(book.read_bytes() + b"\0")
    noticed = preview.changes(order, seen, stop)
    assert next(noticed) == [book]
    (tmp_path / "gia.toml").write_text("[site]\n", encoding="utf-8")
    assert next(noticed) == []  # it may change any report: all are built again
    stop.set()
    assert list(noticed) == []


def test_a_preview_is_a_draft_beside_what_is_published() -> None:
    order = for_preview(Order([BOOK], Path("reports")))
    assert order.draft and order.output == Path("预览") and order.formats == ["html"]
    assert for_preview(Order([BOOK], Path("mine"), ["docx"])).formats == ["docx"]


def test_the_page_is_built_again_after_a_save(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "PAUSE", 0.01)
    monkeypatch.chdir(tmp_path)
    book, stop = shutil.copy(BOOK, tmp_path / "a.xlsx"), threading.Event()
    order = for_preview(Order([book], Path("reports")))
    rounds: list[int] = []
    told: list[str] = []

    def settings() -> object:
        rounds.append(1)
        if len(rounds) == 2:
            stop.set()
        return NATIONAL

    def out(text: str) -> None:
        told.append(text)
        if text.startswith("预览："):  # the first round is over
            shutil.copy(FOLDER / "examples" / example("001"), book)

    monkeypatch.setattr(preview, "out", out)
    preview.watch(order, settings, stop=stop)  # type: ignore[arg-type]
    assert len(rounds) == 2
    assert len(list((tmp_path / "预览").glob("*/report.html"))) == 2  # the second workbook is another organ's
    assert sum("已更新" in line for line in told) == 2
