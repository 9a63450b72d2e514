"""Grids as lines of text, each way that a copied table has been seen to fall apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

from tests.shapes.model import Cell, Grid, Page, Row

Sheet = Callable[[Grid], list[str]]


def render(page: Page, sheet: Sheet, *, gap: bool = False) -> str:
    """Title, parts and signature, one paragraph a line; ``gap`` puts an empty line between any two blocks."""
    blocks = [page.title]
    for part in page.parts:
        blocks.append(part.heading)
        for content in part.content:
            blocks.append(content if isinstance(content, str) else "\n".join(sheet(content)))
    blocks += [page.signature, page.date]
    return ("\n\n" if gap else "\n").join(block for block in blocks if block) + "\n"


# One cell a line.


def bare(grid: Grid) -> list[str]:
    return [cell.text for row in grid.rows for cell in row]


def piped(grid: Grid) -> list[str]:
    """A pipe after each cell and a line of pipes after each row, one more for each covered column: seed 001."""
    lines = []
    for row in grid.rows:
        lines += [f"{cell.text} |".strip() for cell in row]
        lines.append("|" * (1 + fillers(grid, row)))
    return lines[:-1]


def pipe_between(grid: Grid) -> list[str]:
    """Value and pipe on alternating lines."""
    return [line for cell in bare(grid) for line in (cell, "|")]


def pipe_before(grid: Grid) -> list[str]:
    """A pipe alone before each row; the last cell carries the pipes of the columns covered: seed 003."""
    lines = []
    for row in grid.rows:
        lines += ["|", *(f"{cell.text} |".strip() for cell in row[:-1])]
        lines.append(f"{row[-1].text} | {'|' * fillers(grid, row)}".strip() if row else "|")
    return lines


def fillers(grid: Grid, row: Row) -> int:
    """Columns of a row that spans of its own cells cover."""
    return sum(cell.width - 1 for cell in row) if grid.is_ours else 0


# One row a line.


def pipes(grid: Grid) -> list[str]:
    """Cells with pipes between, the columns they cover as pipes at the end: seed 000."""
    return [f"{' | '.join(c.text for c in row)} | {'|' * fillers(grid, row)}".rstrip() for row in grid.rows]


def spaced(grid: Grid, gap: str = " ") -> list[str]:
    return [gap.join(cell.text for cell in row if cell.text) for row in grid.rows]


def glued(grid: Grid) -> list[str]:
    return ["".join(cell.text for cell in row) for row in grid.rows]


def tabbed(grid: Grid) -> list[str]:
    """As a browser copies: a span leaves nothing, so that rows are of many lengths."""
    return ["\t".join(cell.text for cell in row) for row in grid.rows]


def sheet_copy(grid: Grid) -> list[str]:
    """As a spreadsheet copies: covered cells are empty."""
    return ["\t".join(row) for row in grid.matrix()]


def out_dented(grid: Grid) -> list[str]:
    """After two rows of figures a gap, then one empty column too many before the figures, some rows out-dented: 004."""
    lines = sheet_copy(grid)
    if grid.labels != 3:
        return lines
    head = grid.head
    lines = [line.replace("\t\t\t", "\t", 1) for line in lines[: head + 2]] + [""]
    for n, row in enumerate(grid.rows[head + 2 :]):
        labels = [cell for cell in row if cell.role == "label"]
        figures = [cell.text for cell in row if cell.role == "cell"]
        indent = 0 if len(grid.rows) - head - 2 - n <= 3 else labels[0].left
        reach = indent + len(labels)
        lines.append(
            "\t" * indent + "\t".join([*(c.text for c in labels), *[""] * max(1, 3 - reach), *figures, "", ""])
        )
    return lines


def csv_like(grid: Grid) -> list[str]:
    """A table pasted as values with commas, quoted where the label has one."""
    return [",".join(f'"{text}"' if "," in text else text for text in row) for row in grid.matrix()]


# Markdown.


def markdown(grid: Grid, head: list[str] | None = None, *, repeat: bool = False, filler: str = "") -> list[str]:
    """A proper table; ``head`` None takes the first row as its head, else a row of names nobody wrote."""
    rows = grid.matrix(repeat=repeat, filler=filler)
    rows = rows if head is None else [head, *rows]
    lines = [f"| {' | '.join(text.replace(chr(10), '<br>') for text in row)} |" for row in rows]
    return [lines[0], "|" + "---|" * grid.width, *lines[1:]]


def padded_markdown(grid: Grid) -> list[str]:
    rows = grid.matrix()
    widths = [max(3, *(wide(row[x]) for row in rows)) for x in range(grid.width)]
    lines = [f"| {' | '.join(pad(text, n) for text, n in zip(row, widths, strict=True))} |" for row in rows]
    return [lines[0], "|" + "|".join(":" + "-" * n + ":" for n in widths) + "|", *lines[1:]]


def markdown_pieces(grid: Grid, size: int = 6) -> list[str]:
    """A table cut into several, with the words ``续表`` between."""
    body = list(range(grid.head, len(grid.rows), size))
    pieces = [(0, grid.head), *pairwise([*body, len(grid.rows)])] if grid.is_ours else [(0, len(grid.rows))]
    lines: list[str] = []
    names = [f"列{n + 1}" for n in range(grid.width)]
    matrix = grid.matrix()
    for first, last in pieces:
        lines += ["续表", ""] if lines else []
        lines += [f"| {' | '.join(row)} |" for row in (names, ["---"] * grid.width, *matrix[first:last])] + [""]
    return lines


# Lines and columns drawn.


def boxed(grid: Grid) -> list[str]:
    """Box-drawing characters, as terminals and old systems print."""
    rows = grid.matrix()
    widths = [max(2, *(wide(row[x]) for row in rows)) for x in range(grid.width)]
    rule = ["─" * (n + 2) for n in widths]
    lines = [f"┌{'┬'.join(rule)}┐"]
    for row in rows:
        lines.append(f"│ {' │ '.join(pad(text, n) for text, n in zip(row, widths, strict=True))} │")
        lines.append(f"├{'┼'.join(rule)}┤")
    return [*lines[:-1], f"└{'┴'.join(rule)}┘"]


def labels_apart(grid: Grid) -> list[str]:
    """All words of a table, then its figures row by row, as a converter reads two text boxes."""
    words = [cell.text for row in grid.rows for cell in row if cell.role != "cell"]
    figures = [[cell.text for cell in row if cell.role == "cell"] for row in grid.rows]
    return words + [" ".join(row) for row in figures if row]


def columns_apart(grid: Grid) -> list[str]:
    """Column by column: the labels, then each head with the figures under it, block by block."""
    starts = [n for n, row in enumerate(grid.rows) if row and row[0].role == "caption"]
    starts = starts if starts[:1] == [0] else [0, *starts]
    lines = []
    for first, last in pairwise([*starts, len(grid.rows)]):
        cells = [(cell.left, y, cell) for y, row in enumerate(grid.rows[first:last]) for cell in row]
        lines += [cell.text for _, _, cell in sorted(cells, key=lambda place: place[:2])]
    return lines


# Columns aligned with spaces.


def aligned(grid: Grid, *, at: str = "first", middle: bool = True, narrow: bool = False) -> list[str]:
    """As ``pdftotext -layout`` prints: long labels broken, figures on the first, middle or last of their lines.

    ``middle`` sets a label that spans rows half-way down. ``narrow`` leaves one space between columns of figures.
    """
    sizes = _sizes(grid, narrow)
    lefts = [sum(sizes[:n]) + 2 * n * (not narrow) for n in range(grid.width)]

    def lines_of(cell: Cell) -> list[str]:
        if cell.role == "stray":
            return [cell.text]
        end = cell.left + cell.width - 1
        return list(wrap(cell.text, lefts[end] + sizes[end] - lefts[cell.left] - narrow))

    heights = [max([1, *(len(lines_of(c)) for c in row if c.height == 1)]) for row in grid.rows]
    for top, row in enumerate(grid.rows):
        for cell in row:
            lack = len(lines_of(cell)) - sum(heights[top : top + cell.height])
            heights[min(top + cell.height, len(heights)) - 1] += max(0, lack)
    tops = [sum(heights[:n]) for n in range(len(heights) + 1)]
    canvas: list[list[tuple[int, str]]] = [[] for _ in range(tops[-1])]
    for top, row in enumerate(grid.rows):
        for cell in row:
            words, room = lines_of(cell), tops[min(top + cell.height, len(heights))] - tops[top]
            slack = room - len(words)
            if cell.role == "cell":
                drop = {"first": 0, "middle": slack // 2, "last": slack}[at]
            else:
                drop = slack // 2 if middle else 0
            for n, text in enumerate(words):
                canvas[tops[top] + drop + n].append((lefts[cell.left], text))
    return [_placed(pieces) for pieces in canvas]


def _sizes(grid: Grid, narrow: bool) -> list[int]:
    if not grid.is_ours:
        return [max(wide(row[x]) for row in grid.matrix()) for x in range(grid.width)]
    labels = {0: [], 1: [20], 3: [10, 14, 28]}[grid.labels]
    figures = max(wide(c.text) for row in grid.rows for c in row if c.role == "cell" and c.width == 1)
    least = 4 if grid.labels != 1 else 12
    return labels + [max(figures + narrow, least + narrow)] * (grid.width - grid.labels)


def _placed(pieces: list[tuple[int, str]]) -> str:
    line = ""
    for left, text in sorted(pieces):
        line = pad(line, left - 1) + " " + text if left and line else " " * left + text
    return line.rstrip()


def wide(text: str) -> int:
    """Columns that a text takes in print: two for a Chinese character."""
    return sum(1 if ord(char) < 0x2000 else 2 for char in text)


def pad(text: str, width: int) -> str:
    return text + " " * (width - wide(text))


def wrap(text: str, width: int) -> Iterator[str]:
    line = ""
    for char in text:
        if wide(line + char) > width and line:
            yield line
            line = ""
        line += char
    if line:
        yield line
