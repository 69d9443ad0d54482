"""Projects from lead to effect, and the seven factor guarantees (土地、能源、人才、金融、审批、政策、法治环境).

A stage is entered only with its evidence. A factor gap runs on the clocks of requests and is confirmed by the
side that asked.
"""

from __future__ import annotations

from itertools import pairwise

from lianzhang.casework.flow.grammar import Flow, Party, State, Transition
from lianzhang.casework.flow.stages import STAGES
from lianzhang.kernel import Text

_office, _lead, _chief, _firm, _clock = Party.office, Party.lead, Party.chief, Party.firm, Party.clock
_helper = Party.helper

_LABELS = (
    Text("线索", "lead"), Text("在谈", "in talks"), Text("签约", "signed"), Text("落地", "landed"),
    Text("开工", "started"), Text("在建", "building"), Text("竣工", "finished"),
    Text("投产", "in production"), Text("达效", "in effect"),
)  # fmt: skip
#: Stages with a usual limit of their own.
_TIMED = frozenset({"signed", "landed", "finished", "producing", "in_effect"})


def _advance(here: str, there: str) -> Transition:
    stops = (f"stop {here}",) if here in _TIMED else ()
    starts = (f"start {there}",) if there in _TIMED else ()
    return Transition(
        source=(here,),
        action="advance",
        target=there,
        by=(_lead,),
        label=Text("进入下一阶段", "enter the next stage"),
        guards=("evidence_given",),
        asks=("text",),
        deadline=(*stops, *starts, "stop update", "start update"),
        tells=(_office,),
        tone="primary",
    )


# fmt: off
PROJECT = Flow(
    "project", Text("项目", "project"),
    (
        *(State(name, label, _lead) for name, label in zip(STAGES, _LABELS, strict=True)),
        State("paused", Text("暂停", "paused"), _lead),
        State("closed", Text("已完成", "completed"), _office, final=True),
        State("ended", Text("已终止", "ended"), _office, final=True),
    ),
    (
        *(_advance(here, there) for here, there in pairwise(STAGES)),
        Transition(
            source=STAGES, action="update", target="=", by=(_lead,), label=Text("报进展", "report progress"),
            asks=("text", "date?", "amount?", "reason?"), deadline=("stop update", "start update"),
        ),
        Transition(
            source=STAGES, action="take_to_table", target="=", by=(_lead, _office, _chief),
            label=Text("提请协商", "take to the consultation"), asks=("reason",), marks=("for_agenda",),
            tells=(_office, _chief),
        ),
        Transition(
            source=STAGES, action="pause", target="paused", by=(_lead, _office), label=Text("暂停", "pause"),
            asks=("reason",), deadline=("stop update",), sets=("result=state",), tells=(_office, _chief),
        ),
        *(
            Transition(
                source=("paused",), action="go_on", target=stage, by=(_lead,), when=f"paused_at_{stage}",
                label=Text("恢复", "go on"), asks=("text",), deadline=("start update",), tells=(_office,),
                tone="primary",
            )
            for stage in STAGES
        ),
        Transition(
            source=(*STAGES, "paused"), action="end", target="ended", by=(_office,), label=Text("终止", "end"),
            asks=("reason",), deadline=("stop update",), tells=(_lead, _chief), tone="danger",
        ),
        Transition(
            source=("in_effect",), action="complete", target="closed", by=(_office,),
            label=Text("完成", "complete"), guards=("evidence_given",), asks=("text",),
            deadline=("stop update", "stop in_effect"), tells=(_lead,),
        ),
    ),
    STAGES,
    ("update",),
)

FACTOR = Flow(
    "factor", Text("要素保障", "factor guarantee"),
    (
        State("asked", Text("已提出", "asked"), _office),
        State("assigned", Text("已交办，待签收", "assigned, to be signed for"), _lead),
        State("working", Text("办理中", "in hand"), _lead),
        State("promised", Text("已承诺（数量、日期、条件）", "promised (amount, date, condition)"), _lead),
        State("delivered", Text("已落实，待确认", "delivered, to be confirmed"), _firm),
        State("consultation", Text("待双月协商", "for the bimonthly consultation"), _office),
        State("closed", Text("已销号", "closed"), _office, final=True),
        State("withdrawn", Text("不再需要", "no longer needed"), _office, final=True),
    ),
    (
        Transition(
            source=("asked",), action="assign", target="assigned", by=(_office,), label=Text("交办", "assign"),
            guards=("not_the_asker",), asks=("unit",), deadline=("start sign",), sets=("lead=unit",),
            tells=(_lead, _firm), tone="primary",
        ),
        Transition(
            source=("assigned",), action="sign", target="working", by=(_lead,),
            label=Text("受理", "sign for it"), deadline=("stop sign",), sets=("handler=actor",), tone="primary",
        ),
        Transition(
            source=("working",), action="report", target="=", by=(_lead,), label=Text("报进展", "report progress"),
            asks=("text",), tells=(_firm,),
        ),
        Transition(
            source=("working", "consultation"), action="promise", target="promised", by=(_lead,),
            label=Text("承诺", "promise"), guards=("future_date",), asks=("amount", "date", "text"),
            deadline=("stop handle", "stop redo", "start due"), sets=("planned=date",),
            marks=("-for_agenda",), tells=(_firm, _office), tone="primary",
        ),
        Transition(
            source=("working", "promised"), action="deliver", target="delivered", by=(_lead,),
            label=Text("报落实", "report it delivered"), asks=("text", "amount?"),
            deadline=("stop handle", "stop redo", "stop due", "start confirm"), sets=("answered_by=actor",),
            tells=(_firm,), tone="primary",
        ),
        Transition(
            source=("delivered",), action="confirm", target="closed", by=(_firm,),
            label=Text("确认已落实", "confirm"), asks=("text?",), deadline=("stop confirm",), marks=("by_firm",),
            tells=(_lead, _office), tone="primary",
        ),
        Transition(
            source=("delivered",), action="silence", target="closed", by=(_clock,),
            label=Text("未答复，视为同意", "no word: closed by rule"), guards=("silent_long_enough",),
            deadline=("stop confirm",), marks=("by_silence",), tells=(_lead, _firm),
        ),
        Transition(
            source=("delivered",), action="refuse", target="working", by=(_firm,), when="first_refusal",
            label=Text("没有落实", "not delivered"), asks=("reason",), deadline=("stop confirm", "start redo"),
            counts=("refused",), tells=(_lead, _office), tone="danger",
        ),
        Transition(
            source=("delivered",), action="refuse", target="consultation", by=(_firm,),
            label=Text("仍未落实，提请协商", "still not delivered"), asks=("reason",),
            deadline=("stop confirm", "start redo"), counts=("refused",), marks=("for_agenda",),
            tells=(_lead, _office, _chief), tone="danger",
        ),
        Transition(
            source=("working", "promised"), action="take_to_table", target="consultation",
            by=(_lead, _office, _chief), label=Text("提请协商", "take to the consultation"), asks=("reason",),
            marks=("for_agenda",), tells=(_office, _chief),
        ),
        Transition(
            source=("asked", "assigned", "working", "promised", "consultation"), action="withdraw",
            target="withdrawn", by=(_firm,), label=Text("不再需要", "no longer needed"), asks=("reason",),
            deadline=("stop sign", "stop handle", "stop redo", "stop due"), tells=(_office, _lead),
        ),
    ),
    ("asked",),
    ("handle",),
)
# fmt: on
