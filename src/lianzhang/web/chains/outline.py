"""The county map with licensed boundaries, when an installation has them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from lianzhang.chain.boundaries import Boundaries, paths
from lianzhang.web.chains.drawing import Square

WIDTH = 360


@dataclass(frozen=True, slots=True)
class Outline:
    """Counties as areas, with the approval number that has to stand beside them."""

    width: int
    height: int
    shapes: tuple[tuple[Square, str], ...]
    approval: str


def outline(squares: Sequence[Square]) -> Outline | None:
    """The areas of the counties; None while no boundaries have been brought in."""
    file = Path(settings.LIANZHANG_HOME) / "boundaries.json"
    if not file.is_file():
        return None
    drawn, height, approval = _drawn(str(file), file.stat().st_mtime_ns)
    shapes = tuple((square, drawn[square.county.pk]) for square in squares if square.county.pk in drawn)
    return Outline(WIDTH, height, shapes, approval)


@lru_cache(maxsize=2)
def _drawn(file: str, changed: int) -> tuple[dict[str, str], int, str]:
    boundaries = Boundaries.from_plain(json.loads(Path(file).read_text(encoding="utf-8")))
    drawn, height = paths(boundaries, width=WIDTH)
    return drawn, height, boundaries.approval
