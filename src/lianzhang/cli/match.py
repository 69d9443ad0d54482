"""`lianzhang match`: every enterprise of a registry against every rule of a pack."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lianzhang.cli.speech import LanguageOption, console, help_text, language, say
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

if TYPE_CHECKING:
    import polars as pl

    from lianzhang.engines import Counts
    from lianzhang.policy import Rule

HELP = help_text(
    "把企业库里的每家企业与数据包里的每条规则比对：符合、不符合、未知，写成 Parquet。",
    "Judge every enterprise of a registry by every rule of a pack: yes, no or not known, written as Parquet.",
)


def match(
    out: Annotated[
        Path,
        typer.Option(
            metavar="FILE", help=help_text("结果写到哪个 Parquet 文件", "Parquet file of the verdicts")
        ),
    ],
    registry: Annotated[
        str,
        typer.Option(
            metavar="SOURCE",
            show_default=False,
            help=help_text(
                "企业表：.parquet 或 .csv（列名为事实名），或 spark://主节点/路径.parquet；不给则用本系统的企业库",
                "a .parquet or .csv file whose columns are facts, or spark://MASTER/PATH.parquet; "
                "without it the registry of this installation",
            ),
        ),
    ] = "",
    pack: Annotated[str, typer.Option(metavar="ID", help=help_text("数据包", "pack"))] = "liaocheng",
    as_of: Annotated[
        str,
        typer.Option(
            "--as-of",
            metavar="DATE",
            show_default=False,
            help=help_text("按哪一天的规则与数据，默认今天", "rules and values of which day; default today"),
        ),
    ] = "",
    as_json: Annotated[
        bool, typer.Option("--json", help=help_text("输出 JSON 统计", "print the counts as JSON"))
    ] = False,
    language_option: LanguageOption = "",
) -> None:
    """Match, write, and print the counts by rule."""
    from lianzhang.cli.pack import pack_named
    from lianzhang.kernel import fact_dictionary
    from lianzhang.policy import rule_book

    day = _day(as_of)
    opened = pack_named(pack)
    facts = fact_dictionary(opened)
    rules = rule_book(opened).on(day)
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise LianzhangError(
            Text(f"“{out}”不能写。", f"“{out}” cannot be written."),
            Text("请给出已有文件夹里的一个文件名。", "Name a file in a folder that exists."),
        )
    if registry.startswith("spark://"):
        from lianzhang.engines.spark import match_on_spark

        counts, rows = match_on_spark(registry, rules, facts, on=day, out=out)
    else:
        counts, rows = _here(_frame(registry, facts, day), rules, facts, day, out)
    if as_json:
        json.dump(_record(day, rows, counts), sys.stdout, ensure_ascii=False, indent=2)
        sys.stdout.write("\n")
    else:
        _print(day, rows, rules, counts, out)


def _here(
    frame: pl.DataFrame, rules: tuple[Rule, ...], facts: Any, day: date, out: Path
) -> tuple[dict[str, Counts], int]:
    """In this process, with a bar on the terminal."""
    from rich.progress import Progress

    from lianzhang.engines import Match
    from lianzhang.engines.verdicts import verdict_frame, write_verdicts

    english = language() == "en"
    with Progress(console=console(errors=True), transient=True) as progress:
        task = progress.add_task("judging" if english else "比对", total=frame.height or 1)
        found = Match(rules, frame, facts, on=day).run(lambda done, _: progress.update(task, completed=done))
    write_verdicts(verdict_frame(found, frame["id"]), out)
    return found.counts(), frame.height


def _frame(registry: str, facts: Any, day: date) -> pl.DataFrame:
    if registry:
        from lianzhang.engines.registry import read_registry

        return read_registry(Path(registry), facts)
    _enter_installation()
    from lianzhang.web.measures.known import known_frame

    frame: pl.DataFrame = known_frame(on=day)
    return frame


def _enter_installation() -> None:
    """Load the web shell and its database, which only this way of matching needs."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianzhang.web.settings.laptop")
    django.setup()
    from django.db import connection

    if "registry_enterprise" not in connection.introspection.table_names():
        raise LianzhangError(
            Text(
                "这里还没有企业库：数据库尚未建立。", "There is no registry yet: the database was not set up."
            ),
            Text(
                "请先运行 lianzhang up，或用 --registry 给出企业表。",
                "Run `lianzhang up` first, or name a file with --registry.",
            ),
        )


def _day(raw: str) -> date:
    from lianzhang.kernel import clock

    try:
        return date.fromisoformat(raw) if raw else clock.today()
    except ValueError as error:
        raise LianzhangError(
            Text(f"“{raw}”不是日期。", f"“{raw}” is not a date."),
            Text("请写成 2026-04-01。", "Write it like 2026-04-01."),
        ) from error


def _record(day: date, rows: int, counts: dict[str, Counts]) -> dict[str, Any]:
    return {
        "as_of": day.isoformat(),
        "enterprises": rows,
        "rules": {
            rule_id: {"yes": count.yes, "no": count.no, "unknown": count.unknown}
            for rule_id, count in counts.items()
        },
    }


def _print(day: date, rows: int, rules: tuple[Rule, ...], counts: dict[str, Counts], out: Path) -> None:
    from rich.table import Table

    heads = [
        Text("规则", "Rule"),
        Text("名称", "Title"),
        Text("符合", "yes"),
        Text("不符合", "no"),
        Text("未知", "not known"),
    ]
    table = Table()
    for place, head in enumerate(heads):
        table.add_column(head.say(language()), justify="right" if place > 1 else "left", overflow="fold")
    for rule in rules:
        count = counts[rule.id]
        title = rule.title.say(language())
        table.add_row(rule.id, title, f"{count.yes:,}", f"{count.no:,}", f"{count.unknown:,}")
    console().print(table)
    say(
        Text(
            f"{day}：{rows:,}家企业，{len(rules)}条规则，结果在 {out}。",
            f"{day}: {rows:,} enterprises, {len(rules)} rules; the verdicts are in {out}.",
        )
    )
