"""Reads of the registry. The first argument is who asks, except where rows are only compared, not shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from lianzhang.casework import VERBS, Actor, Subject
from lianzhang.casework.roles import Scope
from lianzhang.naming import Decision
from lianzhang.naming import Judgement as Judged
from lianzhang.web.facts.queries import facts_of_enterprises
from lianzhang.web.registry.base_facts import LISTED_FACTS
from lianzhang.web.registry.models import (
    BrandListing,
    Contact,
    Correction,
    Enterprise,
    EnterpriseName,
    EnterpriseValue,
    ExportRecord,
    Judgement,
    Recording,
    SupplyLink,
    TitleHolding,
    TitleJudgement,
    ValueChoice,
)

__all__ = ["IN_FORCE", "LISTED_FACTS", "STANDING", "visible_to"]

#: What was withdrawn counts no longer.
IN_FORCE = {"recording__withdrawn_at": None}
#: Nor does a single record that was corrected or taken back.
STANDING = {**IN_FORCE, "superseded": None}


def every() -> QuerySet[Enterprise]:
    """All enterprises in force, each once: the merged ones stand behind their head."""
    return Enterprise.objects.filter(merged_into=None, **IN_FORCE)


def visible_to(actor: Actor) -> QuerySet[Enterprise]:
    """The enterprises that `actor` may see: the same answer as `may(actor, "enterprise.see", …)` for each."""
    return every().filter(reach(actor))


def reach(actor: Actor) -> Q:
    """The condition on enterprises that the actor's role and post put."""
    scope = VERBS["enterprise.see"].scopes.get(actor.role)
    if scope is Scope.everywhere:
        return Q()
    if scope is Scope.own_county and actor.region_code:
        return Q(region=actor.region_code)
    if scope is Scope.own_enterprise and actor.organisation_id:
        own = Enterprise.objects.filter(organisation=actor.organisation_id, **IN_FORCE)
        return Q(pk__in=own.annotate(head=Coalesce("merged_into_id", "pk")).values("head"))
    return Q(pk__in=[])


def subject_of(enterprise: Enterprise, actor: Actor) -> Subject:
    """The enterprise as permission sees it: whoever belongs to one of its merged records belongs to it."""
    organisation = enterprise.organisation_id
    if actor.organisation_id and str(organisation) != actor.organisation_id:
        group = Enterprise.objects.filter(pk__in=cluster_of([enterprise.pk]))
        if group.filter(organisation=actor.organisation_id).exists():
            organisation = actor.organisation_id
    return Subject(
        kind="enterprise",
        id=enterprise.pk,
        region_code=enterprise.region or None,
        enterprise=organisation,
    )


def one(actor: Actor, enterprise_id: str) -> Enterprise | None:
    """One visible enterprise by its public id. An alias gives the enterprise it is merged into."""
    head = Enterprise.objects.filter(pk=enterprise_id).values_list("merged_into_id", flat=True).first()
    return (
        visible_to(actor).select_related("recording", "organisation").filter(pk=head or enterprise_id).first()
    )


def own(actor: Actor) -> Enterprise | None:
    """The enterprise of an enterprise user; None for everybody else and while nobody has linked the two."""
    if actor.organisation_kind != "enterprise":
        return None
    return visible_to(actor).select_related("recording", "organisation").first()


def stored(ids: Iterable[str]) -> dict[str, Enterprise]:
    """Enterprises in force by id, merged ones too, for comparing; not for showing."""
    wanted, found = sorted(set(ids)), {}
    for start in range(0, len(wanted), 500):
        rows = Enterprise.objects.filter(pk__in=wanted[start : start + 500], **IN_FORCE)
        found.update({row.pk: row for row in rows})
    return found


def cluster_of(ids: Iterable[str]) -> list[str]:
    """The ids of all records that are one with any of these, themselves included."""
    wanted = set(ids)
    rows = Enterprise.objects.filter(pk__in=wanted).values_list("merged_into_id", flat=True)
    top = wanted | {head for head in rows if head}
    group = Enterprise.objects.filter(Q(pk__in=top) | Q(merged_into__in=top))
    return sorted(group.values_list("pk", flat=True))


def judged_around(ids: Iterable[str]) -> list[Judged]:
    """The latest judgement on each pair that is connected with these ids by judgements of `same`."""
    members = set(ids)
    while True:
        rows = Judgement.objects.filter(Q(left__in=members) | Q(right__in=members)).order_by("pk")
        # The latest row counts, whatever a clock that was put back says.
        latest = {(row.left_id, row.right_id): row for row in rows}
        same = (pair for pair, row in latest.items() if row.decision == Judgement.Decision.SAME)
        further = {pk for pair in same for pk in pair} - members
        if not further:
            return [
                Judged(row.left_id, row.right_id, Decision(row.decision), by=str(row.by_id), at=row.at)
                for row in latest.values()
            ]
        members |= further


def mark() -> tuple[int, ...]:
    """A mark that changes with every writing, undoing, merging and choosing, whoever does it."""
    recordings = Recording.objects.all()
    withdrawn = recordings.exclude(withdrawn_at=None)
    decided = (Judgement.objects, TitleJudgement.objects, ValueChoice.objects)
    return tuple(rows.count() for rows in (recordings, withdrawn, *decided))


def heads_of(ids: Iterable[str]) -> dict[str, str]:
    """For enterprises in force what they are now: themselves, or the one that they are merged into."""
    wanted, found = sorted(set(ids)), {}
    for start in range(0, len(wanted), 500):
        rows = Enterprise.objects.filter(pk__in=wanted[start : start + 500], **IN_FORCE)
        found.update({pk: head or pk for pk, head in rows.values_list("pk", "merged_into_id")})
    return found


def names_of(ids: Iterable[str]) -> dict[str, str]:
    """Names by id, aliases too, for the journal and for sentences."""
    return dict(Enterprise.objects.filter(pk__in=list(ids)).values_list("pk", "name"))


def values_of(ids: Iterable[str], facts: Iterable[str] | None = None) -> QuerySet[EnterpriseValue]:
    """All values in force about these records, each with its recording, oldest first."""
    rows = EnterpriseValue.objects.filter(enterprise__in=list(ids), **IN_FORCE)
    if facts is not None:
        rows = rows.filter(fact__in=list(facts))
    return rows.select_related("recording__recorded_by").order_by("pk")


def newest_on(correction: Correction) -> int:
    """The id of the newest value in force of what a correction is about; 0 where nobody said anything."""
    rows = values_of(cluster_of([correction.enterprise_id]), [correction.fact])
    return max(rows.filter(period=correction.period).values_list("pk", flat=True), default=0)


def values_of_heads(heads: Iterable[str]) -> QuerySet[EnterpriseValue]:
    """All values in force about these enterprises and what is merged into them, each with its `head`."""
    return of_heads(EnterpriseValue.objects.filter(**IN_FORCE), heads).select_related(
        "recording__recorded_by"
    )


def choices_of_heads(heads: Iterable[str]) -> QuerySet[ValueChoice]:
    """What officers chose about these enterprises and what is merged into them, each with its `head`."""
    return of_heads(ValueChoice.objects.all(), heads).select_related("by")


def of_heads(rows: Any, heads: Iterable[str]) -> Any:
    """Those of these rows that are about these enterprises and what is merged into them, each with its `head`."""
    wanted = list(heads)
    rows = rows.filter(Q(enterprise__in=wanted) | Q(enterprise__merged_into__in=wanted))
    return rows.annotate(head=Coalesce("enterprise__merged_into_id", F("enterprise_id"))).order_by("pk")


def by_head(rows: Iterable[Any]) -> dict[str, list[Any]]:
    """Rows that carry a `head`, by it."""
    grouped: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[row.head].append(row)
    return grouped


def choices_of(ids: Iterable[str]) -> QuerySet[ValueChoice]:
    """What officers chose about these records, oldest first."""
    return ValueChoice.objects.filter(enterprise__in=list(ids)).select_related("by").order_by("pk")


def index_rows() -> list[dict[str, Any]]:
    """For the index of names: id, name, former and short names, county, credit code of every enterprise.

    Names of merged records stand with the enterprise that they are merged into.
    """
    rows = {
        row["id"]: {**row, "former_names": [], "short_names": [], "english_names": []}
        for row in every().values("id", "name", "region", "credit_code")
    }
    lists = {"former": "former_names", "short": "short_names", "english": "english_names"}
    standing = {"names__recording__withdrawn_at": None, "names__superseded": None}
    names = Enterprise.objects.filter(**standing, **IN_FORCE).annotate(
        head=Coalesce("merged_into_id", "pk"),
        said=F("names__name"),
        sort=F("names__kind"),
        until=F("names__ends"),
    )
    for head, said, sort, until in names.order_by("names__pk").values_list("head", "said", "sort", "until"):
        row = rows.get(head)
        if row is None or not said or said == row["name"]:
            continue
        place = lists.get(sort, "former_names" if until or sort == "former" else "short_names")
        if said not in row[place]:
            row[place].append(said)
    return list(rows.values())


def contact(contact_id: int) -> Contact:
    """One contact in force; not found otherwise."""
    found = Contact.objects.select_related("enterprise").filter(pk=contact_id, **STANDING).first()
    if found is None:
        raise Http404
    return found


def facts_of(actor: Actor, enterprise: Enterprise) -> list[Any]:
    """Accepted facts of bulletins about this enterprise that the actor may see, newest first."""
    return facts_of_enterprises(actor, cluster_of([enterprise.pk]))


def contacts_of(heads: Iterable[str]) -> QuerySet[Contact]:
    """Contacts in force of these enterprises and what is merged into them, each with its `head`, oldest first."""
    rows: QuerySet[Contact] = of_heads(Contact.objects.filter(**STANDING), heads)
    return rows


def contacts_told(heads: Iterable[str]) -> QuerySet[Contact]:
    """Contacts that were in force once, with those that still are: `since` and `until` tell them apart."""
    rows: QuerySet[Contact] = of_heads(Contact.objects.filter(**IN_FORCE), heads)
    return rows.select_related("recording", "superseded")


def exports_in_force() -> QuerySet[ExportRecord]:
    """Every record of exports that stands, oldest first."""
    return ExportRecord.objects.filter(**STANDING).order_by("pk")


#: The records that are corrected one by one, by the name of their group in `Entries`.
SINGLE_RECORDS: dict[str, Any] = {
    "names": EnterpriseName,
    "brands": BrandListing,
    "exports": ExportRecord,
    "supply": SupplyLink,
    "contacts": Contact,
}


def record_of(group: str, row_id: int, ids: Iterable[str]) -> Any:
    """One standing record of any of these enterprises; None where there is none."""
    wanted = list(ids)
    own = Q(enterprise__in=wanted)
    if group == "supply":
        own = Q(buyer__in=wanted) | Q(supplier__in=wanted)
    rows = SINGLE_RECORDS[group].objects.select_related("recording")
    return rows.filter(own, pk=row_id, **STANDING).first()


def holding_of(holding_id: int, ids: Iterable[str]) -> TitleHolding | None:
    """One title of any of these enterprises; None where there is none."""
    rows = TitleHolding.objects.filter(pk=holding_id, enterprise__in=list(ids), **IN_FORCE)
    return rows.select_related("recording").first()
