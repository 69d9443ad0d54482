"""Words of the pages about chains in the reader's language: indicators, titles, levels, fields, names.

Facts carry the words of Chinese documents. In Chinese they are shown as they are; in English known
ones are translated and the rest keep their Chinese form, which is better than a guess.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import get_language, gettext, pgettext

from lianzhang.kernel import Text
from lianzhang.web.chains.models import Chain, County


def is_english() -> bool:
    """Whether the page is being made in English."""
    return (get_language() or "").startswith("en")


def name(chain: Chain) -> str:
    """The short name of a chain."""
    return (is_english() and chain.name_en) or chain.name


def full_name(chain: Chain) -> str:
    """The full name of a chain."""
    return (is_english() and chain.full_name_en) or chain.full_name


def spoken(text: Text) -> str:
    """A text of the core in the reader's language."""
    return text.say("en" if is_english() else "zh")


def share(value: Decimal | None) -> str:
    """A share in percent; empty when it is not known."""
    return "" if value is None else f"{value * 100:.0f}%"


def map_column(name: str) -> str:
    """What a column of a node or link is called."""
    return {
        "name": gettext("名称"),
        "stage": gettext("阶段"),
        "inputs": gettext("投入"),
        "products": gettext("产品"),
        "industries": gettext("行业代码"),
        "terms": gettext("落位用语"),
        "firms": gettext("材料所见企业"),
        "confidence": gettext("把握"),
        "status": gettext("状态"),
        "source": gettext("出处"),
        "kind": gettext("类别"),
        "basis": gettext("出处"),
    }.get(name, name)


def indicator(name: str) -> str:
    """The name of an indicator."""
    return {
        "营业收入": pgettext("indicator", "营业收入"),
        "销售收入": pgettext("indicator", "销售收入"),
        "产值": pgettext("indicator", "产值"),
        "工业增加值": pgettext("indicator", "工业增加值"),
        "利润总额": pgettext("indicator", "利润总额"),
        "净利润": pgettext("indicator", "净利润"),
        "税收": pgettext("indicator", "税收"),
        "订单": pgettext("indicator", "订单"),
        "产量": pgettext("indicator", "产量"),
        "销量": pgettext("indicator", "销量"),
        "设计产能": pgettext("indicator", "设计产能"),
        "进出口总额": pgettext("indicator", "进出口总额"),
        "出口额": pgettext("indicator", "出口额"),
        "出口量": pgettext("indicator", "出口量"),
        "外贸": pgettext("indicator", "外贸"),
        "出口": pgettext("indicator", "出口"),
        "外贸累计": pgettext("indicator", "外贸累计"),
        "总投资": pgettext("indicator", "总投资"),
        "完成投资": pgettext("indicator", "完成投资"),
        "研发投入": pgettext("indicator", "研发投入"),
        "从业人员": pgettext("indicator", "从业人员"),
        "研发人员": pgettext("indicator", "研发人员"),
        "企业数": pgettext("indicator", "企业数"),
        "项目": pgettext("indicator", "项目"),
        "项目数": pgettext("indicator", "项目数"),
        "称号": pgettext("indicator", "称号"),
        "细分领域": pgettext("indicator", "细分领域"),
        "清单数": pgettext("indicator", "清单数"),
        "主清单数": pgettext("indicator", "主清单数"),
        "共性服务措施数": pgettext("indicator", "共性服务措施数"),
        "差异化措施数": pgettext("indicator", "差异化措施数"),
    }.get(name, name)


def title(name: str) -> str:
    """The name of a title that firms hold."""
    return {
        "小巨人": pgettext("title", "小巨人"),
        "瞪羚": pgettext("title", "瞪羚"),
        "单项冠军": pgettext("title", "单项冠军"),
        "专精特新": pgettext("title", "专精特新"),
        "专精特新中小企业": pgettext("title", "专精特新中小企业"),
        "创新型中小企业": pgettext("title", "创新型中小企业"),
        "独角兽": pgettext("title", "独角兽"),
        "高端品牌培育企业": pgettext("title", "高端品牌培育企业"),
        "高新技术企业": pgettext("title", "高新技术企业"),
        "规模以上企业": pgettext("title", "规模以上企业"),
    }.get(name, name)


def level(name: str) -> str:
    """Who awards a title: state, province, city."""
    return {
        "国家级": pgettext("level", "国家级"),
        "省级": pgettext("level", "省级"),
        "市级": pgettext("level", "市级"),
        "县级": pgettext("level", "县级"),
    }.get(name, name)


def county_level(name: str) -> str:
    """What sort of division a county is."""
    return {
        "district": pgettext("county", "市辖区"),
        "county-city": pgettext("county", "县级市"),
        "county": pgettext("county", "县"),
        "zone": pgettext("county", "功能区"),
    }.get(name, name)


@dataclass(frozen=True)
class Names:
    """Names that the pack gives in both languages, looked up by their Chinese form."""

    chain: Chain
    english: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, chain: Chain, sub_chains: Iterable[Chain], counties: Iterable[County]) -> Names:
        """The names that matter on the page of `chain`."""
        known = {chain.name: chain.name_en, chain.full_name: chain.full_name_en}
        known |= {sub.name: sub.name_en for sub in sub_chains}
        for county in counties:
            known |= {county.name: county.name_en}
            # A field may be called differently from the chain that serves it.
            chosen = getattr(county, "chosen", None)
            if chosen:
                known |= {chosen: getattr(county, "chosen_en", "")}
        return cls(chain, known)

    def say(self, name: str) -> str:
        """The name in the reader's language."""
        return self.english.get(name, name) or name if is_english() else name

    def subject(self, name: str, kind: str = "") -> str:
        """A fact's subject; the chain itself may be written in several ways and is said in one."""
        if is_english() and kind == "chain":
            return self.chain.full_name_en or name
        return self.say(name)
