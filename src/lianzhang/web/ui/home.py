"""Where each role begins its day."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

#: Those who look at chains first; everyone else begins with the bulletins.
_CHAIN_FIRST = frozenset({"chief", "chain_officer", "analyst", "institute_contact", "bank_contact"})


def address_for(actor: Any) -> str:
    """The first page of this actor."""
    role = str(getattr(actor.role, "value", actor.role))
    if role in _CHAIN_FIRST:
        chains = sorted(actor.chains)
        if len(chains) == 1:
            return reverse("chains:chain", args=[chains[0]])
        return reverse("chains:list")
    return reverse("bulletins:list")
