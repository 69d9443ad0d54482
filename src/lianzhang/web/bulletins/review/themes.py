"""Which group of the review desk a claim belongs to."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from django.conf import settings

from lianzhang.kernel.pack import open_pack

_BY_KIND = {
    "title": "tiers",
    "title_count": "tiers",
    "project": "projects",
    "project_count": "projects",
    "policy_count": "mechanism",
    "assignment": "mechanism",
}
_BY_GROUP = {"scale": "scale", "trade": "trade", "project": "projects"}
_TRADE = re.compile("出口|外贸|进口|进出口|海外|境外")


def theme_of(claim: Any) -> str:
    """`scale`, `tiers`, `trade`, `projects`, `mechanism` or `other`."""
    if claim.kind in _BY_KIND:
        return _BY_KIND[claim.kind]
    if claim.project:
        return "projects"
    if _TRADE.search(f"{claim.indicator} {claim.scope}") or "市场" in claim.scope:
        return "trade"
    return _BY_GROUP.get(_groups(settings.LIANZHANG_PACK).get(claim.indicator, ""), "other")


@lru_cache(maxsize=4)
def _groups(pack_id: str) -> dict[str, str]:
    """The group that the pack's lexicon puts each indicator in."""
    rows = open_pack(pack_id).read_yaml("lexicon/indicators.yaml")
    return {row["name"]: row.get("group", "") for row in rows}
