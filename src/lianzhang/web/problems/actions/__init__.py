"""Writes of this noun. Everything that moves a problem goes through `flow.actions.perform`."""

from lianzhang.web.problems.actions.find import find_problem
from lianzhang.web.problems.actions.move import act

__all__ = ["act", "find_problem"]
