"""Facts that follow from others: nobody is asked what the credit code, the industry or the founding day says.

Each derivation is named, states its basis, and fills a fact only where nobody stated one. A derived value
carries its origin as its source, so that a reader sees from what it was concluded and can object.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from lianzhang.kernel.credit_code import parse
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.fact import FactValue, KnownFact
from lianzhang.policy.judge import Facts, value_of

Found = FactValue | None
_SHANDONG = "37"
_MILLIONTH, _ABSURD = Decimal("0.000001"), Decimal(1_000_000)
#: Sections of GB/T 4754-2017 by division: B 06-12, C 13-43, D 44-46.
_MANUFACTURING = range(13, 44)
_INDUSTRY = range(6, 47)
#: Industries of the size standard (工信部联企业〔2011〕300号 第四条) by GB/T 4754-2017 division.
_SIZE_INDUSTRIES = (
    (range(1, 6), "agriculture"),
    (range(6, 47), "industry"),
    (range(47, 51), "construction"),
    (range(51, 52), "wholesale"),
    (range(52, 53), "retail"),
    (range(54, 59), "transport"),
    (range(59, 60), "storage"),
    (range(60, 61), "post"),
    (range(61, 62), "lodging"),
    (range(62, 63), "catering"),
    (range(63, 65), "info_transmission"),
    (range(65, 66), "software_it"),
    (range(71, 73), "leasing_business"),
)
_SIZE_CLASSES = {"7010": "real_estate", "7020": "property_mgmt"}


@dataclass(frozen=True, slots=True)
class Derivation:
    """How one fact follows: from which, on what basis, and the conclusion (None = it does not follow)."""

    fact: str
    needs: tuple[str, ...]
    basis: str
    conclude: Callable[[Facts, date], Found]


def derive(facts: Facts, *, on: date) -> dict[str, FactValue | KnownFact | None]:
    """The facts, and whatever follows from them on a day; stated values are never replaced."""
    known = dict(facts)
    for rule in DERIVATIONS:
        if value_of(known, rule.fact) is not None or any(
            value_of(known, name) is None for name in rule.needs
        ):
            continue
        found = rule.conclude(known, on)
        if found is not None:
            known[rule.fact] = KnownFact(found, _period(known, rule.needs), f"推得：{rule.basis}")
    return known


def _period(facts: Facts, needs: tuple[str, ...]) -> str:
    """The period that all the sources share; empty where they speak of none or of different ones."""
    spoken = {value.period for name in needs if isinstance(value := facts[name], KnownFact)}
    return spoken.pop() if len(spoken) == 1 else ""


def _text(facts: Facts, name: str) -> str:
    value = value_of(facts, name)
    return value if isinstance(value, str) else ""


def _has_code(facts: Facts, on: date) -> Found:
    try:
        return True if parse(_text(facts, "credit_code")).checked else None
    except LianzhangError:
        return None


def _code_region(facts: Facts, on: date) -> Found:
    if _has_code(facts, on) is None:
        return None
    return _text(facts, "credit_code")[2:4] == _SHANDONG


def _county_region(facts: Facts, on: date) -> Found:
    code = _text(facts, "county")
    return code[:2] == _SHANDONG if code[:6].isdigit() and len(code) >= 6 else None


def _city(facts: Facts, on: date) -> Found:
    code = _text(facts, "county")
    return f"{code[:4]}00" if code[:6].isdigit() and len(code) >= 6 else None


def _follows(name: str) -> Callable[[Facts, date], Found]:
    return lambda facts, on: True if value_of(facts, name) is True else None


def _division(facts: Facts) -> int | None:
    code = _text(facts, "industry_code")
    return int(code[:2]) if code[:2].isdigit() and len(code) >= 2 else None


def _in_divisions(divisions: range) -> Callable[[Facts, date], Found]:
    def conclude(facts: Facts, on: date) -> Found:
        division = _division(facts)
        return None if division is None else division in divisions

    return conclude


def _size_industry(facts: Facts, on: date) -> Found:
    code, division = _text(facts, "industry_code"), _division(facts)
    if division is None:
        return None
    if code in _SIZE_CLASSES:
        return _SIZE_CLASSES[code]
    if division == 70 and len(code) < 4:
        return None
    return next((name for divisions, name in _SIZE_INDUSTRIES if division in divisions), "other")


def _industrial(facts: Facts, on: date) -> Found:
    return "industry" if value_of(facts, "is_industry") is True else None


def _founded(facts: Facts) -> date | None:
    value = value_of(facts, "established_on")
    return value if type(value) is date else None


def _days(facts: Facts, on: date) -> Found:
    founded = _founded(facts)
    return None if founded is None or founded > on else (on - founded).days


def _full_years(facts: Facts, on: date) -> Found:
    founded = _founded(facts)
    if founded is None or founded > on:
        return None
    first = founded.year if (founded.month, founded.day) == (1, 1) else founded.year + 1
    return max(0, on.year - first)


def _share(part: str, whole: str) -> Callable[[Facts, date], Found]:
    """`part` in percent of `whole`, of one and the same year only."""

    def conclude(facts: Facts, on: date) -> Found:
        upper, lower = value_of(facts, part), value_of(facts, whole)
        if not isinstance(upper, Decimal) or not isinstance(lower, Decimal) or lower <= 0:
            return None
        spoken = {value.period for name in (part, whole) if isinstance(value := facts[name], KnownFact)}
        if len(spoken) > 1:
            return None
        share = upper / lower * 100
        # Six decimals of a percent are finer than any yuan in the accounts; a larger share is a slip.
        return share.quantize(_MILLIONTH, ROUND_HALF_UP).normalize() if abs(share) < _ABSURD else None

    return conclude


#: In the order in which they build on each other.
DERIVATIONS: tuple[Derivation, ...] = (
    Derivation("registered_in_prc", ("credit_code",), "有效的统一社会信用代码（GB 32100-2015）", _has_code),
    Derivation(
        "registered_in_shandong", ("credit_code",), "统一社会信用代码中的登记机关区划码", _code_region
    ),
    Derivation("registered_in_shandong", ("county",), "登记所在县（市、区）", _county_region),
    Derivation(
        "resident_enterprise", ("registered_in_prc",), "境内登记（企业所得税法第二条）", _follows("registered_in_prc")
    ),
    Derivation("city", ("county",), "登记所在县（市、区）", _city),
    Derivation("is_manufacturing", ("industry_code",), "行业代码（GB/T 4754-2017）", _in_divisions(_MANUFACTURING)),
    Derivation("is_industry", ("industry_code",), "行业代码（GB/T 4754-2017）", _in_divisions(_INDUSTRY)),
    Derivation("is_industry", ("is_manufacturing",), "制造业属于工业（门类C）", _follows("is_manufacturing")),
    Derivation("size_industry", ("industry_code",), "行业代码（工信部联企业〔2011〕300号第四条）", _size_industry),
    Derivation("size_industry", ("is_industry",), "属于工业（门类B、C、D）", _industrial),
    Derivation("registered_days", ("established_on",), "成立日期", _days),
    Derivation("full_accounting_years", ("established_on",), "成立日期（公历年度）", _full_years),
    Derivation(
        "rd_intensity_ly", ("rd_expense_ly", "revenue_ly"), "研发费用÷营业收入（同一年度）",
        _share("rd_expense_ly", "revenue_ly"),
    ),
    Derivation(
        "main_revenue_share_ly", ("main_business_revenue_ly", "revenue_ly"), "主营业务收入÷营业收入（同一年度）",
        _share("main_business_revenue_ly", "revenue_ly"),
    ),
)  # fmt: skip
