"""Rows whose amount is in foreign money: which one each is in, and those where nobody can tell."""

from __future__ import annotations

import polars as pl

from lianzhang.tables.check import Checked
from lianzhang.tables.mapping import Column
from lianzhang.tables.values.amounts import read_currencies
from lianzhang.tables.values.column import reason
from lianzhang.tables.values.currencies import YUAN, currency_of

_COLUMN = "currency"
#: Behind the key of an amount, the column with its money.
MONEY = "¤"


def settle_currencies(checked: Checked) -> None:
    """Give each amount of the good rows that may be foreign a column `key¤` with its money, null for yuan: by the
    cell's own unit, the header, or the column of currencies, which is gone then.

    Rows in which these contradict each other are refused, and those whose currency is foreign while nothing says
    whether the number is in it or in ten thousands of it.
    """
    foreign = [item.id for item in checked.kind.fields if item.foreign]
    for column in checked.columns:
        if column.field in foreign and column.key in checked.good.columns:
            _settle(checked, column)
    if _COLUMN in checked.good.columns:
        checked.good = checked.good.drop(_COLUMN)


def _settle(checked: Checked, column: Column) -> None:
    own = read_currencies(checked.rows.cells[:, column.index])
    told = pl.DataFrame(
        {"row": pl.Series(checked.rows.numbers, dtype=pl.UInt32), "own": own},
        schema_overrides={"own": pl.String},
    )
    good = checked.good.join(told, on="row", how="left", maintain_order="left")
    nothing = pl.lit(None, dtype=pl.String)
    money = pl.coalesce("own", pl.lit(currency_of(column.unit) or None, dtype=pl.String))
    said = pl.col(_COLUMN) if _COLUMN in good.columns else nothing
    has_amount = pl.col(column.key).is_not_null()
    clash = good.filter(has_amount & (money != said))["row"].to_list()
    unscaled = good.filter(has_amount & money.is_null() & (said != YUAN))["row"].to_list()
    settled = pl.coalesce(money, said)
    kept = pl.when(has_amount & (settled != YUAN)).then(settled).otherwise(nothing)
    checked.good = good.with_columns(kept.alias(f"{column.key}{MONEY}")).drop("own")
    checked.refuse_rows(
        clash,
        column.field,
        reason(
            "unit",
            "金额的单位与币种列写的不是同一种钱；请改成一致。",
            "The unit of the amount and the column of currencies name different money; make them agree.",
        ),
    )
    checked.refuse_rows(
        unscaled,
        column.field,
        reason(
            "unit",
            "币种是外币，却看不出金额是几元还是几万元；请把单位写进表头，如 出口额（万美元）。",
            "The currency is foreign and nothing says whether the amount is in units or ten thousands; "
            "put the unit into the header, such as 出口额（万美元）.",
        ),
    )
