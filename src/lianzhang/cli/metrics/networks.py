"""The three tables of a supply network on the command line, and the options that several measures of it share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lianzhang.cli.metrics.tables import read_table
from lianzhang.cli.speech import help_text

if TYPE_CHECKING:
    import polars as pl

    from lianzhang.metrics import SupplyNetwork

Firms = Annotated[Path, typer.Option(help=help_text("企业表：firm, sector[, …]", "firms: firm, sector[, …]"))]
Links = Annotated[
    Path, typer.Option(help=help_text("供应关系：supplier, buyer, weight", "links: supplier, buyer, weight"))
]
Essential = Annotated[
    Path,
    typer.Option(
        help=help_text(
            "投入等级：supplier_sector, buyer_sector, level（2 必需、1 一般、0 可忽略）",
            "inputs: supplier_sector, buyer_sector, level (2 essential, 1 non-essential, 0 negligible)",
        )
    ),
]
Sources = Annotated[Path | None, typer.Option(help=help_text("只算这些企业：firm", "only these firms: firm"))]
Epsilon = Annotated[float, typer.Option(help=help_text("停止阈值", "when a step changes less, stop"))]
Threads = Annotated[int, typer.Option(min=0, help=help_text("线程数，0 为全部", "threads, 0 for all"))]


def read_network(firms: Path, links: Path, essential: Path) -> tuple[SupplyNetwork, pl.DataFrame]:
    """The network of three files, and the table of its firms; errors name the file."""
    from lianzhang.metrics import SupplyNetwork

    table = read_table(firms)
    network = SupplyNetwork.from_tables(
        firms=table,
        links=read_table(links),
        essential=read_table(essential),
        names=(firms.name, links.name, essential.name),
    )
    return network, table
