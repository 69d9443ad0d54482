"""Writes of this noun. Everything that moves a need goes through `flow.actions.perform`."""

from lianzhang.web.pairings.actions.move import act
from lianzhang.web.pairings.actions.raise_need import raise_need

__all__ = ["act", "raise_need"]
