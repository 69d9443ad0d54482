"""Titles: ever named is not valid now, and an end that nobody stated is not known."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.web.registry.same_titles import as_one, doubles_of
from lianzhang.web.registry.titles import count_titles, state_on, tiers_held

NUMBERS = count(1)


def holding(enterprise: str = "E1", **columns: Any) -> Any:
    first = columns.get("awarded_from", date(2021, 1, 1))
    usual = {"title": "专精特新中小企业", "level": "省级", "tier": "", "batch": "", "pk": next(NUMBERS)}
    usual |= {"awarded_from": first, "awarded_by": first, "valid_until": None, "told_changes": []}
    usual |= {"told_judgements": []}
    return SimpleNamespace(enterprise_id=enterprise, **(usual | columns))


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
    [told] = count_titles(rows, date(2025, 6, 30))
    assert (told.ever, told.valid, told.unknown) == (3, 1, 1)


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


def test_a_title_entered_with_its_level_and_again_without_it_is_one_title() -> None:
    full = holding(batch="第三批", valid_until=date(2027, 12, 31))
    bare = holding(level="", awarded_from=None)
    [told] = count_titles([bare, full], date(2025, 6, 30))
    assert (told.level, told.ever, told.valid, told.unknown) == ("省级", 1, 1, 0)
    [one] = as_one([bare, full])
    assert (one.rows, one.level, one.valid_until) == ((full, bare), "省级", date(2027, 12, 31))
    assert [(double.full, double.row, double.decision) for double in doubles_of([one])] == [(full, bare, "")]
    assert tiers_held([bare, full], date(2025, 6, 30)) == {"srdi_sme"}


def test_what_became_of_a_title_counts_whichever_row_tells_of_it() -> None:
    full = holding(valid_until=date(2027, 12, 31))
    bare = holding(level="", told_changes=[change("revoked", date(2025, 1, 1))])
    [told] = count_titles([full, bare], date(2025, 6, 30))
    assert (told.ever, told.valid) == (1, 0)
    assert tiers_held([full, bare], date(2025, 6, 30)) == frozenset()


@pytest.mark.parametrize(
    "other",
    [
        {"level": "国家级", "title": "专精特新“小巨人”企业"},
        {"batch": "第四批"},
        {"awarded_from": date(2024, 1, 1)},
        {"level": "市级"},
        {"title": "首台（套）技术装备"},
    ],
)
def test_titles_that_differ_in_what_both_state_are_two(other: dict[str, Any]) -> None:
    rows = [holding(batch="第三批"), holding(**other)]
    assert len(as_one(rows)) == 2
    assert sum(told.ever for told in count_titles(rows, date(2025, 6, 30))) in (1, 2)


def test_a_year_and_a_day_in_it_are_one_award() -> None:
    year = holding(awarded_from=date(2024, 1, 1), awarded_by=date(2024, 12, 31))
    day = holding(awarded_from=date(2024, 6, 30))
    [one] = as_one([year, day])
    assert one.awarded_from == date(2024, 6, 30)


def test_a_row_that_fits_two_awards_is_not_counted_a_third_time() -> None:
    first = holding(awarded_from=date(2018, 1, 1), valid_until=date(2020, 12, 31))
    second = holding(awarded_from=date(2021, 1, 1), valid_until=date(2023, 12, 31))
    bare = holding(level="", awarded_from=None, valid_until=date(2020, 12, 31))
    assert [one.rows for one in as_one([bare, second, first])] == [(first, bare), (second,)]


@given(
    st.lists(st.tuples(*(st.sampled_from(["", one]) for one in ("省级", "第三批"))), min_size=1, max_size=6)
)
def test_rows_that_state_more_or_less_of_one_title_are_one_in_any_order(said: list[tuple[str, str]]) -> None:
    rows = [holding(level=level, batch=batch) for level, batch in said]
    assert len(as_one(rows)) == len(as_one(rows[::-1])) == 1


def judged(decision: str, one: Any, other: Any) -> None:
    """Let somebody say whether two rows tell of one title."""
    left, right = sorted((one, other), key=lambda row: row.pk)
    said = SimpleNamespace(pk=next(NUMBERS), left_id=left.pk, right_id=right.pk, decision=decision)
    left.told_judgements.append(said)


def test_rows_judged_to_be_two_titles_are_counted_apart_until_that_is_taken_back() -> None:
    full, bare = holding(batch="第三批"), holding(level="", awarded_from=None)
    judged("different", full, bare)
    apart = as_one([full, bare])
    assert [one.rows for one in apart] == [(full,), (bare,)]
    [double] = doubles_of(apart)
    assert (double.full, double.row, double.decision) == (full, bare, "different")
    judged("unsure", full, bare)
    [one] = as_one([full, bare])
    assert [double.decision for double in doubles_of([one])] == [""]


def test_what_is_judged_the_same_stays_one_though_a_nearer_award_comes() -> None:
    first, bare = holding(awarded_from=date(2018, 1, 1)), holding(level="", awarded_from=None)
    judged("same", first, bare)
    later = holding(awarded_from=date(2024, 1, 1))
    titles = as_one([later, first, bare])
    assert [one.rows for one in titles] == [(later,), (first, bare)]
    assert [double.decision for double in doubles_of(titles)] == ["same"]


def test_a_row_judged_apart_from_one_award_goes_with_another_that_fits() -> None:
    first = holding(awarded_from=date(2018, 1, 1))
    second = holding(awarded_from=date(2021, 1, 1))
    bare = holding(level="", awarded_from=None)
    judged("different", second, bare)
    titles = as_one([first, second, bare])
    assert [one.rows for one in titles] == [(first, bare), (second,)]
    assert {(double.full.pk, double.decision) for double in doubles_of(titles)} == {
        (first.pk, ""),
        (second.pk, "different"),
    }


def test_what_differs_from_one_of_two_that_are_the_same_does_not_come_between_them() -> None:
    full, other = holding(batch="第三批"), holding(awarded_from=None, batch="第三批")
    bare = holding(level="", awarded_from=None)
    judged("same", full, bare)
    judged("different", other, bare)
    titles = as_one([full, other, bare])
    assert [one.rows for one in titles] == [(full, bare), (other,)]
    assert {double.decision for double in doubles_of(titles)} == {"same", "different"}


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.booleans()), max_size=6))
def test_whatever_is_judged_no_title_holds_two_rows_that_are_apart(said: list[tuple[int, int, bool]]) -> None:
    rows = [holding(level="省级" if at % 2 else "", awarded_from=None) for at in range(4)]
    apart: dict[frozenset[int], bool] = {}
    for one, other, is_same in said:
        if one != other:
            judged("same" if is_same else "different", rows[one], rows[other])
            apart[frozenset((rows[one].pk, rows[other].pk))] = not is_same
    titles = as_one(rows)
    assert sorted(row.pk for one in titles for row in one.rows) == sorted(row.pk for row in rows)
    for title in titles:
        keys = [row.pk for row in title.rows]
        assert not any(apart.get(frozenset((a, b))) for a in keys for b in keys if a != b)
