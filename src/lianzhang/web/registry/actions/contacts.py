"""Contacts said anew: the one whose place they take is closed by the later word, and stays to be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from lianzhang.web.registry import queries
from lianzhang.web.registry.actions.seal import contact_columns
from lianzhang.web.registry.entries import ContactEntry
from lianzhang.web.registry.models import Contact, Enterprise, Recording
from lianzhang.web.registry.search_keys import person_key

_AT_ONCE = 500
#: Whose name nobody said.
_NAMELESS = "联系人"


@transaction.atomic
def enter_contacts(
    entries: Sequence[ContactEntry], recording: Recording, day: date, *, renew: bool
) -> list[int]:
    """Store the contacts; returns the ids of the earlier ones that count no longer.

    A contact takes the place of the one of the same name, and of the one in `instead_of`. With `renew`, as a
    table has one contact a firm, it takes that of the latest where none has its name. A number that is not said
    stays the same person's; so does a duty, with `renew`. What is older than the contact that stands does not
    close it: it is closed by it.
    """
    if not entries:
        return []
    standing, new, closed = _Standing(entries), [], []
    for entry in entries:
        before = standing.replaced_by(entry, renew=renew)
        row = Contact(**_filled(entry, before, renew=renew), recording=recording)
        newer = [one for one in before if one.since > day and one.pk != entry.instead_of]
        if newer:
            row.superseded_id = newer[-1].recording_id
        else:
            closed += [one.pk for one in before]
        new.append(row)
    for start in range(0, len(closed), _AT_ONCE):
        Contact.objects.filter(pk__in=closed[start : start + _AT_ONCE]).update(superseded=recording)
    Contact.objects.bulk_create(new, batch_size=_AT_ONCE)
    return closed


class _Standing:
    """The contacts in force of the enterprises that the entries speak of, those of merged records with them."""

    def __init__(self, entries: Iterable[ContactEntry]) -> None:
        ids = sorted({entry.enterprise for entry in entries})
        self._heads: dict[str, str] = {}
        self._there: dict[str, list[Any]] = defaultdict(list)
        for start in range(0, len(ids), _AT_ONCE):
            some = Enterprise.objects.filter(pk__in=ids[start : start + _AT_ONCE])
            heads = {pk: head or pk for pk, head in some.values_list("pk", "merged_into_id")}
            self._heads.update(heads)
            for row in queries.contacts_of(set(heads.values())).select_related("recording"):
                self._there[row.head].append(row)

    def replaced_by(self, entry: ContactEntry, *, renew: bool) -> list[Any]:
        rows = self._there[self._heads.get(entry.enterprise, entry.enterprise)]
        before = [row for row in rows if row.pk == entry.instead_of or _is_named(row, entry)]
        return before or (rows[-1:] if renew else [])


def _is_named(row: Any, entry: ContactEntry) -> bool:
    return bool(entry.name) and person_key(row.name) == person_key(entry.name)


def _filled(entry: ContactEntry, before: Sequence[Any], *, renew: bool) -> dict[str, Any]:
    """The columns of the new contact, with what it leaves blank and was said of the same person before."""
    columns = contact_columns(entry)
    person = next((row for row in reversed(before) if not entry.name or _is_named(row, entry)), None)
    if person is not None and not entry.phone:
        columns |= {"phone_sealed": person.phone_sealed, "phone_masked": person.phone_masked}
    if person is not None and renew:
        columns["duty"] = columns["duty"] or person.duty
    columns["name"] = columns["name"] or (person.name if person is not None else _NAMELESS)
    return columns
