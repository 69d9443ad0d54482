"""A name that was taken for the wrong enterprise is refused on the spot, and the next table knows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.casework.roles import ALL_CHAINS
from lianzhang.cli.registry.answered import answered as answered_before
from lianzhang.cli.registry.answered import print_answered
from lianzhang.kernel import Conflict, clock
from lianzhang.web.imports.actions.change import change
from lianzhang.web.imports.actions.commit import confirm
from lianzhang.web.imports.actions.run import run
from lianzhang.web.imports.actions.see_through import see_through
from lianzhang.web.imports.models import Batch, NameJudgement
from lianzhang.web.imports.queries import offices_of
from lianzhang.web.journal.models import Event
from lianzhang.web.people.identity import actor_for
from lianzhang.web.registry.actions import judge, link_subject, withdraw_batch
from lianzhang.web.registry.models import Enterprise, SupplyLink, TitleHolding
from tests.tables.books import code
from tests.web.conftest import make_person
from tests.web.imports.conftest import counts, imported, previewed, table
from tests.web.registry.conftest import GAOTANG, make_enterprise, source

pytestmark = pytest.mark.django_db
BROUGHT = UUID("0d7bcb8e-6f4a-4df2-8fd5-000000000004")
FULL, SLIP = "聊城市金之源进出口有限公司", "聊城市金之园进出口有限公司"
TITLES = table([SLIP, "省重点企业"], head=["企业名称", "称号"])


@pytest.fixture
def firm(officer: Actor) -> Enterprise:
    """The enterprise that the slip is taken for."""
    imported(officer, table([code(1), FULL], head=["统一社会信用代码", "企业名称"]))
    return Enterprise.objects.get()


def answered(actor: Actor, batch: Batch, **answers: str) -> Batch:
    """The batch looked through again after these answers, by row."""
    said = {key.removeprefix("row").replace("_", "."): answer for key, answer in answers.items()}
    change(actor, batch.pk, version=batch.version, decisions=said, in_background=False)
    return see_through(batch.pk)


def written(actor: Actor, batch: Batch) -> Batch:
    confirm(actor, batch.pk, version=batch.version, in_background=False)
    return see_through(batch.pk)


def test_the_officer_refuses_a_link_in_the_preview_and_the_counts_follow(
    officer: Actor, firm: Enterprise, signed_in: Callable[..., Client]
) -> None:
    batch = previewed(officer, TITLES, kind="titles")
    assert (counts(batch)["new"], counts(batch)["errors"]) == (1, 0)
    browser, address = signed_in(Role.chain_officer), f"/imports/{batch.pk}/"
    page = browser.get(address).content.decode()
    assert f'<option value="{firm.pk}" selected>' in page and 'name="row-2"' in page
    sent = browser.post(f"{address}change/", {"version": batch.version, "row-2": "new"})
    assert sent.status_code == 302
    batch = see_through(batch.pk)
    assert (counts(batch)["new"], counts(batch)["errors"]) == (0, 1)
    page = browser.get(address).content.decode()
    assert '<option value="new" selected>' in page and "这次的判断" in page
    [said] = NameJudgement.objects.all()
    assert (said.name, said.enterprise, said.offered.split()) == (SLIP, "", [firm.pk])
    assert '"2":"new"' in Event.objects.filter(verb="import.change").latest("seq").after.replace(" ", "")
    written(officer, batch)
    assert not TitleHolding.objects.exists()


def test_a_refusal_may_be_taken_back_and_nothing_of_it_is_lost(officer: Actor, firm: Enterprise) -> None:
    batch = answered(officer, previewed(officer, TITLES, kind="titles"), row2="new")
    batch = answered(officer, batch, row2=firm.pk)
    assert counts(batch)["new"] == 1
    written(officer, batch)
    assert TitleHolding.objects.get().enterprise == firm
    assert list(NameJudgement.objects.values_list("enterprise", flat=True)) == ["", firm.pk]


def test_the_next_table_of_the_office_remembers_who_said_so_and_other_offices_decide_themselves(
    officer: Actor, firm: Enterprise
) -> None:
    answered(officer, previewed(officer, TITLES, kind="titles"), row2="new")
    again = previewed(officer, TITLES, kind="titles")
    assert counts(again)["errors"] == 1
    [item] = again.preview["linked"]
    assert (item["answer"], item["by"]) == ("new", officer.name)
    elsewhere = actor_for(make_person(Role.department_officer))
    assert counts(previewed(elsewhere, TITLES, kind="titles"))["new"] == 1
    # Said again in this table, it is this table's own word.
    assert counts(answered(officer, again, row2=firm.pk))["new"] == 1
    assert counts(previewed(officer, TITLES, kind="titles"))["new"] == 1


def test_an_enterprise_that_joins_later_is_a_new_question(officer: Actor, firm: Enterprise) -> None:
    answered(officer, previewed(officer, TITLES, kind="titles"), row2="new")
    right = make_enterprise(officer, "聊城金之园进出口有限公司", county="371502")
    batch = previewed(officer, TITLES, kind="titles")
    assert counts(batch)["errors"] == 0
    offered = [pk for item in (*batch.preview["linked"], *batch.preview["duplicates"]) for pk in item["like"]]
    assert right.pk in offered


def test_one_of_several_candidates_is_chosen_once_and_follows_a_merger(officer: Actor) -> None:
    one = make_enterprise(officer, "聊城宏达机械有限公司", county=GAOTANG)
    two = make_enterprise(officer, "聊城宏达机械有限公司", county="371502")
    content = table(["聊城宏达机械有限公司", "省重点企业"], head=["企业名称", "称号"])
    batch = previewed(officer, content, kind="titles")
    assert counts(batch)["duplicate"] == 1
    batch = answered(officer, batch, row2=two.pk)
    assert counts(batch)["new"] == 1 and batch.preview["linked"][0]["answer"] == two.pk
    assert counts(previewed(officer, content, kind="titles"))["new"] == 1
    judge(officer, one.pk, two.pk, "same")
    written(officer, batch)
    assert TitleHolding.objects.get().enterprise_id in (one.pk, two.pk)


def test_an_answer_that_was_not_offered_is_refused(officer: Actor, firm: Enterprise) -> None:
    other = make_enterprise(officer, "别家有限公司")
    batch = previewed(officer, TITLES, kind="titles")
    for answers in ({"2": other.pk}, {"99": "new"}, {"2": "x' OR 1=1"}):
        with pytest.raises(Conflict):
            change(officer, batch.pk, version=batch.version, decisions=answers, in_background=False)
    assert not NameJudgement.objects.exists() and Batch.objects.get(pk=batch.pk).version == batch.version


def test_an_answer_that_fits_no_longer_is_asked_for_again_and_nothing_is_written_against_it(
    officer: Actor,
) -> None:
    one = make_enterprise(officer, "聊城宏达机械有限公司", county=GAOTANG)
    brought = source("误传的名录", batch=BROUGHT)
    two = make_enterprise(officer, "聊城宏达机械有限公司", county="371502", from_source=brought)
    content = table(["聊城宏达机械有限公司", "省重点企业"], head=["企业名称", "称号"])
    batch = answered(officer, previewed(officer, content, kind="titles"), row2=two.pk)
    withdraw_batch(officer, BROUGHT)
    batch = written(officer, batch)
    assert counts(batch)["duplicate"] == 1 and not TitleHolding.objects.filter(enterprise=one).exists()


def test_a_partner_of_a_supply_link_may_be_refused_at_its_end_alone(officer: Actor, firm: Enterprise) -> None:
    buyer = make_enterprise(officer, "聊城乙丁机床有限公司", short=("乙丁机床",))
    head = ["供应商", "采购商", "金额（万元）", "年份"]
    batch = previewed(officer, table([SLIP, "乙丁机床", "5", "2024"], head=head), kind="links")
    said: Any = {item["address"]: item["id"] for item in batch.preview["linked"]}
    assert said == {"2.buyer": buyer.pk, "2.supplier": firm.pk}
    batch = answered(officer, batch, row2_supplier="new")
    assert counts(batch)["new"] == 1
    written(officer, batch)
    link = SupplyLink.objects.get()
    assert (link.supplier, link.supplier_name, link.buyer) == (None, SLIP, buyer)


def test_a_county_gets_no_link_to_a_firm_that_it_may_not_open(
    officer: Actor, signed_in: Callable[..., Client]
) -> None:
    for county in ("371502", "371581"):
        elsewhere = make_enterprise(officer, "聊城宏达机械有限公司", county=county)
    person = make_person(Role.county_officer, region_code=GAOTANG)
    own = actor_for(person)
    content = table(["聊城宏达机械有限公司", "2024", "100"], head=["企业名称", "年份", "出口额（万元）"])
    batch = answered(own, previewed(own, content, kind="exports"), row2=elsewhere.pk)
    assert counts(batch)["errors"] == 1
    page = signed_in(person).get(f"/imports/{batch.pk}/").content.decode()
    assert f'<option value="{elsewhere.pk}" selected>' in page
    assert f'href="/enterprises/{elsewhere.pk}/"' not in page


def test_names_confirmed_for_bulletins_say_nothing_of_tables(officer: Actor, firm: Enterprise) -> None:
    link_subject(officer, SLIP, None, because="通报里另有所指")
    assert counts(previewed(officer, TITLES, kind="titles"))["new"] == 1


COMMAND = Actor(person_id=None, name="命令行", role=Role.chain_officer, chains=frozenset({ALL_CHAINS}))


def test_the_command_takes_names_as_the_chain_office_said_and_tells_who_said_so(
    officer: Actor, firm: Enterprise, capsys: pytest.CaptureFixture[str]
) -> None:
    _, before = run(COMMAND, TITLES, kind="titles", name="a.csv", dry_run=True)
    assert (before.difference.counts["new"], answered_before(before)) == (1, [])
    answered(officer, previewed(officer, TITLES, kind="titles"), row2="new")
    batch, examined = run(COMMAND, TITLES, kind="titles", name="a.csv")
    assert not TitleHolding.objects.exists() and batch is not None
    assert answered_before(examined) == [
        {"row": 2, "name": SLIP, "enterprise": None, "by": officer.name, "on": clock.today().isoformat()}
    ]
    print_answered(examined)
    assert officer.name in (told := capsys.readouterr().out) and "都不是" in told
    answered(officer, previewed(officer, TITLES, kind="titles"), row2=firm.pk)
    _, examined = run(COMMAND, TITLES, kind="titles", name="a.csv")
    assert TitleHolding.objects.get().enterprise == firm
    assert [one["enterprise"] for one in answered_before(examined)] == [firm.pk]


def test_the_command_does_not_take_the_word_of_other_offices(officer: Actor, firm: Enterprise) -> None:
    elsewhere = actor_for(make_person(Role.department_officer))
    answered(elsewhere, previewed(elsewhere, TITLES, kind="titles"), row2="new")
    _, examined = run(COMMAND, TITLES, kind="titles", name="a.csv", dry_run=True)
    assert (examined.difference.counts["new"], answered_before(examined)) == (1, [])
    stranger = replace(COMMAND, role=Role.analyst)
    assert offices_of(stranger) == ()
