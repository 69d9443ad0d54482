"""The bimonthly consultation (双月协商) and its resolutions.

Time line: topics called 15 working days ahead, papers 10, departments' written answers 5, minutes 7 working
days after. A resolution cannot be closed by the unit that owes it.
"""

from __future__ import annotations

from lianzhang.casework.flow.grammar import Flow, Party, State, Transition
from lianzhang.kernel import Text

_office, _lead, _chief, _clock = Party.office, Party.lead, Party.chief, Party.clock

# fmt: off
MEETING = Flow(
    "meeting", Text("双月协商", "bimonthly consultation"),
    (
        State("planning", Text("筹备", "planning"), _office),
        State("called", Text("征集议题", "topics called"), _office),
        State("papers", Text("议程已发，书面答复", "agenda out, written answers"), _office),
        State("agreed", Text("议程已确认", "agenda confirmed"), _office),
        State("held", Text("已召开，拟纪要", "held, minutes to be drawn up"), _office),
        State("signed", Text("纪要已签发", "minutes signed"), _office),
        State("closed", Text("决定已落实", "resolutions carried out"), _office, final=True),
        State("cancelled", Text("已取消", "cancelled"), _office, final=True),
    ),
    (
        Transition(
            source=("planning",), action="call", target="called", by=(_office,),
            label=Text("征集议题", "call for topics"), asks=("date",), tells=(_lead,),
        ),
        Transition(
            source=("planning", "called"), action="send_papers", target="papers", by=(_office,),
            label=Text("发出议程", "send the agenda"), guards=("agenda_not_empty",), tells=(_lead, _chief),
            tone="primary",
        ),
        Transition(
            source=("papers",), action="agree", target="agreed", by=(_chief,),
            label=Text("确认议程", "confirm the agenda"), asks=("text?",), tells=(_office,), tone="primary",
        ),
        Transition(
            source=("papers", "agreed"), action="change", target="planning", by=(_office, _chief),
            label=Text("调整议程", "change the agenda"), asks=("reason",), tells=(_office, _chief),
        ),
        Transition(
            source=("planning", "called", "papers", "agreed"), action="move", target="=", by=(_office,),
            label=Text("改期", "move the day"), guards=("future_date",), asks=("date", "reason"),
            tells=(_chief, _lead), sets=("planned=date",), counts=("moved",),
        ),
        Transition(
            source=("agreed",), action="hold", target="held", by=(_office,), label=Text("已召开", "it was held"),
            deadline=("start minutes",), tone="primary",
        ),
        Transition(
            source=("held",), action="sign", target="signed", by=(_chief,),
            label=Text("签发纪要", "sign the minutes"), guards=("every_item_decided",),
            deadline=("stop minutes",), tells=(_office, _lead), tone="primary",
        ),
        Transition(
            source=("signed",), action="close", target="closed", by=(_office,),
            label=Text("全部落实", "all carried out"), guards=("every_item_decided",), asks=("text?",),
        ),
        Transition(
            source=("planning", "called", "papers", "agreed"), action="cancel", target="cancelled",
            by=(_office,), label=Text("取消", "cancel"), asks=("reason",), tells=(_chief, _lead), tone="danger",
        ),
    ),
    ("planning",),
)

RESOLUTION = Flow(
    "resolution", Text("协商决定", "resolution"),
    (
        State("agreed", Text("已议定", "agreed"), _office),
        State("working", Text("落实中", "being carried out"), _lead),
        State("done", Text("已报完成，待核验", "reported done, to be verified"), _office),
        State("verified", Text("已核验销号", "verified"), _office, final=True),
        State("carried_over", Text("转下次会议", "carried over"), _office),
        State("dropped", Text("不再执行", "dropped"), _office, final=True),
    ),
    (
        Transition(
            source=("agreed",), action="issue", target="working", by=(_office, _chief),
            label=Text("下达", "issue"), deadline=("start due",), tells=(_lead,), tone="primary",
        ),
        Transition(
            source=("working",), action="report", target="=", by=(_lead,), label=Text("报进展", "report progress"),
            asks=("text",), tells=(_office,),
        ),
        Transition(
            source=("working", "carried_over"), action="finish", target="done", by=(_lead,),
            label=Text("报完成", "report it done"), asks=("text",), deadline=("stop due", "start verify"),
            sets=("answered_by=actor",), tells=(_office,), tone="primary",
        ),
        Transition(
            source=("done",), action="verify", target="verified", by=(_office, _chief),
            label=Text("核验销号", "verify and close"), guards=("not_the_owner",), asks=("text",),
            deadline=("stop verify",), tells=(_lead,), tone="primary",
        ),
        Transition(
            source=("done",), action="return", target="working", by=(_office, _chief),
            label=Text("退回", "return"), guards=("not_the_owner",), asks=("reason",),
            deadline=("stop verify", "continue due"), tells=(_lead,),
        ),
        Transition(
            source=("working",), action="carry_over", target="carried_over", by=(_office, _chief),
            label=Text("转下次会议", "carry over"), asks=("reason",), counts=("carried",), tells=(_lead, _chief),
        ),
        Transition(
            source=("carried_over",), action="issue", target="working", by=(_office, _chief),
            label=Text("重新限期", "set a new date"), guards=("future_date",), asks=("date", "reason"),
            sets=("planned=date",), deadline=("stop due", "start due"), tells=(_lead,), tone="primary",
        ),
        Transition(
            source=("agreed", "working", "carried_over"), action="drop", target="dropped", by=(_chief,),
            label=Text("不再执行", "drop"), asks=("reason",), deadline=("stop due",), tells=(_lead, _office),
            tone="danger",
        ),
    ),
    ("agreed",),
)
# fmt: on
