"""Needs paired with an institute or a bank (一链一院、一链一行), and visits to firms.

Nothing of a need is shared without the firm's consent, which names receiver, fields, purpose and last day and
can be withdrawn at once. A result counts when both sides have confirmed it.
"""

from __future__ import annotations

from lianzhang.casework.flow.grammar import Flow, Party, State, Transition
from lianzhang.kernel import Text

_office, _lead, _firm, _partner, _clock = Party.office, Party.lead, Party.firm, Party.partner, Party.clock

_SHARED = ("shared", "claimed", "proposed", "contract", "delivered")

# fmt: off
NEED = Flow(
    "need", Text("供需对接", "need"),
    (
        State("raw", Text("已提出", "raised"), _office),
        State("unclear", Text("退回说明", "returned for clarification"), _firm),
        State("diagnosed", Text("已诊断，待授权", "diagnosed, consent wanted"), _firm),
        State("shared", Text("已授权，待认领", "shared, to be claimed"), _partner),
        State("claimed", Text("已认领", "claimed"), _partner),
        State("proposed", Text("已提方案", "proposal made"), _firm),
        State("contract", Text("已签合同", "contract signed"), _partner),
        State("delivered", Text("已报结果，待双方确认", "result reported, to be confirmed by both"), _firm),
        State("closed", Text("已确认", "confirmed by both"), _office, final=True),
        State("long_term", Text("长期攻关", "long-term"), _office),
        State("withdrawn", Text("已撤回", "withdrawn"), _office, final=True),
    ),
    (
        Transition(
            source=("raw",), action="diagnose", target="diagnosed", by=(_office,),
            label=Text("诊断清楚", "diagnosed"), asks=("text",), tells=(_firm,), tone="primary",
        ),
        Transition(
            source=("raw", "diagnosed"), action="return", target="unclear", by=(_office,),
            label=Text("退回说明", "return for clarification"), asks=("reason",), deadline=("start clarify",),
            tells=(_firm,),
        ),
        Transition(
            source=("unclear",), action="clarify", target="raw", by=(_firm,), label=Text("补充说明", "clarify"),
            asks=("text",), deadline=("stop clarify",), tells=(_office,), tone="primary",
        ),
        Transition(
            source=("diagnosed",), action="share", target="shared", by=(_firm,),
            label=Text("授权并发布", "consent and share"), guards=("date_ahead", "consent_in_force"),
            asks=("partner", "date", "consent"), deadline=("start claim",), sets=("partner", "planned=date"),
            marks=("consented",), tells=(_partner,), tone="primary",
        ),
        Transition(
            source=("shared",), action="claim", target="claimed", by=(_partner,), label=Text("认领", "claim"),
            guards=("consent_in_force",), deadline=("stop claim", "start propose"), sets=("handler=actor",),
            tells=(_firm,), tone="primary",
        ),
        Transition(
            source=("shared", "claimed"), action="decline", target="diagnosed", by=(_partner,),
            label=Text("婉拒", "decline"), asks=("reason",), deadline=("stop claim", "stop propose"),
            sets=("partner=none", "planned=none"), marks=("-consented",), counts=("declined",),
            tells=(_firm, _office),
        ),
        Transition(
            source=("claimed",), action="propose", target="proposed", by=(_partner,),
            label=Text("提交方案", "make a proposal"), guards=("consent_in_force",), asks=("text", "amount?"),
            deadline=("stop propose",), tells=(_firm,), tone="primary",
        ),
        Transition(
            source=("proposed",), action="reject", target="claimed", by=(_firm,),
            label=Text("不采用", "reject"), asks=("reason",), deadline=("start propose",), tells=(_partner,),
        ),
        Transition(
            source=("proposed",), action="sign", target="contract", by=(_firm,),
            label=Text("登记合同", "record the contract"), asks=("text", "amount"), deadline=("start report",),
            tells=(_partner, _office), tone="primary",
        ),
        Transition(
            source=("contract",), action="report", target="=", by=(_partner, _firm),
            label=Text("报进展", "report progress"), asks=("text",), deadline=("stop report", "start report"),
        ),
        Transition(
            source=("contract",), action="deliver", target="delivered", by=(_partner,),
            label=Text("登记结果", "record the result"), asks=("text", "amount"), deadline=("stop report",),
            marks=("by_partner",), tells=(_firm,), tone="primary",
        ),
        Transition(
            source=("delivered",), action="confirm", target="closed", by=(_firm,),
            label=Text("确认结果", "confirm the result"), guards=("both_sides",), asks=("text?",),
            marks=("by_firm",), tells=(_partner, _office), tone="primary",
        ),
        Transition(
            source=("delivered",), action="deny", target="contract", by=(_firm,),
            label=Text("结果不符", "deny the result"), asks=("reason",), deadline=("start report",),
            marks=("-by_partner",), tells=(_partner, _office), tone="danger",
        ),
        Transition(
            source=_SHARED, action="withdraw_consent", target="diagnosed", by=(_firm,),
            label=Text("撤回授权", "withdraw the consent"), asks=("reason?",),
            deadline=("stop claim", "stop propose", "stop report"),
            sets=("partner=none", "planned=none", "handler=none"), marks=("-consented", "-by_partner"),
            counts=("consent_withdrawn",), tells=(_office,), tone="danger",
        ),
        Transition(
            source=_SHARED, action="consent_ends", target="diagnosed", by=(_clock,),
            label=Text("授权到期", "the consent ends"), guards=("consent_over",),
            deadline=("stop claim", "stop propose", "stop report"),
            sets=("partner=none", "planned=none", "handler=none"), marks=("-consented", "-by_partner"),
            tells=(_firm, _office),
        ),
        Transition(
            source=("raw", "diagnosed"), action="keep", target="long_term", by=(_office,),
            label=Text("转长期攻关", "keep as long-term"), asks=("reason",), tells=(_firm,),
        ),
        Transition(
            source=("long_term",), action="take_up", target="raw", by=(_office,),
            label=Text("重新诊断", "take up again"), asks=("text",), tells=(_firm,), tone="primary",
        ),
        Transition(
            source=("raw", "unclear", "diagnosed", "long_term"), action="withdraw", target="withdrawn",
            by=(_firm,), label=Text("撤回需求", "withdraw the need"), asks=("reason?",),
            deadline=("stop clarify",), tells=(_office,),
        ),
    ),
    ("raw",),
)

VISIT = Flow(
    "visit", Text("走访", "visit"),
    (
        State("planned", Text("已计划", "planned"), _lead),
        State("made", Text("已走访，待登记", "made, to be recorded"), _lead),
        State("recorded", Text("已登记", "recorded"), _lead, final=True),
        State("cancelled", Text("已取消", "cancelled"), _lead, final=True),
    ),
    (
        Transition(
            source=("planned",), action="make", target="made", by=(_lead,), label=Text("已走访", "it was made"),
            deadline=("start record",), sets=("handler=actor",), tone="primary",
        ),
        Transition(
            source=("planned", "made"), action="record", target="recorded", by=(_lead,),
            label=Text("登记走访", "record the visit"), asks=("text",), deadline=("stop record",),
            tone="primary",
        ),
        Transition(
            source=("planned",), action="cancel", target="cancelled", by=(_lead,), label=Text("取消", "cancel"),
            asks=("reason",),
        ),
    ),
    ("planned",),
)
# fmt: on
