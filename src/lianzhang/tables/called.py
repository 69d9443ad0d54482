"""Names of enterprises as tables write them: numbers and stars before them, former names and states behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from lianzhang.tables.check import Checked
from lianzhang.tables.kinds.enterprise import STATUS

_FIRM = r"[^()（）]*(?:公司|厂|社|店|所|院|集团|中心|站|场|部|户)"
_FORMER = re.compile(
    rf"(?P<name>.+?)\s*[(（]\s*(?:原名称?|曾用名称?|原企业名称?|更名前|原)\s*[:：为]?\s*(?P<former>{_FIRM})\s*[)）]"
)
_STATE = re.compile(
    r"(?P<name>.+?)\s*[(（]\s*(?P<state>已?(?:注销|吊销|停产|停业|歇业|迁出)|存续|在业)\s*[)）]"
)
_BEFORE = re.compile(r"^(?:[*＊★☆●▲△■◆※#]\s*|\d{1,4}\s*[、.．]\s*(?=[\u4e00-\u9fff]))+")
_BEHIND = re.compile(r"\s*[*＊★☆▲△※#]+$")
#: Names without any of these signs are as they should be.
_SIGNS = r"[*＊★☆●▲△■◆※#、.．]|[(（]\s*(?:原|曾用|更名|已|注销|吊销|停|歇业|迁出|存续|在业)"


@dataclass(frozen=True, slots=True)
class Called:
    """What a cell for a name says: the name, a former one, a state; empty where it does not."""

    name: str
    former: str = ""
    status: str = ""


def called(text: str, *, with_former: bool = True) -> Called:
    """Read one cell; a name without such additions is returned as it is, `with_former` off one with a former name."""
    name, former, status = _BEHIND.sub("", _BEFORE.sub("", text)), "", ""
    for _ in range(2):
        if match := _STATE.fullmatch(name):
            name, status = match["name"], STATUS.get(match["state"], "")
        elif with_former and (match := _FORMER.fullmatch(name)):
            name, former = match["name"], match["former"]
    return Called(name.strip() or text, former, status)


def take_names_apart(checked: Checked) -> None:
    """Keep of the names in the good rows the name alone; former names and states go to their own columns.

    What a column says of them goes first. Lists of titles, exports and projects keep former names beside the name:
    whom both together mean is looked up in the registry.
    """
    good = checked.good
    if "name" not in good.columns:
        return
    odd = good.filter(pl.col("name").str.contains(_SIGNS))["name"].unique().to_list()
    with_former = checked.kind.id in ("enterprises", "figures")
    read = {text: one for text in odd if (one := called(text, with_former=with_former)).name != text}
    if not read:
        return
    added = {"former_names": "former", "status": "status"}
    columns = [pl.col("name").replace({text: one.name for text, one in read.items()})]
    for field, part in added.items():
        said = {text: getattr(one, part) or None for text, one in read.items()}
        if field not in checked.kind or not any(said.values()):
            continue
        told = pl.col("name").replace_strict(said, default=None, return_dtype=pl.String)
        there = pl.col(field) if field in good.columns else pl.lit(None, dtype=pl.String)
        columns.append(pl.coalesce(there, told).alias(field))
    checked.good = good.with_columns(columns)
