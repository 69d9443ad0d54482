"""Ledgers (台账): lists whose rows have an owner, a day by which, a state, and grow old.

Which lists there are, their columns and their states are data of the pack; this is what they mean.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.lined_yaml import LinedMapping, read_lined_yaml
from lianzhang.kernel.pack import Pack
from lianzhang.kernel.text import Text

FILE = "ledgers.yaml"
#: What a step may ask for.
NEEDS = ("owner", "due", "evidence", "note")
KINDS = ("text", "number", "share", "date")
#: Days before the day by which, from which on a row is near due.
NEAR = 7


class LedgerRefused(LianzhangError):
    """A row may not go there, or lacks what the step asks for."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of its own that a list has."""

    id: str
    label: Text
    kind: str


@dataclass(frozen=True, slots=True)
class LedgerState:
    """A state of a row. `side`: beside the way; `final`: nothing more is to be done."""

    id: str
    label: Text
    final: bool
    side: bool
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One list: its columns and the way of its rows."""

    id: str
    name: Text
    columns: tuple[Column, ...]
    states: tuple[LedgerState, ...]

    def state(self, state_id: str) -> LedgerState:
        """The state; a state that the pack no longer has counts as a side state without an end."""
        found = next((state for state in self.states if state.id == state_id), None)
        return found or LedgerState(state_id, Text(state_id, state_id), final=False, side=True, needs=())

    def onward(self, state_id: str) -> tuple[LedgerState, ...]:
        """Where a row may go: one step on or back along the way, or to the side; from the side anywhere on
        the way; from a final state only back to the first (reopened)."""
        way = [state for state in self.states if not state.side]
        here = self.state(state_id)
        if here.final:
            return (way[0],) if way and way[0].id != here.id else ()
        sides = tuple(state for state in self.states if state.side and state.id != here.id)
        if here.side:
            return (*way, *sides)
        at = way.index(here)
        return (*way[at + 1 : at + 2], *way[max(at - 1, 0) : at], *sides)


@dataclass(frozen=True, slots=True)
class TenItem:
    """One of the building actions that every county is to have done (“10”)."""

    id: str
    name: Text
    status: str


@dataclass(frozen=True, slots=True)
class Ledgers:
    """All lists of a pack."""

    all: tuple[Ledger, ...]
    ten: tuple[TenItem, ...]
    basis: Text
    confirm_months: int

    def get(self, ledger_id: str) -> Ledger | None:
        """The list with this id."""
        return next((ledger for ledger in self.all if ledger.id == ledger_id), None)


class Freshness(StrEnum):
    """How a row stands in time; each is shown with its colour and its word."""

    overdue = "overdue"
    near = "near"
    stale = "stale"
    fresh = "fresh"
    closed = "closed"

    @property
    def label(self) -> Text:
        """The word beside the colour."""
        return _LABELS[self]


_LABELS = {
    Freshness.overdue: Text("逾期", "overdue"),
    Freshness.near: Text("临期", "near due"),
    Freshness.stale: Text("待本月确认", "to be confirmed this month"),
    Freshness.fresh: Text("正常", "in order"),
    Freshness.closed: Text("了结", "closed"),
}


def freshness(
    *, final: bool, due: date | None, confirmed_on: date, today: date, confirm_months: int
) -> Freshness:
    """How a row stands today: the gravest that applies.

    A row has to be confirmed once in `confirm_months` calendar months: confirmed in October it is stale from
    1 December on when that is one.
    """
    if final:
        return Freshness.closed
    if due is not None and due < today:
        return Freshness.overdue
    if due is not None and due <= today + timedelta(days=NEAR):
        return Freshness.near
    months = (today.year - confirmed_on.year) * 12 + today.month - confirmed_on.month
    return Freshness.stale if months > confirm_months else Freshness.fresh


def check_step(ledger: Ledger, state: str, target: str, given: Mapping[str, Any]) -> LedgerState:
    """The state to go to; raises `LedgerRefused` when the way does not lead there or something is missing."""
    found = next((step for step in ledger.onward(state) if step.id == target), None)
    if found is None:
        here = ledger.state(state).label
        raise LedgerRefused(
            Text(f"不能从“{here.zh}”直接到这一步。", f"There is no way from “{here.en}” to there."),
            Text("请看页面上列出的下一步。", "Take one of the steps on the page."),
        )
    missing = [need for need in found.needs if not given.get(need)]
    if missing:
        names = [_NEEDED[need] for need in missing]
        raise LedgerRefused(
            Text(
                f"到“{found.label.zh}”还缺：{'、'.join(name.zh for name in names)}。",
                f"For “{found.label.en}” this is missing: {', '.join(name.en for name in names)}.",
            )
        )
    return found


_NEEDED = {
    "owner": Text("责任单位", "the unit in charge"),
    "due": Text("时限", "the day by which"),
    "evidence": Text("佐证", "evidence"),
    "note": Text("说明", "a note"),
}


def load_ledgers(pack: Pack) -> Ledgers:
    """The lists of a pack; raises `PackError` with file and line."""
    content = read_lined_yaml(pack.read_text(FILE), file=f"{pack.id}/{FILE}")
    return Ledgers(
        all=tuple(_ledger(row) for row in content.need("ledgers")),
        ten=tuple(
            TenItem(str(row.need("id")), _text(row, "name"), str(row.get("status") or "draft"))
            for row in content.get("ten") or ()
        ),
        basis=_text(content, "basis"),
        confirm_months=int(content.need("confirm_months")),
    )


def _ledger(row: LinedMapping) -> Ledger:
    row.only(("id", "name", "columns", "states"))
    states = tuple(_state(state) for state in row.need("states"))
    if not states or states[0].side:
        raise row.at("states").refuse(
            Text("第一个状态要在正路上。", "The first state has to lie on the way."),
        )
    return Ledger(
        str(row.need("id")),
        _text(row, "name"),
        tuple(_column(column) for column in row.need("columns")),
        states,
    )


def _column(row: LinedMapping) -> Column:
    row.only(("id", "label", "kind"))
    kind = str(row.need("kind"))
    if kind not in KINDS:
        raise row.at("kind").refuse(
            Text(f"“{kind}”不是栏目的种类。", f"“{kind}” is no kind of column."),
            Text(f"可用：{'、'.join(KINDS)}。", f"Known: {', '.join(KINDS)}."),
        )
    return Column(str(row.need("id")), _text(row, "label"), kind)


def _state(row: LinedMapping) -> LedgerState:
    row.only(("id", "label", "final", "side", "needs"))
    needs = tuple(str(need) for need in row.get("needs") or ())
    for need in needs:
        if need not in NEEDS:
            raise row.at("needs").refuse(
                Text(f"不认识的要求“{need}”。", f"“{need}” is nothing that a step can ask for."),
                Text(f"可用：{'、'.join(NEEDS)}。", f"Known: {', '.join(NEEDS)}."),
            )
    return LedgerState(
        str(row.need("id")),
        _text(row, "label"),
        final=row.get("final") is True,
        side=row.get("side") is True,
        needs=needs,
    )


def _text(row: LinedMapping, key: str) -> Text:
    value = row.need(key)
    return Text(str(value.need("zh")), str(value.need("en")))
