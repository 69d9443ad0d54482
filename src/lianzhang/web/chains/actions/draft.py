"""Write the next version of a map: begin a draft, change its nodes and links, or bring in a whole table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import transaction
from django.http import Http404

from lianzhang.casework import Actor
from lianzhang.chain import ChainMap, Link, Node, differences, from_plain, node_row, to_plain
from lianzhang.kernel import Text
from lianzhang.web.chains.models import Chain, MapVersion
from lianzhang.web.chains.queries import in_force, subject_of
from lianzhang.web.chains.refusals import MapFault, changed_meanwhile, no_draft
from lianzhang.web.journal.actions.record import record
from lianzhang.web.people.permission import require_for

#: A map of more nodes is no map of a chain any more.
MOST_NODES = 5000


def begin_draft(actor: Actor, chain_id: str, *, note: str = "") -> MapVersion:
    """Begin the next version with the content of the last; the one draft there may be is given back as is."""
    with transaction.atomic():
        chain = locked_chain(actor, chain_id, "map.edit")
        draft = chain.maps.filter(state=MapVersion.State.DRAFT).first()
        if draft is not None:
            return draft
        last = in_force(chain)
        empty = to_plain(ChainMap(chain.pk, (), (), Text(chain.name, chain.name_en or chain.name)))
        draft = MapVersion.objects.create(
            chain=chain,
            number=(last.number if last else 0) + 1,
            content=last.content if last else empty,
            note=note,
            made_by_id=actor.person_id,
        )
        record(actor, "map.edit", f"chain:{chain.pk}", after={"draft": draft.number})
    return draft


def drop_draft(actor: Actor, chain_id: str, *, revision: int) -> None:
    """Throw the draft away; the journal keeps what it would have changed."""
    with transaction.atomic():
        draft = _locked_draft(actor, chain_id, revision)
        changes = _changes(draft.chain, from_plain(draft.content))
        draft.delete()
        record(actor, "map.edit", f"chain:{chain_id}", before={"draft": changes}, after=None)


def put_node(actor: Actor, chain_id: str, node: Node, *, revision: int, replaces: str = "") -> MapVersion:
    """Add a node, or write the one called `replaces` again; links follow a changed id."""

    def change(chain_map: ChainMap) -> ChainMap:
        others = [other for other in chain_map.nodes if other.id != replaces]
        if any(other.id == node.id for other in others):
            raise MapFault(
                Text(f"编号“{node.id}”已用在另一环节上。", f"The id {node.id} is taken."),
                Text("请换一个编号。", "Choose another."),
            )
        if not replaces:
            return replace(chain_map, nodes=(*chain_map.nodes, node))
        if replaces not in chain_map.by_id:
            raise Http404
        nodes = tuple(node if other.id == replaces else other for other in chain_map.nodes)
        renamed = {replaces: node.id}
        links = tuple(
            replace(
                link,
                source=renamed.get(link.source, link.source),
                target=renamed.get(link.target, link.target),
            )
            for link in chain_map.links
        )
        return replace(chain_map, nodes=nodes, links=links)

    return _change(actor, chain_id, revision, change, {"node": node_row(node)})


def drop_node(actor: Actor, chain_id: str, node: str, *, revision: int) -> MapVersion:
    """Take a node and its links out of the draft."""

    def change(chain_map: ChainMap) -> ChainMap:
        if node not in chain_map.by_id:
            raise Http404
        return replace(
            chain_map,
            nodes=tuple(other for other in chain_map.nodes if other.id != node),
            links=tuple(link for link in chain_map.links if node not in {link.source, link.target}),
        )

    return _change(actor, chain_id, revision, change, {"without": node})


def put_link(actor: Actor, chain_id: str, link: Link, *, revision: int) -> MapVersion:
    """Add a link, or write the one between the same two nodes again."""

    def change(chain_map: ChainMap) -> ChainMap:
        if not {link.source, link.target} <= set(chain_map.by_id):
            raise MapFault(Text("连接的两端都要是图中的环节。", "Both ends must be nodes of the map."))
        ends = (link.source, link.target)
        others = tuple(other for other in chain_map.links if (other.source, other.target) != ends)
        return replace(chain_map, links=(*others, link))

    return _change(actor, chain_id, revision, change, {"link": f"{link.source}→{link.target}"})


def drop_link(actor: Actor, chain_id: str, source: str, target: str, *, revision: int) -> MapVersion:
    """Take a link out of the draft."""

    def change(chain_map: ChainMap) -> ChainMap:
        links = tuple(link for link in chain_map.links if (link.source, link.target) != (source, target))
        if len(links) == len(chain_map.links):
            raise Http404
        return replace(chain_map, links=links)

    return _change(actor, chain_id, revision, change, {"without_link": f"{source}→{target}"})


def replace_content(actor: Actor, chain_id: str, content: ChainMap, *, revision: int) -> MapVersion:
    """Put a whole map, such as an uploaded table, in the place of the draft's content."""
    return _change(actor, chain_id, revision, lambda _: content, {"uploaded": len(content.nodes)})


def _change(
    actor: Actor,
    chain_id: str,
    revision: int,
    change: Callable[[ChainMap], ChainMap],
    after: dict[str, Any],
) -> MapVersion:
    with transaction.atomic():
        draft = _locked_draft(actor, chain_id, revision)
        before = from_plain(draft.content)
        changed = change(before)
        if len(changed.nodes) > MOST_NODES:
            raise MapFault(
                Text(
                    f"有{len(changed.nodes)}个环节，超过{MOST_NODES}。",
                    f"{len(changed.nodes)} nodes are more than {MOST_NODES}.",
                )
            )
        draft.content = to_plain(changed)
        draft.revision += 1
        draft.save(update_fields=["content", "revision"])
        told = [f"{each.key} {each.change} {each.column}".strip() for each in differences(before, changed)]
        record(actor, "map.edit", f"chain:{chain_id}", after={**after, "changes": told[:200]})
    return draft


def _changes(chain: Chain, chain_map: ChainMap) -> list[str]:
    last = in_force(chain)
    before = from_plain(last.content) if last else replace(chain_map, nodes=(), links=())
    return [f"{each.key} {each.change} {each.column}".strip() for each in differences(before, chain_map)][
        :200
    ]


def locked_chain(actor: Actor, chain_id: str, verb: str) -> Chain:
    """The chain, locked for this transaction, once it is known that the actor may."""
    chain = Chain.objects.select_for_update().filter(pk=chain_id).first()
    if chain is None:
        raise Http404
    require_for(actor, verb, subject_of(chain, actor))
    return chain


def _locked_draft(actor: Actor, chain_id: str, revision: int) -> MapVersion:
    chain = locked_chain(actor, chain_id, "map.edit")
    draft = chain.maps.select_for_update().filter(state=MapVersion.State.DRAFT).first()
    if draft is None:
        raise no_draft()
    if draft.revision != revision:
        raise changed_meanwhile()
    return draft
