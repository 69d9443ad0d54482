"""Which firm an officer means: a record of the registry, an organisation with accounts, or both."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from lianzhang.casework import Actor
from lianzhang.web.people.queries import directory
from lianzhang.web.registry import queries as registry
from lianzhang.web.registry.resolving import resolved

_CODE = re.compile(r"^[0-9A-Z]{18}$")
_REGION = re.compile(r"^\d{6}$")


@dataclass(frozen=True, slots=True)
class Firm:
    """One firm. `organisation` is None while nobody of it has an account, `enterprise` while it is not linked."""

    organisation: Any = None
    enterprise: Any = None

    @property
    def name(self) -> str:
        """What it is called."""
        return str((self.enterprise or self.organisation).name)

    @property
    def region_code(self) -> str:
        """The county of the organisation, else of the record; empty when neither says."""
        if self.organisation is not None and self.organisation.region_code:
            return str(self.organisation.region_code)
        region = self.enterprise.region if self.enterprise is not None else ""
        return region if _REGION.match(region) else ""

    @property
    def chains(self) -> list[str]:
        """Chains its organisation names."""
        return list(self.organisation.chains) if self.organisation is not None else []


def firm_of(organisation: Any) -> Firm:
    """The firm of an organisation, with the record that it is linked with."""
    return Firm(organisation, getattr(organisation, "enterprise", None) if organisation is not None else None)


def firm_of_record(actor: Actor, enterprise_id: str) -> Firm | None:
    """The firm of a record of the registry; None when the actor may not see it or there is none."""
    record = registry.one(actor, enterprise_id)
    return Firm(record.organisation, record) if record is not None else None


def meant(actor: Actor, words: str) -> tuple[Firm | None, list[Firm]]:
    """The firm that the words surely mean, or None and those they may mean.

    Words are a public id, a unified credit code, the name of an organisation, or any name of an enterprise.
    Only firms that the actor may see are found.
    """
    words = words.strip()
    if (known := firm_of_record(actor, words)) is not None:
        return known, []
    if _CODE.match(words.upper()):
        rows = registry.visible_to(actor).select_related("organisation").filter(credit_code=words.upper())
        found = [Firm(row.organisation, row) for row in rows[:8]]
        return (found[0], []) if len(found) == 1 else (None, found)
    named = directory("enterprise").filter(name=words)
    if actor.role == "county_officer":
        named = named.filter(region_code=actor.region_code)
    if (organisation := named.select_related("enterprise").first()) is not None:
        return firm_of(organisation), []
    answer = resolved(words)
    if answer.enterprise is not None:
        return firm_of_record(actor, answer.enterprise.pk), []
    seen = (firm_of_record(actor, row.pk) for row, _ in answer.candidates[:8])
    return None, [firm for firm in seen if firm is not None]
