"""The light of a project follows from its dates and from nothing else."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lianzhang.casework.lights import Light, Milestone, light_of

TODAY = date(2026, 3, 2)
ORDER = [Light.green, Light.yellow, Light.red]


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def test_a_project_without_milestones_cannot_be_judged() -> None:
    assert light_of([], today=TODAY).light is Light.grey


def test_late_milestones_turn_yellow_and_after_thirty_days_red() -> None:
    assert light_of([Milestone("主体封顶", ahead(20))], today=TODAY).light is Light.green
    assert light_of([Milestone("主体封顶", ahead(5))], today=TODAY).light is Light.yellow
    assert light_of([Milestone("主体封顶", ahead(-30))], today=TODAY).light is Light.yellow
    late = light_of([Milestone("主体封顶", ahead(-31))], today=TODAY)
    assert late.light is Light.red and "主体封顶" in late.why.zh and "31" in late.why.zh


def test_what_is_done_is_not_late() -> None:
    assert light_of([Milestone("主体封顶", ahead(-90), done=ahead(-95))], today=TODAY).light is Light.green


def test_putting_off_twice_and_silence_are_seen() -> None:
    assert light_of([Milestone("投产", ahead(60), moved=2)], today=TODAY).light is Light.yellow
    assert light_of([Milestone("投产", ahead(60))], today=TODAY, reported=ahead(-46)).light is Light.yellow


def test_a_stage_that_outstays_its_limit_shows_even_when_milestones_are_far() -> None:
    assert light_of([Milestone("投产", ahead(90))], today=TODAY, stage_ends=ahead(-1)).light is Light.yellow
    assert light_of([Milestone("投产", ahead(90))], today=TODAY, stage_ends=ahead(-31)).light is Light.red


milestones = st.lists(
    st.builds(
        Milestone,
        name=st.just("节点"),
        due=st.integers(-100, 100).map(ahead),
        done=st.one_of(st.none(), st.integers(-100, 0).map(ahead)),
        moved=st.integers(0, 3),
    ),
    max_size=6,
)


@given(milestones, st.integers(0, 60))
def test_waiting_never_makes_a_light_better(rows: list[Milestone], days: int) -> None:
    now, later = light_of(rows, today=TODAY).light, light_of(rows, today=ahead(days)).light
    if now is not Light.grey:
        assert ORDER.index(later) >= ORDER.index(now)


@given(milestones)
def test_the_order_of_milestones_does_not_matter(rows: list[Milestone]) -> None:
    assert light_of(rows, today=TODAY) == light_of(list(reversed(rows)), today=TODAY)
