"""Measures of the city's own figures: honest where there is nothing, right where there is something."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.kernel import clock
from lianzhang.web.analyses import risk
from lianzhang.web.analyses.figures import growth_of_counties, structure_of_counties
from lianzhang.web.analyses.models import Scenario
from lianzhang.web.analyses.second_suppliers import second_suppliers_of_city
from lianzhang.web.registry.actions.enter import enter
from lianzhang.web.registry.entries import Entries, Source, SupplyEntry, ValueEntry
from tests.web.outages.conftest import FIRMS

PAGES = ("", "risk/", "second-suppliers/", "structure/", "growth/", "distance/", "scenarios/")


def revenues(officer: Actor, told: dict[str, tuple[str, int, int]]) -> None:
    """County, and revenue (万元) of two years, for some firms."""
    values = [
        ValueEntry(enterprise=pk, fact="revenue_ly", number=Decimal(amount), unit="万元", period=year)
        for pk, (_, before, after) in told.items()
        for year, amount in (("2023", before), ("2024", after))
    ]
    values += [ValueEntry(enterprise=pk, fact="county", text=county) for pk, (county, *_) in told.items()]
    values += [ValueEntry(enterprise=pk, fact="industry_code", text="3451") for pk in told]
    enter(officer, Entries(values=values), source=Source(kind="officer", name="报表", as_of=clock.today()))


def test_without_figures_the_pages_say_so(db: object, signed_in: Callable[..., Client]) -> None:
    analyst = signed_in(Role.analyst)
    for page in PAGES:
        assert analyst.get(f"/analyses/{page}").status_code == 200, page
    assert "没有供需关系数据" in analyst.get("/analyses/risk/").content.decode()
    assert structure_of_counties() is None and growth_of_counties() is None
    assert signed_in(Role.county_officer).get("/analyses/").status_code == 403


def test_the_parts_of_growth_add_up_and_tell_how_many_firms_they_rest_on(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    ids = list(FIRMS)
    revenues(
        officer, {ids[0]: ("371524", 100, 150), ids[1]: ("371581", 200, 180), ids[2]: ("371502", 50, 60)}
    )
    found = growth_of_counties()
    assert found is not None and (found.before, found.after, found.known) == ("2023", "2024", 3)
    for row in found.rows:
        parts = sum(float(row[name]) for name in ("national", "industry_mix", "competitive"))  # type: ignore[arg-type]
        assert parts == pytest.approx(float(row["growth"]))  # type: ignore[arg-type]
    page = signed_in(Role.chief).get("/analyses/growth/").content.decode()
    assert "本地竞争力" in page and "nan" not in page.lower().replace("finance", "")


def test_structure_counts_unknown_sizes_as_unknown_and_leaves_out_who_tells_nothing(officer: Actor) -> None:
    ids = list(FIRMS)
    revenues(officer, {pk: ("371524", 100, 100 * (at + 1)) for at, pk in enumerate(ids[:3])})
    found = structure_of_counties()
    assert found is not None and (found.known, found.firms, found.period) == (3, 4, "2024")
    assert [(row["size_class"], row["firms"]) for row in found.sizes] == [("unknown", 3)]
    assert found.leading[0]["top_1"] == pytest.approx(300 / 600)


def test_the_ranking_names_the_firm_on_which_the_others_hang(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    found = risk.risk_of_city()
    assert found is not None
    assert found.ranked[0].whole == max(row.whole for row in found.ranked)
    assert {point.id for point in found.points} == {"E00000000A", "E00000000B"}
    page = signed_in(Role.chief).get("/analyses/risk/").content.decode()
    assert FIRMS["E00000000A"] in page and "按已知的2条" in page
    before = risk.risk_of_city()
    link = SupplyEntry(
        supplier="E00000000D", supplier_name="d", buyer="E00000000B", buyer_name="b", product="轴承钢球",
        amount=Decimal(50), unit="万元",
    )  # fmt: skip
    enter(officer, Entries(supply=[link]), source=Source(kind="officer", name="补", as_of=clock.today()))
    after = risk.risk_of_city()
    assert after is not None and before is not None and after.links == before.links + 1


def test_the_page_of_second_suppliers_names_the_pair_to_talk_to_first(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    chief = signed_in(Role.chief)
    assert "没有能降低风险的第二供方" in chief.get("/analyses/second-suppliers/").content.decode()
    # D makes what A makes, and sells it to somebody else.
    link = SupplyEntry(
        supplier="E00000000D", supplier_name="d", buyer=None, buyer_name="外地轴承厂", product="轴承钢球",
        amount=Decimal(50), unit="万元",
    )  # fmt: skip
    values = [
        ValueEntry(enterprise=pk, fact="industry_code", text="3451") for pk in ("E00000000A", "E00000000D")
    ]
    source = Source(kind="officer", name="补", as_of=clock.today())
    enter(officer, Entries(supply=[link], values=values), source=source)
    page = chief.get("/analyses/second-suppliers/").content.decode()
    found = second_suppliers_of_city()
    assert found is not None
    pairs = {(row.buyer, row.supplier, row.second) for row in found.proposals}
    assert (FIRMS["E00000000B"], FIRMS["E00000000A"], FIRMS["E00000000D"]) in pairs
    assert all(row.after < row.before for row in found.proposals)
    assert FIRMS["E00000000D"] in page and "nan" not in page.lower().replace("finance", "")
    assert "second-suppliers" in chief.get("/analyses/risk/").content.decode()


def test_a_table_of_points_is_judged_against_chance_and_not_kept(
    db: object, signed_in: Callable[..., Client]
) -> None:
    analyst, random = signed_in(Role.analyst), np.random.default_rng(3)
    places = np.concatenate((random.normal(50, 1, (60, 2)), [[0, 0], [100, 0], [0, 100], [100, 100]]))
    text = "x,y\n" + "\n".join(f"{x},{y}" for x, y in places)
    given = {"farthest": "30", "steps": "6", "draws": "40"}
    answer = analyst.post(
        "/analyses/distance/", given | {"points": SimpleUploadedFile("点.csv", text.encode("gb18030"))}
    )
    assert "比随机更集中" in answer.content.decode()
    for bad in ("", "x,y\n1,2\n", "a,b\n1,2\n", "x,y\n1,无\n"):
        wrong = SimpleUploadedFile("p.csv", bad.encode())
        assert analyst.post("/analyses/distance/", given | {"points": wrong}).status_code == 400
    for odd in (b"PK\x03\x04\x00\xff\xfe\x81", b"\x00" * 50, b"\xff\xfe\x00"):
        wrong = SimpleUploadedFile("p.csv", odd)
        assert analyst.post("/analyses/distance/", given | {"points": wrong}).status_code == 400
    long = SimpleUploadedFile("p.csv", ("x,y\n" + "\n".join(f"{at},{at % 7}" for at in range(3000))).encode())
    refused = analyst.post("/analyses/distance/", given | {"points": long, "draws": "1000"})
    assert refused.status_code == 400 and "太多" in refused.content.decode()
    many = SimpleUploadedFile("p.csv", ("x,y\n" + "1,2\n" * 5001).encode())
    assert "5000" in analyst.post("/analyses/distance/", given | {"points": many}).content.decode()


def test_two_saved_scenarios_stand_side_by_side_and_tell_whether_today_answers_alike(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    client, chief = signed_in(Role.chain_officer), signed_in(Role.chief)
    assert "保存情景" in client.get("/outages/E00000000A/?days=7&share=100").content.decode()
    for name, days in (("一周", 7), ("三个月", 90)):
        given = {"name": name, "days": days, "share": 100}
        assert client.post("/analyses/scenarios/save/E00000000A/", given).status_code == 302
        client.post("/analyses/scenarios/save/E00000000A/", given)
    first, second = Scenario.objects.order_by("pk")
    address = f"/analyses/scenarios/compared/?s={first.pk}&s={second.pk}"
    page = chief.get(address).content.decode()
    assert "一周" in page and "三个月" in page and page.count("答案相同") == 2
    link = SupplyEntry(
        supplier="E00000000A", supplier_name="a", buyer="E00000000D", buyer_name="d", product="轴承钢球",
        amount=Decimal(50), unit="万元",
    )  # fmt: skip
    enter(officer, Entries(supply=[link]), source=Source(kind="officer", name="补", as_of=clock.today()))
    assert chief.get(address).content.decode().count("数据已变") == 2
    assert chief.get(f"/analyses/scenarios/compared/?s={first.pk}&s=x&s=99999").status_code == 302


def test_only_those_who_may_save_scenarios_and_only_sensible_ones(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    given = {"name": "一周", "days": 7, "share": 100}
    assert signed_in(Role.chief).post("/analyses/scenarios/save/E00000000A/", given).status_code == 403
    client = signed_in(Role.analyst)
    for wrong in ({"days": "x"}, {"share": 0}, {"share": 101}, {"days": 366}):
        answer = client.post("/analyses/scenarios/save/E00000000A/", given | wrong)
        assert answer.status_code == 404
    client.post("/analyses/scenarios/save/E00000000A/", given | {"name": " "})
    assert not Scenario.objects.exists()
