"""A made registry and made policy rules for benchmarks/matching.py, from a seed; nothing in them is real.

The shape follows a county registry: most enterprises declare little (revenue 35 %, R&D a quarter of those, exports
6 %), titles are rare, amounts are log-normal. Rules join 3–8 conditions with the round figures that policies use,
so that conditions repeat between rules.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import polars as pl

AS_OF = dt.date(2025, 8, 15)
TITLES = [
    *("above_scale", "high_tech", "tech_sme", "innovative", "srdi", "little_giant", "gazelle", "champion"),
    *("first_set", "green_factory", "high_end_brand", "ip_advantage"),
]
TITLE_SHARES = [0.03, 0.012, 0.03, 0.02, 0.008, 0.0006, 0.0012, 0.0009, 0.0006, 0.002, 0.001, 0.002]
REGIONS = {
    **{"371502": 0.20, "371503": 0.07, "371581": 0.09, "371521": 0.09, "371522": 0.08, "371524": 0.05},
    **{"371525": 0.09, "371526": 0.06, "370102": 0.08, "371402": 0.05, "370902": 0.04, "371702": 0.05},
    "370802": 0.05,
}
INDUSTRIES = {
    **{"3571": 0.06, "3514": 0.05, "3422": 0.03, "3831": 0.05, "3812": 0.03, "3451": 0.08, "3484": 0.09},
    **{"3670": 0.05, "3612": 0.01, "3131": 0.06, "3032": 0.02, "3252": 0.02, "1399": 0.05, "2710": 0.02},
    **{"5176": 0.16, "6513": 0.06, "7320": 0.06, "4330": 0.05, "5211": 0.05},
}
PREFIXES = ["33", "34", "35", "36", "38", "39", "345", "357", "351", "31", "32", "13", "27", "51", "65"]
STATUSES = {"active": 0.78, "cancelled": 0.17, "revoked": 0.04, "moved_out": 0.01}


def registry(rows: int, *, seed: int, declared: float = 0.35) -> pl.DataFrame:
    """One row per enterprise; null where nothing is declared. `declared` is the share that states its revenue."""
    rng = np.random.default_rng(seed)

    def chosen(weights: dict[str, float]) -> np.ndarray:
        total = np.array(list(weights.values()))
        return np.array(list(weights))[rng.choice(len(weights), rows, p=total / total.sum())]

    size = rng.lognormal(0, 1.6, rows)
    steps = np.array(
        [5, 10, 30, 50, 100, 200, 300, 500, 600, 800, 1000, 1200, 2000, 3000, 5000, 10000, 50000, 1e5]
    )
    capital = np.round(np.clip(size * 120, 1, 5e6))
    round_figure = rng.random(rows) < 0.8
    capital[round_figure] = steps[np.clip(np.searchsorted(steps, capital[round_figure]), 0, len(steps) - 1)]
    has_revenue = rng.random(rows) < declared
    revenue = np.round(size * rng.lognormal(5.2, 1.0, rows), 2)
    has_rd = (rng.random(rows) < 0.25) & has_revenue
    rd = np.round(revenue * rng.beta(1.5, 40, rows), 2)
    has_export = rng.random(rows) < 0.06
    export = np.round(size * rng.lognormal(4, 1.2, rows), 2)
    has_staff = rng.random(rows) < (0.5 if declared < 1 else 1)
    staff = np.ceil(size * rng.lognormal(2.0, 0.7, rows))
    patents = np.where(size > 3, rng.poisson(np.minimum(size, 60) / 2), 0)
    boost = np.clip(size / 2.5, 0.1, 12)
    titles = np.zeros(rows, np.int32)
    for bit, share in enumerate(TITLE_SHARES):
        titles |= (rng.random(rows) < np.minimum(share * boost, 0.9)).astype(np.int32) << bit
    age = np.clip(rng.exponential(2600, rows), 5, 14000).astype(np.int64) / 365.25
    punished = rng.random(rows) < 0.03
    clean = rng.integers(0, 2500, rows) / 365.25

    def known(values: np.ndarray, mask: np.ndarray | None = None) -> pl.Series:
        series = pl.Series(values.astype(np.float64))
        return series if mask is None else series.set(pl.Series(~mask), None)

    return pl.DataFrame(
        {
            "region": chosen(REGIONS),
            "industry": chosen(INDUSTRIES),
            "status": chosen(STATUSES),
            "abnormal": rng.random(rows) < 0.045,
            "capital": known(capital),
            "revenue": known(revenue, has_revenue),
            "rd": known(rd, has_rd),
            "rd_ratio": known(np.round(rd / revenue, 6), has_rd),
            "export": known(export, has_export),
            "employees": known(staff, has_staff),
            "patents": known(patents),
            "age_years": known(np.round(age, 4)),
            "clean_years": known(np.round(clean, 4), punished),
            "titles": titles,
        }
    )


def rules(count: int, *, seed: int, fine: bool = False) -> list[dict[str, Any]]:
    """Rules as nested {"all"|"any": […]}, {"not": …} and atoms {"f", "op", "v"}.

    `fine` draws amounts that are not round, so that nearly every condition is distinct.
    """
    rng = np.random.default_rng(seed)
    county = [region for region in REGIONS if region.startswith("3715")]
    amounts = {
        "capital": (["at_least"], [50, 100, 200, 500, 1000, 2000, 5000]),
        "revenue": (
            ["at_least", "at_least", "at_most"],
            [300, 500, 1000, 2000, 4000, 5000, 10000, 20000, 40000, 100000],
        ),
        "rd_ratio": (["at_least"], [0.02, 0.025, 0.03, 0.04, 0.05, 0.06, 0.1]),
        "employees": (["at_least", "at_most", "at_most"], [5, 10, 20, 50, 100, 300, 500, 1000]),
        "age_years": (["at_least", "at_most"], [1, 2, 3, 5, 8, 10]),
        "patents": (["at_least"], [1, 2, 3, 5, 6, 10, 15]),
        "export": (["at_least"], [50, 100, 300, 500, 1000, 3000, 5000]),
        "clean_years": (["at_least"], [1, 2, 3]),
        "rd": (["at_least"], [10, 50, 100, 200, 500, 1000]),
    }
    names = ["region", "industry", "titles", "titles", *amounts]

    def one(of: list[Any]) -> Any:
        return of[int(rng.integers(len(of)))]

    def atom() -> dict[str, Any]:
        name = one(names)
        if name == "region":
            counties = rng.choice(county, int(rng.integers(1, 6)), False)
            return {"f": name, "op": "one_of", "v": sorted(counties.tolist())}
        if name == "industry":
            prefixes = rng.choice(PREFIXES, int(rng.integers(1, 5)), False)
            return {"f": name, "op": "under", "v": sorted(prefixes.tolist())}
        if name == "titles":
            return {"f": name, "op": "has_any", "v": [one(TITLES)]}
        relations, values = amounts[name]
        value = one(values)
        if fine:
            value = round(float(value) * float(rng.uniform(0.5, 1.5)), 3)
        return {"f": name, "op": one(relations), "v": value}

    found = []
    for number in range(count):
        parts: list[dict[str, Any]] = [
            {"f": "status", "op": "equals", "v": "active"},
            {"not": {"f": "abnormal", "op": "equals", "v": True}},
            *(atom() for _ in range(int(rng.integers(1, 5)))),
        ]
        if rng.random() < 0.5:
            parts.append({"any": [atom() for _ in range(int(rng.integers(2, 4)))]})
        if rng.random() < 0.2:
            parts.append({"not": {"f": "titles", "op": "has_any", "v": [one(TITLES)]}})
        if rng.random() < 0.15:
            parts.append({"any": [{"all": [atom(), atom()]}, atom()]})
        found.append({"id": f"P{number:04d}", "when": {"all": parts}})
    return found
