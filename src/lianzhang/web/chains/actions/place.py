"""Place the registry on the map in force, and decide who stands where."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl
from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor, may
from lianzhang.chain import ChainMap, from_plain, part_of
from lianzhang.chain.placing import place_registry
from lianzhang.kernel import Conflict, Text, clock
from lianzhang.web.chains.actions.draft import locked_chain
from lianzhang.web.chains.models import Chain, MapVersion, Placement, PlacingRun
from lianzhang.web.chains.placing import named_firms, registry_table
from lianzhang.web.chains.queries import in_force, subject_of
from lianzhang.web.chains.refusals import no_draft
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for
from lianzhang.web.registry import queries as registry

_EVIDENCE = ("basis", "item", "term", "item_start", "term_start", "industry", "leading")
_STRENGTH = {"scope": 0, "products": 1, "source": 2, "industry": 3}
_AT_ONCE = 2000


def place(actor: Actor, chain_id: str) -> PlacingRun:
    """Place every enterprise of the registry on the chain's map in force.

    Evidence is renewed; what a person confirmed or refused stays. Proposals that nothing supports any more
    go. Raises `MapFault` when the chain has no map.
    """
    with transaction.atomic():
        chain = locked_chain(actor, chain_id, "map.place")
        version = in_force(chain)
        if version is None:
            raise no_draft()
        chain_map = from_plain(version.content)
        table = registry_table()
        found = _found(table, chain_map)
        _store(chain.pk, found)
        run = PlacingRun.objects.create(
            version=version, by_id=actor.person_id, enterprises=table.height, places=len(found)
        )
        record(
            actor,
            "map.place",
            f"chain:{chain.pk}",
            after={"version": version.number, "enterprises": table.height, "places": len(found)},
        )
    return run


def place_everywhere(actor: Actor) -> int:
    """Place the registry on every map that the actor may place on; returns how many maps."""
    chains = [
        chain
        for chain in Chain.objects.filter(maps__state=MapVersion.State.PUBLISHED).distinct()
        if may(actor, "map.place", subject_of(chain, actor)).allowed
    ]
    for chain in chains:
        place(actor, chain.pk)
    return len(chains)


def place_again(actor: Actor, chain_id: str, enterprises: Iterable[str]) -> int:
    """Place only these enterprises again, after their scope or products changed; returns how many places."""
    with transaction.atomic():
        chain = locked_chain(actor, chain_id, "map.place")
        return place_among(actor, chain, enterprises, registry_table())


def place_among(actor: Actor, chain: Chain, enterprises: Iterable[str], table: pl.DataFrame) -> int:
    """Place these enterprises of the table again on a chain that is locked; asks no permission."""
    version = in_force(chain)
    if version is None:
        return 0
    wanted = sorted(set(enterprises))
    found = _found(table.filter(pl.col("uscc").is_in(wanted)), from_plain(version.content))
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        _store(chain.pk, {key: each for key, each in found.items() if key[1] in set(some)}, among=some)
    record(actor, "map.place", f"chain:{chain.pk}", after={"again": wanted[:200], "places": len(found)})
    return len(found)


def place_nodes(actor: Actor, chain_id: str, nodes: Iterable[str]) -> int:
    """Place the whole registry again on these nodes of the map in force only; returns how many places.

    A node that the map has no longer loses its proposals.
    """
    wanted = sorted(set(nodes))
    with transaction.atomic():
        chain = locked_chain(actor, chain_id, "map.place")
        version = in_force(chain)
        if version is None or not PlacingRun.objects.filter(version__chain=chain).exists():
            return 0
        found = _found(registry_table(), part_of(from_plain(version.content), tuple(wanted)))
        _store(chain.pk, found, nodes=wanted)
        record(actor, "map.place", f"chain:{chain.pk}", after={"nodes": wanted[:200], "places": len(found)})
    return len(found)


def _found(table: pl.DataFrame, chain_map: ChainMap) -> dict[tuple[str, str], dict[str, Any]]:
    """The best evidence for each node and enterprise."""
    places = place_registry(
        table, [node.terms for node in chain_map.nodes], described=chain_map.nodes
    ).rename({"uscc": "enterprise"})
    named = named_firms(table, chain_map)
    rows = [*places.iter_rows(named=True), *named.rows]
    best: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        key = (row["node"], row["enterprise"])
        if key not in best or _STRENGTH[row["basis"]] < _STRENGTH[best[key]["basis"]]:
            best[key] = {
                "basis": row["basis"],
                "item": (row.get("item") or "")[:300],
                "term": (row.get("term") or "")[:120],
                "item_start": row.get("item_start"),
                "term_start": row.get("term_start"),
                "industry": row.get("industry") or "",
                "leading": row["enterprise"] in named.leading,
            }
    return best


def _store(
    chain_id: str,
    found: dict[tuple[str, str], dict[str, Any]],
    *,
    among: list[str] | None = None,
    nodes: list[str] | None = None,
) -> None:
    kept = Placement.objects.filter(chain=chain_id)
    if nodes is not None:
        kept = kept.filter(node__in=nodes)
    if among is not None:
        kept = kept.filter(enterprise__in=among)
    changed, gone, lost, restored, known = [], [], [], [], set()
    for row in kept.iterator(chunk_size=_AT_ONCE):
        key = (row.node, row.enterprise_id)
        known.add(key)
        evidence = found.get(key)
        if evidence is not None and row.doubted_at is not None:
            restored.append(row.pk)
        if evidence is None:
            if row.state == Placement.State.PROPOSED:
                gone.append(row.pk)
            elif row.state == Placement.State.CONFIRMED and row.basis != Placement.Basis.PERSON:
                lost.append(row.pk)
        elif row.basis != Placement.Basis.PERSON and evidence != _evidence(row):
            for name, value in evidence.items():
                setattr(row, name, value)
            changed.append(row)
    for start in range(0, len(gone), _AT_ONCE):
        Placement.objects.filter(pk__in=gone[start : start + _AT_ONCE]).delete()
    for start in range(0, len(lost), _AT_ONCE):
        rows = Placement.objects.filter(pk__in=lost[start : start + _AT_ONCE], doubted_at=None)
        rows.update(doubted_at=clock.now())
    for start in range(0, len(restored), _AT_ONCE):
        Placement.objects.filter(pk__in=restored[start : start + _AT_ONCE]).update(doubted_at=None)
    Placement.objects.bulk_update(changed, _EVIDENCE, batch_size=_AT_ONCE)
    Placement.objects.bulk_create(
        (
            Placement(chain_id=chain_id, node=node, enterprise_id=enterprise, **evidence)
            for (node, enterprise), evidence in found.items()
            if (node, enterprise) not in known
        ),
        batch_size=_AT_ONCE,
    )


def _evidence(row: Placement) -> dict[str, Any]:
    return {name: getattr(row, name) for name in _EVIDENCE}


def decide(actor: Actor, placement_id: int, *, confirmed: bool, seen: str) -> Placement:
    """Confirm that an enterprise stands on a node, or refuse it. `seen`: the state the person looked at."""
    with transaction.atomic():
        row = Placement.objects.select_for_update().select_related("chain").filter(pk=placement_id).first()
        if row is None:
            raise Http404
        require_for(actor, "map.confirm", subject_of(row.chain, actor))
        if row.state != seen:
            raise Conflict(
                Text("这一条已由他人处理。", "Somebody else has decided about this already."),
                Text("请看现在的状态。", "Look at it as it is now."),
            )
        before = row.state
        row.state = Placement.State.CONFIRMED if confirmed else Placement.State.REFUSED
        row.decided_by_id, row.decided_at, row.doubted_at = actor.person_id, clock.now(), None
        row.save(update_fields=["state", "decided_by", "decided_at", "doubted_at"])
        record(actor, "map.confirm", f"placement:{row.pk}", before={"state": before}, after=_told(row))
    return row


def put_by_hand(actor: Actor, chain_id: str, node: str, enterprise_id: str) -> Placement:
    """Say that an enterprise stands on a node although no words do."""
    with transaction.atomic():
        chain = locked_chain(actor, chain_id, "map.confirm")
        version = in_force(chain)
        firm = registry.one(actor, enterprise_id)
        if version is None or node not in from_plain(version.content).by_id or firm is None:
            raise Http404
        row, _ = Placement.objects.get_or_create(
            chain=chain, node=node, enterprise=firm, defaults={"basis": Placement.Basis.PERSON}
        )
        row.state = Placement.State.CONFIRMED
        row.decided_by_id, row.decided_at = actor.person_id, clock.now()
        row.save(update_fields=["state", "decided_by", "decided_at"])
        record(actor, "map.confirm", f"placement:{row.pk}", after=_told(row))
    return row


def _told(row: Placement) -> dict[str, Any]:
    return {"state": row.state, "chain": row.chain_id, "node": row.node, "enterprise": row.enterprise_id}
