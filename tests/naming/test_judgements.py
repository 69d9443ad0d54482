"""Mergers follow from judgements alone, and every one of them can be undone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.kernel.errors import LianzhangError
from lianzhang.naming import Decision, Judgement, clusters, in_force

START = datetime(2026, 1, 5, tzinfo=UTC)
ids = st.sampled_from("ABCDEF")
decisions = st.sampled_from(list(Decision))
pairs = st.tuples(ids, ids).filter(lambda pair: pair[0] != pair[1])


def judged(rows: list[tuple[tuple[str, str], Decision]]) -> list[Judgement]:
    return [
        Judgement(left, right, decision, by="officer", at=START + timedelta(minutes=number))
        for number, ((left, right), decision) in enumerate(rows)
    ]


@given(st.lists(st.tuples(pairs, decisions), max_size=12), pairs)
def test_a_merger_that_is_undone_restores_what_was_before(
    rows: list[tuple[tuple[str, str], Decision]], pair: tuple[str, str]
) -> None:
    before = judged(rows)
    known = in_force(before).get((min(pair), max(pair)))
    if known is not None and known.decision is Decision.SAME:
        return
    later = START + timedelta(days=1)
    merged = [*before, Judgement(*pair, Decision.SAME, by="officer", at=later)]
    assert clusters(merged).of(pair[0]) == clusters(merged).of(pair[1])
    undone = [*merged, Judgement(*pair, Decision.UNSURE, by="officer", at=later + timedelta(days=1))]
    assert clusters(undone).head == clusters(before).head
    assert clusters(undone).members == clusters(before).members


@given(st.lists(st.tuples(pairs, decisions), max_size=12), st.randoms())
def test_the_order_of_rows_with_their_times_does_not_matter(
    rows: list[tuple[tuple[str, str], Decision]], random: object
) -> None:
    judgements = judged(rows)
    shuffled = list(judgements)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert clusters(shuffled) == clusters(judgements)


@given(st.lists(st.tuples(pairs, decisions), max_size=15))
def test_every_record_is_in_one_cluster_headed_by_its_smallest_id(
    rows: list[tuple[tuple[str, str], Decision]],
) -> None:
    found = clusters(judged(rows))
    for head, members in found.members.items():
        assert min(members) == head
        assert all(found.of(member) == head and found.together(member) == members for member in members)


def test_a_chain_whose_ends_are_different_firms_is_reported_not_resolved() -> None:
    found = clusters(
        judged([(("A", "B"), Decision.SAME), (("B", "C"), Decision.SAME), (("C", "A"), Decision.DIFFERENT)])
    )
    assert found.contradictions == (("A", "B", "C"),)


def test_a_record_nobody_judged_stands_alone() -> None:
    found = clusters([])
    assert (found.of("Z"), found.together("Z")) == ("Z", ("Z",))


def test_a_firm_is_not_judged_against_itself_nor_at_an_hour_of_no_zone() -> None:
    with pytest.raises(LianzhangError, match="两家不同"):
        Judgement("A", "A", Decision.SAME, by="officer", at=START)
    with pytest.raises(LianzhangError, match="时区"):
        Judgement("A", "B", Decision.SAME, by="officer", at=datetime(2026, 1, 5))
