"""Writes of this noun, one file a verb; programs find them here under their own names."""

from lianzhang.web.bulletins.actions.accept import Accepted, Choice, accept, accept_sure, correct
from lianzhang.web.bulletins.actions.add import add
from lianzhang.web.bulletins.actions.drop import drop
from lianzhang.web.bulletins.actions.finish import finish, read_again, try_again
from lianzhang.web.bulletins.actions.read import read_now, resume
from lianzhang.web.bulletins.actions.receive import Received, receive
from lianzhang.web.bulletins.actions.undo import undo

__all__ = [
    "Accepted",
    "Choice",
    "Received",
    "accept",
    "accept_sure",
    "add",
    "correct",
    "drop",
    "finish",
    "read_again",
    "read_now",
    "receive",
    "resume",
    "try_again",
    "undo",
]
