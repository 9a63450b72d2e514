"""Family 7, repetition: a sentence that stands twice, a heading said again, a word or phrase doubled at once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from gia_xlsx.diagnostic import Finding, Severity, rule
from gia_xlsx.report import Report
from gia_xlsx.rules.spots import Spot, Whole, clip, finding, whole
from gia_xlsx.wordlists import wordlist

_SENTENCE = re.compile(r"[^。！？\n]{12,}+")
_NUMBERED = re.compile(
    r"\s*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})[)）、.．]{1,2}|[一二三四五六七八九十]是|第[一二三四五六七八九十][，、]|[首其][先次][，、])\s*"
)
_RARE = re.compile("[\U00010000-\U0010ffff]")  # characters of two units
_ALL_HAN = re.compile("[一-鿿]+")
_DIGIT = re.compile("[0-9０-９]")
_LONG = re.compile("(?:[^一-鿿]*+[一-鿿]){12}")  # a sentence with that many characters does not stand twice by chance
_HEADING = re.compile(r"([^。：:\n]{2,40})[。：:\n]+([^。：:\n，,；]{2,44})[。：:]")
_TAIL = re.compile(r"(?:工作)?(?:情况|方面|工作)?$")
_PHRASES = range(12, 1, -1)  # lengths of a phrase that is doubled at once, the longest first
_TRIES = 2_000  # places looked at for each length: text that is all alike is no report


@rule(
    "GIA706",
    "words-repeated",
    Severity.WARNING,
    message="文字重复 {count} 处：{shown}。",
    hint="请删去多出的一处；有意重复的，请换一种说法。",
    basis="条例第五十条：年度报告应反映实际情况；《党政机关公文处理工作条例》第十九条（文字精练）",
)
def words_repeated(report: Report) -> Iterator[Finding]:
    """同一句话（12 个汉字以上）出现两次，小标题在正文开头又说一遍，或者词句紧接着重复。各处合为一条提醒。

    示例：“（四）政府信息公开平台建设。政府信息公开平台建设情况。一是……”；“进一步进一步加强”；“的的”；
    整改措施里两段都写“加强业务培训，提高工作人员业务水平”。
    不报的情形：申请、复议、诉讼、收费、文件等与表格对应的情况，总体情况和本部分各说一次的；带数字的句子分在两段的；
    连在一起的两个词（政务公开公开栏、县人民政府政府信息）；“一一”“人人”“常常”等叠词。
    怎么改：删去重复的一处。
    """
    text = whole(report)
    yield from finding(text, [*_headings(text), *_doubled(text), *_sentences(text)])


def _sentences(text: Whole) -> Iterator[Spot]:
    first: dict[str, int] = {}
    for found in _SENTENCE.finditer(text.words):
        (start, end), whole_ = found.span(), found[0]
        sentence = whole_[_number(whole_) :].strip()
        at = first.setdefault(sentence, start)
        if at == start or not _LONG.match(sentence):
            continue
        if not (_DIGIT.search(sentence) or _figures().search(sentence)) or text.passage(at) is text.passage(start):
            yield Spot(start, end, f"“{clip(sentence)}”出现两次以上")


@cache
def _figures() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, wordlist("repeats")["figures"])))


def _headings(text: Whole) -> Iterator[Spot]:
    """Headings that their text says again at once; a heading may have its text in the next paragraph."""
    heading = ""
    for start, passage in zip(text.starts, text.passages, strict=True):
        own = passage.heading or heading
        beginning = f"{own}\n{passage.text[:50]}" if own else passage.text[:100]
        heading = "" if passage.text else passage.heading
        found = _HEADING.match(beginning, _number(beginning))
        if passage.text and found and _say_the_same(found[1].strip(), found[2].strip()):
            yield Spot(start, start + len(passage.heading) + 1, f"小标题“{clip(found[1])}”在正文开头又说一遍")


def _number(sentence: str) -> int:
    """How long the number is that a sentence begins with: （一）, 1., 一是."""
    numbered = _NUMBERED.match(sentence)
    return numbered.end() if numbered else 0


def _say_the_same(heading: str, beginning: str) -> bool:
    """Whether two are of more than three characters and the same but for 工作情况 and the like behind them."""
    if heading[:4] != beginning[:4]:
        return False
    core = _TAIL.sub("", heading)
    return len(core) > 3 and core == _TAIL.sub("", beginning)


def _doubled(text: Whole) -> Iterator[Spot]:
    """Words and phrases that follow themselves."""
    for word, pattern in wordlist("repeats")["patterns"].items():
        if word in text.words:
            for found in re.finditer(pattern, text.words):
                yield Spot(found.start(), found.end(), f"“{found[0]}”")
    yield from _phrases(text.words)


def _phrases(words: str) -> Iterator[Spot]:
    """Words and phrases of two characters and more that follow themselves.

    The text as one number, its characters by their lower halves, is held against itself moved by the length of a
    phrase: where both agree, zeros stand. A pattern that tries each length at each character would take longer than
    all other rules.
    """
    low = _RARE.sub("?", words).encode("utf-16-le", "replace")[::2]
    number = int.from_bytes(low, "little")
    for length in _PHRASES:
        unlike = (number ^ (number >> (8 * length))).to_bytes(len(words), "little")
        start = 0
        for _ in range(_TRIES):
            start = unlike.find(bytes(length), start)
            if not 0 <= start <= len(words) - 2 * length:
                break
            phrase = words[start : start + length]
            if words.startswith(phrase, start + length) and _may_not_double(phrase):
                yield Spot(start, start + 2 * length, f"“{phrase * 2}”")
                start += length
            start += 1


def _may_not_double(phrase: str) -> bool:
    """Whether a phrase is all Chinese, not itself a word that is doubled, and none that a like word may follow."""
    words = wordlist("repeats")
    if len(phrase) == 2:
        return phrase in words["words"]
    doubled = any(phrase == phrase[:n] * (len(phrase) // n) for n in range(1, len(phrase) // 2 + 1))
    return not doubled and _ALL_HAN.fullmatch(phrase) is not None and phrase not in words["longer"]["may_double"]
