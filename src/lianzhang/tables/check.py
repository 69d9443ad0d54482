"""Reading all rows of a mapped sheet: typed values of the good ones, named reasons for the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from lianzhang.kernel import Text
from lianzhang.kernel.gazetteer import gazetteer
from lianzhang.kernel.regions import Regions
from lianzhang.tables.duplicates import find_duplicates
from lianzhang.tables.kinds import Field, FieldType, Kind
from lianzhang.tables.layout import Layout
from lianzhang.tables.mapping import Column
from lianzhang.tables.rows import Rows, data_rows
from lianzhang.tables.sheet import Sheet
from lianzhang.tables.values import amounts, codes, dates, periods, places, ticks, words
from lianzhang.tables.values.column import ReadColumn, Reason, Refusals, reason, refuse

#: Shorter texts in a code column are no attempt at a code that could repeat.
_SHORTEST_KEY = 6
NOTHING_TO_KEEP = reason("nothing", "这一行没有任何数据可以导入。", "The row has nothing to import.")
#: Rows that are written at a time.
_PIECE = 65_536


@dataclass(frozen=True, slots=True)
class Reference:
    """What cells are compared with: the day of the import, and the regions of the pack."""

    today: date
    regions: Regions | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One bad cell. `row` is the row's number in the spreadsheet, `column` its header as shown."""

    row: int
    column: str
    value: str
    rule: str
    reason: Text
    index: int = -1
    field: str = ""


@dataclass(slots=True)
class Checked:
    """The outcome. `values` has the row number as `row` and one typed column a field key, with `key~` for the
    qualifiers where there are any; `bad` marks the rows of `rows` that are refused."""

    kind: Kind
    sheet: Sheet
    layout: Layout
    columns: tuple[Column, ...]
    rows: Rows
    values: pl.DataFrame
    bad: np.ndarray
    refused: list[tuple[int, str, Refusals]] = field(default_factory=list)
    #: Further rows of `good` that one row of the sheet was taken apart into, and the number of that row.
    parts: dict[int, int] = field(default_factory=dict)
    _good: pl.DataFrame | None = None

    @property
    def good(self) -> pl.DataFrame:
        """The values of the good rows."""
        if self._good is None:
            self._good = self.values.filter(pl.Series(~self.bad)) if self.bad.any() else self.values
        return self._good

    @good.setter
    def good(self, rows: pl.DataFrame) -> None:
        self._good = rows

    def write_good(self, path: str | Path) -> None:
        """Write the good rows as Parquet, piece by piece, without holding them a second time."""
        good, pieces = pl.Series(~self.bad), range(0, max(1, len(self.bad)), _PIECE)
        kept = [self.values.slice(at, _PIECE).lazy().filter(pl.lit(good.slice(at, _PIECE))) for at in pieces]
        pl.concat(kept).sink_parquet(
            path, compression="uncompressed", statistics=False, row_group_size=_PIECE
        )

    @property
    def total(self) -> int:
        """Rows of data, good and bad."""
        return len(self.rows.numbers)

    @property
    def bad_rows(self) -> int:
        """Rows with at least one fault."""
        return int(self.bad.sum())

    def by_rule(self) -> dict[str, int]:
        """How many cells each rule refused, most first."""
        counts: dict[str, int] = {}
        for _, _, part in self.refused:
            for which, count in zip(*np.unique(part.which, return_counts=True), strict=True):
                rule = part.reasons[int(which)].rule
                counts[rule] = counts.get(rule, 0) + int(count)
        return dict(sorted(counts.items(), key=lambda item: -item[1]))

    def refuse_rows(self, numbers: list[int], field_id: str, why: Reason) -> None:
        """Refuse further good rows, by their numbers, for what only the caller knows."""
        if not numbers:
            return
        numbers = [self.parts.get(number, number) for number in numbers]
        rows = np.flatnonzero(np.isin(self.rows.numbers, np.array(numbers, self.rows.numbers.dtype)))
        index = next((column.index for column in self.columns if column.field == field_id), -1)
        self.refused.append((index, field_id, refuse(rows, why)))
        self.bad = self.bad.copy()
        self.bad[rows] = True
        numbers += [part for part, row in self.parts.items() if row in set(numbers)]
        self.good = self.good.filter(~pl.col("row").is_in(numbers))

    def faults(self, limit: int | None = None) -> Iterator[Fault]:
        """Every bad cell in the order of the file."""
        if not self.refused:
            return
        rows = np.concatenate([part.rows for _, _, part in self.refused])
        column = np.concatenate([np.full(len(part.rows), index) for index, _, part in self.refused])
        which = np.concatenate(
            [np.full(len(part.rows), place) for place, (_, _, part) in enumerate(self.refused)]
        )
        inside = np.concatenate([part.which for _, _, part in self.refused])
        for place in np.lexsort((which, column, rows))[:limit].tolist():
            index, field_id, part = self.refused[int(which[place])]
            found = part.reasons[int(inside[place])]
            row = int(rows[place])
            yield Fault(
                row=int(self.rows.numbers[row]),
                column=self._header(index, field_id),
                value=self._value(row, index),
                rule=found.rule,
                reason=found.text,
                index=index,
                field=field_id,
            )

    def reasons(self, language: str = "zh") -> dict[int, str]:
        """For each bad row, by its number in the spreadsheet, everything against it in one text."""
        if not self.refused:
            return {}
        texts = []
        for index, field_id, part in self.refused:
            head = self._header(index, field_id)
            told = [
                f"{head}：{item.text.say(language)}" if head else item.text.say(language)
                for item in part.reasons
            ]
            texts.append(np.array(told, object)[part.which])
        rows = np.concatenate([part.rows for _, _, part in self.refused])
        columns = np.concatenate([np.full(len(part.rows), index) for index, _, part in self.refused])
        order = np.lexsort((columns, rows))
        rows, said = rows[order], np.concatenate(texts)[order]
        first = np.flatnonzero(np.diff(rows, prepend=-1))
        after = np.append(first[1:], len(rows))
        whole = said[first]
        # Nearly all bad rows have one fault.
        for place in np.flatnonzero(after - first > 1).tolist():
            whole[place] = " ".join(dict.fromkeys(said[first[place] : after[place]]))
        return dict(zip(self.rows.numbers[rows[first]].tolist(), whole.tolist(), strict=True))

    def _header(self, index: int, field_id: str) -> str:
        text = self.layout.headings[index].text if 0 <= index < len(self.layout.headings) else ""
        return text or (self.kind[field_id].label.zh if field_id in self.kind else "")

    def _value(self, row: int, index: int) -> str:
        value = self.rows.cells[row, index] if 0 <= index < self.rows.cells.width else None
        return "" if value is None else str(value)


def check(
    sheet: Sheet,
    layout: Layout,
    columns: tuple[Column, ...],
    kind: Kind,
    *,
    reference: Reference,
    keep_unverified: bool = False,
) -> Checked:
    """Read every row. `keep_unverified` lets codes pass whose check character does not agree."""
    rows = data_rows(sheet, layout, columns)
    reader = _Reader(sheet, layout, kind, rows, reference, keep_unverified)
    for column in columns:
        if column.field:
            reader.read(column)
    reader.need_required()
    reader.find_repeats()
    reader.find_overflow()
    return reader.outcome(columns)


class _Reader:
    """Collects the values and refusals of one sheet, column by column."""

    def __init__(
        self,
        sheet: Sheet,
        layout: Layout,
        kind: Kind,
        rows: Rows,
        reference: Reference,
        keep_unverified: bool,
    ) -> None:
        self.sheet, self.layout, self.kind, self.rows = sheet, layout, kind, rows
        self.reference, self.keep_unverified = reference, keep_unverified
        self.values: dict[str, pl.Series] = {}
        self.indexes: dict[str, int] = {}
        self.keys: dict[str, pl.Series] = {}
        self.refused: list[tuple[int, str, Refusals]] = []

    def read(self, column: Column) -> None:
        """Read one mapped column."""
        item = self.kind[column.field]
        raw = self.rows.cells[:, column.index]
        read = self._values(item, column, raw)
        self._refuse_troubles(read, column)
        key = column.key
        self.values[key] = read.values.alias(key)
        if read.qualifiers is not None:
            self.values[f"{key}~"] = read.qualifiers.alias(f"{key}~")
        self.indexes[key] = column.index
        self.refused.extend((column.index, item.id, part) for part in read.refusals)
        if any(item.id in identity for identity in self.kind.identity):
            self.keys[item.id] = _key(read, raw, is_code=item.type is FieldType.CODE)

    def _values(self, item: Field, column: Column, raw: pl.Series) -> ReadColumn:
        kind = item.type
        if kind is FieldType.CODE:
            return codes.read_codes(
                raw, numeric=self._numeric(column.index), keep_unverified=self.keep_unverified
            )
        if kind is FieldType.DATE:
            return dates.read_dates(raw, latest=self.reference.today if item.past else None)
        if kind is FieldType.DUE:
            return periods.read_last_days(raw)
        if kind in (FieldType.AMOUNT, FieldType.COUNT):
            return amounts.read_amounts(
                raw,
                unit=item.unit or column.unit,  # things counted are kept in the unit of their column
                column_unit=column.unit,
                whole=kind is FieldType.COUNT,
                negative=item.negative,
                foreign=item.foreign,
            )
        if kind is FieldType.TICK:
            return ticks.read_ticks(raw)
        if kind is FieldType.COUNTY:
            return places.read_counties(raw, regions=self.reference.regions, divisions=gazetteer().full)
        if kind in (FieldType.PERIOD, FieldType.YEAR):
            return periods.read_periods(raw, years_only=kind is FieldType.YEAR)
        return _read_words(item, raw)

    def _numeric(self, index: int) -> codes.Numeric | None:
        places = {row for row, column in self.sheet.numbers if column == index}
        if not places:
            return None
        wanted = np.array(sorted(places), np.int64) + 1

        def numeric(rows: np.ndarray) -> np.ndarray:
            return rows[np.isin(self.rows.numbers[rows], wanted)]

        return numeric

    def _refuse_troubles(self, read: ReadColumn, column: Column) -> None:
        """Cells that show an error, or a formula that no program has calculated yet."""
        if not self.sheet.troubles:
            return
        place = {int(number): row for row, number in enumerate(self.rows.numbers)}
        for trouble in self.sheet.troubles:
            row = place.get(trouble.row + 1)
            if trouble.column == column.index and row is not None:
                read.refusals.append(refuse(np.array([row]), _trouble_reason(trouble.what, trouble.shown)))

    def need_required(self) -> None:
        """Refuse rows that lack a required field, or all of the fields of which one is needed."""
        for item in self.kind.required:
            if item.unless and any(key.split("@")[0] == item.unless for key in self.values):
                continue
            keys = [key for key in self.values if key.split("@")[0] == item.id and "~" not in key]
            for key in keys[:1]:
                self._refuse_empty(item, key)
        have = [
            self.values[key]
            for key in self.values
            if key.split("@")[0] in self.kind.any_of and "~" not in key
        ]
        if have:
            filled = np.zeros(len(self.rows.numbers), bool)
            for series in have:
                filled |= series.is_not_null().to_numpy()
            self._refuse_fresh(-1, "", np.flatnonzero(~filled), NOTHING_TO_KEEP)

    def _refuse_empty(self, item: Field, key: str) -> None:
        series = self.values[key]
        if series.null_count():
            missing = np.flatnonzero(series.is_null().to_numpy())
            reason_ = reason(
                "missing",
                f"缺少{item.label.zh}；这一列必填。",
                f"{item.label.en} is missing; it is required.",
            )
            self._refuse_fresh(self.indexes[key], item.id, missing, reason_)

    def _refuse_fresh(self, index: int, field_id: str, rows: np.ndarray, why: Reason) -> None:
        """Refuse `rows` for `why`, save those whose cell was refused for a better reason already."""
        for place, field_there, part in self.refused:
            if field_there == field_id and place == index:
                rows = np.setdiff1d(rows, part.rows)
        if field_id == "" and len(rows):
            bad = [part.rows for _, _, part in self.refused]
            rows = np.setdiff1d(rows, np.concatenate(bad)) if bad else rows
        if len(rows):
            self.refused.append((index, field_id, refuse(rows, why)))

    def find_repeats(self) -> None:
        """Refuse rows that repeat an earlier one."""
        for field_id, refusals in find_duplicates(self.keys, self.kind, self.rows.numbers):
            self.refused.append((self.indexes.get(field_id, -1), field_id, refusals))

    def find_overflow(self) -> None:
        """In text files a row with more cells than the header has a separator too many."""
        if self.sheet.name != "CSV" or not self.layout.height:
            return
        last = max((i for i, item in enumerate(self.layout.headings) if item.text), default=-1)
        for index in range(last + 1, self.rows.cells.width):
            column = self.rows.cells[:, index]
            if column.null_count() < len(column):
                spilled = np.flatnonzero(
                    (column.str.strip_chars().str.len_bytes() > 0).fill_null(False).to_numpy()
                )
                if len(spilled):
                    self.refused.append((index, "", refuse(spilled, _spilled())))

    def outcome(self, columns: tuple[Column, ...]) -> Checked:
        """Put everything together."""
        bad = np.zeros(len(self.rows.numbers), bool)
        for _, _, part in self.refused:
            bad[part.rows] = True
        frame = pl.DataFrame([pl.Series("row", self.rows.numbers), *self.values.values()])
        return Checked(self.kind, self.sheet, self.layout, columns, self.rows, frame, bad, self.refused)


def _read_words(item: Field, raw: pl.Series) -> ReadColumn:
    if item.type is FieldType.CHOICE:
        return words.read_choice(raw, words=item.words, label=item.label.zh, label_en=item.label.en)
    if item.type is FieldType.INDUSTRY:
        return places.read_industries(raw)
    if item.type is FieldType.LIST:
        return words.read_list(raw)
    if item.type is FieldType.PHONE:
        return words.read_phones(raw)
    return words.read_text(raw, longest=item.longest)


def _key(read: ReadColumn, raw: pl.Series, *, is_code: bool) -> pl.Series:
    """What identifies a row: the value read, or for a bad code its text, so that repeats are still seen."""
    if not is_code or not read.values.null_count():
        return read.values
    rows = read.values.is_null().arg_true()
    text = raw.gather(rows).str.strip_chars()
    short = (text.str.len_bytes() < _SHORTEST_KEY).fill_null(True)
    text = text.set(short, None)
    keys = read.values.clone().scatter(rows, text)  # scatter writes into its own series
    # Codes that lost their last digits may look alike and be different.
    lost = [part.rows[part.which == i] for part in read.refusals for i in _lost(part)]
    return keys.scatter(np.concatenate(lost), None) if lost else keys


def _lost(part: Refusals) -> list[int]:
    return [i for i, item in enumerate(part.reasons) if item.rule == codes.ROUNDED.rule]


def _trouble_reason(what: str, shown: str) -> Reason:
    if what == "error":
        return reason(
            "formula_error",
            f"单元格显示公式错误{shown}；请改成数值或文字。",
            f"The cell shows the formula error {shown}; replace it by its value.",
        )
    return reason(
        "formula",
        "单元格是没有算出结果的公式；请在 Excel 中打开保存一次，或粘贴为数值。",
        "The cell is a formula without a result; open and save it in Excel, or paste it as a value.",
    )


def _spilled() -> Reason:
    return reason(
        "extra_cells",
        "这一行比表头多出列；可能某个值里有没加引号的逗号。",
        "The row has more cells than the header; a value may hold a comma without quotation marks.",
    )
