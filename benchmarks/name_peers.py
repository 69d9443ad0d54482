"""The peers of benchmarks/naming.py in their best shape: Splink given our parsed columns, tantivy on bigrams."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from lianzhang.naming.columns import Columns
from lianzhang.naming.filing import Filing

THREADS = 2
#: Mentions handed to a peer that takes one after the other; its rate is scaled from them.
SLICE = 300


@dataclass(frozen=True)
class Answer:
    """For each mention the row of the registry a peer puts first (-1: none) and how sure it is."""

    first: list[int]
    score: list[float]


def texts_of(columns: Columns, start: np.ndarray, end: np.ndarray) -> list[str]:
    """Stretches of the cleaned codes as texts."""
    whole = columns.codes.astype("<u4").tobytes().decode("utf-32-le")
    return [whole[one:other] for one, other in zip(start.tolist(), end.tolist(), strict=True)]


class Splink:
    """Splink 5 on DuckDB: u by sampling, m by expectation maximisation, our parsed columns handed over.

    With `slips` its three blocking rules are those of ours: the core, the core with a character left out, the trade
    name with the place. Without, the second rule is place, industry and first character instead: cheaper, and blind
    to slips in the first character.
    """

    def __init__(self, registry: Columns, mentions: Columns, *, slips: bool) -> None:
        import duckdb
        import splink.comparison_library as compare
        from splink import Linker, SettingsCreator, block_on
        from splink.backends.duckdb import DuckDBAPI

        logging.getLogger("splink").setLevel(logging.ERROR)
        self.name = "Splink 5, our columns, " + ("our blocking keys" if slips else "plain blocking keys")
        connection = duckdb.connect()
        connection.execute(f"SET threads = {THREADS}")
        api = DuckDBAPI(connection)
        tables = [
            api.register(_frame(columns), dataset_display_name=side)
            for columns, side in ((registry, "registry"), (mentions, "wanted"))
        ]
        second = block_on("near", arrays_to_explode=["near"]) if slips else block_on("place", "trade", "head")
        settings = SettingsCreator(
            link_type="link_only",
            unique_id_column_name="id",
            comparisons=[
                compare.LevenshteinAtThresholds("core", [1]),
                compare.CustomComparison(_place_levels(), output_column_name="place"),
                compare.ExactMatch("form"),
            ],
            blocking_rules_to_generate_predictions=[block_on("core"), second, block_on("place", "brand")],
            retain_intermediate_calculation_columns=False,
            retain_matching_columns=False,
        )
        start = time.process_time()
        self._linker = Linker(tables, settings, log_level=None)
        training = self._linker.training
        training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
        training.estimate_parameters_using_expectation_maximisation(block_on("core"))
        training.estimate_parameters_using_expectation_maximisation(block_on("place", "brand"))
        self.build_seconds = time.process_time() - start
        self._connection, self._count = connection, len(mentions)

    def link(self) -> Answer:
        """The best row for each mention."""
        pairs = self._linker.inference.predict(warning_mode="never")
        found = self._connection.table(pairs.physical_name)
        wanted = "source_dataset_l = 'wanted'"
        best = found.aggregate(
            f"CASE WHEN {wanted} THEN id_l ELSE id_r END AS mention, "
            f"arg_max(CASE WHEN {wanted} THEN id_r ELSE id_l END, match_weight), max(match_weight)",
            "mention",
        ).fetchall()
        pairs.drop_table_from_database_and_remove_from_cache(force_non_splink_table=True)
        first, score = [-1] * self._count, [0.0] * self._count
        for mention, row, weight in best:
            first[mention], score[mention] = row, weight
        return Answer(first, score)


def _place_levels() -> list[Any]:
    import splink.comparison_level_library as levels

    return [
        levels.NullLevel("place"),
        levels.ExactMatchLevel("place"),
        levels.CustomLevel("place_l // 100 = place_r // 100"),
        levels.CustomLevel("place_l // 10000 = place_r // 10000"),
        levels.ElseLevel(),
    ]


def _frame(columns: Columns) -> object:
    import pyarrow as arrow

    start, brand = columns.starts[:-1], columns.starts[:-1] + columns.brand
    brands = texts_of(columns, start, brand)
    filing = Filing(columns)
    owner, lacking = filing.core_hashes_lacking()
    every = np.concatenate([np.arange(len(columns)), owner])
    hashes = np.concatenate([filing.core_hashes(np.arange(len(columns))), lacking])
    order = np.argsort(every, kind="stable")
    bounds = np.searchsorted(every[order], np.arange(len(columns) + 1))
    return arrow.table(
        {
            "id": np.arange(len(columns)),
            "core": texts_of(columns, start, columns.starts[1:]),
            "near": arrow.ListArray.from_arrays(bounds.astype(np.int32), hashes[order].view(np.int64)),
            "brand": brands,
            "head": [text[:1] for text in brands],
            "trade": texts_of(columns, brand, columns.starts[1:]),
            # What a mention does not state is no disagreement.
            "place": arrow.array(columns.place, mask=columns.place == 0),
            "form": arrow.array(columns.form, mask=columns.form == 0),
        }
    )


class Tantivy:
    """tantivy: an index of character bigrams, any of them, best by BM25."""

    name = "tantivy bigrams, OR, BM25"

    def __init__(self, registry: Sequence[str], mentions: Sequence[str]) -> None:
        import tantivy

        start = time.process_time()
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("name", tokenizer_name="bigram", index_option="freq")
        builder.add_integer_field("row", stored=True, indexed=False)
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema)
        bigrams = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.ngram(2, 2, False)).build()
        self._index.register_tokenizer("bigram", bigrams)
        writer = self._index.writer(256_000_000, THREADS)
        for row, name in enumerate(registry):
            writer.add_document(tantivy.Document(name=name, row=row))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()
        self.build_seconds = time.process_time() - start
        self._mentions = list(mentions)

    def link(self) -> Answer:
        """The best row for each mention of the slice."""
        answers = [self._one(mention) for mention in self._mentions[:SLICE]]
        return Answer([row for row, _ in answers], [weight for _, weight in answers])

    def _one(self, mention: str) -> tuple[int, float]:
        """The best row for one mention, of ten that are fetched."""
        import tantivy

        grams = {mention[at : at + 2] for at in range(len(mention) - 1)}
        terms = [
            (tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "name", gram)) for gram in grams
        ]
        hits = self._searcher.search(tantivy.Query.boolean_query(terms), 10).hits if terms else []
        if not hits:
            return -1, 0.0
        weight, address = hits[0]
        return int(self._searcher.doc(address)["row"][0]), float(weight)
