"""Which of several enterprises bore a name on a day: the days of their names decide where the names cannot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from lianzhang.kernel.text import Text
from lianzhang.naming.clean import clean
from lianzhang.naming.compare.reasons import Reason
from lianzhang.naming.resolution import Candidate, Outcome, Resolution


@dataclass(frozen=True, slots=True)
class Borne:
    """A name of an enterprise and the days between which it bore it, both included; None where nobody said."""

    enterprise: str
    name: str
    starts: date | None = None
    ends: date | None = None

    @property
    def is_dated(self) -> bool:
        """Whether anything is said of the days."""
        return self.starts is not None or self.ends is not None

    def on(self, first: date, last: date) -> bool | None:
        """Whether it was borne from `first` to `last`; None where the name changed between, or nobody said."""
        if not self.is_dated:
            return None
        if (self.starts or date.min) <= first and last <= (self.ends or date.max):
            return True
        apart = last < (self.starts or date.min) or (self.ends or date.max) < first
        return False if apart else None


def borne_on(resolution: Resolution, names: Iterable[Borne], first: date, last: date) -> Resolution:
    """The resolution of a mention of these days (`first` = `last` for one day), `names` being those of its candidates.

    Of several enterprises that are called so to the letter, the only one that bore the name then is linked, if the
    others are known not to have; otherwise a person decides as before. Each candidate says when it bore the name.

    >>> from lianzhang.naming import Listed, NameIndex, resolve
    >>> old = "聊城油泵油嘴有限公司"
    >>> index = NameIndex.of([Listed("E1", "聊城鑫亚工业有限公司", former=(old,)), Listed("E2", old)])
    >>> found = resolve(old, index)
    >>> names = [Borne("E1", old, ends=date(2012, 5, 31)), Borne("E2", old, starts=date(2015, 3, 1))]
    >>> str(found.outcome), borne_on(found, names, date(2010, 1, 1), date(2010, 1, 1)).enterprise
    ('ambiguous', 'E1')
    """
    called = clean(resolution.mention)
    spans: dict[str, list[Borne]] = {}
    for one in names:
        if clean(one.name) == called:
            spans.setdefault(one.enterprise, []).append(one)
    if not any(one.is_dated for several in spans.values() for one in several):
        return resolution
    candidates = tuple(_told(one, spans.get(one.enterprise, ())) for one in resolution.candidates)
    found = replace(resolution, candidates=candidates)
    rivals = [one for one in candidates if one.enterprise in spans]
    answers = {one.enterprise: _bore(spans[one.enterprise], first, last) for one in rivals}
    bearers = [one for one in rivals if answers[one.enterprise]]
    others = [answer for firm, answer in answers.items() if not bearers or firm != bearers[0].enterprise]
    if resolution.outcome is not Outcome.AMBIGUOUS or not others:
        return found
    known = len(bearers) == 1 and all(answer is False for answer in others)
    # Beside them may stand one that is not called so to the letter: a person decides whether it is meant.
    if known and all(one in rivals or one.score < bearers[0].score for one in candidates):
        [bearer] = bearers
        return replace(
            found,
            outcome=Outcome.LINKED,
            enterprise=bearer.enterprise,
            score=bearer.score,
            reasons=(_ONLY, *bearer.reasons),
        )
    return replace(found, reasons=(_several(len(bearers)), *resolution.reasons))


def _bore(spans: Iterable[Borne], first: date, last: date) -> bool | None:
    answers = [one.on(first, last) for one in spans]
    return True if True in answers else None if None in answers else False


def _told(candidate: Candidate, spans: Iterable[Borne]) -> Candidate:
    said = tuple(
        Reason("day", "borne", Text(f"这个名称{_days(one)}", f"bore the name {_in_english(one)}"))
        for one in spans
        if one.is_dated
    )
    return replace(candidate, reasons=(*candidate.reasons, *said))


def _days(one: Borne) -> str:
    start = f"自{one.starts:%Y-%m-%d}起" if one.starts else ""
    return f"{start}用到{one.ends:%Y-%m-%d}" if one.ends else f"{start}在用"


def _in_english(one: Borne) -> str:
    said = (("from", one.starts), ("until", one.ends))
    return " ".join(f"{word} {day:%Y-%m-%d}" for word, day in said if day)


_ONLY = Reason("day", "only", Text("那时只有这一家用这个名称", "the only one that bore the name then"))


def _several(bearers: int) -> Reason:
    if bearers > 1:
        return Reason(
            "day",
            "several",
            Text(f"那时有{bearers}家用这个名称", f"{bearers} enterprises bore the name then"),
        )
    if bearers:
        return Reason(
            "day",
            "open",
            Text(
                "那时有一家用这个名称，另有不知道是否也用的", "one bore the name then; of others nobody knows"
            ),
        )
    return Reason("day", "nobody", Text("那时没有一家确知用这个名称", "none is known to have borne it then"))
