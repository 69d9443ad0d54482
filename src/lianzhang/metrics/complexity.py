"""Economic complexity and relatedness (经济复杂度、关联密度): which fields a region has, and which lie near.

Sources: C. Hidalgo and R. Hausmann, PNAS 106 (2009) 10570, for the indices, here as the second singular
vector of the normalised matrix (Mealy, Farmer, Teytelboym 2019); Hidalgo, Klinger, Barabási, Hausmann,
Science 317 (2007) 482, for proximity and density; Hausmann et al., The Atlas of Economic Complexity (2014),
for outlook (coi) and outlook gain (cog).
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lianzhang.kernel.text import Text
from lianzhang.metrics.arrays import Floats, total_by
from lianzhang.metrics.inputs import InputError, coded, finite, require_columns, require_rows

NAN = float("nan")
#: A comparative advantage of one, give or take what rounding does to equal shares.
ADVANTAGE = 1.0 - 1e-12
#: Up to this many rows the matrix of a side is decomposed whole; above, only its largest vectors are sought.
WHOLE_SIDE = 1200
#: Regions handled at once where bits become numbers.
REGIONS_AT_ONCE = 512
#: Fields whose nearness to all others one part of the work looks at.
COLUMNS_AT_ONCE = 64


@dataclass(frozen=True)
class Complexity:
    """The measures of a region × field matrix; ask for the table that is needed.

    Regions without any advantage, and fields in which no region has one, are NaN and touch nobody else.
    """

    regions: pl.Series
    fields: pl.Series
    rca: Floats  # (region, field), NaN where a region or field has nothing at all
    present: NDArray[np.bool_]
    eci: Floats
    pci: Floats
    warnings: tuple[Text, ...]
    _kept: tuple[NDArray[np.int64], NDArray[np.int64]]
    _raw: tuple[Floats, float]  # raw complexity of the kept fields, deviation of that of the regions

    @cached_property
    def relatedness(self) -> tuple[Floats, Floats]:
        """Density and outlook gain, each (region, field)."""
        shape = self.rca.shape
        density, gain = np.full(shape, NAN), np.full(shape, NAN)
        rows, columns = self._kept
        if len(rows) and len(columns):
            raw, deviation = self._raw
            have = self.present[np.ix_(rows, columns)]
            whole = len(rows) == shape[0] and len(columns) == shape[1]
            inner = (density, gain) if whole else (np.empty(have.shape), np.empty(have.shape))
            _relate(have, raw, deviation, inner)
            if not whole:
                density[np.ix_(rows, columns)], gain[np.ix_(rows, columns)] = inner
        return density, gain

    @cached_property
    def outlook(self) -> Floats:
        """Complexity outlook index (coi) of each region, standardised; NaN where undefined."""
        result = np.full(len(self.regions), NAN)
        rows, columns = self._kept
        if not len(rows) or not len(columns):
            return result
        density = self.relatedness[0]
        value = np.empty(len(rows))
        for at, row in enumerate(rows):
            absent = ~self.present[row, columns]
            value[at] = density[row, columns] @ (absent * self._raw[0])
        result[rows] = _standardised(value)
        return result

    @property
    def doubts(self) -> tuple[Text, ...]:
        """All that a reader must know: `warnings`, and whether there is no outlook, which is worked out for it."""
        nothing = np.isnan(self.outlook[self._kept[0]]) & ~np.isnan(self.eci[self._kept[0]])
        return (*self.warnings, _no_outlook()) if nothing.any() else self.warnings

    def region_table(self) -> pl.DataFrame:
        """region, diversity (fields with an advantage), eci, coi."""
        return pl.DataFrame(
            {
                "region": self.regions,
                "diversity": self.present.sum(axis=1),
                "eci": self.eci,
                "coi": self.outlook,
            }
        )

    def field_table(self) -> pl.DataFrame:
        """field, ubiquity (regions with an advantage), pci."""
        return pl.DataFrame({"field": self.fields, "ubiquity": self.present.sum(axis=0), "pci": self.pci})

    def density_table(self, *, first: int = 0, last: int | None = None) -> pl.DataFrame:
        """region, field, rca, present, density, cog: every pair, for the regions from `first` to before `last`."""
        density, gain = self.relatedness
        part = slice(first, len(self.regions) if last is None else min(last, len(self.regions)))
        count, width = part.stop - part.start, len(self.fields)
        return pl.DataFrame(
            {
                "region": self.regions.gather(np.repeat(np.arange(part.start, part.stop), width)),
                "field": self.fields.gather(np.tile(np.arange(width), count)),
                "rca": self.rca[part].ravel(),
                "present": self.present[part].astype(np.int8).ravel(),
                "density": density[part].ravel(),
                "cog": gain[part].ravel(),
            }
        )


def complexity(values: pl.DataFrame, *, table: str = "values") -> Complexity:
    """Complexity of a table: region, field, value (≥ 0). Pairs that are not listed are 0, repeated ones add up."""
    require_columns(values, ("region", "field", "value"), table=table)
    require_rows(values, table=table)
    amount = finite(values, "value", table=table, least=0.0)
    region, regions = coded(values, "region", table=table)
    field, fields = coded(values, "field", table=table)
    cell = region.astype(np.int64) * len(fields) + field
    matrix = total_by(cell, amount, len(regions) * len(fields))
    return complexity_of(matrix.reshape(len(regions), len(fields)), regions=regions, fields=fields)


def complexity_of(matrix: Floats, *, regions: pl.Series, fields: pl.Series) -> Complexity:
    """Complexity of a (region, field) matrix of values ≥ 0, which is used up: it becomes the advantage."""
    if matrix.shape != (len(regions), len(fields)):
        raise InputError(
            Text(
                f"矩阵是 {matrix.shape}，与 {len(regions)} 个地区、{len(fields)} 个领域不符。",
                f"The matrix is {matrix.shape}, not {len(regions)} regions by {len(fields)} fields.",
            )
        )
    rca = _advantage(matrix)
    with np.errstate(invalid="ignore"):
        present = rca >= ADVANTAGE
    rows = np.flatnonzero(present.any(axis=1))
    columns = np.flatnonzero(present.any(axis=0))
    eci, pci = np.full(len(regions), NAN), np.full(len(fields), NAN)
    raw_fields, deviation, warnings = np.full(len(columns), NAN), NAN, tuple[Text, ...]()
    if len(rows) > 1 and len(columns) > 1:
        raw_regions, raw_fields, warnings = _second_vectors(present[np.ix_(rows, columns)])
        deviation = float(raw_regions.std())
        eci[rows] = _standardised(raw_regions)
        pci[columns] = (raw_fields - raw_regions.mean()) / deviation if deviation > 0 else NAN
    else:
        warnings = (_flat(),)
    warnings += _empty(np.isnan(rca).all(axis=1).sum(), np.isnan(rca).all(axis=0).sum())
    return Complexity(
        regions, fields, rca, present, eci, pci, warnings, (rows, columns), (raw_fields, deviation)
    )


def _advantage(matrix: Floats) -> Floats:
    """Revealed comparative advantage, in place."""
    of_region, of_field, whole = matrix.sum(axis=1), matrix.sum(axis=0), matrix.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        matrix /= of_region[:, None]
        matrix /= of_field / whole
    return matrix


def _second_vectors(have: NDArray[np.bool_]) -> tuple[Floats, Floats, tuple[Text, ...]]:
    """Raw complexity of regions and of fields: the second singular pair of the normalised matrix."""
    diversity, ubiquity = have.sum(axis=1).astype(np.float64), have.sum(axis=0).astype(np.float64)
    by_region = have.shape[0] <= have.shape[1]
    side = have if by_region else have.T
    own, other = (diversity, ubiquity) if by_region else (ubiquity, diversity)
    values, vector = (_of_whole if len(own) <= WHOLE_SIDE else _of_largest)(side, own, other)
    near = vector / np.sqrt(own)
    far = _mean_over(side.T, near, other)
    if values[0] < 1e-12 or np.ptp(near) <= 1e-9 * max(1e-300, np.abs(near).max()):
        nothing = np.full(have.shape[0], NAN), np.full(have.shape[1], NAN)
        return *nothing, (_flat(),)
    fields = far if by_region else near
    regions = _mean_over(have, fields, diversity)
    centred = diversity - diversity.mean()
    agreement = centred @ (regions - regions.mean())
    if agreement == 0:
        agreement = regions[int(np.argmax(np.abs(regions)))]
    sign = 1.0 if agreement > 0 else -1.0
    return sign * regions, sign * fields, _doubts(values)


def _mean_over(side: NDArray[np.bool_], values: Floats, count: Floats) -> Floats:
    """Mean of `values` over the ones of each row, a few rows at a time."""
    result = np.empty(side.shape[0])
    for start in range(0, side.shape[0], REGIONS_AT_ONCE):
        stop = start + REGIONS_AT_ONCE
        result[start:stop] = side[start:stop].astype(np.float64) @ values
    return result / count


def _of_whole(side: NDArray[np.bool_], own: Floats, other: Floats) -> tuple[Floats, Floats]:
    from scipy.linalg import eigh

    count = len(own)
    gram = np.zeros((count, count))
    for start in range(0, side.shape[1], 4096):
        part = side[:, start : start + 4096] / np.sqrt(other[start : start + 4096])
        gram += part @ part.T
    root = np.sqrt(own)
    gram /= root[:, None]
    gram /= root
    first = root / np.linalg.norm(root)
    gram -= np.outer(first, first)
    wanted = min(2, count)
    values, vectors = eigh(gram, subset_by_index=(count - wanted, count - 1))
    return values[::-1], vectors[:, -1]


def _of_largest(side: NDArray[np.bool_], own: Floats, other: Floats) -> tuple[Floats, Floats]:
    from scipy.sparse import csr_matrix
    from scipy.sparse.linalg import LinearOperator, eigsh

    sparse = csr_matrix(side, dtype=np.float64)
    turned = sparse.T.tocsr()
    root = np.sqrt(own)
    first = root / np.linalg.norm(root)

    def product(vector: Floats) -> Floats:
        vector = vector.ravel()
        inner = (turned @ (vector / root)) / other
        result: Floats = (sparse @ inner) / root - first * (first @ vector)
        return result

    count = len(own)
    operator = LinearOperator((count, count), matvec=product, dtype=np.float64)
    begin = np.cos(np.arange(count) * 1.7)  # any fixed vector: the same result on every run
    values, vectors = eigsh(operator, k=2, which="LA", v0=begin, ncv=40)
    return values[::-1], vectors[:, -1]


def _doubts(values: Floats) -> tuple[Text, ...]:
    if values[0] > 1.0 - 1e-9:
        return (
            Text(
                "地区与领域分成互不相连的几块：复杂度只是在给这几块编号，不能比较高低。",
                "Regions and fields fall into separate blocks: complexity only labels the blocks.",
            ),
        )
    if len(values) > 1 and values[1] > 0.99 * values[0]:
        return (
            Text(
                "第二、第三特征值相差不到 1%：复杂度排序不稳，数据稍改就会变。",
                "The second and third eigenvalues differ by less than 1 %: the ranking is not stable.",
            ),
        )
    return ()


def _flat() -> Text:
    return Text(
        "各地区的优势领域没有差别（或不足两个地区、两个领域）：复杂度无从计算，记为 NaN。",
        "Regions do not differ in their fields (or there are fewer than two of either): complexity is NaN.",
    )


def _empty(regions: int, fields: int) -> tuple[Text, ...]:
    if not (regions or fields):
        return ()
    return (
        Text(
            f"{regions} 个地区、{fields} 个领域合计为 0：它们的各项指标记为 NaN。",
            f"{regions} regions and {fields} fields have 0 in all: their measures are NaN.",
        ),
    )


def _no_outlook() -> Text:
    return Text(
        "各地区的前景值没有差别：复杂度前景（coi）记为 NaN。",
        "Regions do not differ in their outlook: the complexity outlook (coi) is NaN.",
    )


def _standardised(values: Floats) -> Floats:
    """In standard deviations from the mean; NaN where all are equal, but for rounding."""
    deviation = values.std()
    differ = deviation > 1e-12 * np.abs(values).max(initial=0.0)
    return (values - values.mean()) / deviation if differ else np.full(len(values), NAN)


def proximity(have: NDArray[np.bool_]) -> Floats:
    """How often two fields stand together: common regions over the larger ubiquity, (field, field)."""
    count = have.sum(axis=0).astype(np.float64)
    both = have.astype(np.float32)
    common = (both.T @ both).astype(np.float64)
    with np.errstate(invalid="ignore", divide="ignore"):
        nearness: Floats = common / np.maximum.outer(count, count)
    return nearness


def _relate(have: NDArray[np.bool_], raw: Floats, deviation: float, into: tuple[Floats, Floats]) -> None:
    """Density and outlook gain of every pair: by whole matrices where they are small, else by bits."""
    count = have.sum(axis=0).astype(np.float64)
    if have.shape[1] <= WHOLE_SIDE:
        near = proximity(have)
        whole = near.sum(axis=0)
        ones = have.astype(np.float64)
        worth = raw / whole
        into[0][:] = ones @ near / whole
        into[1][:] = (1.0 - ones) * ((1.0 - ones) @ (near * worth[:, None])) / deviation
    else:
        _relate_by_bits(have, raw, deviation, count, into)


def _relate_by_bits(
    have: NDArray[np.bool_], raw: Floats, deviation: float, count: Floats, into: tuple[Floats, Floats]
) -> None:
    """The same for large tables; the columns are shared among threads."""
    from lianzhang.metrics.complexity_kernels import GROUPS, relate

    whole = _proximity_sums(have, count)
    bits = _packed(have.T, 64).view(np.uint64)
    patterns = np.ascontiguousarray(_packed(have, 8 * GROUPS).T)
    # Many small parts: an interrupt waits for those that run, and no longer.
    parts = -(-have.shape[1] // COLUMNS_AT_ONCE)

    def part(first: int) -> None:
        relate(bits, patterns, have, count, raw / whole, whole, deviation, first, parts, *into)

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        list(pool.map(part, range(parts)))


def _packed(have: NDArray[np.bool_], multiple: int) -> NDArray[np.uint8]:
    """Rows as bits, filled up with zeros to a multiple."""
    missing = -have.shape[1] % multiple
    return np.ascontiguousarray(np.packbits(np.pad(have, ((0, 0), (0, missing))), axis=1, bitorder="little"))


def _proximity_sums(have: NDArray[np.bool_], count: Floats) -> Floats:
    """Sum of the proximities of each field to all fields, without the field × field matrix.

    Among fields ordered by ubiquity the larger of two ubiquities is that of the later one, so two running
    sums over a region's fields are enough.
    """
    order = np.argsort(count, kind="stable")
    ordered = count[order]
    last = np.searchsorted(ordered, ordered, side="right") - 1
    total = np.zeros(len(count))
    for top in range(0, have.shape[0], 64):
        rows = have[top : top + 64][:, order].astype(np.float64)
        up_to = np.cumsum(rows, axis=1)[:, last] / ordered
        parts = rows / ordered
        after = parts.sum(axis=1, keepdims=True) - np.cumsum(parts, axis=1)[:, last]
        total += np.einsum("ij,ij->j", rows, up_to + after)
    result = np.empty(len(count))
    result[order] = total
    return result
