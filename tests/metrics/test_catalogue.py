"""The catalogue names every measure of the room, and every name in it leads somewhere."""

from __future__ import annotations

import lianzhang.metrics as room
from lianzhang.metrics import CATALOGUE, GROUPS, measures


def test_every_measure_says_what_it_is_in_both_languages_and_names_its_source() -> None:
    for measure in CATALOGUE.values():
        for text in (measure.name, measure.definition, measure.reading, measure.caveats):
            assert text.zh.strip() and text.en.strip() and text.zh != text.en, measure.key
        assert measure.formula and measure.source and all(measure.needs), measure.key


def test_every_measure_is_computed_by_a_public_function() -> None:
    for measure in CATALOGUE.values():
        assert callable(getattr(room, measure.computed_by)), measure.key


def test_groups_and_measures_belong_together() -> None:
    assert {measure.group for measure in CATALOGUE.values()} == set(GROUPS)
    assert sum(len(measures(group)) for group in GROUPS) == len(measures()) == len(CATALOGUE)


def test_every_public_measuring_function_stands_in_the_catalogue() -> None:
    told = {measure.computed_by for measure in CATALOGUE.values()}
    wanted = {
        "agglomeration", "coagglomeration", "complexity", "distance_density", "gini", "shift_share",
        "size_structure", "leading_firms", "location_quotient_interval", "supplier_concentration", "single_points",
        "substitutes", "systemic_risk", "simulate_outage", "second_suppliers", "time_to_survive", "survival_times",
        "reconstruct", "recommend_fields",
    }  # fmt: skip
    assert told == wanted
