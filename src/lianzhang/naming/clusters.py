"""Which records are one enterprise: a pure function of the judgements, so that every merger can be undone."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lianzhang.naming.judgements import Decision, Judgement, in_force


@dataclass(frozen=True)
class Clusters:
    """`head` maps an id to the smallest id of its cluster; ids that nothing was judged about stand alone.

    `contradictions` are chains of `same` whose ends were judged `different`: shown to a person, and not resolved
    here.
    """

    head: Mapping[str, str]
    members: Mapping[str, tuple[str, ...]]
    contradictions: tuple[tuple[str, ...], ...]

    def of(self, id: str) -> str:
        """The id that stands for the enterprise this record belongs to."""
        return self.head.get(id, id)

    def together(self, id: str) -> tuple[str, ...]:
        """All records of that enterprise."""
        return self.members.get(self.of(id), (id,))


def clusters(judgements: Iterable[Judgement]) -> Clusters:
    """The clusters that follow from judgements, whatever order the pairs come in.

    >>> from datetime import UTC, datetime
    >>> first = Judgement("E2", "E1", Decision.SAME, by="officer", at=datetime(2026, 1, 5, tzinfo=UTC))
    >>> undone = Judgement("E1", "E2", Decision.DIFFERENT, by="officer", at=datetime(2026, 1, 6, tzinfo=UTC))
    >>> clusters([first]).of("E2"), clusters([first, undone]).of("E2")
    ('E1', 'E2')
    """
    same: defaultdict[str, set[str]] = defaultdict(set)
    apart = []
    for (left, right), judgement in in_force(judgements).items():
        if judgement.decision is Decision.SAME:
            same[left].add(right)
            same[right].add(left)
        elif judgement.decision is Decision.DIFFERENT:
            apart.append((left, right))
    head: dict[str, str] = {}
    members: dict[str, tuple[str, ...]] = {}
    for start in sorted(same):
        if start not in head:
            reached = _reach(same, start)
            members[start] = tuple(sorted(reached))
            head |= dict.fromkeys(reached, start)
    broken = [chain for left, right in sorted(apart) if (chain := _chain(same, left, right)) is not None]
    return Clusters(head, members, tuple(broken))


def _reach(same: Mapping[str, set[str]], start: str) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        further = same[waiting.pop()] - reached
        reached |= further
        waiting += further
    return reached


def _chain(same: Mapping[str, set[str]], start: str, goal: str) -> tuple[str, ...] | None:
    """The shortest chain of `same` from one to the other; None where there is none."""
    before = {start: start}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if here == goal:
            chain = [here]
            while chain[-1] != start:
                chain.append(before[chain[-1]])
            return tuple(reversed(chain))
        for there in sorted(same.get(here, ())):
            if there not in before:
                before[there] = here
                waiting.append(there)
    return None
