"""`lianzhang metrics`: the measures of the chain, tables in and tables out."""

from __future__ import annotations

import typer

from lianzhang.cli.metrics import (
    agglomeration,
    complexity,
    distance_density,
    reconstruct,
    second_suppliers,
    survival,
    systemic_risk,
)
from lianzhang.cli.speech import help_text

HELP = help_text(
    "产业链的测度：集聚、复杂度、系统性风险、缺失关系；CSV 或 Parquet 进，CSV 出。",
    "Measures of the chain: agglomeration, complexity, risk, missing links; CSV or Parquet in, CSV out.",
)

app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None)
app.command("systemic-risk", help=systemic_risk.HELP)(systemic_risk.systemic_risk)
app.command("second-suppliers", help=second_suppliers.HELP)(second_suppliers.second_suppliers)
app.command("survival", help=survival.HELP)(survival.survival)
app.command("complexity", help=complexity.HELP)(complexity.complexity)
app.command("agglomeration", help=agglomeration.HELP)(agglomeration.agglomeration)
app.command("distance-density", help=distance_density.HELP)(distance_density.distance_density)
app.command("reconstruct", help=reconstruct.HELP)(reconstruct.reconstruct)
