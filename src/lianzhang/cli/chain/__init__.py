"""`lianzhang chain`: maps of chains – check one, place enterprises on one."""

from __future__ import annotations

import typer

from lianzhang.cli.chain import check, place
from lianzhang.cli.speech import help_text

HELP = help_text("产业图谱：检查图谱，把企业落到环节上。", "Chain maps: check one, place enterprises on one.")

app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None)
app.command("check", help=check.HELP)(check.check)
app.command("place", help=place.HELP)(place.place)
