"""Gaps, blocks and stuck points of a chain (断点、堵点、卡点): found, verified, solved, confirmed."""

from __future__ import annotations

from lianzhang.casework.flow.grammar import Flow, Party, State, Transition
from lianzhang.kernel import Text

_office, _lead, _chief, _firm = Party.office, Party.lead, Party.chief, Party.firm

STATES = (
    State("found", Text("已发现", "found"), _office),
    State("verified", Text("已核实", "verified"), _office),
    State("working", Text("攻坚中", "in hand"), _lead),
    State("solved", Text("已解决，待核", "solved, to be verified"), _office),
    State("long_term", Text("长期跟踪", "long-term"), _lead),
    State("passed_up", Text("已报省级", "passed to the province"), _office),
    State("closed", Text("已销号", "closed"), _office, final=True),
    State("no_problem", Text("不是问题", "not a problem"), _office, final=True),
)

# fmt: off
PROBLEM = Flow(
    "problem", Text("产业链问题", "problem of the chain"), STATES,
    (
        Transition(
            source=("found",), action="verify", target="verified", by=(_office,), label=Text("核实", "verify"),
            asks=("text",), deadline=("stop verify",), tone="primary",
        ),
        Transition(
            source=("found", "verified"), action="dismiss", target="no_problem", by=(_office,),
            label=Text("不是问题", "not a problem"), asks=("reason",), deadline=("stop verify",),
        ),
        Transition(
            source=("verified",), action="assign", target="working", by=(_office,), label=Text("交办", "assign"),
            when="never_handled", asks=("unit", "text?"), deadline=("start handle",), sets=("lead=unit",),
            tells=(_lead,), tone="primary",
        ),
        Transition(
            source=("verified", "working", "long_term"), action="assign", target="working", by=(_office,),
            label=Text("转办", "assign to another"), asks=("unit", "text?"),
            deadline=("stop review", "resume handle", "continue work"), sets=("lead=unit",), tells=(_lead,),
        ),
        Transition(
            source=("working", "long_term"), action="report", target="=", by=(_lead,),
            label=Text("报进展", "report progress"), asks=("text",), tells=(_office,),
        ),
        Transition(
            source=("working", "long_term"), action="solve", target="solved", by=(_lead,),
            label=Text("申请销号", "propose to close"), asks=("text",), deadline=("stop handle", "stop review"),
            sets=("answered_by=actor",), tells=(_office,), tone="primary",
        ),
        Transition(
            source=("solved",), action="close", target="closed", by=(_office,), label=Text("核实销号", "close"),
            guards=("checker_is_another",), asks=("text",), tells=(_lead,), tone="primary",
        ),
        Transition(
            source=("solved",), action="return", target="working", by=(_office,),
            label=Text("退回", "return"), asks=("reason",), deadline=("continue work",), tells=(_lead,),
        ),
        Transition(
            source=("working",), action="keep", target="long_term", by=(_office,),
            label=Text("转长期跟踪", "keep as long-term"), asks=("reason",),
            deadline=("stop handle", "start review"), tells=(_lead, _chief),
        ),
        Transition(
            source=("verified", "working", "long_term"), action="pass_up", target="passed_up", by=(_office,),
            label=Text("报省级协调", "pass to the province"), asks=("reason",), deadline=("pause handle",),
            tells=(_chief,),
        ),
        Transition(
            source=("passed_up",), action="take_back", target="working", by=(_office,), when="has_unit",
            label=Text("省级已答复", "the province answered"), asks=("text",), deadline=("resume handle",),
            tells=(_lead,), tone="primary",
        ),
        Transition(
            source=("passed_up",), action="take_back", target="verified", by=(_office,),
            label=Text("省级已答复", "the province answered"), asks=("text",), tone="primary",
        ),
    ),
    ("found",),
    ("verify",),
)
# fmt: on
