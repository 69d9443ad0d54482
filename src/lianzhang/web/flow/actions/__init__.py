"""Writes of this noun, one file a verb; other nouns find them here under their own names."""

from lianzhang.web.flow.actions.calendar_year import enter_year
from lianzhang.web.flow.actions.note import note
from lianzhang.web.flow.actions.perform import perform, start
from lianzhang.web.flow.actions.read_notices import read_all
from lianzhang.web.flow.actions.tick import tick

__all__ = ["enter_year", "note", "perform", "read_all", "start", "tick"]
