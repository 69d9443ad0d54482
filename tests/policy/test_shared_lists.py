"""The exemption items and the size classes against a second, plain reading of the research they were written from."""

from __future__ import annotations

import itertools
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from lianzhang.kernel.pack import open_pack
from lianzhang.policy import CLASSES, exemption, exemption_list, size_class, size_standard

FOLDER = Path(__file__).parents[3] / "shared" / "rules"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason="the research files are not beside this checkout")
PACK = open_pack("liaocheng")
#: What the file says in other words than the name of a fact.
OTHER_WORDS = {
    "duration_days < 1 month": ("lapse_days", True),
    "谎称取得专利权 (第12条第2款)": ("claims_patent_falsely", False),
    "用失效或未授权专利 (第3款)": ("claims_patent_falsely", False),
    "(四)(五)项 且情节严重 -> ≤30%货值": ("marking_serious", False),
}
COMMON = {"minor_act", "no_harm", "first_violation", "slight_harm", "corrected_in_time"}


def file(name: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text("utf-8"))
    return content


def wanted(item: dict[str, Any]) -> dict[str, bool]:
    """The facts an item needs beyond the general ones, and how they must stand."""
    facts = [OTHER_WORDS.get(name, (name, True)) for name in item.get("conditions", [])]
    facts += [OTHER_WORDS.get(name, (name, False)) for name in item.get("exclude", [])]
    return {name: sense for name, sense in facts if name not in COMMON}


def second(item: dict[str, Any], facts: dict[str, bool | None]) -> str:
    """The decision order of the file, read once more."""
    mitigated = "mitigate_possible" if "mitigation" in item or "else" in item else "no_listed_exemption"
    if item["kind"] == "not_exempt":
        return mitigated
    if facts.get("evidence_no_fault"):
        return "must_not_punish"
    extra = [None if facts[name] is None else facts[name] is sense for name, sense in wanted(item).items()]
    routes = {
        "order_first": [("no_fine_if_corrected", ["corrected_in_time"])],
        "fine_waived": [("must_not_punish", [])],
    }.get(
        item["kind"],
        [
            ("must_not_punish", ["minor_act", "corrected_in_time", "no_harm"]),
            ("may_not_punish", ["first_violation", "slight_harm", "corrected_in_time"]),
        ],
    )
    outcomes = [(name, [*extra, *(facts[fact] for fact in needed)]) for name, needed in routes]
    for name, found in outcomes:
        if all(found):
            return name
    return "need_facts" if any(False not in found for _, found in outcomes) else mitigated


ITEMS = file("exemptions.yaml")["items"] if FOLDER.exists() else []


@pytest.mark.parametrize("item", ITEMS, ids=[item["id"] for item in ITEMS])
def test_an_item_is_studied_in_the_order_the_research_gives(item: dict[str, Any]) -> None:
    names = sorted(COMMON | set(wanted(item)) | {"evidence_no_fault"})
    listed = exemption_list(PACK)
    for values in itertools.islice(itertools.product([True, False, None], repeat=len(names)), 0, None, 7):
        facts = dict(zip(names, values, strict=True))
        stated: dict[str, Any] = {name: value for name, value in facts.items() if value is not None}
        if "lapse_days" in stated:
            stated["lapse_days"] = 29 if stated["lapse_days"] else 31
        found = exemption(listed, item["id"], stated, trust_memory=True)
        assert found.advice.value == second(item, facts), facts
        assert (found.advice.value == "need_facts") == bool(found.missing)
        assert "处罚" not in found.advice.label.zh or "不予" in found.advice.label.zh


def test_every_industry_has_the_classes_of_the_research_at_around_and_without_its_figures() -> None:
    content = file("size_classes.yaml")
    for name in ("D300", "D2017"):
        standard = size_standard(PACK, name)
        for industry in content["industries"]:
            figures = {
                figure: [None, *(bound + step for bound in bounds.values() for step in (-1, 0, 1))]
                for figure, bounds in industry["lower_bounds"].items()
            }
            for values in itertools.product(*figures.values()):
                facts: dict[str, Any] = {
                    figure: Decimal(value)
                    for figure, value in zip(figures, values, strict=True)
                    if value is not None
                }
                found = size_class(standard, facts | {"size_industry": industry["id"]})
                assert found.classes == tuple(possible(industry["lower_bounds"], facts)), (
                    industry["id"],
                    facts,
                )


def possible(bounds: dict[str, dict[str, int]], facts: dict[str, Any]) -> list[str]:
    """Every class some value of the missing figures would give: tried out, not reasoned."""
    tried = [
        [facts[figure]] if figure in facts else [0, *bounds[figure].values()] for figure in bounds
    ]  # fmt: skip
    found = set()
    for values in itertools.product(*tried):
        given = dict(zip(bounds, values, strict=True))
        found.add(next((c for c in CLASSES[:3] if all(given[f] >= bounds[f][c] for f in bounds)), "micro"))
    return [name for name in CLASSES if name in found]
