"""The words of random reports, their figures as literal numbers: standard sentences, and as many other ways to say it.

Each sentence names its figures by field; ``write`` gives the text, and which field each number in it stands for, so
that a bench can change one of them.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from bench import fresh as unmet
from bench import wordings
from bench.asides import ASIDES
from gia_xlsx.form import Form, Key
from gia_xlsx.placeholders import printed
from gia_xlsx.report import Number, Paragraph

_NUMERALS = "零一二三四五六七八九"
_ROWS = {
    "received": ["received"],
    "carried_in": ["carried_in"],
    "taken": ["received", "carried_in"],
    "handled": ["outcome.total"],
    "carried_out": ["carried_out"],
    "granted": ["outcome.granted"],
    "partial": ["outcome.partial"],
    "refused": ["outcome.refused"],
    "unavailable": ["outcome.unavailable"],
    "unprocessed": ["outcome.unprocessed"],
    "other": ["outcome.other"],
    "secret": ["outcome.refused.secret"],
    "third_party": ["outcome.refused.third_party"],
    "process": ["outcome.refused.process"],
    "enforcement": ["outcome.refused.enforcement"],
    "query": ["outcome.refused.query"],
    "not_held": ["outcome.unavailable.not_held"],
    "to_be_made": ["outcome.unavailable.to_be_made"],
    "unclear": ["outcome.unavailable.unclear"],
    "petition": ["outcome.unprocessed.petition"],
    "repeat": ["outcome.unprocessed.repeat"],
}
_ASIDE = 0.6  # of the paragraphs that go on to count something else
_YEARS = ("last", "year", "next")  # no figures of a table


@dataclass(frozen=True, slots=True)
class Stated:
    """One number of the text: which paragraph, which field, and its place there."""

    paragraph: int
    field: str
    start: int
    end: int


def values(form: Form, facts: Mapping[Key, Number], year: int) -> dict[str, Number]:
    """Every field a sentence may name."""
    block = form.by_key["requests"].blocks[0]
    found: dict[str, Number] = {"last": year - 1, "year": year, "next": year + 1}
    for field, rows in _ROWS.items():
        lines = [leaf.key for row in rows for leaf in block.rows.leaves_under(row)]
        found[field] = sum(int(facts[Key("requests", row, "total")]) for row in lines)
    found["natural"] = facts[Key("requests", "received", "natural")]
    found["legal"] = int(facts[Key("requests", "received", "total")]) - int(found["natural"])
    for group in ("direct", "after_review"):
        found[group] = facts[Key("cases", "count", f"{group}.total")]
    for result in ("total", "upheld", "corrected", "other", "pending"):
        name = "" if result == "total" else f"_{result}"
        found[f"review{name}"] = facts[Key("cases", "count", f"review.{result}")]
        found[f"suits{name}"] = sum(
            int(facts[Key("cases", "count", f"{g}.{result}")]) for g in ("direct", "after_review")
        )
    for key, value in facts.items():
        if key.table == "disclosure" and key.row == "normative":
            found[key.column] = value
        elif key.table == "disclosure" and key.column == "decisions":
            found[key.row] = value
    fees = facts.get(Key("disclosure", "fees", "amount"))
    if fees is not None:
        found["fees"], found["fees_yuan"] = fees, Decimal(fees) * 10_000
    return found


def paragraphs(
    form: Form, facts: Mapping[Key, Number], organ: str, year: int, draw: random.Random | None, fresh: bool = False
) -> tuple[list[Paragraph], list[Stated]]:
    """A whole report in words, and every number in it that states a figure; ``draw`` None: the standard sentences.

    Those that are drawn also count what stands in no table (bench.asides). ``fresh``: in the ways of bench.fresh, for
    which no rule was mended.
    """
    known = values(form, facts, year)
    source, asides = (unmet, unmet.ASIDES) if fresh else (wordings, ASIDES)
    ways = (
        source.DOCUMENTS[form.form],
        source.REQUESTS,
        source.OUTCOMES,
        source.CASES,
        source.DECISIONS,
        source.FEES,
    )
    documents, requests, outcomes, cases, decisions, fees = (w[0] if draw is None else draw.choice(w) for w in ways)
    plan = [
        ("preface", "", f"根据《中华人民共和国政府信息公开条例》第五十条，编制{organ}{year}年政府信息公开工作年度报告。"
         f"所列数据的统计期限为{year}年1月1日至12月31日。本报告电子版可在上级人民政府网站查阅、下载。"
         f"如有疑问，请与{organ}联系（电话：0000-0000000）。"),
        ("overview", "（一）主动公开。", "围绕重点工作和群众关切主动公开政府信息，及时更新公开目录。" + documents),
        ("overview", "（二）依申请公开。", requests),
        ("overview", "（三）政府信息管理。", "坚持公开属性源头认定，公开前开展保密审查，对已公开的信息实行动态管理。"),
        ("overview", "（四）政府信息公开平台建设。", "依托上级政府网站专栏发布政府信息，在便民服务中心设置查阅点。"),
        ("overview", "（五）监督保障。", "明确专人负责。工作考核结果为良好，社会评议结果为满意，未发生责任追究。"),
        ("disclosure", "", decisions + (fees if "fees" in known else "")),
        ("requests", "", outcomes),
        ("cases", "", cases),
        ("problems", "", f"主要问题：一是{_pick(draw, PROBLEMS)}；二是{_pick(draw, PROBLEMS[::-1])}。"),
        ("problems", "", f"改进措施：下一步将{_pick(draw, MEASURES)}，并{_pick(draw, MEASURES[::-1])}。"),
        ("other", "", "本机关依申请提供政府信息收取信息处理费的情况：发出收费通知3000件，总金额60000元，实际收取0元。"),
    ]  # fmt: skip
    written, stated = [], []
    for number, (section, heading, template) in enumerate(plan):
        text, found = write(template, known, draw)
        if draw is not None and section in ("overview", "disclosure") and draw.random() < _ASIDE:
            text += draw.choice(asides)
        written.append(Paragraph(section, heading, text))
        stated += [Stated(number, field, start, end) for field, start, end in found if field not in _YEARS]
    return written, stated


PROBLEMS = ("政策解读形式较为单一", "信息更新不够及时", "业务人员流动较大，能力有待提高", "公开内容与群众需求还有差距")
MEASURES = ("丰富解读形式", "健全信息更新机制", "加强业务培训", "广泛听取群众意见，拓展公开内容")


def _pick(draw: random.Random | None, words: tuple[str, ...]) -> str:
    return words[0] if draw is None else draw.choice(words[:2])


def write(
    template: str, known: Mapping[str, Number], draw: random.Random | None
) -> tuple[str, list[tuple[str, int, int]]]:
    """A template with its figures, and where each stands."""
    text, found = "", []
    for part in template.split("{"):
        field, brace, rest = part.partition("}")
        if not brace:
            text += part
            continue
        number = spelled(known[field], draw if field not in _YEARS else None)
        found.append((field, len(text), len(text) + len(number)))
        text += number + rest
    return text, found


def spelled(value: Number, draw: random.Random | None) -> str:
    """A number in one of the ways people write it."""
    way = draw.random() if draw is not None else 1.0
    if way < 0.12 and isinstance(value, int) and 0 < value < 1000:
        return chinese(value)
    return printed(value, "," if way < 0.25 else "")


def chinese(value: int) -> str:
    """``123`` as ``一百二十三``, below a thousand."""
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    text = f"{_NUMERALS[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{_NUMERALS[tens]}十"
    elif hundreds and ones:
        text += "零"
    return text + (_NUMERALS[ones] if ones else "")
