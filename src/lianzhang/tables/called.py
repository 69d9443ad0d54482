"""Names of enterprises as tables write them: numbers and stars before them, former names and states behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass

import polars as pl

from lianzhang.tables.check import Checked
from lianzhang.tables.headings import heading
from lianzhang.tables.kinds.enterprise import STATUS
from lianzhang.tables.mapping import name_index
from lianzhang.tables.values.column import reason

_FIRM = r"[^()（）]*(?:公司|厂|社|店|所|院|集团|中心|站|场|部|户)"
_FORMER = re.compile(
    rf"(?P<name>.+?)\s*[(（]\s*(?:原名称?|曾用名称?|原企业名称?|更名前|原)\s*[:：为]?\s*(?P<former>{_FIRM})\s*[)）]"
)
_STATE = re.compile(
    r"(?P<name>.+?)\s*[(（]\s*(?P<state>已?(?:注销|吊销|停产|停业|歇业|迁出)|存续|在业)\s*[)）]"
)
_SHORT = re.compile(
    r"(?P<name>.+?)\s*[(（]\s*(?:简称|又名|又称|亦称|另名|一厂多名)\s*[:：为]?\s*(?P<short>[^()（）]+?)\s*[)）]"
)
#: Blanks and breaks between Chinese signs, as names have them that were laid out or copied.
_GAP = re.compile(r"(?<=[\u4e00-\u9fff（）()])\s+(?=[\u4e00-\u9fff（）()])")
_TWO = r"(?:公司|厂|合作社|集团)\s*[/／、;；,，\n\r]\s*\S.*(?:公司|厂|合作社|集团)\s*$"
#: What hardly any header has, and nearly every name.
_NAMED = r"公司|厂|社|店|集团|中心|院|所|部|行|场|站"
_BEFORE = re.compile(r"^(?:[*＊★☆●▲△■◆※#]\s*|\d{1,4}\s*[、.．]\s*(?=[\u4e00-\u9fff]))+")
_BEHIND = re.compile(r"\s*[*＊★☆▲△※#]+$")
#: Names without any of these signs are as they should be.
_SIGNS = (
    r"[*＊★☆●▲△■◆※#、.．\s]"
    r"|[(（]\s*(?:简称|又[名称]|亦称|另名|一厂多名|原|曾用|更名|已|注销|吊销|停|歇业|迁出|存续|在业)"
)


_HEADER = reason(
    "no_name",
    "这是列名，不是企业；可能从这里起是另一张表，或表是横着放的（一列一家）。请分成单独的表，一行一家。",
    "This is the header of a column and no enterprise; another table may begin here, or the table lies on its side. "
    "Make it a table of its own with one enterprise a row.",
)
_TWO_FIRMS = reason(
    "two_names",
    "一格里有两家企业的名称；请一行写一家，同一家的别的名称写进“曾用名”或“简称”列。",
    "The cell names two enterprises; write one a row, and further names of the same one into the column of former "
    "or short names.",
)
_SEVERAL_FIRMS = reason(
    "several_names",
    "一格里写了几家企业；请一行写一家供应企业和一家采购企业。",
    "The cell names several enterprises; write one supplier and one buyer a row.",
)
_BETWEEN_FIRMS = "[、；;\n\r]"


@dataclass(frozen=True, slots=True)
class Called:
    """What a cell for a name says: the name, a former one, a state; empty where it does not."""

    name: str
    former: str = ""
    status: str = ""
    short: str = ""


def called(text: str, *, with_former: bool = True) -> Called:
    """Read one cell; a name without such additions is returned as it is, `with_former` off one with a former name."""
    name, former, status, short = _BEHIND.sub("", _BEFORE.sub("", _GAP.sub("", text))), "", "", ""
    for _ in range(3):
        if match := _STATE.fullmatch(name):
            name, status = match["name"], STATUS.get(match["state"], "")
        elif with_former and (match := _FORMER.fullmatch(name)):
            name, former = match["name"], match["former"]
        elif with_former and (match := _SHORT.fullmatch(name)):
            name, short = match["name"], match["short"]
    return Called(name.strip() or text, former, status, short)


def refuse_no_names(checked: Checked) -> None:
    """Refuse rows whose name is the header of a column, as tables below or laid on their side have, or two firms."""
    good = checked.good
    for end in ("supplier", "buyer"):
        if end in good.columns:
            several = good.filter(pl.col(end).str.contains(_BETWEEN_FIRMS))["row"].to_list()
            checked.refuse_rows(several, end, _SEVERAL_FIRMS)
    if "name" not in good.columns:
        return
    index = name_index(checked.kind)
    odd = good.filter(~pl.col("name").str.contains(_NAMED)).select("row", "name").drop_nulls()
    headers = [row for row, text in odd.iter_rows() if heading(text).bare in index]
    checked.refuse_rows(headers, "name", _HEADER)
    if checked.kind.id in ("enterprises", "figures"):
        checked.refuse_rows(
            good.filter(pl.col("name").str.contains(_TWO))["row"].to_list(), "name", _TWO_FIRMS
        )


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
    added = {"former_names": "former", "status": "status", "short_names": "short"}
    columns = [pl.col("name").replace({text: one.name for text, one in read.items()})]
    for field, part in added.items():
        said = {text: getattr(one, part) or None for text, one in read.items()}
        if field not in checked.kind or not any(said.values()):
            continue
        told = pl.col("name").replace_strict(said, default=None, return_dtype=pl.String)
        there = pl.col(field) if field in good.columns else pl.lit(None, dtype=pl.String)
        columns.append(pl.coalesce(there, told).alias(field))
    checked.good = good.with_columns(columns)
