"""A version of a list as the rules of its life see it."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from lianzhang.casework import Actor, Subject
from lianzhang.casework.measure_list import Hand, Version
from lianzhang.kernel.pack import open_pack
from lianzhang.web.measures.conditions import faults_of
from lianzhang.web.measures.models import ListVersion, MeasureList


def subject_of(measures: MeasureList, version: ListVersion | None = None) -> Subject:
    """The list as permission sees it."""
    return Subject(
        kind="measure",
        id=measures.pk,
        organisation_id=measures.owner_id,
        state=version.state if version else None,
    )


def life_of(version: ListVersion) -> Version:
    """What the steps ask about: items, faults, trial, opinions, and the version now in force."""
    items = list(version.measures.all())
    trial = version.trial or {}
    tried = trial.get("text_revision") == version.text_revision
    in_force = (
        ListVersion.objects.filter(list=version.list_id, state__in=("published", "suspended"))
        .exclude(pk=version.pk)
        .order_by("-valid_from")
        .first()
    )
    return Version(
        state=version.state,
        drafters=frozenset(str(one) for one in (version.drafted_by_id, version.drafted_for_id) if one),
        items=len(items),
        faults=sum(bool(faults_of(item)) for item in items),
        has_support=any(item.is_support for item in items),
        tried=tried,
        flagged=sum(bool(row["flag"]) for row in trial.get("measures", ())) if tried else 0,
        acknowledged=tried and bool(trial.get("acknowledged")),
        agreed=frozenset(
            opinion.kind
            for opinion in version.opinions.all()
            if opinion.agrees and opinion.text_revision == version.text_revision
        ),
        in_force_from=in_force.valid_from if in_force else None,
    )


def hand_of(actor: Actor) -> Hand:
    """The actor as the rules see them."""
    return Hand(
        people=actor.hands,
        competition_authority=_is_competition_authority(actor.organisation_name),
    )


def _is_competition_authority(organisation: str) -> bool:
    return any(word in organisation for word in _competition_authorities(settings.LIANZHANG_PACK))


@lru_cache(maxsize=4)
def _competition_authorities(pack_id: str) -> tuple[str, ...]:
    return tuple(open_pack(pack_id).read_yaml("pack.yaml").get("competition_authorities", ()))
