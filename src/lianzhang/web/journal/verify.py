"""Whether a journal is whole: a pure reading of its rows, its head and the anchors kept outside.

A chain shows that something was changed, it does not prevent it; and somebody who can rewrite the whole
chain is stopped only by anchors that they cannot reach. Hence anchors are kept outside the database.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lianzhang.kernel import Event, Text, event_hash
from lianzhang.kernel.event import GENESIS, canonical

#: Hashes that the journal accepts; an event that names another one is broken.
HASH_NAMES = ("sha256", "sm3")


@dataclass(frozen=True, slots=True)
class Row:
    """One stored event exactly as the database gives it; `before` and `after` are JSON text."""

    seq: int
    at: str
    actor: str
    acting_for: str
    verb: str
    subject: str
    before: str
    after: str
    result: str
    hash_name: str
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """The end of the chain as it was written down outside the database at some time."""

    at: str
    seq: int
    hash: str
    count: int


class BreakKind(StrEnum):
    """What is wrong at the first break."""

    missing = "missing"
    order = "order"
    altered = "altered"
    unlinked = "unlinked"
    cut = "cut"
    anchor = "anchor"
    head = "head"


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where the journal is not whole."""

    seq: int
    kind: BreakKind
    what: Text


@dataclass(frozen=True, slots=True)
class Verification:
    """The result. `checked` events were read; `last` is the number of the last sound one."""

    checked: int
    last: int
    last_hash: str
    first_break: Break | None = None

    @property
    def whole(self) -> bool:
        """Whether nothing is broken."""
        return self.first_break is None


def verify(
    rows: Iterable[Row],
    *,
    head: tuple[int, str] | None = None,
    anchors: Sequence[Anchor] = (),
    start: tuple[int, str] = (0, GENESIS),
) -> Verification:
    """Read `rows` in the order of the table and stop at the first break.

    `start` is the number and hash before the first row, for a check that does not begin at the beginning;
    anchors before it are not compared. `head` is the end of the chain that the database itself remembers.
    """
    last, last_hash = start
    checked = 0
    wanted = {anchor.seq: anchor for anchor in anchors if anchor.seq > start[0]}
    for row in rows:
        found = _break_in(row, last, last_hash) or _break_against(row, wanted.pop(row.seq, None))
        if found is not None:
            return Verification(checked, last, last_hash, found)
        checked += 1
        last, last_hash = row.seq, row.hash
    found = _break_at_end(last, last_hash, wanted, head)
    return Verification(checked, last, last_hash, found)


def _break_in(row: Row, last: int, last_hash: str) -> Break | None:
    if row.seq > last + 1:
        return Break(
            last + 1,
            BreakKind.missing,
            Text(
                f"第 {last + 1} 条起缺失：之后直接是第 {row.seq} 条。",
                f"Event {last + 1} is missing: event {row.seq} follows at once.",
            ),
        )
    if row.seq < last + 1:
        return Break(
            row.seq,
            BreakKind.order,
            Text(
                f"第 {row.seq} 条重复或次序不对：此处应为第 {last + 1} 条。",
                f"Event {row.seq} is repeated or out of order: {last + 1} was expected here.",
            ),
        )
    if not _is_untouched(row):
        return Break(
            row.seq,
            BreakKind.altered,
            Text(f"第 {row.seq} 条的内容被改动过。", f"The content of event {row.seq} was changed."),
        )
    if row.previous_hash != last_hash:
        return Break(
            row.seq,
            BreakKind.unlinked,
            Text(
                f"第 {row.seq} 条与前一条接不上：前一条被替换，或此条是插入的。",
                f"Event {row.seq} does not continue the one before: one of the two was put in later.",
            ),
        )
    return None


def _is_untouched(row: Row) -> bool:
    if row.hash_name not in HASH_NAMES:
        return False
    try:
        return event_hash(event_of(row)) == row.hash
    except ValueError:
        return False


def event_of(row: Row) -> Event:
    """The event that a row stores. Raises ValueError when its JSON is not in the one canonical form."""
    return Event(
        seq=row.seq,
        at=row.at,
        actor=row.actor,
        acting_for=row.acting_for,
        verb=row.verb,
        subject=row.subject,
        before=_value(row.before),
        after=_value(row.after),
        result=row.result,
        hash_name=row.hash_name,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


def _value(text: str) -> Any:
    value = json.loads(text)
    if canonical(value).decode() != text:
        raise ValueError("not canonical")
    return value


def _break_against(row: Row, anchor: Anchor | None) -> Break | None:
    if anchor is None or (anchor.hash == row.hash and anchor.count == row.seq):
        return None
    return Break(
        row.seq,
        BreakKind.anchor,
        Text(
            f"第 {row.seq} 条与库外锚点（{anchor.at}）不符：链被整体重写，或锚点被改动。",
            f"Event {row.seq} differs from the anchor of {anchor.at}: chain or anchor was rewritten.",
        ),
    )


def _break_at_end(
    last: int, last_hash: str, unseen: dict[int, Anchor], head: tuple[int, str] | None
) -> Break | None:
    if unseen:
        seq = max(unseen)
        return Break(
            last + 1,
            BreakKind.cut,
            Text(
                f"第 {last + 1} 条起被截断：库外锚点记到第 {seq} 条（{unseen[seq].at}）。",
                f"Cut off from event {last + 1} on: the anchor of {unseen[seq].at} reaches event {seq}.",
            ),
        )
    if head is not None and head != (last, last_hash):
        return Break(
            last + 1,
            BreakKind.head,
            Text(
                f"链尾不符：库内记为第 {head[0]} 条，实际止于第 {last} 条。",
                f"The end differs: the database remembers event {head[0]}, the rows end at {last}.",
            ),
        )
    return None
