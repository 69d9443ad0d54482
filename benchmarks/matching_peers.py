"""DuckDB, OpenFisca and zen for benchmarks/matching.py; what is not installed is said, never imitated."""

from __future__ import annotations

import json
import statistics
import time
from dataclasses import dataclass
from typing import Any

import matching_generator as generator
import matching_sides as sides
import numpy as np
import polars as pl

from lianzhang.engines import Match
from lianzhang.kernel import Verdict


@dataclass(frozen=True)
class Duck:
    """DuckDB's counts and what they cost."""

    cpu: float
    counts: dict[str, tuple[int, int]]


def duckdb_counts(frame: pl.DataFrame, made: list[dict[str, Any]]) -> Duck:
    """Yes and unknown by rule, counted in one query over integer columns held in memory."""
    import duckdb

    link = duckdb.connect()
    link.execute("SET threads = 2")
    link.register("arriving", frame.to_arrow())
    link.execute("CREATE TABLE registry AS SELECT * FROM arriving")
    parts = []
    for rule in made:
        said = sides.sql(rule["when"])
        parts += [f"count(*) FILTER ({said})", f"count(*) FILTER (({said}) IS NULL)"]
    query = f"SELECT {', '.join(parts)} FROM registry"  # noqa: S608 - made here from made rules
    link.execute("SELECT count(*) FROM registry").fetchall()
    begin = time.process_time()
    row = link.execute(query).fetchone()
    cpu = time.process_time() - begin
    assert row is not None
    counts = {rule["id"]: (row[2 * place], row[2 * place + 1]) for place, rule in enumerate(made)}
    return Duck(cpu, counts)


@dataclass(frozen=True)
class Rate:
    """Evaluations a CPU second, theirs and ours on the same slice."""

    rate: float
    ours: float


def _numbers_only(node: dict[str, Any]) -> dict[str, Any] | None:
    """The part of a made rule that OpenFisca can hold: numbers and flags, no negation of a number."""
    if "not" in node:
        return node if node["not"]["f"] == "abnormal" else None
    if "f" in node:
        return node if node["f"] in sides.NUMBERS else None
    head = "all" if "all" in node else "any"
    parts = [part for part in map(_numbers_only, node[head]) if part is not None]
    return {head: parts} if parts else None


def openfisca(
    registry: pl.DataFrame, made: list[dict[str, Any]], *, slice_rows: int, rules: int
) -> Rate | None:
    """One Variable a rule over numpy columns, missing as NaN; only “surely yes” can be compared."""
    try:
        from openfisca_core import periods
        from openfisca_core.entities import build_entity
        from openfisca_core.simulations import SimulationBuilder
        from openfisca_core.taxbenefitsystems import TaxBenefitSystem
        from openfisca_core.variables import Variable
    except ImportError:
        return None
    some = registry[:slice_rows]
    kept = [{"id": rule["id"], "when": _numbers_only(rule["when"])} for rule in made]
    kept = [rule for rule in kept if rule["when"]][:rules]
    firm = build_entity(key="firm", plural="firms", label="firm", is_person=True)
    system = TaxBenefitSystem([firm])
    year = periods.DateUnit.YEAR
    for name in [*sides.NUMBERS, "abnormal"]:
        kind = bool if name == "abnormal" else float
        system.add_variable(
            type(
                name,
                (Variable,),
                {"value_type": kind, "entity": firm, "definition_period": year, "label": name},
            )
        )
    for rule in kept:
        content = {"value_type": bool, "entity": firm, "definition_period": year, "label": rule["id"]}
        content["formula"] = _formula(rule["when"])
        system.add_variable(type(rule["id"], (Variable,), content))
    simulation = SimulationBuilder().build_default_simulation(system, count=some.height)
    for name in sides.NUMBERS:
        simulation.set_input(name, "2025", some[name].fill_null(float("nan")).to_numpy())
    simulation.set_input("abnormal", "2025", some["abnormal"].to_numpy())
    begin = time.process_time()
    theirs = {rule["id"]: int(simulation.calculate(rule["id"], "2025").sum()) for rule in kept}
    cpu = time.process_time() - begin
    match = Match(sides.our_rules(kept), sides.our_frame(some), sides.FACTS, on=generator.AS_OF).run()
    begin = time.process_time()
    for _ in range(20):
        match.run()
    ours = (time.process_time() - begin) / 20
    counts = match.counts()
    wrong = [rule_id for rule_id, yes in theirs.items() if counts[rule_id].yes != yes]
    if wrong:
        raise SystemExit(f"DISAGREEMENT: counts of yes differ from OpenFisca: {wrong[:5]}")
    evaluations = len(kept) * some.height
    return Rate(evaluations / cpu, evaluations / ours)


def _formula(node: dict[str, Any]) -> Any:
    def formula(firm: Any, period: Any) -> Any:
        return _judge(node, firm, period)

    return formula


def _judge(node: dict[str, Any], firm: Any, period: Any) -> Any:
    if "not" in node:
        return ~firm(node["not"]["f"], period)
    if "f" in node:
        column = firm(node["f"], period)
        return column >= node["v"] if node["op"] == "at_least" else column <= node["v"]
    parts = [_judge(part, firm, period) for part in node.get("all", node.get("any"))]
    join = np.logical_and if "all" in node else np.logical_or
    return join.reduce(parts)


def zen(registry: pl.DataFrame, made: list[dict[str, Any]], match: Match, *, rows: int) -> float | None:
    """CPU seconds of zen for one enterprise and all rules; only “surely yes” can be compared."""
    try:
        import zen as engine
    except ImportError:
        return None
    expressions = [
        {"id": rule["id"], "key": rule["id"], "value": sides.zen_expression(rule["when"])} for rule in made
    ]
    graph = {
        "nodes": [
            {"id": "i", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
            {
                "id": "e",
                "type": "expressionNode",
                "name": "rules",
                "position": {"x": 1, "y": 0},
                "content": {"expressions": expressions},
            },
            {"id": "o", "type": "outputNode", "name": "out", "position": {"x": 2, "y": 0}},
        ],
        "edges": [
            {"id": "1", "type": "edge", "sourceId": "i", "targetId": "e"},
            {"id": "2", "type": "edge", "sourceId": "e", "targetId": "o"},
        ],
    }
    decision = engine.ZenEngine().create_decision(json.dumps(graph))
    chosen = np.random.default_rng(8).choice(registry.height, rows, replace=False)
    cases = []
    for place in chosen:
        facts = match.facts(int(place))
        case = {
            name: float(value) if name in sides.NUMBERS and value is not None else value
            for name, value in ((name, facts.get(name)) for name in sides.FACTS)
        }
        cases.append(case | {"titles": sorted(case["titles"] or [])})
    decision.evaluate(cases[0])
    told, taken = [], []
    for at in range(0, rows, 10):  # ten at a time, and the median of them, as for ours
        begin = time.process_time()
        told += [decision.evaluate(case)["result"] for case in cases[at : at + 10]]
        taken.append((time.process_time() - begin) / len(cases[at : at + 10]))
    cpu = statistics.median(taken)
    for place, answer in zip(chosen, told, strict=True):
        for rule in made:
            if bool(answer[rule["id"]]) is not (match.verdict(int(place), rule["id"]) is Verdict.YES):
                raise SystemExit(f"DISAGREEMENT: zen differs on yes: {int(place)} {rule['id']}")
    return cpu
