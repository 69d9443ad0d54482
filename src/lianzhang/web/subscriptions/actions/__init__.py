"""Writes of subscriptions."""

from lianzhang.web.subscriptions.actions.deliver import deliver
from lianzhang.web.subscriptions.actions.follow import follow
from lianzhang.web.subscriptions.actions.leave import leave
from lianzhang.web.subscriptions.actions.read import read_all

__all__ = ["deliver", "follow", "leave", "read_all"]
