"""Rows of the lists: kept, moved, confirmed, filled from the map, found on patrols; who sees which."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.casework.ledger import LedgerRefused
from lianzhang.kernel import Conflict, LianzhangError, clock
from lianzhang.web.chains.actions.place import place
from lianzhang.web.chains.models import Chain, County
from lianzhang.web.journal.models import Event
from lianzhang.web.ledgers import queries
from lianzhang.web.ledgers.actions.gaps import fill_from_map
from lianzhang.web.ledgers.actions.inspect import inspect
from lianzhang.web.ledgers.actions.keep import add_row, change_row, confirm, take_step
from lianzhang.web.ledgers.actions.report_ten import report_ten
from lianzhang.web.ledgers.models import LedgerRow
from lianzhang.web.registry.actions.load_pack import load_enterprises

Made = Callable[..., Actor]


@pytest.fixture
def officer(pack: None, actor: Made) -> Actor:
    return actor(Role.chain_officer)


def problem(officer: Actor, **given: object) -> LedgerRow:
    return add_row(officer, "bearings", "problems", title="热处理外协难", **given)


def test_a_row_goes_from_found_to_closed_with_every_step_kept(officer: Actor, actor: Made) -> None:
    row = problem(officer, post="链长办", due=clock.today() + timedelta(days=30))
    for target, more in (
        ("verified", {}), ("assigned", {}), ("working", {}), ("solved", {"evidence": "纪要3号"}),
    ):  # fmt: skip
        row = take_step(officer, row.pk, target, version=row.version, **more)
    with pytest.raises(Conflict, match="不能自己确认"):
        take_step(officer, row.pk, "checked", version=row.version, evidence="回访")
    colleague = actor(Role.chain_officer)
    deputy = replace(colleague, for_person_id=officer.person_id, for_name=officer.name)
    with pytest.raises(Conflict, match="不能自己确认"):
        take_step(deputy, row.pk, "checked", version=row.version, evidence="回访")
    row = take_step(colleague, row.pk, "checked", version=row.version, evidence="回访")
    row = take_step(colleague, row.pk, "closed", version=row.version, note="销号")
    assert row.steps.count() == 7
    assert Event.objects.filter(subject=f"ledger:{row.pk}").count() == 7


def test_a_step_without_what_it_asks_for_is_refused_and_nothing_changes(officer: Actor) -> None:
    row = problem(officer)
    row = take_step(officer, row.pk, "verified", version=row.version)
    with pytest.raises(LedgerRefused, match="责任单位"):
        take_step(officer, row.pk, "assigned", version=row.version)
    row.refresh_from_db()
    assert (row.state, row.steps.count()) == ("verified", 2)


def test_two_officers_at_once_do_not_overwrite_each_other(officer: Actor, actor: Made) -> None:
    row = problem(officer)
    confirm(actor(Role.chain_officer), row.pk, version=1)
    with pytest.raises(Conflict):
        change_row(officer, row.pk, version=1, title="别的")
    row.refresh_from_db()
    assert row.title == "热处理外协难"


def test_a_row_that_nobody_confirms_becomes_stale_and_confirming_renews_it(officer: Actor) -> None:
    row = problem(officer)
    LedgerRow.objects.filter(pk=row.pk).update(confirmed_at=clock.now() - timedelta(days=70))
    assert queries.shown([queries.one(officer, row.pk)])[0].freshness == "stale"  # type: ignore[list-item]
    row.refresh_from_db()
    confirm(officer, row.pk, version=row.version)
    assert queries.shown([queries.one(officer, row.pk)])[0].freshness == "fresh"  # type: ignore[list-item]


def test_gaps_of_the_map_become_recruiting_targets_once_and_only_after_placing(officer: Actor) -> None:
    chain = Chain.objects.get(pk="bearings")
    assert fill_from_map(officer, chain, "recruiting") == 0
    load_enterprises(officer, "liaocheng")
    place(officer, "bearings")
    added = fill_from_map(officer, chain, "recruiting")
    assert added > 0 and fill_from_map(officer, chain, "recruiting") == 0
    row = LedgerRow.objects.filter(ledger="recruiting").first()
    assert row is not None and row.source == "产业图谱第1版" and row.node


def test_findings_of_a_patrol_become_problems_or_nothing_is_recorded(officer: Actor) -> None:
    found = [("热处理要跑德州", "BEAR-n05"), ("缺检测", "")]
    visit = inspect(officer, "bearings", kind="patrol", on=clock.today(), findings=found)
    rows = LedgerRow.objects.filter(ledger="problems", inspection=visit)
    assert {(row.title, row.node, row.values["found_by"]) for row in rows} == {
        ("热处理要跑德州", "BEAR-n05", "巡链"), ("缺检测", "", "巡链"),
    }  # fmt: skip
    with pytest.raises(LianzhangError, match="还没有到"):
        inspect(officer, "bearings", kind="patrol", on=clock.today() + timedelta(days=1), findings=found)
    assert LedgerRow.objects.count() == 2


def test_a_county_keeps_its_own_rows_and_sees_no_other_county_s(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    linqing, yanggu = County.objects.get(pk="371581"), County.objects.get(pk="371521")
    own, other = problem(officer, county=linqing), problem(officer, county=yanggu)
    city = problem(officer)
    client = signed_in(Role.county_officer, region_code="371581")
    assert client.get(f"/ledgers/row/{own.pk}/").status_code == 200
    assert client.get(f"/ledgers/row/{city.pk}/").status_code == 200
    assert client.get(f"/ledgers/row/{other.pk}/").status_code == 404
    assert client.post(f"/ledgers/row/{own.pk}/confirm/", {"version": 1}).status_code == 302
    assert client.post(f"/ledgers/row/{other.pk}/confirm/", {"version": 1}).status_code == 404
    assert client.post(f"/ledgers/row/{city.pk}/confirm/", {"version": 1}).status_code in (403, 404)


def test_the_pages_write_show_and_export(officer: Actor, signed_in: Callable[..., Client]) -> None:
    client = signed_in(Role.chain_officer)
    given = {"title": "=招商", "node": "BEAR-n05", "own_target_firm": "某热处理厂", "due": "2030-01-01"}
    answer = client.post("/ledgers/bearings/recruiting/new/", given)
    assert answer.status_code == 302
    row = LedgerRow.objects.get(ledger="recruiting")
    assert row.values == {"target_firm": "某热处理厂"}
    assert "某热处理厂" in client.get(f"/ledgers/row/{row.pk}/").content.decode()
    assert "=招商" in client.get("/chains/bearings/map/node/BEAR-n05/").content.decode()
    assert "招商招才目标" in client.get("/ledgers/").content.decode()
    book = openpyxl.load_workbook(io.BytesIO(client.get("/ledgers/bearings/recruiting/table.xlsx").content))
    cells = [cell for line in book.active.iter_rows() for cell in line if cell.value == "=招商"]
    assert cells and cells[0].data_type == "s"
    wrong = client.post(f"/ledgers/row/{row.pk}/step/", {"target": "signed", "version": row.version})
    assert wrong.status_code == 400
    assert client.post("/ledgers/bearings/recruiting/new/", {"title": ""}).status_code == 400
    assert client.get("/ledgers/bearings/nothing/").status_code == 404


def test_a_visit_through_the_page_puts_findings_on_nodes(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    client = signed_in(Role.chain_officer)
    given = {
        "kind": "diagnose",
        "on": clock.today().isoformat(),
        "findings": "BEAR-n05｜设备旧\n没有环节的\n\n",
    }
    assert client.post("/ledgers/bearings/visits/new/", given).status_code == 302
    assert set(LedgerRow.objects.values_list("title", "node")) == {("设备旧", "BEAR-n05"), ("没有环节的", "")}
    assert "设备旧" in client.get("/ledgers/bearings/visits/").content.decode()


def test_the_ten_by_counties_keep_history_ask_for_evidence_and_leave_unfilled_unfilled(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    with pytest.raises(LianzhangError, match="佐证"):
        report_ten(officer, "equipment", "371581", "sub_field", state="done", evidence="")
    report_ten(officer, "equipment", "371581", "sub_field", state="doing", evidence="")
    report_ten(officer, "equipment", "371581", "sub_field", state="done", evidence="临政发〔2025〕1号")
    found = queries.ten_of(Chain.objects.get(pk="equipment"))
    assert len(found) == 1 and found["371581", "sub_field"].state == "done"
    page = signed_in(Role.chief).get("/ledgers/equipment/ten/").content.decode()
    assert "临政发〔2025〕1号" in page and page.count("未填") == 11 * 10 - 1 + 1
