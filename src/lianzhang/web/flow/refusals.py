"""Why an act on a case did not happen, in words for the person who tried."""

from __future__ import annotations

from lianzhang.casework import FLOWS
from lianzhang.kernel import Conflict, LianzhangError, Text, clock
from lianzhang.web.flow.columns import CaseColumns
from lianzhang.web.flow.models import Step


class NotNow(LianzhangError):
    """The rules refuse the act; nothing was changed."""


class Overtaken(Conflict):
    """Somebody else acted on the case since the page was opened."""


def overtaken(row: CaseColumns, step: Step | None) -> Overtaken:
    """Who did what meanwhile."""
    remedy = Text(
        "您的操作没有生效，填写的内容还在表单里；请看过现在的情况再办。",
        "Yours was not carried out; see how it stands now, then decide.",
    )
    if step is None:
        return Overtaken(Text("这件事刚被别人改过。", "Somebody else has just changed this."), remedy)
    label = action_label(row.kind, step.action)
    at = step.at.astimezone(clock.CHINA)
    who = step.acting_for or "系统"
    return Overtaken(
        Text(
            f"{who}已于{at.month}月{at.day}日{at:%H:%M}办了“{label.zh}”。",
            f"{who} did “{label.en}” at {at:%Y-%m-%d %H:%M}.",
        ),
        remedy,
    )


_OTHER = {
    "note": Text("内部备注", "note inside"),
    "say": Text("给企业留言", "word to the firm"),
    "file": Text("提出", "raised"),
    "edit": Text("修改", "edited"),
    "milestone": Text("加节点", "milestone added"),
    "postpone": Text("节点改期", "milestone put off"),
    "reach": Text("节点完成", "milestone reached"),
}


def action_label(kind: str, action: str) -> Text:
    """An act in words."""
    for row in FLOWS[kind].transitions:
        if row.action == action:
            return row.label
    return _OTHER.get(action, Text(action, action))
