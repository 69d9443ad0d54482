"""One file seen through: opened, mapped, checked, compared with the registry. Writes nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl
from django.conf import settings

from lianzhang.casework import VERBS, Actor, Scope
from lianzhang.kernel import clock
from lianzhang.kernel.pack import open_pack
from lianzhang.kernel.regions import Regions
from lianzhang.tables import (
    Checked,
    Reference,
    Workbook,
    check_table,
    find_table,
    need_kind,
    open_pasted,
    open_workbook,
)
from lianzhang.tables.called import refuse_no_names, take_names_apart
from lianzhang.tables.difference import Difference, by_year, compare
from lianzhang.tables.mapping import TICKED
from lianzhang.tables.money import settle_currencies
from lianzhang.tables.several import Several, each_title
from lianzhang.tables.ticks import Ticks, take_ticks
from lianzhang.tables.titled import Overruled, stated_of
from lianzhang.tables.unfolding import each_statement
from lianzhang.tables.values import reason
from lianzhang.web.imports.answers import Answers, Said, Taken
from lianzhang.web.imports.comparing import SAME, known_side
from lianzhang.web.imports.firms import Firms
from lianzhang.web.imports.held import Against, meet_records
from lianzhang.web.imports.projects import KnownProjects, refuse_homeless
from lianzhang.web.imports.refusing import (
    refuse_backwards,
    refuse_out_of_reach,
    refuse_repeated,
    refuse_strangers,
)
from lianzhang.web.imports.title_words import title_words
from lianzhang.web.registry import base_facts
from lianzhang.web.registry import queries as registry

#: The verb that writing a kind asks for, beside adding enterprises.
WRITES = {"titles": "enterprise.title"}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person set: the kind, columns, answers to doubtful rows, whether unverified codes pass, the day."""

    kind: str
    chosen: Mapping[int, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)
    decisions: Mapping[str, str] = field(default_factory=dict)
    #: What people of the same office said of names in earlier tables.
    names: Mapping[tuple[str, str], Said] = field(default_factory=dict)
    keep_unverified: bool = False
    as_of: date | None = None
    #: What counts for every row of a list of titles that does not say it itself.
    stated: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Examined:
    """The outcome: the checked rows, and what they would change in the registry as it was at `mark`."""

    book: Workbook
    checked: Checked
    difference: Difference
    mark: tuple[int, ...]
    #: By address, the names that are written otherwise or doubtful, and whom they were taken for.
    taken: Mapping[str, Taken] = field(default_factory=dict)
    #: The cells with several titles.
    several: Several = field(default_factory=Several)
    #: What a person stated of the whole list, and the list says otherwise.
    overruled: tuple[Overruled, ...] = ()
    #: Further sheets with such a table, which were not read.
    others: tuple[str, ...] = ()
    #: Ticks that say otherwise than the registry, and rows without any.
    against: Against = field(default_factory=Against)


def nobody(phase: str, share: float) -> None:
    """Tells nobody how far it is."""


def examine(
    actor: Actor,
    content: bytes,
    wishes: Wishes,
    *,
    pasted: bool = False,
    tell: Callable[[str, float], None] = nobody,
) -> Examined:
    """See the file through as `actor` would import it. Raises `TableRefused` for a file that is no table."""
    facts, pack = base_facts.dictionary(), open_pack(settings.LIANZHANG_PACK)
    kind = need_kind(wishes.kind, facts)
    tell("opening", 0.0)
    book = open_pasted(content.decode("utf-8")) if pasted else open_workbook(content)
    table = find_table(
        book,
        kind,
        facts=facts,
        remembered=wishes.remembered,
        chosen={int(index): name for index, name in wishes.chosen.items()} or None,
        stated=stated_of(kind, wishes.stated),
        words=title_words(pack),
    )
    tell("checking", 0.3)
    regions = Regions.from_pack(pack)
    checked = check_table(
        table, reference=Reference(clock.today(), regions), keep_unverified=wishes.keep_unverified
    )
    refuse_no_names(checked)
    take_names_apart(checked)
    ticks = _ticks(actor, checked)
    _within_reach(actor, checked, regions)
    _without_yearless(checked)
    checked.good = by_year(checked.good, kind)
    settle_currencies(checked)
    each_statement(checked)
    several = each_title(checked, title_words(pack)) if kind.id == "titles" else Several()
    tell("comparing", 0.6)
    mark = registry.mark()
    answers = Answers(_of_parts(wishes.decisions, checked), wishes.names)
    firms, against = Firms(answers), Against()
    known = known_side(actor, kind.id, firms, wishes.as_of)
    if isinstance(known, KnownProjects):
        refuse_homeless(actor, checked, known)
    else:
        if kind.id != "enterprises":
            refuse_strangers(checked, known)
        refuse_out_of_reach(actor, checked, known, verb=WRITES.get(kind.id, "enterprise.change"))
        against = meet_records(actor, checked, ticks, known, firms)
        refuse_repeated(checked, known)
        refuse_backwards(checked)
    difference = compare(checked, known, same=SAME, additions_are_new=kind.id == "figures")
    tell("compared", 1.0)
    return Examined(
        book, checked, difference, mark, answers.taken, several, table.overruled, table.others, against
    )


def _of_parts(decisions: Mapping[str, str], checked: Checked) -> dict[str, str]:
    """What a person said of a row goes for each row that it was taken apart into."""
    said = {str(part): decisions.get(str(row), "") for part, row in checked.parts.items()}
    return {**decisions, **{part: answer for part, answer in said.items() if answer}}


def _within_reach(actor: Actor, checked: Checked, regions: Regions) -> None:
    """A county officer writes about the own county only; a row that names none is about it."""
    verb = VERBS[WRITES.get(checked.kind.id, "enterprise.add")]
    if verb.scopes.get(actor.role) is not Scope.own_county or "county" not in checked.kind:
        return
    own = actor.region_code or ""
    if "county" not in checked.good.columns:
        checked.good = checked.good.with_columns(pl.lit(own).alias("county"))
    strange = checked.good.filter(pl.col("county").is_not_null() & (pl.col("county") != own))
    region = regions.by_code(own)
    name = region.name if region else own
    checked.refuse_rows(
        strange["row"].to_list(),
        "county",
        reason(
            "other_county",
            f"这家企业不在本县（市、区）；您只能导入{name}的企业。",
            f"This enterprise lies in another county; you may import those of {name} only.",
        ),
    )
    checked.good = checked.good.with_columns(pl.col("county").fill_null(own))


def _ticks(actor: Actor, checked: Checked) -> Ticks:
    """The ticked titles; who may not enter titles brings a table of enterprises without them."""
    if checked.kind.id not in WRITES and VERBS["enterprise.title"].scopes.get(actor.role) is None:
        keys = {column.key for column in checked.columns if column.field == TICKED}
        checked.good = checked.good.drop(keys & set(checked.good.columns))
        checked.columns = tuple(
            replace(column, why="not yours") if column.field == TICKED else column
            for column in checked.columns
        )
        return Ticks()
    return take_ticks(checked)


def _without_yearless(checked: Checked) -> None:
    """Figures whose year nobody said are checked, shown as left out, and not kept."""
    dropped = {column.key for column in checked.columns if column.why == "no year"}
    names = [name for name in checked.good.columns if name.rstrip("~") in dropped]
    checked.good = checked.good.drop(names)
