"""`lianzhang chain check`: what is wrong with a map, each with its file and line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lianzhang.cli.chain.maps import map_of_chain, map_of_file, maps_of_pack
from lianzhang.cli.speech import help_text, language, say
from lianzhang.kernel.text import Text

HELP = help_text(
    "检查图谱：环路、孤立环节、重名、悬空连接，各指到文件与行。",
    "Check maps: circles, nodes without links, double names, loose ends, each with file and line.",
)


def check(
    chain: Annotated[
        str,
        typer.Option(
            "--chain",
            show_default=False,
            metavar="ID",
            help=help_text("只查数据包里的这条链", "only this chain of the pack"),
        ),
    ] = "",
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", show_default=False, metavar="FILE", help=help_text("查这个文件", "check this file")
        ),
    ] = None,
) -> int:
    """Print every finding; leave with 1 when one of them forbids publishing."""
    from lianzhang.chain import findings

    if file is not None:
        maps = [map_of_file(file)]
    else:
        maps = [map_of_chain(chain)] if chain else list(maps_of_pack().values())
    grave = 0
    for chain_map in maps:
        found = findings(chain_map)
        grave += sum(finding.is_grave for finding in found)
        for finding in found:
            print(finding.say(language()))
        say(
            Text(
                f"{chain_map.name.zh}：{len(chain_map.nodes)}个环节，{len(chain_map.links)}条连接，"
                f"{len(found)}处问题。",
                f"{chain_map.name.en}: {len(chain_map.nodes)} nodes, {len(chain_map.links)} links, "
                f"{len(found)} findings.",
            )
        )
    return 1 if grave else 0
