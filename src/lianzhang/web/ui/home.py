"""Where each role begins its day."""

from __future__ import annotations

from django.urls import NoReverseMatch, reverse

from lianzhang.casework import Actor, Role, may_ever

#: Those whose day begins with a chain.
_CHAIN_FIRST = frozenset({Role.chief, Role.analyst})
#: Everybody else begins with the first of these that is among their duties.
_THEN = (
    ("desk.see", "desk:home"),
    ("correction.propose", "registry:own"),
    ("bulletin.see", "bulletins:list"),
    ("chain.see", "chains:list"),
    ("person.see", "people:people"),
    ("journal.see", "journal:list"),
)


def address_for(actor: Actor) -> str:
    """The first page of this actor; the help page for somebody without any post."""
    if actor.role in _CHAIN_FIRST:
        named = sorted(actor.chains - {"*"})
        return reverse("chains:chain", args=named) if len(named) == 1 else reverse("chains:list")
    for verb, name in _THEN:
        if may_ever(actor, verb).allowed:
            try:
                return reverse(name)
            except NoReverseMatch:
                continue
    return reverse("ui:help")
