"""Titles ticked in columns of their own are held; what is not ticked says nothing, and what contradicts is shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.web.imports.actions.change import change
from lianzhang.web.imports.actions.commit import confirm
from lianzhang.web.imports.actions.see_through import see_through
from lianzhang.web.imports.actions.undo import undo
from lianzhang.web.registry.models import TitleHolding
from lianzhang.web.registry.titles import holdings_in_force, tier_of
from tests.tables.books import xlsx
from tests.web.imports.conftest import counts, imported, previewed, rows, table

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = (f"样例{number}号机械有限公司" for number in (1, 2, 3))
HEAD = ["企业名称", "是否专精特新", "国家级小巨人（是/否）", "省级瞪羚企业", "高企（√）"]
LISTED = ["企业名称", "称号", "级别", "认定时间", "有效期至"]


def held() -> set[tuple[str, str, str, str]]:
    return {(one.enterprise.name, one.title, one.level, tier_of(one)) for one in holdings_in_force()}


def test_a_list_of_ticks_brings_each_title_with_its_level_and_tier_once(officer: Actor) -> None:
    imported(officer, table(*rows(3)))
    content = xlsx([HEAD, [ONE, "是", "否", "√", ""], [TWO, "否", "有", "", "○"], [THREE, "", "", "", "无"]])
    batch = imported(officer, content, kind="titles")
    assert held() == {
        (ONE, "专精特新", "", "srdi_sme"),
        (ONE, "省级瞪羚企业", "省级", "sd_gazelle"),
        (TWO, "国家级小巨人", "国家级", "little_giant"),
        (TWO, "高新技术企业", "", "high_tech_enterprise"),
    }
    assert counts(batch)["new"] == 4 and batch.preview["silent"] == 1
    again = imported(officer, content, kind="titles")
    assert counts(again)["unchanged"] == 4 and TitleHolding.objects.count() == 4
    undo(officer, batch.pk)
    assert held() == set()


def test_a_table_of_enterprises_brings_the_ticked_titles_of_new_and_known_ones(officer: Actor) -> None:
    imported(officer, table(*rows(1)))
    content = xlsx(
        [["企业名称", "县区", *HEAD[1:]], [ONE, "高唐县", "是", "", "", ""], [TWO, "高唐县", "", "1", "", ""]]
    )
    batch = previewed(officer, content)
    assert [(item["zh"], item["old"], item["new"]) for item in batch.preview["changes"]] == [
        ("称号：专精特新", None, "是")
    ]
    batch = imported(officer, content)
    assert (counts(batch)["new"], counts(batch)["changed"]) == (1, 1)
    assert held() == {(ONE, "专精特新", "", "srdi_sme"), (TWO, "国家级小巨人", "国家级", "little_giant")}
    assert counts(imported(officer, content))["unchanged"] == 2
    undo(officer, batch.pk)
    assert held() == set()


@pytest.mark.parametrize("kind", ["titles", "enterprises"])
def test_a_tick_is_the_title_that_is_there_in_full_and_no_second_one(officer: Actor, kind: str) -> None:
    imported(officer, table(*rows(2)))
    listed = [
        [ONE, "专精特新中小企业", "省级", "2024", "2099-12-31"],
        [TWO, "瞪羚企业", "省级", "2024", "2099-12-31"],
        [TWO, "专精特新中小企业", "市级", "2024", ""],
    ]
    imported(officer, table(*listed, head=LISTED), kind="titles")
    ticks = xlsx(
        [
            ["企业名称", "县区", "是否专精特新", "瞪羚（√）"],
            [ONE, "高唐县", "是", ""],
            [TWO, "高唐县", "√", "√"],
        ]
    )
    batch = imported(officer, ticks, kind=kind)
    assert counts(batch)["new"] == counts(batch)["changed"] == 0
    assert len(held()) == 3 and batch.preview["contradicted"] == []


@pytest.mark.parametrize("kind", ["titles", "enterprises"])
def test_no_is_shown_beside_a_title_that_stands_and_revokes_nothing(
    officer: Actor, signed_in: Callable[..., Client], kind: str
) -> None:
    imported(officer, table(*rows(3)))
    listed = [
        [ONE, "专精特新中小企业", "省级", "2024", "2099-12-31"],
        [TWO, "专精特新中小企业", "省级", "2018", "2021-12-31"],
    ]
    imported(officer, table(*listed, head=LISTED), kind="titles")
    ticks = [
        ["企业名称", "县区", "是否专精特新"],
        [ONE, "高唐县", "否"],
        [TWO, "高唐县", "是"],
        [THREE, "高唐县", "否"],
    ]
    batch = imported(officer, xlsx(ticks), kind=kind)
    assert [(item["row"], item["said"], item["state"]) for item in batch.preview["contradicted"]] == [
        (2, "否", "valid"),
        (3, "是", "lapsed"),
    ]
    assert len(held()) == 2 and TitleHolding.objects.count() == 2
    seen = previewed(officer, xlsx(ticks), kind=kind)
    page = signed_in(Role.chain_officer).get(f"/imports/{seen.pk}/").content.decode()
    assert "2处勾选与企业库不一致" in page and "专精特新中小企业（省级）" in page and "已过期" in page


def test_other_words_in_such_a_column_send_the_row_back(officer: Actor) -> None:
    imported(officer, table(*rows(2)))
    batch = previewed(
        officer, xlsx([HEAD, [ONE, "申报中", "", "", ""], [TWO, "是", "", "", ""]]), kind="titles"
    )
    assert [(item["row"], item["column"], item["rule"]) for item in batch.preview["faults"]] == [
        (2, "是否专精特新", "tick")
    ]
    assert counts(batch)["new"] == 1


def test_an_officer_may_say_that_a_column_is_ticked_or_is_not_and_it_is_remembered(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    imported(officer, table(*rows(1)))
    content = xlsx([["企业名称", "是否专精特新", "是否百年老店"], [ONE, "是", "是"]])
    batch = previewed(officer, content, kind="titles")
    assert [item["field"] for item in batch.preview["columns"]] == ["name", "ticked", ""]
    page = signed_in(Role.chain_officer).get(f"/imports/{batch.pk}/").content.decode()
    assert '<option value="ticked" selected>' in page
    change(officer, batch.pk, version=batch.version, chosen={"1": "-", "2": "ticked"}, in_background=False)
    batch = see_through(batch.pk)
    confirm(officer, batch.pk, version=batch.version, in_background=False)
    see_through(batch.pk)
    assert {title for _, title, _, _ in held()} == {"百年老店"}
    assert counts(previewed(officer, content, kind="titles"))["unchanged"] == 1


def test_a_list_with_titles_and_ticks_brings_both_and_a_title_once(officer: Actor) -> None:
    imported(officer, table(*rows(2)))
    head = ["企业名称", "称号", "批次", "是否专精特新", "高新技术企业（是/否）"]
    lines = [[ONE, "专精特新中小企业；绿色工厂", "第三批", "是", "是"], [TWO, "", "", "是", "否"]]
    batch = imported(officer, xlsx([head, *lines]), kind="titles")
    told = {(one.enterprise.name, one.title, one.batch) for one in holdings_in_force()}
    assert told == {
        (ONE, "专精特新中小企业", "第三批"), (ONE, "绿色工厂", "第三批"), (ONE, "高新技术企业", ""),
        (TWO, "专精特新", ""),
    }  # fmt: skip
    assert counts(batch)["errors"] == 0


def test_a_table_in_which_nobody_holds_anything_changes_nothing(officer: Actor) -> None:
    imported(officer, table(*rows(2)))
    batch = previewed(
        officer, xlsx([HEAD, [ONE, "否", "否", "否", "否"], [TWO, "", "", "", "x"]]), kind="titles"
    )
    assert set(counts(batch).values()) == {0} and batch.preview["silent"] == 2


def test_a_county_officer_brings_enterprises_without_their_titles(actor: Callable[..., Actor]) -> None:
    county = actor(Role.county_officer, region_code="371526")
    batch = imported(county, xlsx([["企业名称", "县区", "是否专精特新"], [ONE, "高唐县", "是"]]))
    assert counts(batch)["new"] == 1 and held() == set()
    assert batch.preview["columns"][2]["why"] == "not yours"
