"""Verdicts on disk: one Parquet column a rule, one row an enterprise, written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl

from lianzhang.engines.match import VERDICTS, Match
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

#: The values of every verdict column.
VERDICT = pl.Enum([verdict.value for verdict in VERDICTS])


def verdict_frame(match: Match, ids: pl.Series) -> pl.DataFrame:
    """`id` and one column per rule with yes, no or unknown."""
    words = pl.Series([verdict.value for verdict in VERDICTS], dtype=VERDICT)
    columns = [words.gather(codes).alias(rule_id) for rule_id, codes in match]
    return pl.DataFrame([ids.alias("id"), *columns])


def write_verdicts(frame: pl.DataFrame, path: Path) -> None:
    """Write beside the target and move into place, so that a broken run leaves the old file as it was."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        frame.write_parquet(partial, compression="zstd")
        partial.replace(path)
    except OSError as error:
        raise LianzhangError(
            Text(f"写不了“{path}”：{error.strerror}。", f"“{path}” cannot be written: {error.strerror}."),
            Text("请换一个可写的位置。", "Choose a place that can be written."),
        ) from error
    finally:
        partial.unlink(missing_ok=True)
