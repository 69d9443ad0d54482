"""Who sees which facts: the list gives the same answer as the one question of permission."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import pytest
from django.urls import reverse

from lianzhang.casework import Actor, Role, Subject, may
from lianzhang.kernel import clock
from lianzhang.web.bulletins.queries import subject_of
from lianzhang.web.bulletins.queries import visible_to as bulletins_visible_to
from lianzhang.web.chains.actions.load_pack import load_pack
from lianzhang.web.chains.models import Chain
from lianzhang.web.facts import queries
from lianzhang.web.facts.models import Fact
from lianzhang.web.facts.placing import Places
from tests.web.bulletins.conftest import make_document
from tests.web.conftest import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def equipment(db: Any) -> Chain:
    load_pack("liaocheng")
    return Chain.objects.get(pk="equipment")


def make_fact(chain: Chain, **columns: Any) -> Fact:
    person = columns.pop("accepted_by", None) or make_person(Role.chain_officer)
    return Fact.objects.create(
        **{"subject": "聊城市", "indicator": "营业收入", "region_code": "371500", **columns},
        chain=chain,
        accepted_by=person,
    )


PEOPLE = [
    (Role.chief, {"chains": ("equipment",)}),
    (Role.chain_officer, {"chains": ("equipment",)}),
    (Role.chain_officer, {"chains": ("bearings",)}),
    (Role.department_officer, {"chains": ("*",)}),
    (Role.county_officer, {"region_code": "371526"}),
    (Role.county_officer, {"region_code": "371521"}),
    (Role.analyst, {}),
    (Role.enterprise_user, {}),
    (Role.institute_contact, {}),
    (Role.system_admin, {}),
    (Role.audit_admin, {}),
]


def test_a_list_of_facts_holds_exactly_what_the_actor_may_see(
    equipment: Chain, actor: Callable[..., Actor]
) -> None:
    chains = [equipment, *equipment.sub_chains.all()[:3], Chain.objects.get(pk="bearings")]
    facts = [
        make_fact(chain, region_code=code)
        for chain, code in product(dict.fromkeys(chains), ("371500", "371526", "371521", "370000", ""))
    ]
    for role, named in PEOPLE:
        who = actor(role, **named)
        seen = set(queries.visible_to(who).values_list("pk", flat=True))
        for fact in facts:
            in_charge = (
                fact.chain_id if fact.chain_id in who.chains else fact.chain.parent_id or fact.chain_id
            )
            subject = Subject(kind="fact", chain=in_charge, region_code=fact.region_code or None)
            assert (fact.pk in seen) == may(who, "fact.see", subject).allowed, (role, named, fact.chain_id)


def test_a_list_of_bulletins_holds_exactly_what_the_actor_may_see(
    equipment: Chain, actor: Callable[..., Actor]
) -> None:
    documents = [make_document(equipment), make_document(Chain.objects.get(pk="bearings"))]
    for role, named in PEOPLE:
        who = actor(role, **named)
        seen = set(bulletins_visible_to(who).values_list("pk", flat=True))
        for document in documents:
            allowed = may(who, "bulletin.see", subject_of(document, who)).allowed
            assert (document.pk in seen) == allowed, (role, named)


def test_withdrawn_facts_are_in_no_list(equipment: Chain, actor: Callable[..., Actor]) -> None:
    make_fact(equipment, withdrawn_at=clock.now())
    who = actor(Role.analyst)
    assert list(queries.visible_to(who)) == []
    assert queries.facts_of_chain(who, "equipment") == []
    assert queries.count_by_chain(who) == {}


def test_what_a_bulletin_on_the_whole_chain_says_of_a_field_is_on_the_page_of_that_field(
    equipment: Chain, actor: Callable[..., Actor]
) -> None:
    chosen = make_fact(
        equipment, subject="东昌府区", sub_field="工程机械", field_chain_id="construction-machinery"
    )
    field = make_fact(
        equipment, subject="工程机械产业", subject_kind="sub_chain", field_chain_id="construction-machinery"
    )
    who = actor(Role.chief)
    on_field = queries.facts_of_chain(who, "construction-machinery")
    assert {fact.pk for fact in on_field} == {chosen.pk, field.pk}
    assert {fact.subject_kind for fact in on_field} == {"other", "chain"}
    assert len(queries.facts_of_chain(who, "equipment")) == 2
    assert queries.count_by_chain(who) == {"equipment": 2, "construction-machinery": 2}


@pytest.mark.parametrize(
    ("subject", "kind", "code"),
    [
        ("聊城市装备制造产业链", "chain", "371500"),
        ("聊城市装备制造产业", "chain", "371500"),
        ("装备制造业", "other", "371500"),
        ("全市装备制造产业", "chain", "371500"),
        ("产业链", "chain", "371500"),
        ("工程机械产业", "sub_chain", "371500"),
        ("东昌府区", "county", "371502"),
        ("茌平县", "county", "371503"),
        ("聊城市", "city", "371500"),
        ("冠县肯石重工机械", "enterprise", "371500"),
        ("时风集团", "enterprise", "371500"),
        ("聊城市市场监管局", "office", "371500"),
        ("魏洪柱", "other", "371500"),
    ],
)
def test_a_subject_is_placed_by_its_name(equipment: Chain, subject: str, kind: str, code: str) -> None:
    place = Places.of(equipment).place(subject)
    assert (place.subject_kind, place.region_code) == (kind, code)


def test_a_field_is_found_by_any_of_its_names(equipment: Chain) -> None:
    places = Places.of(equipment)
    assert places.place("高唐县", sub_field="花岗岩精密制造").field_chain_id == "granite-precision"
    assert places.place("阳谷县", sub_field="电线电缆").field_chain_id == "wire-and-cable"
    assert places.place("阳谷县", sub_field="一种没有的领域").field_chain_id is None


def test_filters_narrow_the_list_and_wrong_ones_do_not_break_it(
    equipment: Chain, signed_in: Any, person: Any
) -> None:
    officer = person(Role.chain_officer)
    make_fact(equipment, subject="时风集团", indicator="出口额", kind="metric", accepted_by=officer)
    make_fact(
        equipment, subject="鑫大地", indicator="项目", kind="project", project="弹簧项目", accepted_by=officer
    )
    browser = signed_in(officer)
    page = browser.get(reverse("facts:list") + "?words=弹簧 鑫大地").content.decode()
    assert "鑫大地" in page
    assert "时风集团" not in page
    assert "没有符合这些条件" in browser.get(reverse("facts:list") + "?kind=rank").content.decode()
    wrong = browser.get(reverse("facts:list") + "?kind=%27&year=x&chain=no&page=999&words=%25%00")
    assert wrong.status_code == 200


def test_a_table_for_a_spreadsheet_runs_no_formula(equipment: Chain, signed_in: Any, person: Any) -> None:
    officer = person(Role.chain_officer)
    make_fact(
        equipment,
        subject='=HYPERLINK("x")',
        indicator="＋1",
        scope="\t@x",
        change_pct="-3.5",
        accepted_by=officer,
    )
    response = signed_in(officer).get(reverse("facts:export"))
    content = b"".join(response.streaming_content)
    assert content.startswith(b"\xef\xbb\xbf")
    text = content.decode("utf-8-sig")
    assert '"\'=HYPERLINK(""x"")"' in text
    assert "'＋1" in text
    assert "'\t@x" in text
    assert ",-3.5," in text
    assert response["Content-Disposition"].startswith("attachment")


def test_a_plan_is_marked_once_in_its_row(equipment: Chain, signed_in: Any, person: Any) -> None:
    officer = person(Role.chain_officer)
    stated = {"unit": "亿元", "period": "2025", "planned": True, "accepted_by": officer}
    make_fact(equipment, indicator="营业收入", value="100", **stated)
    page = signed_in(officer).get(reverse("facts:list")).content.decode()
    assert page.split("<tbody>")[1].split("</tbody>")[0].count("计划") == 1
