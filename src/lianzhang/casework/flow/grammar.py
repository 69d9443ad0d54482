"""What a flow is made of: states with one owner each, and one table of transitions.

A transition says all there is to say about an act: from which states, by whom, on what condition, what must be
filled in, what it does to the clocks, what it leaves on the case, and who is told. Buttons, the diagram in the
documents, the permissions and the property tests are read off the same rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from lianzhang.casework.clocks import Clock
from lianzhang.kernel import Text


class Party(StrEnum):
    """What somebody is to one case; the same officer may be the lead here and a helper there."""

    firm = "firm"
    office = "office"
    lead = "lead"
    helper = "helper"
    chief = "chief"
    partner = "partner"
    #: Time itself: what happens because a term has run out.
    clock = "clock"

    @property
    def label(self) -> Text:
        """The party in words."""
        return _PARTIES[self]


_PARTIES = MappingProxyType(
    {
        Party.firm: Text("企业", "enterprise"),
        Party.office: Text("链长办", "chain office"),
        Party.lead: Text("主办单位", "lead unit"),
        Party.helper: Text("协办单位", "helping unit"),
        Party.chief: Text("链长", "chain chief"),
        Party.partner: Text("院所或银行", "institute or bank"),
        Party.clock: Text("期限届满", "end of a term"),
    }
)


@dataclass(frozen=True, slots=True)
class State:
    """Where a case can stand. `owner` is the one party that has to act; `shown` groups states for readers."""

    name: str
    label: Text
    owner: Party
    shown: str = ""
    final: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row of the table. A target of `=` leaves the state as it is.

    `when` picks among rows with the same action by what the case is like; `guards` refuse with a reason.
    `asks` are fields that must be filled in, those with a `?` may be. `deadline` are orders to the clocks:
    start, stop, pause, resume, continue or extend and the clock's name. `sets` puts what was given on the
    case (`lead=unit`); `counts` adds one; `marks` leaves a mark, one with `-` takes it off.
    """

    source: tuple[str, ...]
    action: str
    target: str
    by: tuple[Party, ...]
    label: Text
    when: str = ""
    guards: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    deadline: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    tells: tuple[Party, ...] = ()
    tone: str = ""

    @property
    def must_give(self) -> tuple[str, ...]:
        """Fields without which it does not happen."""
        return tuple(name for name in self.asks if not name.endswith("?"))

    @property
    def may_give(self) -> tuple[str, ...]:
        """All fields that it takes."""
        return tuple(name.removesuffix("?") for name in self.asks)


@dataclass(frozen=True, slots=True)
class Flow:
    """All states and transitions of one kind of case; `born` are the clocks that start with it."""

    kind: str
    label: Text
    states: tuple[State, ...]
    transitions: tuple[Transition, ...]
    first: tuple[str, ...]
    born: tuple[str, ...] = ()

    def state(self, name: str) -> State:
        """The state of this name; raises KeyError when there is none."""
        for state in self.states:
            if state.name == name:
                return state
        raise KeyError(f"{self.kind} has no state {name}")

    def leading_from(self, state: str) -> Iterator[Transition]:
        """The rows that can apply in `state`, in order."""
        return (row for row in self.transitions if state in row.source)

    @property
    def actions(self) -> tuple[str, ...]:
        """Every action once, in the order of the table."""
        return tuple(dict.fromkeys(row.action for row in self.transitions))


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What the rules need to know of a case, whatever its kind. Ids are texts."""

    kind: str
    state: str
    chain: str | None = None
    firm: str | None = None
    #: The unit that has it in hand, and before one was named, the unit that was asked first.
    lead: str | None = None
    helpers: tuple[str, ...] = ()
    partner: str | None = None
    #: The person who works on it, and the person who gave the answer.
    handler: str | None = None
    answered_by: str | None = None
    #: For whom the answer was given, when it was given in somebody else's post.
    answered_for: str | None = None
    matter: str = ""
    result: str = ""
    planned: date | None = None
    rating: int | None = None
    clocks: Mapping[str, Clock] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    marks: frozenset[str] = frozenset()

    def count(self, name: str) -> int:
        """How often something happened."""
        return self.counts.get(name, 0)
