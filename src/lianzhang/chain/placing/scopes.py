"""The business scopes of a registry, cut into segments and interned: each different text kept once."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl

from lianzhang.chain.placing.find import TermIndex
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

#: What divides a scope into segments; a segment holds one item or several (see `cut`).
DIVIDER = "；"


class Scopes:
    """Scopes in the order of the registry.

    `segments`: the different segment texts. `ids`: the segments of all scopes one after the other, as
    places in `segments`. `offsets`: where each scope's segments begin in `ids`; one longer than the
    registry. A missing scope has no segments.
    """

    def __init__(
        self, segments: pl.Series, ids: npt.NDArray[np.uint32], offsets: npt.NDArray[np.int64]
    ) -> None:
        self.segments, self.ids, self.offsets = segments, ids, offsets

    @classmethod
    def from_texts(cls, texts: pl.Series) -> Scopes:
        """Cut and intern a column of scopes (String; null = no scope known)."""
        lists = texts.cast(pl.String).fill_null("").str.split(DIVIDER)
        pieces = lists.list.explode()
        categories = pl.Categories.random(physical=pl.UInt32)
        # Kept until the end: Polars forgets its categories together with the last column that uses them.
        interned = pieces.cast(pl.Categorical(categories))
        ids = interned.to_physical().to_numpy()
        offsets = np.concatenate(([0], np.cumsum(lists.list.len().to_numpy(), dtype=np.int64)))
        # Picking each text where it first stands is quicker than asking Polars for its categories.
        first = np.zeros(int(ids.max()) + 1 if len(ids) else 0, np.uint32)
        first[ids[::-1]] = np.arange(len(ids), dtype=np.uint32)[::-1]
        return cls(pieces.gather(first), ids, offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def text(self, row: int) -> str:
        """The scope of one enterprise, as it was."""
        return DIVIDER.join(
            self.segments[int(segment)] for segment in self.ids[self.offsets[row] : self.offsets[row + 1]]
        )

    @cached_property
    def terms(self) -> TermIndex:
        """Where terms stand in the different segments."""
        return TermIndex(self.segments)

    @cached_property
    def rows(self) -> npt.NDArray[np.int32]:
        """The enterprise of each place in `ids`."""
        return np.repeat(np.arange(len(self), dtype=np.int32), np.diff(self.offsets))

    @cached_property
    def sharers(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]]:
        """For each segment the places in `ids` that hold it, ascending: bounds, then places.

        Sorted sixteen bits at a time, which NumPy does by radix.
        """
        low = np.argsort(self.ids.astype(np.uint16), kind="stable").astype(np.uint32)
        if len(self.segments) > 0x10000:
            low = low[np.argsort((self.ids >> 16).astype(np.uint16)[low], kind="stable")]
        counts = np.bincount(self.ids, minlength=len(self.segments))
        return np.concatenate(([0], np.cumsum(counts))), low

    @cached_property
    def starts(self) -> npt.NDArray[np.int64]:
        """The character of its scope at which each place in `ids` begins."""
        lengths = self.segments.str.len_chars().to_numpy().astype(np.int64)[self.ids] + 1
        running = np.cumsum(lengths) - lengths
        return running - np.repeat(running[self.offsets[:-1]], np.diff(self.offsets))

    def prepare(self) -> None:
        """Make everything that does not depend on nodes, so that the first node is as quick as the rest."""
        self.terms.prepare()
        _ = self.rows, self.sharers

    def write(self, folder: Path) -> None:
        """Keep the interned scopes in `folder`, so that another run need not cut the texts again."""
        folder.mkdir(parents=True, exist_ok=True)
        self.segments.rename("segment").to_frame().write_parquet(folder / "segments.parquet")
        ids = pl.DataFrame({"segment_id": self.ids})
        ids.write_parquet(folder / "ids.parquet", compression="lz4")
        pl.DataFrame({"offset": self.offsets}).write_parquet(folder / "offsets.parquet")

    @classmethod
    def read(cls, folder: Path) -> Scopes:
        """The scopes kept in `folder`; raises `LianzhangError` when the files do not belong together."""
        segments = pl.read_parquet(folder / "segments.parquet")["segment"]
        ids = pl.read_parquet(folder / "ids.parquet")["segment_id"].to_numpy()
        offsets = pl.read_parquet(folder / "offsets.parquet")["offset"].to_numpy()
        if offsets[-1] != len(ids) or (len(ids) and int(ids.max()) >= len(segments)):
            raise LianzhangError(
                Text(f"{folder} 里的经营范围存档前后不符。", f"The stored scopes in {folder} do not agree."),
                Text("请删去该目录，重新生成。", "Remove the folder and make it again."),
            )
        return cls(segments, ids, offsets)
