"""Lists behind the map: their ways, what steps ask for, how rows grow old."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.casework.ledger import Freshness, LedgerRefused, check_step, freshness, load_ledgers
from lianzhang.kernel.errors import PackError
from lianzhang.kernel.pack import Pack, open_pack

LEDGERS = load_ledgers(open_pack("liaocheng"))
DAY = date(2025, 8, 15)


def problems():  # type: ignore[no-untyped-def]
    found = LEDGERS.get("problems")
    assert found is not None
    return found


def test_the_pack_has_the_nine_lists_the_problems_and_both_plans() -> None:
    nine = ["leading", "suppliers", "strengths", "weak_points", "technology", "projects", "recruiting",
            "resources", "regions"]  # fmt: skip
    assert [ledger.id for ledger in LEDGERS.all] == [*nine, "problems", "chain_plan", "county_plan"]
    assert len(LEDGERS.ten) == 10
    assert [item.status for item in LEDGERS.ten[:4]] == ["quoted", "quoted", "quoted", "draft"]


def test_every_list_can_be_walked_from_its_first_state_to_an_end() -> None:
    for ledger in LEDGERS.all:
        state, seen = ledger.states[0], set()
        while not state.final:
            seen.add(state.id)
            state = next(step for step in ledger.onward(state.id) if not step.side and step.id not in seen)
        assert state.final


def test_a_problem_goes_step_by_step_and_says_what_is_missing() -> None:
    with pytest.raises(LedgerRefused, match="不能从"):
        check_step(problems(), "found", "closed", {"note": "好了"})
    with pytest.raises(LedgerRefused, match="责任单位、时限"):
        check_step(problems(), "verified", "assigned", {})
    assert check_step(problems(), "verified", "assigned", {"owner": "工信局", "due": DAY}).id == "assigned"
    assert check_step(problems(), "working", "passed_up", {"note": "需省里协调"}).side


def test_a_closed_row_can_only_be_reopened() -> None:
    assert [step.id for step in problems().onward("closed")] == ["found"]


def test_a_state_that_the_pack_dropped_is_still_shown_and_can_be_left() -> None:
    assert problems().state("strange").label.zh == "strange"
    assert "working" in [step.id for step in problems().onward("strange")]


@pytest.mark.parametrize(
    ("due", "confirmed", "said"),
    [
        (DAY - timedelta(days=1), DAY, Freshness.overdue),
        (DAY, DAY, Freshness.near),
        (DAY + timedelta(days=7), DAY, Freshness.near),
        (DAY + timedelta(days=8), DAY, Freshness.fresh),
        (None, date(2025, 7, 1), Freshness.fresh),
        (None, date(2025, 6, 30), Freshness.stale),
        (None, date(2024, 12, 31), Freshness.stale),
    ],
)
def test_how_a_row_stands(due: date | None, confirmed: date, said: Freshness) -> None:
    assert freshness(final=False, due=due, confirmed_on=confirmed, today=DAY, confirm_months=1) is said
    assert (
        freshness(final=True, due=due, confirmed_on=confirmed, today=DAY, confirm_months=1)
        is Freshness.closed
    )


@given(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 400))
def test_a_row_never_grows_younger_by_waiting(confirmed: date, days: int) -> None:
    def at(later: int) -> bool:
        today = confirmed + timedelta(days=later)
        fresh = freshness(final=False, due=None, confirmed_on=confirmed, today=today, confirm_months=1)
        return fresh is Freshness.stale

    assert at(days) <= at(days + 1)


def test_a_wrong_file_is_named_with_its_line(tmp_path) -> None:  # type: ignore[no-untyped-def]
    text = open_pack("liaocheng").read_text("ledgers.yaml")
    for right, wrong in (("kind: share", "kind: percent"), ("needs: [note]", "needs: [luck]")):
        (tmp_path / "ledgers.yaml").write_text(text.replace(right, wrong, 1), encoding="utf-8")
        with pytest.raises(PackError, match=r"ledgers\.yaml 第\d+行"):
            load_ledgers(Pack("x", tmp_path))
