"""`lianzhang metrics second-suppliers`: whom to give a second supplier first."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianzhang.cli.metrics.networks import Epsilon, Essential, Firms, Links, Threads, read_network
from lianzhang.cli.metrics.tables import csv_of, numbers, progress, remark, report, write_tables
from lianzhang.cli.speech import LanguageOption, help_text
from lianzhang.kernel.text import Text

HELP = help_text(
    "给只有一个供方的买方配上第二个供方，哪一对最能降低系统性风险。",
    "Which second supplier for a buyer with one alone takes most systemic risk away.",
)

Out = Annotated[Path, typer.Option(help=help_text("结果 CSV", "the result, CSV"))]
Buyer = Annotated[str, typer.Option(help=help_text("只看这一家买方", "this buyer only"))]
Region = Annotated[
    str,
    typer.Option(help=help_text("行政区划代码列，近的先试", "column of division codes: the nearest first")),
]
Most = Annotated[int, typer.Option(min=1, help=help_text("试多少笔采购", "purchases to try"))]
Each = Annotated[int, typer.Option(min=1, help=help_text("每笔试几家", "candidates for each"))]
Probability = Annotated[
    str, typer.Option(help=help_text("停产概率列", "column of the probability that a firm fails"))
]
Weight = Annotated[
    str,
    typer.Option(
        help=help_text(
            "损失权重列；默认取网内销售与采购较大的一个",
            "weights of losses, a column; default: the larger of sales and purchases inside the network",
        )
    ),
]


def second_suppliers(
    firms: Firms,
    links: Links,
    essential: Essential,
    out: Out,
    buyer: Buyer = "",
    region: Region = "",
    most: Most = 20,
    each: Each = 3,
    probability: Probability = "",
    weight: Weight = "",
    epsilon: Epsilon = 0.01,
    threads: Threads = 0,
    language_option: LanguageOption = "",
) -> None:
    """Try second suppliers and rank them by the risk they take away."""
    from lianzhang.metrics import second_suppliers as measure
    from lianzhang.metrics.inputs import require_columns

    network, firm_table = read_network(firms, links, essential)
    if region:
        require_columns(firm_table, (region,), table=firms.name)
    with progress(Text("试配第二供方", "Trying second suppliers")) as told:
        table = measure(
            network,
            buyer=buyer,
            region=region,
            most=most,
            each=each,
            probability=numbers(firm_table, probability, firms.name) if probability else None,
            weight=numbers(firm_table, weight, firms.name) if weight else None,
            epsilon=epsilon,
            threads=threads or None,
            progress=told,
        )
    remark(network.warnings)
    write_tables({out: csv_of(table)})
    report([out], len(table))
