"""Writes of this noun. Everything that moves a request goes through `flow.actions.perform`."""

from lianzhang.web.cases.actions.adopt import adopt
from lianzhang.web.cases.actions.draft import begin_draft, save_draft, submit_draft
from lianzhang.web.cases.actions.file_for import file_for
from lianzhang.web.cases.actions.import_table import file_table, receive_table, undo_table
from lianzhang.web.cases.actions.merge import act

__all__ = [
    "act",
    "adopt",
    "begin_draft",
    "file_for",
    "file_table",
    "receive_table",
    "save_draft",
    "submit_draft",
    "undo_table",
]
