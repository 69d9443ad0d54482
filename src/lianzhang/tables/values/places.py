"""Columns of counties and industries: codes or names, kept as codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

import polars as pl

from lianzhang.kernel.industry import industries
from lianzhang.kernel.regions import Regions
from lianzhang.tables.values.column import BLANKS, Judged, ReadColumn, reason, shown, spread

#: A town behind its county, of which the county is kept: 莘县张鲁镇, 东昌府区柳园街道.
_TOWN = re.compile(r"(?<=[县区市])[^县区市]{2,12}(?:镇|乡|街道|街道办|办事处|社区|村)$")
#: A code with its name beside it: 3571拖拉机制造, C35专用设备制造业.
_WITH_NAME = re.compile(r"([A-Z]?\d{2,4})\s*[-—_.、:：]?\s*(\D{2,})")


def read_counties(column: pl.Series, *, regions: Regions | None, divisions: Mapping[str, str]) -> ReadColumn:
    """Ids of counties and zones of the pack; elsewhere the six-digit code (GB/T 2260) of a county.

    `divisions` maps the names of all divisions of China to their codes.
    """
    codes = frozenset(divisions.values())
    names = [region.name for region in regions or () if region.level != "city"]
    said = "、".join(names[:12]) or "东昌府区、371502"

    def judge(raw: str) -> Judged:
        text = unicodedata.normalize("NFKC", raw).strip()
        if text in BLANKS:
            return Judged()
        found = _county(text, regions, divisions, codes) or _county(
            _TOWN.sub("", text), regions, divisions, codes
        )
        if found:
            return Judged(found)
        return Judged(
            reason=reason(
                "county",
                f"“{shown(text)}”不是县（市、区）的名称或6位区划码；可填：{said}。",
                f"“{shown(text)}” names no county and is no six-digit division code; choose one of: {said}.",
            )
        )

    return spread(column, judge, pl.String)


def _county(text: str, regions: Regions | None, divisions: Mapping[str, str], codes: frozenset[str]) -> str:
    name = text
    for _ in range(3):  # 山东省聊城市高唐县: the last part counts
        region = (regions.by_code(name) or regions.by_name(name)) if regions else None
        if region is not None:
            return region.id if region.level != "city" else ""
        code = name if name in codes or _was_code(name, regions, codes) else divisions.get(name, "")
        if code:
            return code if not code.endswith("00") else ""
        shorter = _without_head(name)
        if shorter == name:
            return ""
        name = shorter
    return ""


def _was_code(text: str, regions: Regions | None, codes: frozenset[str]) -> bool:
    """Whether `text` may be the former code of a county elsewhere; for the pack's own city the pack knows."""
    prefecture = text[:4] + "00"
    if len(text) != 6 or not text.isascii() or not text.isdigit() or text.endswith("00"):
        return False
    return prefecture in codes and (regions is None or regions.by_code(prefecture) is None)


def _without_head(name: str) -> str:
    """The name without its province or city."""
    for mark in ("自治区", "省", "市", "自治州"):
        head, found, rest = name.partition(mark)
        if found and head and rest:
            return rest
    for head in ("山东", "聊城"):
        if name.startswith(head) and len(name) > len(head) + 1:
            return name.removeprefix(head)
    return name


def read_industries(column: pl.Series) -> ReadColumn:
    """Codes of GB/T 4754-2017; several in one cell are kept blank-separated, the first is the main one."""
    known = industries()

    def judge(raw: str) -> Judged:
        text = raw.strip()
        if text in BLANKS:
            return Judged()
        code = known.read(text)
        if code is None:
            parts = [part for part in text.replace("；", ";").replace("、", ";").split(";") if part.strip()]
            read = [known.read(part) for part in parts]
            if len(parts) > 1 and all(read):
                code = " ".join(item for item in read if item)
        if code is None and (match := _WITH_NAME.fullmatch(unicodedata.normalize("NFKC", text).upper())):
            code = known.read(match[1])
            code = code if code is not None and known.names.get(code) == match[2].strip() else None
        if code is not None:
            return Judged(code)
        return Judged(
            reason=reason(
                "industry",
                f"“{shown(text)}”不是国民经济行业分类（GB/T 4754—2017）的代码或名称；可填4位小类，如3571。",
                f"“{shown(text)}” is no code or name of GB/T 4754-2017; give a four-digit class such as 3571.",
            )
        )

    return spread(column, judge, pl.String)
