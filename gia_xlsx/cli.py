"""The command line: it asks, prints and exits 0, 1 or 2; it decides nothing. Heavy modules load inside the commands."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TextIO, cast

import typer

from gia_xlsx.chinese import Command, Group, translate
from gia_xlsx.console import Progress, colored, complain, not_on_the_net, one_of, out, taken, utf8, width, with_way
from gia_xlsx.errors import GiaError, RefusedError, system_words

if TYPE_CHECKING:
    from gia_xlsx.profile import Profile
    from gia_xlsx.show import FileResult

# The library's own class, by its best known child: it has moved between releases.
UsageError = cast(type[typer.BadParameter], typer.BadParameter.__base__)

INTERRUPTED = 130  # the exit status of what Ctrl+C has ended
DEBUG = "GIA_XLSX_DEBUG"  # set to anything, what was not foreseen is shown with where it happened

app = typer.Typer(
    cls=Group,
    help="政府信息公开工作年度报告：生成填报工作簿，审核填好的工作簿，发布年度报告。",
    rich_markup_mode=None,
    add_completion=False,
)

Files = Annotated[list[Path], typer.Argument(metavar="文件…", help="填好的工作簿，或装有工作簿的文件夹")]
Previous = Annotated[
    Path | None,
    typer.Option("--previous", metavar="上年", help="上年度的工作簿、report.json 或发布过的报告", show_default=False),
]


@app.callback(invoke_without_command=True)
def start(
    ctx: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="显示版本。")] = False,
) -> None:
    """Without a command: the version, or the help."""
    if version:
        from gia_xlsx import __version__

        out(f"gia-xlsx {__version__}")
    elif ctx.invoked_subcommand is None:
        out(ctx.get_help())


@app.command(cls=Command, help="生成空白填报工作簿。")
def new(
    organ: Annotated[str, typer.Option("--organ", metavar="名称", help="机关名称，用全称，如“随县安居镇人民政府”")],
    organ_type: Annotated[
        str,
        typer.Option(
            "--type",
            metavar="类型",
            help="province 省级政府、prefecture 设区的市政府、county 县级政府、township 乡镇政府、street 街道、"
            "office 政府办公厅（室）、department 部门、state 国务院部门、vertical 垂直管理机关",
        ),
    ],
    year: Annotated[int, typer.Option("--year", metavar="年度", help="报告年度，如 2026")],
    form: Annotated[
        str | None, typer.Option("--form", metavar="格式", help="2019 或 2021；不写则按年度确定", show_default=False)
    ] = None,
    previous: Previous = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="文件", help="写到哪里；不写则为“机关名称年度.xlsx”", show_default=False
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="文件已存在时覆盖。")] = False,
    any_previous: Annotated[
        bool, typer.Option("--any-previous", help="上年材料的机关名称或年度对不上（如机关改名），仍然采用。")
    ] = False,
    looks: Annotated[
        Path | None,
        typer.Option("--templates", metavar="文件夹", help="用本机关模板里的标准语句", show_default=False),
    ] = None,
) -> None:
    from gia_xlsx import new_workbook, templates_command
    from gia_xlsx.batch import load_previous

    target = new_workbook(
        output,
        organ=organ,
        organ_type=organ_type,
        year=year,
        form=form,
        previous=load_previous(previous) if previous else None,
        any_previous=any_previous,
        templates=templates_command.looks_of(looks).folder,
        overwrite=force,
    )
    out(f"已生成：{target}")


@app.command(cls=Command, help="审核填好的工作簿，指出错在哪里、怎么改；不改动文件。")
def check(
    files: Files,
    previous: Previous = None,
    output_format: Annotated[str, typer.Option("--format", metavar="text|json", help="输出格式")] = "text",
    annotate: Annotated[
        bool, typer.Option("--annotate", help="另写一份标注了审核意见的工作簿，和一份可打印的审核意见；原件不动。")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="文件夹",
            help="--annotate 写到哪里；不写则为“审核意见”",
            show_default=False,
        ),
    ] = None,
) -> None:
    from gia_xlsx import batch, review_command, show

    one_of("--format", output_format, ("text", "json"))
    folder = review_command.folder_of(annotate, output)
    paths, found = workbooks(files)
    if previous:
        batch.load_previous(previous)
    with Progress(len(paths)) as progress:
        examined = batch.examine_all(paths, previous, progress, settings())
    results = [one.result for one in examined]
    returned = review_command.hand_back(examined, folder)
    if output_format == "json":
        from json import dumps

        answer = dumps(
            review_command.with_paths(show.as_json(results), examined, returned), ensure_ascii=False, indent=1
        )
        utf8(f"{answer}\n".encode(errors="backslashreplace"))  # of a file name that is no text: \udcff, as JSON has it
    else:
        for result in results:
            if result.verdict and (len(results) == 1 or result.remarkable):
                out(show.as_text(result, color=colored(sys.stdout), width=width()) + "\n")
        if len(results) > 1:
            out(show.summary_table(results))
        review_command.tell(returned)
    for result in results:
        if result.problem:
            complain(result.problem)
    vain = tell_baseless(results)
    statuses = [one.result.status for one in examined if not (one.path in found and batch.is_other(one.path))]
    leave([*statuses, *vain, *review_command.failures(returned)])


@app.command(cls=Command, help="审核并发布：网页、Word、PDF 和开放数据。有错误的不发布，除非用 --draft。")
def build(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[文件…]", help="工作簿或文件夹；不写则为 workbooks/ 下填好的工作簿", show_default=False
        ),
    ] = None,
    output: Annotated[Path, typer.Option("--output", "-o", metavar="文件夹", help="发布到哪里")] = Path("reports"),
    draft: Annotated[bool, typer.Option("--draft", help="有错误也生成，每页标明“草稿”。")] = False,
    only: Annotated[
        str | None, typer.Option("--only", metavar="html,docx,…", help="只生成这几种", show_default=False)
    ] = None,
    previous: Previous = None,
    yes: Annotated[bool, typer.Option("--yes", help="自制表样按标签识别的，已核对无误，准予发布。")] = False,
    looks: Annotated[
        Path | None,
        typer.Option("--templates", metavar="文件夹", help="用本机关自己的模板，全部或几个", show_default=False),
    ] = None,
    watch: Annotated[
        bool,
        typer.Option("--watch", help="预览：生成草稿并在浏览器中打开；工作簿一保存，网页随即更新。按 Ctrl+C 结束。"),
    ] = False,
) -> None:
    from gia_xlsx import build_command, templates_command

    order = build_command.Order(
        build_command.files_of(files),
        output,
        build_command.formats_of(only),
        draft,
        previous,
        yes,
        templates_command.looks_of(looks),
    )
    paths, _ = workbooks(list(order.files))
    if watch:
        from gia_xlsx import preview

        preview.watch(build_command.for_preview(order), settings)
        return
    built = build_command.carry_out(order, len(paths), settings())
    build_command.tell(built)
    vain = tell_baseless([one.examined.result for one in built])
    leave(build_command.statuses(built, bool(vain)))


@app.command(cls=Command, help="核对一份已发布的报告：网页、Word、PDF 和数据是否一致。")
def verify(
    folders: Annotated[
        list[Path], typer.Argument(metavar="文件夹…", help="build 生成的一份报告，或装有多份报告的文件夹")
    ],
    output_format: Annotated[str, typer.Option("--format", metavar="text|json", help="输出格式")] = "text",
) -> None:
    from gia_xlsx import verify_command

    one_of("--format", output_format, ("text", "json"))
    leave(verify_command.run(existing(folders), output_format, settings()))


@app.command(cls=Command, help="把模板复制到一个文件夹，供本机关修改；发布时用 --templates 引用。")
def templates(
    folder: Annotated[Path, typer.Argument(metavar="文件夹", help="复制到哪里")],
    force: Annotated[bool, typer.Option("--force", help="已有的模板也覆盖。")] = False,
) -> None:
    from gia_xlsx import templates_command

    templates_command.copy_to(folder, force)


@app.command(cls=Command, help="输出一份工作簿的全部数据和文字。")
def export(
    file: Annotated[Path, typer.Argument(metavar="文件", help="填好的工作簿")],
    output_format: Annotated[str, typer.Option("--format", metavar="json|csv", help="输出格式")] = "json",
) -> None:
    from gia_xlsx.publish.data import render_json
    from gia_xlsx.publish.tidy import render_csv
    from gia_xlsx.workbook.read import read_workbook

    one_of("--format", output_format, ("json", "csv"))
    report = read_workbook(existing([file])[0])
    utf8(render_json(report) if output_format == "json" else render_csv(report))


@app.command("import", cls=Command, help="把发布过的报告（网页、Word、PDF、文本）读成填好的工作簿。")
def import_(
    sources: Annotated[
        list[Path], typer.Argument(metavar="来源…", help="发布的报告：网页、.docx、.pdf、.txt、.md，或装有报告的文件夹")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="文件|文件夹",
            help="写到哪里；不写则为“机关名称年度.xlsx”，多份的写入 workbooks",
            show_default=False,
        ),
    ] = None,
    output_format: Annotated[
        str, typer.Option("--format", metavar="text|json", help="json：输出读到的全部内容，不写工作簿，除非用 -o")
    ] = "text",
    organ: Annotated[
        str, typer.Option("--organ", metavar="名称", help="机关名称；不写则从报告推断", show_default=False)
    ] = "",
    organ_type: Annotated[
        str, typer.Option("--type", metavar="类型", help="机关类型，同 new；不写则按名称推断", show_default=False)
    ] = "",
    year: Annotated[
        int | None, typer.Option("--year", metavar="年度", help="报告年度；不写则从报告推断", show_default=False)
    ] = None,
    scope: Annotated[
        str, typer.Option("--scope", metavar="口径", help="self 本机关、aggregate 本级政府汇总", show_default=False)
    ] = "",
    force: Annotated[bool, typer.Option("--force", help="文件已存在时覆盖。")] = False,
) -> None:
    from gia_xlsx import import_command, imports
    from gia_xlsx.form import LAST_YEAR, first_year
    from gia_xlsx.organ import SCOPES, organ_types

    one_of("--format", output_format, ("text", "json"))
    if organ_type:
        one_of("--type", organ_type, tuple(organ_types()))
    if scope:
        one_of("--scope", scope, tuple(SCOPES))
    if year is not None and not first_year() <= year <= LAST_YEAR:
        raise GiaError(f"报告年度应在 {first_year()} 至 {LAST_YEAR} 之间，不能是 {year}。")
    declared = imports.Declared(organ.strip(), organ_type, year, scope)
    not_on_the_net(sources)
    paths, passed = imports.find_sources(existing(sources))
    if not paths:
        told = f"，只有别的文件（如“{passed[0].name}”）" if passed else ""
        raise GiaError(f"“{sources[0]}”里没有能读的报告（.html、.docx、.pdf、.txt、.md）{told}，请检查文件夹。")
    if len(paths) == 1 and not sources[0].is_dir():
        import_command.import_one(paths[0], output, output_format, declared, force)
    else:
        import_command.import_many(paths, passed, output, output_format, declared, force)


@app.command(cls=Command, help="列出全部审核规则。")
def rules() -> None:
    from gia_xlsx import show

    out(show.rules_table())


@app.command(cls=Command, help="说明一条规则：查什么、依据、示例、怎么改。")
def explain(code: Annotated[str, typer.Argument(metavar="编号", help="如 GIA201")]) -> None:
    from gia_xlsx import show

    out(show.explain(code))


def workbooks(named: list[Path]) -> tuple[list[Path], set[Path]]:
    """What is to be read, and what of it was only found in a folder; there must be a workbook among it."""
    from gia_xlsx import batch

    paths, found = batch.find(existing(named))
    others = [path for path in paths if path in found and batch.is_other(path)]
    if len(others) == len(paths):
        told = f"，只有别的文件（如“{others[0].name}”）" if others else ""
        raise GiaError(f"“{named[0]}”里没有工作簿（.xlsx、.xls、.ods 等）{told}，请检查文件夹。")
    return paths, found


def settings() -> Profile:
    """What ``gia.toml`` of the working folder sets; the national defaults where there is none."""
    from gia_xlsx.profile import FILE, NATIONAL, load_profile

    path = Path(FILE)
    if not path.exists():
        return NATIONAL
    from gia_xlsx.rules import CATALOGUE

    return load_profile(path, (rule.code for rule in CATALOGUE))


def tell_baseless(results: Iterable[FileResult]) -> list[str]:
    """Say which reasons were given for what was not found; a status for each."""
    from gia_xlsx.opinions import baseless

    told = list(dict.fromkeys(words for one in results if one.verdict for words in baseless(one.verdict)))
    for sentence in told:
        complain(sentence)
    return ["unreadable" for _ in told]


def existing(paths: list[Path]) -> list[Path]:
    """The paths, once all of them are there."""
    for path in paths:
        try:
            there = path.exists()
        except OSError:  # a name longer than the system knows
            there = False
        if not there:
            raise GiaError(f"找不到“{path}”，请检查文件名和所在文件夹。")
    return paths


def leave(statuses: Iterable[str]) -> None:
    """Exit 2 if something could not be read or written, 1 if data has errors."""
    worst = max(({"ok": 0, "unreadable": 2}.get(status, 1) for status in statuses), default=0)
    if worst:
        raise typer.Exit(worst)


def main() -> None:
    """Entry of the program. Every failure is one Chinese sentence on standard error and exit status 2.

    Ctrl+C ends it with status 130.
    """
    os.environ["PYTHONSAFEPATH"] = "1"  # no process of ours takes a json.py in the working folder for a module
    sys.stdout, sys.stderr = (stream or open_devnull() for stream in (sys.stdout, sys.stderr))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            ascii_only = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding="utf-8" if ascii_only else None, errors="replace")
    try:
        status = app(standalone_mode=False, prog_name="gia-xlsx")
        with taken():
            sys.stdout.flush()
        if status == INTERRUPTED:  # the library makes this of Ctrl+C while a command runs
            raise KeyboardInterrupt
        sys.exit(status)
    except RefusedError as problem:
        fail(with_way(str(problem), problem.parameter))
    except GiaError as problem:
        fail(str(problem))
    except UsageError as problem:
        fail(translate(problem.format_message()) + " 用 gia-xlsx --help 查看用法。")
    except KeyboardInterrupt:
        fail("已中断。", INTERRUPTED)
    except Exception as problem:
        if os.environ.get(DEBUG):
            raise
        fail(unforeseen(problem))


def unforeseen(problem: Exception) -> str:
    """One sentence for what the system refused where nothing else could be said, and for a fault of the program."""
    from gia_xlsx.publish.atomic import no_such_names

    if isinstance(problem, OSError) and problem.errno in (errno.ENOSPC, errno.EPIPE):
        return "结果没有全部输出：接收输出的文件或程序写不进去了，如磁盘已满。"
    if isinstance(problem, UnicodeEncodeError) and problem.encoding == sys.getfilesystemencoding():
        return no_such_names(problem)
    words = f"，{system_words(problem)}" if isinstance(problem, OSError) else ""
    return f"程序遇到没有料到的情况（{type(problem).__name__}{words}），没有完成；请把这句话和所用的文件报告给维护者。"


def open_devnull() -> TextIO:
    """For a stream that was closed before we began."""
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123  # nul on Windows; open as long as we run


def fail(sentence: str, status: int = 2) -> NoReturn:
    print(sentence, file=sys.stderr)
    sys.exit(status)
