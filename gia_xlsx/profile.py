"""What a region sets and what people have accepted: levels, deadlines, the site, reasons; read from ``gia.toml``.

[levels]                        # of findings: error, warning, note, or off
GIA607 = "error"

[deadlines]                     # MM-DD, by type of organ
township = "02-15"

[site]                          # where reports are published: see site.py
name = "随县人民政府门户网站"

[region."随县"]                 # the same for organs whose names begin so; goes before the above
deadlines = { township = "02-20" }

[[accept]]                      # a finding that a person has looked at
finding = "GIA303-7F3A"
organ   = "随县安居镇人民政府"  # optional; and year = 2024
reason  = "……"
"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from gia_xlsx.errors import GiaError, system_words
from gia_xlsx.organ import organ_types
from gia_xlsx.site import UNTOLD, Site, read_site

FILE = "gia.toml"
LEVELS = ("error", "warning", "note", "off")
_LARGEST = 2**20  # bytes
_SETTINGS = ("levels", "deadlines", "site")
_KNOWN = (*_SETTINGS, "region", "accept")
_ENTRY = "个 [[accept]]"
_MARK = re.compile(r"GIA\d{3}-[0-9A-F]{4}")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A reason for which a finding stands as it is. ``finding`` is its mark; ``where`` tells where that was written.

    ``organ`` '' and ``year`` None: of any.
    """

    finding: str
    reason: str
    where: str = ""
    organ: str = ""
    year: int | None = None

    @property
    def general(self) -> bool:
        """Whether it stands in ``gia.toml`` and names no organ: it is for any file that has the finding."""
        return self.where.endswith(_ENTRY) and not self.organ

    @property
    def code(self) -> str:
        return self.finding.partition("-")[0]


@dataclass(frozen=True, slots=True)
class Profile:
    """Levels by code, deadlines (MM-DD) by type of organ, where they are not the national ones; site; acceptances.

    ``regions`` hold the same for organs whose names begin with theirs.
    """

    levels: Mapping[str, str] = field(default_factory=dict)
    deadlines: Mapping[str, str] = field(default_factory=dict)
    site: Site = UNTOLD
    regions: Mapping[str, Profile] = field(default_factory=dict)
    acceptances: tuple[Acceptance, ...] = ()

    def of(self, organ: str) -> Profile:
        """What holds for an organ: the longest region its name begins with, before the rest."""
        fitting = sorted((name for name in self.regions if organ.startswith(name)), key=len)
        levels, deadlines, site = dict(self.levels), dict(self.deadlines), self.site
        for name in fitting:
            levels.update(self.regions[name].levels)
            deadlines.update(self.regions[name].deadlines)
            site = self.regions[name].site if self.regions[name].site != UNTOLD else site
        return replace(self, levels=levels, deadlines=deadlines, site=site, regions={})

    def deadline(self, organ_type: str, organ: str = "") -> str:
        """MM-DD of the year after the report's; '' where a system of its own sets it, or the type is unknown."""
        here = self.of(organ).deadlines
        if organ_type in here:
            return here[organ_type]
        return organ_types()[organ_type].deadline if organ_type in organ_types() else ""


NATIONAL = Profile()


def load_profile(path: Path, codes: Iterable[str]) -> Profile:
    """The profile of a ``gia.toml``. ``codes``: those of the catalogue. Raises GiaError for any fault."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as problem:
        raise GiaError(f"{path}：读不了（{system_words(problem)}）。") from problem
    if len(content) > _LARGEST:
        raise GiaError(f"{path}：文件太大，不像一份设置。")
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise GiaError(f"{path}：不是 UTF-8 编码，请另存为 UTF-8。") from problem
    except tomllib.TOMLDecodeError as problem:
        line = re.search(r"line (\d+)", str(problem))
        where = f"第 {line[1]} 行" if line else "文件末尾"
        raise GiaError(f"{path}：{where}写法有误，请对照 README 中 gia.toml 的样例。") from problem
    except RecursionError as problem:
        raise GiaError(f"{path}：括号套得太深，请对照 README 中 gia.toml 的样例。") from problem
    return _Reader(str(path), frozenset(codes)).profile(data)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns the tables of one file into a profile; each method raises GiaError with the name of the file."""

    name: str
    codes: frozenset[str]

    def profile(self, data: Mapping[str, Any]) -> Profile:
        for key in data:
            if key not in _KNOWN:
                raise self._wrong(f"没有“{key}”这一项，可用的有 {'、'.join(_KNOWN)}")
        site = self._site(data, UNTOLD)
        regions = {
            name: Profile(
                self._levels(region), self._deadlines(region), self._site(region, site) if "site" in region else UNTOLD
            )
            for name, region in self._table(data, "region").items()
            if self._is_table(region, f"region.{name}", _SETTINGS)
        }
        acceptances = tuple(self._acceptances(data.get("accept", [])))
        return Profile(self._levels(data), self._deadlines(data), site, regions, acceptances)

    def _site(self, data: Mapping[str, Any], base: Site) -> Site:
        try:
            return read_site(self._table(data, "site"), base)
        except ValueError as problem:
            raise self._wrong(str(problem)) from problem

    def _levels(self, data: Mapping[str, Any]) -> Mapping[str, str]:
        levels = self._table(data, "levels")
        for code, level in levels.items():
            self._code(code)
            if level not in LEVELS:
                raise self._wrong(f"{code} 的级别只能是 {'、'.join(LEVELS)}，不能是“{level}”")
        return levels

    def _deadlines(self, data: Mapping[str, Any]) -> Mapping[str, str]:
        deadlines = self._table(data, "deadlines")
        for organ_type, day in deadlines.items():
            if organ_type not in organ_types():
                raise self._wrong(f"没有“{organ_type}”这种机关类型，可用的有 {'、'.join(organ_types())}")
            if not _is_day(day):
                raise self._wrong(f'{organ_type} 的期限应写作“月-日”，如 "01-31"，不能是“{day}”')
        return deadlines

    def _acceptances(self, entries: object) -> Iterator[Acceptance]:
        if not isinstance(entries, list):
            raise self._wrong("accept 应写作 [[accept]]，一条一段")
        for number, entry in enumerate(entries, 1):
            where = f"{self.name} 的第 {number} {_ENTRY}"
            self._is_table(entry, "accept", ("finding", "reason", "organ", "year"))
            finding, reason, organ = (self._words(entry, key, where) for key in ("finding", "reason", "organ"))
            yield self.acceptance(finding, reason, where, organ, entry.get("year"))

    def acceptance(self, finding: str, reason: str, where: str, organ: str, year: object) -> Acceptance:
        if not finding:
            raise GiaError(f'{where}：有理由，却没有写接受的是哪一条意见；请写上意见号，如 finding = "GIA303-7F3A"。')
        if not reason:
            raise GiaError(f"{where}：接受 {finding} 没有写理由；请写上 reason。")
        mark = finding.strip().upper()
        if not _MARK.fullmatch(mark):
            raise GiaError(f"{where}：“{finding[:40]}”不是意见号；意见号见 gia-xlsx check 的输出，如 GIA303-7F3A。")
        self._code(mark.partition("-")[0])
        if year is not None and (not isinstance(year, int) or isinstance(year, bool)):
            raise GiaError(f"{where}：year 应是四位数字的年份，如 2024。")
        return Acceptance(mark, reason, where, organ, year)

    def _code(self, code: str) -> None:
        if code not in self.codes:
            raise self._wrong(f"没有“{code[:40]}”这条规则，全部规则见 gia-xlsx rules")

    def _table(self, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        found = data.get(key, {})
        if not isinstance(found, dict):
            raise self._wrong(f"{key} 应写作 [{key}]，下面一行一项")
        return found

    def _is_table(self, entry: object, key: str, known: tuple[str, ...]) -> bool:
        if not isinstance(entry, dict):
            raise self._wrong(f"{key} 的写法有误，请对照 README 中 gia.toml 的样例")
        for name in entry:
            if name not in known:
                raise self._wrong(f"{key} 里没有“{name}”这一项，可用的有 {'、'.join(known)}")
        return True

    def _words(self, entry: Mapping[str, Any], key: str, where: str) -> str:
        value = entry.get(key, "")
        if not isinstance(value, str):
            raise GiaError(f"{where}：{key} 应是文字，写在引号里。")
        return value.strip()

    def _wrong(self, sentence: str) -> GiaError:
        return GiaError(f"{self.name}：{sentence}。")


def _is_day(text: object) -> bool:
    if not isinstance(text, str) or not re.fullmatch(r"\d\d-\d\d", text):
        return False
    try:
        datetime.date.fromisoformat(f"2000-{text}")
    except ValueError:
        return False
    return True
