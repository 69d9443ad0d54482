"""Writes of this noun. Everything that moves a project or a factor guarantee goes through `flow.actions.perform`."""

from lianzhang.web.projects.actions.begin import ask_factor, begin_project
from lianzhang.web.projects.actions.milestones import add_milestone, finish_milestone, postpone_milestone
from lianzhang.web.projects.actions.move import act, act_on_factor
from lianzhang.web.projects.actions.promises import promise, report_actual
from lianzhang.web.projects.actions.take_over import Taken, Told, give_back, take_over

__all__ = [
    "Taken",
    "Told",
    "act",
    "act_on_factor",
    "add_milestone",
    "ask_factor",
    "begin_project",
    "finish_milestone",
    "give_back",
    "postpone_milestone",
    "promise",
    "report_actual",
    "take_over",
]
