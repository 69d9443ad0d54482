"""`lianzhang metrics complexity`: which fields a region has, and which lie near."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lianzhang.cli.metrics.tables import csv_of, read_table, remark, report, write_tables
from lianzhang.cli.speech import LanguageOption, help_text

if TYPE_CHECKING:
    from lianzhang.metrics import Complexity

HELP = help_text(
    "经济复杂度与关联密度：ECI、PCI、RCA、density、COI、COG。",
    "Economic complexity and relatedness: ECI, PCI, RCA, density, COI, COG.",
)
#: Rows of the long table made at once.
ROWS = 2_000_000


def complexity(
    values: Annotated[
        Path, typer.Option(help=help_text("数值表：region, field, value", "values: region, field, value"))
    ],
    out: Annotated[Path, typer.Option(help=help_text("结果文件夹", "folder of the results"))],
    language_option: LanguageOption = "",
) -> None:
    """Write regions.csv, fields.csv and density.csv."""
    from lianzhang.metrics import complexity as measure

    result = measure(read_table(values, columns=("region", "field", "value")), table=values.name)
    remark(result.doubts)
    places = [out / "regions.csv", out / "fields.csv", out / "density.csv"]
    write_tables(
        {
            places[0]: csv_of(result.region_table()),
            places[1]: csv_of(result.field_table()),
            places[2]: lambda path: _write_density(result, path),
        }
    )
    regions, fields = len(result.regions), len(result.fields)
    report(places, regions + fields + regions * fields)


def _write_density(result: Complexity, path: Path) -> None:
    """The long table, a few regions at a time: whole it could be larger than the memory."""
    at_once = max(1, ROWS // len(result.fields))
    with path.open("wb") as file:
        for first in range(0, len(result.regions), at_once):
            part = result.density_table(first=first, last=first + at_once)
            part.write_csv(file, include_header=first == 0)
