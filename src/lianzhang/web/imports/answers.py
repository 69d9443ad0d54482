"""Whom the names of a table were taken for, and what people say to that: of this table, or before of another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

import polars as pl

from lianzhang.web.registry.queries import heads_of
from lianzhang.web.registry.search_keys import name_key

#: Answers beside the id of an enterprise: none of those that are offered; no answer.
NEW, SKIP = "new", "skip"


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of a name before: the enterprise, or (empty) none of those that were `offered`."""

    enterprise: str
    offered: frozenset[str]
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Taken:
    """One name of a table that is written otherwise or is doubtful, and whom it may mean."""

    row: int
    #: The column of the name: `name`, or an end of a supply link.
    end: str
    name: str
    code: str
    candidates: tuple[str, ...]
    #: Whom the program takes it for by itself; empty where it asks.
    firm: str
    #: What a person said: an enterprise or `NEW`; empty while nobody did, or where it fits no longer.
    answer: str = ""
    #: Of whom the answer is, where it was given for an earlier table.
    said: Said | None = None

    @property
    def address(self) -> str:
        """By what a form speaks of it."""
        return address(self.row, self.end)


def address(row: int, end: str) -> str:
    """How a name is spoken of: the number of its row, with the column where a row has several."""
    return f"{row}" if end == "name" else f"{row}.{end}"


class Answers:
    """What people said of the names of a table. `taken` tells, by address, of every name that was looked at."""

    def __init__(
        self,
        given: Mapping[str, str] = MappingProxyType({}),
        said: Mapping[tuple[str, str], Said] = MappingProxyType({}),
    ) -> None:
        self._given, self._said = given, said
        firms = set(given.values()) | {
            pk for one in said.values() for pk in (one.enterprise, *one.offered) if pk
        }
        #: What an enterprise is now that it may have been merged.
        self._heads = heads_of(firms - {NEW, SKIP}) if firms else {}
        self.taken: dict[str, Taken] = {}

    def applied(
        self,
        found: pl.DataFrame,
        names: pl.DataFrame,
        *,
        sure: Mapping[int, tuple[str, ...]],
        end: str = "name",
    ) -> pl.DataFrame:
        """`found` (`row`, `known`, `like`) as people answered.

        `names` has `row`, `text` and `code`; `sure` the candidates of the rows that naming linked by itself. An
        enterprise that was named and fits no longer leaves the row to be asked about again: nothing is written
        against an answer.
        """
        named = [row for row in found["row"] if self._named(row, end)] if self._given else []
        asked = found.filter((pl.col("like") != "") | pl.col("row").is_in([*sure, *named]))
        if not len(asked):
            return found
        answered = []
        for row, known, like, text, code in asked.join(names, on="row").iter_rows():
            candidates = tuple(like.split()) or sure.get(row) or (known or self._named(row, end),)
            one = self._taken(Taken(row, end, text or "", code or "", candidates, known or ""))
            self.taken[one.address] = one
            if one.answer:
                answered.append((row, None if one.answer == NEW else one.answer, ""))
            elif self._named(row, end):
                answered.append((row, None, " ".join(candidates)))
        schema = {"row": pl.UInt32, "answer": pl.String, "open": pl.String}
        frame = pl.DataFrame(answered, schema=schema, orient="row")
        joined = found.join(frame, on="row", how="left", maintain_order="left")
        is_answered = pl.col("open").is_not_null()
        return joined.select(
            "row",
            pl.when(is_answered).then("answer").otherwise("known").alias("known"),
            pl.when(is_answered).then("open").otherwise("like").alias("like"),
        )

    def _named(self, row: int, end: str) -> str:
        """The enterprise that the person named for this row; empty where they named none."""
        given = self._given.get(address(row, end), SKIP)
        return "" if given in (NEW, SKIP) else given

    def _taken(self, one: Taken) -> Taken:
        given = self._given.get(one.address, SKIP)
        if given != SKIP:
            answer = given if given == NEW else self._heads.get(given, "")
            return replace(one, answer=answer if answer == NEW or answer in one.candidates else "")
        said = self._said.get((name_key(one.name), one.code))
        if said is None:
            return one
        if said.enterprise:
            meant = self._heads.get(said.enterprise, "")
            return replace(one, answer=meant, said=said) if meant in one.candidates else one
        refused = {self._heads.get(pk, pk) for pk in said.offered}
        return replace(one, answer=NEW, said=said) if set(one.candidates) <= refused else one
