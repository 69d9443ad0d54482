"""Placing enterprises on chain nodes: speed beside Aho-Corasick and Polars, and rightness, in one run.

    pip install -r benchmarks/requirements.txt
    python benchmarks/placing.py --registry R.parquet --nodes N.json [--unique 0 30 100] [--peer-rows 100000]

`R.parquet` has a column `scope`, `N.json` holds `[{"id", "any", "veto"}]`. Times are CPU seconds of this process,
all threads, median of `--rounds`. `--unique` is the share of scopes, in percent, that are given an item nobody
else has, because the gain of keeping each different item once would be flattered without them.

Checked in the same run: the places equal Aho-Corasick's on every scope that it was given, brute force on 2,000
random scopes, and Polars on up to 200,000; every word stands where its evidence says; after 100 changed nodes and
1,000 changed scopes the standing placing equals a full run.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import numpy as np
import polars as pl

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "src"))

from lianzhang.chain import NodeTerms  # noqa: E402
from lianzhang.chain.placing import Scopes, Standing, cut_items, place, place_node, place_table  # noqa: E402

GOAL_TEXT, GOAL_IDS, GOAL_NODE, GOAL_NODE_MS = 10, 30, 70, 20.0
Result = TypeVar("Result")
Pairs = set[tuple[int, str]]


def cpu(work: Callable[[], Result], rounds: int = 1) -> tuple[float, Result]:
    """The median CPU seconds of `rounds` runs, and the last result."""
    seconds = []
    for _ in range(rounds):
        began = time.process_time()
        result = work()
        seconds.append(time.process_time() - began)
    return statistics.median(seconds), result


def with_unique_items(registry: pl.DataFrame, percent: int) -> pl.Series:
    """The scopes, of which `percent` in a hundred begin with an item that stands nowhere else."""
    own = pl.concat_str(pl.lit("一般项目："), pl.col("brand"), pl.col("row").cast(pl.String), pl.lit("型；"))
    rows = registry.with_row_index("row")
    chosen = rows.select(
        pl.when(pl.col("row") % 100 < percent).then(pl.concat_str(own, "scope")).otherwise("scope")
    )
    return chosen.to_series().rechunk()


# Peers ------------------------------------------------------------------------------------------------
def aho_corasick(texts: Sequence[str], nodes: Sequence[NodeTerms]) -> list[dict[str, tuple[str, int]]]:
    """One automaton of all terms and vetoes over each item, and the same step from terms to nodes."""
    from ahocorasick_rs import AhoCorasick

    words = sorted({word for node in nodes for word in (*node.any, *node.veto)})
    number = {word: at for at, word in enumerate(words)}
    places: list[list[str]] = [[] for _ in words]
    vetoes: list[list[str]] = [[] for _ in words]
    for node in nodes:
        for word in node.any:
            places[number[word]].append(node.id)
        for word in node.veto:
            vetoes[number[word]].append(node.id)
    automaton = AhoCorasick(words)
    found = []
    for text in texts:
        placed: dict[str, tuple[str, int]] = {}
        for item in text.split("；"):
            for part in item.replace("。", "：").replace("，", "：").split("："):
                matches = automaton.find_matches_as_indexes(part, overlapping=True)
                if not matches:
                    continue
                barred: set[str] = set()
                on: dict[str, tuple[str, int]] = {}
                for word, start, _ in matches:
                    barred.update(vetoes[word])
                    for node_id in places[word]:
                        on.setdefault(node_id, (part, start))
                for node_id, evidence in on.items():
                    if node_id not in barred:
                        placed.setdefault(node_id, evidence)
        found.append(placed)
    return found


def with_polars(texts: pl.Series, nodes: Sequence[NodeTerms]) -> Pairs:
    """Polars: items exploded, all words extracted from each, joined with the nodes."""
    words = sorted({word for node in nodes for word in (*node.any, *node.veto)})
    wanted = pl.DataFrame(
        [(node.id, word, veto) for node in nodes for veto, group in ((False, node.any), (True, node.veto))
         for word in group], schema=["node", "word", "veto"], orient="row",
    )  # fmt: skip
    items = (
        texts.rename("item").to_frame().with_row_index("row")
        .with_columns(pl.col("item").str.split("；")).explode("item").with_row_index("at")
        .with_columns(pl.col("item").str.replace_many({"。": "：", "，": "："}).str.split("：")).explode("item")
        .with_row_index("part")
    )  # fmt: skip
    found = (
        items.with_columns(word=pl.col("item").str.extract_many(words, overlapping=True)).explode("word")
        .drop_nulls("word").select("row", "part", "word").unique().join(wanted, on="word")
    )  # fmt: skip
    barred = found.filter("veto").select("part", "node").unique()
    placed = found.filter(~pl.col("veto")).join(barred, on=["part", "node"], how="anti")
    return set(placed.select(pl.col("row").cast(pl.Int64), "node").unique().rows())


def brute_force(text: str, node: NodeTerms) -> bool:
    """The rule said once more, without any index."""
    return any(
        any(word in item.text for word in node.any) and not any(word in item.text for word in node.veto)
        for item in cut_items(text)
    )


# Ours -------------------------------------------------------------------------------------------------
def pairs(scopes: Scopes, nodes: Sequence[NodeTerms], rows: int) -> Pairs:
    """Enterprise and node of every place among the first `rows`."""
    return {
        (row, found.node)
        for found in place(scopes, nodes)
        for row in found.rows[: int(np.searchsorted(found.rows, rows))].tolist()
    }


def from_text(texts: pl.Series, nodes: Sequence[NodeTerms]) -> int:
    """Cut, intern, find, place; how many places."""
    return sum(len(found) for found in place(Scopes.from_texts(texts), nodes))


def from_ids(scopes: Scopes, nodes: Sequence[NodeTerms]) -> int:
    """The same from stored items: nothing that depends on the nodes is kept from before."""
    scopes.terms.forget()
    return sum(len(found) for found in place(scopes, nodes))


def one_change(scopes: Scopes, node: NodeTerms) -> float:
    """CPU seconds to place everybody on a node whose terms nobody has looked up before."""
    scopes.terms.forget()
    return cpu(lambda: place_node(scopes, node))[0]


def evidence_is_true(scopes: Scopes, texts: pl.Series, nodes: Sequence[NodeTerms]) -> int:
    """How many places were looked at: every word has to stand where it says."""
    looked = 0
    for found in place(scopes, nodes):
        table = place_table(scopes, found)
        told = table.with_columns(text=texts.gather(table["row"])).select(
            (pl.col("text").str.slice(pl.col("item_start"), pl.col("item").str.len_chars()) == pl.col("item"))
            & (
                pl.col("text").str.slice(pl.col("term_start"), pl.col("term").str.len_chars())
                == pl.col("term")
            )
        )
        assert told.to_series().all(), found.node
        looked += table.height
    return looked


def edits_agree(texts: pl.Series, nodes: Sequence[NodeTerms], chance: random.Random) -> None:
    """100 changed nodes and 1,000 changed scopes, then a full run."""
    lines, present = texts.to_list(), {node.id: node for node in nodes}
    standing = Standing(Scopes.from_texts(texts), nodes)
    for _ in range(100):
        old, other = chance.choice(list(present.values())), chance.choice(list(present.values()))
        new = NodeTerms(old.id, (*old.any[1:], *other.any[:2]) or other.any, other.veto)
        present[new.id] = new
        standing.change_node(new)
    for _ in range(1000):
        row = chance.randrange(len(lines))
        lines[row] = chance.choice(lines) + "；" + chance.choice(chance.choice(nodes).any)
        standing.change_scope(row, lines[row])
    full = {
        found.node: found.rows.tolist()
        for found in place(Scopes.from_texts(pl.Series(lines)), list(present.values()))
    }
    assert all(standing.on_node(node) == rows for node, rows in full.items())


def report(texts: pl.Series, nodes: Sequence[NodeTerms], percent: int, options: argparse.Namespace) -> None:
    """Measure one share of unique items and print a line for each side."""
    rows, sample = len(texts), texts[: options.peer_rows]
    print(f"\n{rows:,} scopes, {len(nodes)} nodes, {percent} % with an item of their own")
    peer_seconds, peer = cpu(lambda: aho_corasick(sample.to_list(), nodes), options.rounds)
    text_seconds, count = cpu(lambda: from_text(texts, nodes), options.rounds)
    with tempfile.TemporaryDirectory() as folder:
        Scopes.from_texts(texts).write(Path(folder))
        scopes = Scopes.read(Path(folder))
    scopes.prepare()
    ids_seconds, again = cpu(lambda: from_ids(scopes, nodes), options.rounds)
    assert count == again
    peer_rate, text_rate, ids_rate = len(sample) / peer_seconds, rows / text_seconds, rows / ids_seconds
    distinct = len(scopes.segments)
    print(f"  {len(scopes.ids):,} items, {distinct:,} different; {count:,} places")
    print(f"  ahocorasick_rs, each item   {peer_rate:>12,.0f} scopes / CPU-s")
    print(
        f"  from text                   {text_rate:>12,.0f}   {text_rate / peer_rate:6.1f} × (goal {GOAL_TEXT})"
    )
    print(
        f"  from stored item ids        {ids_rate:>12,.0f}   {ids_rate / peer_rate:6.1f} × (goal {GOAL_IDS})"
    )
    theirs, _ = cpu(lambda: [texts.str.contains_any([*node.any]) for node in nodes[:3]], options.rounds)
    changes = [one_change(scopes, node) for node in nodes]
    ours, worst = statistics.median(changes), max(changes)
    print(
        f"  one node changed: {ours * 1000:.2f} ms, slowest {worst * 1000:.1f} ms (goal {GOAL_NODE_MS:.0f});"
    )
    print(
        f"    Polars contains_any {theirs / 3 * 1000:,.0f} ms: {theirs / 3 / ours:,.0f} × (goal {GOAL_NODE})"
    )
    check(texts, nodes, scopes, peer, options)


def check(
    texts: pl.Series,
    nodes: Sequence[NodeTerms],
    scopes: Scopes,
    peer: list[dict[str, tuple[str, int]]],
    options: argparse.Namespace,
) -> None:
    """Rightness of what was measured; raises when a place differs."""
    chance = random.Random(1)  # noqa: S311
    some = min(len(texts), 200_000)
    mine = pairs(scopes, nodes, max(len(peer), some))
    theirs = {(row, node) for row, placed in enumerate(peer) for node in placed}
    assert theirs == {pair for pair in mine if pair[0] < len(peer)}, "Aho-Corasick differs"
    at_random = chance.sample(range(some), min(2000, some))
    by_row: dict[int, set[str]] = {}
    for row, node in mine:
        by_row.setdefault(row, set()).add(node)
    for row in at_random:
        text = texts[row]
        assert by_row.get(row, set()) == {node.id for node in nodes if brute_force(text, node)}, row
    assert with_polars(texts[:some], nodes) == {pair for pair in mine if pair[0] < some}, "Polars differs"
    looked = evidence_is_true(scopes, texts, nodes)
    edits_agree(texts[: options.edit_rows], nodes, chance)
    print(
        f"  equal to ahocorasick_rs on {len(peer):,}, brute force on {len(at_random):,}, Polars on {some:,} scopes;"
    )
    print(f"    {looked:,} evidences true; equal to a full run after 100 node and 1,000 scope edits")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--registry", type=Path, required=True)
    parser.add_argument("--nodes", type=Path, required=True)
    parser.add_argument("--unique", type=int, nargs="+", default=[30])
    parser.add_argument("--peer-rows", type=int, default=100_000)
    parser.add_argument("--edit-rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    registry = pl.read_parquet(options.registry, columns=["brand", "scope"])
    rows = json.loads(options.nodes.read_text(encoding="utf-8"))
    nodes = [NodeTerms(row["id"], tuple(row["any"]), tuple(row["veto"])) for row in rows]
    for percent in options.unique:
        report(with_unique_items(registry, percent), nodes, percent, options)


if __name__ == "__main__":
    main()
