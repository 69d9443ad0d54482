"""`lianzhang registry index`: what the registry's names hold – how many, which are shared, which look double."""

from __future__ import annotations

import json
import sys
import time
from typing import Annotated

import typer

from lianzhang.cli.registry.resolve import RegistryOption
from lianzhang.cli.speech import LanguageOption, console, help_text, worded
from lianzhang.kernel.text import Text

HELP = help_text(
    "建立名称索引，报告企业数、名称数、用时，并列出疑似重复的企业。不改动任何数据。",
    "Build the index of names; report enterprises, names and time, and list what looks double. Nothing is changed.",
)
#: Pairs shown in the table; --json gives all.
_SHOWN = 20


def index(
    registry: RegistryOption = "",
    with_duplicates: Annotated[
        bool,
        typer.Option(
            "--duplicates", help=help_text("列出疑似重复的企业", "list enterprises that look double")
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=help_text("输出一个 JSON 对象", "print one JSON object"))
    ] = False,
    language_option: LanguageOption = "",
) -> None:
    """Build the index and say what it holds."""
    from lianzhang.cli.registry.source import index_from
    from lianzhang.naming import duplicates

    with console(errors=True).status(worded(Text("正在建立名称索引…", "Indexing names…"))):
        started = time.process_time()
        built = index_from(registry)
        seconds = time.process_time() - started
        pairs = duplicates(built) if with_duplicates else []
    if as_json:
        found = [
            {
                "left": pair.left,
                "right": pair.right,
                "score": pair.score,
                "names": [pair.left_name, pair.right_name],
            }
            for pair in pairs
        ]
        counts = {"enterprises": len(built.ids), "names": len(built), "cpu_seconds": round(seconds, 3)}
        json.dump(
            counts | ({"duplicates": found} if with_duplicates else {}),
            sys.stdout,
            ensure_ascii=False,
            indent=2,
        )
        sys.stdout.write("\n")
        return
    screen = console()
    screen.print(
        worded(
            Text(
                f"企业 {len(built.ids)} 家，名称 {len(built)} 个，用时 {seconds:.2f} 秒（CPU）。",
                f"{len(built.ids)} enterprises, {len(built)} names, {seconds:.2f} CPU seconds.",
            )
        )
    )
    for pair in pairs[:_SHOWN]:
        screen.print(f"{pair.score:.2f}  {pair.left_name} ({pair.left})  ≈  {pair.right_name} ({pair.right})")
    if with_duplicates:
        screen.print(worded(Text(f"疑似重复 {len(pairs)} 对。", f"{len(pairs)} pairs look double.")))
