"""Writes of this noun."""

from lianzhang.web.charges.actions.give import end_charge, give_charge

__all__ = ["end_charge", "give_charge"]
