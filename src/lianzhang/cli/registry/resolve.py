"""`lianzhang registry resolve`: which enterprises a list of names means."""

from __future__ import annotations

import json
import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lianzhang.cli.speech import LanguageOption, console, help_text, language, worded
from lianzhang.kernel.text import Text

if TYPE_CHECKING:
    from lianzhang.naming import Resolution, Resolutions

HELP = help_text(
    "按名称找企业：认定、请人判定（列出候选）、没有相符的；每个结果都说明依据。不改动任何数据。",
    "Find enterprises by name: linked, for a person to decide (with candidates), or none; each with its reasons. "
    "Nothing is changed.",
)
OUTCOMES = {
    "linked": Text("认定", "linked"),
    "ambiguous": Text("请人判定", "for a person"),
    "none": Text("没有相符的", "none"),
}
RegistryOption = Annotated[
    str,
    typer.Option(
        "--registry",
        metavar="FILE",
        show_default=False,
        help=help_text(
            "名录文件（csv 或 parquet：id、name，可有 former_names、short_names、county）；不给则用数据库",
            "file of the registry (csv or parquet: id, name; former_names, short_names, county if any); "
            "default: the database",
        ),
    ),
]


def resolve(
    file: Annotated[
        str,
        typer.Argument(
            metavar="NAMES",
            help=help_text(
                "csv 文件，列 mention，可有 context（所在县或原句）",
                "a csv file with the column mention and, if any, context (county or sentence)",
            ),
        ),
    ],
    registry: RegistryOption = "",
    as_json: Annotated[
        bool, typer.Option("--json", help=help_text("输出 JSON 列表", "print a JSON list"))
    ] = False,
    language_option: LanguageOption = "",
) -> None:
    """Print what each mention was resolved to, as a table or as JSON."""
    from lianzhang.cli.registry.name_files import read_mentions
    from lianzhang.cli.registry.source import index_from
    from lianzhang.naming import resolve_all

    mentions, contexts = read_mentions(file)
    with console(errors=True).status(worded(Text("正在建立名称索引…", "Indexing names…"))):
        index = index_from(registry)
        resolutions = resolve_all(mentions, index, contexts=contexts)
    if as_json:
        _print_json(resolutions)
    else:
        _print_table(resolutions)


def record(resolution: Resolution) -> dict[str, Any]:
    """One resolution as the JSON object that is printed."""
    return {
        "mention": resolution.mention,
        "outcome": str(resolution.outcome),
        "enterprise": resolution.enterprise or None,
        "score": resolution.score,
        "candidates": [
            {"enterprise": candidate.enterprise, "score": candidate.score}
            for candidate in resolution.candidates
        ],
        "reasons": [reason.text.say(language()) for reason in resolution.reasons],
    }


def _print_json(resolutions: Resolutions) -> None:
    sys.stdout.write("[")
    for number, resolution in enumerate(resolutions):
        sys.stdout.write(",\n " if number else "\n ")
        json.dump(record(resolution), sys.stdout, ensure_ascii=False)
    sys.stdout.write("\n]\n")


def _print_table(resolutions: Resolutions) -> None:
    from rich.table import Table

    titles = (
        Text("名称", "name"),
        Text("结果", "outcome"),
        Text("企业", "enterprise"),
        Text("依据", "reasons"),
    )
    table = Table(*(worded(title) for title in titles))
    for resolution in resolutions:
        shown = "\n".join(
            f"{candidate.name} ({candidate.enterprise}) {candidate.score:.2f}"
            for candidate in resolution.candidates[: 1 if resolution.enterprise else 3]
        )
        reasons = worded(Text("；", "; ")).join(worded(reason.text) for reason in resolution.reasons)
        table.add_row(resolution.mention, worded(OUTCOMES[resolution.outcome]), shown, reasons)
    screen = console()
    screen.print(table)
    counts = Counter(str(resolution.outcome) for resolution in resolutions)
    screen.print(
        worded(Text("，", ", ")).join(f"{worded(words)} {counts[key]}" for key, words in OUTCOMES.items())
    )
