"""`lianzhang registry export`: the enterprises as a file that imports again as it is."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from lianzhang.cli.registry.places import DatabaseOption, HomeOption, act, check_out, write
from lianzhang.cli.speech import help_text

HELP = help_text(
    "导出企业名录（xlsx 或 csv），可以原样再导入。",
    "Export the enterprises; the file imports again as it is.",
)


def export(
    out: Annotated[
        str,
        typer.Option(
            "--out",
            metavar="OUT",
            help=help_text(
                "写到这份 xlsx 或 csv；- 为标准输出（csv）", "xlsx or csv file; - is standard output"
            ),
        ),
    ] = "-",
    home: HomeOption = "",
    database: DatabaseOption = "",
) -> None:
    """Write the list of enterprises."""
    check_out("" if out == "-" else out)
    actor = act(home, database)
    from lianzhang.tables.export import export_csv, export_xlsx
    from lianzhang.web.imports.listing import enterprises_listing

    listing = enterprises_listing(actor)
    content = export_xlsx(listing) if out.lower().endswith(".xlsx") else export_csv(listing)
    if out == "-":
        sys.stdout.buffer.write(content)
    else:
        write(out, content)
