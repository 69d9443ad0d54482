"""How long final demand survives: known by hand on small chains, right by the programme written out, monotone."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest
from scipy.optimize import linprog

from lianzhang.metrics import InputError, SupplyNetwork, survival_times
from tests.metrics.test_second_suppliers import random_network


def chain(*links: tuple[str, str, float], sectors: dict[str, str] | None = None) -> SupplyNetwork:
    firms = sorted({firm for link in links for firm in link[:2]})
    return SupplyNetwork.from_tables(
        firms=pl.DataFrame({"firm": firms, "sector": [(sectors or {}).get(firm, firm) for firm in firms]}),
        links=pl.DataFrame(list(links), schema=["supplier", "buyer", "weight"], orient="row"),
        essential="leontief",
    )


def days(network: SupplyNetwork, firm: str, **settings: object) -> float | None:
    found = survival_times(network, sources=pl.DataFrame({"firm": [firm]}), **settings)  # type: ignore[arg-type]
    return found["days"][0]


def test_a_line_lives_on_the_stocks_along_it() -> None:
    line = chain(("a", "b", 10.0), ("b", "c", 10.0))
    assert days(line, "a", cover=7.0) == pytest.approx(14.0)
    assert days(line, "b", cover=7.0) == pytest.approx(7.0)
    assert days(line, "c", cover=7.0) is None  # only its own customers feel it


def test_without_stock_nothing_survives() -> None:
    assert days(chain(("a", "b", 10.0)), "a") == pytest.approx(0.0)


TWO = {"a": "ball", "a2": "ball"}


@pytest.mark.parametrize(("spare", "expected"), [(1.0, 14.0), (1.5, 28.0), (2.0, None)])
def test_a_second_supplier_helps_as_far_as_it_can_make_more(spare: float, expected: float | None) -> None:
    both = chain(("a", "b", 50.0), ("a2", "b", 50.0), sectors=TWO)
    found = days(both, "a", cover=7.0, spare=spare)
    assert found == (None if expected is None else pytest.approx(expected))


def test_what_is_sold_outside_has_to_be_delivered_as_well() -> None:
    line = chain(("a", "b", 10.0), ("b", "c", 10.0))
    final = np.array([0.0, 10.0, 10.0])
    # b has stock for 7 days of all that it sells; afterwards c has 7 days of its own, but b's other customers none.
    assert days(line, "a", cover=7.0, final=final) == pytest.approx(7.0 + 3.5)


def plain(network: SupplyNetwork, firm: int, *, cover: float, spare: float, horizon: float = 365.0) -> float:
    """The same question written out constraint by constraint, without groups or sparse tables."""
    count, links = len(network.firms), len(network.weight)
    ends = list(zip(network.supplier.tolist(), network.buyer.tolist(), network.weight.tolist(), strict=True))
    sales = [sum(w for s, _, w in ends if s == i) for i in range(count)]
    final = [sum(w for _, b, w in ends if b == i) if sales[i] == 0 else 0.0 for i in range(count)]
    output = [sales[i] + final[i] for i in range(count)]
    rows, bound = [], []
    for i in range(count):
        row = np.zeros(links + count + 1)
        row[[e for e in range(links) if ends[e][0] == i]] = 1.0
        row[links + i] = -1.0
        row[-1] = 0.0 if i == firm else final[i]
        rows.append(row)
        bound.append(0.0)
        row = np.zeros(links + count + 1)
        row[links + i], row[-1] = 1.0, -spare * output[i]
        rows.append(row)
        bound.append(0.0)
        bought = {
            int(network.sector[ends[e][0]]) for e in range(links) if ends[e][1] == i and network.level[e] == 2
        }
        for sector in sorted(bought):
            inside = [
                e
                for e in range(links)
                if ends[e][1] == i and network.level[e] == 2 and network.sector[ends[e][0]] == sector
            ]
            usual = sum(ends[e][2] for e in inside)
            if output[i] > 0:
                row = np.zeros(links + count + 1)
                row[inside] = -1.0
                row[links + i] = usual / output[i]
                rows.append(row)
                bound.append(cover * usual)
    limits = [(0.0, None)] * (links + count) + [(0.0, horizon)]
    limits[links + firm] = (0.0, 0.0)
    aim = np.zeros(links + count + 1)
    aim[-1] = -1.0
    return float(-linprog(aim, A_ub=np.array(rows), b_ub=bound, bounds=limits).fun)


@pytest.mark.parametrize("seed", range(8))
def test_every_answer_is_that_of_the_programme_written_out(seed: int) -> None:
    network = random_network(seed)
    table = survival_times(network, cover=5.0, spare=1.2)
    for at, longest in enumerate(table["days"]):
        assert (365.0 if longest is None else longest) == pytest.approx(
            plain(network, at, cover=5.0, spare=1.2), abs=1e-6
        )


@pytest.mark.parametrize("seed", range(6))
def test_stock_is_lived_on_at_least_and_more_of_anything_never_shortens_it(seed: int) -> None:
    network = random_network(seed)
    table, more = survival_times(network, cover=5.0), survival_times(network, cover=9.0, spare=1.3)
    for before, after in zip(table["days"], more["days"], strict=True):
        assert before is None or before >= 5.0 - 1e-6
        assert after is None or before is not None and after >= before - 1e-6


def test_money_units_do_not_matter() -> None:
    network = random_network(3)
    links = pl.DataFrame(
        {
            "supplier": network.firms.gather(network.supplier),
            "buyer": network.firms.gather(network.buyer),
            "weight": network.weight * 1e7,
        }
    )
    firms = network.table
    scaled = SupplyNetwork.from_tables(firms=firms, links=links, essential="leontief")
    plain = SupplyNetwork.from_tables(
        firms=firms, links=links.with_columns(pl.col("weight") / 1e7), essential="leontief"
    )
    left, right = (survival_times(each, cover=6.0)["days"].to_list() for each in (scaled, plain))
    assert left == [None if each is None else pytest.approx(each, abs=1e-6) for each in right]


def test_wrong_settings_are_refused_and_a_long_run_can_be_ended() -> None:
    line = chain(("a", "b", 10.0))
    for wrong in ({"cover": -1.0}, {"spare": 0.5}, {"horizon": 0.0}, {"final": np.array([1.0, np.nan])}):
        with pytest.raises(InputError):
            survival_times(line, **wrong)  # type: ignore[arg-type]
    with pytest.raises(InputError):
        survival_times(line, sources=pl.DataFrame({"firm": ["nobody"]}))
    with pytest.raises(KeyboardInterrupt):
        survival_times(line, cancelled=lambda: True)
    told: list[tuple[int, int]] = []
    survival_times(line, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (2, 2)
