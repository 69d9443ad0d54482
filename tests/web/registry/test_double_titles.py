"""A title told twice counts once until an officer says that it is two, with a reason, and can take that back."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.kernel import Conflict
from lianzhang.kernel.fact import unsure
from lianzhang.web.chains.actions.load_pack import load_pack
from lianzhang.web.journal.models import Event
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions import enter, judge, judge_titles, withdraw_batch
from lianzhang.web.registry.double_titles import decided, doubled
from lianzhang.web.registry.entries import Entries, TitleEntry
from lianzhang.web.registry.models import Enterprise, TitleHolding, TitleJudgement
from lianzhang.web.registry.profile import profile_of
from lianzhang.web.registry.titles import holdings_in_force, tiers_held
from tests.web.registry.conftest import make_enterprise, source, text_of

pytestmark = pytest.mark.django_db
DESK = "/enterprises/titles/"
GIANT = "专精特新“小巨人”企业"


def told(actor: Actor, row: Enterprise, title: str = GIANT, *, name: str = "工信局名单", **more: Any) -> int:
    """Enter a title; gives its key."""
    batch = more.pop("in_batch", None)
    enter(
        actor,
        Entries(titles=[TitleEntry(enterprise=row.pk, title=title, **more)]),
        source=source(name, batch=batch),
    )
    return TitleHolding.objects.latest("pk").pk


def twice(actor: Actor) -> tuple[Enterprise, int, int]:
    """An enterprise with one title told twice: with its level and without."""
    row = make_enterprise(actor)
    full = told(actor, row, level="国家级", awarded="2023", valid_until=date(2026, 12, 31))
    return row, full, told(actor, row, name="县区月报")


def counted(actor: Actor, row: Enterprise) -> int:
    """How many titles the profile counts."""
    return len(profile_of(actor, row).once)


def test_an_officer_says_that_they_are_two_and_takes_it_back(office: Client, officer: Actor) -> None:
    row, full, bare = twice(officer)
    profile = text_of(office.get(f"/enterprises/{row.pk}/"))
    assert "似与另一条是同一称号" in profile and f"{DESK}?enterprise={row.pk}" in profile
    page = text_of(office.get(DESK))
    assert "县区月报" in page and "工信局名单" in page
    form = {"one": full, "other": bare, "seen": 0, "decision": "different", "because": ""}
    address = f"/enterprises/{row.pk}/titles/judge/"
    assert "请写明判断的理由" in text_of(office.post(address, form, follow=True))
    assert not TitleJudgement.objects.exists(), "a judgement needs its reason"
    form["because"] = "2023年与2020年两次认定"
    page = text_of(office.post(address, form, follow=True))
    assert "没有待判断的称号" in page and "2023年与2020年两次认定" in page and "改判" in page
    assert counted(officer, row) == 2
    assert "已判为另一项，分开计" in text_of(office.get(f"/enterprises/{row.pk}/"))
    seen = TitleJudgement.objects.get().pk
    narrowed = text_of(office.get(DESK, {"enterprise": row.pk}))
    assert f'name="seen" value="{seen}"' in narrowed and "收回判断" in narrowed
    back = form | {"decision": "unsure", "seen": seen, "because": "再核", "narrowed": "yes"}
    assert office.post(address, back)["Location"] == f"{DESK}?enterprise={row.pk}"
    assert counted(officer, row) == 1
    assert Event.objects.filter(verb="title.judge").count() == 2


def test_a_confirmed_double_counts_once_and_waits_no_longer(office: Client, officer: Actor) -> None:
    row, full, bare = twice(officer)
    judge_titles(officer, row.pk, one=bare, other=full, decision="same", because="同一批文件", seen=0)
    assert (counted(officer, row), doubled(officer)) == (1, [])
    assert [one.double.decision for one in decided(officer)] == ["same"]
    assert "已确认与另一条是同一项" in text_of(office.get(f"/enterprises/{row.pk}/"))


def test_of_two_officers_the_slower_one_is_told_and_changes_nothing(office: Client, officer: Actor) -> None:
    row, full, bare = twice(officer)
    judge_titles(officer, row.pk, one=full, other=bare, decision="same", because="同一批文件", seen=0)
    form = {"one": full, "other": bare, "seen": 0, "decision": "different", "because": "两次认定"}
    page = text_of(office.post(f"/enterprises/{row.pk}/titles/judge/", form), status=409)
    assert "这两条刚被别人判断过" in page
    assert TitleJudgement.objects.get().decision == "same"


def test_only_a_pair_that_looks_like_one_title_can_be_judged(officer: Actor) -> None:
    row, full, bare = twice(officer)
    other = told(officer, row, "制造业单项冠军企业")
    for pair in ((full, other), (full, full), (full, 0)):
        with pytest.raises(Conflict, match="不再像"):
            judge_titles(officer, row.pk, one=pair[0], other=pair[1], decision="same", because="x", seen=0)
    elsewhere = make_enterprise(officer, "别家有限公司")
    with pytest.raises(Conflict, match="不再像"):
        judge_titles(officer, elsewhere.pk, one=full, other=bare, decision="same", because="x", seen=0)
    assert not TitleJudgement.objects.exists()


def test_the_tiers_that_rules_ask_for_follow_the_judgement(officer: Actor) -> None:
    row = make_enterprise(officer)
    full = told(officer, row, level="国家级", awarded="2018", valid_until=date(2021, 12, 31))
    bare = told(officer, row, name="县区月报")

    def held() -> Any:
        return tiers_held(holdings_in_force().filter(enterprise=row), date(2022, 6, 30))

    assert held() == frozenset(), "it lapsed"
    mark = queries.mark()
    judge_titles(officer, row.pk, one=full, other=bare, decision="different", because="两次认定", seen=0)
    assert held() == {unsure("little_giant")}, "nobody knows how long the other one holds"
    assert queries.mark() != mark, "what was compared with the registry before is compared again"


def test_titles_of_records_judged_to_be_one_enterprise_are_judged_too(officer: Actor) -> None:
    one, two = make_enterprise(officer, "时风集团"), make_enterprise(officer)
    full, bare = told(officer, one, level="国家级"), told(officer, two)
    assert doubled(officer) == []
    judge(officer, one.pk, two.pk, "same")
    [found] = doubled(officer)
    assert found.enterprise.pk == one.pk
    judge_titles(officer, one.pk, one=full, other=bare, decision="different", because="两次认定", seen=0)
    assert counted(officer, one) == 2
    judge(officer, one.pk, two.pk, "different")
    assert decided(officer) == [] and counted(officer, Enterprise.objects.get(pk=two.pk)) == 1


def test_once_an_import_is_undone_its_title_is_no_double(officer: Actor) -> None:
    batch = uuid4()
    row = make_enterprise(officer)
    full = told(officer, row, level="国家级")
    bare = told(officer, row, in_batch=batch)
    judge_titles(officer, row.pk, one=full, other=bare, decision="different", because="两次认定", seen=0)
    withdraw_batch(officer, batch)
    assert (counted(officer, row), decided(officer)) == (1, [])
    with pytest.raises(Conflict, match="不再像"):
        judge_titles(officer, row.pk, one=full, other=bare, decision="same", because="x", seen=0)


@pytest.mark.parametrize("role", [Role.county_officer, Role.chief, Role.analyst, Role.enterprise_user])
def test_others_see_the_mark_and_do_not_judge(
    signed_in: Callable[..., Client], officer: Actor, role: Role
) -> None:
    row, full, bare = twice(officer)
    browser = signed_in(role)
    assert browser.get(DESK).status_code == 403
    form = {"one": full, "other": bare, "seen": 0, "decision": "same", "because": "x"}
    assert browser.post(f"/enterprises/{row.pk}/titles/judge/", form).status_code == 403
    if role is not Role.enterprise_user:
        page = text_of(browser.get(f"/enterprises/{row.pk}/"))
        assert "似与另一条是同一称号" in page and DESK not in page


@pytest.mark.parametrize("bad", [{"decision": "perhaps"}, {"one": "x"}, {"other": ""}])
def test_a_form_that_says_nothing_usable_changes_nothing(
    office: Client, officer: Actor, bad: dict[str, str]
) -> None:
    row, full, bare = twice(officer)
    form = {"one": full, "other": bare, "seen": 0, "decision": "same", "because": "同一批文件"} | bad
    assert office.post(f"/enterprises/{row.pk}/titles/judge/", form)["Location"] == DESK
    assert not TitleJudgement.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_the_very_same_moment_leave_one_judgement(
    officer: Actor, actor: Callable[..., Actor]
) -> None:
    load_pack("liaocheng")
    row, full, bare = twice(officer)
    start = Barrier(2)

    def say(who: Actor, decision: str) -> object:
        start.wait()
        try:
            return judge_titles(who, row.pk, one=full, other=bare, decision=decision, because="依据", seen=0)
        except Conflict as error:
            return error
        finally:
            connections.close_all()

    officers = [officer, actor(Role.department_officer)]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(say, officers, ["same", "different"]))
    [told] = [one for one in results if isinstance(one, Conflict)]
    assert "刚被别人判断过" in told.say("zh") and TitleJudgement.objects.count() == 1
