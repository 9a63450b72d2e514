"""Text takes its figures from the tables, says what is wrong with its braces, and can do nothing else."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gia_xlsx.errors import GiaError
from gia_xlsx.form import Form, Key, load_form
from gia_xlsx.narrative import UNFILLED, escape, offered, placeholders, problems, render
from gia_xlsx.organ import organ_types
from gia_xlsx.placeholders import figure, known, nearest
from gia_xlsx.report import Cover, Fact, Flaw, Number, Report
from gia_xlsx.resources import templates
from gia_xlsx.sandbox import examine
from tests.seeds import load_seed

FORMS = [load_form("2019"), load_form("2021")]
F2021 = load_form("2021")


def report(form: Form = F2021, /, default: Number | None = 0, **values: Number | None) -> Report:
    """A report whose cells hold ``default``, but for those given: ``requests__received__total=3``."""
    given = {Key.parse(name.replace("__", "/").replace("11", ".")): value for name, value in values.items()}
    assert set(given) <= set(form.cells)
    filled = {key: given.get(key, default) for key in form.cells}
    facts = {key: Fact(key, v, str(v), flaw=Flaw.BLANK if v is None else None) for key, v in filled.items()}
    return Report(form, Cover("某县民政局", "department", 2024, "self", contact="电话：0700-1234567"), facts)


SEVEN = report(requests__received__total=7, requests__received__natural=7, disclosure__fees__amount=Decimal("39.7265"))


# --- placeholders -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form)
def test_every_cell_has_its_placeholder_and_no_name_is_given_twice(form: Form) -> None:
    names = [placeholder.name for placeholder in placeholders(form)]
    assert len(names) == len(set(names))
    assert {placeholder.keys for placeholder in placeholders(form)} >= {(key,) for key in form.cells}
    assert all(placeholder.meaning for placeholder in placeholders(form))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form)
def test_every_placeholder_can_be_written_in_a_text(form: Form) -> None:
    for placeholder in placeholders(form):
        assert problems(f"{{{{ {placeholder.name} }}}}", form) == (), placeholder.name


def test_sums_of_the_printed_groups_read_from_a_real_report() -> None:
    seed = load_seed("001")  # 予以公开12、部分公开11、不掌握9、其他处理之其他2，行政诉讼2件均为复议后起诉
    said = {name: figure(known(seed.form)[name], seed) for name in ("不予公开.总计", "无法提供.总计", "其他处理.总计")}
    assert said == {"不予公开.总计": 0, "无法提供.总计": 9, "其他处理.总计": 2}
    assert figure(known(seed.form)["办理结果总计.总计"], seed) == 34
    assert figure(known(seed.form)["行政诉讼.总计"], seed) == 2
    assert figure(known(seed.form)["本年新收.法人或其他组织"], seed) == 0


def test_what_the_form_totals_itself_has_one_name() -> None:
    names = known(F2021)
    assert "办理结果.总计" not in names and "本年新收.申请人" not in names
    assert names["办理结果总计.总计"].keys == (Key("requests", "outcome.total", "total"),)


def test_a_group_sums_its_leaves_and_never_its_own_total() -> None:
    keys = known(F2021)["不予公开.总计"].keys
    assert Key("requests", "outcome.total", "total") not in keys and len(keys) == 8
    keys = known(F2021)["本年新收.法人或其他组织"].keys
    assert [key.column for key in keys] == [
        "legal.business",
        "legal.research",
        "legal.social",
        "legal.law",
        "legal.other",
    ]
    keys = known(F2021)["行政诉讼.总计"].keys
    assert [key.column for key in keys] == ["direct.total", "after_review.total"]


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("本年新收", "本年新收.总计"),
        ("新收.总计", "本年新收.总计"),
        ("本年 新收.总计", "本年新收.总计"),
        ("本年新收．总计", "本年新收.总计"),
        ("本年新收。总计", "本年新收.总计"),
        ("行政复议.维持", "行政复议.结果维持"),
        ("行政诉讼", "行政诉讼.总计"),
        ("机关", "机关名称"),
        ("办理结果.总计", "办理结果总计.总计"),
        ("总计", ""),  # of which of fifty rows?
        ("zzz", ""),
    ],
)
def test_the_nearest_right_name(written: str, right: str) -> None:
    assert nearest(written, F2021) == right


# --- what a text says ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("收到申请{{ 本年新收.总计 }}件。", "收到申请7件。"),
        ("{{机关名称}}{{年度}}年，上年{{ 上年度 }}，下年{{ 下年度 }}", "某县民政局2024年，上年2023，下年2025"),
        ("{% if 本年新收.总计 == 0 %}未收到{% else %}收到{{ 本年新收.总计 }}件{% endif %}", "收到7件"),
        ("{{ 本年新收.总计 ~ '件' if 本年新收.总计 > 0 else '无' }}", "7件"),
        ("共{{ 本年新收.总计 + 上年结转.总计 - 2 }}件", "共5件"),
        ("{% if 1 < 本年新收.总计 < 9 and not 上年结转.总计 %}是{% endif %}", "是"),
        ("{{ 行政事业性收费.收费金额 }}万元，即{{ 行政事业性收费.收费金额 | 元 }}元", "39.7265万元，即397265元"),
        ("{{ (本年新收.总计 + 12345) | 千分位 }}", "12,352"),
        ("{{ 本年新收.自然人 | 占比(本年新收.总计 + 2) }}", "77.8%"),
        ("{{ 本年新收.自然人 | 占比(上年结转.总计) }}", "—"),
        ("{% 如果 本年新收.总计 = 0 %}无{% 否则如果 年度 = 1 %}早{% 否则 %}收到{% 完 %}", "收到"),
        ("{%如果本年新收.总计大于0且上年结转.总计等于0%}是{%完%}", "是"),
        ("{% 如果 非 本年新收.总计 小于等于 6 或 年度 不等于 2024 %}是{% 否则 %}否{% 完 %}", "是"),
        ("{% 如果 本年新收.法人或其他组织 = 0 %}均由自然人提出{% 完 %}", "均由自然人提出"),
        ("{{ '多' 如果 本年新收.总计 大于等于 7 否则 '少' }}", "多"),
        ("{% if 本年新收.总计 = 7 且 年度 > 1 %}混用{% 完 %}", "混用"),
        ("如果且或非完，a = 1{{ '如果 = 且' }}", "如果且或非完，a = 1如果 = 且"),
        ("没有花括号，100%，#1", "没有花括号，100%，#1"),
        ("一行\n 二行 \n{{ 年度 }}\n", "一行\n 二行 \n2024\n"),
        ("<b>{{ 年度 }}</b>&", "<b>2024</b>&"),
    ],
)
def test_a_text_with_its_figures(text: str, says: str) -> None:
    assert problems(text, F2021) == ()
    assert render(text, SEVEN) == says


@pytest.mark.parametrize(("amount", "prints"), [("1E+3", "1000"), ("0.0001", "0.0001"), ("1.50", "1.5"), ("0E-7", "0")])
def test_money_prints_without_exponent_or_trailing_zeros(amount: str, prints: str) -> None:
    filed = report(disclosure__fees__amount=Decimal(amount))
    assert render("{{ 行政事业性收费.收费金额 }}", filed) == prints
    assert render("{{ 行政事业性收费.收费金额 ~ '万元' }}", filed) == f"{prints}万元"


def test_an_unfilled_figure_is_neither_zero_nor_a_crash() -> None:
    blank = report(default=None)
    assert render("收到{{ 本年新收.总计 }}件", blank) == f"收到{UNFILLED}件"
    assert render("{{ 本年新收.总计 + 1 }}，{{ 本年新收.总计 | 千分位 }}", blank) == f"{UNFILLED}，{UNFILLED}"
    for test in ("本年新收.总计 == 0", "本年新收.总计 > 0", "not 本年新收.总计", "1 and 本年新收.总计 < 3"):
        assert render(f"{{% if {test} %}}未收到{{% else %}}收到{{% endif %}}。", blank) == f"{UNFILLED}。"
    assert render("{{ '无' if 本年新收.总计 == 0 else '有' }}", blank) == UNFILLED
    assert render("{% if 年度 > 2000 %}{{ 本年新收.总计 }}{% endif %}", blank) == UNFILLED
    one_missing = report(requests__received__total=3, requests__carried_in__total=None)
    assert render("{{ 本年新收.总计 }}、{{ 上年结转.总计 }}", one_missing) == f"3、{UNFILLED}"


def test_a_declared_blank_is_zero() -> None:
    blank = report(default=None)
    declared = replace(blank, cover=replace(blank.cover, blank_is_zero=True))
    assert render("{% if 本年新收.总计 == 0 %}未收到{% endif %}", declared) == "未收到"


def test_a_cover_left_empty_prints_unfilled() -> None:
    empty = replace(SEVEN, cover=Cover())
    assert render("{{ 机关名称 }}{{ 年度 }}{{ 上年度 }}{{ 联系方式 }}", empty) == UNFILLED * 4


def test_text_without_braces_never_loads_jinja() -> None:
    code = "import sys; from gia_xlsx.narrative import problems, render; render('无', None); problems('无', None)"
    code += "; sys.exit('jinja2' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


# --- what is wrong with a text ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message", "suggestion"),
    [
        ("{{ 新收.总计 }}", "没有“新收.总计”这个占位符，最接近的是“本年新收.总计”", "{{ 本年新收.总计 }}"),
        ("{{ 本年新收 }}", "最接近的是“本年新收.总计”", "{{ 本年新收.总计 }}"),
        ("{% if 0 %}{{ 新收.总计 }}{% endif %}", "最接近的是“本年新收.总计”", "{{ 本年新收.总计 }}"),
        ("{% if 新收.总计 > 0 %}{% endif %}", "最接近的是", "{% if 本年新收.总计 > 0 %}"),
        ("{{ 本年 新收.总计 }}", "名称里不留空格", "{{ 本年新收.总计 }}"),
        ("{{ 本年新收．总计 }}", "要用半角", "{{ 本年新收.总计 }}"),
        ("{{ 本年新收。总计 }}", "半角点号", "{{ 本年新收.总计 }}"),
        ("{% if 本年新收。总计 > 0 %}{% endif %}", "写得不对", "{% if 本年新收.总计 > 0 %}"),
        ("收到｛｛本年新收.总计｝｝件", "花括号是全角的", "{{ 本年新收.总计 }}"),
        ("收到{{ 本年新收.总计 ｝｝件", "花括号是全角的", "{{ 本年新收.总计 }}"),
        ("｛% if 年度 > 1 %｝{% endif %}", "应改用半角 {% %}", "{% if 年度 > 1 %}"),
        ("{ 年度 }", "两对花括号", "{{ 年度 }}"),
        ("{{ 年度", "没有成对", ""),
        ("年度 }}", "没有成对", ""),
        ("{{ }}", "读不懂", ""),
        ("{{ 年度 + }}", "写得不对，应为“年度”", "{{ 年度 }}"),
        ("{% 如果 年度 > 1 %}有", "“如果”没有对应的“完”：在这句话的末尾写上 {% 完 %}", ""),
        ("有{% 完 %}", "“完”前面没有“如果”", ""),
        ("{% 否则如果 1 %}", "“否则如果”前面没有“如果”", ""),
        ("{% 如果 1 %}{% 否则 %}{% 否则 %}{% 完 %}", "“否则”后面只能是“完”", ""),
        ("{% 如果 1 %}有{% 完成 %}", "“完”后面不能再写别的", "{% 完 %}"),
        ("{% 否则 如果 年度 > 1 %}", "“否则”后面不能再写别的", "{% 否则如果 年度 > 1 %}"),
        ("{% 如果 1 %}{% 结束 %}", "不能用“结束”，只能写占位符、加减、比较、{% 如果 … %}", ""),
        ("{% 如果1 %}" * 9 + "{% 完 %}" * 9, "“如果”一层套一层", ""),
        ("{{ 如果 年度 > 1 }}", "“如果”要写在 {% %} 里", "{% 如果 年度 > 1 %}"),
        ("{{ 完 }}", "“完”要写在 {% %} 里", "{% 完 %}"),
        ("{% 如果 新收.总计 > 0 %}{% 完 %}", "最接近的是", "{% 如果 本年新收.总计 > 0 %}"),
        ("{% 如果新收.总计大于0 %}{% 完 %}", "最接近的是", "{% 如果本年新收.总计大于0 %}"),
        ("{% 如果 本年新收。总计 > 0 %}{% 完 %}", "写得不对", "{% 如果 本年新收.总计 > 0 %}"),
        ("{% 如果 年度 ＝ 0 %}{% 完 %}", "要用半角", "{% 如果 年度 = 0 %}"),
        ("{% 如果 年度 ≥ 0 %}{% 完 %}", "要用半角", "{% 如果 年度 >= 0 %}"),
        ("{{ （年度＋1） }}", "要用半角", "{{ (年度+1) }}"),
        ("｛％如果 年度 > 1％｝{% 完 %}", "应改用半角 {% %}", "{%如果 年度 > 1%}"),
        ("{{ 且 }}", "读不懂", ""),
        ("{{ 年度.非 }}", "没有“年度.非”", "{{ 年度 }}"),
        ("{% if 年度 > 1 %}有", "“if”没有对应的“endif”：在这句话的末尾写上 {% endif %}", ""),
        ("有{% endif %}", "“endif”前面没有“if”", ""),
        ("{% if 1 %}{% else %}{% else %}{% endif %}", "“else”后面只能是“endif”", ""),
        ("{% else 年度 %}", "“else”后面不能再写别的", "{% else %}"),
        ("{{ 机关名称 + 1 }}", "只能用于数字", ""),
        ("{{ 机关名称 | 千分位 }}", "只能用于数字", ""),
        ("{% if 机关名称 > 1 %}{% endif %}", "只能数与数相比", ""),
        ("{{ 本年新收.总计 | 元 }}", "只能用于以万元为单位的数", ""),
        ("{{ 本年新收.总计 > 0 }}", "条件不能直接印出", ""),
        ("{{ 1 如果 年度 }}", "写了“如果”，还要写“否则”", ""),
        ("{{ 年度 | 大写 }}", "没有“大写”这种筛选符", ""),
        ("{{ 年度 * 2 }}", "不能用乘法", ""),
        ("{# 备注 #}", "注释不会印出", ""),
    ],
)
def test_a_fault_is_told_with_the_way_out(text: str, message: str, suggestion: str) -> None:
    (problem, *_rest) = problems(text, F2021)
    assert message in problem.message
    assert problem.suggestion == suggestion
    assert problem.excerpt.strip("…") in text
    if suggestion and not re.search("else|否则|完成|完 }}|如果 年度 > 1 }}", text):  # half of a pair
        assert problems(text.replace(problem.excerpt, suggestion), F2021) == ()


def test_all_faults_of_a_text_are_told_at_once() -> None:
    told = problems("{{ 新收.总计 }}，{{ 本年新收.总计 }}，｛｛年度｝｝，{{ 机关 }}，{{ 机关 }}", F2021)
    assert [problem.excerpt for problem in told] == ["{{ 新收.总计 }}", "｛｛年度｝｝", "{{ 机关 }}"]


def test_a_name_of_the_other_form_is_unknown() -> None:
    assert problems("{{ 规范性文件.新制作 }}", FORMS[0]) == ()
    assert "没有“规范性文件.新制作”" in problems("{{ 规范性文件.新制作 }}", F2021)[0].message


def test_a_broken_text_is_not_printed() -> None:
    with pytest.raises(GiaError, match=r"^没有“新收.*）。$"):  # one sentence on one line, whatever was typed
        render("收到\n{{ 新收.总计\n }}", SEVEN)


# --- what a text cannot do ----------------------------------------------------------------------------------------

HOSTILE = [
    "{{ ''.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ 年度.__class__ }}",
    "{{ 本年新收.__class__ }}",
    "{{ 本年新收.keys() }}",
    "{{ 本年新收['总计'] }}",
    "{{ 年度 | attr('__class__') }}",
    "{{ '%s' | format(年度) }}",
    "{{ '{0.__class__}'.format(年度) }}",
    "{% for i in range(10**9) %}x{% endfor %}",
    "{% for i in 'abc' %}{% for j in 'abc' %}x{% endfor %}{% endfor %}",
    "{{ range(10**9) }}",
    "{{ range }}",
    "{{ lipsum(10**6) }}",
    "{{ cycler('a') }}",
    "{{ self }}",
    "{{ self.__init__ }}",
    "{{ 'A' * 10**10 }}",
    "{{ 10 ** 10 ** 10 }}",
    "{{ 1 // 0 }}",
    "{{ 1 / 0 }}",
    "{{ 5 % 0 }}",
    "{{ 'a' % 1 }}",
    "{{ " + "9" * 30_000 + " }}",
    "{{ 1e999 }}",
    "{{ 0x" + "f" * 5_000 + " }}",
    "{{ " + "1_" * 15_000 + "1 }}",
    "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
    "{{ " + "(" * 39 + "1" + ")" * 39 + " }}",
    "{{ " + "(" * 5_000,
    "{{ " + "[" * 5_000 + "]" * 5_000 + " }}",
    "{{ " + "not " * 5_000 + "1 }}",
    "{{ " + "-" * 5_000 + "1 }}",
    "{{ 1" + " + 1" * 5_000 + " }}",
    "{{ 1" + " ~ 1" * 5_000 + " }}",
    "{{ 1" + "|千分位" * 5_000 + " }}",
    "{{ " + "1 if 1 else " * 2_000 + "1 }}",
    "{{ a" + ".a" * 9_000 + " }}",
    "{% if 1 %}" * 1_600 + "{% endif %}" * 1_400,
    "{% if 1 %}" * 140 + "{% endif %}" * 140,
    "{% if 1 %}" * 3_000,
    "{% if 1 %}{% elif 1 %}" + "{% elif 1 %}" * 2_600 + "{% endif %}",
    "{{" * 16_000,
    "{{ '" * 6_000,
    "{{ \"'" * 6_000,
    "{" * 32_767,
    "}" * 32_767,
    "｛" * 32_767,
    "{%" + " " * 32_000,
    "{% " + "raw " * 8_000,
    "{{ '" + "a" * 32_000,
    "{{ 年度 }}" * 3_600,
    "{{ 错 }}" * 4_000,
    "".join(f"{{{{ 错{n}本年.新{n} }}}}" for n in range(300)),
    "{{ ? " + "".join(f"新{n} " for n in range(5_000)) + "}}",
    "".join(f"｛｛新收{n}｝｝" for n in range(3_000)),
    "{% raw %}{{ 年度 }}{% endraw %}",
    "{%- raw -%}x{%- endraw -%}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% from 'a' import b %}",
    "{% extends 'a' %}",
    "{% block a %}{% endblock %}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% call m() %}{% endcall %}",
    "{% set a = 1 %}",
    "{% filter upper %}x{% endfilter %}",
    "{% do a %}",
    "{# 注释 #}",
    "{# " + "{# " * 8_000,
    "{{ [1, 2] }}",
    "{{ {'a': 1} }}",
    "{{ (1, 2) }}",
    "{{ 年度 is defined }}",
    "{{ 1 in [1] }}",
    "{{ '年' in 机关名称 }}",
    "{{ none }}",
    "{{ 1 | 占比(*[1]) }}",
    "{{ 1 | 占比(whole=1) }}",
    "{{ 1 | 印 }}",
    "{{ '\\ud800' }}",
    "{{ '\\x' }}",
    "{{ '\\N{DIGIT ONE}' }}",
    "{% 如果 1 %}" * 140 + "{% 完 %}" * 140,
    "{% 如果1 %}{% 否则如果1 %}" + "{% 否则如果1 %}" * 2_600 + "{% 完 %}",
    "{{ " + "非" * 5_000 + "1 }}",
    "{{ 1" + "且1" * 5_000 + " }}",
    "{{ 年度大于" + "9" * 30_000 + " }}",
    "{% 如果 年度大于" + "9" * 30_000 + " %}{% 完 %}",
    "{% 如果 a" + " " * 30_000 + "b %}{% 完 %}",
    "{{ 如果 a" + " " * 30_000 + "b }}",
    "{{ ≠" + "\u0338" * 30_000 + " }}",
    "{{ " + "＝" * 30_000 + " }}",
    "{{ " + "总计" * 15_000 + " }}",
    "{{ 年度 = (年度 = 1) }}",
    "{% 对于 x 在 年度 %}{% 完 %}",
    "{{ caller() }}",
    "{{ super() }}",
    "{{ loop.index }}",
    "{{ _ }}{{ __import__('os') }}",
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:30])
def test_hostile_text_is_refused_and_never_runs(text: str) -> None:
    told = problems(text, F2021)
    assert told
    assert all(re.search("[\u4e00-\u9fff]", problem.message) for problem in told)
    with pytest.raises(GiaError):
        render(text, SEVEN)


@pytest.mark.parametrize("text", [t for t in HOSTILE if re.search("{[{%#]", t)], ids=lambda text: text[:30])
def test_the_gate_before_jinja_refuses_it_too(text: str) -> None:
    """What runs is judged as Jinja reads it, whatever the words for the filer made of it."""
    assert examine(text, F2021).faults


def test_the_longest_text_that_may_run_runs() -> None:
    text = "{% 如果年度大于1 %}" * 8 + "{{ (本年新收.总计 + 1) | 千分位 }}，" * 280 + "{% 完 %}" * 8
    assert problems(text, F2021) == ()
    assert render(text, SEVEN) == "8，" * 280


def test_output_is_bounded() -> None:
    long = replace(SEVEN, cover=replace(SEVEN.cover, contact="长" * 32_767))
    with pytest.raises(GiaError, match="超过"):
        render("{{ 联系方式 }}" * 300, long)


SIGNS = [*"{}%#()'\"~|+-*.<>=!,[]｛｝ \n", "{{", "}}", "{%", "%}", "{{ ", " }}", "\\", "__class__"]
WORDS = [
    "{% 如果 ",
    "{% 否则 %}",
    "{% 完 %}",
    "{% 否则如果 ",
    "如果",
    "否则",
    "完",
    "且",
    "或",
    "非",
    "大于",
    "等于",
    "＝",
]
WORDS += ["{% if ", "{% else %}", "{% endif %}", "elif ", "if ", " else ", "not ", " and ", " or ", "raw", "for i in "]
WHOLE = ["{{ 年度 }}", "{% 如果 年度 > 1 %}", "{% 否则如果 本年新收.总计 = 7 %}", "{% 否则 %}", "{% 完 %}"]
NAMES = ["本年新收.总计", "年度", "机关名称", "新收", "千分位", "占比(", "元", "1", "0", "'件'", "收到", "。"]


FUZZ = int(os.environ.get("GIA_FUZZ", "400"))  # how many texts each of the tests below makes up


@settings(max_examples=FUZZ, deadline=None)
@given(
    st.lists(
        st.sampled_from(SIGNS) | st.sampled_from(WORDS) | st.sampled_from(NAMES) | st.text(max_size=3), max_size=30
    ).map("".join)
    | st.lists(st.sampled_from(WHOLE) | st.sampled_from(NAMES), max_size=12).map("".join)
)
def test_whatever_is_typed_is_either_refused_in_words_or_printed(text: str) -> None:
    if problems(text, F2021):
        with pytest.raises(GiaError):
            render(text, SEVEN)
    else:
        assert len(render(text, SEVEN)) <= len(text) + 20 * text.count("{{")
        render(text, report(default=None))


SIGN_TWINS = [
    ("大于", ">"),
    ("小于", "<"),
    ("等于", "=="),
    ("不等于", "!="),
    ("大于等于", ">="),
    ("小于等于", "<="),
    ("=", "=="),
]
NUMBERS = ["本年新收.总计", "本年新收.法人或其他组织", "行政诉讼.其他结果", "年度", "7", "0"]
AROUND = st.text(alphabet="如果否则完且或非大于等= 1，。", max_size=8)


@st.composite
def twins(draw: st.DrawFn) -> tuple[str, str]:
    """One sound text twice: in Chinese keywords, with or without spaces between words, and in Jinja's own."""
    space = draw(st.sampled_from(["", " "]))

    def condition() -> tuple[str, str]:
        chinese, english = [], []
        for n in range(draw(st.integers(1, 3))):
            joined = [draw(st.sampled_from([("且", "and"), ("或", "or")]))] if n else []
            denied = [("非", "not")] if draw(st.booleans()) else []
            left, right = draw(st.sampled_from(NUMBERS)), draw(st.sampled_from(NUMBERS))
            for one, other in (*joined, *denied, (left, left), draw(st.sampled_from(SIGN_TWINS)), (right, right)):
                chinese.append(one)
                english.append(other)
        return space.join(chinese), " ".join(english)

    tests = [condition() for _ in range(draw(st.integers(1, 3)))]
    said = [draw(AROUND) for _ in range(len(tests) + 3)]
    texts = []
    for words, pick in (("如果 否则如果 否则 完", 0), ("if elif else endif", 1)):
        first, other, last, end = words.split()
        gap = " " if pick else space
        text = said[0]
        for n, test in enumerate(tests):
            text += f"{{% {other if n else first}{gap}{test[pick]} %}}{said[n + 1]}{{{{ 年度 }}}}"
        texts.append(f"{text}{{% {last} %}}{said[-2]}{{% {end} %}}{said[-1]}")
    return texts[0], texts[1]


@settings(max_examples=FUZZ // 4, deadline=None)  # each is slow to make up
@given(twins())
def test_chinese_keywords_mean_what_jinja_means_and_leave_the_words_around_alone(pair: tuple[str, str]) -> None:
    chinese, english = pair
    assert problems(chinese, F2021) == problems(english, F2021) == ()
    assert render(chinese, SEVEN) == render(english, SEVEN)


@settings(max_examples=FUZZ, deadline=None)
@given(st.text(alphabet="{}%#｛｝'\"\\ \n-a年度本年新收.总计", max_size=80) | st.text(max_size=80))
def test_escaped_text_is_printed_as_it_was(text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # a cell knows one kind of line break
    assert problems(escape(text), F2021) == ()
    assert render(escape(text), SEVEN) == text


# --- the standard sentences ---------------------------------------------------------------------------------------

ALL = [(form, organ) for form in FORMS for organ in organ_types()]
CLUMSY = re.compile(
    "，，|，。|，；|；；|；。|。。|、、|、。|、，|：。|（）|件、?件|[，；、]$|^[，。；、]|其中[，。；]|\\s|[{}]"
)


def figures(form: Form, dice: random.Random) -> Report:
    """A report that balances, with few figures that are not zero."""
    share = dice.choice([0.0, 0.02, 0.1, 0.5, 1.0])
    values: dict[Key, Number | None] = {
        key: dice.choice([1, 1, 2, 15, 1200]) if dice.random() < share else 0 for key in form.cells
    }
    for column in form.by_key["requests"].blocks[0].columns.leaves:
        rows = {row.key: Key("requests", row.key, column.key) for row in form.by_key["requests"].blocks[0].rows.leaves}
        done = sum(
            int(values[key] or 0) for row, key in rows.items() if row.startswith("outcome") and row != "outcome.total"
        )
        handled = done + int(values[rows["carried_out"]] or 0)
        values[rows["carried_in"]] = dice.choice([0, 0, handled, dice.randint(0, handled)])
        values[rows["received"]] = handled - int(values[rows["carried_in"]] or 0)
    for _ in range(2):  # totals of totals
        for total, check in form.totals.items():
            values[total] = sum(int(values[key] or 0) for key in check.left)
    filled = report(form)
    return replace(filled, facts={key: replace(fact, value=values[key]) for key, fact in filled.facts.items()})


def sentences(form: Form) -> list[str]:
    return list({p.text: None for organ in organ_types() for p in offered(form, organ)})


@pytest.mark.parametrize(("form", "organ"), ALL, ids=lambda value: getattr(value, "form", value))
def test_what_is_offered_has_no_fault_and_stands_in_printed_order(form: Form, organ: str) -> None:
    paragraphs = offered(form, organ)
    assert [p for paragraph in paragraphs for p in problems(paragraph.text, form)] == []
    order = [section.key for section in form.sections]
    assert [order.index(p.section) for p in paragraphs] == sorted(order.index(p.section) for p in paragraphs)
    assert {p.section for p in paragraphs} == set(order)


@pytest.mark.parametrize(("form", "organ"), ALL, ids=lambda value: getattr(value, "form", value))
def test_section_one_has_its_five_aspects_and_governments_their_three_results(form: Form, organ: str) -> None:
    paragraphs = [p for p in offered(form, organ) if p.section == "overview" and p.heading]
    assert [p.heading[3:].rstrip("。") for p in paragraphs] == list(form.by_key["overview"].aspects)
    assert all(p.runs_in for p in paragraphs)
    owed = organ_types()[organ].supervision in ("required", "advised")
    assert all((word in paragraphs[-1].text) == owed for word in ("工作考核", "社会评议", "责任追究"))


@pytest.mark.parametrize(("form", "organ"), ALL, ids=lambda value: getattr(value, "form", value))
def test_only_those_who_may_make_rules_speak_of_them(form: Form, organ: str) -> None:
    assert any("规章" in p.text for p in offered(form, organ)) == organ_types()[organ].rules


@pytest.mark.parametrize("organ", organ_types())
def test_the_fee_statement_is_offered_since_2021(organ: str) -> None:
    fee = [[p for p in offered(form, organ) if "信息处理费" in p.text] for form in FORMS]
    assert fee[0] == [] and len(fee[1]) == 1
    said = re.sub("【请填写：.*“(.*)”】", r"\1", render(fee[1][0].text, report()))
    assert said == ("2024年，本机关依申请提供政府信息收取信息处理费的情况：发出收费通知0件，总金额0元，实际收取0元。")


@pytest.mark.parametrize(("form", "organ"), ALL, ids=lambda value: getattr(value, "form", value))
def test_a_clerk_can_read_each_cell_as_it_stands(form: Form, organ: str) -> None:
    """Short, in Chinese, with one condition at most, which begins the cell and ends it; few marks, in few words."""
    texts = [p.text for p in offered(form, organ)]
    for text in texts:
        assert len(text) <= 260, text
        tags = re.findall(r"\{% (\S+)", text)
        assert tags in ([], ["如果", "否则", "完"]), text
        assert not tags or (text.startswith("{% 如果 ") and text.endswith("。{% 完 %}") and "。{% 否则 %}" in text)
    marks = [mark for text in texts for mark in re.findall("【.*?】", text)]
    assert len(marks) <= (12 if organ_types()[organ].scope == "aggregate" else 10), marks
    assert all(mark.startswith("【请填写：") and len(mark) <= 36 for mark in marks), marks


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form)
def test_sentences_read_well_whatever_the_figures(form: Form) -> None:
    dice = random.Random(20261122)
    real = load_seed("001" if form is F2021 else "002")  # one that does not balance, one with a blank
    real = replace(real, cover=replace(real.cover, contact="电话：0858-1234567。"))
    filed = [report(form), real, *(figures(form, dice) for _ in range(150))]
    for text in sentences(form):
        for one in filed:
            said = render(text, one)
            assert not CLUMSY.search(said), said
            assert said.endswith(("。", "】")), said
            assert said.count("（") == said.count("）"), said
            assert said.count("【") == text.count("【"), f"a mark within a branch: {text}"
            assert UNFILLED not in said and "截止" not in said, said


def said_in(section: str, heading: str = "", form: Form = F2021) -> list[str]:
    """The texts offered in a section under a heading, which are the same for every type of organ."""
    (texts,) = {
        tuple(p.text for p in offered(form, organ) if (p.section, p.heading) == (section, heading))
        for organ in organ_types()
    }
    return list(texts)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.form)
def test_the_sentences_say_what_the_tables_say(form: Form) -> None:
    """Each number stands after its own words; where nothing is to be told, the number is indeed 0."""
    dice = random.Random(7)
    (requests,) = said_in("overview", "（二）依申请公开。", form)
    (outcomes,) = said_in("requests", form=form)
    review, litigation = said_in("cases", form=form)
    results = ("结果维持", "结果纠正", "其他结果", "尚未审结")
    expected = {
        requests: {"新收政府信息公开申请": "本年新收", "上年结转": "上年结转", "办结": "办理结果总计"}
        | {"结转下年度继续办理": "结转下年度"},
        outcomes: {"办结政府信息公开申请": "办理结果总计"}
        | {n: n for n in ("予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理")},
        review: {"行政复议案件": "行政复议"} | {result: f"行政复议.{result}" for result in results},
        litigation: {"行政诉讼案件": "行政诉讼"} | {result: f"行政诉讼.{result}" for result in results},
    }
    for _ in range(300):
        filed = figures(form, dice)
        for text, pairs in expected.items():
            said = render(text, filed)
            for words, name in pairs.items():
                match = re.search(rf"{words}(\d+)件", said)
                number = figure(known(form)[name if "." in name else f"{name}.总计"], filed)
                assert (int(match[1]) if match else 0) == number, (words, said)


@pytest.mark.parametrize(
    ("section", "values", "says"),
    [
        ("overview", {}, "全年未收到政府信息公开申请，也没有上年结转的申请。"),
        (
            "overview",
            {"carried_in__total": 2, "carried_out__total": 2},
            "全年新收政府信息公开申请0件，上年结转2件；办结0件，结转下年度继续办理2件。",
        ),
        ("requests", {"carried_in__total": 2, "carried_out__total": 2}, "全年办结政府信息公开申请0件。"),
        (
            "requests",
            {"outcome11granted__total": 5, "outcome11refused11secret__total": 6, "outcome11total__total": 11},
            "全年办结政府信息公开申请11件，其中予以公开5件、部分公开0件、不予公开6件、无法提供0件、不予处理0件、其他处理0件。",
        ),
    ],
)
def test_the_sentences_on_requests_by_example(section: str, values: dict[str, Number], says: str) -> None:
    (text,) = said_in(section, "（二）依申请公开。" if section == "overview" else "")
    assert render(text, report(**{f"requests__{name}": value for name, value in values.items()})) == says


def test_every_file_of_sentences_is_offered_to_someone() -> None:
    files = sorted((templates() / "narrative").rglob("*.j2"))
    assert all(file.name.isascii() for file in files)
    bodies = {p.text for form in FORMS for organ in organ_types() for p in offered(form, organ)}
    for file in files:
        assert "".join(line.strip() for line in file.read_text(encoding="utf-8").splitlines()[1:]) in bodies, file


def test_an_unknown_type_of_organ_is_refused() -> None:
    with pytest.raises(GiaError, match="机关类型"):
        offered(F2021, "village")
