"""metrics: measures of many subjects at once — agglomeration, complexity, systemic risk, resilience.

Functions take and return Polars frames whose columns are documented; identifiers stay as given; what cannot
be computed is NaN or an error that says why, never a silent 0. Compiled loops load only when they are needed.
"""

from lianzhang.metrics.agglomeration import Agglomeration, agglomeration, coagglomeration, gini
from lianzhang.metrics.catalogue import CATALOGUE, GROUPS, Measure, measures
from lianzhang.metrics.complexity import Complexity, complexity, complexity_of
from lianzhang.metrics.distance_density import DistanceDensity, Points, distance_density
from lianzhang.metrics.ensemble import ensemble_risk
from lianzhang.metrics.growth import shift_share, shift_share_of_regions
from lianzhang.metrics.inputs import InputError
from lianzhang.metrics.outage import Answer, Outage, coverage, firms_hit, simulate_outage, time_to_survive
from lianzhang.metrics.quality import leading_firms, size_structure
from lianzhang.metrics.quotient_interval import location_quotient_interval, share_interval
from lianzhang.metrics.recommendation import Recommendation, backtest, recommend_fields
from lianzhang.metrics.reconstruction import Reconstruction, balanced_flows, proportional_fit, reconstruct
from lianzhang.metrics.resilience import single_points, substitutes, supplier_concentration
from lianzhang.metrics.second_suppliers import second_suppliers
from lianzhang.metrics.supply_network import SupplyNetwork
from lianzhang.metrics.survival import survival_times
from lianzhang.metrics.systemic_risk import (
    Shocks,
    SystemicRisk,
    scenario_shocks,
    single_failures,
    systemic_risk,
)

__all__ = [
    "CATALOGUE",
    "GROUPS",
    "Agglomeration",
    "Answer",
    "Complexity",
    "DistanceDensity",
    "InputError",
    "Measure",
    "Outage",
    "Points",
    "Recommendation",
    "Reconstruction",
    "Shocks",
    "SupplyNetwork",
    "SystemicRisk",
    "agglomeration",
    "backtest",
    "balanced_flows",
    "coagglomeration",
    "complexity",
    "complexity_of",
    "coverage",
    "distance_density",
    "ensemble_risk",
    "firms_hit",
    "gini",
    "leading_firms",
    "location_quotient_interval",
    "measures",
    "proportional_fit",
    "recommend_fields",
    "reconstruct",
    "scenario_shocks",
    "second_suppliers",
    "share_interval",
    "shift_share",
    "shift_share_of_regions",
    "simulate_outage",
    "single_failures",
    "single_points",
    "size_structure",
    "substitutes",
    "supplier_concentration",
    "survival_times",
    "systemic_risk",
    "time_to_survive",
]
