"""The fonts a PDF is set in: the office's own where they are installed, else those that came with this package.

GB/T 9704-2012 asks for kinds of type, not for files: 小标宋, 仿宋, 楷体, 黑体, 宋体. Each is looked for by the names
its files have on Windows, on macOS, in Office and on 统信 and 麒麟. ``GIA_XLSX_FONTS`` names a folder that
goes before these, or says ``shipped``: none but ours, so that every machine makes the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
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
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("LOCALAPPDATA", home / "AppData/Local")) / "Microsoft/Windows/Fonts"
        yield Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts"
    elif sys.platform == "darwin":
        yield from (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
        yield Path("/Applications/Microsoft Word.app/Contents/Resources/DFonts")
    else:
        yield from (home / ".local/share/fonts", home / ".fonts")
        yield from (Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))


def _found(places: Iterable[Path]) -> dict[str, Path]:
    """The best file of each kind. Names are compared and no file is opened, for a machine may have a thousand."""
    files: dict[str, Path] = {}
    for place in places:
        for folder, inside, names in os.walk(place):
            inside.sort()
            for name in sorted(names):
                files.setdefault(name.lower(), Path(folder, name))
    found = ((kind, [files[name] for name in names.split(", ") if name in files]) for kind, names in KINDS.items())
    return {kind: best[0] for kind, best in found if best}


def _gathered(found: Mapping[str, Path]) -> Path:
    """A folder of links to these files, or of copies where links are not allowed; made once and kept for the next run.

    The engine takes folders only, and reading all fonts of a system would take it a second.
    """
    stamps = (f"{kind} {file} {file.stat().st_size} {file.stat().st_mtime_ns}" for kind, file in found.items())
    name = "fonts-" + hashlib.sha256("\n".join(stamps).encode("utf-8")).hexdigest()[:16]
    target = _cache() / name
    if target.is_dir():
        return target
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=name, dir=target.parent))
    except OSError:  # no home to write to
        target = fresh = Path(tempfile.mkdtemp(prefix=name))
    for kind, file in found.items():
        if _may_be_embedded(file):
            _link(file, fresh / f"{kind}{file.suffix.lower()}")
    try:
        fresh.replace(target)
    except OSError:  # another run was faster
        shutil.rmtree(fresh, ignore_errors=True)
    return target


def _cache() -> Path:
    home = Path.home()
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
