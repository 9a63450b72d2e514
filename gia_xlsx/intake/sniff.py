"""What a source is, told by its content and never by its suffix, and the reader that it goes to."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path

from gia_xlsx.errors import GiaError, system_words
from gia_xlsx.intake.source import Source

LARGEST_FILE = 50_000_000  # bytes; a scanned report has 10 MB, and its text 0.1
LARGEST_TEXT = 20_000_000  # bytes of a page or a text

_WAY = "请用 Word 或 WPS 另存为 .docx，或者把网页另存为 .html 后再试"
_HEADS = (  # magic bytes, what they mean, and the way out
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件（.doc、.wps、.xls）", _WAY),
    (b"{\\rtf", "RTF 文档", _WAY),
    (b"\x89PNG", "图片（PNG），没有可读的文字", "请用有文字的版本（网页、Word 或 PDF），或先用识别软件转成文字"),
    (b"\xff\xd8\xff", "图片（JPEG），没有可读的文字", "请用有文字的版本（网页、Word 或 PDF），或先用识别软件转成文字"),
    (b"GIF8", "图片（GIF），没有可读的文字", "请用有文字的版本（网页、Word 或 PDF），或先用识别软件转成文字"),
    (b"BM", "图片（BMP），没有可读的文字", "请用有文字的版本（网页、Word 或 PDF），或先用识别软件转成文字"),
    (b"II*\0", "图片（TIFF），没有可读的文字", "请用有文字的版本（网页、Word 或 PDF），或先用识别软件转成文字"),
    (b"MM\0*", "图片（TIFF），没有可读的文字", "请用有文字的版本（网页、Word 或 PDF），或先用识别软件转成文字"),
    (b"Rar!", "压缩包（RAR）", "请解压后指定其中的报告"),
    (b"7z\xbc\xaf", "压缩包（7z）", "请解压后指定其中的报告"),
    (b"\x1f\x8b", "压缩包（GZIP）", "请解压后指定其中的报告"),
)
_ZIPPED = (  # a part that tells what a zip holds
    (b"xl/workbook", "工作簿（.xlsx）", "填好的工作簿请直接用 gia-xlsx check 审核、gia-xlsx build 发布"),
    (b"OFD.xml", "OFD 版式文件", "请用 OFD 阅读器另存为 PDF，或索取 Word、网页版本"),
    (b"ppt/presentation.xml", "演示文稿", _WAY),
    (b"content.xml", "LibreOffice 文档（.odt、.ods）", _WAY),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)
_TAG = re.compile(
    r"<(?:html|head|body|table|tr|td|p|div|span|br|h[1-6]|meta|title|section|article|ul|li)\b[^<>]*>", re.IGNORECASE
)
_BLOCKS = ("<table", "<p", "<div", "<td", "<h", "<li")
_BEGINS = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_DOCUMENT = re.compile(r"<(?:!doctype\s+html|html|head|body|p|div)\b", re.IGNORECASE)
_TAGS = 3  # this many make a text a page
_MHTML = re.compile(rb"^(?:[\w-]+:.*\r?\n(?:[ \t].*\r?\n)*){1,20}", re.IGNORECASE)


def open_source(path: Path) -> Source:
    """Read a published report from a file of any readable kind. Raises GiaError that says what the file is instead."""
    name = path.name
    try:
        if path.is_dir():
            raise GiaError(f"{name}：这是文件夹，请指定其中的报告。")
        if path.exists() and not path.is_file():
            raise GiaError(f"{name}：这不是文件，而是设备或管道；请指定报告文件。")
        if path.stat().st_size > LARGEST_FILE:
            raise GiaError(f"{name}：文件超过 {LARGEST_FILE // 1_000_000} MB，不像一份年度报告，不予读取；请核对文件。")
        data = path.read_bytes()
    except FileNotFoundError:
        raise GiaError(f"{name}：找不到这个文件；请核对路径和文件名。") from None
    except OSError as error:
        raise GiaError(
            f"{name}：读不到这个文件（{system_words(error)}）；请核对路径，文件若已打开请先关闭。"
        ) from error
    return read_source(data, name)


def read_source(data: bytes, name: str) -> Source:
    """Hand bytes to the reader of their kind. Raises GiaError for a kind that none can read."""
    if not data.strip(b"\0 \t\r\n"):
        raise GiaError(f"{name}：文件是空的；请重新下载、复制或另存一份。")
    return _reader(data, name)(data, name)


def _reader(data: bytes, name: str) -> Callable[[bytes, str], Source]:
    if b"%PDF-" in data[:1024]:
        from gia_xlsx.intake.pdf import read_pdf

        return read_pdf
    if data.startswith(b"PK"):
        from gia_xlsx.intake.docx import read_docx

        if b"word/document.xml" not in data:
            _refuse_zip(data, name)
        return read_docx
    for magic, what, way in _HEADS:
        if data.startswith(magic) and (len(magic) > 2 or b"\0" in data[:64]):
            raise GiaError(f"{name}：这是{what}；{way}。")
    return _page_or_text


def _refuse_zip(data: bytes, name: str) -> None:
    for part, what, way in _ZIPPED:
        if part in data:
            raise GiaError(f"{name}：这是{what}，不是 Word 文档；{way}。")
    if b"PK\x05\x06" in data[-70_000:]:
        raise GiaError(f"{name}：这是压缩包，里面没有 Word 文档；请解压后指定其中的报告。")


def _page_or_text(data: bytes, name: str) -> Source:
    if len(data) > LARGEST_TEXT:
        raise GiaError(
            f"{name}：网页或文本超过 {LARGEST_TEXT // 1_000_000} MB，不像一份年度报告，不予读取；请只保存报告正文。"
        )
    text = decode(_unpacked(data), name)
    if text.lstrip()[:1] in ("{", "[") and '"facts"' in text[:5000]:
        raise GiaError(f"{name}：这是年度报告的数据（report.json），不是发布的报告；上年数据请用 --previous 引用。")
    if text.lstrip().startswith("<?xml") and "<w:wordDocument" in text[:5000]:
        raise GiaError(f"{name}：这是 Word 2003 的 XML 文档；{_WAY}。")
    if is_page(text):
        from gia_xlsx.intake.html import read_html

        return read_html(text if _DOCUMENT.search(text) else _with_breaks(text), name)
    from gia_xlsx.intake.text import read_text

    return read_text(text, name)


def is_page(text: str) -> bool:
    """Whether a text is HTML: it begins as a document, or has a table, or more tags than a text would quote."""
    if _BEGINS.match(text[:5000]):
        return True
    found = _TAG.findall(text[:2_000_000])
    return len(found) >= _TAGS and any(tag.lower().startswith(_BLOCKS) for tag in found)


def _with_breaks(text: str) -> str:
    """Tables in markup between lines of plain text: the ends of those lines are breaks."""
    return re.sub(r"(?m)(?<![>])\n", "<br>\n", text)


def _unpacked(data: bytes) -> bytes:
    """The page inside a single-file web archive (.mht), else the bytes as they are."""
    head = data[:4000].lower()
    if b"mime-version:" not in head or b"multipart/related" not in head or not _MHTML.match(data):
        return data
    import email
    import email.policy

    for part in email.message_from_bytes(data, policy=email.policy.compat32).walk():
        if part.get_content_type() == "text/html" and isinstance(payload := part.get_payload(decode=True), bytes):
            charset = part.get_content_charset()
            return payload if not charset else b"<meta charset=" + charset.encode("ascii", "ignore") + b">" + payload
    return data


def decode(data: bytes, name: str) -> str:
    """Bytes as text: by their mark, as UTF-8 if they are that, as they declare, else as a detector finds.

    Raises GiaError for bytes that are no text.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    zeros = data[:4000].count(0)
    if zeros > len(data[:4000]) // 8:  # UTF-16 without its mark: a zero beside each ASCII character
        return data.decode(
            "utf-16-le" if data[1::2][:2000].count(0) >= data[::2][:2000].count(0) else "utf-16-be", "replace"
        )
    if zeros:
        raise GiaError(f"{name}：认不出这是什么文件；{_WAY}。")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        cut_off = error.start > len(data) - 4
    if cut_off:
        return data.decode("utf-8", "ignore")
    for encoding in _declared(data):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return _detected(data, name)


def _declared(data: bytes) -> list[str]:
    """The encoding a page says it has, the wider one of its family, and the usual ones of Chinese pages."""
    match = _CHARSET.search(data[:8000])
    said = match[1].decode("ascii").lower() if match else ""
    wider = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "utf8": "utf-8", "big5": "big5hkscs"}
    return [wider.get(said, said)] if said and said not in ("utf-8", "utf8") else []


def _detected(data: bytes, name: str) -> str:
    from charset_normalizer import from_bytes

    found = from_bytes(data, cp_isolation=["gb18030", "big5hkscs", "utf_8", "utf_16_le", "utf_16_be"]).best()
    if found is not None:
        return str(found)
    broken = data.decode("utf-8", "replace")
    if broken.count("\ufffd") * 50 < len(broken):  # a page of which a few bytes were lost
        return broken
    wide = data.decode("gb18030", "replace")
    if wide.count("\ufffd") * 50 < len(wide):
        return wide
    raise GiaError(f"{name}：认不出文字的编码；请用记事本打开，另存为 UTF-8 编码后再试。")
