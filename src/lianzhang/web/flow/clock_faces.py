"""Clocks as readers see them: what runs, until when, how it stands, which pauses it had."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lianzhang.casework import Standing
from lianzhang.kernel import Text, clock
from lianzhang.web.flow import mapping, rules
from lianzhang.web.flow.columns import CaseColumns
from lianzhang.web.flow.models import ClockRow

_LABELS = {
    "accept": Text("受理", "acceptance"),
    "sign": Text("签收", "signing for it"),
    "contact": Text("首次联系", "first contact"),
    "report": Text("下次报进展", "next progress report"),
    "help": Text("协办意见", "helper's opinion"),
    "handle": Text("办理时限", "term of handling"),
    "redo": Text("重新办理时限", "term of handling again"),
    "plan": Text("计划日期", "planned date"),
    "due": Text("约定日期", "agreed date"),
    "check": Text("单位审核", "check in the unit"),
    "confirm": Text("企业确认", "the firm's confirmation"),
    "pause": Text("最长暂停到", "longest pause"),
    "extension": Text("答复延期申请", "answer on the extension"),
    "ruling": Text("裁定", "ruling"),
    "withdrawal": Text("核查撤回", "check of the withdrawal"),
    "call_back": Text("回访", "call-back"),
    "claim": Text("认领", "claim"),
    "propose": Text("提交方案", "proposal"),
    "record": Text("登记走访", "record of the visit"),
    "update": Text("下次报进展", "next report"),
    "verify": Text("核验", "verification"),
    "minutes": Text("印发纪要", "minutes"),
}
_WORDS = {
    Standing.running: Text("进行中", "running"),
    Standing.near: Text("临期", "near due"),
    Standing.late: Text("逾期", "overdue"),
    Standing.paused: Text("暂停计时", "paused"),
    Standing.met: Text("按期", "in time"),
    Standing.missed: Text("逾期办成", "done late"),
    Standing.unknown: Text("暂不能承诺日期", "no date can be promised yet"),
}
#: State names of the chips.
_TONES = {
    Standing.running: "info",
    Standing.near: "warning",
    Standing.late: "danger",
    Standing.paused: "planned",
    Standing.met: "good",
    Standing.missed: "danger",
    Standing.unknown: "warning",
}
#: What the firm is shown: its own term and the one promised to it.
_OUTWARD = frozenset({"handle", "redo", "plan", "due", "confirm", "accept"})
#: Clocks that say how something went even after they ended.
_LASTING = frozenset({"handle", "redo", "plan", "due"})


@dataclass(frozen=True, slots=True)
class Face:
    """One clock in words."""

    label: Text
    due: datetime | None
    stopped: datetime | None
    word: Text
    tone: str
    late_days: int
    pauses: tuple[tuple[datetime, datetime | None], ...]
    extended: int


def faces(row: CaseColumns, clocks: Iterable[ClockRow], *, inside: bool) -> list[Face]:
    """The clocks of a case that run, and those of the work even when they have ended."""
    calendar, now = rules.calendar(), clock.now()
    found = []
    for one in clocks:
        name = one.name.partition(".")[0]
        if name not in _LABELS or (one.stopped and name not in _LASTING) or not (inside or name in _OUTWARD):
            continue
        counted = mapping.clock_of(one)
        standing = counted.standing(calendar, now)
        found.append(
            Face(
                label=_LABELS[name],
                due=mapping.end_of(counted, calendar),
                stopped=one.stopped,
                word=_WORDS[standing],
                tone=_TONES[standing],
                late_days=_late_days(one, now),
                pauses=tuple((pause.start, pause.end) for pause in counted.pauses),
                extended=one.extended,
            )
        )
    return found


def _late_days(one: ClockRow, now: datetime) -> int:
    """Days since the end, begun ones counted; 0 when it is not late."""
    ended = one.stopped or now
    if one.due is None or ended <= one.due:
        return 0
    return (ended - one.due) // timedelta(days=1) + 1
