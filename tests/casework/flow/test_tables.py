"""The tables hold together, and the documents show them as they are."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from lianzhang.casework.flow import CONDITIONS, FLOWS, GUARDS, SHOWN, Case, Flow, diagram
from tests.casework.ground import presets

ROOT = Path(__file__).resolve().parents[3]
flows = pytest.mark.parametrize("flow", FLOWS.values(), ids=lambda flow: flow.kind)


@flows
def test_every_row_leads_from_known_states_to_known_states(flow: Flow) -> None:
    names = {state.name for state in flow.states}
    assert len(names) == len(flow.states)
    assert set(flow.first) <= names
    for row in flow.transitions:
        assert set(row.source) <= names and row.target in names | {"="}, row
        assert row.by and row.label.zh and row.label.en


@flows
def test_every_condition_guard_field_and_clock_of_a_row_exists(flow: Flow) -> None:
    known = {field.name for field in fields(Case)}
    limits = set(presets()[flow.kind].clocks) | {"handle", "plan", "due", "work"}
    for row in flow.transitions:
        assert not row.when or row.when in CONDITIONS, row.action
        assert set(row.guards) <= set(GUARDS), row.action
        assert {order.partition("=")[0] for order in row.sets} <= known
        for order in row.deadline:
            verb, name = order.split()
            assert verb in {"start", "stop", "pause", "resume", "continue", "extend"}
            assert name in limits, f"{flow.kind} has no limit for {name}"


@flows
def test_every_state_can_be_reached_and_only_the_last_ones_cannot_be_left(flow: Flow) -> None:
    reached = set(flow.first)
    while True:
        more = {row.target for row in flow.transitions if reached & set(row.source)} - {"="} - reached
        if not more:
            break
        reached |= more
    assert reached == {state.name for state in flow.states}
    for state in flow.states:
        leaves = [row for row in flow.leading_from(state.name) if row.target not in ("=", state.name)]
        assert bool(leaves) != state.final, state.name


@flows
def test_a_row_with_a_condition_stands_before_the_row_without_it(flow: Flow) -> None:
    for state in flow.states:
        seen: set[str] = set()
        for row in flow.leading_from(state.name):
            assert row.action not in seen, f"{state.name}: {row.action} can never apply"
            if not row.when:
                seen.add(row.action)


@flows
def test_the_ladders_of_the_city_belong_to_clocks_that_run(flow: Flow) -> None:
    started = {
        order.split()[1] for row in flow.transitions for order in row.deadline if order.startswith("start")
    }
    assert set(presets()[flow.kind].ladders) <= started | set(flow.born)


def test_readers_see_seven_words_for_a_request() -> None:
    assert len(SHOWN) == 7
    assert {state.shown for state in FLOWS["request"].states} <= set(SHOWN)


def test_the_page_of_flows_in_the_documents_is_the_tables() -> None:
    """After a change: python -c "from lianzhang.casework.flow import *; print(diagram(FLOWS.values()), end='')" """
    assert (ROOT / "docs" / "flows.md").read_text("utf-8") == diagram(FLOWS.values())
