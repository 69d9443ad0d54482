"""`lianzhang metrics survival`: the longest stop of each firm that no other firm's customers need feel."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianzhang.cli.metrics.networks import Essential, Firms, Links, Sources, read_network
from lianzhang.cli.metrics.tables import csv_of, numbers, progress, read_table, remark, report, write_tables
from lianzhang.cli.speech import LanguageOption, help_text
from lianzhang.kernel.text import Text

HELP = help_text(
    "每家企业停产，其余企业尽力调配，最多多少天不影响别家的最终供货（线性规划）。",
    "How many days each firm may stop before others' final deliveries must fall short (linear programme).",
)

Out = Annotated[Path, typer.Option(help=help_text("结果 CSV", "the result, CSV"))]
Cover = Annotated[
    float, typer.Option(min=0, help=help_text("必需投入的库存天数", "stock of essential inputs, days"))
]
Spare = Annotated[
    float, typer.Option(min=1, help=help_text("最大产出是平时的几倍", "largest output, times the usual one"))
]
Final = Annotated[
    str,
    typer.Option(
        help=help_text(
            "每天对网外销售的列；默认网内无下家的企业按采购额算",
            "sales a day to outside the network, a column; default: firms that sell to nobody sell what they buy",
        )
    ),
]
Horizon = Annotated[float, typer.Option(min=1, help=help_text("最多看多少天", "days looked at"))]


def survival(
    firms: Firms,
    links: Links,
    essential: Essential,
    out: Out,
    sources: Sources = None,
    cover: Cover = 7.0,
    spare: Spare = 1.0,
    final: Final = "",
    horizon: Horizon = 365.0,
    language_option: LanguageOption = "",
) -> None:
    """Solve one linear programme for each firm."""
    from lianzhang.metrics import survival_times

    network, firm_table = read_network(firms, links, essential)
    with progress(Text("逐家求解", "Solving for each firm")) as told:
        table = survival_times(
            network,
            sources=read_table(sources) if sources is not None else None,
            cover=cover,
            spare=spare,
            final=numbers(firm_table, final, firms.name) if final else None,
            horizon=horizon,
            progress=told,
        )
    remark(network.warnings)
    write_tables({out: csv_of(table)})
    report([out], len(table))
