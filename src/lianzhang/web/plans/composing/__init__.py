"""Plans composed from what is on record."""

from lianzhang.web.plans.composing.chain_plan import chain_plan
from lianzhang.web.plans.composing.county_plan import county_plan

__all__ = ["chain_plan", "county_plan"]
