"""`lianzhang registry template`: an empty workbook for one kind of table. Knows no database."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from lianzhang.cli.registry.places import check_out, write
from lianzhang.cli.speech import help_text, worded
from lianzhang.kernel import Text

HELP = help_text("写出一类表的模板。", "Write the template for a kind of table.")


def template(
    kind: Annotated[str, typer.Argument(metavar="KIND", help=help_text("哪类表", "which kind of table"))],
    out: Annotated[
        str,
        typer.Option(
            "--out", metavar="OUT.xlsx", help=help_text("写到哪里", "where it goes"), show_default=False
        ),
    ] = "",
) -> None:
    """Write one template; needs no database."""
    from lianzhang.kernel.fact_dictionary import fact_dictionary
    from lianzhang.kernel.pack import open_pack
    from lianzhang.kernel.regions import Regions
    from lianzhang.tables import need_kind
    from lianzhang.tables.templates import template as make

    pack = open_pack(os.environ.get("LIANZHANG_PACK") or "liaocheng")
    found = need_kind(kind, fact_dictionary(pack))
    place = out or f"{found.label.zh}模板.xlsx"
    check_out(place)
    write(place, make(found, regions=Regions.from_pack(pack)))
    print(worded(Text(f"已写出 {place}。", f"Written: {place}.")))
