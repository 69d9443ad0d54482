"""Titles: ever named is not valid now, and an end that nobody stated is not known."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lianzhang.web.registry.titles import count_titles, state_on


def holding(enterprise: str = "E1", **columns: Any) -> Any:
    given_columns = {"awarded_from": date(2021, 1, 1), "valid_until": None, "told_changes": [], **columns}
    return SimpleNamespace(enterprise_id=enterprise, title="专精特新", level="省级", **given_columns)


def change(what: str, on: date, valid_until: date | None = None) -> Any:
    return SimpleNamespace(what=what, on=on, valid_until=valid_until)


def test_a_title_lapses_on_the_day_after_its_last_one() -> None:
    title = holding(valid_until=date(2024, 12, 31))
    assert state_on(title, date(2020, 12, 31)) == "not_yet"
    assert state_on(title, date(2024, 12, 31)) == "valid"
    assert state_on(title, date(2025, 1, 1)) == "lapsed"


def test_without_a_stated_end_nobody_knows_whether_it_still_holds() -> None:
    assert state_on(holding(), date(2025, 1, 1)) == "unknown"


def test_a_passed_recheck_extends_and_a_revocation_ends() -> None:
    title = holding(
        valid_until=date(2024, 12, 31),
        told_changes=[
            change("rechecked", date(2024, 11, 1), date(2027, 12, 31)),
            change("revoked", date(2026, 5, 1)),
        ],
    )
    assert state_on(title, date(2025, 6, 1)) == "valid"
    assert state_on(title, date(2026, 5, 1)) == "revoked"
    assert state_on(title, date(2026, 4, 30)) == "valid"


def test_counts_say_ever_named_and_valid_on_the_day_apart() -> None:
    rows = [
        holding("A", valid_until=date(2024, 12, 31)),
        holding("A", awarded_from=date(2025, 1, 1), valid_until=date(2027, 12, 31)),
        holding("B", valid_until=date(2024, 12, 31)),
        holding("C"),
        holding("D", awarded_from=date(2026, 1, 1)),
    ]
    [count] = count_titles(rows, date(2025, 6, 30))
    assert (count.ever, count.valid, count.unknown) == (3, 1, 1)


@given(
    st.lists(st.integers(0, 3000), max_size=4),
    st.integers(0, 3000),
    st.integers(-100, 4000),
)
def test_once_revoked_a_title_never_comes_back(rechecks: list[int], revoked: int, later: int) -> None:
    start = date(2015, 1, 1)
    changes = [change("rechecked", start + timedelta(n), start + timedelta(n + 1000)) for n in rechecks]
    changes.append(change("revoked", start + timedelta(revoked)))
    title = holding(
        awarded_from=start,
        valid_until=start + timedelta(1000),
        told_changes=sorted(changes, key=lambda row: row.on),
    )
    state = state_on(title, start + timedelta(later))
    assert (state == "revoked") == (later >= max(revoked, 0)) or later < 0


def test_a_lapse_ends_and_a_later_recheck_brings_it_back() -> None:
    changes = [
        change("lapsed", date(2023, 1, 1)),
        change("rechecked", date(2024, 1, 1), date(2026, 12, 31)),
    ]
    title = holding(valid_until=date(2024, 12, 31), told_changes=changes)
    assert [state_on(title, date(year, 6, 1)) for year in (2022, 2023, 2024, 2027)] == [
        "valid",
        "lapsed",
        "valid",
        "lapsed",
    ]


def test_a_later_source_tells_of_the_time_before_it_and_not_of_the_time_after() -> None:
    title = holding(told_changes=[change("confirmed", date(2025, 3, 1))])
    assert state_on(title, date(2024, 1, 1)) == "valid"
    assert state_on(title, date(2025, 3, 2)) == "unknown"
    dated = holding(told_changes=[change("confirmed", date(2025, 3, 1), date(2023, 12, 31))])
    assert [state_on(dated, date(year, 6, 1)) for year in (2023, 2024)] == ["valid", "lapsed"]
