"""A title that a table brings counts as the tier that the rules know it by; of other tiers nobody has said anything."""

from __future__ import annotations

import pytest

from lianzhang.casework import Actor
from lianzhang.kernel import clock
from lianzhang.web.measures.known import known_facts
from lianzhang.web.registry.frames import enterprise_frame
from lianzhang.web.registry.models import Enterprise
from tests.web.imports.conftest import counts, imported, previewed, rows, table

pytestmark = pytest.mark.django_db
HEAD = ["企业名称", "称号", "级别", "认定时间", "有效期至"]


def held(actor: Actor, *titles: list[str]) -> dict[str, list[str] | None]:
    """What each enterprise is known to hold today, by both ways of asking."""
    imported(actor, table(*rows(len(titles))))
    listed = [[f"样例{number}号机械有限公司", *title] for number, title in enumerate(titles, 1)]
    imported(actor, table(*listed, head=HEAD), kind="titles")
    found = {}
    for name, holds in enterprise_frame().select("name", "holds").iter_rows():
        fact = known_facts(Enterprise.objects.get(name=name).pk, on=clock.today()).get("holds")
        known = None if fact is None else sorted(fact.value)
        assert known == holds
        found[name[2]] = holds
    return found


def test_the_words_and_the_level_of_a_title_tell_its_tier(officer: Actor) -> None:
    assert held(
        officer,
        ["专精特新中小企业", "省级", "2024", "2099-12-31"],
        ["国家级专精特新“小巨人”企业", "", "2024", "2099-12-31"],
        ["瞪羚企业", "省级", "2024", "2099-12-31"],
    ) == {"1": ["srdi_sme"], "2": ["little_giant"], "3": ["sd_gazelle"]}


def test_a_title_that_has_lapsed_is_known_not_to_be_held(officer: Actor) -> None:
    assert held(officer, ["专精特新中小企业", "省级", "2019", "2022-12-31"]) == {"1": []}


def test_a_title_of_no_tier_says_nothing_about_the_tiers(officer: Actor) -> None:
    assert held(
        officer, ["首台（套）技术装备", "省级", "2024", ""], ["专精特新中小企业", "市级", "2024", ""]
    ) == {"1": None, "2": None}


def test_a_title_without_an_end_is_held_as_long_as_the_rules_let_it_stand_and_then_unknown(
    officer: Actor,
) -> None:
    year = clock.today().year
    assert held(
        officer,
        ["专精特新中小企业", "省级", str(year - 1), ""],
        ["专精特新中小企业", "省级", str(year - 5), ""],
        ["专精特新中小企业", "省级", "", ""],
    ) == {"1": ["srdi_sme"], "2": None, "3": None}


def test_of_two_titles_the_one_that_nobody_knows_of_is_not_denied(officer: Actor) -> None:
    firm = "样例1号机械有限公司"
    imported(officer, table(*rows(1)))
    listed = [
        [firm, "专精特新中小企业", "省级", "2024", "2099-12-31"],
        [firm, "专精特新“小巨人”企业", "国家级", "", ""],
        [firm, "瞪羚企业", "省级", "2018", "2021-12-31"],
    ]
    imported(officer, table(*listed, head=HEAD), kind="titles")
    known = known_facts(Enterprise.objects.get(name=firm).pk, on=clock.today())["holds"]
    assert known is not None and known.value == {"srdi_sme", "?little_giant"}
    assert enterprise_frame()["holds"].to_list() == [["?little_giant", "srdi_sme"]]


def test_a_title_that_would_end_before_it_was_given_is_refused(officer: Actor) -> None:
    imported(officer, table(*rows(2)))
    titles = [
        ["样例1号机械有限公司", "专精特新中小企业", "省级", "2024", "2023-01-01"],
        ["样例2号机械有限公司", "专精特新中小企业", "省级", "2024", "2024-06-30"],
    ]
    seen = previewed(officer, table(*titles, head=HEAD), kind="titles")
    assert [(item["row"], item["rule"]) for item in seen.preview["faults"]] == [(2, "ends_before")]
    assert counts(seen)["new"] == 1
