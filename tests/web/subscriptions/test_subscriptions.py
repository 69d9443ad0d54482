"""Subscribers are told of deadlines and changes: each once, whatever the clock and the server do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lianzhang.casework import ANONYMOUS, Actor, Role
from lianzhang.kernel import NotAllowed, clock
from lianzhang.web.measures.models import ListVersion, MeasureList
from lianzhang.web.people.identity import actor_for
from lianzhang.web.people.models import Person
from lianzhang.web.subscriptions import queries
from lianzhang.web.subscriptions.actions import deliver, follow, leave, read_all
from lianzhang.web.subscriptions.actions.follow import CannotFollow

END = date(2026, 12, 31)
NEEDS = "all:\n  - {fact: employees, at_least: 20, unit: 人, clause: 第三条, confidence: A}\n"


@pytest.fixture
def owner(db: Any, today: Callable[[date], None], person: Callable[..., Person]) -> Actor:
    """Known since before the day that a test sets, whatever day it is run on."""
    return actor_for(person(Role.enterprise_user, username="owner"))


@pytest.fixture
def version(owner: Actor, person: Callable[..., Person]) -> ListVersion:
    """A list with one measure, in force until the end of 2026."""
    officer = person(Role.chain_officer, username="keeper")
    listed = MeasureList.objects.create(
        code="main", kind="main", title="主清单", owner=officer.holdings.get().post.organisation
    )
    version = ListVersion.objects.create(list=listed, number=1, drafted_by=officer)
    version.measures.create(code="testing", title="检测费减免", requires=NEEDS, gives="减免30%")
    ListVersion.objects.filter(pk=version.pk).update(
        state="published", valid_from=date(2026, 1, 1), valid_to=END
    )
    return version


@pytest.fixture
def today() -> Iterator[Callable[[date], None]]:
    """Set the day."""
    with ExitStack() as held:

        def to(day: date) -> None:
            at = datetime(day.year, day.month, day.day, 9, tzinfo=clock.CHINA)
            held.enter_context(clock.fixed(at))

        to(date(2026, 10, 1))
        yield to


def said(actor: Actor) -> list[str]:
    return [row.said["zh"] for row in queries.news(actor).order_by("pk")]


def test_each_reminder_comes_once_on_its_day_however_often_the_clock_ticks(
    owner: Actor, version: ListVersion, today: Callable[[date], None]
) -> None:
    follow(owner, "measure:main/testing")
    told = {}
    day = date(2026, 11, 20)
    while day <= END + timedelta(days=5):
        today(day)
        told[day] = sum(deliver() for _ in range(3))
        day += timedelta(days=1)
    on = {day: count for day, count in told.items() if count}
    ended = END + timedelta(days=1)  # nothing is in force from here: told once, too
    assert on == {date(2026, 12, 1): 1, date(2026, 12, 24): 1, date(2026, 12, 30): 1, ended: 1}
    assert said(owner) == [
        "订阅的“检测费减免”还有30天截止（2026-12-31）。",
        "订阅的“检测费减免”还有7天截止（2026-12-31）。",
        "订阅的“检测费减免”还有1天截止（2026-12-31）。",
        "“检测费减免”已不再施行，请核实是否有接替的规定。",
    ]


def test_after_a_standstill_only_the_nearest_reminder_comes(
    owner: Actor, version: ListVersion, today: Callable[[date], None]
) -> None:
    follow(owner, "measure:main/testing")
    today(date(2026, 12, 27))
    assert deliver() == 1
    assert said(owner) == ["订阅的“检测费减免”还有4天截止（2026-12-31）。"]
    today(END)
    assert deliver() == 1
    assert "今天截止" in said(owner)[-1]


def test_a_later_deadline_is_reminded_of_anew(
    owner: Actor, version: ListVersion, today: Callable[[date], None]
) -> None:
    follow(owner, "measure:main/testing")
    today(date(2026, 12, 1))
    deliver()
    ListVersion.objects.filter(pk=version.pk).update(valid_to=date(2027, 1, 31))
    today(date(2027, 1, 2))
    assert deliver() == 2  # the deadline moved, and the new one is thirty days away
    assert "2027-01-31" in " ".join(said(owner)[1:])


def test_a_changed_text_is_told_once_even_when_it_changes_back(
    owner: Actor, version: ListVersion, today: Callable[[date], None]
) -> None:
    follow(owner, "measure:main/testing")
    follow(owner, "list:main")
    assert deliver() == 0
    for number, gives in enumerate(("减免50%", "减免30%", "减免50%"), start=2):
        day = date(2026, 10, number)
        ListVersion.objects.filter(list=version.list, state="published").update(
            state="replaced", valid_to=day - timedelta(days=1)
        )
        newer = ListVersion.objects.create(list=version.list, number=number, drafted_by=version.drafted_by)
        newer.measures.create(code="testing", title="检测费减免", requires=NEEDS, gives=gives)
        ListVersion.objects.filter(pk=newer.pk).update(state="published", valid_from=day, valid_to=END)
        today(day)
        assert (deliver(), deliver()) == (2, 0), gives
    assert said(owner).count("“检测费减免”的内容有变化，请重新查看条件。") == 3


def test_two_processes_tell_a_thing_once(
    owner: Actor, version: ListVersion, today: Callable[[date], None]
) -> None:
    from lianzhang.web.subscriptions.actions.deliver import _tell
    from lianzhang.web.subscriptions.models import Subscription
    from lianzhang.web.subscriptions.texts import texts_on

    follow(owner, "measure:main/testing")
    ListVersion.objects.filter(pk=version.pk).update(valid_to=date(2026, 10, 20))
    now = texts_on(clock.today())["measure:main/testing"]
    one, other = Subscription.objects.get(), Subscription.objects.get()  # both read before either writes
    assert [_tell(row, now, clock.today()) for row in (one, other)] == [2, 0]


def test_a_rule_of_the_pack_is_followed_to_its_end(owner: Actor, today: Callable[[date], None]) -> None:
    today(date(2026, 2, 1))
    follow(owner, "rule:srdi_sme")
    for day, count in ((date(2026, 3, 1), 1), (date(2026, 3, 24), 1), (date(2026, 3, 30), 1)):
        today(day)
        assert deliver() == count
    today(date(2026, 4, 1))
    assert deliver() == 1
    assert "已不再施行" in said(owner)[-1]


def test_following_twice_is_following_once_and_leaving_ends_the_news(
    owner: Actor, version: ListVersion, today: Callable[[date], None]
) -> None:
    first = follow(owner, "measure:main/testing")
    measure = version.measures.get()
    assert follow(owner, f"measure:{measure.pk}").pk == first.pk
    assert leave(owner, first.pk) and not leave(owner, first.pk)
    today(date(2026, 12, 24))
    assert deliver() == 0


def test_leaving_and_following_again_does_not_repeat_a_reminder(
    owner: Actor, version: ListVersion, today: Callable[[date], None]
) -> None:
    today(date(2026, 12, 24))
    leave(owner, follow(owner, "measure:main/testing").pk)
    follow(owner, "measure:main/testing")
    assert (deliver(), deliver()) == (1, 0)
    leave(owner, queries.own(owner).get().pk)
    follow(owner, "measure:main/testing")
    assert deliver() == 0


@pytest.mark.parametrize(
    "key", ["", "measure:main/none", "measure:not-an-id", "rule:giant", "list:", "x" * 300]
)
def test_what_is_not_in_force_cannot_be_followed(
    owner: Actor, version: ListVersion, today: Callable[[date], None], key: str
) -> None:
    with pytest.raises(CannotFollow):
        follow(owner, key)
    with pytest.raises(NotAllowed):
        follow(ANONYMOUS, "measure:main/testing")


def test_nobody_reads_or_ends_the_subscription_of_another(
    owner: Actor, version: ListVersion, today: Callable[[date], None], person: Callable[..., Person]
) -> None:
    row = follow(owner, "measure:main/testing")
    other = actor_for(person(Role.department_officer, username="other"))
    today(date(2026, 12, 24))
    deliver()
    assert not queries.own(other).exists() and not queries.news(other).exists()
    assert not leave(other, row.pk)
    assert read_all(other) == 0 and queries.unread(owner).count() == 1


def test_a_person_follows_reads_and_leaves_on_the_page(
    owner: Actor, version: ListVersion, today: Callable[[date], None], client: Client
) -> None:
    today(date(2026, 12, 24))
    client.force_login(Person.objects.get(username="owner"))
    card = reverse("measures:card", args=[version.measures.get().pk])
    assert "订阅截止与变化" in client.get(card).content.decode()
    added = client.post(
        reverse("subscriptions:add"), {"key": "measure:main/testing", "next": card}, follow=True
    )
    assert "已订阅" in added.content.decode()
    elsewhere = {"key": "measure:main/testing", "next": "https://elsewhere.example/"}
    assert client.post(reverse("subscriptions:add"), elsewhere)["Location"] == reverse("subscriptions:mine")
    deliver()
    page = client.get(reverse("subscriptions:mine")).content.decode()
    assert "还有7天截止" in page and "2026-12-31" in page and "新提醒" in page
    client.post(reverse("subscriptions:read"))
    assert "新提醒" not in client.get(reverse("subscriptions:mine")).content.decode()
    client.post(reverse("subscriptions:end", args=[queries.own(owner).get().pk]))
    assert "还没有订阅" in client.get(reverse("subscriptions:mine")).content.decode()
