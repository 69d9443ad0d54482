"""Random sequences of administrators' acts: nobody gains two roles or decides about themselves."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from typing import Any

import hypothesis
import pytest
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from lianzhang.casework import ADMINISTRATORS, Role
from lianzhang.kernel import LianzhangError, clock
from lianzhang.web.people import actions
from lianzhang.web.people.identity import actor_for
from lianzhang.web.people.models import Holding, Person
from tests.web.conftest import make_person

ROLES = [Role.chief, Role.chain_officer, *sorted(ADMINISTRATORS)]
#: Everybody tries, but those who might succeed try more often: places in ROLES, then newcomers.
PROPOSERS = st.sampled_from([*[ROLES.index(Role.system_admin)] * 4, *range(8)])
DECIDERS = st.sampled_from([*[ROLES.index(Role.security_admin)] * 2, *range(8)])


class Administration(RuleBasedStateMachine):
    """Everybody tries everything with everybody."""

    @initialize()
    def begin(self) -> None:
        """Five people in five posts."""
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.people = [make_person(role) for role in ROLES]
        self.organisation = self.people[0].holdings.get().post.organisation

    def teardown(self) -> None:
        """The next sequence begins with fresh people."""
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def _try(self, act: Any, *arguments: Any, **named: Any) -> None:
        try:
            act(*arguments, **named)
        except LianzhangError:
            hypothesis.event("refused")

    def _someone(self, number: int) -> Person:
        return Person.objects.get(pk=self.people[number % len(self.people)].pk)

    @rule(who=PROPOSERS, whom=st.integers(0, 8), role=st.sampled_from(ROLES), days=st.integers(-5, 5))
    def propose_post(self, who: int, whom: int, role: Role, days: int) -> None:
        """Anybody proposes any post for anybody."""
        post = actions.post_in(self.organisation, role)
        starts = clock.today() + timedelta(days=days)
        actor = actor_for(self._someone(who))
        self._try(actions.propose_holding, self._someone(whom), post, actor=actor, starts=starts)

    @rule(who=DECIDERS, number=st.integers(0, 30))
    def decide_post(self, who: int, number: int) -> None:
        """Anybody approves any post."""
        rows = list(Holding.objects.order_by("created"))
        self._try(actions.approve_holding, rows[number % len(rows)], actor=actor_for(self._someone(who)))

    @rule(who=PROPOSERS, number=st.integers(0, 30), days=st.integers(-2, 3))
    def end_post(self, who: int, number: int, days: int) -> None:
        """Anybody ends any post."""
        rows = list(Holding.objects.order_by("created"))
        last_day = clock.today() + timedelta(days=days)
        holding = rows[number % len(rows)]
        self._try(actions.end_holding, holding, actor=actor_for(self._someone(who)), last_day=last_day)

    @rule(who=PROPOSERS)
    def propose_person(self, who: int) -> None:
        """Anybody proposes a new account."""
        name = f"new{len(self.people)}"
        self._try(actions.propose_person, username=name, name="新人", actor=actor_for(self._someone(who)))
        self.people += Person.objects.filter(username=name)

    @rule(who=DECIDERS, whom=st.integers(0, 8))
    def decide_person(self, who: int, whom: int) -> None:
        """Anybody approves anybody."""
        self._try(actions.approve_person, self._someone(whom), actor=actor_for(self._someone(who)))

    @invariant()
    def administrators_are_apart(self) -> None:
        """On no day does anybody hold an administrator's post beside another role."""
        held = list(Holding.objects.exclude(state="refused").select_related("post"))
        for first, second in combinations(held, 2):
            if first.person_id != second.person_id or first.post.role == second.post.role:
                continue
            if ADMINISTRATORS & {Role(first.post.role), Role(second.post.role)}:
                earlier, later = sorted((first, second), key=lambda holding: holding.starts)
                assert earlier.ends is not None
                assert earlier.ends < later.starts

    @invariant()
    def nobody_decided_about_themselves(self) -> None:
        """Neither accounts nor posts."""
        for row in Holding.objects.exclude(decided_by=None):
            assert row.decided_by_id not in {row.person_id, row.proposed_by_id}
        for person in Person.objects.exclude(decided_by=None):
            assert person.decided_by_id not in {person.pk, person.proposed_by_id}


@pytest.mark.django_db
def test_no_sequence_of_acts_lets_one_person_gain_two_administrators_roles() -> None:
    steady = hypothesis.settings(
        max_examples=40, stateful_step_count=25, deadline=None, derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(Administration, settings=steady)
