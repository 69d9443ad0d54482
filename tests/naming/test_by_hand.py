"""Nearly five hundred mentions written by hand: what becomes of them, and that it does not get worse."""

from __future__ import annotations

from collections import Counter

import pytest

from lianzhang.naming import NameIndex, Resolutions, resolve_all
from tests.naming.hand_written import SHARES, mentions_by_hand, outcome, registry_by_hand


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    return mentions_by_hand()


@pytest.fixture(scope="module")
def resolutions(rows: list[dict[str, str]]) -> Resolutions:
    index = NameIndex.of(registry_by_hand())
    return resolve_all([row["mention"] for row in rows], index, contexts=[row["context"] for row in rows])


def test_the_set_is_large_and_its_truth_is_in_the_registry(rows: list[dict[str, str]]) -> None:
    known = {one.id for one in registry_by_hand()} | {""}
    assert len(rows) >= 300
    assert {row["enterprise"] for row in rows} <= known
    assert {row["decidable"] for row in rows} == {"yes", "no"}


def test_of_the_decidable_mentions_nearly_all_are_right_first(
    rows: list[dict[str, str]], resolutions: Resolutions
) -> None:
    of = [number for number, row in enumerate(rows) if row["decidable"] == "yes" and row["enterprise"]]
    right = sum(resolutions[number].enterprise == rows[number]["enterprise"] for number in of)
    assert right / len(of) >= 0.97


def test_hardly_any_mention_is_linked_wrongly(rows: list[dict[str, str]], resolutions: Resolutions) -> None:
    shares = Counter(outcome(found, row["enterprise"]) for row, found in zip(rows, resolutions, strict=True))
    for share in SHARES:
        print(f"{share:26} {shares[share]:4} {shares[share] / len(rows):6.1%}")
    # 聊城祥光轴承有限公司: the one firm of that name in Liaocheng is 临清市祥光轴承有限公司, and may be meant or not.
    assert shares["linked wrong"] <= 1
    assert shares["refused wrong"] <= 4


def test_what_cannot_be_told_is_never_told(rows: list[dict[str, str]], resolutions: Resolutions) -> None:
    told = [
        row["mention"]
        for row, found in zip(rows, resolutions, strict=True)
        if row["kind"] in {"several", "branch-parent", "branch-absent", "neighbour-absent", "context-absent"}
        and found.enterprise
    ]
    # 信发 is a listed short name of one of the firms that bear it.
    assert told == ["信发"]
