"""`lianzhang journal`: verify the journal, write its end down outside the database."""

from __future__ import annotations

import json
from typing import Any

import typer

from lianzhang.cli.speech import help_text, worded
from lianzhang.kernel import LianzhangError, Text

HELP = help_text(
    "校验操作日志，把链尾记到库外。", "Verify the journal; write its end down outside the database."
)

app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None)

#: Exit code when the journal is not whole.
BROKEN = 1


@app.command(
    "verify",
    help=help_text(
        "从头（或从 --since）校验全部记录；发现第一处问题即以非零退出。",
        "Verify every event, from the first or from --since; leave with non-zero at the first break.",
    ),
)
def verify(
    since: int = typer.Option(1, "--since", min=1, help=help_text("从第几条开始", "number to begin with")),
    as_json: bool = typer.Option(False, "--json", help=help_text("输出 JSON", "write JSON")),
) -> int:
    """Read the chain and say whether it is whole."""
    _start()
    from lianzhang.web.journal import queries

    result = queries.verification(since=since)
    found = result.first_break
    if as_json:
        _print_json(
            {
                "whole": result.whole,
                "checked": result.checked,
                "last": result.last,
                "break": {"seq": found.seq, "kind": str(found.kind), "zh": found.what.zh, "en": found.what.en}
                if found
                else None,
            }
        )
    elif found:
        print(worded(Text(f"操作日志不完整：{found.what.zh}", f"The journal is not whole: {found.what.en}")))
    else:
        print(
            worded(
                Text(
                    f"操作日志完整：共校验 {result.checked} 条，止于第 {result.last} 条。",
                    f"The journal is whole: {result.checked} events verified, the last is {result.last}.",
                )
            )
        )
    return BROKEN if found else 0


@app.command(
    "anchor",
    help=help_text(
        "把日志链尾（序号、摘要、条数、时间）追加到数据文件夹中的 anchors.log。",
        "Append the end of the journal (number, hash, count, time) to anchors.log in the data folder.",
    ),
)
def anchor(
    as_json: bool = typer.Option(False, "--json", help=help_text("输出 JSON", "write JSON")),
) -> int:
    """Write the end down once."""
    _start()
    from lianzhang.web.journal import anchors
    from lianzhang.web.journal.actions.anchor import anchor as write

    made = write()
    if as_json:
        _print_json(
            {"seq": made.seq, "hash": made.hash, "count": made.count, "at": made.at} if made else None
        )
    elif made:
        print(
            worded(
                Text(
                    f"已记锚点：第 {made.seq} 条，{made.hash}。请把 {anchors.path()} 另存到别处。",
                    f"Anchored at event {made.seq}, {made.hash}. Keep a copy of {anchors.path()} elsewhere.",
                )
            )
        )
    else:
        print(worded(Text("自上次锚点以来没有新的记录。", "Nothing was recorded since the last anchor.")))
    return 0


def _start() -> None:
    """Load the web shell: only these commands need it, so no other pays for it."""
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianzhang.web.settings.laptop")
    django.setup()
    from django.db import connection

    if "journal_event" not in connection.introspection.table_names():
        raise LianzhangError(
            Text(
                "这里还没有操作日志：数据库尚未建立。",
                "There is no journal yet: the database was not set up.",
            ),
            Text(
                "请先运行 lianzhang up，或检查 LIANZHANG_HOME 与 LIANZHANG_DATABASE。",
                "Run lianzhang up first, or check LIANZHANG_HOME and LIANZHANG_DATABASE.",
            ),
        )


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))
