"""`lianzhang registry`: the enterprises of the city – found under any name, read in from any table.

One file per command; each is added to `app` here.
"""

from __future__ import annotations

import typer

from lianzhang.cli.registry import index, resolve
from lianzhang.cli.speech import help_text

HELP = help_text("企业名录：按任何叫法找到企业。", "The registry of enterprises: find a firm under any name.")

app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None)
app.command("resolve", help=resolve.HELP)(resolve.resolve)
app.command("index", help=index.HELP)(index.index)
