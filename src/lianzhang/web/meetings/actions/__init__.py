"""Writes of this noun. Everything that moves a consultation or a resolution goes through `flow.actions.perform`."""

from lianzhang.web.meetings.actions.agenda import add_item, answer_item, drop_item, move_item
from lianzhang.web.meetings.actions.compile import compile_meeting
from lianzhang.web.meetings.actions.decide import decide_item, leave_undecided
from lianzhang.web.meetings.actions.move import act, act_on_resolution

__all__ = [
    "act",
    "act_on_resolution",
    "add_item",
    "answer_item",
    "compile_meeting",
    "decide_item",
    "drop_item",
    "leave_undecided",
    "move_item",
]
