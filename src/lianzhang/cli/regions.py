"""`lianzhang regions`: bring in licensed boundaries; without them counties are drawn as squares."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Annotated

import typer

from lianzhang.cli.installation import default_home
from lianzhang.cli.speech import help_text, say
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

HELP = help_text("区划：导入有审图号的界线。", "Divisions: bring in boundaries of an approved map.")
#: Where the boundaries are kept inside the data folder.
FILE = "boundaries.json"

app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def regions() -> None:
    """One command so far; the group keeps its name."""


@app.command(
    "import",
    help=help_text(
        "导入 GeoJSON 界线；地图旁必印审图号。",
        "Bring in GeoJSON boundaries; the approval number is printed beside the map.",
    ),
)
def import_boundaries(
    file: Annotated[Path, typer.Argument(metavar="FILE.geojson")],
    approval: Annotated[
        str,
        typer.Option(
            "--approval", show_default=False, help=help_text("审图号", "approval number of the map")
        ),
    ] = "",
    home: Annotated[
        Path | None,
        typer.Option(
            "--home",
            show_default=False,
            metavar="FOLDER",
            help=help_text("数据文件夹，默认 ~/lianzhang", "data folder; default ~/lianzhang"),
        ),
    ] = None,
) -> None:
    """Check the file and keep it in the data folder; nothing is kept when anything is wrong."""
    from lianzhang.chain.boundaries import read_boundaries
    from lianzhang.kernel.pack import open_pack
    from lianzhang.kernel.regions import Regions

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise LianzhangError(Text(f"读不了 {file}。", f"{file} cannot be read.")) from error
    pack = open_pack(os.environ.get("LIANZHANG_PACK") or "liaocheng")
    found = read_boundaries(text, regions=Regions.from_pack(pack), approval=approval)
    folder = home or default_home()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = folder / f".{FILE}.{os.getpid()}.part"
    try:
        beside.write_text(json.dumps(found.to_plain(), ensure_ascii=False), encoding="utf-8")
        beside.replace(folder / FILE)
    finally:
        beside.unlink(missing_ok=True)
    count = len(found.rings)
    say(
        Text(
            f"已导入{count}个区划的界线，审图号 {found.approval}。",
            f"Boundaries of {count} divisions are in, approval number {found.approval}.",
        )
    )
