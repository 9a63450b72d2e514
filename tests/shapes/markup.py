"""Pages and tables as HTML, each way that editors and converters have been seen to write them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from tests.shapes.model import Cell, Grid, Page, Row, is_label

Words = Callable[[str], str]


def plainly(text: str) -> str:
    return escape(text, quote=False)


def broken(text: str) -> str:
    """A line break in the middle of a label, as where an editor kept those of a narrow column."""
    half = len(text) // 2
    return escape(text[:half]) + "<br>" + escape(text[half:]) if is_label(text) else escape(text)


def word_pasted(text: str) -> str:
    """Nested spans of Word with a break between its runs, and an empty paragraph mark."""
    cut = 1 if text[:1].isdigit() else len(text) // 2
    style = 'lang="EN-US" style="font-size:10.5pt;mso-bidi-font-size:12.0pt"'
    parts = (escape(text[:cut]), escape(text[cut:]))
    runs = "".join(f'<span {style}><span style="mso-spacerun:yes">{part}</span></span>' for part in parts)
    return f'<p class="MsoNormal" style="mso-line-height-rule:exactly;text-indent:0cm">{runs}<o:p>&nbsp;</o:p></p>'


def spaced(text: str) -> str:
    """As an indented source: line ends and non-breaking spaces around the words."""
    return f"\n      &nbsp;{escape(text)}&nbsp;\n    "


@dataclass(frozen=True, slots=True)
class Style:
    """How a table is written.

    ``rowspan`` and ``colspan`` say whether spans are told; ``fillers`` puts an empty cell wherever one is covered;
    ``closed`` closes rows and cells; ``blank`` stands in an empty cell; ``spacer`` adds an empty column before the
    figures.
    """

    words: Words = plainly
    rowspan: bool = True
    colspan: bool = True
    fillers: bool = False
    closed: bool = True
    blank: str = ""
    spacer: bool = False
    head_cells: bool = False


PLAIN = Style()


def row_html(grid: Grid, top: int, style: Style = PLAIN) -> str:
    row = grid.rows[top]
    cells: list[tuple[int, str]] = [(cell.left, _cell(grid, cell, style)) for cell in row]
    if style.fillers:
        begun = {cell.left for cell in row}
        cells += [(x, "<td></td>") for x in range(grid.width) if x not in begun]
    if style.spacer and grid.labels and row and row[-1].left + row[-1].width > grid.labels:
        cells.append((grid.labels - 1 if row[0].left < grid.labels else -1, '<td width="3"></td>'))
    close = "</tr>" if style.closed else ""
    return f"<tr>{''.join(text for _, text in sorted(cells, key=lambda c: c[0]))}{close}"


def _cell(grid: Grid, cell: Cell, style: Style) -> str:
    spans = f' colspan="{cell.width}"' * (style.colspan and cell.width > 1)
    spans += f' rowspan="{cell.height}"' * (style.rowspan and cell.height > 1)
    name = "th" if style.head_cells and cell.role not in ("cell", "label") else "td"
    words = style.words(cell.text) if cell.text else style.blank
    return f"<{name}{spans}>{words}" + (f"</{name}>" if style.closed else "")


def table(grid: Grid, style: Style = PLAIN) -> str:
    rows = "\n".join(row_html(grid, top, style) for top in range(len(grid.rows)))
    return f'<table border="1" cellspacing="0">\n{rows}\n</table>'


def sections(grid: Grid, style: Style = PLAIN) -> str:
    """Head, then the last row as a ``tfoot`` before the body, as HTML 4 wanted it."""
    rows = [row_html(grid, top, style) for top in range(len(grid.rows))]
    body, foot = (rows[grid.head : -1], rows[-1:]) if len(rows) - grid.head > 1 else (rows[grid.head :], [])
    feet = f"<tfoot>{''.join(foot)}</tfoot>" if foot else ""
    return f"<table><thead>{''.join(rows[: grid.head])}</thead>{feet}<tbody>{''.join(body)}</tbody></table>"


def rows_apart(grid: Grid) -> str:
    """Each row in a table of its own: an editor that lays rows out one by one."""
    return "\n".join(f"<table><tbody>{row_html(grid, top)}</tbody></table>" for top in range(len(grid.rows)))


def pieces(grid: Grid, size: int = 8) -> str:
    """The table split after some rows, its head repeated: printed pages pasted one after the other."""
    if len(grid.rows) <= size + grid.head or grid.labels != 3:
        return table(grid)
    head = "".join(row_html(grid, top) for top in range(grid.head))
    body = range(grid.head, len(grid.rows), size)
    cuts = ((_cut(grid, n, size), range(n, min(n + size, len(grid.rows)))) for n in body)
    tables = ("".join(row_html(cut, top) for top in tops) for cut, tops in cuts)
    return "\n<p>续表</p>\n".join(f"<table>{head}{rows}</table>" for rows in tables)


def _cut(grid: Grid, first: int, size: int) -> Grid:
    """The grid with what spans into or out of a piece cut to the piece; what begins above comes again, as is usual."""
    rows = list(grid.rows)
    above = [c for y, row in enumerate(rows[grid.head : first], grid.head) for c in row if y + c.height > first]
    rows[first] = tuple(sorted((*above, *rows[first]), key=lambda cell: cell.left))

    def fitted(row: Row, y: int) -> Row:
        return tuple(Cell(c.text, c.left, c.width, min(c.height, first + size - y), c.role, c.line, c.key) for c in row)

    shown = [fitted(row, y) if y >= first else row for y, row in enumerate(rows)]
    return Grid(tuple(shown), grid.width, grid.labels)


def divs(grid: Grid) -> str:
    """No table at all: a row is a ``div``, a cell a ``span`` in a box."""
    rows = "\n".join(
        '<div class="tr">' + "".join(f'<div class="td w{c.width}">{escape(c.text)}</div>' for c in row) + "</div>"
        for row in grid.rows
    )
    return f'<div class="table">\n{rows}\n</div>'


def lists(grid: Grid) -> str:
    """Rows as lists, as in pages made for phones."""
    return "\n".join(
        "<ul>" + "".join(f"<li>{escape(cell.text)}</li>" for cell in row) + "</ul>" for row in grid.rows if row
    )


def pictures(grid: Grid) -> str:
    return '<p style="text-align:center"><img src="./W020240131.png" alt="" width="640"></p>'


Sheet = Callable[[Grid], str]


def body(page: Page, sheet: Sheet = table, words: Words = plainly) -> str:
    """Title, parts and signature, a paragraph for each line."""
    lines = [f"<h1>{words(page.title)}</h1>"] if page.title else []
    for part in page.parts:
        lines += [f"<p><strong>{words(part.heading)}</strong></p>"] if part.heading else []
        for content in part.content:
            if isinstance(content, str):
                lines += [f"<p>　　{words(line)}</p>" for line in content.split("\n")]
            else:
                lines.append(sheet(content))
    lines += [f'<p style="text-align:right">{words(line)}</p>' for line in (page.signature, page.date) if line]
    return "\n".join(lines)


def document(page: Page, inside: str, charset: str = "utf-8", head: str = "") -> bytes:
    encoding = "gb18030" if charset.startswith("gb") else charset
    return f"""<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{escape(page.title)}</title>{head}</head>
<body>
{inside}
</body></html>
""".encode(encoding)


def one_table(page: Page) -> str:
    """Everything in a single table: headings and prose are rows that span it."""
    width = max(grid.width for grid in page.grids())
    rows = []
    for part in page.parts:
        for content in (part.heading, *part.content):
            if isinstance(content, str):
                rows += [f'<tr><td colspan="{width}">{escape(line)}</td></tr>' for line in content.split("\n") if line]
            else:
                rows += [row_html(content, top) for top in range(len(content.rows))]
    return f"<h1>{escape(page.title)}</h1>\n<table>\n" + "\n".join(rows) + "\n</table>"


def site(inside: str, page: Page) -> str:
    """The whole page of a government site around the text: navigation, breadcrumbs, scripts, share, footer."""
    title = escape(page.title)
    return f"""<script>var tpl = "<table><tr><td>规章</td><td>999</td><td>999</td><td>999</td></tr></table>";</script>
<style>td {{ content: "行政许可 888"; }}</style>
<div class="header"><a href="/">首页</a><ul class="nav"><li><a href="/zwgk">政务公开</a></li><li><a>行政许可</a></li>
<li><a>行政处罚</a></li><li><a>政务服务</a></li><li><a>互动交流</a></li></ul>
<form><input value="请输入关键字"></form></div>
<div class="crumbs">当前位置：<a>首页</a> &gt; <a>政务公开</a> &gt; <a>政府信息公开年报</a></div>
<div class="left"><ul><li><a>一、总体情况</a></li><li><a>政府信息公开指南</a></li>
<li><a>政府信息公开年报</a></li></ul></div>
<div class="main"><div class="article-title">{title}</div>
<div class="article-info">发布时间：2024-01-26 09:32　来源：办公室　浏览次数：<span id="hits">1466</span>
字体：[<a>大</a> <a>中</a> <a>小</a>]
<a>打印</a> <a>关闭</a></div>
<div class="article-body TRS_Editor">
{inside}
</div>
<div class="share">分享到：<a>微信</a><a>微博</a></div>
<div class="links">相关链接：<a>2022年政府信息公开工作年度报告</a> <a>2021年政府信息公开工作年度报告</a></div>
<div class="pages">上一篇：<a>关于春节放假的通知</a> 下一篇：<a>2023年度行政处罚案件统计表</a></div></div>
<div class="footer"><p>主办单位：政府办公室　承办单位：大数据中心</p>
<p>ICP备案号：备12000345号　网站标识码：5101000012</p>
<p>您访问的链接即将离开门户网站，是否继续？</p></div>
<script>document.write('<td>四、结转下年度继续办理</td><td>777</td>');</script>"""


def without_title(html: str) -> str:
    """The text without its own title, where the page around it prints one."""
    return html.split("</h1>\n", 1)[-1]
