"""Invented firms for the demonstration, from a fixed seed: every name begins with 样例."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from lianzhang.kernel.credit_code import check_character, entity_check_character
from lianzhang.web.registry.entries import (
    Entries,
    ExportEntry,
    NewEnterprise,
    SupplyEntry,
    TitleEntry,
    ValueEntry,
)

MARK = "样例"
YEARS = (2022, 2023, 2024)
#: Share of the sample firms about which the yearly figures are not known, as in life.
_SILENT = 0.12
_PER_CENT = Decimal("0.1")


@dataclass
class Samples:
    """The invented firms of one pack; `entries` is what is written."""

    words: Mapping[str, Any]
    new: list[NewEnterprise] = field(default_factory=list)
    values: list[ValueEntry] = field(default_factory=list)
    titles: list[TitleEntry] = field(default_factory=list)
    exports: list[ExportEntry] = field(default_factory=list)
    supply: list[SupplyEntry] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._chance = random.Random(self.words["seed"])  # noqa: S311 - samples, no secret
        self._by_chain: dict[str, list[NewEnterprise]] = {}

    def entries(self) -> Entries:
        """All of them with their values, titles, exports and supply links."""
        own = self.words["own"]
        trade = next(row for row in self.words["trades"] if row["chain"] == own["chain"])
        self._firm(own["name"], trade, county=own["county"])
        for trade in self.words["trades"]:
            for name in self._names(trade):
                self._firm(name, trade, county=self._chance.choice(trade["counties"]))
        self._link()
        return Entries(
            new=self.new, values=self.values, titles=self.titles, exports=self.exports, supply=self.supply
        )

    def _names(self, trade: Mapping[str, Any]) -> Iterator[str]:
        brands = list(self.words["brands"])
        self._chance.shuffle(brands)
        for number in range(trade["count"]):
            brand = brands[number % len(brands)]
            more = "科技" if number >= len(brands) else ""
            yield f"{MARK}{brand}{trade['trade']}{more}{self._chance.choice(self.words['forms'])}"

    def _firm(self, name: str, trade: Mapping[str, Any], *, county: str) -> None:
        pk = f"S{len(self.new) + 1:04d}"
        firm = NewEnterprise(id=pk, name=name, sample=True)
        self.new.append(firm)
        self._by_chain.setdefault(trade["chain"], []).append(firm)
        products = self._chance.sample(trade["products"], k=self._chance.randint(1, 2))
        started = date(self._chance.randint(1998, 2021), self._chance.randint(1, 12), 15)
        for fact, text in (
            ("credit_code", self._code(len(self.new))),
            ("registration_status", "active"),
            ("county", county),
            ("industry_code", trade["code"]),
            ("products", "\n".join(products)),
            ("established_on", started.isoformat()),
            ("chains", f"equipment\n{trade['chain']}"),
            ("business_scope", f"{'、'.join(products)}的研发、制造、销售。"),
        ):
            self.values.append(ValueEntry(enterprise=pk, fact=fact, text=text))
        self._number(pk, "registered_capital", self._chance.choice([200, 500, 1000, 2000, 5000]), "万元")
        if self._chance.random() > _SILENT:
            self._figures(pk, products)

    def _figures(self, pk: str, products: list[str]) -> None:
        revenue = Decimal(int(self._chance.lognormvariate(8.3, 1.1)))
        staff = max(6, int(revenue / Decimal(self._chance.randint(45, 110))))
        intensity = Decimal(self._chance.randint(8, 62)) * _PER_CENT
        for year in YEARS:
            revenue = (revenue * (100 + self._chance.randint(-9, 24)) / 100).quantize(Decimal(1))
            staff = max(5, staff + self._chance.randint(-4, 9))
            self._year(pk, year, revenue=revenue, staff=staff, intensity=intensity)
            if self._chance.random() < 0.45:
                self._export(pk, year, products[0], revenue)
        if intensity >= 3 and revenue >= 1000 and self._chance.random() < 0.5:
            awarded = self._chance.choice([2021, 2022, 2023, 2024])
            self.titles.append(
                TitleEntry(
                    enterprise=pk,
                    title="专精特新中小企业",
                    tier="srdi_sme",
                    level="省级",
                    batch=f"{awarded}年度",
                    awarded=str(awarded),
                    valid_until=date(awarded + 3, 12, 31),
                )
            )

    def _year(self, pk: str, year: int, *, revenue: Decimal, staff: int, intensity: Decimal) -> None:
        period = str(year)
        research = (revenue * intensity / 100).quantize(Decimal(1))
        self._number(pk, "revenue_ly", revenue, "万元", period)
        self._number(pk, "employees", staff, "人", period)
        self._number(pk, "total_assets", revenue * self._chance.randint(70, 150) // 100, "万元", period)
        self._number(pk, "rd_expense_ly", research, "万元", period)
        self._number(pk, "rd_intensity_ly", intensity, "%", period)
        self._number(pk, "debt_ratio_ly", self._chance.randint(28, 78), "%", period)
        self._number(pk, "net_margin_ly", Decimal(self._chance.randint(-30, 140)) * _PER_CENT, "%", period)

    def _export(self, pk: str, year: int, product: str, revenue: Decimal) -> None:
        amount = (revenue * self._chance.randint(3, 35) / 100).quantize(Decimal(1))
        market = self._chance.choice(self.words["markets"])
        self.exports.append(
            ExportEntry(
                enterprise=pk, period=str(year), product=product, market=market, amount=amount, unit="万元"
            )
        )

    def _link(self) -> None:
        """Each maker of machines buys bearings, motors and cable from some of the others."""
        for buyers in ("agricultural-machinery", "construction-machinery", "laser-equipment"):
            for buyer in self._by_chain.get(buyers, ()):
                for parts, product in (
                    ("bearings", "轴承"),
                    ("electric-motors", "电机"),
                    ("wire-and-cable", "线缆"),
                ):
                    for supplier in self._chance.sample(self._by_chain[parts], k=self._chance.randint(1, 2)):
                        self.supply.append(
                            SupplyEntry(
                                buyer=buyer.id,
                                buyer_name=buyer.name,
                                supplier=supplier.id,
                                supplier_name=supplier.name,
                                product=product,
                                amount=Decimal(self._chance.randint(5, 400)),
                                unit="万元",
                                period="2024",
                            )
                        )

    def _number(self, pk: str, fact: str, number: int | Decimal, unit: str, period: str = "") -> None:
        self.values.append(
            ValueEntry(enterprise=pk, fact=fact, period=period, number=Decimal(number), unit=unit)
        )

    def _code(self, number: int) -> str:
        """A code that passes its checks under an authority that does not exist."""
        entity = f"MA{number:06d}"
        first = f"91{self.words['authority']}{entity}{entity_check_character(entity)}"
        return first + check_character(first)
