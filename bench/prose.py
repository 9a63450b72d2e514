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
    "not_held": ["outcome.unavailable.not_held"],
    "repeat": ["outcome.unprocessed.repeat"],
}
REQUESTS = (
    "全年新收政府信息公开申请{received}件，上年结转{carried_in}件；办结{handled}件，结转下年度继续办理{carried_out}件。",
    "全年共收到政府信息公开申请{received}件，上年度结转{carried_in}件，共办结{handled}件，另有{carried_out}件结转下年度办理。",
    "本年度收到依申请公开{received}件，加上上年结转的{carried_in}件，已办结{handled}件，{carried_out}件转下年度继续办理。",
    "我镇受理政府信息公开申请{taken}件（含上年结转{carried_in}件），按期办结{handled}件。",
    "共收到{received}件政府信息公开申请，办结{handled}件。",
    "{year}年，本机关新收到政府信息公开申请{received}件，上一年度结转{carried_in}件，截至年底办结{handled}件。",
    "在依申请公开方面，全年接收信息公开申请共计{received}件，办理完毕{handled}件，结转至下一年度{carried_out}件。",
    "依申请公开工作平稳有序，收到申请人提交的政府信息公开申请{received}件，上年结转{carried_in}件。",
    "严格依法办理政府信息公开申请，共受理{taken}件，其中上年结转{carried_in}件，结转下年{carried_out}件。",
    "收到公民、法人和其他组织政府信息公开申请{received}件，均已登记；办结{handled}件。",
    "规范办理依申请公开事项，本年新收申请{received}件，办结{handled}件，转入下年度办理{carried_out}件。",
    "全年收到的政府信息公开申请为{received}件，上年结转{carried_in}件，答复办结{handled}件。",
)
OUTCOMES = (
    "全年办结政府信息公开申请{handled}件，其中予以公开{granted}件、部分公开{partial}件、不予公开{refused}件、"
    "无法提供{unavailable}件、不予处理{unprocessed}件、其他处理{other}件。",
    "政府信息公开申请办结{handled}件：予以公开{granted}件，部分公开{partial}件，不予公开{refused}件，"
    "无法提供{unavailable}件，不予处理{unprocessed}件，其他处理{other}件。",
    "从政府信息公开申请的办理结果看，{granted}件予以公开，{partial}件部分公开，{refused}件不予公开，{unavailable}件无法提供。",
    "政府信息公开申请中，予以公开的{granted}件，部分公开的{partial}件，不予公开的{refused}件，不予处理的{unprocessed}件。",
    "办结的政府信息公开申请里，决定予以公开{granted}件；属于国家秘密不予公开{secret}件；本机关不掌握{not_held}件。",
    "政府信息公开申请的结果为：予以公开{granted}件（部分公开{partial}件除外），不予公开{refused}件，其他处理{other}件。",
    "对政府信息公开申请作出予以公开决定{granted}件、部分公开决定{partial}件；因重复申请不予处理{repeat}件。",
    "办理政府信息公开申请时，同意公开{granted}件，区分处理后部分公开{partial}件，无法提供{unavailable}件。",
)
CASES = (
    "全年因政府信息公开引起的行政复议案件{review}件，其中结果维持{review_upheld}件、结果纠正{review_corrected}件、"
    "其他结果{review_other}件、尚未审结{review_pending}件。"
    "因政府信息公开引起的行政诉讼案件{suits}件，其中结果维持{suits_upheld}件、结果纠正{suits_corrected}件。",
    "因政府信息公开引发行政复议{review}件，{review_upheld}件维持，{review_corrected}件纠正，{review_pending}件尚未审结。"
    "因政府信息公开引发行政诉讼{suits}件，尚未审结{suits_pending}件。",
    "政府信息公开行政复议{review}件、行政诉讼{suits}件。",
    "发生政府信息公开类行政复议{review}件，复议机关维持{review_upheld}件；发生政府信息公开行政诉讼{suits}件，法院判决维持{suits_upheld}件。",
    "因政府信息公开被申请行政复议{review}件，被提起行政诉讼{suits}件，其中诉讼结果纠正{suits_corrected}件。",
    "全年收到政府信息公开行政复议{review}件，已审结的案件中维持{review_upheld}件、纠正{review_corrected}件；"
    "政府信息公开行政诉讼共{suits}件。",
)
DOCUMENTS = {
    "2021": (
        "制发行政规范性文件{issued}件、废止{repealed}件，截至{year}年12月31日现行有效{in_force}件。",
        "全年制定行政规范性文件{issued}件，废止行政规范性文件{repealed}件，现行有效{in_force}件。",
        "本年度出台规范性文件{issued}件，宣布废止{repealed}件，继续有效{in_force}件。",
        "行政规范性文件方面，新制定{issued}件，废止{repealed}件，现行有效的共{in_force}件。",
        "制发规范性文件共{issued}件；现行有效规范性文件{in_force}件。",
    ),
    "2019": (
        "新制作规范性文件{made}件、新公开{published}件，对外公开总数量{published_total}件。",
        "制定规范性文件{made}件，对外公开总数{published_total}件。",
    ),
}
DECISIONS = (
    "全年作出行政许可决定{licensing}件、行政处罚决定{penalties}件、行政强制决定{coercion}件。",
    "本年度处理行政许可{licensing}件，行政处罚{penalties}件，行政强制{coercion}件。",
    "共作出行政许可{licensing}件，作出行政处罚{penalties}件，实施行政强制{coercion}件。",
    "办理行政许可{licensing}件、行政处罚{penalties}件。",
    "行政许可处理决定数量{licensing}件，行政处罚处理决定数量{penalties}件，行政强制处理决定数量{coercion}件。",
    "作出{licensing}件行政许可决定、{penalties}件行政处罚决定。",
)
FEES = ("收取行政事业性收费{fees}万元。", "本年行政事业性收费{fees}万元。", "全年行政事业性收费总金额{fees_yuan}元。")


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
    found: dict[str, Number] = {"year": year}
    for field, rows in _ROWS.items():
        lines = [leaf.key for row in rows for leaf in block.rows.leaves_under(row)]
        found[field] = sum(int(facts[Key("requests", row, "total")]) for row in lines)
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

    ``fresh``: in the ways of bench.fresh, for which no rule was mended.
    """
    known = values(form, facts, year)
    ways: tuple[tuple[str, ...], ...] = (DOCUMENTS[form.form], REQUESTS, OUTCOMES, CASES, DECISIONS, FEES)
    if fresh:
        docs = unmet.DOCUMENTS[form.form]
        ways = (docs, unmet.REQUESTS, unmet.OUTCOMES, unmet.CASES, unmet.DECISIONS, unmet.FEES)
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
        written.append(Paragraph(section, heading, text))
        stated += [Stated(number, field, start, end) for field, start, end in found if field != "year"]
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
        number = spelled(known[field], draw if field != "year" else None)
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
