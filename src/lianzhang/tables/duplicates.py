"""Rows of one file that speak of the same thing: the later ones are refused, naming the first."""

from __future__ import annotations

import numpy as np
import polars as pl

from lianzhang.tables.kinds import Kind
from lianzhang.tables.values.column import Reason, Refusals, reason

_JOINT = "\x1f"


def find_duplicates(
    keys: dict[str, pl.Series], kind: Kind, numbers: np.ndarray
) -> list[tuple[str, Refusals]]:
    """For each identity of the kind: the field to mark, and the later rows with a reason each.

    `keys` are the identifying columns as text. A row is compared by the first identity it fills.
    """
    found = []
    height = len(numbers)
    open_rows = np.ones(height, bool)
    for identity in kind.identity:
        if identity[0] not in keys:
            continue
        leading = keys[identity[0]].is_not_null().to_numpy() & open_rows
        rows = np.flatnonzero(leading)
        if not len(rows):
            continue
        open_rows &= ~leading
        whole = len(rows) == height
        parts = [keys[field] if whole else keys[field].gather(rows) for field in identity if field in keys]
        texts = parts[0] if len(parts) == 1 else _joined(parts)
        refusals = _later_ones(texts, rows, kind, identity, numbers)
        if refusals is not None:
            found.append((identity[0], refusals))
    return found


def _joined(parts: list[pl.Series]) -> pl.Series:
    frame = pl.DataFrame(
        [part.cast(pl.String).fill_null("").alias(str(place)) for place, part in enumerate(parts)]
    )
    return frame.select(pl.concat_str(pl.all(), separator=_JOINT)).to_series()


def _later_ones(
    texts: pl.Series, rows: np.ndarray, kind: Kind, identity: tuple[str, ...], numbers: np.ndarray
) -> Refusals | None:
    # Sorting 64-bit hashes is several times cheaper than comparing texts; only like hashes are compared.
    hashed = texts.hash(seed=0)
    hashes, order = hashed.to_numpy(), hashed.sort().to_numpy()
    twice = np.unique(order[1:][order[1:] == order[:-1]])
    if not len(twice):
        return None
    places = _among(hashes, twice)
    label = "、".join(kind[field].label.zh for field in identity)
    label_en = ", ".join(kind[field].label.en for field in identity)
    first: dict[str, int] = {}
    later, reasons = [], []
    for place, text in zip(places.tolist(), texts.gather(places).to_list(), strict=True):
        row = int(rows[place])
        if text not in first:
            first[text] = row
            continue
        later.append(row)
        reasons.append(_repeated(label, label_en, int(numbers[first[text]])))
    if not later:
        return None
    return Refusals(np.array(later), np.arange(len(later), dtype=np.uint32), tuple(reasons))


def _among(hashes: np.ndarray, sorted_few: np.ndarray) -> np.ndarray:
    """Which hashes are among the few. Their last sixteen bits rule nearly all others out at once."""
    last = np.zeros(1 << 16, bool)
    last[(sorted_few & 0xFFFF).astype(np.uint16)] = True
    possible = np.flatnonzero(last[(hashes & 0xFFFF).astype(np.uint16)])
    places = np.searchsorted(sorted_few, hashes[possible])
    places[places == len(sorted_few)] = 0
    found: np.ndarray = possible[sorted_few[places] == hashes[possible]]
    return found


def _repeated(label: str, label_en: str, number: int) -> Reason:
    return reason(
        "duplicate",
        f"与第{number}行重复（{label}相同）；同一份表里只能有一行，请删去一行或改正。",
        f"Repeats row {number} (same {label_en}); keep one of the two rows or correct it.",
    )
