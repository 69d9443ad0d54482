"""`lianzhang metrics systemic-risk`: what the failure of each firm, or of a scenario, does to the network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from lianzhang.cli.metrics.networks import Epsilon, Essential, Firms, Links, Sources, Threads, read_network
from lianzhang.cli.metrics.tables import csv_of, numbers, progress, read_table, remark, report, write_tables
from lianzhang.cli.speech import LanguageOption, help_text
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

if TYPE_CHECKING:
    import polars as pl

    from lianzhang.metrics import SupplyNetwork
    from lianzhang.metrics.arrays import Floats
    from lianzhang.metrics.systemic_risk import Shocks

HELP = help_text(
    "经济系统性风险指数（ESRI）：每家企业停产，或每个情景，会使全网损失多少（0 到 1）。",
    "Economic systemic risk index (ESRI): the share of the network lost when a firm, or a scenario, fails.",
)


Out = Annotated[Path, typer.Option(help=help_text("结果 CSV", "the result, CSV"))]
Scenarios = Annotated[
    Path | None,
    typer.Option(
        help=help_text("情景：firm, scenario, loss（0 到 1）", "scenarios: firm, scenario, loss (0 to 1)")
    ),
]
Stop = Annotated[
    Literal["absolute", "ratio"],
    typer.Option(
        help=help_text("看最大变化，或看总损失的增幅", "largest change, or growth of the total loss")
    ),
]
NoReplacement = Annotated[
    bool,
    typer.Option("--no-replacement", help=help_text("同行不能顶替", "suppliers cannot stand in for others")),
]
Revenue = Annotated[str, typer.Option(help=help_text("营业收入列", "column of total revenue"))]
Costs = Annotated[str, typer.Option(help=help_text("采购总额列", "column of total costs"))]
Weights = Annotated[
    str,
    typer.Option(
        help=help_text(
            "权重列，逗号分隔；默认 out_strength，即网内销售额",
            "weights, columns; default: out_strength, sales inside the network",
        )
    ),
]


def systemic_risk(
    firms: Firms,
    links: Links,
    essential: Essential,
    out: Out,
    sources: Sources = None,
    scenarios: Scenarios = None,
    epsilon: Epsilon = 0.01,
    stop: Stop = "absolute",
    no_replacement: NoReplacement = False,
    revenue: Revenue = "",
    costs: Costs = "",
    weights: Weights = "",
    threads: Threads = 0,
    language_option: LanguageOption = "",
) -> None:
    """Compute the index of every firm, of some, or of scenarios."""
    from lianzhang.metrics import systemic_risk as measure

    network, firm_table = read_network(firms, links, essential)
    named = [name.strip() for name in weights.split(",") if name.strip()]
    with progress(Text("推演停产的波及", "Spreading failures")) as told:
        result = measure(
            network,
            shocks=_shocks(network, sources, scenarios),
            epsilon=epsilon,
            stop=stop,
            replacement=not no_replacement,
            revenue=_column(firm_table, revenue, firms.name),
            costs=_column(firm_table, costs, firms.name),
            weights={name: _weight(network, firm_table, name, firms.name) for name in named},
            threads=threads or None,
            progress=told,
        )
    remark(result.warnings)
    table = result.table.drop("at_rest")
    write_tables({out: csv_of(table)})
    report([out], len(table))


def _shocks(network: SupplyNetwork, sources: Path | None, scenarios: Path | None) -> Shocks | None:
    from lianzhang.metrics import scenario_shocks, single_failures

    if sources is not None and scenarios is not None:
        raise LianzhangError(
            Text("--sources 与 --scenarios 只能用一个。", "Use either --sources or --scenarios."),
            Text("情景里已写明哪些企业受损。", "Scenarios already say which firms are struck."),
        )
    if scenarios is not None:
        return scenario_shocks(network, read_table(scenarios), table=scenarios.name)
    if sources is not None:
        return single_failures(network, read_table(sources), table=sources.name)
    return None


def _column(table: pl.DataFrame, name: str, file: str) -> Floats | None:
    return numbers(table, name, file) if name else None


def _weight(network: SupplyNetwork, table: pl.DataFrame, name: str, file: str) -> Floats:
    """A column of the firms; sales inside the network by the name under which the result shows them."""
    from lianzhang.metrics.systemic_risk import SALES

    if name == SALES and name not in table.columns:
        return network.output
    return numbers(table, name, file)
