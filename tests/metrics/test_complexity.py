"""Complexity: known answers, a plain eigenvector program, and degenerate tables."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lianzhang.metrics import Complexity, InputError, complexity
from lianzhang.metrics.inputs import natural_order
from tests.metrics import cases

Floats = NDArray[np.float64]


@cases.needs_cases
def test_the_known_answers_are_reproduced() -> None:
    answer = cases.expected("complexity_small")
    result = complexity(cases.table("complexity_small_values.csv"))
    regions, fields, density = result.region_table(), result.field_table(), result.density_table()
    got = {
        "diversity": regions["diversity"],
        "eci": regions["eci"],
        "coi": regions["coi"],
        "ubiquity": fields["ubiquity"],
        "pci": fields["pci"],
        "rca": density["rca"],
        "m": density["present"],
        "density": density["density"],
        "cog": density["cog"],
    }
    for name, column in got.items():
        assert np.abs(column.to_numpy() - np.array(answer[name]).ravel()).max() < 1e-9, name


def values(seed: int, *, regions: int = 14, fields: int = 22) -> pl.DataFrame:
    random = np.random.default_rng(seed)
    amount = random.lognormal(0, 1.5, (regions, fields)) * (random.random((regions, fields)) < 0.6)
    row, column = np.nonzero(amount)
    return pl.DataFrame({"region": row, "field": column, "value": amount[row, column]})


def by_the_book(have: Floats) -> tuple[Floats, Floats, Floats]:
    """ECI, PCI and density with whole matrices and a general eigenvalue program."""
    diversity, ubiquity = have.sum(axis=1), have.sum(axis=0)
    fields = (have / ubiquity).T @ (have / diversity[:, None])
    eigenvalues, vectors = np.linalg.eig(fields)
    raw = vectors[:, np.argsort(-eigenvalues.real)[1]].real
    regions = have @ raw / diversity
    if np.corrcoef(regions, diversity)[0, 1] < 0:
        raw, regions = -raw, -regions
    eci = (regions - regions.mean()) / regions.std()
    near = have.T @ have / np.maximum.outer(ubiquity, ubiquity)
    return eci, (raw - regions.mean()) / regions.std(), have @ near / near.sum(axis=0)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_it_equals_whole_matrices_and_a_general_eigenvalue_program(seed: int) -> None:
    result = complexity(values(seed))
    if result.warnings or not result.present.any(axis=0).all() or not result.present.any(axis=1).all():
        return
    eci, pci, density = by_the_book(result.present.astype(np.float64))
    assert np.abs(result.eci - eci).max() < 1e-7
    assert np.abs(result.pci - pci).max() < 1e-7
    assert np.abs(result.relatedness[0] - density).max() < 1e-12


@pytest.mark.parametrize("fields", [22, 70])
def test_large_tables_are_related_by_bits_with_the_same_result(
    monkeypatch: pytest.MonkeyPatch, fields: int
) -> None:
    table = values(9, regions=40, fields=fields)
    whole = complexity(table)
    by_matrices, outlook = whole.relatedness, whole.outlook
    monkeypatch.setattr(import_module("lianzhang.metrics.complexity"), "WHOLE_SIDE", 3)
    by_bits = complexity(table)
    assert np.abs(by_bits.eci - whole.eci).max() < 1e-8
    for one, other in zip(by_matrices, by_bits.relatedness, strict=True):
        assert np.abs(one - other).max() < 1e-9
    assert np.abs(outlook - by_bits.outlook).max() < 1e-8


def test_tall_and_wide_tables_go_the_same_way() -> None:
    table = values(4, regions=30, fields=12)
    turned = table.rename({"region": "field", "field": "region"})
    one, other = complexity(table), complexity(turned)
    # The advantage is symmetric in regions and fields, so both see the same matrix.
    assert (one.present == other.present.T).all()
    assert abs(np.corrcoef(one.eci, other.pci)[0, 1]) == pytest.approx(1.0, abs=1e-9)


def test_a_region_without_any_advantage_is_nan_alone() -> None:
    table = values(7)
    empty = pl.DataFrame({"region": [99], "field": [0], "value": [0.0]})
    with_empty = complexity(pl.concat([table, empty]))
    assert np.isnan(with_empty.eci[-1]) and np.isnan(with_empty.outlook[-1])
    assert np.isnan(with_empty.rca[-1]).all()
    assert np.allclose(with_empty.eci[:-1], complexity(table).eci, atol=1e-12)


def test_all_equal_values_and_a_single_region_are_nan_with_a_reason() -> None:
    equal = pl.DataFrame({"region": [0, 0, 1, 1], "field": [0, 1, 0, 1], "value": [3.3] * 4})
    result = complexity(equal)
    assert result.present.all()
    assert np.isnan(result.eci).all() and result.warnings
    alone = complexity(equal.filter(pl.col("region") == 0))
    assert np.isnan(alone.eci).all() and alone.warnings
    assert np.isnan(alone.outlook).all()


def test_separate_blocks_are_warned_of() -> None:
    blocks = pl.DataFrame(
        {
            "region": [0, 0, 1, 1, 2, 2, 3, 3],
            "field": [0, 1, 0, 1, 2, 3, 2, 3],
            "value": [1, 2, 2, 1, 1, 2, 2, 1],
        }
    )
    assert any("blocks" in warning.en for warning in complexity(blocks).warnings)


def test_bad_values_are_refused() -> None:
    with pytest.raises(InputError, match="value"):
        complexity(values(1).with_columns(value=pl.lit(-1.0)))
    with pytest.raises(InputError, match="field"):
        complexity(values(1).drop("field"))


def test_long_tables_come_in_parts_that_fit_together() -> None:
    result: Complexity = complexity(values(2))
    parts = [result.density_table(first=at, last=at + 5) for at in range(0, 14, 5)]
    assert pl.concat(parts).equals(result.density_table())


def test_whole_numbers_are_ordered_as_numbers() -> None:
    assert natural_order(pl.Series(["10", "9", "2"])).to_list() == ["2", "9", "10"]
    assert natural_order(pl.Series(["b", "10", "a"])).to_list() == ["10", "a", "b"]
