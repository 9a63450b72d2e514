"""The labels of a table by what is printed: each text matched to the rows, heads and captions it may stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import Literal

from gia_xlsx.form import Line, Section
from gia_xlsx.likeness import LONGEST, MARGIN, NEAR, alike, is_cut, plain, unnumbered

Role = Literal["row", "head", "caption", "corner"]

# Traditional and variant characters of the labels, each after the one the notices print.
_VARIANTS = (
    "万萬业業为為为爲举舉乡鄉于於会會体體关關内內决決况況减減办辦务務动動区區单單厅廳发發后後员員国國处處复復复複复覆"
    "审審对對属屬废廢开開强強当當总總总縂执執护護报報据據数數无無机機权權条條构構没沒现現确確秘祕稳穩类類纠糾纳納"
    "组組织織经經结結继續继繼续續维維缴繳罚罰范範获獲补補规規计計认認议議许許讼訟访訪诉訴询詢请請购購费費转轉"
    "过過这這进進采採镇鎮问問项項题題额額制製布佈满滿产產优優农農两兩图圖声聲壮壯备備导導届屆层層岁歲带帶师師"
    "应應广廣库庫录錄态態战戰户戶护護担擔挥揮检檢气氣济濟环環种種积積稿槁简簡经經网網联聯职職荐薦营營见見视視"
    "设設证證评評识識试試话話该該详詳误誤说說调調责責账賬质質资資赋賦达達运運还還连連选選迁遷邮郵释釋"
    "针針钱錢铁鐵银銀锁鎖长長门門间間闻聞队隊际際陆陸险險难難领領频頻风風饮飲馆館马馬验驗点點齐齊龙龍"
)
_SIMPLE = {ord(_VARIANTS[n + 1]): _VARIANTS[n] for n in range(0, len(_VARIANTS), 2)}
_CORNER = "本列数据的勾稽关系"


@lru_cache(maxsize=8192)
def words(text: str) -> str:
    """A text as labels are compared: plain, and in simplified characters."""
    return plain(text).translate(_SIMPLE)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a printed text may stand for: a row or a head of a block (``line``), its caption, or a corner."""

    role: Role
    block: int
    line: Line | None = None

    @property
    def is_leaf(self) -> bool:
        return self.line is not None and not self.line.is_group


@dataclass(frozen=True)
class Lexicon:
    """Every printed word of one table section."""

    section: Section

    @cached_property
    def _exact(self) -> Mapping[str, tuple[Meaning, ...]]:
        found: dict[str, tuple[Meaning, ...]] = {}
        for text, meaning in self._printed():
            found[plain(text)] = (*found.get(plain(text), ()), meaning)
        return found

    @cached_property
    def _unnumbered(self) -> Mapping[str, tuple[Meaning, ...]]:
        found: dict[str, tuple[Meaning, ...]] = {}
        for text, meaning in self._printed():
            name = unnumbered(plain(text))
            found[name] = (*found.get(name, ()), meaning)
        return found

    def _printed(self) -> Iterable[tuple[str, Meaning]]:
        for index, block in enumerate(self.section.blocks):
            for line in block.rows.lines:
                if line.label:
                    yield line.label, Meaning("row", index, line)
            for line in block.columns.lines:
                yield line.label, Meaning("head", index, line)
            if block.caption:
                yield block.caption, Meaning("caption", index)
            if block.corner:
                yield block.corner, Meaning("corner", index)

    def match(self, text: str) -> tuple[Meaning, ...]:
        """What a text stands for, its number, spaces, brackets and width aside; () if it is no label."""
        if len(text) > 2 * LONGEST:
            return ()
        name = words(text)
        if not name or name.isdigit():
            return ()
        found, others = self._exact.get(name, ()), self._unnumbered.get(unnumbered(name), ())
        if not found:
            found = others
        elif all(meaning.role == "head" for meaning in found):  # 其他, 总计: also the row without its number
            found += tuple(meaning for meaning in others if meaning.role == "row")
        if not found and name.startswith(_CORNER) and self.section.blocks[0].corner:
            found = (Meaning("corner", 0),)
        return found

    def begins(self, text: str) -> tuple[str, str] | None:
        """A text cut behind the label it begins with, if a label is there and something follows: ``行政许可290``."""
        name = ""
        best = None
        for n, character in enumerate(text[: 2 * LONGEST]):
            name += words(character)
            if name in self._exact and n + 1 < len(text):
                best = text[: n + 1], text[n + 1 :]
        return best

    def nearest(self, text: str, lost: Sequence[Line]) -> Line | None:
        """The line among ``lost`` that a text is another wording of, if just one is that near."""
        said = words(text)
        if not said or not lost:
            return None
        rated = sorted(
            ((max(alike(said, line), 0.9 * is_cut(said, line)), n) for n, line in enumerate(lost)), reverse=True
        )
        second = rated[1][0] if len(rated) > 1 else 0.0
        return lost[rated[0][1]] if rated[0][0] >= NEAR and rated[0][0] - second >= MARGIN else None


@cache
def lexicon(section: Section) -> Lexicon:
    return Lexicon(section)
