"""A folder that somebody hands in: its files are read with bounds, and nothing in it is followed elsewhere."""

from __future__ import annotations

from pathlib import Path

from gia_xlsx.errors import GiaError, system_words
from gia_xlsx.publish import FORMATS

LARGEST = 50_000_000  # bytes of one file; a report has 0.3 MB
MOST_FOLDERS = 20_000
NAMES = frozenset(name for format_ in FORMATS.values() for name in format_.files)


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a built report by name. Raises GiaError for what is no folder, empty, or far larger than any."""
    names = _names(folder)
    if not names:
        raise GiaError(
            f"“{folder}”里没有发布的报告（report.html、report.json 等）；请写明 gia-xlsx build 生成的文件夹。"
        )
    return {name: _content(folder / name) for name in names}


def reports(folder: Path) -> list[Path]:
    """The built reports of a folder: itself, or those right under it, in order. Raises GiaError if there are none."""
    if _names(folder):
        return [folder]
    try:
        under = sorted(path for path in folder.iterdir() if not path.name.startswith(".") and path.is_dir())
    except OSError as error:
        raise GiaError(f"读不到“{folder}”（{system_words(error)}）；请核对路径和权限。") from error
    if len(under) > MOST_FOLDERS:
        raise GiaError(f"“{folder}”里有 {len(under)} 个文件夹，一次最多核对 {MOST_FOLDERS} 个；请分批。")
    found = [path for path in under if _names(path)]
    if not found:
        raise GiaError(
            f"“{folder}”里没有发布的报告（report.html、report.json 等）；请写明 gia-xlsx build 生成的文件夹。"
        )
    return found


def _names(folder: Path) -> list[str]:
    try:
        if not folder.exists():
            raise GiaError(f"找不到“{folder}”，请检查文件夹的名称和位置。")
        if not folder.is_dir():
            raise GiaError(f"“{folder}”是文件，不是文件夹；请写明 gia-xlsx build 生成的文件夹。")
        return sorted(path.name for path in folder.iterdir() if path.name in NAMES)
    except OSError as error:
        raise GiaError(f"读不到“{folder}”（{system_words(error)}）；请核对路径和权限。") from error


def _content(path: Path) -> bytes:
    try:
        if path.is_symlink():
            raise GiaError(f"“{path}”是指向别处的链接，不是发布的文件，不予读取；请换成文件本身。")
        if not path.is_file():
            raise GiaError(f"“{path}”不是文件；请重新用 gia-xlsx build 生成。")
        if path.stat().st_size > LARGEST:
            raise GiaError(f"“{path}”超过 {LARGEST // 1_000_000} MB，不像一份年度报告，不予读取；请重新生成。")
        return path.read_bytes()
    except OSError as error:
        raise GiaError(f"读不到“{path}”（{system_words(error)}）；请核对权限，或关闭正打开它的程序。") from error
