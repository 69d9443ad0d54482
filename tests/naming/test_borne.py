"""Where several firms are called alike, the one that bore the name on the day is meant – if that is known."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.naming import Borne, Listed, NameIndex, Outcome, Resolution, borne_on, resolve

OLD = "聊城油泵油嘴有限公司"
INDEX = NameIndex.of(
    [
        Listed("E1", "聊城鑫亚工业股份有限公司", former=(OLD,)),
        Listed("E2", OLD),
        Listed("E3", "聊城东昌机床有限公司"),
    ]
)
CHANGE, TAKEN = date(2012, 5, 31), date(2015, 3, 1)
DATED = [Borne("E1", OLD, ends=CHANGE), Borne("E2", OLD, starts=TAKEN)]


def on(day: date, names: list[Borne], mention: str = OLD) -> Resolution:
    return borne_on(resolve(mention, INDEX), names, day, day)


def levels(found: Resolution) -> list[str]:
    return [reason.level for reason in found.reasons if reason.about == "day"]


@pytest.mark.parametrize(
    ("day", "enterprise"),
    [
        (date(2010, 1, 1), "E1"),
        (CHANGE, "E1"),
        (TAKEN, "E2"),
        (date(2026, 1, 1), "E2"),
        (date(2013, 1, 1), ""),
    ],
)
def test_the_firm_that_bore_the_name_on_the_day_is_meant(day: date, enterprise: str) -> None:
    found = on(day, DATED)
    assert found.enterprise == enterprise
    assert found.outcome == (Outcome.LINKED if enterprise else Outcome.AMBIGUOUS)
    assert levels(found)[0] == ("only" if enterprise else "nobody")
    assert len(found.candidates) == 2, "nobody is ranked away"


def test_while_nobody_knows_of_one_of_them_a_person_decides_and_reads_the_days() -> None:
    found = on(date(2010, 1, 1), [DATED[0], Borne("E2", OLD)])
    assert (found.outcome, levels(found)[0]) == (Outcome.AMBIGUOUS, "open")
    said = {one.enterprise: [reason.text.zh for reason in one.reasons] for one in found.candidates}
    assert "这个名称用到2012-05-31" in said["E1"]
    assert not any("这个名称" in text for text in said["E2"])


def test_two_that_bore_it_then_stay_ambiguous() -> None:
    found = on(date(2010, 1, 1), [DATED[0], Borne("E2", OLD, starts=date(2009, 1, 1), ends=date(2011, 1, 1))])
    assert (found.outcome, levels(found)[0]) == (Outcome.AMBIGUOUS, "several")
    assert "自2009-01-01起用到2011-01-01" in str(found.candidates)


def test_a_period_in_which_the_name_changed_decides_nothing() -> None:
    found = borne_on(resolve(OLD, INDEX), DATED, date(2012, 1, 1), date(2012, 12, 31))
    assert found.outcome is Outcome.AMBIGUOUS


def test_what_is_certain_without_days_stays_as_it_is() -> None:
    plain = resolve("东昌机床", INDEX)
    assert on(date(1999, 1, 1), DATED, "东昌机床") == plain
    assert on(date(1999, 1, 1), [], OLD) == resolve(OLD, INDEX)
    assert on(date(1999, 1, 1), DATED, "没有这一家有限公司").outcome is Outcome.NONE


DAYS = st.none() | st.dates(date(2000, 1, 1), date(2003, 1, 1))


@given(
    st.lists(st.tuples(st.sampled_from(["E1", "E2"]), DAYS, DAYS), max_size=5),
    st.dates(date(2000, 1, 1), date(2003, 1, 1)),
)
def test_whoever_is_linked_bore_the_name_and_the_other_did_not(
    said: list[tuple[str, date | None, date | None]], day: date
) -> None:
    names = [Borne(firm, OLD, starts, ends) for firm, starts, ends in said]
    found = on(day, names)
    if found.outcome is Outcome.LINKED:
        bore = {one.enterprise for one in names if one.on(day, day)}
        assert bore == {found.enterprise}
        assert {one.enterprise for one in names} == {"E1", "E2"}
