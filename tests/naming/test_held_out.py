"""The hold-out as a floor: a change that makes naming worse for a stranger's mentions is seen."""

from __future__ import annotations

from tests.naming.held_out import FATES, held_out


def test_a_stranger_s_mentions_are_hardly_ever_linked_wrong_and_mostly_answered_as_expected() -> None:
    counts = held_out()
    assert set(counts) <= set(FATES) and sum(counts.values()) == 400
    assert counts["linked wrong"] <= 4
    good = sum(counts[fate] for fate in ("linked right", "asked, rightly", "refused, rightly", "accepted"))
    assert good >= 340
