"""Writes of this noun."""

from lianzhang.web.mail.actions.address import choose_kinds, confirm_address, drop_address, set_address
from lianzhang.web.mail.actions.send import AWAKE, send_due
from lianzhang.web.mail.actions.write import write

__all__ = ["AWAKE", "choose_kinds", "confirm_address", "drop_address", "send_due", "set_address", "write"]
