"""`lianzhang registry import`: a table compared with the registry and, unless told not to, written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lianzhang.cli.registry.places import (
    DatabaseOption,
    HomeOption,
    JsonOption,
    act,
    check_out,
    content_of,
    print_json,
    write,
)
from lianzhang.cli.speech import console, help_text, language, worded
from lianzhang.kernel import LianzhangError, Text

if TYPE_CHECKING:
    from lianzhang.web.imports.examining import Examined

HELP = help_text(
    "导入一份表（xlsx、xls、csv）：先比对，再在一个事务里写入；坏行不写，逐格说明。",
    "Import a table (xlsx, xls, csv): compared first, then written in one transaction; bad rows stay out.",
)
#: Rows of the terminal's table of errors; `--json` and `--rejects` have them all.
_SHOWN = 20
FileArgument = Annotated[str, typer.Argument(metavar="FILE", help=help_text("表格文件", "the table"))]
KindOption = Annotated[
    str, typer.Option("--kind", metavar="KIND", help=help_text("哪类表", "which kind of table"))
]
DryOption = Annotated[bool, typer.Option("--dry-run", help=help_text("只比对，不写入", "compare only"))]
RejectsOption = Annotated[
    str,
    typer.Option(
        "--rejects",
        metavar="OUT",
        help=help_text("坏行写到这份 xlsx 或 csv", "where the bad rows go, xlsx or csv"),
        show_default=False,
    ),
]
SourceOption = Annotated[
    str,
    typer.Option(
        "--source", metavar="TEXT", help=help_text("来源说明", "the source in words"), show_default=False
    ),
]
AsOfOption = Annotated[
    str,
    typer.Option("--as-of", metavar="DATE", help=help_text("数据截至", "as-of day"), show_default=False),
]
UnverifiedOption = Annotated[
    bool,
    typer.Option(
        "--keep-unverified",
        help=help_text(
            "校验码不符的代码照收，标为未核验", "take codes that fail their check, marked unverified"
        ),
    ),
]
WholeOption = Annotated[
    bool,
    typer.Option(
        "--all-or-nothing", help=help_text("有坏行就一行也不写", "write nothing while a row is bad")
    ),
]


def import_table(
    file: FileArgument,
    kind: KindOption,
    dry_run: DryOption = False,
    rejects: RejectsOption = "",
    as_json: JsonOption = False,
    source: SourceOption = "",
    as_of: AsOfOption = "",
    keep_unverified: UnverifiedOption = False,
    all_or_nothing: WholeOption = False,
    home: HomeOption = "",
    database: DatabaseOption = "",
) -> None:
    """Look the table through, write the good rows unless told not to, and say what happened."""
    content = content_of(file)
    until = _day(as_of)
    check_out(rejects)
    actor = act(home, database)
    from lianzhang.web.imports.actions.run import run

    batch, examined = run(
        actor,
        content,
        kind=kind,
        name=Path(file).name,
        source=source,
        as_of=until,
        keep_unverified=keep_unverified,
        all_or_nothing=all_or_nothing,
        dry_run=dry_run,
    )
    if rejects and examined.checked.bad_rows:
        write(rejects, _rejects(examined, content, rejects))
    if as_json:
        print_json(_told(examined, batch))
    else:
        _print(examined, batch, dry_run=dry_run, rejects=rejects if examined.checked.bad_rows else "")


def _day(text: str) -> Any:
    from lianzhang.tables.values.dates import parse_day

    if not text.strip():
        return None
    day = parse_day(text.strip())
    if day is None:
        raise LianzhangError(
            Text(f"“{text}”不是日期。", f"“{text}” is no date."),
            Text("请写成 2025-08-15。", "Write it like 2025-08-15."),
        )
    return day


def _rejects(examined: Examined, content: bytes, out: str) -> bytes:
    from lianzhang.tables.rejects import rejects_csv, rejects_workbook

    if out.lower().endswith(".csv"):
        return rejects_csv(examined.checked, encoding=examined.book.encoding, language=language())
    return rejects_workbook(examined.checked, content, language=language())


def _told(examined: Examined, batch: Any) -> dict[str, Any]:
    return {
        **{name: count for name, count in examined.difference.counts.items() if name != "errors"},
        "errors": list(_errors(examined)),
        "error_rows": examined.checked.bad_rows,
        "batch": str(batch.pk) if batch else None,
    }


def _errors(examined: Examined) -> Iterable[dict[str, Any]]:
    for fault in examined.checked.faults():
        yield {
            "row": fault.row,
            "column": fault.column,
            "value": fault.value,
            "reason": fault.reason.say(language()),
            "rule": fault.rule,
        }


def _print(examined: Examined, batch: Any, *, dry_run: bool, rejects: str) -> None:
    from rich.table import Table

    counts = examined.difference.counts
    out = console()
    head = (
        Text("只比对，没有写入。", "Compared only; nothing was written.")
        if dry_run
        else Text("已写入。", "Written.")
    )
    out.print(worded(head))
    out.print(
        worded(
            Text(
                f"新增 {counts['new']} · 更新 {counts['changed']} · 不变 {counts['unchanged']} · "
                f"重复待确认 {counts['duplicate']} · 错误 {counts['errors']}",
                f"new {counts['new']} · changed {counts['changed']} · unchanged {counts['unchanged']} · "
                f"possible duplicates {counts['duplicate']} · errors {counts['errors']}",
            )
        )
    )
    table = Table(show_lines=False)
    for name in (Text("行", "row"), Text("列", "column"), Text("值", "value"), Text("原因", "reason")):
        table.add_column(worded(name))
    for fault in examined.checked.faults(_SHOWN):
        table.add_row(str(fault.row), fault.column, fault.value[:40], fault.reason.say(language()))
    if counts["errors"]:
        out.print(table)
    if rejects:
        out.print(worded(Text(f"坏行在 {rejects}。", f"The bad rows are in {rejects}.")))
    if batch is not None:
        out.print(worded(Text(f"批次 {batch.pk}（7天内可 lianzhang registry undo）", f"batch {batch.pk}")))
