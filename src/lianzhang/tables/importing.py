"""From a file to checked rows in one call: the sheet, its header, its columns, its values."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from lianzhang.kernel import Text
from lianzhang.kernel.fact_dictionary import FactDictionary
from lianzhang.tables.check import Checked, Reference, check
from lianzhang.tables.kinds import Kind, kinds
from lianzhang.tables.layout import HEADER_WITHIN, Layout, assumed_layout, find_layout, without_header
from lianzhang.tables.mapping import Column, How, map_columns
from lianzhang.tables.sheet import Sheet, TableRefused, Workbook
from lianzhang.tables.title_text import Words
from lianzhang.tables.titled import NOTHING, Overruled, told_of_all, why_not_held

#: How the column of the firm itself is headed beside those of its partners.
_FIRM_HEADS = frozenset({"企业名称", "企业", "单位名称", "单位", "公司名称", "公司", "本企业", "名称"})
#: Sheets of our own templates that hold no rows.
_NO_DATA = frozenset({"填表说明", "字典"})

_SAY_TITLE = Text(
    "请指定哪一列是称号；整份名单是同一个称号的，写明它就行（网页上在下面填，命令行用 --title）。",
    "Say which column holds the title; where the whole list is of one title, name it (below on the web, or --title).",
)


@dataclass(slots=True)
class Table:
    """A sheet with its header and columns found."""

    sheet: Sheet
    layout: Layout
    columns: tuple[Column, ...]
    kind: Kind
    overruled: tuple[Overruled, ...] = ()
    #: Further sheets that hold such a table too; only one is read.
    others: tuple[str, ...] = ()


class ColumnsUnknown(TableRefused):
    """Nothing says which column is which; `table` is what a person may say it of."""

    def __init__(self, what: Text, remedy: Text, table: Table) -> None:
        super().__init__(what, remedy)
        self.table = table


def find_table(
    book: Workbook,
    kind: Kind,
    *,
    facts: FactDictionary | None = None,
    remembered: Mapping[str, str] | None = None,
    chosen: Mapping[int, str] | None = None,
    whatever_kind: bool = False,
    stated: Mapping[str, str] = NOTHING,
    words: Words | None = None,
) -> Table:
    """The sheet that holds a table of `kind`, mapped. Raises `TableRefused` for none, or another kind's, and
    `ColumnsUnknown` for one whose columns a person may name, which are then `chosen`; `stated` is what they say of
    the whole table, and `words` tell titles, which may head columns of ticks."""
    candidates = [sheet for sheet in book.sheets if sheet.cells.height and sheet.name not in _NO_DATA]
    if not candidates:
        unread = "、".join(book.hidden)
        raise TableRefused(
            Text(
                f"看得见的表里没有内容；隐藏的表（{unread}）不读。",
                f"Nothing stands in the sheets that show; hidden ones ({unread}) are not read.",
            )
            if unread
            else Text("表里没有内容。", "The workbook is empty."),
            Text("请核对是否存错了文件。", "Check whether the right file was saved."),
        )
    tables = [
        found for sheet in candidates if (found := _mapped(sheet, kind, remembered, chosen, stated, words))
    ]
    if not tables and book.format == "pasted":
        tables = [_headless(candidates[0], kind, chosen, stated)]
    if not tables:
        assumed = _assumed(candidates[0], kind, chosen, stated)
        if assumed is None or chosen is None:
            raise _no_header(candidates[0], kind, _better_kind(candidates, kind, facts), assumed)
        tables = [assumed]
    table = max(tables, key=lambda item: item.layout.score)
    missing = _missing(table)
    better = None if whatever_kind else _better_kind(candidates, kind, facts, table)
    if missing or better:
        raise _wrong_kind(table, missing, better)
    if chosen is None and _speaks_of_three(table):
        raise _three_sides(table)
    if not _has_rows(table):
        raise TableRefused(
            Text(
                f"表头（第{table.layout.header + 1}行）下面没有数据。", "There are no rows below the header."
            ),
            Text("请填好后再上传。", "Fill in rows and upload it again."),
        )
    _refuse_side_by_side(table)
    table.others = tuple(
        found.sheet.name
        for found in tables
        if found is not table and not _missing(found) and _has_rows(found)
    )
    return table


def _refuse_side_by_side(table: Table) -> None:
    """Raise `TableRefused` for two lists beside each other: the rows of the right one would be lost without a word."""
    by_bare = {column.heading.bare: column for column in table.columns if column.field}
    again = [one for one in table.columns if one.why == "double" and one.heading.bare in by_bare]
    name = next((one for one in again if by_bare[one.heading.bare].field in ("name", "supplier")), None)
    if name is None or len(again) < 2:
        return
    left, right = (
        table.sheet.cells[:, one.index].slice(table.layout.first)
        for one in (by_bare[name.heading.bare], name)
    )
    if bool((left != right).fill_null(False).any()):
        raise TableRefused(
            Text(
                f"表里左右并排放了两份名单（“{name.heading.text}”有两列），只能读一份。",
                f"Two lists stand side by side (two columns “{name.heading.text}”); only one can be read.",
            ),
            Text(
                "请把右边的移到左边下面，接成一份再传。",
                "Move the right one below the left one and upload it again.",
            ),
        )


def check_table(table: Table, *, reference: Reference, keep_unverified: bool = False) -> Checked:
    """Read and check every row of a mapped table."""
    return check(
        table.sheet,
        table.layout,
        table.columns,
        table.kind,
        reference=reference,
        keep_unverified=keep_unverified,
    )


def _mapped(
    sheet: Sheet,
    kind: Kind,
    remembered: Mapping[str, str] | None,
    chosen: Mapping[int, str] | None,
    stated: Mapping[str, str] = NOTHING,
    words: Words | None = None,
) -> Table | None:
    layout = find_layout(sheet, kind, remembered)
    if layout is None:
        return None
    columns = map_columns(sheet, layout, kind, remembered=remembered, chosen=chosen, words=words)
    return _told(sheet, layout, columns, kind, stated)


def _headless(sheet: Sheet, kind: Kind, chosen: Mapping[int, str] | None, stated: Mapping[str, str]) -> Table:
    layout = without_header(sheet)
    return _told(sheet, layout, map_columns(sheet, layout, kind, chosen=chosen), kind, stated)


def _assumed(
    sheet: Sheet, kind: Kind, chosen: Mapping[int, str] | None, stated: Mapping[str, str]
) -> Table | None:
    layout = assumed_layout(sheet)
    if layout is None:
        return None
    return _told(sheet, layout, map_columns(sheet, layout, kind, chosen=chosen), kind, stated)


def _told(
    sheet: Sheet, layout: Layout, columns: tuple[Column, ...], kind: Kind, stated: Mapping[str, str]
) -> Table:
    sheet, layout, columns, overruled = told_of_all(sheet, layout, columns, kind, stated)
    return Table(sheet, layout, columns, kind, overruled)


def _missing(table: Table) -> list[str]:
    """Labels of required fields that no column holds."""
    have = {column.field for column in table.columns}
    dated = [column for column in table.columns if column.year and not column.why]
    told = {table.kind[column.field].dated_by or "year" for column in dated}
    found = []
    for item in table.kind.required:
        if (
            item.id in told
            or (item.unless and item.unless in have)
            or (item.id == "year" and len(table.layout.year) == 4)
        ):
            continue
        if item.id not in have:
            found.append(item.label.zh)
    any_of = table.kind.any_of
    if any_of and not any(column.field in any_of for column in table.columns):
        found.append("或".join(table.kind[field].label.zh for field in any_of[:2]))
    return found


def _better_kind(
    sheets: list[Sheet], kind: Kind, facts: FactDictionary | None, table: Table | None = None
) -> Kind | None:
    """Another kind that the table tells of, when it tells nothing of `kind`.

    A column that `kind` has a field for as well tells nothing.
    """
    if table is not None and _telling(table):
        return None
    columns = table.columns if table is not None else ()
    taken = {column.index for column in columns if column.field and column.how is not How.CONTENT}
    best: tuple[int, Kind] | None = None
    for other in kinds(facts).values():
        if other.id == kind.id:
            continue
        for sheet in sheets:
            found = _mapped(sheet, other, None, None)
            if found is None or _missing(found):
                continue
            count = _telling(found, without=taken)
            if count and (best is None or count > best[0]):
                best = (count, other)
    return best[1] if best else None


def _telling(table: Table, *, without: Set[int] = frozenset()) -> int:
    """Columns, surely recognised, that only a table of this kind has."""
    sure = (How.NAME, How.MEMORY, How.CHOSEN)
    return sum(
        1
        for column in table.columns
        if column.field in table.kind.telling and column.how in sure and column.index not in without
    )


def _has_rows(table: Table) -> bool:
    below = table.sheet.cells.slice(table.layout.first)
    return any(column.null_count() < len(column) for column in below.iter_columns())


def _speaks_of_three(table: Table) -> bool:
    """Whether a table of links has a firm, its suppliers and its buyers side by side: two links in a row."""
    ends = [column for column in table.columns if column.field in ("supplier", "buyer")]
    guessed = len(ends) == 2 and all(column.is_guess for column in ends)
    left = [column for column in table.columns if not column.field and column.heading.bare in _FIRM_HEADS]
    return table.kind.id == "links" and guessed and bool(left)


def _three_sides(table: Table) -> TableRefused:
    return ColumnsUnknown(
        Text(
            "表里一行写了三家：本企业、它的上游供应商和下游客户，这是两对供需关系。",
            "A row names three enterprises – the firm, its supplier and its buyer – which are two links.",
        ),
        Text(
            "请拆成两份表：供应商—本企业、本企业—客户；每份一列“供应企业”、一列“采购企业”。",
            "Make two tables of it, supplier–firm and firm–buyer, each with one column 供应企业 and one 采购企业.",
        ),
        table,
    )


def _no_header(sheet: Sheet, kind: Kind, better: Kind | None, assumed: Table | None) -> TableRefused:
    first = "、".join(cell for cell in sheet.row(0) if cell)[:60]
    wanted = "、".join(item.label.zh for item in kind.required)
    hint = f"看上去像“{better.label.zh}”。" if better else ""
    what = Text(
        f"前{HEADER_WITHIN}行里没有找到“{kind.label.zh}”的表头（第1行是：{first or '空'}）。{hint}",
        f"No header of “{kind.label.en}” was found in the first {HEADER_WITHIN} rows (row 1: {first or 'empty'}).",
    )
    needs = ", ".join(item.label.en for item in kind.required)
    remedy = Text(
        f"表头至少要有：{wanted}；可下载模板对照，或改选种类。",
        f"The header needs at least: {needs}; compare it with the template, or choose another kind.",
    )
    return ColumnsUnknown(what, remedy, assumed) if assumed and not better else TableRefused(what, remedy)


def _wrong_kind(table: Table, missing: list[str], better: Kind | None) -> TableRefused:
    seen = "、".join(item.text for item in table.layout.headings if item.text)[:120]
    if better:
        what = Text(
            f"这份表像“{better.label.zh}”，不像“{table.kind.label.zh}”（表头：{seen}）。",
            f"This looks like a table of “{better.label.en}”, not of “{table.kind.label.en}” (header: {seen}).",
        )
        remedy = Text(
            f"请改选“{better.label.zh}”（{better.id}）再导入。",
            f"Choose the kind “{better.id}” and import it again.",
        )
        return TableRefused(what, remedy)
    lacking = "、".join(missing)
    return ColumnsUnknown(
        Text(
            f"表里没有必填的列：{lacking}（表头在第{table.layout.header + 1}行：{seen}）。",
            f"Required columns are missing: {lacking} (header in row {table.layout.header + 1}: {seen}).",
        ),
        (why_not_held(table.sheet, table.layout) or _SAY_TITLE)
        if missing == [table.kind["title"].label.zh if "title" in table.kind else ""]
        else Text(
            "请补上这些列，或在映射里指定哪一列是它。",
            "Add these columns, or say which column is meant in the mapping.",
        ),
        table,
    )
