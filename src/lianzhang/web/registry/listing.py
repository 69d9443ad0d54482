"""The list of enterprises: filters, order, and what is shown of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When, Window
from django.db.models.functions import Coalesce, FirstValue

from lianzhang.casework import Actor
from lianzhang.kernel import clock
from lianzhang.web.registry import queries, titles
from lianzhang.web.registry.current import newest_of, standings
from lianzhang.web.registry.models import Enterprise, EnterpriseValue, SavedView, ValueChoice
from lianzhang.web.registry.search_keys import normal_query, query_forms

#: The enterprise for which a row counts.
_HEAD = Coalesce("enterprise__merged_into_id", "enterprise_id")
#: The mark of enterprises whose county nobody knows.
NO_COUNTY = "-"


def listed(actor: Actor, wanted: dict[str, Any]) -> QuerySet[Enterprise]:
    """Visible enterprises narrowed by `words`, `county`, `industry`, `title`, `chain`, `doubt`, `samples`.

    Each word is looked for in all names, their pinyin and its initials, in codes and products, and among the
    ids of what was merged. Those of which a name begins with the words come first.
    """
    # Needed here alone: a server that lists nothing does not load what reading needs.
    from lianzhang.reading.script import simplify

    rows = queries.visible_to(actor).select_related("recording")
    words = normal_query(simplify(str(wanted.get("words") or "")))
    for word in words.split():
        said = Q()
        for form in query_forms(word):
            said |= Q(search__contains=form)
        rows = rows.filter(
            said
            | Q(products__icontains=word)
            | Q(pk__iexact=word)
            | Q(pk__in=Enterprise.objects.filter(pk__iexact=word).values("merged_into"))
        )
    if county := wanted.get("county"):
        rows = rows.filter(region="" if county == NO_COUNTY else county)
    if industry := wanted.get("industry"):
        rows = rows.filter(
            Q(industry_codes__startswith=industry) | Q(industry_codes__contains=f" {industry}")
        )
    if title := wanted.get("title"):
        rows = rows.filter(pk__in=_holding(title))
    if chain := wanted.get("chain"):
        rows = rows.filter(_on_chain(chain))
    if doubt := wanted.get("doubt"):
        rows = rows.filter(doubt=doubt)
    if samples := wanted.get("samples"):
        rows = rows.filter(sample=samples == "only")
    if not words:
        return rows.order_by("sample", "search", "pk")
    first = words.split()[0]
    near = Case(
        When(Q(search__startswith=first) | Q(search__contains=f"\n{first}"), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return rows.order_by(near, "sample", "search", "pk")


def _holding(title: str) -> QuerySet[Any, str]:
    rows = titles.holdings_in_force().filter(title=title).prefetch_related(None)
    return rows.values_list(_HEAD, flat=True)


def _on_chain(chain: str) -> Q:
    """The enterprises whose chains, as they count now, hold this one; told without asking firm by firm."""
    said = EnterpriseValue.objects.filter(fact="chains", **queries.IN_FORCE).annotate(head=_HEAD)
    chosen = ValueChoice.objects.filter(fact="chains").annotate(head=_HEAD)
    counting = Window(
        FirstValue("text"),
        partition_by=F("head"),
        order_by=[F("period_end").desc(nulls_last=True), F("as_of").desc(), F("pk").desc()],
    )
    latest = said.exclude(head__in=chosen.values("head")).annotate(counting=counting)
    # What people chose is little, and which value counts then is told in one place.
    settled = queries.by_head(said.filter(head__in=chosen.values("head")).select_related("recording"))
    choices = queries.by_head(chosen)
    holding = [
        head
        for head, rows in settled.items()
        if chain in newest_of(standings(rows, choices[head]))["chains"].current.text.split("\n")
    ]
    return Q(pk__in=latest.filter(_has_line("counting", chain)).values("head")) | Q(pk__in=holding)


def _has_line(column: str, line: str) -> Q:
    """Whether a text of one item a line has this one."""
    return (
        Q(**{column: line})
        | Q(**{f"{column}__startswith": f"{line}\n"})
        | Q(**{f"{column}__endswith": f"\n{line}"})
        | Q(**{f"{column}__contains": f"\n{line}\n"})
    )


def title_names() -> list[str]:
    """All titles that any enterprise was ever given, most frequent words first by name."""
    rows = titles.holdings_in_force().prefetch_related(None).order_by("title")
    return list(rows.values_list("title", flat=True).distinct())


def titles_of(ids: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    """For each enterprise its titles with their state today, for one page of the list."""
    today, found = clock.today(), defaultdict(list)
    wanted = list(ids)
    rows = titles.holdings_in_force().filter(Q(enterprise__in=wanted) | Q(enterprise__merged_into__in=wanted))
    for row in rows.annotate(head=_HEAD):
        entry = (row.title, titles.state_on(row, today))
        if entry not in found[row.head]:
            found[row.head].append(entry)
    return found


def views_of(actor: Actor) -> list[SavedView]:
    """The filters that the actor keeps under a name."""
    return list(SavedView.objects.filter(person=actor.person_id)) if actor.person_id else []
