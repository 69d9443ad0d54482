"""Where the grammar stands: one clause of one sentence, and whom it speaks of."""

from __future__ import annotations

from dataclasses import dataclass, field

from lianzhang.kernel import ClaimKind
from lianzhang.reading.changes import INCREASE_NAME
from lianzhang.reading.draft import Draft
from lianzhang.reading.subject import Subject

_STANDING = (ClaimKind.GAP, ClaimKind.RANK, ClaimKind.DURATION)


@dataclass(slots=True)
class Scene:
    """Positions are places in the reading copy.

    `position` is where the last number ended (the sentence start before the first one), `found`
    the drafts of this sentence so far.
    """

    sentence: int
    clause: int
    clause_end: int
    position: int
    subject: Subject
    found: list[Draft]
    #: The drafts of the last list behind 分别, which a second list may speak of.
    last_group: list[Draft] = field(default_factory=list)

    @property
    def previous(self) -> Draft | None:
        """The draft before, if the sentence has one."""
        return self.found[-1] if self.found else None

    @property
    def told(self) -> Draft | None:
        """The last draft that tells of a thing itself: gaps, ranks and increases tell where it stands."""
        values = [draft for draft in self.found if draft.kind not in _STANDING]
        whole = (draft for draft in reversed(values) if INCREASE_NAME.search(draft.indicator) is None)
        return next(whole, values[-1] if values else None)
