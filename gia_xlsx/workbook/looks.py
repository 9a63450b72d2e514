"""Looks for a sheet that is added to somebody's workbook: each becomes a style at the end of its stylesheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from gia_xlsx.diagnostic import Severity
from gia_xlsx.workbook.parts import add, like
from gia_xlsx.workbook.restyle import TINTS, Stylesheet
from gia_xlsx.workbook.styles import BLANK, FAINT, HEAD, HEI, INK, MUTED, NAVY, RULE, SONG

LINK = "#1F5FA8"


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks, and whether it may be written into."""

    font: str = SONG
    size: int = 11
    color: str = INK
    bold: bool = False
    underline: bool = False
    ground: str = ""
    border: str = FAINT
    horizontal: str = "left"
    vertical: str = "center"
    locked: bool = True


LOOKS: Mapping[str, Look] = {
    "title": Look(HEI, 18, NAVY, border="", horizontal="center"),
    "of": Look(size=12, border="", horizontal="center"),
    "upshot": Look(HEI, border="", horizontal="center"),
    "guide": Look(size=10, color=MUTED, border="", vertical="top"),
    "head": Look(HEI, ground=HEAD, border=RULE, horizontal="center"),
    "band": Look(HEI, color="#FFFFFF", ground=NAVY, border=NAVY),
    "text": Look(),
    "center": Look(horizontal="center"),
    "link": Look(color=LINK, underline=True),
    "open": Look(ground=BLANK, locked=False),
    "answer": Look(ground=BLANK, horizontal="center", locked=False),
    Severity.ERROR.value: Look(bold=True, ground=f"#{TINTS[Severity.ERROR]:06X}", horizontal="center"),
    Severity.WARNING.value: Look(bold=True, ground=f"#{TINTS[Severity.WARNING]:06X}", horizontal="center"),
    Severity.NOTE.value: Look(bold=True, ground=f"#{TINTS[Severity.NOTE]:06X}", horizontal="center"),
}


@dataclass
class Looks:
    """The number of the style of each look; made when it is first asked for."""

    sheet: Stylesheet
    _made: dict[tuple[str, object], int] = field(default_factory=dict)

    def __call__(self, name: str) -> int:
        return self._once("cellXfs", LOOKS[name], self._style)

    def _once(self, part: str, what: Any, make: Callable[[Any], int]) -> int:
        if (part, what) not in self._made:
            self._made[part, what] = make(what)
        return self._made[part, what]

    def _style(self, look: Look) -> int:
        fonts = self._once("fonts", (look.font, look.size, look.color, look.bold, look.underline), self._font)
        ground = self._once("fills", look.ground, self._ground) if look.ground else 0
        border = self._once("borders", look.border, self._border) if look.border else 0
        xf = like(self.sheet.part("cellXfs"), "xf", numFmtId="0", fontId=str(fonts), fillId=str(ground))
        xf.set("borderId", str(border))
        for name in ("xfId", "applyFont", "applyFill", "applyBorder", "applyAlignment", "applyProtection"):
            xf.set(name, "0" if name == "xfId" else "1")
        align = add(xf, "alignment", horizontal=look.horizontal, vertical=look.vertical, wrapText="1")
        if look.horizontal == "left" and look.border:
            align.set("indent", "1")
        add(xf, "protection", locked=str(int(look.locked)))
        return self.sheet.append("cellXfs", xf)

    def _font(self, what: tuple[str, int, str, bool, bool]) -> int:
        name, size, color, bold, underline = what
        font = like(self.sheet.part("fonts"), "font")
        if bold:
            add(font, "b")
        if underline:
            add(font, "u")
        add(font, "sz", val=str(size))
        add(font, "color", rgb=_rgb(color))
        add(font, "name", val=name)
        return self.sheet.append("fonts", font)

    def _ground(self, color: str) -> int:
        fill = like(self.sheet.part("fills"), "fill")
        pattern = add(fill, "patternFill", patternType="solid")
        add(pattern, "fgColor", rgb=_rgb(color))
        add(pattern, "bgColor", indexed="64")
        return self.sheet.append("fills", fill)

    def _border(self, color: str) -> int:
        border = like(self.sheet.part("borders"), "border")
        for side in ("left", "right", "top", "bottom"):
            add(add(border, side, style="thin"), "color", rgb=_rgb(color))
        add(border, "diagonal")
        return self.sheet.append("borders", border)


def _rgb(color: str) -> str:
    return f"FF{color[1:]}"
