"""How fast and how rightly every enterprise is judged by every rule, beside the tools people use for it.

One command; the counts are compared before any figure is printed, and a difference ends the run with code 1.

    python benchmarks/matching.py [--rows 1000000] [--rules 1000] [--seed 77] [--rounds 3]

Figures are CPU seconds of this process (all threads), medians of interleaved rounds; wall seconds stand beside.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

os.environ.setdefault("POLARS_MAX_THREADS", "2")

import matching_generator as generator
import matching_peers as peers
import matching_sides as sides
import numpy as np
import polars as pl

from lianzhang.engines import Match
from lianzhang.kernel import Verdict
from lianzhang.kernel.pack import open_pack
from lianzhang.policy import Rule, evaluate, flip, judge, rule_book

OF_WALKER = {True: Verdict.YES, False: Verdict.NO, None: Verdict.UNKNOWN}


@dataclass(frozen=True)
class Timed:
    """One measured piece of work."""

    cpu: float
    wall: float
    result: Any = None


def timed(work: Callable[[], Any]) -> Timed:
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return Timed(time.process_time() - cpu, time.perf_counter() - wall, result)


def interleaved(works: dict[str, Callable[[], Any]], rounds: int) -> dict[str, list[Timed]]:
    """Sides in turn, so that a busy minute falls on all of them."""
    found: dict[str, list[Timed]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            found[name].append(timed(work))
    return found


def median(times: list[Timed]) -> float:
    return statistics.median(one.cpu for one in times)


def gigabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def line(name: str, seconds: float, ours: float, goal: str = "", note: str = "") -> None:
    ratio = seconds / ours
    print(f"  {name:<58} {seconds:>9.4f}  {ratio:>8.1f}×  {goal:<10} {note}")


def stop(what: str, rows: list[Any]) -> None:
    print(f"DISAGREEMENT: {what}")
    for row in rows[:5]:
        print("   ", row)
    sys.exit(1)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rules", type=int, default=1_000)
    parser.add_argument("--seed", type=int, default=77)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only-ours", action="store_true", help="no peers: for sizes they cannot hold")
    options = parser.parse_args()
    made = generator.rules(options.rules, seed=options.seed)
    ours = sides.our_rules(made)
    if options.only_ours:
        only_ours(options, ours)
        return
    warm_up(made, ours, options.seed)
    registry = generator.registry(options.rows, seed=options.seed)
    frame = sides.our_frame(registry)
    load = timed(lambda: Match(ours, frame, sides.FACTS, on=generator.AS_OF))
    match: Match = load.result
    first = timed(match.run)
    batch(options, registry, made, match, load, first)
    one_enterprise(registry, made, match)
    one_rule(registry, made, match, ours)
    explanations(registry, match)
    variations(options)
    real_pack()
    print(f"\npeak memory of this process, peers included: {gigabytes():.2f} GB")


def only_ours(options: argparse.Namespace, ours: list[Rule]) -> None:
    """The product alone, from a Parquet file that another process made: its memory is then its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "registry.parquet")
        maker = multiprocessing.get_context("spawn").Process(
            target=write_registry, args=(options.rows, options.seed, path)
        )
        maker.start()
        maker.join()
        load = timed(lambda: Match(ours, pl.scan_parquet(path), sides.FACTS, on=generator.AS_OF))
        loaded = gigabytes()
        match: Match = load.result
        match.run()
        again = interleaved({"ours": match.run}, options.rounds)["ours"]
    print(f"{options.rows:,} × {options.rules:,}: load {load.cpu:.2f}, match {median(again):.3f} CPU-s")
    print(
        f"peak memory {gigabytes():.2f} GB, while loading {loaded:.2f} GB (goal for five millions ≤ 2.5 GB)"
    )


def write_registry(rows: int, seed: int, path: Path) -> None:
    sides.our_frame(generator.registry(rows, seed=seed)).write_parquet(path)


def warm_up(made: list[dict[str, Any]], ours: list[Rule], seed: int) -> None:
    small = generator.registry(10_000, seed=seed + 1)
    match = Match(ours, sides.our_frame(small), sides.FACTS, on=generator.AS_OF).run()
    match.change_enterprise(0, {"revenue": Decimal(1)})
    match.change_rule(ours[0])
    sides.PolarsShared(small, made).run()


def batch(
    options: argparse.Namespace,
    registry: pl.DataFrame,
    made: list[dict[str, Any]],
    match: Match,
    load: Timed,
    first: Timed,
) -> None:
    shared_load = timed(lambda: sides.PolarsShared(registry, made))
    shared: sides.PolarsShared = shared_load.result
    plain = [sides.polars_rule(rule["when"], sides.integer_atom).alias(rule["id"]) for rule in made]
    works = {
        "ours": match.run,
        "shared": shared.run,
        "plain": lambda: sides.polars_chunks(shared.frame, plain),
    }
    times = interleaved(works, options.rounds)
    check_counts(match, sides.counts(times["shared"][-1].result), "Polars, conditions shared")
    check_counts(match, sides.counts(times["plain"][-1].result), "Polars, rule by rule")
    check_walker(registry, made, match)
    duck = peers.duckdb_counts(shared.frame, made[:40])
    check_counts(match, duck.counts, "DuckDB")
    texts = [sides.polars_rule(rule["when"], sides.text_atom).alias(rule["id"]) for rule in made[:200]]
    text = timed(lambda: sides.polars_chunks(registry, texts))
    check_counts(match, sides.counts(text.result), "Polars on texts")
    fisca = peers.openfisca(registry, made, slice_rows=min(100_000, options.rows), rules=200)
    ours_cpu = median(times["ours"])
    print(
        f"\n1a  {options.rows:,} enterprises × {options.rules:,} rules, {match.conditions} distinct conditions; "
        "counts of yes and unknown equal Polars and DuckDB, 2,000 rows equal the tree walker"
    )
    print(f"  {'side':<58} {'CPU s':>9}  {'ratio':>9}  goal")
    line("ours (planes kept, written in place)", ours_cpu, ours_cpu, note="goal ≤ 0.2 CPU-s")
    line("Polars at its best: integers, conditions shared", median(times["shared"]), ours_cpu, "≥ 6×")
    line("Polars, integers, 100 rules a select", median(times["plain"]), ours_cpu)
    line("Polars on text columns", text.cpu * len(made) / len(texts), ours_cpu, "≥ 40×", "200 rules, scaled")
    line("DuckDB, integers, counts only", duck.cpu * len(made) / 40, ours_cpu, "≥ 250×", "40 rules, scaled")
    if fisca is None:
        print("  OpenFisca-core is not installed: not measured")
    else:
        print(
            f"  OpenFisca-core, numbers only, two-valued: {fisca.rate:,.0f} evaluations/CPU-s against ours "
            f"{fisca.ours:,.0f} on the same slice: {fisca.ours / fisca.rate:.1f}× (goal ≥ 15×)"
        )
    print(f"  loading: ours {load.cpu:.2f} CPU-s, Polars' integer columns {shared_load.cpu:.2f}")
    print(
        f"  first run in fresh memory: {first.cpu:.2f} CPU-s (the kernel hands out the pages of the answer)"
    )
    print(f"  wall: ours {times['ours'][-1].wall:.3f}, Polars shared {times['shared'][-1].wall:.3f} s")


def check_counts(match: Match, theirs: dict[str, tuple[int, int]], who: str) -> None:
    ours = match.counts()
    wrong = [
        (rule_id, told, (ours[rule_id].yes, ours[rule_id].unknown))
        for rule_id, told in theirs.items()
        if tuple(told) != (ours[rule_id].yes, ours[rule_id].unknown)
    ]
    if wrong:
        stop(f"counts of yes and unknown differ from {who}", wrong)


def check_walker(registry: pl.DataFrame, made: list[dict[str, Any]], match: Match) -> None:
    rows = np.random.default_rng(5).choice(registry.height, min(2_000, registry.height), replace=False)
    codes = {rule["id"]: match.codes(rule["id"])[rows] for rule in made}
    expected = {Verdict.UNKNOWN: 0, Verdict.YES: 1, Verdict.NO: 2}
    for place, row in enumerate(registry[rows].iter_rows(named=True)):
        for rule in made:
            wanted = OF_WALKER[sides.walk(rule["when"], row)]
            if codes[rule["id"]][place] != expected[wanted]:
                stop("a verdict differs from the tree walker", [(int(rows[place]), rule["id"], wanted)])


def one_enterprise(registry: pl.DataFrame, made: list[dict[str, Any]], match: Match) -> None:
    rng = np.random.default_rng(6)
    changes = []
    for _ in range(2_000):
        name = str(rng.choice([*sides.NUMBERS, "region", "industry", "status", "titles"]))
        row, source = int(rng.integers(registry.height)), int(rng.integers(registry.height))
        changes.append((row, name, match.facts(source).get(name)))
    for row, name, value in changes[:100]:  # a warm-up: the compiled loops are loaded once for every change
        match.change_enterprise(row, {name: value})
    parts = [changes[at : at + 200] for at in range(0, len(changes), 200)]
    changed = [
        timed(lambda part=part: [match.change_enterprise(row, {name: value}) for row, name, value in part])
        for part in parts
    ]
    micro = median(changed) / 200 * 1e6
    for row in {row for row, _, _ in changes[-300:]}:
        facts = match.facts(row)
        for rule in match.rules:
            if match.verdict(row, rule.id) is not judge(rule.on(match.day), facts):
                stop("a changed enterprise differs from the judge", [(row, rule.id)])
    print(f"\n1b  one enterprise changed, {len(made):,} rules: {micro:.1f} µs CPU (goal ≤ 40 µs)")
    zen = peers.zen(registry, made, match, rows=100)
    if zen is None:
        print("  zen-engine is not installed: not measured")
    else:
        print(
            f"  zen-engine, one decision of all rules: {zen * 1e6:,.0f} µs, {zen * 1e6 / micro:.0f}× (goal ≥ 200×)"
        )
    shared = sides.PolarsShared(registry[:1], made)
    row = statistics.median(timed(shared.run).cpu for _ in range(5))
    print(f"  Polars on the one row: {row * 1e6:,.0f} µs, {row * 1e6 / micro:.0f}×")


def one_rule(registry: pl.DataFrame, made: list[dict[str, Any]], match: Match, ours: list[Rule]) -> None:
    shared = sides.PolarsShared(registry, made)
    names = shared.frame.select(shared.conditions)
    per_rule = median([timed(lambda rule=rule: match.change_rule(rule)) for rule in ours[:100]])
    fresh_rules = sides.our_rules(generator.rules(4, seed=901, fine=True))
    new = timed(
        lambda: [match.change_rule(replace(one, id=ours[at].id)) for at, one in enumerate(fresh_rules)]
    )
    again = fresh(match).run()
    for rule in match.rules:
        if not np.array_equal(again.codes(rule.id), match.codes(rule.id)):
            stop("after the changes the store differs from a batch from scratch", [rule.id])
    for place in range(4):
        match.change_rule(ours[place])
    cached = statistics.median(timed(lambda at=at: names.select(shared.rules[at])).cpu for at in range(60))
    whole = [sides.polars_rule(rule["when"], sides.integer_atom) for rule in made[:60]]
    anew = statistics.median(timed(lambda at=at: shared.frame.select(whole[at])).cpu for at in range(60))
    print(
        f"\n1c  one rule changed, {registry.height:,} enterprises: {per_rule * 1e3:.3f} ms CPU when its conditions "
        f"exist (goal ≤ 0.08), {new.cpu / 4 * 1e3:.2f} ms when nearly all are new (goal ≤ 1)"
    )
    print(f"  Polars, integers, the rule anew: {anew * 1e3:.2f} ms, {anew / per_rule:.0f}× (goal ≥ 30×)")
    print(f"  Polars over conditions kept as columns: {cached * 1e3:.2f} ms, {cached / per_rule:.0f}×")


def fresh(match: Match) -> Match:
    """The same rules and columns, from scratch."""
    empty = pl.DataFrame({"id": pl.int_range(match.rows, eager=True)})
    return Match(match.rules, empty, sides.FACTS, on=match.day, columns=match.columns)


def explanations(registry: pl.DataFrame, match: Match) -> None:
    rng = np.random.default_rng(7)
    pairs = [
        (int(rng.integers(registry.height)), match.rules[int(rng.integers(len(match.rules)))].id)
        for _ in range(10_000)
    ]
    told = timed(lambda: deque((match.explain(row, rule_id) for row, rule_id in pairs), maxlen=1))
    for row, rule_id in pairs:
        found = match.explain(row, rule_id)
        if found.verdict is not match.verdict(row, rule_id):
            stop("an explanation differs from the batch", [(row, rule_id)])
        for reason in found.reasons:
            if reason.gap is None or reason.fact is None:
                continue
            after = dict(match.facts(row)) | flip(reason)
            if judge(reason.condition, after) is not Verdict.YES:
                stop("a gap, once closed, does not flip its condition", [(row, rule_id, reason.fact.name)])
    micro = told.cpu / len(pairs) * 1e6
    print(
        f"\n1d  one explanation with every condition: {micro:.1f} µs CPU (goal ≤ 20 µs); all equal the batch"
    )


def variations(options: argparse.Namespace) -> None:
    print("\n    how the lead depends on shared conditions and on missing values (100,000 enterprises)")
    for name, fine, declared in (
        ("round figures, 35 % declare", False, 0.35),
        ("every figure different, 35 % declare", True, 0.35),
        ("round figures, all declare", False, 1.0),
    ):
        registry = generator.registry(100_000, seed=options.seed, declared=declared)
        made = generator.rules(options.rules, seed=options.seed, fine=fine)
        match = Match(sides.our_rules(made), sides.our_frame(registry), sides.FACTS, on=generator.AS_OF).run()
        shared = sides.PolarsShared(registry, made)
        times = interleaved({"ours": match.run, "shared": shared.run}, options.rounds)
        check_counts(match, sides.counts(times["shared"][-1].result), name)
        line(
            f"{name}: Polars shared, {match.conditions} conditions",
            median(times["shared"]),
            median(times["ours"]),
        )


def real_pack() -> None:
    from datetime import date

    pack = open_pack("liaocheng")
    book = rule_book(pack)
    from lianzhang.kernel import fact_dictionary

    day = date(2026, 5, 1)
    rules = book.on(day)
    match = Match(rules, pl.DataFrame({"id": ["a"]}), fact_dictionary(pack), on=day).run()
    from lianzhang.policy import conditions

    slots = sum(1 for rule in rules for _ in conditions(rule.on(day)))
    print(
        f"\n    the Liaocheng pack on {day}: {len(rules)} rules, {slots} conditions, {match.conditions} distinct"
    )
    assert evaluate(rules[0], {}, on=day).verdict is match.verdict(0, rules[0].id)


if __name__ == "__main__":
    main()
