"""A thousand random tamperings, a thousand found."""

from __future__ import annotations

import random
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from lianzhang.kernel import Event, event_hash
from lianzhang.kernel.event import GENESIS, canonical
from lianzhang.web.journal.verify import Anchor, BreakKind, Row, verify

LENGTH = 240
ANCHORED = (60, 120, 180)
START = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def chain(length: int = LENGTH, hash_name: str = "sha256") -> list[Row]:
    """Events as the journal would write them."""
    rows, previous = [], GENESIS
    for seq in range(1, length + 1):
        after: Any = {"value": str(seq * 17), "unit": "亿元", "note": "增长" * (seq % 4)} if seq % 3 else None
        event = Event(
            seq=seq,
            at=(START + timedelta(minutes=seq)).isoformat(timespec="microseconds"),
            actor=f"person:{seq % 5}",
            acting_for="王芳（市链长办 链长办工作人员）",
            verb="claim.accept" if seq % 2 else "claim.drop",
            subject=f"claim:{seq:04d}",
            before={"state": "proposed"},
            after=after,
            result="done",
            hash_name=hash_name,
            previous_hash=previous,
        )
        previous = event_hash(event)
        rows.append(stored(event, previous))
    return rows


def stored(event: Event, hash_: str) -> Row:
    values = {field.name: getattr(event, field.name) for field in fields(Event)}
    values |= {
        "before": canonical(event.before).decode(),
        "after": canonical(event.after).decode(),
        "hash": hash_,
    }
    return Row(**values)


def head_of(rows: list[Row]) -> tuple[int, str]:
    return rows[-1].seq, rows[-1].hash


ROWS = chain()
HEAD = head_of(ROWS)
ANCHORS = [Anchor(at="2026-03-02T12:00:00+00:00", seq=n, hash=ROWS[n - 1].hash, count=n) for n in ANCHORED]


def flip(rows: list[Row], dice: random.Random) -> list[Row]:
    """One bit in one column of one row."""
    place = dice.randrange(len(rows))
    column = dice.choice([field.name for field in fields(Row)])
    value = getattr(rows[place], column)
    if column == "seq":
        changed: Any = value ^ (1 << dice.randrange(20))
    else:
        # The character's lowest seven bits: the result stays a character that a database would hold.
        spot = dice.randrange(len(value))
        changed = value[:spot] + chr(ord(value[spot]) ^ (1 << dice.randrange(7))) + value[spot + 1 :]
    rows[place] = replace(rows[place], **{column: changed})
    # A database gives rows in the order of their numbers, whatever was done to the numbers.
    return sorted(rows, key=lambda row: row.seq)


def delete(rows: list[Row], dice: random.Random) -> list[Row]:
    del rows[dice.randrange(len(rows))]
    return rows


def insert(rows: list[Row], dice: random.Random) -> list[Row]:
    """A forged event with a correct hash of its own; half of the time the later ones are renumbered."""
    place = dice.randrange(len(rows))
    model = rows[place]
    event = Event(
        seq=model.seq,
        at=model.at,
        actor="person:9",
        acting_for=model.acting_for,
        verb="claim.accept",
        subject="claim:forged",
        before=None,
        after={"value": str(dice.random())},
        result="done",
        hash_name="sha256",
        previous_hash=model.previous_hash,
    )
    forged = stored(event, event_hash(event))
    rest = rows[place:]
    if dice.random() < 0.5:
        rest = [replace(row, seq=row.seq + 1) for row in rest]
    return [*rows[:place], forged, *rest]


def swap(rows: list[Row], dice: random.Random) -> list[Row]:
    """Two rows change places; half of the time their numbers stay where they were."""
    one, other = dice.sample(range(len(rows)), 2)
    rows[one], rows[other] = rows[other], rows[one]
    if dice.random() < 0.5:
        rows[one] = replace(rows[one], seq=one + 1)
        rows[other] = replace(rows[other], seq=other + 1)
    return rows


def cut(rows: list[Row], dice: random.Random) -> list[Row]:
    """The tail goes, from somewhere before the last anchor on."""
    return rows[: dice.randrange(ANCHORED[-1])]


@pytest.mark.parametrize("tamper", [flip, delete, insert, swap, cut])
def test_two_hundred_random_tamperings_of_each_kind_are_found(tamper: Any) -> None:
    dice = random.Random(20260302)
    missed = []
    for number in range(200):
        broken = tamper(list(ROWS), dice)
        assert broken != ROWS
        # Whoever cuts the tail also sets the end that the database remembers; the anchors are out of reach.
        head = (head_of(broken) if broken else (0, GENESIS)) if tamper is cut else HEAD
        if verify(broken, head=head, anchors=ANCHORS).whole:
            missed.append(number)
    print(f"{tamper.__name__}: {200 - len(missed)} of 200 tamperings found")
    assert missed == []


def test_a_whole_journal_is_whole() -> None:
    result = verify(ROWS, head=HEAD, anchors=ANCHORS)
    assert result.whole
    assert (result.checked, result.last) == (LENGTH, LENGTH)
    assert verify([], head=(0, GENESIS)).whole


def test_an_event_may_be_chained_with_sm3() -> None:
    rows = chain(5, "sm3")
    assert verify(rows, head=head_of(rows)).whole
    assert rows[0].hash != ROWS[0].hash


def test_a_check_may_begin_in_the_middle() -> None:
    start = (ROWS[99].seq, ROWS[99].hash)
    assert verify(ROWS[100:], head=HEAD, anchors=ANCHORS, start=start).checked == LENGTH - 100
    assert verify(ROWS[100:], start=(100, "0" * 64)).first_break.kind is BreakKind.unlinked  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("broken", "seq", "kind"),
    [
        (ROWS[:10] + ROWS[11:], 11, BreakKind.missing),
        ([*ROWS[:10], ROWS[9], *ROWS[10:]], 10, BreakKind.order),
        ([*ROWS[:10], replace(ROWS[10], verb="claim.edit"), *ROWS[11:]], 11, BreakKind.altered),
        (ROWS[:-1], LENGTH, BreakKind.head),
        (ROWS[:100], 101, BreakKind.cut),
    ],
)
def test_the_first_break_is_named_with_its_number_and_kind(
    broken: list[Row], seq: int, kind: BreakKind
) -> None:
    found = verify(broken, head=HEAD, anchors=ANCHORS).first_break
    assert found is not None
    assert (found.seq, found.kind) == (seq, kind)
    assert str(seq) in found.what.zh


def test_a_chain_rewritten_from_end_to_end_differs_from_its_anchors() -> None:
    rewritten, previous = [], GENESIS
    for row in ROWS:
        event = Event(
            seq=row.seq, at=row.at, actor="person:8", acting_for=row.acting_for, verb=row.verb,
            subject=row.subject, before=None, after=None, result="done", hash_name="sha256",
            previous_hash=previous,
        )  # fmt: skip
        previous = event_hash(event)
        rewritten.append(stored(event, previous))
    assert verify(rewritten, head=head_of(rewritten)).whole
    found = verify(rewritten, head=head_of(rewritten), anchors=ANCHORS).first_break
    assert found is not None
    assert (found.seq, found.kind) == (ANCHORED[0], BreakKind.anchor)


def test_a_weak_hash_is_not_believed() -> None:
    rows = chain(3, "md5")
    found = verify(rows).first_break
    assert found is not None
    assert found.kind is BreakKind.altered


def test_the_same_value_written_another_way_is_an_alteration() -> None:
    spaced = replace(ROWS[1], before='{"state": "proposed"}')
    found = verify([ROWS[0], spaced]).first_break
    assert found is not None
    assert (found.seq, found.kind) == (2, BreakKind.altered)
