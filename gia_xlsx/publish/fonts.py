"""The fonts a PDF is set in: the office's own where they are installed, else those that came with this package.

GB/T 9704-2012 asks for kinds of type, not for files: 小标宋, 仿宋, 楷体, 黑体, 宋体. Each is looked for by the names
its files have on Windows, on macOS, in Office and on 统信 and 麒麟. ``GIA_XLSX_FONTS`` names a folder that
goes before these, or says ``shipped``: none but ours, so that every machine makes the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from gia_xlsx.errors import GiaError

WHERE = "GIA_XLSX_FONTS"
SHIPPED = "shipped"

# Each kind of type with the names of its files, the better first; an office may also name a file by its kind.
KINDS: Mapping[str, str] = {
    "title": "fzxbsjw.ttf, 方正小标宋简体.ttf, fzxbsk.ttf, 方正小标宋_gbk.ttf, 小标宋.ttf, 小标宋.otf, stzhongs.ttf, "
    "notoserifcjk-semibold.ttc, sourcehanserifsc-semibold.otf, notoserifcjk-bold.ttc",
    "body": "simfang.ttf, 仿宋_gb2312.ttf, fzfsk.ttf, 方正仿宋_gbk.ttf, fzfsjw.ttf, 方正仿宋简体.ttf, 仿宋.ttf, "
    "仿宋.otf, stfangso.ttf, fangsong.ttf",
    "kai": "simkai.ttf, 楷体_gb2312.ttf, fzktk.ttf, 方正楷体_gbk.ttf, fzktjw.ttf, 方正楷体简体.ttf, 楷体.ttf, "
    "楷体.otf, stkaiti.ttf, kaiti.ttf, kaiti.ttc",
    "hei": "simhei.ttf, fzhtk.ttf, 方正黑体_gbk.ttf, fzhtjw.ttf, 方正黑体简体.ttf, 黑体.ttf, 黑体.otf, "
    "stheiti medium.ttc, notosanscjk-medium.ttc, sourcehansanssc-medium.otf, notosanscjk-bold.ttc",
    "song": "simsun.ttc, fzssk.ttf, 方正书宋_gbk.ttf, fzssjw.ttf, 宋体.ttf, 宋体.otf, stsong.ttf, songti.ttc",
    "latin": "times.ttf, times new roman.ttf",
    "rare": "生僻字.ttf, 生僻字.otf, simsunb.ttf",
    "rarer": "simsunextg.ttf",
}
_NEEDED = ("cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post")  # tables; without one no font is whole
_LARGEST = 200_000_000  # bytes of a file
_SHUT = 0x0002  # OS/2 fsType: must not be embedded, and PDF/A embeds every font


def folders() -> tuple[Path, ...]:
    """Folders that hold the fonts to use and no others: ours, and one of links to the office's, named by their kind.

    Raises GiaError if ``GIA_XLSX_FONTS`` is no folder, or if our own fonts were not installed.
    """
    return _folders(os.environ.get(WHERE, ""))


def lacking(text: str) -> str:
    """The characters of a text that no font in use has, each once, in their order. Slow: every font is read."""
    known = _characters(folders())
    lost = (character for character in text if ord(character) not in known and not _is_unseen(character))
    return "".join(dict.fromkeys(lost))


def _is_unseen(character: str) -> bool:
    """Blanks, controls, joiners and selectors of variants: they need no glyph."""
    return unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp") or "VARIATION SELECTOR" in (
        unicodedata.name(character, "")
    )


@cache
def _folders(where: str) -> tuple[Path, ...]:
    ours = _shipped()
    if where == SHIPPED:
        return (ours,)
    if where and not Path(where).is_dir():
        raise GiaError(f"环境变量 {WHERE} 指的“{where}”不是文件夹；请改成放字体的文件夹，或删去这个变量。")
    found = {**_found(_places()), **(_found([Path(where)]) if where else {})}
    return (ours, _gathered(found)) if found else (ours,)


def _shipped() -> Path:
    try:
        from pylopdf_fonts_zh_cn import serif_path
    except ImportError:
        raise GiaError("没有装上中文字体包 pylopdf-fonts-zh-cn，排不出 PDF；请重新安装 gia-xlsx。") from None
    return serif_path().parent


def _places() -> Iterator[Path]:
    """Where fonts are installed, a person's own first."""
    home = _home()
    if sys.platform == "win32":
        yield Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local")) / "Microsoft/Windows/Fonts"
        yield Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    elif sys.platform == "darwin":
        yield from (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
        yield Path("/Applications/Microsoft Word.app/Contents/Resources/DFonts")
    else:
        yield from (home / ".local/share/fonts", home / ".fonts")
        yield from (Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))


def _home() -> Path:
    """The home of who runs this; where there is none, a place where nothing is and nothing can be put."""
    try:
        return Path.home()
    except RuntimeError:
        return Path(os.devnull)


def _found(places: Iterable[Path]) -> dict[str, list[Path]]:
    """The files of each kind, the best first. Names are compared and no file is opened: a machine may have a thousand.

    What bears such a name and is no file, or a link that leads nowhere, is none.
    """
    sought = {name for names in KINDS.values() for name in names.split(", ")}
    files: dict[str, Path] = {}
    for place in places:
        for folder, inside, names in os.walk(place):
            inside.sort()
            for name in sorted(names):
                if name.lower() in sought and (file := Path(folder, name)).is_file():
                    files.setdefault(name.lower(), file)
    found = ((kind, [files[name] for name in names.split(", ") if name in files]) for kind, names in KINDS.items())
    return {kind: best for kind, best in found if best}


def _gathered(found: Mapping[str, Sequence[Path]]) -> Path:
    """A folder of links to the best file of each kind that can be used, or of copies where links are not allowed.

    It is made once and kept for the next run, so a file is looked into once. The engine takes folders only, and
    reading all fonts of a system would take it a second.
    """
    every = ((kind, file, file.stat()) for kind, files in found.items() for file in files)
    stamps = (f"{kind} {file} {stat.st_size} {stat.st_mtime_ns}" for kind, file, stat in every)
    name = "fonts2-" + hashlib.sha256("\n".join(stamps).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    target = _cache() / name
    if target.is_dir():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=name, dir=target.parent))
    except OSError:  # no home to write to
        target = fresh = _until_the_end(name)
    for kind, files in found.items():
        for file in files:
            if _is_whole(file) and _may_be_embedded(file):
                _link(file, fresh / f"{kind}{file.suffix.lower()}")
                break
    try:
        fresh.replace(target)
    except OSError:  # another run was faster
        shutil.rmtree(fresh, ignore_errors=True)
    return target


def _until_the_end(name: str) -> Path:
    """A folder that goes with the process, also with one of a pool, which ends without ``atexit``."""
    from multiprocessing.util import Finalize

    folder = tempfile.mkdtemp(prefix=name)
    Finalize(None, shutil.rmtree, args=(folder,), kwargs={"ignore_errors": True}, exitpriority=0)
    return Path(folder)


def _cache() -> Path:
    home = _home()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local"))
    elif sys.platform == "darwin":
        base = home / "Library/Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")
    return base / "gia-xlsx"


def _link(file: Path, name: Path) -> None:
    try:
        name.symlink_to(file.resolve())
    except OSError:  # Windows asks for a privilege
        shutil.copyfile(file, name)


def _is_whole(file: Path) -> bool:
    """Whether each table of each face in a font adds up to what the font says of it: cut off, or with a byte changed,
    it would draw other signs, and the engine may never come back from it."""
    from fontTools.ttLib import TTLibError
    from fontTools.ttLib.sfnt import SFNTReader, calcChecksum

    added: set[tuple[int, int, int]] = set()  # faces of a collection share tables
    face, faces = 0, 1
    try:
        if file.stat().st_size > _LARGEST:
            return False
        with file.open("rb") as stream:
            while face < faces:
                reader = SFNTReader(stream, fontNumber=face)
                face, faces = face + 1, getattr(reader, "numFonts", 1)
                if not all(tag in reader for tag in _NEEDED):
                    return False
                for tag, entry in reader.tables.items():
                    mark = (entry.offset, entry.length, entry.checkSum)
                    if mark in added:
                        continue
                    data = reader[tag]
                    if calcChecksum(data if tag != "head" else data[:8] + bytes(4) + data[12:]) != entry.checkSum:
                        return False
                    added.add(mark)
    except (TTLibError, OSError, AssertionError, LookupError, ValueError, struct.error):
        return False
    return True


def _may_be_embedded(file: Path) -> bool:
    """Whether a font allows what PDF/A demands; one that cannot be read does not."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(file, fontNumber=0, lazy=True) as font:
            return not font["OS/2"].fsType & _SHUT
    except (TTLibError, OSError, KeyError):
        return False


@cache
def _characters(places: tuple[Path, ...]) -> frozenset[int]:
    """The code points of all fonts in some folders."""
    from fontTools.ttLib import TTFont

    known: set[int] = set()
    for file in sorted(file for place in places for file in place.iterdir() if file.suffix in (".ttf", ".ttc", ".otf")):
        with TTFont(file, fontNumber=0, lazy=True) as font:
            known.update(font.getBestCmap() or ())
    return frozenset(known)
