"""Which column is which field: by name, by memory, by likeness, by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from lianzhang.tables.headings import Heading, bare
from lianzhang.tables.kinds import FieldType, Kind
from lianzhang.tables.sheet import Sheet
from lianzhang.tables.tick_columns import ticked
from lianzhang.tables.title_text import Words
from lianzhang.tables.values.currencies import YUAN, currency_of
from lianzhang.tables.values.periods import in_year
from lianzhang.tables.values.ticks import looks_ticked

if TYPE_CHECKING:
    from lianzhang.tables.layout import Layout

#: A name inside a longer header is taken for it when it makes up this share.
_LIKE = 0.5
#: Words at the end of a header that make it something else: 注册资本币种 is no capital.
_TURNS = re.compile(
    r"(?:增长率|增速|增长|同比|占比|比重|比例|率|币种|类型|说明|排名|排序|证号|证件号|号码|来源|单位|备注)$"
)
#: Words that make it the figure of a part of the year, or of the year before.
_PART = re.compile(r"\d{1,2}月|季度|半年|当月|本月|当季|同期")
#: Words that make it no figure of what was.
_PLAN = re.compile(r"计划|目标|预计|预测|预期|任务|力争")
_SAMPLE = 200
_CODE = re.compile(r"[0-9A-HJ-NP-RT-UW-Y]{18}")
_FIRM = re.compile(r".{3,}(?:公司|厂|店|合作社|集团|中心|部|院|所|社|行|场|站|分公司)(?:[(（].*[)）])?")
#: Columns that are for people and never data.
_NEVER = frozenset(map(bare, ("序号", "编号", "行号", "错误原因", "备注", "no", "id", "是否", "审核意见")))
IGNORED = "-"
TICKED = "ticked"


class How(StrEnum):
    """How a column was recognised."""

    NAME = "name"
    MEMORY = "memory"
    LIKENESS = "likeness"
    CONTENT = "content"
    CHOSEN = "chosen"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file. `field` is empty when it is not imported; `why` then says why."""

    index: int
    heading: Heading
    field: str = ""
    how: How = How.NOT
    unit: str = ""
    year: str = ""
    why: str = ""
    money: str = ""
    title: str = ""
    level: str = ""

    @property
    def key(self) -> str:
        """The field, with its year when the header names one, and its money when columns differ in it alone; of a
        column of ticks its title, and the level that the header says beside it."""
        parts = [self.field, self.year or self.title, self.money or self.level]
        while len(parts) > 1 and not parts[-1]:
            parts.pop()
        return "@".join(parts)

    @property
    def is_guess(self) -> bool:
        """Whether a person should look at it."""
        return self.how in (How.LIKENESS, How.CONTENT)


def name_index(kind: Kind) -> dict[str, str]:
    """Fields by every name they go by."""
    index: dict[str, str] = {}
    for field in kind.fields:
        for name in (field.label.zh, field.label.en, field.id, *field.names):
            index.setdefault(bare(name), field.id)
        if field.dated_by:
            index.setdefault("", field.id)  # 2024年 alone is the figure that such a table is of
    return index


def place_heading(item: Heading, index: Mapping[str, str]) -> tuple[str, bool]:
    """The field that a header names, and whether it does so exactly."""
    if not item.bare:
        return index.get("", "") if item.year or item.part else "", False
    if item.bare in _NEVER:
        return "", False
    if item.bare in index:
        return index[item.bare], True
    found = [
        name
        for name in index
        if len(name) >= 2
        and name in item.bare
        and len(name) >= _LIKE * len(item.bare)
        and (item.bare.endswith(name) or not _TURNS.search(item.bare))
    ]
    return (index[max(found, key=len)], False) if found else ("", False)


def map_columns(
    sheet: Sheet,
    layout: Layout,
    kind: Kind,
    *,
    remembered: Mapping[str, str] | None = None,
    chosen: Mapping[int, str] | None = None,
    words: Words | None = None,
) -> tuple[Column, ...]:
    """The field of each column.

    `remembered` maps bare headers to fields (`-` = leave out) as people chose them before; `chosen` maps
    column numbers to fields as chosen now; `words` tell titles, which may head columns of ticks.
    Of two columns for one field the surer or earlier one has it.
    """
    index = name_index(kind)
    columns = [
        _placed(position, item, kind, index, remembered or {}, chosen or {})
        for position, item in enumerate(layout.headings)
    ]
    if TICKED in kind:
        columns = [_ticked(sheet, layout, column, words) for column in columns]
    have = frozenset(column.field for column in columns)
    columns = [_dated(column, kind, layout, have) for column in columns]
    columns = _by_content(sheet, layout, kind, columns)
    return _without_doubles(_by_money(columns, kind))


def _placed(
    position: int,
    item: Heading,
    kind: Kind,
    index: Mapping[str, str],
    remembered: Mapping[str, str],
    chosen: Mapping[int, str],
) -> Column:
    if position in chosen:
        field, how = chosen[position], How.CHOSEN
    elif item.bare in remembered and item.bare:
        field, how = remembered[item.bare], How.MEMORY
    else:
        field, sure = place_heading(item, index)
        how = How.NAME if sure else How.LIKENESS
    if how is How.LIKENESS and field in kind and (kind[field].yearly or kind[field].dated_by):
        for why, words in (("part", _PART), ("plan", _PLAN)):
            if words.search(item.bare):
                return Column(position, item, why=why)
    if field == IGNORED or field not in kind:
        why = "chosen" if field == IGNORED else ""
        return Column(position, item, why=why)
    return Column(position, item, field, how)


def _ticked(sheet: Sheet, layout: Layout, column: Column, words: Words | None) -> Column:
    """The column as one of ticks, where it is chosen to be one, or a title heads it and it is asked or ticked."""
    if column.how in (How.CHOSEN, How.MEMORY):
        told = ticked(column.heading, words)
        return replace(column, title=told.title, level=told.level) if column.field == TICKED else column
    if column.how is How.NAME or column.why or words is None:
        return column
    told = ticked(column.heading, words)
    if not told.known or not (told.asked or looks_ticked(_sampled(sheet, layout, column))):
        return column
    how = How.NAME if told.asked else How.CONTENT
    return Column(column.index, column.heading, TICKED, how, title=told.title, level=told.level)


def _sampled(sheet: Sheet, layout: Layout, column: Column) -> list[str]:
    cells = sheet.cells[:, column.index].slice(layout.first).drop_nulls().head(_SAMPLE)
    return [text[:64] for text in cells.to_list()]


def _dated(column: Column, kind: Kind, layout: Layout, have: frozenset[str]) -> Column:
    """The unit and the year of a column, from its header or from the lines above."""
    if not column.field:
        return column
    field = kind[column.field]
    year = ""
    if field.yearly or field.dated_by:
        has_own = (field.dated_by or "year") in have
        part = column.heading.part
        year = in_year(layout.year[:4], part) if part else column.heading.year
        year = year or ("" if has_own or part else layout.year)
        if not year and (part or not has_own):
            # It is checked like any other, and left out of what is kept.
            return replace(column, unit=column.heading.unit, why="no year")
        if len(year) > 4 and (field.yearly or kind[field.dated_by].type is FieldType.YEAR):
            return Column(column.index, column.heading, why="part")
    unit = column.heading.unit
    if not unit and field.unit.endswith("元") and currency_of(layout.unit):
        unit = layout.unit
    return replace(column, unit=unit, year=year)


def _by_content(sheet: Sheet, layout: Layout, kind: Kind, columns: list[Column]) -> list[Column]:
    """Codes and names under no or an unknown header, recognised by what they look like."""
    taken = {column.field for column in columns}
    for field, form in (("credit_code", _CODE), ("name", _FIRM)):
        if field in taken or field not in kind:
            continue
        for place, column in enumerate(columns):
            if column.field or column.why or column.heading.bare in _NEVER:
                continue
            values = sheet.cells[:, column.index].slice(layout.first, _SAMPLE).drop_nulls().to_list()
            alike = sum(1 for value in values if form.fullmatch(value[:64].strip()))
            if values and alike >= 0.7 * len(values):
                columns[place] = replace(column, field=field, how=How.CONTENT)
                break
    return columns


def _by_money(columns: list[Column], kind: Kind) -> list[Column]:
    """Of columns that state one amount in several kinds of money, those of foreign money marked with theirs."""
    moneys: dict[tuple[str, str], set[str]] = {}
    for column in columns:
        if column.field and kind[column.field].foreign:
            moneys.setdefault((column.field, column.year), set()).add(_money(column))
    return [
        replace(column, money=_money(column))
        if len(moneys.get((column.field, column.year), ())) > 1
        else column
        for column in columns
    ]


def _money(column: Column) -> str:
    money = currency_of(column.unit)
    return money if money != YUAN else ""


def _without_doubles(columns: list[Column]) -> tuple[Column, ...]:
    order = {How.CHOSEN: 0, How.MEMORY: 1, How.NAME: 2, How.LIKENESS: 3, How.CONTENT: 4, How.NOT: 5}
    holder: dict[str, int] = {}
    for column in sorted(columns, key=lambda item: (order[item.how], item.index)):
        if column.field:
            holder.setdefault(column.key, column.index)
    return tuple(
        column
        if not column.field or holder[column.key] == column.index
        else Column(column.index, column.heading, why="double")
        for column in columns
    )
