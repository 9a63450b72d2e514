"""What a source without such a report seems to be, in one sentence: a list, a login page, a report of the old style."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gia_xlsx.intake.source import Line, Source
from gia_xlsx.numerals import squeeze

_REPORT = re.compile(r"政[府务]信息公开.{0,12}报告")
_OLD = re.compile(
    r"主动公开政府信息数|信息公开申请总数|收到.{0,4}申请(?:总)?数|(?:收费|费用).{0,4}减免|被申请行政复议、?提起行政诉讼|"
    r"(?:统计|附)表|概述|依申请公开政府信息(?:的)?(?:办理)?情况|政府信息公开指南|行政诉讼数|维持具体行政行为"
)
_YEAR = re.compile(r"(20[01]\d)年")
_LOGIN = re.compile(r"登录|登陆|用户名|账号|密码|验证码|忘记密码")
_ERROR = re.compile(
    r"404|找不到.{0,6}(?:页|文件)|页面(?:不存在|已删除|无法访问)|无权访问|访问被拒绝|Not Found|Forbidden"
)
_LIST_ITEM = re.compile(r"年度报告|年报")
_MISSING = "没有找到“一、总体情况”等六个部分的标题，也没有三张法定表格"


def seems(source: Source) -> str:
    """The sentence for a source that holds no report of the forms of 2019 and later."""
    lines = [squeeze(block.text) for block in source.blocks if isinstance(block, Line)]
    cells = [squeeze(cell.text) for table in source.tables for row in table.rows for cell in row]
    what, way = _told(lines, cells, source.kind)
    return f"{source.name}：{what}；{_MISSING}。{way}。"


def _told(lines: Sequence[str], cells: Sequence[str], kind: str) -> tuple[str, str]:
    everything = [*lines, *cells]
    text = "\n".join(everything)
    items = [line for line in everything if _LIST_ITEM.search(line) and 6 < len(line) < 60 and "。" not in line]
    if is_old(text):
        year = _YEAR.search(text)
        return (
            f"像是旧式的年度报告{f'（{year[1]}年度）' if year else ''}，格式早于国办公开办函〔2019〕60号",
            "2019年度以前的报告没有法定表格，无法导入",
        )
    if len(text) < 60 and kind == "网页":
        return "几乎没有文字", "正文可能由脚本载入，或者是图片；请在浏览器中打开后全选复制，存为文本再试"
    if len(_LOGIN.findall(text)) > 1 and len(text) < 1_500:
        return "像是登录页面", "请登录后打开报告本身，再另存网页"
    if _ERROR.search(text[:1_500]) and len(text) < 1_500:
        return "像是出错的页面", "请在浏览器中确认报告能够打开，再另存网页"
    if len(items) > 4:
        return f"像是年度报告的列表页（列有“{items[0]}”等 {len(items)} 项）", "请打开其中一份报告，再另存网页"
    if _REPORT.search(text):
        return "提到了年度报告，但不是报告本身，或者表格是图片", "请使用带表格文字的网页、Word 或 PDF"
    return "不像政府信息公开工作年度报告", "请核对是不是选错了文件"


def is_old(text: str) -> bool:
    """Whether a text has the marks of reports as they were before the forms: other sections, a statistics table."""
    years = [int(year) for year in _YEAR.findall(text[:3_000])]
    marks = {match[0] for match in _OLD.finditer(text)}
    return bool(_REPORT.search(text)) and (len(marks) > 3 or (len(marks) > 1 and bool(years) and max(years) < 2019))
