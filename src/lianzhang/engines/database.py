"""Judging inside an engine that ibis speaks to: the table stays where it is, verdicts come back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any as Anything

import ibis
import polars as pl

from lianzhang.engines.columns import TableError
from lianzhang.engines.ibis_rules import rule_expression
from lianzhang.engines.match import Counts
from lianzhang.kernel.fact import Fact, FactType
from lianzhang.kernel.text import Text
from lianzhang.policy import Rule
from lianzhang.policy.lower import lower

_NUMERIC = {FactType.NUMBER, FactType.INTEGER}


def verdict_table(table: Anything, rules: Sequence[Rule], *, on: date, identity: str = "id") -> Anything:
    """An ibis table of `identity` and one nullable boolean a rule: true yes, false no, null not known."""
    verdicts = {rule.id: rule_expression(lower(rule.on(on)), table) for rule in rules}
    return table.select(table[identity].name("id"), **verdicts)


def count_table(verdicts: Anything, rules: Sequence[Rule]) -> Anything:
    """One row: how many there are, and yes and no by rule."""
    sums = {}
    for place, rule in enumerate(rules):
        column = verdicts[rule.id]
        sums[f"yes_{place}"] = ibis.cases((column.fill_null(False), 1), else_=0).sum()
        sums[f"no_{place}"] = ibis.cases(((~column).fill_null(False), 1), else_=0).sum()
    return verdicts.aggregate(rows=verdicts.count(), **sums)


def counts_of(row: Mapping[str, Anything], rules: Sequence[Rule]) -> dict[str, Counts]:
    """The counts by rule from the row of `count_table`."""
    rows = int(row["rows"] or 0)
    found = {}
    for place, rule in enumerate(rules):
        yes, no = int(row[f"yes_{place}"] or 0), int(row[f"no_{place}"] or 0)
        found[rule.id] = Counts(yes, no, rows - yes - no)
    return found


def rows_of(expression: Anything) -> list[dict[str, Anything]]:
    """The rows of a small result. Spark's are fetched by Spark itself: through pandas a null would become NaN."""
    backend = expression.get_backend()
    if backend.name == "pyspark":
        return [row.asDict() for row in backend.raw_sql(backend.compile(expression)).collect()]
    found: list[dict[str, Anything]] = expression.to_pyarrow().to_pylist()
    return found


def check_table(
    table: Anything, facts: Mapping[str, Fact], *, nulls: Mapping[str, int] | None = None
) -> None:
    """Refuse a table that would be misread; raises `TableError`.

    NaN in a number is refused, because engines order it above every number: an enterprise without a figure would
    meet every floor. `nulls` are the counts of missing values at the source, which must have survived loading.
    """
    names = [name for name in table.columns if name in facts]
    for name in names:
        if not _fits(table[name].type(), facts[name]):
            raise _refuse(name, Text(f"类型是{table[name].type()}。", f"its type is {table[name].type()}."))
    numbers = [name for name in names if table[name].type().is_floating()]
    sums = {f"nan_{name}": _count(table[name].isnan()) for name in numbers}
    sums |= {f"null_{name}": _count(table[name].isnull()) for name in names}
    if not sums:
        return
    row = rows_of(table.aggregate(**sums))[0]
    for name in numbers:
        if row[f"nan_{name}"]:
            raise _refuse(name, Text(f"有{row[f'nan_{name}']}个NaN。", f"it holds {row[f'nan_{name}']} NaN."))
    for name in names:
        found = int(row[f"null_{name}"] or 0)
        if nulls is not None and found != nulls.get(name, found):
            raise _refuse(
                name,
                Text(
                    f"来源缺{nulls[name]}个，装载后缺{found}个。",
                    f"{nulls[name]} values were missing at the source, {found} after loading.",
                ),
            )


def null_counts(frame: pl.DataFrame) -> dict[str, int]:
    """How many values are missing in each column."""
    return {name: frame[name].null_count() for name in frame.columns}


def _count(condition: Anything) -> Anything:
    return ibis.cases((condition.fill_null(False), 1), else_=0).sum()


def _fits(kind: Anything, fact: Fact) -> bool:
    if fact.type in _NUMERIC:
        return bool(kind.is_numeric())
    if fact.type is FactType.BOOLEAN:
        return bool(kind.is_boolean())
    if fact.type is FactType.DATE:
        return bool(kind.is_date())
    return bool(kind.is_array() if fact.type is FactType.CHOICES else kind.is_string())


def _refuse(name: str, what: Text) -> TableError:
    return TableError(
        Text(f"企业表的列“{name}”：{what.zh}", f"Column “{name}” of the registry: {what.en}"),
        Text(
            "缺数请用空值，类型以事实字典为准。",
            "Missing values are nulls; types follow the dictionary of facts.",
        ),
    )
