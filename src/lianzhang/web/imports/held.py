"""Ticked titles beside those of the registry: the same one under other words, and what contradicts them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl
from django.conf import settings
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from lianzhang.casework import Actor
from lianzhang.kernel import clock
from lianzhang.kernel.pack import open_pack
from lianzhang.policy import tier_named
from lianzhang.tables import Checked
from lianzhang.tables.difference import Known, canonical
from lianzhang.tables.mapping import TICKED
from lianzhang.tables.ticks import Ticks
from lianzhang.tables.values.ticks import NO, YES
from lianzhang.web.imports.firms import Firms
from lianzhang.web.registry import queries as registry
from lianzhang.web.registry.same_titles import tier_of
from lianzhang.web.registry.titles import LAPSED, REVOKED, holdings_in_force, state_on

_AT_ONCE = 500
_UNHEARD = str.maketrans("", "", " \u3000“”\"'‘’「」《》〈〉")
_BESIDE = re.compile(r"^(?:国家级|省级|市级|县级|国家|山东省|聊城市|省|市)|(?:中小)?(?:企业|称号)$")
_IDENTITY = ("title", "level", "batch", "awarded")
_ENDED = (LAPSED, REVOKED)


@dataclass(frozen=True, slots=True)
class Contradicted:
    """A tick that says otherwise than the registry: 否 of a title that stands, 是 of one that has ended."""

    row: int
    name: str
    said: str
    title: str
    state: str


@dataclass(frozen=True, slots=True)
class Against:
    """What the ticks of a table leave for a person to look at, and how many rows tick nothing."""

    contradicted: tuple[Contradicted, ...] = field(default_factory=tuple)
    silent: int = 0


def is_tick(key: str) -> bool:
    """Whether a key of a comparison is a ticked title."""
    return key.startswith(f"{TICKED}@")


def ticks_there(ids: pl.Series, keys: Iterable[str]) -> pl.DataFrame:
    """For each enterprise, as `known`, 是 under each ticked title that the registry has of it."""
    told = {key: _parts(key) for key in keys}
    held = _holdings(ids.to_list())
    rows = [
        [pk, *(YES if _found(held.get(pk, ()), *part) else None for part in told.values())]
        for pk in ids.to_list()
    ]
    return pl.DataFrame(rows, schema=dict.fromkeys(("known", *told), pl.String), orient="row")


def meet_records(actor: Actor, checked: Checked, ticks: Ticks, known: Known, firms: Firms) -> Against:
    """Give each ticked title of a list the words of the registry where it is there already; tell what contradicts."""
    if not ticks.held and not ticks.denied.height and not any(map(is_tick, checked.good.columns)):
        return Against(silent=len(ticks.silent))
    rows = known.match(canonical(checked.good)).select("row", "firm").drop_nulls()
    who = ticks.denied.select("row", "name", "credit_code").unique("row", maintain_order=True)
    alike = checked.kind.id == "titles"
    denying = (
        firms.match(who, answered=False, alike=alike, merged=True).select("row", firm="known").drop_nulls()
    )
    held = _holdings({*rows["firm"], *denying["firm"]})
    told = [*_denied(ticks, dict(denying.rows()), held), *_ended(checked, ticks, dict(rows.rows()), held)]
    if alike:
        _as_recorded(checked, ticks, dict(rows.rows()), held)
    open_to = set(
        registry.visible_to(actor).filter(pk__in={pk for pk, _ in told}).values_list("pk", flat=True)
    )
    shown = sorted((one for pk, one in told if pk in open_to), key=lambda one: one.row)
    return Against(tuple(shown), len(ticks.silent))


def _denied(
    ticks: Ticks, firm_of: Mapping[int, str], held: Mapping[str, list[Any]]
) -> Iterator[tuple[str, Contradicted]]:
    today = clock.today()
    for row, name, title, level in ticks.denied.select("row", "name", "title", "level").iter_rows():
        pk = firm_of.get(row, "")
        there = _found(held.get(pk, ()), title, level)
        if there is not None and (state := state_on(there, today)) not in _ENDED:
            yield pk, Contradicted(row, name or "", NO, _worded(there), state)


def _ended(
    checked: Checked, ticks: Ticks, firm_of: Mapping[int, str], held: Mapping[str, list[Any]]
) -> Iterator[tuple[str, Contradicted]]:
    today = clock.today()
    for row, name, title, level in _ticked(checked, ticks):
        pk = firm_of.get(row, "")
        there = _found(held.get(pk, ()), title, level)
        if there is not None and (state := state_on(there, today)) in _ENDED:
            yield pk, Contradicted(checked.parts.get(row, row), name, YES, _worded(there), state)


def _ticked(checked: Checked, ticks: Ticks) -> Iterator[tuple[int, str, str, str]]:
    """Row, name, title and level of each title that is said to be held."""
    good = checked.good
    name = pl.col("name") if "name" in good.columns else pl.lit("")
    if ticks.held:
        level = pl.col("level") if "level" in good.columns else pl.lit(None, dtype=pl.String)
        own = good.filter(pl.col("row").is_in(list(ticks.held)))
        yield from own.select(
            "row", name.fill_null(""), "title", level.fill_null("").alias("level")
        ).iter_rows()
    for key in filter(is_tick, good.columns):
        for row, called in (
            good.filter(pl.col(key).is_not_null()).select("row", name.fill_null("").alias("name")).iter_rows()
        ):
            yield row, called, *_parts(key)


def _as_recorded(
    checked: Checked, ticks: Ticks, firm_of: Mapping[int, str], held: Mapping[str, list[Any]]
) -> None:
    """A tick says no more than that a title is held: one that is there, or in another row, is that one."""
    good = checked.good
    have = [name for name in _IDENTITY if name in good.columns]
    told: dict[int, tuple[str, ...]] = {}
    for row, _, title, level in _ticked(checked, ticks):
        there = _found(held.get(firm_of.get(row, ""), ()), title, level)
        if there is not None:
            told[row] = tuple(getattr(there, name) for name in _IDENTITY)
    if told:
        named = pl.DataFrame(
            [(row, *said) for row, said in told.items()],
            schema={"row": pl.UInt32} | {f"{name}~there": pl.String for name in _IDENTITY},
            orient="row",
        )
        joined = good.join(named, on="row", how="left", maintain_order="left")
        is_told = pl.col("row").is_in(list(told))
        nothing = pl.lit(None, dtype=pl.String)
        joined = joined.with_columns(
            pl.when(is_told)
            .then(pl.col(f"{name}~there").replace("", None))
            .otherwise(pl.col(name) if name in have else nothing)
            .alias(name)
            for name in _IDENTITY
        )
        checked.good = joined.drop([f"{name}~there" for name in _IDENTITY])
    _once(checked, ticks, firm_of)


def _once(checked: Checked, ticks: Ticks, firm_of: Mapping[int, str]) -> None:
    """Drop ticks of titles that a row of the same list tells of in full."""
    level = pl.col("level") if "level" in checked.good.columns else pl.lit(None, dtype=pl.String)
    told = checked.good.select("row", "title", level.fill_null("").alias("level"))
    full: dict[str, list[tuple[str, str]]] = {}
    for row, title, of in told.iter_rows():
        if row not in ticks.held and row in firm_of:
            full.setdefault(firm_of[row], []).append((title, of))
    twice = [
        row
        for row, title, of in told.iter_rows()
        if row in ticks.held
        and any(_is_same(title, of, other, at, tier="") for other, at in full.get(firm_of.get(row, ""), ()))
    ]
    if twice:
        checked.good = checked.good.filter(~pl.col("row").is_in(twice))


def _holdings(ids: Iterable[str]) -> dict[str, list[Any]]:
    """The titles of these enterprises, and of what is merged into them: those that stand before those that ended."""
    held = holdings_in_force().annotate(head=Coalesce("enterprise__merged_into_id", F("enterprise_id")))
    wanted, found, today = sorted(ids), {}, clock.today()
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        for row in held.filter(Q(enterprise__in=some) | Q(enterprise__merged_into__in=some)).order_by("-pk"):
            found.setdefault(row.head, []).append(row)
    for rows in found.values():
        rows.sort(key=lambda row: state_on(row, today) in _ENDED)
    return found


def _found(holdings: Iterable[Any], title: str, level: str) -> Any:
    return next(
        (row for row in holdings if _is_same(title, level, row.title, row.level, tier=tier_of(row))), None
    )


def _is_same(title: str, level: str, other: str, of: str, *, tier: str) -> bool:
    """Whether a ticked title is the other: of the same tier, or in the same words but for level and 企业."""
    if level and of and level != of:
        return False
    pack = open_pack(settings.LIANZHANG_PACK)
    tiers = tier_named(pack, title, level or of), tier or tier_named(pack, other, of or level)
    return tiers[0] == tiers[1] if all(tiers) else _heard(title) == _heard(other)


def _heard(title: str) -> str:
    text = unicodedata.normalize("NFKC", title).translate(_UNHEARD)
    return _BESIDE.sub("", _BESIDE.sub("", text)) or text


def _worded(holding: Any) -> str:
    return (
        f"{holding.title}（{holding.level}）"
        if holding.level and holding.level not in holding.title
        else holding.title
    )


def _parts(key: str) -> tuple[str, str]:
    title, _, level = key.removeprefix(f"{TICKED}@").partition("@")
    return title, level
