"""A Word template as it lies on the disk: a zip of parts, bounded and proved before anything is made of it."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gia_xlsx.errors import GiaError, system_words

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W = f"{{{NAMESPACE}}}"
WAY_OUT = "请改好模板再试，或用 gia-xlsx templates 另取一份原样模板"
_LARGEST_FILE = 20_000_000  # bytes; ours has 0.01 MB, one with a picture of the seal a few
_LARGEST_SUM = 60_000_000  # inflated
_MOST_PARTS = 500
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS = "请用 Word 或 WPS 打开它，另存为“Word 文档（.docx）”后再试"
_TYPES = "[Content_Types].xml"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_CORE = "application/vnd.openxmlformats-package.core-properties+xml"
_STYLES = "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"
_EDGES = {  # what else of a template may hold words, and what an office calls it
    "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml": "页眉",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml": "页脚",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml": "脚注",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.endnotes+xml": "尾注",
}
# What zipfile is known to raise on a broken or lying archive.
_ZIP_RAISES = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, OverflowError, RuntimeError, struct.error)


@dataclass(frozen=True)
class Parts:
    """The parts of a template by name, in the order of the file; ``called`` is what messages call the template."""

    called: str
    bytes: Mapping[str, bytes]

    def xml(self, name: str) -> Element:
        """The root of a part; nothing is resolved or fetched. Raises GiaError for what is broken or has a DTD."""
        from lxml import etree

        parser = etree.XMLParser(
            resolve_entities=False,
            load_dtd=False,
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        try:
            root = etree.fromstring(self.bytes[name], parser)
        except (etree.XMLSyntaxError, KeyError) as error:
            raise GiaError(f"{self.called} 的内容已损坏（{name}），读不出来；{WAY_OUT}。") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise GiaError(f"{self.called} 内含文档类型声明，不是 Word 或 WPS 所存，不予打开；{WAY_OUT}。")
        return root

    @cached_property
    def main(self) -> str:
        """The name of the part that holds the body. Raises GiaError if this is no Word document."""
        if _MAIN not in self._kinds.values():
            if any("macroEnabled" in kind or "template.main" in kind for kind in self._kinds.values()):
                raise GiaError(f"{self.called} 存成了带宏的文档或 Word 模板（.dotx）；{_SAVE_AS}。")
            raise GiaError(f"{self.called} 不是 Word 文档；{_SAVE_AS}。")
        return next(name for name, kind in self._kinds.items() if kind == _MAIN)

    @property
    def styles(self) -> str:
        """The name of the part that holds the styles."""
        return next((name for name, kind in self._kinds.items() if kind == _STYLES), "word/styles.xml")

    @property
    def core(self) -> str | None:
        """The name of the part that holds title and author, if there is one."""
        return next((name for name, kind in self._kinds.items() if kind == _CORE), None)

    @property
    def edges(self) -> Iterator[tuple[str, str]]:
        """Heads, feet and notes: the name of the part, and what an office calls it."""
        return ((name, _EDGES[kind]) for name, kind in self._kinds.items() if kind in _EDGES)

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        """What each part is, as the list of the file tells; only parts that are there."""
        found = {}
        for entry in self.xml(_TYPES):
            name = (entry.get("PartName") or "").lstrip("/")
            if name in self.bytes:
                found[name] = entry.get("ContentType") or ""
        return found


def read_parts(path: Path) -> Parts:
    """Read a template. Raises GiaError for what is no zip, broken, locked or far larger than any template."""
    called = f"模板 {path.name}"
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise GiaError(f"{called} 超过 {_LARGEST_FILE // 1_000_000} MB，不予打开；请缩小其中的图片。")
        data = path.read_bytes()
    except OSError as error:
        raise GiaError(f"{called} 读不到（{system_words(error)}）；若正在 Word、WPS 中打开，请先关闭。") from error
    if data.startswith(_OLE):
        raise GiaError(f"{called} 设有打开密码，或者是旧版 .doc 文件；{_SAVE_AS}。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _LARGEST_SUM:
                raise GiaError(f"{called} 解压后过大，不像一份模板，不予打开；{WAY_OUT}。")
            return Parts(called, {entry.filename: archive.read(entry) for entry in entries if not entry.is_dir()})
    except _ZIP_RAISES as error:
        raise GiaError(f"{called} 不是 .docx，或者不完整、已损坏；{WAY_OUT}。") from error
