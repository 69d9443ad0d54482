"""One proposes, another decides, and nobody becomes an administrator and something else."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from lianzhang.casework import Actor, Role
from lianzhang.kernel import Conflict, NotAllowed, clock
from lianzhang.web.journal.models import Event
from lianzhang.web.people import actions, queries
from lianzhang.web.people.actions.propose import PostsClash
from lianzhang.web.people.models import Holding, OneTimeLink, Organisation, Person, Post
from tests.web.conftest import make_person

pytestmark = pytest.mark.django_db

NEW_PASSWORD = "Canal-at-Linqing-1411"


@pytest.fixture
def office() -> Organisation:
    return actions.create_organisation(
        name="聊城市链长办", kind="chain_office", short_name="链长办", chains=["equipment"]
    )


def fields(office: Organisation, **changes: Any) -> dict[str, Any]:
    return {
        "name": "王芳",
        "username": "WangFang",
        "organisation": office.pk,
        "role": "chain_officer",
    } | changes


def test_an_account_is_proposed_by_one_approved_by_another_and_then_opens_by_its_link(
    signed_in: Callable[..., Client], office: Organisation
) -> None:
    system, security = signed_in(Role.system_admin), signed_in(Role.security_admin)
    answer = system.post("/people/new/", fields(office), follow=True)
    link = re.search(r"http://testserver(/welcome/[^/]+/)", answer.text)
    assert link is not None
    person = Person.objects.get(username="wangfang")
    assert person.state == "proposed"
    visitor = Client()
    assert visitor.get(link[1]).status_code == 404
    assert "王芳" in security.get("/people/waiting/").text
    assert security.post(f"/people/{person.pk}/approve/").status_code == 302
    assert "王芳，请设置口令" in visitor.get(link[1]).text
    assert visitor.post(link[1], {"password": "short", "again": "short"}).status_code == 400
    assert visitor.post(link[1], {"password": NEW_PASSWORD, "again": NEW_PASSWORD}).status_code == 302
    assert visitor.get(link[1]).status_code == 404
    assert visitor.post("/login/", {"username": "wangfang", "password": NEW_PASSWORD}).status_code == 302
    assert "聊城市链长办" in visitor.get("/account/").text
    verbs = list(Event.objects.order_by("seq").values_list("verb", flat=True))
    assert [verb for verb in verbs if verb in {"person.create", "person.approve", "link.use"}][-3:] == [
        "person.create", "person.approve", "link.use",
    ]  # fmt: skip


def test_the_link_is_shown_once_and_its_secret_is_stored_nowhere(
    signed_in: Callable[..., Client], office: Organisation
) -> None:
    system = signed_in(Role.system_admin)
    answer = system.post("/people/new/", fields(office), follow=True)
    secret = re.search(r"/welcome/([^/]+)/", answer.text)[1]  # type: ignore[index]
    assert secret not in system.get(answer.request["PATH_INFO"]).text
    assert not OneTimeLink.objects.filter(digest=secret).exists()
    assert secret not in "".join(event.after for event in Event.objects.all())


def test_a_link_for_an_existing_account_waits_for_the_security_administrator(
    signed_in: Callable[..., Client], person: Callable[..., Person]
) -> None:
    someone = person(Role.chief)
    answer = signed_in(Role.system_admin).post(f"/people/{someone.pk}/link/", follow=True)
    link = re.search(r"http://testserver(/welcome/[^/]+/)", answer.text)[1]  # type: ignore[index]
    assert Client().get(link).status_code == 404
    waiting = OneTimeLink.objects.get()
    assert signed_in(Role.security_admin).post(f"/links/{waiting.pk}/approve/").status_code == 302
    assert Client().get(link).status_code == 200
    with clock.fixed(clock.now() + timedelta(hours=73)):
        assert Client().get(link).status_code == 404


def test_the_system_administrator_cannot_approve_and_the_security_administrator_cannot_create(
    signed_in: Callable[..., Client], office: Organisation
) -> None:
    system, security = signed_in(Role.system_admin), signed_in(Role.security_admin)
    system.post("/people/new/", fields(office))
    person = Person.objects.get(username="wangfang")
    assert system.post(f"/people/{person.pk}/approve/").status_code == 403
    assert security.post("/people/new/", fields(office, username="other")).status_code == 403
    assert not Person.objects.filter(username="other").exists()
    assert Person.objects.get(pk=person.pk).state == "proposed"
    assert Event.objects.filter(result="refused").count() == 2


def test_two_decisions_about_one_account_do_not_both_count(actor: Callable[..., Actor]) -> None:
    person = actions.propose_person(username="wangfang", name="王芳", actor=actor(Role.system_admin))
    stale = Person.objects.get(pk=person.pk)
    actions.approve_person(person, actor=actor(Role.security_admin))
    with pytest.raises(Conflict):
        actions.refuse_person(stale, actor=actor(Role.security_admin))
    assert Person.objects.get(pk=person.pk).state == "active"


def test_a_refused_account_never_opens(actor: Callable[..., Actor], office: Organisation) -> None:
    person, link = actions.propose_account(
        actor(Role.system_admin),
        username="wangfang",
        name="王芳",
        organisation=office,
        role=Role.chain_officer,
    )
    actions.refuse_person(person, actor=actor(Role.security_admin))
    assert Client().get(link).status_code == 404
    assert not person.holdings.filter(state="active").exists()


@pytest.mark.parametrize("second", [Role.security_admin, Role.audit_admin, Role.chief])
def test_an_administrator_is_given_no_other_post(
    person: Callable[..., Person], office: Organisation, second: Role
) -> None:
    someone = person(Role.system_admin)
    with pytest.raises(PostsClash):
        actions.propose_holding(someone, actions.post_in(office, second))


def test_the_database_itself_keeps_the_three_administrators_apart(
    person: Callable[..., Person], office: Organisation
) -> None:
    someone = person(Role.system_admin)
    for role in (Role.security_admin, Role.audit_admin, Role.chief):
        with pytest.raises(DatabaseError), transaction.atomic():
            Holding.objects.create(person=someone, post=actions.post_in(office, role), state="active")
    officer = person(Role.chief)
    for role in (Role.system_admin, Role.audit_admin):
        with pytest.raises(DatabaseError), transaction.atomic():
            Holding.objects.create(person=officer, post=actions.post_in(office, role))
    held = Holding.objects.get(person=officer)
    with pytest.raises(DatabaseError), transaction.atomic():
        admin_post = actions.post_in(office, Role.audit_admin)
        Holding.objects.bulk_create([Holding(person=officer, post=admin_post, starts=held.starts)])
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE people_post SET role = 'audit_admin' WHERE role = 'chief'")


def test_after_the_last_day_of_one_post_the_other_may_begin(
    person: Callable[..., Person], office: Organisation, actor: Callable[..., Actor]
) -> None:
    someone = person(Role.audit_admin)
    today = clock.today()
    actions.end_holding(someone.holdings.get(), actor=actor(Role.system_admin), last_day=today)
    with pytest.raises(PostsClash):
        actions.propose_holding(someone, actions.post_in(office, Role.chain_officer), starts=today)
    tomorrow = today + timedelta(days=1)
    holding = actions.propose_holding(someone, actions.post_in(office, Role.chain_officer), starts=tomorrow)
    with pytest.raises(DatabaseError), transaction.atomic():
        Holding.objects.filter(pk=holding.pk).update(starts=today)


@pytest.mark.parametrize("column", ["decided_by", "proposed_by"])
def test_the_database_refuses_that_somebody_decides_their_own_proposal(
    person: Callable[..., Person], column: str
) -> None:
    admin, someone = person(Role.security_admin), person(Role.chief)
    with pytest.raises(DatabaseError), transaction.atomic():
        Person.objects.filter(pk=someone.pk).update(decided_by=admin, proposed_by=admin)
    with pytest.raises(DatabaseError), transaction.atomic():
        Person.objects.filter(pk=someone.pk).update(decided_by=someone)


def test_a_person_with_two_posts_acts_in_one_at_a_time(
    person: Callable[..., Person], signed_in: Callable[..., Client], office: Organisation
) -> None:
    someone = person(Role.chief)
    second = actions.propose_holding(someone, actions.post_in(office, Role.chain_officer))
    Holding.objects.filter(pk=second.pk).update(state="active")
    client = signed_in(someone)
    assert client.get("/why/").context["role"] == "链长"
    assert client.post("/account/identity/", {"holding": second.pk}).status_code == 302
    assert client.get("/why/").context["role"] == "链长办工作人员"
    stranger = make_person(Role.analyst).holdings.get()
    assert client.post("/account/identity/", {"holding": stranger.pk}).status_code == 400
    assert client.get("/why/").context["role"] == "链长办工作人员"
    assert Event.objects.filter(verb="identity.switch").count() == 1


def test_a_post_counts_from_its_first_to_its_last_day(person: Callable[..., Person]) -> None:
    from lianzhang.web.people.identity import actor_for

    someone = person(Role.chief)
    today = clock.today()
    Holding.objects.filter(person=someone).update(starts=today, ends=today)
    assert actor_for(someone).role is Role.chief
    Holding.objects.filter(person=someone).update(
        starts=today - timedelta(days=3), ends=today - timedelta(days=1)
    )
    assert actor_for(someone).role is Role.without_post
    Holding.objects.filter(person=someone).update(starts=today + timedelta(days=1), ends=None)
    assert actor_for(someone).role is Role.without_post


@pytest.mark.django_db(transaction=True)
def test_two_posts_given_at_the_same_moment_do_not_slip_past_each_other(office: Organisation) -> None:
    someone = make_person(Role.chief)
    someone.holdings.all().delete()
    posts = [actions.post_in(office, role) for role in (Role.system_admin, Role.audit_admin)]
    start = threading.Barrier(2)
    outcomes: list[str] = []

    def give(post: Post) -> None:
        start.wait()
        try:
            Holding.objects.create(person=someone, post=post, state="active")
            outcomes.append("given")
        except DatabaseError:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=give, args=(post,)) for post in posts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["given", "refused"]
    assert someone.holdings.count() == 1


def test_stopping_an_account_ends_its_sessions_at_once(
    signed_in: Callable[..., Client], person: Callable[..., Person]
) -> None:
    someone = person(Role.chief)
    client, security = signed_in(someone), signed_in(Role.security_admin)
    assert client.get("/account/").status_code == 200
    assert security.post(f"/people/{someone.pk}/disable/").status_code == 302
    assert client.get("/account/").status_code == 302
    assert not someone.login_sessions.exists()
    assert security.post(f"/people/{someone.pk}/enable/").status_code == 302
    assert Person.objects.get(pk=someone.pk).is_active


def test_the_page_of_permissions_gives_a_reason_for_every_no(signed_in: Callable[..., Client]) -> None:
    page = signed_in(Role.county_officer).get("/why/")
    assert all(row["reason"] for row in page.context["refused"])
    assert "接受一条事实" in page.text
    assert "由链长办工作人员办理" in page.text


def test_only_administrators_see_other_people(actor: Callable[..., Actor]) -> None:
    officer, system = actor(Role.chain_officer), actor(Role.system_admin)
    assert {str(row.pk) for row in queries.people(officer)} == {officer.person_id}
    assert queries.people(system).count() == Person.objects.count()
    assert {str(row.pk) for row in queries.organisations(officer)} == {officer.organisation_id}


def test_the_first_administrators_are_three_with_a_link_each_and_only_once() -> None:
    made = actions.first_administrators()
    roles = {person.holdings.get().post.role for person, _ in made}
    assert roles == {"system_admin", "security_admin", "audit_admin"}
    assert all(Client().get(link).status_code == 200 for _, link in made)
    assert actions.first_administrators() == []


def test_people_of_the_demonstration_sign_in_with_the_passwords_told_once() -> None:
    members = [
        actions.Member(
            username="lianchang", name="演示链长", role=Role.chief, organisation="聊城市", organisation_kind="leaders",
            chains=["equipment"],
        ),
        actions.Member(
            username="xianban", name="演示县办", role=Role.county_officer, organisation="高唐县",
            organisation_kind="county", region_code="371526",
        ),
    ]  # fmt: skip
    accounts = actions.install_people(members, must_change=False)
    assert len({account.password for account in accounts}) == 2
    for account in accounts:
        form = {"username": account.person.username, "password": account.password}
        client = Client()
        assert client.post("/login/", form).status_code == 302
        assert client.get("/why/").status_code == 200
    assert actions.install_people(members) == []


def test_a_name_that_is_taken_is_said_to_be_taken(
    signed_in: Callable[..., Client], office: Organisation
) -> None:
    system = signed_in(Role.system_admin)
    system.post("/people/new/", fields(office))
    again = system.post("/people/new/", fields(office, name="王二"))
    assert again.status_code == 400
    assert "已存在" in again.text
    assert Person.objects.filter(username="wangfang").count() == 1


def test_a_name_that_cannot_be_one_is_shown_at_its_field(
    signed_in: Callable[..., Client], office: Organisation
) -> None:
    answer = signed_in(Role.system_admin).post("/people/new/", fields(office, username="wang fang!"))
    assert answer.status_code == 400
    assert "username" in answer.context["form"].errors


def test_a_post_is_not_given_twice_and_does_not_end_before_it_begins(
    signed_in: Callable[..., Client], person: Callable[..., Person]
) -> None:
    someone, system = person(Role.chief), signed_in(Role.system_admin)
    post = someone.holdings.get().post
    form = {"organisation": post.organisation_id, "role": "chief", "title": post.title}
    again = system.post(f"/people/{someone.pk}/posts/", form)
    assert again.status_code == 409
    assert "已任或已被提名此职" in again.text
    backwards = form | {"title": "其他", "starts": "2026-05-02", "ends": "2026-05-01"}
    assert system.post(f"/people/{someone.pk}/posts/", backwards).status_code == 400
    assert someone.holdings.count() == 1


def test_a_county_needs_its_code(signed_in: Callable[..., Client]) -> None:
    form = {
        "name": "高唐县",
        "kind": "county",
        "short_name": "",
        "region_code": "",
        "chains": "equipment，WIRE",
    }
    system = signed_in(Role.system_admin)
    refused = system.post("/organisations/new/", form)
    assert refused.status_code == 400
    assert "须填行政区划代码" in refused.text
    assert system.post("/organisations/new/", form | {"region_code": "371526"}).status_code == 302
    assert Organisation.objects.get(name="高唐县").chains == ["equipment", "WIRE"]


def test_actions_ask_for_permission_themselves(actor: Callable[..., Actor], office: Organisation) -> None:
    chief = actor(Role.chief)
    with pytest.raises(NotAllowed):
        actions.propose_person(username="x1", name="某", actor=chief)
    with pytest.raises(NotAllowed):
        actions.create_organisation(name="新单位", kind="department", actor=chief)
    with pytest.raises(NotAllowed):
        actions.approve_person(make_person(Role.analyst), actor=actor(Role.security_admin))
