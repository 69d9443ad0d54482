"""Writes of the registry: one file per verb."""

from lianzhang.web.registry.actions.enter import Entered, enter
from lianzhang.web.registry.actions.judge import judge
from lianzhang.web.registry.actions.withdraw import withdraw_batch

__all__ = ["Entered", "enter", "judge", "withdraw_batch"]
