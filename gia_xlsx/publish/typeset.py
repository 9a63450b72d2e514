"""The door to typst: a template and data give a PDF, a drawing gives a picture; nothing is fetched."""

from __future__ import annotations

import base64
import html
import json
import os
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gia_xlsx.errors import GiaError
from gia_xlsx.publish import fonts
from gia_xlsx.resources import read_template, refuse_ways_out, templates

if TYPE_CHECKING:
    from typst import Compiler, Fonts, TypstError

_PAGE = 540  # points, of a picture before it is scaled
_PICTURE = f"""
#set page(width: {_PAGE}pt, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)
"""
_SHEET = "infographic.svg.j2"  # what draws all that becomes a picture
_GLYPH = re.compile(r"the text .* could not be displayed|private use|codepoint", re.IGNORECASE)
_LINE = re.compile(r"┌─ (?P<file>[^\n]*?):(?P<line>\d+):\d+")
_ONLINE = re.compile(r"""["']@[\w-]+/""")
_PACKAGE = re.compile(r"failed to \w+ package|package not found")
_ENCODING = re.compile(r"not valid utf-8", re.IGNORECASE)
_LISTED = re.compile(r"""(?<=font-family=")[^"]*|(?<=font-family=')[^']*|font-family:(?:[^;}"']|'[^']*')*""")
# The shipped font that stands in where a kind of type is not installed.
_SERIF, _SANS = "NotoSerifSC-Regular", "NotoSansSC-Regular"
_INSTEAD = {"title": _SERIF, "body": _SERIF, "song": _SERIF, "kai": _SANS, "hei": _SANS}


class UnprintableError(GiaError):
    """A text holds a character that no font has; the caller knows where it stands."""


def pdf(template: Path, data: Mapping[str, Any]) -> bytes:
    """The PDF/A-2a and PDF/UA-1 of a template that finds ``data`` as JSON in ``sys.inputs.report``.

    The template may read files of its own folder only.
    Raises UnprintableError for a character no font has, GiaError for a template that is wrong.
    """
    from typst import TypstError

    if template.parent != templates():
        refuse_ways_out(template.parent)
    if _ONLINE.search(read_template(template)):
        raise _online(template.name)
    inputs = {"report": json.dumps(data, ensure_ascii=False)}
    try:
        made = _compiler(template.parent, fonts.folders()).compile(
            template, format="pdf", sys_inputs=inputs, pdf_standards=["a-2a", "ua-1"]
        )
    except TypstError as error:
        raise _refusal(error, template.name) from None
    assert isinstance(made, bytes)
    return made


def png(svg: str, width: int) -> bytes:
    """A drawing as a picture of so many pixels across, its text set in the same fonts.

    Raises UnprintableError for a character no font has, GiaError for a drawing that cannot be read.
    """
    from typst import TypstError

    words = html.unescape(re.sub(r"<[^>]*>", "", svg))
    if lost := fonts.lacking(words).strip():
        named = "、".join(f"“{character}”（U+{ord(character):04X}）" for character in lost[:5])
        raise UnprintableError(
            f"一图读懂上的{named}没有可用的字体能显示，没有画成图片；图上的字来自封面、表格和模板 {_SHEET}，"
            "请改用通用的写法，或装上含有这个字的字体。"
        )
    try:
        made = _compiler(fonts.folders()[0], fonts.folders()).compile(
            _PICTURE.encode("utf-8"), format="png", ppi=width * 72 / _PAGE, sys_inputs={"svg": _with_our_font(svg)}
        )
    except TypstError as error:
        raise GiaError(
            f"模板 {_SHEET} 画出来的不是完整的 SVG，一图读懂画不成图片（{error.message}）；"
            "请改正，或删去这份模板，改用自带的。"
        ) from None
    assert isinstance(made, bytes)
    return made


def painted(svg: str, width: int) -> str:
    """A drawing that holds the picture of another, as ``png`` makes it, where no text of it can be found."""
    picture = png(svg, width)
    across, down = (int.from_bytes(picture[at : at + 4], "big") for at in (16, 20))  # as the head of a PNG tells
    data = base64.b64encode(picture).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {down}" width="{across}" height="{down}">'
        f'<image width="{across}" height="{down}" href="data:image/png;base64,{data}"/></svg>'
    )


def _with_our_font(svg: str) -> str:
    """A drawing in which every list of fonts ends with ours: text in an unknown font would be left out unsaid."""
    ours = _families(fonts.folders())["hei"][-1]
    svg = _LISTED.sub(lambda match: f"{match[0]},{ours}", svg)
    return re.sub(r"<svg\b(?![^>]*\bfont-family=)", f'<svg font-family="{ours}"', svg, count=1)


def families() -> dict[str, list[str | dict[str, str]]]:
    """The names of the fonts for each kind of type, the first that has a character sets it.

    Latin letters and figures are set in Times New Roman where it is installed, as in Word.
    """
    return _families(fonts.folders())


@cache
def _fonts(folders: tuple[Path, ...]) -> Fonts:
    import typst

    return typst.Fonts(False, False, [*folders])


@cache
def _compiler(root: Path, folders: tuple[Path, ...]) -> Compiler:
    import typst

    nowhere = Path(os.devnull)  # where no package can be kept: none of this machine changes a page, and none is fetched
    return typst.Compiler(
        root=root,
        font_paths=_fonts(folders),
        ignore_system_fonts=True,
        package_path=nowhere,
        package_cache_path=nowhere,
    )


@cache
def _families(folders: tuple[Path, ...]) -> dict[str, list[str | dict[str, str]]]:
    kinds = {
        file.resolve(): file.stem for folder in folders for file in folder.iterdir()
    }  # typst tells where links lead
    named: dict[str, str] = {}
    for font in sorted(_fonts(folders).fonts(), key=lambda font: (" SC" not in font.family, font.index)):
        named.setdefault(kinds.get(Path(font.path or "").resolve(), ""), font.family)
    latin = [{"name": named["latin"], "covers": "latin-in-cjk"}] if "latin" in named else []
    return {
        kind: [*(latin if kind != "hei" else ()), *([named[kind]] if kind in named else ()), named[instead]]
        for kind, instead in _INSTEAD.items()
    }


def _online(name: str) -> GiaError:
    """A template may not load packages: that would ask the network."""
    return GiaError(f"模板 {name} 引用了网上的组件包，排版不联网；请去掉引用，把所需内容写进模板。")


def _refusal(error: TypstError, name: str) -> GiaError:
    if _GLYPH.search(error.message):
        return UnprintableError(f"有没有字体能显示的字（{error.message}）。")
    line = _LINE.search(error.diagnostic)
    if _PACKAGE.search(error.message):
        return _online(Path(line["file"]).name if line else name)
    place = f"{Path(line['file']).name} 第 {line['line']} 行" if line else name
    if _ENCODING.search(error.message):
        return GiaError(f"模板 {place}所读的文件不是 UTF-8 编码，请用记事本另存为 UTF-8。")
    return GiaError(f"模板 {place}有错，排不出 PDF（{error.message}）；请改正，或删去这份模板，改用自带的。")
