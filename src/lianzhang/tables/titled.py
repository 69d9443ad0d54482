"""What is said once for a whole list of titles: in the line above its header, or by the person who brings it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import polars as pl

from lianzhang.kernel import Text
from lianzhang.tables.headings import heading, title_year, unit_line
from lianzhang.tables.kinds import FieldType, Kind
from lianzhang.tables.layout import Layout
from lianzhang.tables.mapping import TICKED, Column, How, name_index, place_heading
from lianzhang.tables.sheet import Sheet, TableRefused
from lianzhang.tables.values.column import BLANKS
from lianzhang.tables.values.dates import parse_day
from lianzhang.tables.values.periods import parse_period

_LIST = re.compile(r"名单|名录|公示|公告|汇总表|一览表|花名册")
_FRAME = re.compile(r"[(（]?(?:名单|名录|汇总表|一览表|花名册)[)）]?$|^附件\s*\d*\s*[:：.、]?\s*")
_YEAR = re.compile(r"(?:19|20)\d{2}\s*年\s*(?:度)?")
_BATCH = re.compile(r"\(?(第[一二三四五六七八九十百\d]+批)次?\)?")
#: Lists of what is no longer held, or not yet: the first say the state of all rows, none of them names a title held.
_REVOKED = re.compile(r"撤销|取消|摘牌|退出")
_FAILED = re.compile(r"(?:未|不|没有)(?:予)?(?:能)?通过|不合格|到期失效|已失效")
_PROPOSED = re.compile(r"(?<![虚模])拟|申报|候选|初审|初评|推荐(?=名单|企业|汇总|$)")
_PASSED = re.compile(
    r"(?:复核|复审|重新认定)(?:合格|通过)(?:的)?(?:企业|单位)?|通过(?:复核|复审)(?:的)?(?=名单|企业|$)"
)
_ABOVE, _STATED = "（标题）", "（所填）"
#: How the headers of columns end that no sheet has.
ADDED = (_ABOVE, _STATED)
#: What a person may say of a whole list.
STATABLE = ("title", "level", "batch", "awarded", "valid_until")
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Overruled:
    """What a person said of the whole list, where the list itself says something else, which counts."""

    field: str
    stated: str
    told: str


def stated_of(kind: Kind, said: Mapping[str, str]) -> dict[str, str]:
    """What a person says of a whole list, in the text that cells have. Raises `TableRefused` for other words."""
    given = {field: text.strip() for field, text in said.items() if text.strip()}
    if given and "title" not in kind:
        raise TableRefused(
            Text(
                "只有称号名单可以为整份表写明称号、级别、批次和时间。",
                "Only lists of titles may have a title, level, batch and day for the whole table.",
            ),
            Text("请改选“称号名单”（titles），或不填。", "Choose the kind “titles”, or leave these out."),
        )
    return {field: _stated(kind, field, text) for field, text in given.items()}


def _stated(kind: Kind, field: str, text: str) -> str:
    item, plain = kind[field], unicodedata.normalize("NFKC", text)
    shapes = Text("请写成 2024、2024-06 或 2024-06-30。", "Write 2024, 2024-06 or 2024-06-30.")
    if item.type is FieldType.CHOICE:
        shapes = Text(
            f"可选：{'、'.join(dict.fromkeys(item.words.values()))}。",
            f"Choose one of: {', '.join(dict.fromkeys(item.words.values()))}.",
        )
        found = item.words.get(plain, "")
    elif item.type is FieldType.PERIOD:
        found = parse_period(plain) or ""
    elif item.type is FieldType.DATE:
        day = parse_day(plain)
        shapes = Text("请写成 2026-06-30。", "Write it like 2026-06-30.")
        found = day.isoformat() if day else ""
    else:
        longest = min(item.longest, 120)
        shapes = Text(f"请在{longest}个字以内。", f"Keep it within {longest} characters.")
        found = text if len(text) <= longest else ""
    if not found:
        raise TableRefused(
            Text(f"认不出{item.label.zh}“{text[:40]}”。", f"No {item.label.en} is “{text[:40]}”."), shapes
        )
    return found


def told_of_all(
    sheet: Sheet,
    layout: Layout,
    columns: tuple[Column, ...],
    kind: Kind,
    stated: Mapping[str, str] = NOTHING,
) -> tuple[Sheet, Layout, tuple[Column, ...], tuple[Overruled, ...]]:
    """The table with a further column for each thing that is said once for all rows; unchanged where that is none.

    A column goes before the line above the header, and both before what a person `stated`, which fills only what
    they leave open.
    """
    if "title" not in kind:
        return sheet, layout, columns, ()
    have = {column.field: column.index for column in columns if column.field}
    sheet, columns = _joined(sheet, layout, columns, kind, have.get("title"))
    above = _above(sheet, layout, have)
    overruled: list[Overruled] = []
    for field, text in stated.items():
        told = above.get(field) or _first_other(sheet, layout, have.get(field), text)
        if told and told != text:
            overruled.append(Overruled(field, text, told))
    filled = {field: text for field, text in {**stated, **above}.items() if text}
    for field, text in filled.items():
        if field in have:
            sheet = _filled(sheet, layout, have[field], text)
            continue
        mark, how = (_ABOVE, How.CONTENT) if field in above else (_STATED, How.CHOSEN)
        index, name = sheet.width, f"{kind[field].label.zh}{mark}"
        cells = pl.Series(str(index), [None] * sheet.cells.height, dtype=pl.String)
        cells = cells.scatter(_rows(sheet, layout), text)
        if layout.height:
            cells = cells.scatter(layout.header + layout.height - 1, name)
        sheet = replace(sheet, cells=sheet.cells.with_columns(cells))
        columns = (*columns, Column(index, heading(name), field, how))
        layout = replace(layout, headings=(*layout.headings, heading(name)))
    return sheet, layout, columns, tuple(overruled)


def _joined(
    sheet: Sheet, layout: Layout, columns: tuple[Column, ...], kind: Kind, title: int | None
) -> tuple[Sheet, tuple[Column, ...]]:
    """Further columns of titles (称号1, 称号2) put behind the first, with semicolons between."""
    index = name_index(kind)
    more = [
        one.index
        for one in columns
        if title is not None and one.why == "double" and place_heading(one.heading, index)[0] == "title"
    ]
    if title is None or not more:
        return sheet, columns
    name, rows = sheet.cells.columns[title], _rows(sheet, layout)
    parts = sheet.cells.select(sheet.cells.columns[place] for place in (title, *more))[rows.to_list()]
    plain = parts.select(pl.all().str.strip_chars())
    said = plain.select(pl.when(~pl.all().is_in(sorted(BLANKS))).then(pl.all()))
    whole = said.select(pl.concat_str(pl.all(), separator="；", ignore_nulls=True).replace("", None))
    cells = sheet.cells[:, title].clone().scatter(rows, whole.to_series())
    told = tuple(replace(one, why="joined") if one.index in more else one for one in columns)
    return replace(sheet, cells=sheet.cells.with_columns(cells.alias(name))), told


def _above(sheet: Sheet, layout: Layout, have: Mapping[str, int]) -> dict[str, str]:
    """What the line above the header says and no column does; nothing where it names no title, or columns do."""
    if "title" in have or TICKED in have:
        return {}
    line = _list_line(sheet, layout)
    said = {field: text for field, text in _said(line).items() if text and field not in have}
    return said if "title" in said or "state" in said else {}


def _list_line(sheet: Sheet, layout: Layout) -> str:
    lines = (cell for row in range(max(0, layout.header)) for cell in sheet.row(row) if cell)
    return next((text for text in lines if _LIST.search(text) and not unit_line(text)), "")


def why_not_held(sheet: Sheet, layout: Layout) -> Text | None:
    """Why the line above the header names no title of the enterprises below; None where it says nothing against it."""
    line = unicodedata.normalize("NFKC", _list_line(sheet, layout))
    if state := _lost(line):
        return Text(
            f"表上方的标题说的是不再有效的称号（“{line[:40]}”），没有当作认定名单；请写明是哪项称号，状态会记为“{state}”。",
            f"The line above the table tells of titles that are held no longer (“{line[:40]}”). Name the title; its "
            f"state will be “{state}”.",
        )
    if _PROPOSED.search(line):
        return Text(
            f"表上方的标题说的是还没有认定的名单（“{line[:40]}”）；认定后再导入。确已认定的，写明称号就行。",
            f"The line above the table tells of titles that are not awarded yet (“{line[:40]}”). Import them once they "
            "are; where they are, name the title.",
        )
    return None


def _lost(line: str) -> str:
    """The state of all titles of a list that are held no longer; empty for other lists."""
    return "撤销" if _REVOKED.search(line) else "到期" if _FAILED.search(line) else ""


def _said(line: str) -> dict[str, str]:
    plain = unicodedata.normalize("NFKC", line).strip()
    if state := _lost(plain):
        return {"state": state}
    if _PROPOSED.search(plain):
        return {}
    if _PASSED.search(plain):
        # The year is that of the re-check.
        return {**_said(_PASSED.sub("", plain, count=1)), "state": "复核通过", "awarded": ""}
    batch = _BATCH.search(plain)
    title = _BATCH.sub("", _YEAR.sub("", plain))
    for _ in range(2):
        title = _FRAME.sub("", title.strip()).strip()
    return {"title": title, "batch": batch[1] if batch else "", "awarded": title_year(plain)}


def _rows(sheet: Sheet, layout: Layout) -> pl.Series:
    """The rows below the header in which something stands."""
    rows = pl.int_range(sheet.cells.height, eager=True)
    some = sheet.cells.select(
        pl.any_horizontal(pl.all().str.strip_chars().str.len_bytes() > 0).fill_null(False)
    ).to_series()
    return rows.filter((rows >= layout.first) & some)


def _filled(sheet: Sheet, layout: Layout, index: int, text: str) -> Sheet:
    column = sheet.cells[:, index]
    rows = _rows(sheet, layout)
    open_rows = rows.filter(column.gather(rows).fill_null("").str.strip_chars() == "")
    if not len(open_rows):
        return sheet
    filled = column.clone().scatter(open_rows, text)
    return replace(sheet, cells=sheet.cells.with_columns(filled.alias(sheet.cells.columns[index])))


def _first_other(sheet: Sheet, layout: Layout, index: int | None, text: str) -> str:
    """The first cell of the column that says something else."""
    if index is None:
        return ""
    cells = sheet.cells[:, index].slice(layout.first).drop_nulls().str.strip_chars()
    others = cells.filter((cells != "") & (cells != text))
    return others[0][:60] if len(others) else ""
