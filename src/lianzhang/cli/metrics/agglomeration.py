"""`lianzhang metrics agglomeration`: where industries gather."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianzhang.cli.metrics.tables import csv_of, read_table, remark, report, write_tables
from lianzhang.cli.speech import LanguageOption, help_text

HELP = help_text(
    "产业集聚：区位商、赫芬达尔、克鲁格曼、Ellison–Glaeser 指数。",
    "Agglomeration: location quotient, Herfindahl, Krugman, Ellison–Glaeser.",
)


def agglomeration(
    plants: Annotated[
        Path,
        typer.Option(
            help=help_text("企业表：industry, region, employees", "plants: industry, region, employees")
        ),
    ],
    out: Annotated[Path, typer.Option(help=help_text("结果文件夹", "folder of the results"))],
    language_option: LanguageOption = "",
) -> None:
    """Write industries.csv, regions.csv and location_quotient.csv."""
    from lianzhang.metrics import agglomeration as measure

    result = measure(
        read_table(plants, columns=("plant", "industry", "region", "employees")), table=plants.name
    )
    remark(result.warnings)
    tables = {
        out / "industries.csv": result.industries,
        out / "regions.csv": result.regions,
        out / "location_quotient.csv": result.location_quotient,
    }
    write_tables({place: csv_of(frame) for place, frame in tables.items()})
    report(list(tables), sum(len(frame) for frame in tables.values()))
