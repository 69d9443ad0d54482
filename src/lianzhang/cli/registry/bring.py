"""`lianzhang registry import`: a table compared with the registry and, unless told not to, written."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lianzhang.cli.registry.answered import answered, print_answered
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


def _stating(flag: str, zh: str, en: str) -> Any:
    return typer.Option(flag, metavar="TEXT", help=help_text(zh, en), show_default=False)


TitleOption = Annotated[
    str, _stating("--title", "整份名单的称号；表里写了的以表为准", "title of a whole list that names none")
]
LevelOption = Annotated[str, _stating("--level", "整份名单的级别", "level of the whole list")]
BatchOption = Annotated[str, _stating("--batch", "整份名单的批次", "batch of the whole list")]
AwardedOption = Annotated[
    str, _stating("--awarded", "整份名单的认定时间，可只写年份", "when awarded: year, month or day")
]
ValidOption = Annotated[
    str, _stating("--valid-until", "整份名单的有效期至", "valid until, of the whole list")
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
    title: TitleOption = "",
    level: LevelOption = "",
    batch: BatchOption = "",
    awarded: AwardedOption = "",
    valid_until: ValidOption = "",
    home: HomeOption = "",
    database: DatabaseOption = "",
) -> None:
    """Look the table through, write the good rows unless told not to, and say what happened."""
    content = content_of(file)
    until, stated = _day(as_of), (title, level, batch, awarded, valid_until)
    check_out(rejects)
    actor = act(home, database)
    from lianzhang.tables.titled import STATABLE
    from lianzhang.web.imports.actions.run import run

    written, examined = run(
        actor,
        content,
        kind=kind,
        name=Path(file).name,
        source=source,
        as_of=until,
        keep_unverified=keep_unverified,
        all_or_nothing=all_or_nothing,
        dry_run=dry_run,
        stated=dict(zip(STATABLE, stated, strict=True)),
        tell=_Waiting().tell,
    )
    if rejects and examined.checked.bad_rows:
        write(rejects, _rejects(examined, content, rejects))
    if as_json:
        print_json(_told(examined, written))
    else:
        _print(examined, written, dry_run=dry_run, rejects=rejects if examined.checked.bad_rows else "")


class _Waiting:
    """Says once, beside the output, that another import is being written."""

    said = False

    def tell(self, phase: str, share: float) -> None:
        """Hear how far it is."""
        if phase == "waiting" and not self.said:
            self.said = True
            text = Text(
                "前面还有导入正在入库，排队等候……", "Another import is being written; waiting for it …"
            )
            print(worded(text), file=sys.stderr, flush=True)


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
    from lianzhang.web.imports.preview import hidden_rows

    return {
        **{name: count for name, count in examined.difference.counts.items() if name != "errors"},
        "errors": list(_errors(examined)),
        "error_rows": examined.checked.bad_rows,
        "duplicates": _duplicates(examined),
        "answered": answered(examined),
        "sheet": examined.checked.sheet.name,
        "other_sheets": list(examined.others),
        "hidden_rows": hidden_rows(examined.checked),
        "hidden_sheets": list(examined.book.hidden),
        "overruled": [
            {"field": one.field, "stated": one.stated, "told": one.told} for one in examined.overruled
        ],
        "titles_apart": _cells(examined.several.apart),
        "titles_in_doubt": _cells(examined.several.doubtful),
        "titles_contradicted": [asdict(one) for one in examined.against.contradicted],
        "rows_without_ticks": examined.against.silent,
        "batch": str(batch.pk) if batch else None,
    }


def _duplicates(examined: Examined, limit: int | None = None) -> list[dict[str, Any]]:
    """The rows left out because nobody decided whom they mean, and whom each may mean."""
    from lianzhang.web.imports.preview import duplicates
    from lianzhang.web.registry.queries import names_of

    found = duplicates(examined, limit)
    names = names_of({firm for one in found for firm in one.candidates})
    return [
        {
            "row": one.row,
            "name": one.name,
            "candidates": [{"enterprise": firm, "name": names.get(firm, "")} for firm in one.candidates],
        }
        for one in found
    ]


def _cells(rows: Mapping[int, Any]) -> list[dict[str, Any]]:
    return [{"row": row, "title": rows[row]} for row in sorted(rows)]


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

    from lianzhang.web.imports.words import BY_STATEMENT

    counts = examined.difference.counts
    out = console()
    head = (
        Text("只比对，没有写入。", "Compared only; nothing was written.")
        if dry_run
        else Text("已写入。", "Written.")
    )
    out.print(worded(head))
    one, ones = ("条", "statements") if examined.checked.kind.id in BY_STATEMENT else ("行", "rows")
    out.print(
        worded(
            Text(
                f"新增 {counts['new']} · 更新 {counts['changed']} · 不变 {counts['unchanged']} · "
                f"重复待确认 {counts['duplicate']}（{one}）· 错误 {counts['errors']}（行）",
                f"new {counts['new']} · changed {counts['changed']} · unchanged {counts['unchanged']} · "
                f"possible duplicates {counts['duplicate']} ({ones}) · errors {counts['errors']} (rows)",
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
    _print_doubts(examined, counts["duplicate"])
    if rejects:
        out.print(worded(Text(f"坏行在 {rejects}。", f"The bad rows are in {rejects}.")))
    if batch is not None:
        out.print(worded(Text(f"批次 {batch.pk}（7天内可 lianzhang registry undo）", f"batch {batch.pk}")))


def _print_doubts(examined: Examined, waiting: int) -> None:
    """The rows that wait for a person, and the cells with several titles."""
    from rich.table import Table

    out, few = console(), 5
    if waiting:
        table = Table(show_lines=False)
        for name in (Text("行", "row"), Text("名称", "name"), Text("可能是", "may be")):
            table.add_column(worded(name))
        for item in _duplicates(examined, _SHOWN):
            may_be = [f"{one['name']}（{one['enterprise']}）" for one in item["candidates"][:few]]
            table.add_row(str(item["row"]), item["name"], "\n".join(may_be))
        out.print(
            worded(
                Text(
                    "可能重复、没有导入的行；请写明信用代码或登记全称再导入，或在网页上逐行判断：",
                    "Possible duplicates, left out; give codes or full names and import again, "
                    "or decide on the web:",
                )
            )
        )
        out.print(table)
    print_answered(examined)
    _print_remarks(examined)


def _print_remarks(examined: Examined) -> None:
    """What was not read, or otherwise than somebody may expect."""
    out = console()
    if examined.others:
        read, rest = examined.checked.sheet.name, examined.others
        out.print(
            worded(
                Text(
                    f"只读了表“{read}”；“{'”、“'.join(rest)}”也是这样的表，没有读。请合成一张，或各存一份再导入。",
                    f"Only the sheet “{read}” was read; {', '.join(rest)} hold such tables too. Put them into one "
                    "sheet, or import each from a file of its own.",
                )
            )
        )
    _print_unseen(examined)
    label = examined.checked.kind
    for one in examined.overruled:
        zh, en = label[one.field].label.zh, label[one.field].label.en
        out.print(
            worded(
                Text(
                    f"{zh}：表里是“{one.told}”，您写的是“{one.stated}”，以表为准。",
                    f"The {en} is “{one.told}” in the table and “{one.stated}” in your words; the table counts.",
                )
            )
        )
    _print_several(examined)
    _print_ticks(examined)


def _print_unseen(examined: Examined) -> None:
    from lianzhang.web.imports.preview import hidden_rows

    out, names = console(), "、".join(examined.book.hidden)
    if count := hidden_rows(examined.checked):
        out.print(
            worded(
                Text(
                    f"有{count}行被隐藏或筛选，也照样当作数据。",
                    f"{count} rows are hidden or filtered out; they count as data like all others.",
                )
            )
        )
    if names:
        out.print(worded(Text(f"隐藏的表“{names}”没有读。", f"Hidden sheets were not read: {names}.")))


def _print_ticks(examined: Examined) -> None:
    out, against = console(), examined.against
    if against.silent:
        out.print(
            worded(
                Text(
                    f"{against.silent}行没有勾选任何称号，不登记，也不算没有称号。",
                    f"{against.silent} rows tick no title; nothing is recorded of them, nor denied.",
                )
            )
        )
    for one in against.contradicted[:_SHOWN]:
        out.print(
            worded(
                Text(
                    f"第{one.row}行 {one.name}：表里写“{one.said}”，库里有“{one.title}”；库里照旧，请核对。",
                    f"Row {one.row} {one.name}: {one.said} in the table, while the registry has {one.title}, "
                    "which stays as it is; see which of the two is wrong.",
                )
            )
        )


def _print_several(examined: Examined) -> None:
    out = console()
    apart, doubtful = examined.several.apart, examined.several.doubtful
    if apart:
        count = len(apart)
        out.print(
            worded(
                Text(
                    f"{count}格写了几个称号，已逐个登记。",
                    f"{count} cells hold several titles; each was taken.",
                )
            )
        )
    for row in sorted(doubtful)[:_SHOWN]:
        out.print(
            worded(
                Text(
                    f"第{row}行“{doubtful[row]}”像是几个称号，没有全认出，按一个登记；是几个的，请改用分号隔开。",
                    f"Row {row} “{doubtful[row]}” may hold several titles, not all of them known, and was taken as "
                    "one; put semicolons between several.",
                )
            )
        )
