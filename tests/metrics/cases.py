"""Published cases with known answers, where they lie beside the checkout."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "analytics_cases"

needs_cases = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason="the cases with known answers (shared/analytics_cases) are not beside the checkout",
)


def table(name: str) -> pl.DataFrame:
    """A table of the cases, all columns as text."""
    return pl.read_csv(FOLDER / name, infer_schema=False)


def expected(name: str) -> dict[str, Any]:
    """Known answers of a case."""
    answers: dict[str, Any] = json.loads((FOLDER / f"{name}_expected.json").read_text("utf-8"))
    return answers
