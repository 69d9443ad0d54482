"""Same, different, unsure: mergers follow from judgements and can always be taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lianzhang.casework import PROGRAM, Actor, Role
from lianzhang.kernel import Conflict, NotAllowed
from lianzhang.web.journal.models import Event
from lianzhang.web.registry import queries
from lianzhang.web.registry.actions import judge
from lianzhang.web.registry.actions.judge import Contradiction
from lianzhang.web.registry.models import Enterprise, EnterpriseName, EnterpriseValue, Judgement
from tests.web.conftest import make_person
from tests.web.registry.conftest import CODE, SHIFENG, make_enterprise


def everything() -> dict[str, Any]:
    """What lists and profiles are made of."""
    columns = [field.attname for field in Enterprise._meta.fields if field.attname != "version"]
    return {
        "enterprises": list(Enterprise.objects.order_by("pk").values(*columns)),
        "values": list(EnterpriseValue.objects.order_by("pk").values()),
        "names": list(EnterpriseName.objects.order_by("pk").values()),
    }


@pytest.mark.django_db
def test_the_older_record_stays_and_the_other_becomes_its_alias(officer: Actor) -> None:
    old = make_enterprise(officer, "时风集团")
    new = make_enterprise(officer, SHIFENG, credit_code=CODE, products="拖拉机")
    judge(officer, new.pk, old.pk, "same", because="同一法人")
    assert [row.pk for row in queries.visible_to(officer)] == [old.pk]
    found = queries.one(officer, new.pk)
    assert found is not None and found.pk == old.pk
    assert (found.credit_code, found.products) == (CODE, "拖拉机")
    assert "山东时风" in found.search


@pytest.mark.django_db
@pytest.mark.parametrize("undoing", ["different", "unsure"])
def test_a_split_restores_both_records(officer: Actor, undoing: str) -> None:
    old, new = make_enterprise(officer, "时风集团"), make_enterprise(officer, credit_code=CODE)
    before = everything()
    judge(officer, old.pk, new.pk, "same")
    assert everything() != before
    judge(officer, old.pk, new.pk, undoing, because="看错了")
    assert everything() == before
    assert Judgement.objects.count() == 2
    assert Event.objects.filter(verb="enterprise.judge").count() == 2


@pytest.mark.django_db
def test_a_judgement_against_a_chain_of_others_is_refused_and_says_which(officer: Actor) -> None:
    a, b, c = (make_enterprise(officer, f"企业{sign}有限公司") for sign in "甲乙丙")
    judge(officer, a.pk, b.pk, "same")
    judge(officer, b.pk, c.pk, "same")
    with pytest.raises(Contradiction, match="企业乙"):
        judge(officer, a.pk, c.pk, "different")
    assert Judgement.objects.count() == 2
    judge(officer, b.pk, c.pk, "unsure")
    judge(officer, a.pk, c.pk, "different")
    assert {row.pk for row in queries.visible_to(officer)} == {a.pk, c.pk}


@pytest.mark.django_db
def test_the_slower_of_two_officers_is_told(officer: Actor) -> None:
    a, b = make_enterprise(officer, "甲有限公司"), make_enterprise(officer, "乙有限公司")
    judge(officer, a.pk, b.pk, "same", seen=0)
    with pytest.raises(Conflict):
        judge(officer, a.pk, b.pk, "different", seen=0)
    assert Enterprise.objects.filter(merged_into=None).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "role", [Role.county_officer, Role.department_officer, Role.chief, Role.enterprise_user]
)
def test_only_the_chain_office_judges(role: Role, officer: Actor, actor: Callable[..., Actor]) -> None:
    a, b = make_enterprise(officer, "甲有限公司"), make_enterprise(officer, "乙有限公司")
    with pytest.raises(NotAllowed):
        judge(actor(role), a.pk, b.pk, "same")


@pytest.mark.django_db
def test_one_enterprise_is_not_compared_with_itself(officer: Actor) -> None:
    row = make_enterprise(officer)
    with pytest.raises(Contradiction):
        judge(officer, row.pk, row.pk, "same")


PAIRS = st.lists(
    st.tuples(
        st.sampled_from([(0, 1), (0, 2), (1, 2), (2, 3), (1, 3)]), st.sampled_from(["same", "different"])
    ),
    min_size=1,
    max_size=6,
)


class MergeThenSplit(TestCase):
    """Whatever was merged in whatever order, taking every judgement back restores the registry."""

    @settings(max_examples=15)
    @given(PAIRS)
    def test_taking_every_judgement_back_restores_everything(self, judged: list[Any]) -> None:
        from lianzhang.web.people.identity import actor_for

        assert PROGRAM.person_id is None
        officer = actor_for(make_person(Role.chain_officer))
        rows = [make_enterprise(officer, f"企业{sign}有限公司", address=sign) for sign in "甲乙丙丁"]
        before = everything()
        for (one, other), decision in judged:
            try:
                judge(officer, rows[one].pk, rows[other].pk, decision)
            except Contradiction:
                continue
        heads_now = set(Enterprise.objects.filter(merged_into=None).values_list("pk", flat=True))
        assert all(row.merged_into_id in heads_now for row in Enterprise.objects.exclude(merged_into=None))
        for one, other in {pair for pair, _ in judged}:
            judge(officer, rows[one].pk, rows[other].pk, "unsure")
        assert everything() == before
