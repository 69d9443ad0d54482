"""Writes of this noun. Everything that moves a visit goes through `flow.actions.perform`."""

from lianzhang.web.visits.actions.plan import follow_arrival, plan_visit
from lianzhang.web.visits.actions.record_visit import act, record_visit

__all__ = ["act", "follow_arrival", "plan_visit", "record_visit"]
