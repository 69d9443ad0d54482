"""Several titles in one cell of a list: one row for each, with the year and the batch that stand beside it."""

from __future__ import annotations

from dataclasses import dataclass, field

import polars as pl

from lianzhang.tables.check import Checked
from lianzhang.tables.title_text import Title, Words, titles_of
from lianzhang.tables.values.column import reason

#: No title is longer.
LONGEST = 120
_BESIDE = ("awarded", "batch", "level")


@dataclass(slots=True)
class Several:
    """By row the titles of cells that were taken apart, and the cells left whole though they may be several."""

    apart: dict[int, tuple[str, ...]] = field(default_factory=dict)
    doubtful: dict[int, str] = field(default_factory=dict)


def each_title(checked: Checked, words: Words) -> Several:
    """Give each title of a cell a row of its own in the good rows; the other columns apply to all of them."""
    if "title" not in checked.good.columns or not checked.good.height:
        return Several()
    distinct = checked.good["title"].unique().to_list()
    read = {text: titles_of(text, words) for text in distinct}
    told = {text: titles for text, titles in read.items() if titles and titles != (Title(text),)}
    rows = _rows_with(checked.good, [text for text, titles in told.items() if len(titles) > 1])
    found = Several({row: tuple(one.title for one in told[text]) for row, text in rows.items()})
    found.doubtful = _rows_with(checked.good, [text for text, titles in read.items() if titles is None])
    if told:
        checked.good = _apart(checked, told)
    _refuse_long(checked)
    return found


def _rows_with(good: pl.DataFrame, texts: list[str]) -> dict[int, str]:
    return dict(good.filter(pl.col("title").is_in(texts)).select("row", "title").rows())


def _apart(checked: Checked, told: dict[str, tuple[Title, ...]]) -> pl.DataFrame:
    """The good rows, those with several titles once for each; further ones get numbers behind the last row."""
    missing = [name for name in _BESIDE if name not in checked.good.columns]
    good = checked.good.with_columns(pl.lit(None, dtype=pl.String).alias(name) for name in missing)
    further = max([int(checked.rows.numbers.max()), *checked.parts]) + 1
    rows: list[tuple[int, int, str, str | None, str | None, str | None]] = []
    for row, text, awarded, batch, level in good.select("row", "title", *_BESIDE).iter_rows():
        titles = told.get(text, (Title(text),))
        if len(titles) == 1 and _says_otherwise(titles[0], awarded, batch):
            titles = (Title(text),)
        for place, one in enumerate(titles):
            number = row
            if place:
                number, further = further, further + 1
                checked.parts[number] = checked.parts.get(row, row)
            given = awarded if (awarded or "")[:4] == one.awarded else one.awarded or awarded
            rows.append((number, row, one.title, given, one.batch or batch, (level and one.level) or level))
    schema = {"number": pl.UInt32, "row": pl.UInt32, **dict.fromkeys(("title", *_BESIDE), pl.String)}
    whole = pl.DataFrame(rows, schema=schema, orient="row").join(
        good.drop("title", *_BESIDE), on="row", how="left", maintain_order="left"
    )
    unsaid = [name for name in missing if whole[name].null_count() == whole.height]
    return whole.drop("row", *unsaid).rename({"number": "row"})


def _says_otherwise(one: Title, awarded: str | None, batch: str | None) -> bool:
    """Whether the columns of the row give another year or batch than stands beside its only title."""
    year = bool(awarded and one.awarded and awarded[:4] != one.awarded)
    return year or bool(batch and one.batch and batch != one.batch)


def _refuse_long(checked: Checked) -> None:
    long = checked.good.filter(pl.col("title").str.len_chars() > LONGEST)["row"].to_list()
    checked.refuse_rows(
        long,
        "title",
        reason(
            "text_length",
            f"一个称号超过{LONGEST}个字；几个称号请用分号隔开，或检查是否错列。",
            f"A title has more than {LONGEST} characters; put semicolons between several, "
            "or see whether columns were shifted.",
        ),
    )
