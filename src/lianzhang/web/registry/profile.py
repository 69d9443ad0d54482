"""Everything about one enterprise, put together for its page: each value with source, date and what it replaced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q

from lianzhang.casework import Actor, may
from lianzhang.kernel import Period, clock
from lianzhang.kernel.fact import Fact, FactPeriod, Sensitivity
from lianzhang.web.registry import queries, titles
from lianzhang.web.registry.base_facts import BASE_FACTS, dictionary
from lianzhang.web.registry.current import Standing, newest_of, standings
from lianzhang.web.registry.models import (
    BrandListing,
    Contact,
    Correction,
    Enterprise,
    EnterpriseName,
    EnterpriseValue,
    ExportRecord,
    Recording,
    SupplyLink,
    TitleChange,
    TitleHolding,
)
from lianzhang.web.registry.same_titles import Double, OneTitle, as_one, doubles_of


@dataclass(frozen=True, slots=True)
class Held:
    """One fact with the value that counts. `hidden` when it is not for the reader's eyes."""

    fact: Fact
    standing: Standing | None
    hidden: bool = False

    @property
    def current(self) -> Any:
        """The value that counts; None while nobody said."""
        return self.standing.current if self.standing and not self.hidden else None

    @property
    def earlier(self) -> tuple[Any, ...]:
        """What else was said, newest first."""
        return self.standing.others if self.standing and not self.hidden else ()


@dataclass(frozen=True, slots=True)
class Yearly:
    """One fact over the years; `cells` stand under `Profile.years`."""

    fact: Fact
    cells: tuple[Held | None, ...]


@dataclass
class Profile:
    """What the page of an enterprise shows to one reader on one day."""

    enterprise: Enterprise
    day: date
    base: list[Held]
    topics: list[tuple[str, list[Held]]]
    years: list[str]
    yearly: list[Yearly]
    names: list[Any] = field(default_factory=list)
    titles: list[tuple[Any, str]] = field(default_factory=list)
    #: The same, rows that tell of one title taken together.
    once: list[tuple[OneTitle, str]] = field(default_factory=list)
    brands: list[Any] = field(default_factory=list)
    exports: list[Any] = field(default_factory=list)
    purchases: list[Any] = field(default_factory=list)
    sales: list[Any] = field(default_factory=list)
    contacts: list[Any] = field(default_factory=list)
    #: Whom one called before, the latest first.
    earlier_contacts: list[Any] = field(default_factory=list)
    recordings: list[Any] = field(default_factory=list)
    aliases: list[Any] = field(default_factory=list)
    corrections: list[Any] = field(default_factory=list)
    clashes: int = 0
    #: The days from which each dated statement is known, whatever day is shown.
    starts: list[date] = field(default_factory=list)
    #: Ids at the other ends of supply links whose records the reader may open.
    open_ends: frozenset[str] = frozenset()

    @property
    def valid_titles(self) -> int:
        """Titles known to be valid on the day."""
        return sum(state == titles.VALID for _, state in self.once)

    @property
    def undated_titles(self) -> int:
        """Titles of which nobody stated an end."""
        return sum(state == titles.UNKNOWN for _, state in self.once)

    @property
    def name_then(self) -> str:
        """What it was called on the day, where that is known and is not what it is called now."""
        kinds = (EnterpriseName.Kind.REGISTERED, EnterpriseName.Kind.FORMER)
        borne = [
            (row.ends, row.name)
            for row in self.names
            if row.ends is not None and row.kind in kinds and (row.starts or date.min) <= self.day <= row.ends
        ]
        # Of names whose beginning nobody stated the one that ended first came first.
        return min(borne)[1] if borne else ""

    @property
    def doubles(self) -> dict[int, Double]:
        """By its key each row that seems to tell once more of a title, or was judged on that."""
        found = doubles_of([title for title, _ in self.once])
        return {double.row.pk: double for double in reversed(found)}


def profile_of(actor: Actor, enterprise: Enterprise, *, on: date | None = None) -> Profile:
    """The profile as it stood on a day (today without one), for this reader."""
    day = on or clock.today()
    ids = queries.cluster_of([enterprise.pk])
    said = list(queries.values_of(ids))
    values = [row for row in said if on is None or _known(row, day)]
    found = standings(values, queries.choices_of(ids) if on is None else ())
    sees_all = may(actor, "enterprise.see_restricted", queries.subject_of(enterprise, actor)).allowed
    latest = newest_of(found)

    def held(fact: Fact, standing: Standing | None) -> Held:
        return Held(fact, standing, hidden=_is_restricted(fact) and not sees_all)

    facts = dictionary()
    rest = [fact for fact in facts.values() if fact.name not in BASE_FACTS and fact.name in latest]
    years = sorted({period for fact, period in found if _is_yearly(facts, fact)}, reverse=True)[:6][::-1]
    page = Profile(
        enterprise=enterprise,
        day=day,
        base=[held(facts[name], latest.get(name)) for name in BASE_FACTS if name in facts],
        topics=_by_topic(
            held(fact, latest[fact.name]) for fact in rest if fact.period is not FactPeriod.YEAR
        ),
        years=years,
        yearly=[
            Yearly(
                fact,
                tuple(
                    held(fact, found[fact.name, year]) if (fact.name, year) in found else None
                    for year in years
                ),
            )
            for fact in rest
            if fact.period is FactPeriod.YEAR
        ],
        clashes=sum(standing.clashing for standing in found.values()),
        starts=[_start(row) for row in said],
    )
    _add_records(page, ids, on=on)
    if not sees_all:
        page.corrections = [row for row in page.corrections if not _is_restricted(facts.get(row.fact))]
    page.open_ends = _open_ends(actor, page)
    return page


def _is_restricted(fact: Fact | None) -> bool:
    return fact is not None and fact.sensitivity is Sensitivity.RESTRICTED


def _open_ends(actor: Actor, page: Profile) -> frozenset[str]:
    ends = [link.supplier for link in page.purchases] + [link.buyer for link in page.sales]
    heads = {end.pk: end.merged_into_id or end.pk for end in ends if end is not None}
    open_heads = set(queries.visible_to(actor).filter(pk__in=heads.values()).values_list("pk", flat=True))
    return frozenset(pk for pk, head in heads.items() if head in open_heads)


def _known(row: Any, day: date) -> bool:
    return _start(row) <= day


def _start(row: Any) -> date:
    """The first day on which a dated statement says something: its period is over and its source has spoken."""
    start: date = max(row.as_of, row.period_end or row.as_of)
    return start


def _begun(period: str) -> date:
    return Period.parse(period).start


def _is_yearly(facts: Any, name: str) -> bool:
    return name in facts and facts[name].period is FactPeriod.YEAR


def _by_topic(rows: Iterable[Held]) -> list[tuple[str, list[Held]]]:
    grouped: dict[str, list[Held]] = {}
    for row in rows:
        grouped.setdefault(row.fact.topic, []).append(row)
    return list(grouped.items())


def _at(enterprise: Enterprise, end: str, ids: Sequence[str]) -> Q:
    """The links at this end: entered so, or by the name that the enterprise alone has, before it was here."""
    here = Q(**{f"{end}__in": ids})
    if queries.every().filter(name=enterprise.name).count() == 1:
        here |= Q(**{end: None, f"{end}_name": enterprise.name})
    return here


def _add_records(page: Profile, ids: Sequence[str], *, on: date | None) -> None:
    of_firm = {"enterprise__in": ids, **queries.STANDING}
    names = EnterpriseName.objects.filter(**of_firm)
    page.names = [
        row
        for row in names.select_related("recording")
        if on is None or row.starts is None or row.starts <= on
    ]
    holdings = titles.holdings_in_force().filter(enterprise__in=ids).select_related("recording")
    states = [(row, titles.state_on(row, page.day)) for row in holdings]
    page.titles = [(row, state) for row, state in states if on is None or state != titles.NOT_YET]
    counted = as_one([row for row, _ in page.titles])
    page.once = [(title, titles.state_on(title, page.day)) for title in counted]
    page.starts += [row.awarded_from for row, _ in states if row.awarded_from]
    brands = list(BrandListing.objects.filter(**of_firm).select_related("recording"))
    page.brands = [row for row in brands if on is None or not row.listed or _begun(row.listed) <= on]
    page.starts += [_begun(row.listed) for row in brands if row.listed]
    exports = list(ExportRecord.objects.filter(**of_firm).select_related("recording"))
    page.exports = [row for row in exports if on is None or _known(row, on)]
    links = SupplyLink.objects.filter(**queries.STANDING).select_related(
        "recording", "buyer__merged_into", "supplier__merged_into"
    )
    bought, sold = (list(links.filter(_at(page.enterprise, end, ids))) for end in ("buyer", "supplier"))
    page.starts += [_start(row) for row in (*exports, *bought, *sold)]
    page.purchases = [row for row in bought if on is None or _known(row, on)]
    page.sales = [row for row in sold if on is None or _known(row, on)]
    _add_contacts(page, on=on)
    page.aliases = list(Enterprise.objects.filter(merged_into=page.enterprise))
    page.corrections = list(
        Correction.objects.filter(enterprise__in=ids)
        .select_related("proposed_by", "decided_by")
        .order_by("-proposed_at")
    )
    page.recordings = list(
        Recording.objects.filter(pk__in=_writings(ids)).select_related("recorded_by").order_by("-pk")[:50]
    )


def _add_contacts(page: Profile, *, on: date | None) -> None:
    for row in queries.contacts_told([page.enterprise.pk]):
        page.starts.append(row.since)
        if row.held_on(on) if on else row.superseded is None:
            page.contacts.append(row)
        elif row.until is not None and row.until <= page.day:
            page.earlier_contacts.append(row)
    page.earlier_contacts.sort(key=lambda row: (row.until, row.pk), reverse=True)


def _writings(ids: Sequence[str]) -> set[int]:
    """Every act of writing that touched these records, those included that corrected or took something back."""
    own: dict[str, Any] = {"enterprise__in": ids}
    tables: list[tuple[Any, dict[str, Any]]] = [
        *((model, own) for model in (EnterpriseName, EnterpriseValue, TitleHolding)),
        (TitleChange, {"holding__enterprise__in": ids}),
        *((model, own) for model in (BrandListing, ExportRecord, Contact)),
        *((SupplyLink, {f"{end}__in": ids}) for end in ("buyer", "supplier")),
    ]
    touched: set[int] = set()
    # One table at a time: joined together, an import of twenty thousand firms would be looked at row by row.
    for model, which in tables:
        rows = model.objects.filter(**which).order_by()
        touched.update(rows.values_list("recording", flat=True).distinct())
        if model in queries.SINGLE_RECORDS.values():
            replaced = rows.exclude(superseded=None)
            touched.update(replaced.values_list("superseded", flat=True).distinct())
    return touched
