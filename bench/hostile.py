"""Times the review of texts made to cost time: long ones, ones that repeat, digits and brackets without an end.

    python -m bench.hostile

Each is reviewed, with itself or its like as last year's report, at one length and at twice that length. Twice the text
may take twice the time, and half a second besides: what grows faster has no bound.
"""

from __future__ import annotations

import random
import time
from dataclasses import replace

from bench.faults import clean
from gia_xlsx.report import Paragraph, Report
from gia_xlsx.rules import check

GROWTH, SLACK = 2.5, 0.5  # times, and seconds


def texts(times: int) -> dict[str, tuple[str, str]]:
    """This year's words and last year's, so many times as long, by what is wrong with them."""
    draw = random.Random(4)
    long = "".join(chr(0x4E00 + draw.randrange(4000)) + ("。" if not n % 40 else "") for n in range(15_000 * times))
    said = "我们加强队伍建设和业务培训。" * 35_000 * times
    alike = {
        "sentences of any characters": long,
        "digits and commas": "1,234" * 100_000 * times,
        "one number": "1" * 500_000 * times + "年",
        "one character": "甲" * 500_000 * times,
        "opening brackets": "（《“" * 50_000 * times,
        "brackets that nothing opened": "）》”" * 50_000 * times,
        "brackets of every depth": "（" * 75_000 * times + "）" * 75_000 * times,
        "figures of one sentence": "收到政府信息公开申请3件，" * 1_200 * times,
        "words between a word and its number": "政府信息公开申请" + "共计" * 8_000 * times + "3件。",
        "numbers told one after the other": "予以公开、部分公开分别为" + "3件、" * 5_000 * times + "。",
        "分别 without an end": "予以公开、部分公开分别" * 1_400 * times + "3件、4件。",
        "numbers in brackets": "予以公开（3件）" * 2_000 * times,
        "figures without a break": "公开3件" * 2_000 * times + "部分公开",
        "figures of a part without a break": "网上收到政府信息公开申请3件" * 1_000 * times,
        "percent": "占3%，" * 4_000 * times,
    }
    found = {what: (text, text) for what, text in alike.items()}
    found["the same, backwards"] = (long, long[::-1])
    found["a character changed in each sentence"] = (said, said.replace("加强队伍", "加强了队伍"))
    return found


def seconds(now: str, then: str) -> float:
    """The time of the processor to review a report, last year's beside it."""
    report, previous = (_saying(text) for text in (now, then))
    assert report.year is not None
    previous = replace(previous, cover=replace(previous.cover, year=report.year - 1))
    start = time.process_time()
    check(replace(report, previous=previous))
    return time.process_time() - start


def _saying(text: str) -> Report:
    report = clean(0)
    return replace(report, paragraphs=(*report.paragraphs, Paragraph("overview", "", text)))


def main() -> int:
    seconds("", "")  # what is read once
    missed = 0
    once, twice = texts(1), texts(2)
    for what, (now, then) in once.items():
        short, long = seconds(now, then), seconds(*twice[what])
        limit = GROWTH * short + SLACK
        missed += long > limit
        verdict = "met" if long <= limit else "MISSED"
        print(f"{what:<38}{2 * len(now):>10,} characters{short:>7.2f} →{long:>6.2f} s   {verdict}", flush=True)
    return missed


if __name__ == "__main__":
    raise SystemExit(main())
