"""Offices doing anything in any order: what the tables never let happen.

Hypothesis drives every kind of case with acts of every party, sensible and senseless, over weeks of time.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from lianzhang.casework import PROGRAM, Refused, Role
from lianzhang.casework.calendar import CalendarUnknown
from lianzhang.casework.flow import (
    FLOWS,
    RESULTS,
    Act,
    Case,
    Decision,
    Party,
    begin,
    decide,
    offers,
    owner_of,
)
from lianzhang.kernel.clock import CHINA
from tests.casework.ground import actor_in, calendar, china, presets

PEOPLE = {
    "firm": actor_in(Role.enterprise_user, "firm"),
    "office": actor_in(Role.chain_officer, "office"),
    "colleague": actor_in(Role.chain_officer, "office", "office-2"),
    "chief": actor_in(Role.chief, "leaders"),
    "unit": actor_in(Role.department_officer, "unit"),
    "unit head": actor_in(Role.department_officer, "unit", "unit-2"),
    "other unit": actor_in(Role.department_officer, "other"),
    "county": actor_in(Role.county_officer, "county"),
    "bank": actor_in(Role.bank_contact, "bank"),
    "stranger": actor_in(Role.enterprise_user, "another firm"),
    "clock": PROGRAM,
}
#: What people fill in: first what makes sense, then what does not.
GIVEN: dict[str, tuple[tuple[Any, ...], tuple[Any, ...]]] = {
    "text": (("已联系",), ("", "  ")),
    "reason": (("情况复杂",), ("",)),
    "basis": (("某办法第三条",), ("",)),
    "ground": (("elsewhere",), (None,)),
    "main": (("another",), ("self",)),
    "self": (("self",), ("self",)),
    "unit": (("unit", "other"), ("county", None)),
    "helpers": (((), ("other",)), (("stranger",),)),
    "matter": (("question", "single", "policy"), ("nonsense",)),
    "result": (tuple(RESULTS), ("nonsense",)),
    "rating": ((1, 2, 3, 4, 5), (0, 6, None)),
    "amount": (("12",), ("",)),
    "partner": (("bank",), (None,)),
    "consent": ((True,), (False,)),
    "missing": (((),), (("验收",),)),
    "items": ((2,), (0,)),
    "undecided": ((0,), (1,)),
}
#: Ways out that would end most stories on the first page; they are taken, but seldom.
SELDOM = {
    "withdraw",
    "decline",
    "merge",
    "end",
    "drop",
    "cancel",
    "dismiss",
    "keep",
    "withdraw_consent",
    "return",
}
#: Where each kind begins, and what it has then.
BEGINNINGS: dict[str, dict[str, Any]] = {
    "request": {"state": "draft", "firm": "firm", "matter": "single"},
    "problem": {"state": "found"},
    "meeting": {"state": "planning"},
    "resolution": {"state": "agreed", "lead": "unit", "planned": date(2025, 3, 31)},
    "project": {"state": "lead", "lead": "county"},
    "factor": {"state": "asked", "firm": "firm"},
    "need": {"state": "raw", "firm": "firm"},
    "visit": {"state": "planned", "lead": "county", "firm": "firm"},
}


class Office(RuleBasedStateMachine):
    """One case in the hands of everybody."""

    kind = "request"

    @initialize()
    def start(self) -> None:
        self.flow = FLOWS[self.kind]
        self.now: datetime = china(2025, 3, 3)
        self.history: list[tuple[str, Decision]] = []
        case = Case(kind=self.kind, chain="equipment", **BEGINNINGS[self.kind])
        self.case = begin(self.flow, case, now=self.now, presets=presets()[self.kind])

    @rule(minutes=st.sampled_from([1, 45, 200, 1440, 3 * 1440, 12 * 1440]))
    def time_passes(self, minutes: int) -> None:
        self.now = min(self.now + timedelta(minutes=minutes), china(2026, 9, 1))

    @rule(seed=st.integers(0, 2**32))
    def work_goes_on(self, seed: int) -> None:
        """For a while those who can do something do it, mostly sensibly, and time passes."""
        chance = Random(seed)
        for _ in range(chance.randrange(5, 30)):
            self._go_on(chance)
            self.time_passes(chance.choice((30, 30, 500, 1440, 5000, 15000)))

    def _go_on(self, chance: Random) -> None:
        possible = [
            (name, row.action)
            for name, actor in PEOPLE.items()
            for row in offers(self.flow, self._act(actor))
        ]
        usual = [one for one in possible if one[1] not in SELDOM]
        if usual or possible:
            name, action = chance.choice(usual if usual and chance.random() < 0.85 else possible)
            self._do(name, action, chance, sense=0.99)

    @rule(seed=st.integers(0, 2**32))
    def somebody_tries_anything(self, seed: int) -> None:
        chance = Random(seed)
        self._do(chance.choice(sorted(PEOPLE)), chance.choice(self.flow.actions), chance, sense=0.8)

    def _act(self, actor: Any) -> Act:
        return Act(
            case=self.case, actor=actor, action="", given={"rating": 1}, now=self.now, calendar=calendar(),
            presets=presets()[self.kind],
        )  # fmt: skip

    def _do(self, name: str, action: str, chance: Random, *, sense: float) -> None:
        given = {key: chance.choice(values[chance.random() > sense]) for key, values in GIVEN.items()}
        ahead = chance.randrange(6, 40) if chance.random() < sense else chance.randrange(-3, 6)
        given["date"] = calendar().first_working_day_from(
            self.now.astimezone(CHINA).date() + timedelta(days=ahead)
        )
        before = self.case
        try:
            answer = decide(
                self.flow, before, PEOPLE[name], action, given, now=self.now, calendar=calendar(),
                presets=presets()[self.kind],
            )  # fmt: skip
        except CalendarUnknown:
            return
        if isinstance(answer, Refused):
            assert self.case is before
            return
        assert answer.row.by
        self.holds(name, answer)
        self.history.append((name, answer))
        self.case = answer.after

    def holds(self, name: str, done: Decision) -> None:
        """What is true after every act of every kind."""
        party, organisation = owner_of(self.flow, done.after)
        assert isinstance(party, Party)
        if party in (Party.firm, Party.lead, Party.partner) and not self.flow.state(done.after.state).final:
            assert organisation is not None, f"nobody owns it in {done.after.state}"
        assert name != "stranger", f"a stranger did {done.row.action}"
        assert name != "clock" or done.row.by == (Party.clock,)
        handle = done.before.clocks.get("handle")
        if handle is not None:
            assert done.after.clocks["handle"].started == handle.started, "the firm's clock began anew"

    @invariant()
    def a_case_is_in_one_known_state(self) -> None:
        if hasattr(self, "case"):
            assert self.flow.state(self.case.state)


class Requests(Office):
    """Requests: nobody but the firm, or its silence, closes one."""

    def holds(self, name: str, done: Decision) -> None:
        super().holds(name, done)
        if done.after.state in ("closed", "planned") and done.before.state not in ("closed", "planned"):
            if done.row.action == "silence":
                due = done.before.clocks["confirm"].due(calendar())
                assert name == "clock" and due is not None and done.at > due
            else:
                assert name == "firm" and done.row.action == "confirm"
        if done.after.state == "withdrawn":
            assert any(who == "firm" and act.row.action == "withdraw" for who, act in self.history)
        if done.row.action == "check":
            assert PEOPLE[name].person_id != done.before.answered_by, "four eyes"
        if done.row.action == "refuse" and done.after.count("refused") >= 2:
            assert done.after.state == "consultation" and "for_agenda" in done.after.marks
        assert done.after.count("paused") <= 2 and done.after.count("extended") <= 2


class Factors(Office):
    kind = "factor"

    def holds(self, name: str, done: Decision) -> None:
        super().holds(name, done)
        if done.after.state == "closed":
            assert (name, done.row.action) in {("firm", "confirm"), ("clock", "silence")}


class Resolutions(Office):
    kind = "resolution"

    def holds(self, name: str, done: Decision) -> None:
        super().holds(name, done)
        if done.after.state == "verified":
            assert PEOPLE[name].organisation_id != done.before.lead, "the unit that owes it closed it"


class Needs(Office):
    kind = "need"

    def holds(self, name: str, done: Decision) -> None:
        super().holds(name, done)
        if "consented" not in done.after.marks:
            assert done.after.partner is None, "shared without consent"
        if done.after.state == "closed":
            assert {"by_firm", "by_partner"} <= done.after.marks


class Problems(Office):
    kind = "problem"

    def holds(self, name: str, done: Decision) -> None:
        super().holds(name, done)
        if done.row.action == "close":
            assert PEOPLE[name].person_id != done.before.answered_by


class Meetings(Office):
    kind = "meeting"


class Projects(Office):
    kind = "project"

    def holds(self, name: str, done: Decision) -> None:
        super().holds(name, done)
        stages = [state.name for state in self.flow.states]
        if done.row.action == "advance":
            assert stages.index(done.after.state) == stages.index(done.before.state) + 1
        assert done.row.action != "go_on" or done.after.state == done.before.result, "back at another stage"


class Visits(Office):
    kind = "visit"


MACHINES = (
    (Requests, 90), (Factors, 30), (Resolutions, 30), (Needs, 40), (Problems, 30), (Meetings, 30), (Projects, 30),
    (Visits, 20),
)  # fmt: skip


@pytest.mark.parametrize(("machine", "examples"), MACHINES, ids=lambda value: getattr(value, "kind", None))
def test_whatever_people_do_the_rules_hold(machine: type[Office], examples: int) -> None:
    case = machine.TestCase
    case.settings = settings(max_examples=examples, stateful_step_count=15, deadline=None)
    case("runTest").runTest()


@pytest.mark.parametrize("machine", [machine for machine, _ in MACHINES], ids=lambda machine: machine.kind)
def test_every_act_of_the_table_can_happen_and_the_rules_hold_then_too(machine: type[Office]) -> None:
    """Stories that prefer what has happened least, until every act of the table has been done."""
    chance, done = Random(3), Counter[str]()
    wanted = set(FLOWS[machine.kind].actions)
    for story in range(3000):
        office = machine()
        office.start()
        if machine.kind == "request" and story % 5 == 0:
            office.case = replace(office.case, lead="county", marks=frozenset({"first_contact"}))
        for _ in range(60):
            possible = [
                (name, row) for name, one in PEOPLE.items() for row in offers(office.flow, office._act(one))
            ]
            if not possible:
                break
            forward = [one for one in possible if one[1].tone == "primary"]
            if chance.random() < 0.3 or not forward:
                name, row = min(possible, key=lambda one: done[one[1].action])
            else:
                name, row = chance.choice(forward)
            action = row.action
            before = len(office.history)
            office._do(name, action, chance, sense=0.99)
            done[action] += len(office.history) - before
            office.time_passes(chance.choice((30, 30, 500, 1440, 5000, 15000)))
        if wanted <= set(done):
            return
    assert wanted - set(done) == set()
