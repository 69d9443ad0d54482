"""`lianzhang metrics reconstruct`: possible networks where links were not reported, all marked as estimated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lianzhang.cli.metrics.tables import Writer, csv_of, progress, read_table, remark, report, write_tables
from lianzhang.cli.speech import LanguageOption, help_text
from lianzhang.kernel.text import Text

if TYPE_CHECKING:
    import polars as pl

    from lianzhang.metrics import Reconstruction

HELP = help_text(
    "按规模和投入产出表估计缺失的供应关系；结果一律标为估计。",
    "Estimate missing supply links from sizes and an input–output table; all results are marked as estimated.",
)

Firms = Annotated[
    Path,
    typer.Option(
        help=help_text("firm, sector, out_strength, in_strength", "firm, sector, out_strength, in_strength")
    ),
]
Io = Annotated[
    Path | None,
    typer.Option(
        help=help_text("投入产出：supplier_sector, buyer_sector, flow", "supplier_sector, buyer_sector, flow")
    ),
]
Known = Annotated[
    Path | None, typer.Option(help=help_text("已知关系：supplier, buyer, weight", "links that are known"))
]
Essential = Annotated[
    Path | None,
    typer.Option(help=help_text("投入等级表；给出则再算系统性风险", "levels of inputs; then also the risk")),
]


def reconstruct(
    firms: Firms,
    links: Annotated[float, typer.Option(help=help_text("估计的关系条数", "links to expect"))],
    out: Annotated[Path, typer.Option(help=help_text("结果文件夹", "folder of the results"))],
    ensemble: Annotated[
        int, typer.Option(min=1, help=help_text("抽取几个可能的网络", "possible networks to draw"))
    ] = 1,
    io: Io = None,
    known: Known = None,
    essential: Essential = None,
    seed: Annotated[int, typer.Option(min=0, help=help_text("随机种子", "seed of the draws"))] = 0,
    threads: Annotated[
        int, typer.Option(min=0, help=help_text("线程数，0 为全部", "threads, 0 for all"))
    ] = 0,
    language_option: LanguageOption = "",
) -> None:
    """Write links.csv, firms.csv, model.csv and, with levels of inputs, risk.csv."""
    from lianzhang.metrics import reconstruct as measure

    firm_table = read_table(firms)
    levels = None if essential is None else read_table(essential)
    model = measure(
        firms=firm_table,
        io=None if io is None else read_table(io),
        links=links,
        known=None if known is None else read_table(known),
        names=(firms.name, io.name if io is not None else "", known.name if known is not None else ""),
    )
    remark(model.warnings)
    places = {name: out / f"{name}.csv" for name in ("links", "firms", "model", "risk")}
    with progress(Text("抽取可能的网络", "Drawing possible networks")) as told:
        run = _Run(model, ensemble, seed, threads or None, told, by_sector=io is not None)
        tables: dict[Path, Writer] = {
            places["links"]: run.write_links,
            places["firms"]: lambda path: run.firm_table().write_csv(path),
            places["model"]: csv_of(run.model_table()),
        }
        if levels is not None:
            names = (firms.name, "links.csv", essential.name if essential is not None else "")
            tables[places["risk"]] = lambda path: run.risk_table(firm_table, levels, names).write_csv(path)
        write_tables(tables)
    if ensemble == 1:
        remark([_one_draw()])
    report(list(tables), run.rows)


def _one_draw() -> Text:
    return Text(
        "只抽了一个网络，它只是许多可能之一；要看不确定性请用 --ensemble 50。",
        "One network was drawn, one of many possible ones; --ensemble 50 shows how far they differ.",
    )


class _Run:
    """Draws that are written as they come; what is needed of them later is kept."""

    def __init__(
        self,
        model: Reconstruction,
        draws: int,
        seed: int,
        threads: int | None,
        told: Callable[[int, int], None] | None,
        *,
        by_sector: bool,
    ) -> None:
        self.by_sector = by_sector
        self.model, self.draws, self.seed, self.threads, self.told = model, draws, seed, threads, told
        self.rows = 0
        self.sales: list[object] = []

    def write_links(self, path: Path) -> None:
        import polars as pl

        from lianzhang.metrics.ensemble import drawn_sales

        with path.open("wb") as file:
            for number, network in enumerate(
                self.model.ensemble(self.draws, seed=self.seed, threads=self.threads)
            ):
                numbered = network.select(pl.lit(number).alias("draw"), pl.all())
                numbered.write_csv(file, include_header=number == 0)
                self.rows += len(network)
                if self.draws > 1:
                    self.sales.append(drawn_sales(self.model.firms, network))
                if self.told is not None:
                    self.told(number + 1, self.draws)

    def firm_table(self) -> pl.DataFrame:
        import numpy as np
        import polars as pl

        from lianzhang.metrics.ensemble import quantiles

        customers, suppliers = self.model.expected_degrees()
        columns: dict[str, object] = {
            "firm": self.model.firms,
            "expected_out_degree": customers,
            "expected_in_degree": suppliers,
        }
        if self.sales:
            columns |= quantiles(np.stack(self.sales), "sales")  # type: ignore[arg-type]
        return pl.DataFrame(columns)

    def model_table(self) -> pl.DataFrame:
        import polars as pl

        model = self.model
        values = {
            # Odds of a link: z × flow expected; from sizes alone, as in the literature, z × sales × purchases.
            "z": model.z * (1.0 if self.by_sector else float(model.rate[0, 0])),
            "expected_links": model.links + len(model.known),
            "known_links": float(len(model.known)),
            "coverage": model.coverage,
            "draws": float(self.draws),
            "seed": float(self.seed),
        }
        return pl.DataFrame({"name": list(values), "value": list(values.values())})

    def risk_table(
        self, firms: pl.DataFrame, essential: pl.DataFrame, names: tuple[str, str, str]
    ) -> pl.DataFrame:
        from lianzhang.metrics.ensemble import ensemble_risk

        networks = self.model.ensemble(self.draws, seed=self.seed, threads=self.threads)
        return ensemble_risk(networks, firms=firms, essential=essential, names=names, threads=self.threads)
