"""`lianzhang metrics distance-density`: do plants of a field stand nearer to each other than chance would have it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianzhang.cli.metrics.tables import csv_of, progress, read_table, remark, report, write_tables
from lianzhang.cli.speech import LanguageOption, help_text
from lianzhang.kernel.text import Text

HELP = help_text(
    "企业间距离的密度（Duranton–Overman），可带随机分布的置信带。",
    "Density of the distances between plants (Duranton–Overman), with bands of random places if wanted.",
)


def distance_density(
    points: Annotated[
        Path,
        typer.Option(
            help=help_text(
                "点表：x, y[, w]，或 longitude, latitude[, w]",
                "points: x, y[, w] or longitude, latitude[, w]",
            )
        ),
    ],
    max_distance: Annotated[float, typer.Option(help=help_text("最远距离", "largest distance"))],
    steps: Annotated[int, typer.Option(min=1, help=help_text("从 0 到最远的步数", "steps from 0 to it"))],
    out: Annotated[Path, typer.Option(help=help_text("结果 CSV", "the result, CSV"))],
    weighted: Annotated[bool, typer.Option("--weighted", help=help_text("按 w 加权", "weigh by w"))] = False,
    envelope: Annotated[
        int, typer.Option(min=0, help=help_text("随机抽样次数，如 1000", "random draws, such as 1000"))
    ] = 0,
    sites: Annotated[
        Path | None,
        typer.Option(help=help_text("全部企业的地点，从中抽样", "the places of all plants, to draw from")),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help=help_text("随机种子", "seed of the draws"))] = 0,
    threads: Annotated[
        int, typer.Option(min=0, help=help_text("线程数，0 为全部", "threads, 0 for all"))
    ] = 0,
    language_option: LanguageOption = "",
) -> None:
    """Write r, density and, with an envelope, low and high."""
    from lianzhang.metrics import Points
    from lianzhang.metrics import distance_density as measure

    places = Points.from_table(read_table(points), weighted=weighted, table=points.name)
    everywhere = None if sites is None else Points.from_table(read_table(sites), table=sites.name)
    with progress(Text("随机抽样", "Drawing at random")) as told:
        result = measure(
            places,
            farthest=max_distance,
            steps=steps,
            draws=envelope,
            sites=everywhere,
            seed=seed,
            threads=threads or None,
            progress=told,
        )
    remark(result.warnings)
    write_tables({out: csv_of(result.table)})
    report([out], len(result.table))
