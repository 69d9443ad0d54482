"""Writes of the registry: one file per verb."""

from lianzhang.web.registry.actions.choose import choose
from lianzhang.web.registry.actions.correct import (
    accept_correction,
    propose_correction,
    refuse_correction,
    withdraw_correction,
)
from lianzhang.web.registry.actions.enter import Entered, enter
from lianzhang.web.registry.actions.enter_one import enter_if_unchanged
from lianzhang.web.registry.actions.hold import hold
from lianzhang.web.registry.actions.judge import judge
from lianzhang.web.registry.actions.judge_titles import judge_titles
from lianzhang.web.registry.actions.link import link_organisation, link_subject
from lianzhang.web.registry.actions.load_pack import load_enterprises, load_samples
from lianzhang.web.registry.actions.name import enter_name
from lianzhang.web.registry.actions.replace import replace_record
from lianzhang.web.registry.actions.retitle import change_title
from lianzhang.web.registry.actions.seal import reveal
from lianzhang.web.registry.actions.view import forget_view, save_view
from lianzhang.web.registry.actions.withdraw import withdraw_batch

__all__ = [
    "Entered",
    "accept_correction",
    "change_title",
    "choose",
    "enter",
    "enter_if_unchanged",
    "enter_name",
    "forget_view",
    "hold",
    "judge",
    "judge_titles",
    "link_organisation",
    "link_subject",
    "load_enterprises",
    "load_samples",
    "propose_correction",
    "refuse_correction",
    "replace_record",
    "reveal",
    "save_view",
    "withdraw_batch",
    "withdraw_correction",
]
