"""Whose report it is and of which year: inferred from title, signature, preface and text, the evidence always named."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gia_xlsx.form import LAST_YEAR
from gia_xlsx.intake.frame import Frame
from gia_xlsx.numerals import squeeze
from gia_xlsx.organ import organ_types

_DIGITS = {
    character: str(n)
    for n, characters in enumerate(("〇○零0OＯo", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for character in characters
}
_YEAR = re.compile(r"(20\d\d)年?(?:度|年度)?(?!\d|年?\d{1,2}月|[-./]\d)")
_CHINESE_YEAR = re.compile(r"二[〇○零0OＯo][〇○零0OＯo一二三四五六七八九]{2}(?=年)")
_PERIOD = re.compile(r"(20\d\d)年1月1日(?:起)?(?:至|到|—|-|~)(?:\1年)?12月31日")
_IN_PROSE = re.compile(r"(?<![较比与从自])(20\d\d)年(?!底?以来|将|计划|度?相比)")
_TITLES = (  # the organ before the year, behind it, or without one
    re.compile(
        r"(?:关于)?(?:印发|发布|报送|公布)?(?P<organ>(?!政府信息|政务)[^\d]{2,40}?)(?:[(][^()\d]{2,20}[)])?"
        r"(?:关于)?(?:发布|印发|报送|公布)?[(]?20\d\d年?(?:年度)?[)]?.*(?:报告|年报)"
    ),
    re.compile(
        r"20\d\d年?+(?:度|年度)?+(?P<organ>(?!政府信息|政务)[^\d]{2,40}?)(?:关于)?(?:政府|政务)?信息公开.*(?:报告|年报)"
    ),
    re.compile(r"(?:关于)?(?P<organ>(?!政府信息|政务)[^\d]{2,40}?)(?:关于)?(?:政府|政务)?信息公开.*(?:报告|年报)"),
)
_PREFACE = re.compile(
    r"(?:公布|发布|编制|公开|报告|向社会公布)(?P<organ>[^,，。;；()（）《》“”\"]{3,40}?)(?:[(（][^()（）]{1,30}[)）])?(?:20\d\d)年(?:度)?(?:政府|政务)信息公开"
)
_VERBS = re.compile(r"^(?:(?:现|并|特|予以|向社会|编制|公布|发布|公开|报告|将|由)+)")
_COMPLETE = re.compile(r"(人民政府|办公室|办公厅|办事处|委员会|管委会|行政公署|局|厅|委|部|署|院|中心|队|站)$")
_UPPER = re.compile(r"([\u4e00-\u9fff]{1,12}?(?:县|区|旗|市))(?:人民)?政府")
_DEPARTMENT = ("我局", "本局", "我委", "我办", "我厅", "我院", "我中心", "我单位", "本单位", "我部门", "我分局")
_TOWNS = ("我镇", "全镇", "本镇", "镇政府", "我乡", "全乡", "乡政府", "我街道", "本街道", "街道办")
_NOT_A_NAME = "我本全各该每小集重城两三多在于对向和与及等的为由是将把按据被到从至并"
_CUT = re.compile(
    r"^.*(?:通过|利用|依托|登录|登陆|按照|根据|结合|围绕|向|在|由|和|与|及|至|到|的|为|于|将|把|对|是|年度?|公布|发布|编制|关于)(?=.{2})"
)


@dataclass(frozen=True)
class Identity:
    """What was inferred; ``evidence`` says of each field where it comes from, in the filer's words."""

    organ: str
    type: str
    year: int | None
    evidence: Mapping[str, str]


def identify(frame: Frame, prose: Sequence[str], around: Sequence[str], meta: Mapping[str, str]) -> Identity:
    """Infer organ, type and year. ``prose`` is the text of the report, ``around`` the furniture of its page."""
    evidence: dict[str, str] = {}
    year, said = next(_years(frame, prose, meta), (None, ""))
    if year:
        evidence["year"] = said
    organ, said = _organ(frame, prose, around, meta)
    if organ:
        evidence["organ"] = said
    kind = organ_type(organ)
    if kind:
        evidence["type"] = f"按机关名称“{organ}”"
    if scope_of(kind):
        evidence["scope"] = "按机关类型推定，原文没有写明"
    return Identity(organ, kind, year, evidence)


def _years(frame: Frame, prose: Sequence[str], meta: Mapping[str, str]) -> Iterator[tuple[int, str]]:
    for what, text in (("标题", frame.title), ("网页标题", meta.get("title", ""))):
        if text and (year := _year(text)):
            yield year, f"按{what}“{text}”"
    for line in frame.preface:
        period = _PERIOD.search(squeeze(line.words))
        if period:
            yield int(period[1]), f"按前言中的统计期限“{period[0]}”"
    counted = _counted(prose)
    dated = _year(frame.date, of_a_day=True) if frame.date else None
    if dated and counted[dated - 1]:
        yield dated - 1, f"按成文日期“{frame.date}”的上一年，正文也写 {dated - 1} 年"
    if counted:
        (year, times), *others = counted.most_common(2)
        if not others or others[0][1] < times:
            yield year, f"正文中“{year}年”出现 {times} 次"
    if dated:
        yield dated - 1, f"按成文日期“{frame.date}”的上一年"


def _counted(prose: Iterable[str]) -> Counter[int]:
    """How often each year is named, comparisons and plans left aside."""
    years = (int(year) for text in prose for year in _IN_PROSE.findall(squeeze(text)))
    return Counter(year for year in years if _possible(year))


def most_named(prose: Iterable[str]) -> int | None:
    """The year that a text names most; None if no year is named more than another."""
    most = _counted(prose).most_common(2)
    return most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else None


def _year(text: str, *, of_a_day: bool = False) -> int | None:
    said = _in_digits(squeeze(text))
    match = re.search(r"(20\d\d)", said) if of_a_day else _YEAR.search(said)
    return int(match[1]) if match and _possible(int(match[1])) else None


def _possible(year: int) -> bool:
    return 2000 <= year <= LAST_YEAR


def _organ(frame: Frame, prose: Sequence[str], around: Sequence[str], meta: Mapping[str, str]) -> tuple[str, str]:
    """The fullest name that title, signature, preface or the page give; else put together from the text."""
    found: list[tuple[str, str]] = []
    for what, text in (("标题", frame.title), ("网页标题", meta.get("title", ""))):
        said = _bare_title(text)
        names = (_completed(match["organ"]) for pattern in _TITLES if (match := pattern.match(said)))
        if name := next((name for name in names if _is_name(name)), ""):
            found.append((name, f"按{what}“{text}”"))
    signature = _only_name(frame.signature)
    if signature and _COMPLETE.search(signature):
        found.append((signature, f"按落款“{frame.signature}”"))
    for line in frame.preface:
        match = _PREFACE.search(squeeze(line.words))
        if match and _is_name(name := _VERBS.sub("", match["organ"])):
            found.append((name, f"按前言“…{match[0]}…”"))
            break
    said = _only_name(meta.get("organ", ""))
    if (
        said
        and _COMPLETE.search(said)
        and any(organ_type(said) and _same(said, name) for name, _ in found or [(said, "")])
    ):
        found.append((said, f"按文件属性“{said}”"))
    if found:
        first = found[0]
        longer = [item for item in found if _is_longer(item[0], first[0])]
        return max(longer, key=lambda item: (len(item[0]), item == first))
    return _from_text([line.words for line in frame.preface] + list(prose), around)


def _is_name(name: str) -> bool:
    """Whether words could name an organ in full: they end like one, and say of which place or trade it is."""
    return bool(_COMPLETE.search(name)) and len(_COMPLETE.sub("", name)) > 1 and name[0] not in "我本全各该贵"


def _is_longer(name: str, other: str) -> bool:
    """Whether a name is another with the place above in front of it."""
    return name.endswith(other) and (name == other or name[: -len(other)].endswith(tuple("省市县区州盟旗")))


def _same(one: str, other: str) -> bool:
    return one.endswith(other) or other.endswith(one)


def _bare_title(text: str) -> str:
    """A title without what stands in front of it in brackets, its year in digits and without brackets."""
    said = _in_digits(squeeze(text).translate(str.maketrans("〔〕［］", "()()")))
    said = re.sub(r"^(?:【[^】]{1,8}】|\[[^\]]{1,8}\])", "", said)
    return re.sub(r"[(](20\d\d)[)]", r"\1", said)


def _in_digits(text: str) -> str:
    return _CHINESE_YEAR.sub(lambda match: "".join(_DIGITS[c] for c in match[0]), text)


def _only_name(text: str) -> str:
    return re.sub(r"[(（].*?[)）]$", "", squeeze(text))


def _completed(name: str) -> str:
    """A name as titles give it, with what its organ is called: 龙泉镇 is 龙泉镇人民政府, 某街道 is 某街道办事处."""
    name = re.sub(r"(关于|政府信息公开.*|工作)$", "", name)
    if name.endswith(("镇", "乡", "县", "区", "市", "旗", "省", "苏木")):
        return f"{name}人民政府"
    if name.endswith("街道"):
        return f"{name}办事处"
    if name.endswith("政府") and not name.endswith("人民政府"):
        return f"{name[:-2]}人民政府"
    return name


def _from_text(prose: Sequence[str], around: Sequence[str]) -> tuple[str, str]:
    """Without title and signature: the town that the text speaks of as its own, under the county that it names."""
    said = [squeeze(text) for text in prose]
    if any(word in text for text in said for word in _DEPARTMENT):
        return "", ""
    town = _own_town(said) if any(word in text for text in said for word in _TOWNS) else ""
    upper = _upper([squeeze(text) for text in around], said)
    if not town:
        own = sum(text.count(f"{whose}{upper[-1:]}") for text in said for whose in "我本全") if upper else 0
        if own > 2:
            return f"{upper}人民政府", f"正文自称“我县（市、区）”，文中有“{upper}人民政府”"
        return "", ""
    name = _completed(f"{'' if upper.endswith(town) else upper}{town}")
    parent = f"，上级按文中的“{upper}人民政府”" if upper else ""
    return name, f"没有标题和落款，按正文中的“{town}”{parent}推断"


def _own_town(said: Sequence[str]) -> str:
    """The town named most often; a name is what comes again before 镇, not what stands there once."""
    counted: Counter[str] = Counter()
    for text in said:
        for at in (match.start() for match in re.finditer("镇|乡|街道", text)):
            suffix = "街道" if text.startswith("街道", at) else text[at]
            for length in (2, 3, 4):
                name = text[max(0, at - length) : at]
                if (
                    len(name) == length
                    and re.fullmatch(f"[\u4e00-\u9fff]{{{length}}}", name)
                    and not set(name) & set(_NOT_A_NAME)
                ):
                    counted[name + suffix] += 1
    if not counted or counted.most_common(1)[0][1] < 2:
        return ""
    most = counted.most_common(1)[0][1]
    return max(
        (name for name, times in counted.items() if times >= max(2, 0.6 * most)),
        key=lambda name: (counted[name] >= most, len(name)),
    )


def _upper(around: Sequence[str], said: Sequence[str]) -> str:
    """The government above, best from a line or a quotation of its own, where its name begins for certain."""
    names: Counter[str] = Counter()
    for text in [*around, *said]:
        for match in _UPPER.finditer(text):
            name = _CUT.sub("", match[1])
            certain = match.start() == 0 or text[match.start() - 1] in '“"《（(，。、；：:,'
            if len(name) > 1 and not set(name) & set("我本全各该"):
                names[name] += 3 if certain and name == match[1] else 1
    if not names:
        return ""
    best = names.most_common(1)[0][0]
    return max((name for name in names if name.endswith(best)), key=len)


def scope_of(kind: str) -> str:
    """The scope that goes with a type of organ; '' where an organ must say it, for a government may give either."""
    known = organ_types().get(kind)
    return known.scope if known and known.scope == "self" else ""


@cache
def _kinds() -> Mapping[str, Any]:
    return tomllib.loads((files("gia_xlsx") / "intake" / "organs.toml").read_text(encoding="utf-8"))


def organ_type(name: str) -> str:
    """The type of an organ by its name, a key of ``organ.organ_types()``; '' if the name does not tell."""
    if not name:
        return ""
    city = re.search(r"([\u4e00-\u9fff]{2,6})市人民政府$", name)
    prefectures = _kinds()["prefectures"]["names"].split()
    if city and any(city[1].endswith(one) for one in prefectures) and not re.search(r"(区|县)人民政府$", name):
        if name in ("北京市人民政府", "上海市人民政府", "天津市人民政府", "重庆市人民政府"):
            return "province"
        return "prefecture"
    return next((kind["type"] for kind in _kinds()["kind"] if re.search(kind["pattern"], name)), "")
