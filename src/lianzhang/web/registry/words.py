"""Words of the registry in the reader's language: values of facts, doubts, states, counties."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext, pgettext

from lianzhang.kernel import LianzhangError, Regions
from lianzhang.kernel.fact import Fact, FactType
from lianzhang.kernel.pack import open_pack
from lianzhang.kernel.quantity import Qualifier, Quantity
from lianzhang.web.registry import titles
from lianzhang.web.registry.base_facts import value_of
from lianzhang.web.ui.units import amount_and_unit


def language() -> str:
    """`en` or `zh`."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def fact_label(fact: Fact) -> str:
    """What the fact is called."""
    return fact.label.say(language())


def yearly_label(fact: Fact) -> str:
    """What the fact is called in a table that has a column for each year: 上年度营业收入 is 营业收入 there."""
    label = fact_label(fact)
    for lead in ("上年度", "上年末"):
        label = label.removeprefix(lead)
    return label.removesuffix(" of last year")


def said(row: Any, fact: Fact) -> str:
    """A value in words, as stated: 超3000万元, 挖掘机、装载机, 是."""
    if row.number is not None:
        return amount(row.number, row.unit, getattr(row, "qualifier", ""))
    low, high = getattr(row, "low", None), getattr(row, "high", None)
    if low is not None and high is not None:
        return _amount(Quantity.between(low, high, row.unit))
    if fact.type is FactType.TEXT:
        return gettext("、").join(line for line in row.text.split("\n") if line)
    try:
        return fact.write(value_of(row), language())
    except LianzhangError:
        # Kept from before the dictionary changed: better shown as stored than hidden.
        return str(row.text)


def _amount(quantity: Quantity) -> str:
    number, unit = amount_and_unit(quantity, language=get_language() or "zh-hans")
    space = " " if language() == "en" and unit and unit != "%" else ""
    return f"{quantity.qualifier.word.say(language())}{number}{space}{unit}"


def amount(number: Any, unit: str, qualifier: str = "") -> str:
    """A number and its unit; a dash for one that nobody stated."""
    return "—" if number is None else _amount(Quantity(number, unit, Qualifier(qualifier or "exact")))


@lru_cache(maxsize=4)
def _topics(pack_id: str) -> dict[str, dict[str, str]]:
    pack = open_pack(pack_id)
    files = (pack.read_yaml(path) for path in pack.files("facts"))
    return {file["topic"]: file["label"] for file in files}


def topic(name: str) -> str:
    """The heading of a group of facts, as the dictionary has it."""
    return _topics(settings.LIANZHANG_PACK).get(name, {}).get(language(), name)


def doubt(mark: str) -> str:
    """How well a statement is founded; empty for one against which nothing is said."""
    return {
        "quoted": pgettext("doubt", "有出处"),
        "draft": pgettext("doubt", "草拟待核"),
        "unverified": pgettext("doubt", "未核实"),
    }.get(mark, "")


def title_state(state: str) -> str:
    """Where a title stands on a day."""
    return {
        titles.VALID: gettext("有效"),
        titles.LAPSED: gettext("已过期"),
        titles.REVOKED: gettext("已撤销"),
        titles.UNKNOWN: gettext("有效期未写明"),
        titles.NOT_YET: gettext("当日尚未认定"),
    }[state]


def title_change(what: str) -> str:
    """What became of a title."""
    return {
        "confirmed": gettext("查明有效期"),
        "rechecked": gettext("复核通过"),
        "lapsed": gettext("到期失效"),
        "revoked": gettext("被撤销"),
    }[what]


def record_title(group: str, *, correcting: bool) -> str:
    """The heading of the form for one record."""
    return {
        ("names", False): gettext("登记一个名称"),
        ("names", True): gettext("更正名称"),
        ("brands", False): gettext("登记品牌"),
        ("brands", True): gettext("更正品牌"),
        ("exports", False): gettext("登记出口"),
        ("exports", True): gettext("更正出口"),
        ("supply", False): gettext("登记供应关系"),
        ("supply", True): gettext("更正供应关系"),
        ("contacts", False): gettext("登记联系人"),
        ("contacts", True): gettext("更正联系人"),
    }[group, correcting]


def name_kind(kind: str) -> str:
    """What sort of name it is."""
    return {
        "registered": gettext("登记名称"),
        "former": gettext("曾用名"),
        "short": gettext("简称"),
        "english": gettext("英文名称"),
    }.get(kind, kind)


def recording_kind(kind: str) -> str:
    """By which door values came in."""
    return {
        "pack": gettext("数据包"),
        "sample": gettext("样例"),
        "import": gettext("表格导入"),
        "officer": gettext("工作人员登记"),
        "enterprise": gettext("企业更正"),
        "bulletin": gettext("通报"),
    }.get(kind, kind)


@lru_cache(maxsize=4)
def _regions(pack_id: str) -> Regions:
    return Regions.from_pack(open_pack(pack_id))


def region(region_id: str) -> str:
    """The name of a county or zone; empty while unknown."""
    found = _regions(settings.LIANZHANG_PACK).by_code(region_id) if region_id else None
    if found is None:
        return region_id
    return (language() == "en" and found.name_en) or found.name


def regions() -> list[tuple[str, str]]:
    """The counties and zones of the city in the pack's order: (id, name)."""
    return [(row.id, region(row.id)) for row in _regions(settings.LIANZHANG_PACK) if row.level != "city"]
