"""metrics: measures of many subjects at once — agglomeration, complexity, systemic risk, resilience.

Functions take and return Polars frames whose columns are documented; identifiers stay as given; what cannot
be computed is NaN or an error that says why, never a silent 0. Compiled loops load only when they are needed.
"""

from lianzhang.metrics.agglomeration import Agglomeration, agglomeration, coagglomeration, gini
from lianzhang.metrics.complexity import Complexity, complexity, complexity_of
from lianzhang.metrics.distance_density import DistanceDensity, Points, distance_density
from lianzhang.metrics.inputs import InputError
from lianzhang.metrics.supply_network import SupplyNetwork
from lianzhang.metrics.systemic_risk import (
    Shocks,
    SystemicRisk,
    scenario_shocks,
    single_failures,
    systemic_risk,
)

__all__ = [
    "Agglomeration",
    "Complexity",
    "DistanceDensity",
    "InputError",
    "Points",
    "Shocks",
    "SupplyNetwork",
    "SystemicRisk",
    "agglomeration",
    "coagglomeration",
    "complexity",
    "complexity_of",
    "distance_density",
    "gini",
    "scenario_shocks",
    "single_failures",
    "systemic_risk",
]
