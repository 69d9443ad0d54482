"""`lianzhang registry`: the enterprises of the city – found under any name, read in from any table.

One file per command; each is added to `app` here.
"""

from __future__ import annotations

import typer

from lianzhang.cli.registry import bring, export, index, resolve, template, undo
from lianzhang.cli.speech import help_text

HELP = help_text("企业名录：按任何叫法找到企业。", "The registry of enterprises: find a firm under any name.")

app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None)
app.command("resolve", help=resolve.HELP)(resolve.resolve)
app.command("index", help=index.HELP)(index.index)
app.command("import", help=bring.HELP)(bring.import_table)
app.command("undo", help=undo.HELP)(undo.undo)
app.command("export", help=export.HELP)(export.export)
app.command("template", help=template.HELP)(template.template)
