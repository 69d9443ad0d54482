"""The columns of the list of enterprises: what can be shown of each, on the page and in its export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from lianzhang.casework import Actor, Subject, may
from lianzhang.kernel.fact import Fact, FactPeriod, FactType, Sensitivity
from lianzhang.tables.export import Cell
from lianzhang.web.registry import base_facts, queries, words
from lianzhang.web.registry.current import Standing, newest_of, standings
from lianzhang.web.registry.listing import titles_of
from lianzhang.web.ui.units import column_unit

#: More would be a table that nobody reads on paper; exports of everything have the form of the template.
MOST_COLUMNS = 24
#: Shown while nobody has chosen.
USUAL = ("name", "county", "products", "titles", "credit_code", "source")
#: Written while nobody has chosen.
USUAL_IN_FILES = (
    "id", "name", "credit_code", "code_checked", "county", "industry_codes", "products", "titles", "doubt",
    "remark", "sample", "source",
)  # fmt: skip
_FACT = "fact."


@dataclass(frozen=True, slots=True)
class Shown:
    """One enterprise with what its columns need."""

    row: Any
    titles: Sequence[tuple[str, str]]
    facts: dict[str, Standing]
    sees_restricted: bool


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and the cell for an enterprise."""

    id: str
    label: str
    cell: Callable[[Shown], Cell]
    fact: Fact | None = None


def _checked(shown: Shown) -> str:
    if not shown.row.credit_code:
        return ""
    return gettext("通过") if shown.row.code_verified else gettext("未通过")


def _lines(text: str) -> str:
    return gettext("、").join(line for line in text.split("\n") if line)


def _titles(shown: Shown) -> str:
    return gettext("、").join(f"{title}（{words.title_state(state)}）" for title, state in shown.titles)


def own_columns() -> list[Column]:
    """What the registry repeats of every enterprise."""
    return [
        Column("id", gettext("编号"), lambda shown: shown.row.pk),
        Column("name", gettext("企业名称"), lambda shown: shown.row.name),
        Column("credit_code", gettext("统一社会信用代码"), lambda shown: shown.row.credit_code),
        Column("code_checked", gettext("代码校验"), _checked),
        Column("county", gettext("县（市、区）"), lambda shown: words.region(shown.row.region)),
        Column("industry_codes", gettext("行业代码"), lambda shown: shown.row.industry_codes),
        Column("products", gettext("产品"), lambda shown: _lines(shown.row.products)),
        Column("titles", gettext("称号"), _titles),
        Column("doubt", gettext("可靠程度"), lambda shown: words.doubt(shown.row.doubt)),
        Column("remark", gettext("备注"), lambda shown: shown.row.remark),
        Column("sample", gettext("样例"), lambda shown: gettext("是") if shown.row.sample else ""),
        Column("source", gettext("来源"), lambda shown: shown.row.recording.source),
    ]


def all_columns() -> list[Column]:
    """Those, and every further fact of the dictionary with its latest value."""
    listed = {*base_facts.LISTED_FACTS}
    facts = [fact for name, fact in base_facts.dictionary().items() if name not in listed]
    return own_columns() + [_of_fact(fact) for fact in facts]


def chosen_columns(ids: Iterable[str], *, otherwise: Sequence[str]) -> list[Column]:
    """The columns of these ids in their order; unknown ones are left out, none at all gives the usual ones."""
    known = {column.id: column for column in all_columns()}
    wanted = [known[one] for one in dict.fromkeys(ids) if one in known][:MOST_COLUMNS]
    return wanted or [known[one] for one in otherwise]


def _of_fact(fact: Fact) -> Column:
    unit = column_unit(fact.unit, language=words.language())

    def cell(shown: Shown) -> Cell:
        standing = shown.facts.get(fact.name)
        if standing is None:
            return None
        if fact.sensitivity is Sensitivity.RESTRICTED and not shown.sees_restricted:
            return gettext("限阅")
        return _said(standing.current, fact)

    return Column(_FACT + fact.name, words.fact_label(fact) + unit, cell, fact)


def _said(value: Any, fact: Fact) -> Cell:
    """A plain number where it is exact and in the column's unit; otherwise the words that were stated."""
    exact = value.number is not None and value.qualifier in ("", "exact") and value.unit in ("", fact.unit)
    said: Cell = value.number if exact else words.said(value, fact)
    if exact and isinstance(said, Decimal) and said == said.to_integral_value():
        said = Decimal(int(said))
    if fact.type is FactType.DATE and isinstance(said, str):
        try:
            said = date.fromisoformat(value.text)
        except ValueError:
            return said
    return said if fact.period is not FactPeriod.YEAR or not value.period else _with_year(said, value.period)


def _with_year(said: Cell, year: str) -> Cell:
    # A number of last year and one of five years ago must not stand in one column as if they were alike.
    return f"{said} [{year}]"


def shown_rows(actor: Actor, rows: Sequence[Any], columns: Sequence[Column]) -> list[Shown]:
    """These enterprises with what the columns need, read together."""
    ids = [row.pk for row in rows]
    held = titles_of(ids) if any(column.id == "titles" for column in columns) else {}
    facts = _facts_of(ids, [column.fact.name for column in columns if column.fact])
    sees: dict[str, bool] = {}
    for region in {row.region for row in rows}:
        subject = Subject(kind="enterprise", region_code=region or None)
        sees[region] = may(actor, "enterprise.see_restricted", subject).allowed
    return [Shown(row, held.get(row.pk, ()), facts.get(row.pk, {}), sees[row.region]) for row in rows]


def _facts_of(ids: list[str], names: list[str]) -> dict[str, dict[str, Standing]]:
    if not names:
        return {}
    values: dict[str, list[Any]] = {}
    choices: dict[str, list[Any]] = {}
    for value in queries.values_of_heads(ids).filter(fact__in=names):
        values.setdefault(value.head, []).append(value)
    for choice in queries.choices_of_heads(ids).filter(fact__in=names):
        choices.setdefault(choice.head, []).append(choice)
    return {head: newest_of(standings(own, choices.get(head, ()))) for head, own in values.items()}
