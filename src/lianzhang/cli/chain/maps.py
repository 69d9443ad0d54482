"""Which map a command works on: a file, or a chain of the city's pack."""

from __future__ import annotations

import os
from pathlib import Path

from lianzhang.chain import ChainMap, load_map
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.pack import open_pack
from lianzhang.kernel.text import Text


def map_of_file(path: Path) -> ChainMap:
    """The map written in a file; raises `LianzhangError` when it cannot be read."""
    try:
        return load_map(path.read_text(encoding="utf-8"), file=str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise LianzhangError(
            Text(f"读不了 {path}。", f"{path} cannot be read."),
            Text("请给出存在的、UTF-8 编码的文件。", "Give an existing file in UTF-8."),
        ) from error


def maps_of_pack() -> dict[str, ChainMap]:
    """The maps of the pack that `LIANZHANG_PACK` names, by chain; chains without nodes are left out."""
    pack = open_pack(os.environ.get("LIANZHANG_PACK") or "liaocheng")
    maps = [load_map(pack.read_text(path), file=f"{pack.id}/{path}") for path in pack.files("chains")]
    return {chain_map.chain: chain_map for chain_map in maps if chain_map.nodes}


def map_of_chain(chain: str) -> ChainMap:
    """The map of one chain of the pack; raises `LianzhangError` that lists the chains there are."""
    maps = maps_of_pack()
    if chain not in maps:
        raise LianzhangError(
            Text(f"没有编号为“{chain}”的图谱。", f"There is no map of a chain “{chain}”."),
            Text(f"可用：{'、'.join(maps)}。", f"Known: {', '.join(maps)}."),
        )
    return maps[chain]
