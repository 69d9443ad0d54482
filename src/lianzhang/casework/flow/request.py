"""Requests of enterprises (企业诉求): from the phone of the firm to its confirmation.

Sources: Quanzhou 2022 (one lead, helpers 3 days, extension asked a day ahead, objection within a day and ruled
finally), Yantai (answered is not solved; withdrawals are checked), Shenzhen 2020 (first contact owns it). The
clock of handling runs from the filing and starts afresh for nobody: not for a transfer, not for an objection,
not for an answer that did not stand.
"""

from __future__ import annotations

from lianzhang.casework.flow.grammar import Flow, Party, State, Transition
from lianzhang.kernel import Text

_firm, _office, _lead, _helper = Party.firm, Party.office, Party.lead, Party.helper
_chief, _clock = Party.chief, Party.clock

#: The seven words that every reader sees (UX-100); finer states are said beside them.
SHOWN = {
    "waiting": Text("待受理", "to be accepted"),
    "assigned": Text("已交办", "assigned"),
    "working": Text("办理中", "in hand"),
    "for_firm": Text("待企业补充", "waiting for the firm"),
    "consultation": Text("待协商", "for consultation"),
    "closed": Text("已办结", "closed"),
    "rated": Text("已评价", "rated"),
}

STATES = (
    State("draft", Text("草稿", "draft"), _firm, "waiting"),
    State("submitted", Text("待受理", "submitted"), _office, "waiting"),
    State("not_accepted", Text("不予受理", "not accepted"), _office, "closed", final=True),
    State("merged", Text("已并入同一诉求", "merged"), _office, "closed", final=True),
    State("assigned", Text("已交办，待签收", "assigned, to be signed for"), _lead, "assigned"),
    State("disputed", Text("主办单位有异议", "assignment disputed"), _office, "assigned"),
    State("working", Text("办理中", "in hand"), _lead, "working"),
    State("extension_asked", Text("已申请延期", "extension asked"), _office, "working"),
    State("for_firm", Text("待企业补充", "waiting for the firm"), _firm, "for_firm"),
    State("for_higher", Text("待上级政策", "waiting for a higher level"), _lead, "working"),
    State("answered", Text("已答复，待审核", "answered, to be checked"), _lead, "working"),
    State("to_confirm", Text("待企业确认", "to be confirmed by the firm"), _firm, "working"),
    State("planned", Text("计划解决", "planned with a date"), _lead, "working"),
    State("consultation", Text("待双月协商", "for the bimonthly consultation"), _office, "consultation"),
    State("withdrawal_check", Text("撤回待核查", "withdrawal to be checked"), _office, "working"),
    State("withdrawn", Text("已撤回", "withdrawn"), _office, "closed", final=True),
    State("closed", Text("已办结", "closed"), _office, "closed"),
    State("rated", Text("已评价", "rated"), _office, "rated"),
)

_OPEN = ("assigned", "working", "for_firm", "for_higher", "extension_asked", "answered", "to_confirm")
_IN_HAND = ("assigned", "working", "planned")
_EVERY_CLOCK = ("stop sign", "stop contact", "stop report", "stop handle", "stop redo", "stop confirm")

# One row per act, read like a table.
# fmt: off
_FILING = (
    Transition(
        source=("draft",), action="submit", target="submitted", by=(_firm, _lead),
        label=Text("提交", "submit"), asks=("text",), deadline=("start accept", "start handle"),
        tells=(_office,), tone="primary",
    ),
    Transition(
        source=("submitted",), action="assign", target="assigned", by=(_office,),
        label=Text("交办", "assign"), guards=("longer_needs_reason",), asks=("unit", "matter", "helpers?", "reason?"),
        deadline=("stop accept", "start sign", "start contact", "start objection", "start help"),
        sets=("lead=unit", "helpers", "matter", "handler=none"), marks=("-first_contact",),
        tells=(_lead, _helper, _firm), tone="primary",
    ),
    Transition(
        source=("submitted",), action="decline", target="not_accepted", by=(_office,),
        label=Text("不予受理", "decline"), asks=("ground", "reason"), deadline=("stop accept", "stop handle"),
        tells=(_firm,), tone="danger",
    ),
    Transition(
        source=("submitted", "assigned"), action="merge", target="merged", by=(_office,),
        label=Text("并入", "merge"), guards=("another_main",), asks=("main", "reason"),
        deadline=("stop accept", *_EVERY_CLOCK), tells=(_firm,),
    ),
    Transition(
        source=("submitted",), action="hand_on", target="=", by=(_lead,), when="first_contact",
        label=Text("提请分办", "pass to the office"), asks=("reason",), tells=(_office,),
    ),
)

_HANDING = (
    Transition(
        source=("assigned",), action="sign", target="working", by=(_lead,), label=Text("受理", "sign for it"),
        deadline=("stop sign", "start report"), sets=("handler=actor",), tells=(_firm,), tone="primary",
    ),
    Transition(
        source=("assigned",), action="object", target="disputed", by=(_lead,),
        label=Text("退回", "object"), guards=("objection_in_time", "not_ruled_yet"), asks=("reason", "unit?"),
        deadline=("stop sign", "start ruling"), tells=(_office,),
    ),
    Transition(
        source=("disputed",), action="rule", target="assigned", by=(_office,),
        label=Text("裁定主办单位", "rule"), asks=("unit", "reason"),
        deadline=("stop ruling", "start sign", "start objection"),
        sets=("lead=unit", "handler=none"), marks=("ruled",), tells=(_lead, _firm), tone="primary",
    ),
    Transition(
        source=("assigned", "working", "for_higher", "planned"), action="transfer", target="assigned",
        by=(_office,), label=Text("转办", "transfer"), guards=("another_unit",), asks=("unit", "reason"),
        deadline=("stop sign", "stop report", "resume handle", "stop pause", "start sign", "start objection"),
        sets=("lead=unit", "handler=none"), marks=("-ruled",), counts=("transferred",), tells=(_lead, _firm),
    ),
    Transition(
        source=("working",), action="ask_transfer", target="=", by=(_lead,),
        label=Text("申请转办", "ask for a transfer"), asks=("reason", "unit?"), tells=(_office,),
    ),
    Transition(
        source=_OPEN, action="contribute", target="=", by=(_helper,),
        label=Text("回复协办意见", "give the helper's opinion"), asks=("text",), deadline=("stop help",),
        tells=(_lead,), tone="primary",
    ),
)

_WORKING = (
    Transition(
        source=_IN_HAND, action="contact", target="=", by=(_lead,),
        label=Text("登记首次联系", "record the first contact"), when="not_contacted", asks=("text",),
        deadline=("stop contact",),
    ),
    Transition(
        source=("working", "planned"), action="report", target="=", by=(_lead,),
        label=Text("报进展", "report progress"), asks=("text",),
        deadline=("stop contact", "stop report", "start report"), tells=(_firm,),
    ),
    Transition(
        source=("working",), action="ask_firm", target="for_firm", by=(_lead,),
        label=Text("请企业补充", "ask the firm"), guards=("pauses_left",), asks=("text",),
        deadline=("stop contact", "pause handle", "pause redo", "stop report", "start pause"),
        counts=("paused",), tells=(_firm,),
    ),
    Transition(
        source=("for_firm",), action="supply", target="working", by=(_firm,), label=Text("补充", "supply"),
        asks=("text",), deadline=("resume handle", "resume redo", "stop pause", "start report"),
        tells=(_lead,), tone="primary",
    ),
    Transition(
        source=("working",), action="await_higher", target="for_higher", by=(_lead,),
        label=Text("待上级政策", "wait for a higher level"), guards=("pauses_left",), asks=("reason",),
        deadline=("pause handle", "pause redo", "stop report", "start pause"), counts=("paused",),
        tells=(_office, _firm),
    ),
    Transition(
        source=("for_firm", "for_higher"), action="go_on", target="working", by=(_lead,),
        label=Text("继续办理", "go on"), asks=("text?",),
        deadline=("resume handle", "resume redo", "stop pause", "start report"), tells=(_firm,),
    ),
    Transition(
        source=("for_firm", "for_higher"), action="pause_ends", target="working", by=(_clock,),
        label=Text("暂停期满", "the pause ends"), guards=("pause_over",),
        deadline=("resume handle", "resume redo", "stop pause", "start report"), tells=(_lead, _firm),
    ),
    Transition(
        source=("working",), action="ask_extension", target="extension_asked", by=(_lead,),
        label=Text("申请延期", "ask for more time"), guards=("extension_in_time", "extensions_left", "later_date"),
        asks=("date", "reason"), deadline=("start extension",), sets=("planned=date",), tells=(_office, _firm),
    ),
    Transition(
        source=("extension_asked",), action="grant", target="working", by=(_office,),
        label=Text("同意延期", "grant"), asks=("reason?",),
        deadline=("extend work", "stop extension"), sets=("planned=none",),
        counts=("extended",), tells=(_lead, _firm), tone="primary",
    ),
    Transition(
        source=("extension_asked",), action="refuse_extension", target="working", by=(_office,),
        label=Text("不同意延期", "refuse"), asks=("reason",), deadline=("stop extension",),
        sets=("planned=none",), tells=(_lead,),
    ),
)

_ANSWERING = (
    Transition(
        source=("working", "planned"), action="answer", target="answered", by=(_lead,),
        label=Text("申请办结", "propose to close"),
        guards=("result_known", "basis_for_refusal", "date_for_plan"),
        asks=("result", "text", "basis?", "date?"),
        deadline=("stop contact", "stop report", "stop handle", "stop redo", "stop plan", "start check"),
        sets=("result", "planned=date", "answered_by=actor"), tells=(_lead,), tone="primary",
    ),
    Transition(
        source=("answered",), action="check", target="to_confirm", by=(_lead,),
        label=Text("审核通过", "check"), guards=("checker_is_another",), asks=("text?",),
        deadline=("stop check", "start confirm"), tells=(_firm,), tone="primary",
    ),
    Transition(
        source=("answered",), action="return", target="working", by=(_lead, _office),
        label=Text("退回重办", "return"), guards=("checker_is_another",), asks=("reason",),
        deadline=("stop check", "continue work", "start report"), sets=("result=none",),
        counts=("returned",), tells=(_lead,),
    ),
    Transition(
        source=("to_confirm",), action="confirm", target="planned", by=(_firm,), when="is_planned",
        label=Text("同意计划", "agree to the plan"), asks=("text?",), deadline=("stop confirm", "start plan"),
        tells=(_lead,), tone="primary",
    ),
    Transition(
        source=("to_confirm",), action="confirm", target="closed", by=(_firm,),
        label=Text("确认", "confirm"), asks=("text?",), deadline=("stop confirm", "start reopening"),
        marks=("by_firm",), tells=(_lead, _office), tone="primary",
    ),
    Transition(
        source=("to_confirm",), action="silence", target="planned", by=(_clock,), when="is_planned",
        label=Text("企业未答复，按计划办理", "no word: the plan goes on"), guards=("silent_long_enough",),
        deadline=("stop confirm", "start plan"), tells=(_lead, _firm),
    ),
    Transition(
        source=("to_confirm",), action="silence", target="closed", by=(_clock,),
        label=Text("企业未答复，视为同意", "no word: closed by rule"), guards=("silent_long_enough",),
        deadline=("stop confirm", "start reopening"), marks=("by_silence",), tells=(_lead, _firm),
    ),
    Transition(
        source=("to_confirm",), action="refuse", target="working", by=(_firm,), when="first_refusal",
        label=Text("不认可", "refuse"), asks=("reason",), deadline=("stop confirm", "start redo", "start report"),
        sets=("result=none",), counts=("refused",), tells=(_lead, _office), tone="danger",
    ),
    Transition(
        source=("to_confirm",), action="refuse", target="consultation", by=(_firm,),
        label=Text("仍不认可，提请协商", "refuse again"), asks=("reason",), deadline=("stop confirm",),
        sets=("result=none",), counts=("refused",), marks=("for_agenda",), tells=(_lead, _office, _chief),
        tone="danger",
    ),
    Transition(
        source=("planned",), action="plan_passes", target="working", by=(_clock,),
        label=Text("计划日期已过", "the planned date passed"), guards=("plan_over",),
        deadline=("stop plan", "start redo", "start report"), marks=("plan_overdue",), sets=("result=none",),
        tells=(_lead, _office, _firm),
    ),
)

_AFTERWARDS = (
    Transition(
        source=("working", "planned", "for_higher"), action="take_to_table", target="consultation",
        by=(_lead, _office, _chief), label=Text("提请协商", "take to the consultation"), asks=("reason",),
        deadline=("resume handle", "resume redo", "stop pause", "stop report"),
        marks=("for_agenda",), tells=(_office, _chief, _firm),
    ),
    Transition(
        source=("consultation",), action="resolve", target="working", by=(_office, _chief),
        label=Text("按决定办理", "carry out the decision"), asks=("text", "unit?"),
        deadline=("start redo", "start report"), sets=("lead=unit?",), marks=("-for_agenda",),
        tells=(_lead, _firm), tone="primary",
    ),
    Transition(
        source=("submitted", *_OPEN, "planned", "consultation"), action="withdraw", target="withdrawal_check",
        by=(_firm,), label=Text("撤回", "withdraw"), asks=("reason",),
        deadline=("resume handle", "resume redo", "stop pause", "stop extension", "start withdrawal"),
        tells=(_office, _lead),
    ),
    Transition(
        source=("withdrawal_check",), action="accept_withdrawal", target="withdrawn", by=(_office,),
        label=Text("核实为企业自愿", "the firm wanted it"), asks=("text",),
        deadline=("stop withdrawal", "stop accept", *_EVERY_CLOCK), marks=("-for_agenda",), tells=(_firm, _lead),
    ),
    Transition(
        source=("withdrawal_check",), action="undo_withdrawal", target="working", by=(_office,), when="has_lead",
        label=Text("非自愿，继续办理", "not voluntary: go on"), asks=("text",),
        deadline=("stop withdrawal", "continue work", "start report"), marks=("pressed",),
        tells=(_firm, _lead, _chief), tone="danger",
    ),
    Transition(
        source=("withdrawal_check",), action="undo_withdrawal", target="submitted", by=(_office,),
        label=Text("非自愿，继续办理", "not voluntary: go on"), asks=("text",), deadline=("stop withdrawal",),
        marks=("pressed",), tells=(_firm,), tone="danger",
    ),
    Transition(
        source=("closed",), action="rate", target="rated", by=(_firm,), when="low_rating",
        label=Text("评价", "rate"), asks=("rating", "text?"), sets=("rating",),
        deadline=("start call_back",), tells=(_office, _lead), tone="primary",
    ),
    Transition(
        source=("closed",), action="rate", target="rated", by=(_firm,), label=Text("评价", "rate"),
        guards=("rating_in_steps",), asks=("rating", "text?"), sets=("rating",), tells=(_lead,), tone="primary",
    ),
    Transition(
        source=("rated",), action="call_back", target="=", by=(_office,), when="to_call_back",
        label=Text("登记回访", "record the call"), asks=("text",), deadline=("stop call_back",),
        tells=(_lead,), tone="primary",
    ),
    Transition(
        source=("closed", "rated"), action="reopen", target="working", by=(_firm, _office),
        label=Text("重新办理", "reopen"), guards=("within_reopening",), asks=("reason",),
        deadline=("stop reopening", "stop call_back", "start redo", "start report"),
        sets=("result=none", "rating=none"), counts=("reopened",), marks=("-by_firm", "-by_silence"),
        tells=(_lead, _office, _firm),
    ),
)
# fmt: on

REQUEST = Flow(
    "request",
    Text("企业诉求", "request"),
    STATES,
    (*_FILING, *_HANDING, *_WORKING, *_ANSWERING, *_AFTERWARDS),
    ("draft", "submitted"),
)
