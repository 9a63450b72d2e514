"""The door to Jinja for text that others wrote: bounded before it is parsed, held to a whitelist before it is run.

What passes holds no loop, call, product, attribute or subscript, so nothing in it can run long, grow large or reach
outside; Jinja's own immutable sandbox, with undefined names refused and its globals taken away, stands behind that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Literal

from jinja2 import Environment, StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream, operators
from jinja2.sandbox import ImmutableSandboxedEnvironment

from gia_xlsx.form import Form
from gia_xlsx.keywords import JINJA, in_jinja
from gia_xlsx.placeholders import UNFILLED, Placeholder, known, nearest, printed, share, thousands, yuan
from gia_xlsx.report import Number

MAX_TAGS = 300  # {{ }} and {% %} in one text
MAX_TOKENS = 80  # words and signs in one of them
MAX_DEPTH = 8  # brackets in one of them, and {% 如果 %} inside {% 如果 %}
MAX_DIGITS = 12
ALLOWED = "只能写占位符、加减、比较、{% 如果 … %}…{% 否则 %}…{% 完 %} 和筛选符（千分位、元、占比）"

Kind = Literal["number", "text", "truth"]
_COMPARE = {"eq", "ne", "gt", "gteq", "lt", "lteq"}
_REFUSED = {  # what a filer might try, in words
    "Call": "函数",
    "Getitem": "下标",
    "Mul": "乘法",
    "Div": "除法",
    "FloorDiv": "除法",
    "Mod": "求余",
    "Pow": "乘方",
    "Test": "“is”判断",
    "List": "列表",
    "Tuple": "列表",
    "Dict": "字典",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text may not run: a sentence, and for a misspelt name what was written and what is right."""

    message: str
    written: str = ""
    right: str = ""
    syntax: bool = False


@dataclass
class Examined:
    """What came of looking at a text: its faults, and the placeholders it uses by name."""

    form: Form
    faults: list[Fault] = field(default_factory=list)
    used: dict[str, Placeholder] = field(default_factory=dict)

    def fault(self, message: str, written: str = "", right: str = "") -> None:
        self.faults.append(Fault(message, written, right))


def examine(source: str, form: Form) -> Examined:
    """Look at every part of a text, branches not taken included, without running any of it."""
    found = Examined(form)
    try:
        if excess := _excess(source):
            found.fault(excess)
        else:
            _body(_environment().parse(source).body, found)
    except TemplateSyntaxError:
        found.faults.append(Fault(f"花括号里的写法读不懂，{ALLOWED}。", syntax=True))
    return found


def run(text: str, values: Mapping[str, Number | str | None], marks: tuple[str, ...] = ()) -> str:
    """The text with its values, by the names of placeholders; the text must have been examined without a fault.

    ``marks``: two stand around what each pair of braces gives; with a third, the names in them, ``|`` between, stand
    before that: ``⟨行政复议.总计⟩3⟩``.

    A None is a figure not filled: 〔未填〕 stands for every expression that needs it, and for the whole of an ``if``
    that depends on it, because neither branch is known to be true.
    """
    missing = frozenset(name for name, value in values.items() if value is None)
    context: dict[str, object] = {}
    for name, value in values.items():
        row, dot, column = name.partition(".")
        if not dot:
            context[row] = value
        else:
            group = context.setdefault(row, {})
            assert isinstance(group, dict)  # a cover item and a row never share a name
            group[column] = value
    return _compiled(text, missing, marks).render(context)


class _Chinese(Extension):
    """Chinese keywords become Jinja's own between its lexer and its parser, so that no other text is ever touched."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        before = ""
        for token in stream:
            if token.type == "assign":  # nothing can be assigned here, and this is how a filer writes "is equal to"
                yield Token(token.lineno, "eq", "==")
            elif token.type == "name":
                for word in in_jinja(token.value, opens=before == "block_begin", after_dot=before == "dot"):
                    yield _token(token.lineno, word)
            else:
                yield token
            before = token.type


def _token(line: int, word: str) -> Token:
    if word.isdecimal():
        return Token(line, "integer", int(word))  # type: ignore[arg-type]  # as Jinja's own lexer gives it
    return Token(line, operators.get(word, "name"), word)


@cache
def _environment() -> Environment:
    environment = ImmutableSandboxedEnvironment(
        extensions=[_Chinese],
        undefined=StrictUndefined,
        autoescape=False,  # the result is plain text; whoever publishes it escapes it once
        keep_trailing_newline=True,  # a text reads as it was typed
        finalize=printed,
        cache_size=0,
    )
    environment.globals.clear()
    environment.tests.clear()
    environment.filters = {"千分位": thousands, "元": yuan, "占比": share, "印": printed}
    return environment


@lru_cache(maxsize=256)
def _compiled(text: str, missing: frozenset[str], marks: tuple[str, ...]) -> Template:
    environment = _environment()
    tree = environment.parse(text)
    _settle(tree.body, missing)
    for concat in tree.find_all(nodes.Concat):  # joined parts print as single ones do
        concat.nodes = [nodes.Filter(part, "印", [], [], None, None) for part in concat.nodes]
    for output in tree.find_all(nodes.Output) if marks else ():
        output.nodes = [piece for part in output.nodes for piece in _marked(part, marks)]
    return environment.from_string(tree)


# --- before it is parsed ------------------------------------------------------------------------------------------


def _excess(source: str) -> str:
    """What goes beyond the bounds, found by Jinja's lexer, which does not recurse, before its parser, which does."""
    tags = tokens = brackets = depth = 0
    block = after_dot = False
    for _, kind, value in _environment().lex(source):
        if kind in ("variable_begin", "block_begin"):
            tags, tokens, brackets, block = tags + 1, 0, 0, kind == "block_begin"
        elif kind in ("raw_begin", "comment_begin"):
            return f"花括号里不能用“{value}”，{ALLOWED}。"
        elif kind not in ("whitespace", "data", "variable_end", "block_end"):
            opens = block and tokens == 0
            words = in_jinja(value, opens=opens, after_dot=after_dot) if kind == "name" else [value]
            tokens, after_dot = tokens + len(words), value == "."
            brackets += value in ("(", "[", "{")
            if opens:
                depth += {"if": 1, "endif": -1}.get(words[0], 0)
            if kind == "float":
                return "花括号里只能写整数，不能写小数。"
            if kind == "string" and "\\" in value:
                return "花括号里的文字不能有反斜杠。"
            if any(word[0].isdecimal() and len(word) > MAX_DIGITS for word in words):
                return f"花括号里的数字最多{MAX_DIGITS}位。"
        if tags > MAX_TAGS or tokens > MAX_TOKENS or max(brackets, depth) > MAX_DEPTH:
            return "花括号里的写法太长或套得太深，请拆成几句。"
    return ""


# --- once it is parsed: the whitelist -----------------------------------------------------------------------------


def _body(body: Iterable[nodes.Node], found: Examined) -> None:
    for node in body:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                if not isinstance(part, nodes.TemplateData) and _kind(part, found) == "truth":
                    found.fault("条件不能直接印出，请写成 {% 如果 条件 %}…{% 完 %}。")
        elif isinstance(node, nodes.If):
            for branch in (node, *node.elif_):
                _kind(branch.test, found)
                _body(branch.body, found)
            _body(node.else_, found)
        else:
            found.fault(f"花括号里不能用“{type(node).__name__.lower()}”，{ALLOWED}。")


def _kind(node: nodes.Node, found: Examined) -> Kind | None:
    """Whether an expression gives a number, a text or a truth; None once it holds a fault."""
    match node:
        case nodes.Name() | nodes.Getattr():
            return _placeholder(node, found)
        case nodes.Const(value=bool()):
            return "truth"
        case nodes.Const(value=int()):
            return "number"
        case nodes.Const(value=str()):
            return "text"
        case nodes.Add() | nodes.Sub():
            return _all("number", (node.left, node.right), found)
        case nodes.Neg() | nodes.Pos():
            return _all("number", (node.node,), found)
        case nodes.Compare():
            sides = [node.expr, *(operand.expr for operand in node.ops)]
            kinds = {_kind(side, found) for side in sides}
            if None in kinds:
                return None
            if len(kinds) > 1 or "truth" in kinds or any(operand.op not in _COMPARE for operand in node.ops):
                found.fault("只能数与数相比、文字与文字相比。")
                return None
            return "truth"
        case nodes.And() | nodes.Or():
            kinds = {_kind(node.left, found), _kind(node.right, found)}
            return None if None in kinds else "truth"
        case nodes.Not():
            return "truth" if _kind(node.node, found) else None
        case nodes.Concat():
            kinds = {_kind(part, found) for part in node.nodes}
            if "truth" in kinds:
                found.fault("条件不能与文字相接。")
            return None if {None, "truth"} & kinds else "text"
        case nodes.CondExpr():
            return _conditional(node, found)
        case nodes.Filter():
            return _filter(node, found)
    word = _REFUSED.get(type(node).__name__, "这种写法")
    found.fault(f"花括号里不能用{word}，{ALLOWED}。")
    return None


def _all(kind: Kind, parts: Iterable[nodes.Node], found: Examined) -> Kind | None:
    kinds = {_kind(part, found) for part in parts}
    if None in kinds:
        return None
    if kinds != {kind}:
        found.fault("加减和千分位、占比只能用于数字。")
        return None
    return kind


def _placeholder(node: nodes.Node, found: Examined) -> Kind | None:
    name = _name(node)
    if name is None:
        found.fault(f"花括号里不能用下标或属性，{ALLOWED}。")
        return None
    if name in JINJA:  # a keyword where a name should stand; Jinja would look for a figure of that name
        found.faults.append(Fault(f"花括号里的写法读不懂，{ALLOWED}。", syntax=True))
        return None
    placeholder = known(found.form).get(name)
    if placeholder is None:
        right = nearest(name, found.form)
        hint = f"，最接近的是“{right}”" if right else "，可用的名称见“占位符”表"
        found.fault(f"没有“{name[:40]}”这个占位符{hint}。", name, right)
        return None
    found.used[name] = placeholder
    return "number" if placeholder.is_number else "text"


def _name(node: nodes.Node) -> str | None:
    """A name as it was written, with its dots; None for anything else."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and (before := _name(node.node)):
        return f"{before}.{node.attr}"
    return None


def _conditional(node: nodes.CondExpr, found: Examined) -> Kind | None:
    kinds = [_kind(node.test, found), _kind(node.expr1, found)]
    if node.expr2 is None:
        found.fault("写了“如果”，还要写“否则”。")
        return None
    kinds.append(_kind(node.expr2, found))
    if None in kinds:
        return None
    return kinds[1] if kinds[1] == kinds[2] else "text" if "truth" not in kinds[1:] else "truth"


def _filter(node: nodes.Filter, found: Examined) -> Kind | None:
    arguments = list(node.args)
    if node.kwargs or node.dyn_args or node.dyn_kwargs or node.node is None:
        found.fault(f"花括号里不能用这种写法，{ALLOWED}。")
        return None
    if node.name == "千分位" and not arguments:
        return "text" if _all("number", (node.node,), found) else None
    if node.name == "占比" and len(arguments) == 1:
        return "text" if _all("number", (node.node, *arguments), found) else None
    if node.name == "元" and not arguments:
        if _all("number", (node.node,), found) is None:
            return None
        placeholder = known(found.form).get(_name(node.node) or "")
        if placeholder is None or placeholder.unit != "万元":
            found.fault("“元”只能用于以万元为单位的数。")
            return None
        return "text"
    found.fault(f"没有“{node.name[:40]}”这种筛选符：只有“千分位”“元”和“占比(总数)”。")
    return None


# --- when it runs -------------------------------------------------------------------------------------------------


def _settle(body: list[nodes.Node], missing: frozenset[str]) -> None:
    """Put 〔未填〕 for all that depends on a missing figure."""
    for place, node in enumerate(body):
        if isinstance(node, nodes.If):
            branches = (node, *node.elif_)
            if any(_needs(branch.test, missing) for branch in branches):
                body[place] = nodes.Output([nodes.TemplateData(UNFILLED)])
                continue
            for inner in (*(branch.body for branch in branches), node.else_):
                _settle(inner, missing)
        elif isinstance(node, nodes.Output):
            node.nodes = [nodes.TemplateData(UNFILLED) if _needs(part, missing) else part for part in node.nodes]


def _needs(node: nodes.Node, missing: frozenset[str]) -> bool:
    return not missing.isdisjoint(_names(node))


def _names(node: nodes.Node) -> Iterator[str]:
    """The names that an expression reads, with their dots and, of one with dots, its beginning too."""
    for part in (node, *node.find_all((nodes.Name, nodes.Getattr))):
        if name := _name(part):
            yield name


def _marked(part: nodes.Expr, marks: tuple[str, ...]) -> Iterator[nodes.Expr]:
    if isinstance(part, nodes.TemplateData):
        yield part
        return
    yield nodes.TemplateData(marks[0])
    if len(marks) > 2:
        yield nodes.TemplateData("|".join(dict.fromkeys(_names(part))) + marks[2])
    yield part
    yield nodes.TemplateData(marks[1])
