"""The stylesheet of a workbook under operation: tints over cells, and how a tinted cell finds its ground again.

A tint is a fill in one of three colours. The two lowest bits of red, green and blue, which nobody sees, number the fill
that was there before; ``grounds`` lists those fills, and the sheet of opinions keeps the list. So a tint is taken off
again wherever rows were inserted, sheets renamed, or another program has written all styles anew.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gia_xlsx.diagnostic import Severity
from gia_xlsx.errors import GiaError
from gia_xlsx.workbook.parts import add, canonical, child, like, local, number, parse

if TYPE_CHECKING:
    from gia_xlsx.workbook.parts import Element

TINTS: Mapping[Severity, int] = {Severity.ERROR: 0xF8C8C4, Severity.WARNING: 0xFCE088, Severity.NOTE: 0xC4DCF4}
_LONGEST_GROUND = 400  # bytes; a gradient may be longer, and is left as it is
GROUNDS = 64  # fills that the lowest bits of a colour can tell apart
LISTS = ("fonts", "fills", "borders", "cellXfs", "dxfs")
_ORDER = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles",
          "colors", "extLst")  # fmt: skip
_FILL_TAGS = {"fill", "patternFill", "gradientFill", "fgColor", "bgColor", "stop", "color"}
EMPTY = (
    b'<styleSheet xmlns="%s">'
    b'<fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    b'<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    b'</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    b'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    b'<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>'
)


@dataclass
class Stylesheet:
    """Entries are appended, so that no number in use changes its meaning. ``grounds``: fills under tints, as XML."""

    root: Element
    grounds: list[bytes] = field(default_factory=list)
    _entries: dict[str, list[Element]] = field(default_factory=dict)
    _tinted: dict[tuple[int, Severity], int | None] = field(default_factory=dict)
    _fills: dict[int, int] = field(default_factory=dict)
    _plain: dict[int, int | None] = field(default_factory=dict)
    _known: dict[bytes, int] = field(default_factory=dict)  # styles without a tint by what they say

    def part(self, name: str) -> Element:
        """One of the lists; made in its place where the file has none."""
        found = child(self.root, name)
        if found is None:
            found = like(self.root, name, count="0")
            after = _ORDER[_ORDER.index(name) + 1 :]
            at = next((n for n, one in enumerate(self.root) if local(one) in after), len(self.root))
            self.root.insert(at, found)
        return found

    def entries(self, name: str) -> list[Element]:
        if name not in self._entries:
            self._entries[name] = [entry for entry in self.part(name) if local(entry)]
        return self._entries[name]

    def append(self, name: str, entry: Element) -> int:
        """The number of a new entry at the end of a list."""
        entries, part = self.entries(name), self.part(name)
        part.append(entry)
        entries.append(entry)
        part.set("count", str(len(entries)))
        return len(entries) - 1

    def counts(self) -> dict[str, int]:
        return {name: 0 if child(self.root, name) is None else len(self.entries(name)) for name in LISTS}

    def cut(self, counts: Mapping[str, int]) -> None:
        """Take off the end of each list what was appended to it."""
        for name, count in counts.items():
            if (part := child(self.root, name)) is None:
                continue
            for entry in self.entries(name)[count:]:
                part.remove(entry)
            del self.entries(name)[count:]
            part.set("count", str(count))

    # tints

    def tinted(self, style: int, severity: Severity) -> int | None:
        """The style of a cell under a tint; None where light letters would vanish, or there are too many grounds."""
        if (style, severity) not in self._tinted:
            self._tinted[style, severity] = self._tint(style, severity)
        return self._tinted[style, severity]

    def _tint(self, style: int, severity: Severity) -> int | None:
        styles = self.entries("cellXfs")
        if style >= len(styles) or self._is_light(styles[style]):
            return None
        ground = self._ground(styles[style])
        if ground is None:
            return None
        xf = copy.deepcopy(styles[style])
        xf.set("fillId", str(self._fill(coloured(severity, ground))))
        xf.set("applyFill", "1")
        return self.append("cellXfs", xf)

    def _ground(self, xf: Element) -> int | None:
        """The number in ``grounds`` of the fill of a style."""
        fills, fill = self.entries("fills"), number(xf, "fillId")
        if fill >= len(fills):
            return None
        ground = canonical(fills[fill])
        if ground not in self.grounds:
            if len(self.grounds) == GROUNDS or len(ground) > _LONGEST_GROUND:
                return None
            self.grounds.append(ground)
        return self.grounds.index(ground)

    def _is_light(self, xf: Element) -> bool:
        """Whether letters are white, or nearly so."""
        fonts, font = self.entries("fonts"), number(xf, "fontId")
        color = child(fonts[font], "color") if font < len(fonts) else None
        if color is None:
            return False
        rgb = color.get("rgb", "")[-6:]
        return color.get("theme") == "0" or (len(rgb) == 6 and all(rgb[n] in "EFef" for n in (0, 2, 4)))

    def _fill(self, color: int) -> int:
        if color not in self._fills:
            fills = self.part("fills")
            fill = like(fills, "fill")
            pattern = add(fill, "patternFill", patternType="solid")
            add(pattern, "fgColor", rgb=f"FF{color:06X}")
            add(pattern, "bgColor", indexed="64")
            self._fills[color] = self.append("fills", fill)
        return self._fills[color]

    def highlight(self, severity: Severity) -> int:
        """The number of a conditional look in the colour of a tint."""
        looks = self.part("dxfs")
        look = like(looks, "dxf")
        pattern = add(add(look, "fill"), "patternFill", patternType="solid")
        for ground in ("fgColor", "bgColor"):  # programs disagree on which of the two is seen
            add(pattern, ground, rgb=f"FF{TINTS[severity]:06X}")
        return self.append("dxfs", look)

    def untinted(self, style: int) -> int | None:
        """The number of a style without its tint, by the list of ``grounds``; None if it has none."""
        if style not in self._plain:
            self._plain[style] = self._untint(style)
        return self._plain[style]

    def _untint(self, style: int) -> int | None:
        styles = self.entries("cellXfs")
        ground = self._ground_of(styles[style]) if style < len(styles) else None
        if ground is None:
            return None
        if not self._known:
            for n, xf in enumerate(styles):
                if self._ground_of(xf) is None:
                    self._known.setdefault(_told(xf), n)
        plain = copy.deepcopy(styles[style])
        plain.set("fillId", str(self._fill_of(ground)))
        told = _told(plain)
        if told not in self._known:
            self._known[told] = self.append("cellXfs", plain)
        return self._known[told]

    def _ground_of(self, xf: Element) -> int | None:
        fills, fill = self.entries("fills"), number(xf, "fillId")
        return ground_number(fills[fill]) if fill < len(fills) else None

    def _fill_of(self, ground: int) -> int:
        """The number of a fill that was under a tint: as the list has it, else none at all."""
        told = self.grounds[ground] if ground < len(self.grounds) else b""
        for fill, entry in enumerate(self.entries("fills")):
            if canonical(entry) == told:
                return fill
        made = _safe_fill(told)
        return 0 if made is None else self.append("fills", made)


def coloured(severity: Severity, ground: int) -> int:
    """The colour of a tint, with the number of its ground in the lowest bits."""
    return TINTS[severity] | (ground >> 4 & 3) << 16 | (ground >> 2 & 3) << 8 | ground & 3


def ground_number(fill: Element) -> int | None:
    """The number in the colour of a fill; None if that is no tint."""
    pattern = child(fill, "patternFill")
    color = child(pattern, "fgColor") if pattern is not None and pattern.get("patternType") == "solid" else None
    rgb = color.get("rgb", "") if color is not None else ""
    if not re.fullmatch(r"[0-9A-Fa-f]{8}", rgb):
        return None
    value = int(rgb[-6:], 16)
    if value & 0xFCFCFC not in TINTS.values():
        return None
    return (value >> 16 & 3) << 4 | (value >> 8 & 3) << 2 | value & 3


def _told(xf: Element) -> bytes:
    """What a style says, but for whether its fill counts, which it does in any case."""
    plain = copy.deepcopy(xf)
    plain.attrib.pop("applyFill", "")
    return canonical(plain)


def _safe_fill(told: bytes) -> Element | None:
    """A fill out of the list, which somebody may have written into: nothing but a fill may come of it."""
    try:
        fill = parse(told, "")
    except GiaError:
        return None
    return fill if all(local(one) in _FILL_TAGS for one in fill.iter()) else None
