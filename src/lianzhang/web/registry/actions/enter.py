"""Write what one source says about enterprises: new ones, names, values, titles, exports, supply links."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import islice
from types import SimpleNamespace
from typing import Any

from django.db import models, transaction

from lianzhang.casework import Actor, Subject, may
from lianzhang.kernel import LianzhangError, Period, Text, clock
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.registry import base_facts, queries
from lianzhang.web.registry.actions.bulk import insert
from lianzhang.web.registry.actions.contacts import enter_contacts
from lianzhang.web.registry.actions.hold import refuse_withdrawn, share
from lianzhang.web.registry.actions.refresh import raise_version, refresh
from lianzhang.web.registry.actions.renew import Renewal
from lianzhang.web.registry.actions.titles_told import enter_titles
from lianzhang.web.registry.current import columns_of
from lianzhang.web.registry.entries import Entries, Source, ValueEntry
from lianzhang.web.registry.models import (
    BrandListing,
    Enterprise,
    EnterpriseName,
    EnterpriseValue,
    ExportRecord,
    Recording,
    SupplyLink,
)

#: Rows built and handed to the database at a time, so that a large import stays small in memory.
_AT_ONCE = 2000
#: Writings with at most this many entries are told in full in the journal; larger ones by their numbers.
_TOLD_IN_FULL = 30


@dataclass(frozen=True, slots=True)
class Entered:
    """What was written: the recording, and how many rows of each kind."""

    recording: Recording
    counts: dict[str, int]


class UnknownEnterprise(LianzhangError):
    """An entry names an enterprise that the registry does not have."""


def enter(
    actor: Actor,
    entries: Entries,
    *,
    source: Source,
    verb: str = "enterprise.change",
    renew: bool = False,
) -> Entered:
    """Store everything in `entries` as said by `source`, in one transaction with one journal record.

    Nothing is overwritten: a value on the same fact and period stands beside the earlier ones, and which of
    them counts follows from their dates and from officers' choices. Asks `enterprise.add` for new ones and
    `verb` for the others. Raises `UnknownEnterprise` for an id that is not there and `FactError` for a value that
    the dictionary does not allow; nothing is stored then. With `renew`, exports, supply links and contacts take
    the place of earlier records of the same thing.
    """
    for entry in entries.values:
        base_facts.value_of(entry)
    with transaction.atomic():
        known = _known(actor, entries, verb=verb)
        recording = Recording.objects.create(
            kind=source.kind,
            source=source.name[:200],
            as_of=source.as_of,
            recorded_by_id=actor.person_id,
            batch=source.batch,
        )
        day = source.as_of or clock.today()
        renewal = Renewal(entries) if renew else None
        entries = renewal.of(entries) if renewal else entries
        _create_new(entries, recording, day)
        _create_rows(entries, recording, day)
        closed = enter_contacts(entries.contacts, recording, day, renew=renew)
        if renewal is not None:
            renewal.take_places(recording)
        refresh(_listed_anew(entries) & known, bump=True)
        raise_version(known - _listed_anew(entries))
        counts = _counts(entries)
        record(
            actor,
            "enterprise.enter",
            f"recording:{recording.pk}",
            after={
                "source": recording.source,
                "kind": recording.kind,
                "batch": source.batch,
                "counts": counts,
                **({"contacts_closed": closed[:_TOLD_IN_FULL]} if closed else {}),
                **_told(entries, sum(counts.values())),
            },
        )
    return Entered(recording, counts)


def _known(actor: Actor, entries: Entries, *, verb: str) -> set[str]:
    """The ids of stored enterprises spoken of, each permitted."""
    new = {entry.id for entry in entries.new}
    ids = entries.enterprises() - new
    share(ids)
    rows = queries.stored(ids)
    missing = sorted(ids - rows.keys())
    refuse_withdrawn(missing[:1])
    if missing:
        raise UnknownEnterprise(
            Text(f"企业库中没有编号 {missing[0]}。", f"The registry has no enterprise {missing[0]}."),
            Text("请核对编号后重新提交。", "Check the id and submit again."),
        )
    alone = replace(entries, supply=()).enterprises()
    for subject in {_subject(row) for pk, row in rows.items() if pk in alone}:
        require_for(actor, verb, subject)
    # A supply link belongs to both ends: whoever may write about one of them may write it down.
    for ends in {
        tuple(_subject(rows[pk]) for pk in (link.buyer, link.supplier) if pk in rows)
        for link in entries.supply
    }:
        if ends and not any(may(actor, verb, subject).allowed for subject in ends):
            require_for(actor, verb, ends[0])
    regions = {entry.enterprise: entry.text for entry in entries.values if entry.fact == base_facts.COUNTY}
    for region in {regions.get(entry, "") for entry in new}:
        require_for(actor, "enterprise.add", Subject(kind="enterprise", region_code=region or None))
    return ids


def _subject(row: Enterprise) -> Subject:
    return Subject(kind="enterprise", region_code=row.region or None, enterprise=row.organisation_id)


def _listed_anew(entries: Entries) -> set[str]:
    """The enterprises about which something is said that lists repeat."""
    said = {entry.enterprise for entry in entries.values if entry.fact in queries.LISTED_FACTS}
    return said | {entry.enterprise for entry in entries.names}


def _create_new(entries: Entries, recording: Recording, day: date) -> None:
    if not entries.new:
        return
    new = {entry.id for entry in entries.new}
    names: dict[str, list[EnterpriseName]] = defaultdict(list)
    for name in entries.names:
        if name.enterprise in new:
            names[name.enterprise].append(EnterpriseName(name=name.name, kind=name.kind, ends=name.ends))
    values: dict[str, list[Any]] = defaultdict(list)
    for place, value in enumerate(entries.values):
        if value.enterprise in new and value.fact in queries.LISTED_FACTS:
            values[value.enterprise].append(_said(value, recording, day, pk=place))

    def build() -> Iterable[Enterprise]:
        for entry in entries.new:
            own = [EnterpriseName(name=entry.name, kind=entry.name_kind), *names[entry.id]]
            yield Enterprise(
                id=entry.id,
                doubt=entry.doubt,
                remark=entry.remark[:300],
                sample=entry.sample,
                recording=recording,
                **columns_of(own, values[entry.id], name=entry.name),
            )

    _store(Enterprise, build())
    own = (
        (entry.id, entry.name, entry.name_kind, None, None, entry.doubt, recording.pk)
        for entry in entries.new
    )
    insert(EnterpriseName, _NAME_COLUMNS, own)


def _create_rows(entries: Entries, recording: Recording, day: date) -> None:
    names = (
        (name.enterprise, name.name, name.kind, name.starts, name.ends, name.doubt, recording.pk)
        for name in entries.names
    )
    insert(EnterpriseName, _NAME_COLUMNS, names)
    insert(
        EnterpriseValue, _VALUE_COLUMNS, (_value_row(entry, recording.pk, day) for entry in entries.values)
    )
    enter_titles(entries.titles, recording, day)
    _store(BrandListing, (BrandListing(**_columns(entry), recording=recording) for entry in entries.brands))
    _store(ExportRecord, (_dated(ExportRecord, entry, recording, day) for entry in entries.exports))
    _store(SupplyLink, (_supply(entry, recording, day) for entry in entries.supply))


def _store(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    rows = iter(rows)
    while chunk := list(islice(rows, _AT_ONCE)):
        model._default_manager.bulk_create(chunk)


def _columns(entry: Any) -> dict[str, Any]:
    columns = asdict(entry)
    columns["enterprise_id"] = columns.pop("enterprise")
    return columns


_NAME_COLUMNS = ("enterprise", "name", "kind", "starts", "ends", "doubt", "recording")
_VALUE_COLUMNS = (
    "enterprise",
    "fact",
    "period",
    "period_end",
    "number",
    "low",
    "high",
    "text",
    "unit",
    "qualifier",
    "doubt",
    "as_of",
    "recording",
)


def _value_row(entry: ValueEntry, recording: int, day: date) -> tuple[Any, ...]:
    """One value in the order of `_VALUE_COLUMNS`."""
    return (
        entry.enterprise,
        entry.fact,
        entry.period,
        _end(entry.period),
        entry.number,
        entry.low,
        entry.high,
        entry.text,
        entry.unit,
        entry.qualifier,
        entry.doubt,
        entry.as_of or day,
        recording,
    )


def _said(entry: ValueEntry, recording: Recording, day: date, *, pk: int) -> SimpleNamespace:
    """The value as the computation of columns looks at it, before it is a row."""
    return SimpleNamespace(
        pk=pk,
        fact=entry.fact,
        period=entry.period,
        period_end=_end(entry.period),
        number=entry.number,
        low=entry.low,
        high=entry.high,
        text=entry.text,
        unit=entry.unit,
        qualifier=entry.qualifier,
        as_of=entry.as_of or day,
        recording=recording,
    )


def _dated(model: Any, entry: Any, recording: Recording, day: date) -> Any:
    columns = _columns(entry) | {"as_of": entry.as_of or day}
    return model(**columns, period_end=_end(entry.period), recording=recording)


def _supply(entry: Any, recording: Recording, day: date) -> SupplyLink:
    columns = asdict(entry) | {"as_of": entry.as_of or day}
    columns["buyer_id"], columns["supplier_id"] = columns.pop("buyer"), columns.pop("supplier")
    return SupplyLink(**columns, period_end=_end(entry.period), recording=recording)


def _end(period: str) -> date | None:
    """The last day of a period."""
    return _parsed_end(period) if period else None


@lru_cache(maxsize=1000)
def _parsed_end(period: str) -> date:
    # A large import names the same few periods again and again.
    return Period.parse(period).end


def _counts(entries: Entries) -> dict[str, int]:
    groups: dict[str, Sequence[Any]] = {
        "new": entries.new,
        "names": entries.names,
        "values": entries.values,
        "titles": entries.titles,
        "brands": entries.brands,
        "exports": entries.exports,
        "supply": entries.supply,
        "contacts": entries.contacts,
    }
    return {name: len(rows) for name, rows in groups.items() if rows}


def _told(entries: Entries, total: int) -> dict[str, Any]:
    """The entries themselves where they are few; without telephone numbers, which stay sealed."""
    if total > _TOLD_IN_FULL:
        facts = Counter(entry.fact for entry in entries.values)
        return {"facts": dict(facts), "enterprises": len(entries.enterprises())}
    groups = (entries.new, entries.names, entries.values, entries.titles, entries.brands, entries.exports)
    said = [_told_entry(entry) for group in (*groups, entries.supply) for entry in group]
    return {"entries": said}


def _told_entry(entry: Any) -> dict[str, Any]:
    return {key: value for key, value in asdict(entry).items() if value not in (None, "", False)}
