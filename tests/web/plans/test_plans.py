"""Plans are composed from what is on record: each statement has its source, empty parts say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from lianzhang.casework import Actor, Role
from lianzhang.web.chains.actions.place import place_everywhere
from lianzhang.web.chains.models import Chain, County
from lianzhang.web.ledgers.actions.keep import add_row
from lianzhang.web.ledgers.actions.report_ten import report_ten
from lianzhang.web.outages.fields import fields_of
from lianzhang.web.plans.actions.decide import decide
from lianzhang.web.plans.actions.propose import propose
from lianzhang.web.plans.composing import chain_plan, county_plan
from lianzhang.web.plans.document import Grid, Plan, Section, Statement
from lianzhang.web.plans.paper import source_of
from lianzhang.web.registry.actions.load_pack import load_samples
from tests.web.plans.conftest import PAPER


def texts(plan: Plan) -> str:
    found = [statement.text for part in plan.sections for statement in part.statements]
    cells = [cell for part in plan.sections for grid in part.grids for row in grid.rows for cell in row]
    return "\n".join([*found, *cells])


@pytest.fixture
def guan(pack: None) -> County:
    return County.objects.get(region_code="371525")


@pytest.fixture
def filled(office: Actor, guanxian: Actor, guan: County) -> Actor:
    load_samples(office)
    place_everywhere(office)
    row = propose(guanxian, "equipment", guan.pk, field_id="bearings", **PAPER)
    decide(office, "equipment", guan.pk, row.pk, confirmed=True)
    report_ten(guanxian, "equipment", guan.pk, "plan", state="done", evidence="冠县推进方案")
    add_row(
        office, "equipment", "chain_plan", title="轴承产值翻番", source="链长会纪要",
        values={"target": "到2027年", "measure": "引进滚子企业"},
    )  # fmt: skip
    add_row(guanxian, "equipment", "county_plan", title="建轴承检测中心", county=guan, source="县委会")
    return office


def test_an_empty_city_gets_a_plan_that_says_what_is_not_there(office: Actor) -> None:
    plan = chain_plan(office, Chain.objects.get(pk="equipment"))
    assert {"基本情况", "目标与任务", "十项举措按县区", "一县一细分领域"} <= set(plan.missing)
    for part in plan.sections:
        assert part.given or part.empty


def test_the_plan_of_the_chain_holds_maps_choices_tasks_and_the_ten_with_their_sources(filled: Actor) -> None:
    plan = chain_plan(filled, Chain.objects.get(pk="equipment"))
    said = texts(plan)
    assert "冠县选定" in said and "轴承产值翻番" in said and "引进滚子企业" in said
    assert "缺链" in said and "冠县推进方案" in said
    for part in plan.sections:
        assert all(statement.source.strip() for statement in part.statements)
        assert all(grid.source or grid.head[-1] == "来源" for grid in part.grids)
    own = chain_plan(filled, Chain.objects.get(pk="bearings"))
    assert "轴承" in own.title and "冠县选定" in texts(own)
    other = chain_plan(filled, Chain.objects.filter(parent="equipment").exclude(pk="bearings")[0])
    assert "冠县选定" not in texts(other)


def test_the_plan_of_a_county_holds_its_choice_the_numbers_and_its_own_tasks_alone(
    filled: Actor, guan: County
) -> None:
    chain = Chain.objects.get(pk="equipment")
    measured = fields_of(chain, list(Chain.objects.filter(parent=chain)))
    said = texts(county_plan(filled, chain, guan, measured))
    assert "建轴承检测中心" in said and "区位商" in said and "冠县推进方案" in said
    assert "（95%区间" in said
    other = County.objects.get(region_code="371581")
    assert "建轴承检测中心" not in texts(county_plan(filled, chain, other, measured))


def test_plans_are_pages_and_papers_in_both_languages(
    filled: Actor, guan: County, signed_in: Callable[..., Client]
) -> None:
    chief = signed_in(Role.chief)
    for path in ("/plans/equipment/plan", "/plans/bearings/plan", f"/plans/equipment/{guan.pk}/plan"):
        page = chief.get(f"{path}/")
        assert page.status_code == 200 and "来源" in page.content.decode()
        paper = chief.get(f"{path}.pdf")
        assert paper.content.startswith(b"%PDF") and "attachment" in paper["Content-Disposition"]
    with translation.override("en"):
        plan = chain_plan(filled, Chain.objects.get(pk="equipment"))
    assert "promotion plan" in plan.title
    county = signed_in(Role.county_officer, region_code="371525")
    page = county.get(f"/plans/equipment/{guan.pk}/plan/").content.decode()
    assert "/outages/fields/" not in page


def test_nothing_in_a_plan_is_taken_as_markup_of_the_typesetter() -> None:
    import typst

    odd = '#evil[x] "quoted" \\ back $1_000$ @label <x> *b* _i_\n= heading'
    grid = Grid(odd, (odd, odd), ((odd, odd),), odd)
    plan = Plan(odd, (odd,), (Section(odd, odd, (Statement(odd, odd, "", odd),), (grid,)), Section(odd, odd)))
    made: Any = typst.compile({"main.typ": source_of(plan).encode()})
    assert made.startswith(b"%PDF")
