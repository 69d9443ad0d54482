"""The facts of the dictionary that the registry itself knows by name: what every list and profile begins with."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.conf import settings

from lianzhang.kernel import QuantityError, Text
from lianzhang.kernel.fact import FactType, FactValue
from lianzhang.kernel.fact_dictionary import FactDictionary, fact_dictionary
from lianzhang.kernel.pack import open_pack
from lianzhang.kernel.quantity import split_scale

CREDIT_CODE = "credit_code"
STATUS = "registration_status"
COUNTY = "county"
ADDRESS = "address"
INDUSTRY_CODE = "industry_code"
FURTHER_INDUSTRY_CODES = "further_industry_codes"
BUSINESS_SCOPE = "business_scope"
REGISTERED_CAPITAL = "registered_capital"
FOUNDED = "established_on"
PRODUCTS = "products"

#: In the order of the profile.
BASE_FACTS = (
    CREDIT_CODE,
    STATUS,
    COUNTY,
    ADDRESS,
    INDUSTRY_CODE,
    FURTHER_INDUSTRY_CODES,
    PRODUCTS,
    BUSINESS_SCOPE,
    REGISTERED_CAPITAL,
    FOUNDED,
)
#: Facts repeated in the columns of `Enterprise` for lists and filters.
LISTED_FACTS = (CREDIT_CODE, STATUS, COUNTY, INDUSTRY_CODE, FURTHER_INDUSTRY_CODES, PRODUCTS)


def dictionary() -> FactDictionary:
    """The facts that this city's pack knows."""
    return fact_dictionary(open_pack(settings.LIANZHANG_PACK))


def value_of(row: Any) -> FactValue | None:
    """What a row or entry says, as the dictionary types it and in the dictionary's unit.

    A range has no single value and gives None, as does a row that says nothing. Raises `FactError` for what
    the fact cannot be, `QuantityError` for a unit that measures something else.
    """
    fact = dictionary().need(row.fact)
    if fact.type is FactType.CHOICES:
        return fact.read(row.text.split("\n") if row.text else ())
    if fact.type not in (FactType.NUMBER, FactType.INTEGER):
        return fact.read(row.text)
    factor = factor_to(fact.unit, row.unit)
    return fact.read(row.number if row.number is None or factor == 1 else row.number * factor)


@lru_cache(maxsize=1000)
def factor_to(wanted: str, unit: str) -> Decimal:
    """By what a number in `unit` is multiplied to be in `wanted`: 亿元 to 万元 is 10000."""
    if wanted == unit or not unit:
        return Decimal(1)
    (to, wanted_base), (by, base) = split_scale(wanted), split_scale(unit)
    if base != wanted_base:
        raise QuantityError(
            Text(f"单位“{unit}”不能换算成“{wanted}”。", f"“{unit}” cannot be turned into “{wanted}”."),
            Text(f"请改用{wanted or '无单位的数'}。", f"Give it in {wanted or 'a number without unit'}."),
        )
    return by / to


def columns_for(fact_name: str, value: FactValue) -> dict[str, Any]:
    """A typed value as the columns `number` and `text` keep it, with the unit of the dictionary."""
    fact = dictionary().need(fact_name)
    if isinstance(value, bool):
        return {"text": "yes" if value else "no"}
    if isinstance(value, int | Decimal):
        return {"number": Decimal(value), "unit": fact.unit}
    if isinstance(value, frozenset):
        return {"text": "\n".join(sorted(value))}
    return {"text": value if isinstance(value, str) else value.isoformat()}
