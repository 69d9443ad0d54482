"""Gaps, weak and strong nodes: each mark with its rule, and nothing concluded from silence."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from lianzhang.chain import Coverage, Firm, Mark, Supply, Thresholds, coverage
from tests.chain.maps import DOWN, UP, chain_map, node

DAY = date(2025, 8, 15)
MAP = chain_map([node("a", UP), node("b"), node("c", DOWN)], "a>b b>c")


def firms(count: int, *, leading: int = 0, county: str = "371502") -> list[Firm]:
    return [
        Firm(id=f"{county}{at}", name=f"企业{at}", county=county, leading=at < leading) for at in range(count)
    ]


def seen(placed: dict[str, list[Firm]], **more: object) -> Coverage:
    return coverage(MAP, placed, **({"placed_on": DAY} | more))  # type: ignore[arg-type]


def test_without_a_placed_registry_an_empty_node_is_unknown_and_no_gap() -> None:
    found = seen({}, placed_on=None)
    assert {each.mark for each in found.nodes.values()} == {Mark.unknown}
    assert "尚未落位" in found.nodes["a"].rule.zh


def test_after_placing_an_empty_node_is_a_gap() -> None:
    found = seen({"b": firms(3)})
    assert [each.node for each in found.marked(Mark.gap)] == ["a", "c"]


def test_a_node_without_terms_stays_unknown_because_nobody_could_be_placed() -> None:
    bare = chain_map([node("a", terms=()), node("b")], "a>b")
    found = coverage(bare, {}, placed_on=DAY)
    assert found.nodes["a"].mark is Mark.unknown
    assert "用语" in found.nodes["a"].rule.zh


def test_the_only_firm_whose_product_others_use_is_a_single_point() -> None:
    found = seen({"a": firms(1), "c": firms(1)})
    assert found.nodes["a"].mark is Mark.single
    assert found.nodes["c"].mark is Mark.weak


def test_few_firms_without_a_leader_are_weak_and_the_rule_says_the_numbers() -> None:
    found = seen({"b": firms(2)})
    assert found.nodes["b"].mark is Mark.weak
    assert "2家" in found.nodes["b"].rule.zh
    assert seen({"b": firms(2, leading=1)}).nodes["b"].mark is Mark.present


def test_many_firms_with_a_leader_or_with_local_supply_are_strong() -> None:
    assert seen({"b": firms(5, leading=1)}).nodes["b"].mark is Mark.strong
    assert seen({"b": firms(5)}).nodes["b"].mark is Mark.present
    supplied = seen({"b": firms(5)}, supplies=[Supply(node="b", share=Decimal("0.7"))])
    assert supplied.nodes["b"].mark is Mark.strong
    assert "70%" in supplied.nodes["b"].rule.zh


def test_a_low_local_share_makes_a_node_weak_however_many_firms_there_are() -> None:
    found = seen({"b": firms(9, leading=2)}, supplies=[Supply(node="b", share=Decimal("0.125"))])
    assert found.nodes["b"].mark is Mark.weak
    assert "12.5%" in found.nodes["b"].rule.zh


def test_shares_are_weighted_by_amount_only_when_every_amount_is_known() -> None:
    def known(*amounts: str | None) -> Decimal | None:
        shares = ("0.2", "0.8")
        supplies = [
            Supply(node="b", share=Decimal(share), amount=Decimal(amount) if amount else None)
            for share, amount in zip(shares, amounts, strict=True)
        ]
        return seen({"b": firms(3)}, supplies=supplies).nodes["b"].local_share

    assert known("300", "100") == Decimal("0.35")
    assert known("300", None) == Decimal("0.5")
    assert seen({"b": firms(3)}).nodes["b"].local_share is None


def test_a_firm_named_twice_counts_once_and_leaders_come_first() -> None:
    twice = [*firms(2), *firms(2), Firm(id="z", name="甲", leading=True)]
    found = seen({"b": twice}).nodes["b"]
    assert [firm.id for firm in found.firms] == ["z", "3715020", "3715021"]
    assert [firm.name for firm in found.leading] == ["甲"]


def test_counties_are_counted_by_firms_on_a_node_and_by_nodes_on_the_map() -> None:
    found = seen({"a": firms(2), "b": firms(1, county="371521") + firms(1)})
    assert found.nodes["b"].counties == {"371521": 1, "371502": 1}
    assert found.counties == {"371502": 2, "371521": 1}
    assert sum(found.counts.values()) == 3


def test_a_city_may_set_its_own_thresholds() -> None:
    found = seen({"b": firms(3)}, thresholds=Thresholds(weak_firms=3))
    assert found.nodes["b"].mark is Mark.weak
    assert "不多于3家" in found.nodes["b"].rule.zh
