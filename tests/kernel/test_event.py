"""The journal's hash says the same for the same act, and something else for any other."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianzhang.kernel import Event, event_hash
from lianzhang.kernel.event import GENESIS, canonical, digest

FIRST = Event(
    seq=1,
    at="2025-08-15T02:00:00+00:00",
    actor="person:1",
    acting_for="person:2",
    verb="claim.accept",
    subject="claim:7",
    before=None,
    after={"state": "accepted", "value": "176.88"},
    result="ok",
    hash_name="sha256",
    previous_hash=GENESIS,
)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def test_the_hash_is_that_of_the_printed_form_and_can_be_computed_by_anybody() -> None:
    content = {field.name: getattr(FIRST, field.name) for field in fields(FIRST) if field.name != "hash"}
    printed = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    assert event_hash(FIRST) == hashlib.sha256(printed).hexdigest()


def test_the_hash_leaves_only_itself_out() -> None:
    assert event_hash(replace(FIRST, hash="anything")) == event_hash(FIRST)


OTHER = {
    "seq": 2,
    "at": "2025-08-15T02:00:01+00:00",
    "actor": "person:3",
    "acting_for": "",
    "verb": "claim.drop",
    "subject": "claim:8",
    "before": {},
    "after": {"state": "accepted", "value": "176.89"},
    "result": "refused",
    "hash_name": "sha512",
    "previous_hash": "1" + GENESIS[1:],
}


def test_every_field_of_an_event_is_tried() -> None:
    assert set(OTHER) == {field.name for field in fields(Event)} - {"hash"}


@pytest.mark.parametrize("name", sorted(OTHER))
def test_changing_any_field_changes_the_hash(name: str) -> None:
    assert event_hash(replace(FIRST, **{name: OTHER[name]})) != event_hash(FIRST)


@given(st.dictionaries(st.text(), json_values, max_size=6))
def test_the_order_in_which_keys_were_written_does_not_matter(value: dict[str, Any]) -> None:
    turned = dict(reversed(value.items()))
    assert canonical(turned) == canonical(value)
    assert json.loads(canonical(value)) == value


def test_the_canonical_form_is_tight_utf_8() -> None:
    assert canonical({"乙": 1, "甲": [True, None]}) == '{"乙":1,"甲":[true,null]}'.encode()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"value": float("-inf")}])
def test_what_json_has_no_word_for_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"JSON compliant"):
        canonical(value)


def test_a_number_and_its_text_are_different_contents() -> None:
    assert canonical({"value": 1}) != canonical({"value": "1"})
    assert event_hash(replace(FIRST, after={"v": 1})) != event_hash(replace(FIRST, after={"v": "1"}))


def _chain(length: int) -> list[Event]:
    events: list[Event] = []
    previous = GENESIS
    for seq in range(1, length + 1):
        event = replace(FIRST, seq=seq, subject=f"claim:{seq}", previous_hash=previous)
        event = replace(event, hash=event_hash(event))
        events.append(event)
        previous = event.hash
    return events


def _first_break(events: list[Event]) -> int | None:
    previous = GENESIS
    for event in events:
        if event.previous_hash != previous or event_hash(event) != event.hash:
            return event.seq
        previous = event.hash
    return None


@given(st.integers(2, 6), st.data())
def test_a_change_anywhere_in_the_chain_is_found_where_it_was_made(length: int, data: st.DataObject) -> None:
    events = _chain(length)
    assert _first_break(events) is None
    place = data.draw(st.integers(0, length - 1))
    events[place] = replace(events[place], actor="person:9")
    assert _first_break(events) == place + 1


@given(st.integers(2, 6), st.data())
def test_a_change_with_its_hash_mended_breaks_the_next_link(length: int, data: st.DataObject) -> None:
    events = _chain(length)
    place = data.draw(st.integers(0, length - 2))
    forged = replace(events[place], actor="person:9")
    events[place] = replace(forged, hash=event_hash(forged))
    assert _first_break(events) == place + 2


def test_a_missing_event_breaks_the_chain() -> None:
    events = _chain(4)
    del events[1]
    assert _first_break(events) == 3


def test_the_hash_is_chosen_by_name() -> None:
    assert digest("sha256", b"") == hashlib.sha256(b"").hexdigest()
    assert digest("sha512", "轴承".encode()) == hashlib.sha512("轴承".encode()).hexdigest()
    with pytest.raises(ValueError):
        digest("crc7", b"")
