"""Load a city's chains and counties from its pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from lianzhang.kernel.pack import Pack, open_pack, required
from lianzhang.web.chains.actions.load_maps import load_maps
from lianzhang.web.chains.models import Chain, ChainPlace, County, CountyChoice


@dataclass(frozen=True, slots=True)
class Loaded:
    """How much a pack brought."""

    chains: int
    counties: int
    choices: int


@transaction.atomic
def load_pack(pack_id: str) -> Loaded:
    """Write the chains and counties of a pack; loading the same pack again changes nothing.

    Chains that a later pack no longer has stay, because facts may point at them. Raises `PackError`
    with file and key when the pack is malformed, and then writes nothing.
    """
    pack = open_pack(pack_id)
    sources = pack.read_yaml("pack.yaml").get("sources", {})
    counties = _load_counties(pack)
    files = {row["id"]: row for row in (pack.read_yaml(path) for path in pack.files("chains"))}
    order = _order(files)
    for position, chain_id in enumerate(order):
        _load_chain(files[chain_id], position=position, sources=sources)
    choices = 0
    for chain_id in order:
        _load_places(files[chain_id], counties=counties)
        choices += _load_choices(files[chain_id], counties=counties, sources=sources)
    load_maps(pack_id)
    return Loaded(chains=len(order), counties=len(counties), choices=choices)


def _load_counties(pack: Pack) -> set[str]:
    rows = required(pack.read_yaml("regions.yaml"), "regions", "regions.yaml")
    tiles = {row["region"]: row for row in pack.read_yaml("tiles.yaml")["tiles"]}
    counties = [row for row in rows if row.get("parent")]
    for position, row in enumerate(counties):
        tile = tiles.get(row["id"], {})
        County.objects.update_or_create(
            id=row["id"],
            defaults={
                "name": row["name"],
                "name_en": row.get("name_en", ""),
                "short_name": tile.get("label", row["name"]),
                "short_name_en": tile.get("label_en", row.get("name_en", "")),
                "level": row["level"],
                "region_code": row.get("code", ""),
                "key_industries": row.get("key_industries", []),
                "position": position,
                "tile_row": tile.get("row"),
                "tile_column": tile.get("column"),
            },
        )
    return {row["id"] for row in counties}


def _order(files: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Overall chains first, each followed by its sub-chains in the order it names them."""
    ordered: list[str] = []
    for chain_id, row in files.items():
        if not row.get("parent"):
            ordered += [chain_id, *(sub for sub in row.get("sub_chains", ()) if sub in files)]
    return ordered + [chain_id for chain_id in files if chain_id not in ordered]


def _load_chain(row: Mapping[str, Any], *, position: int, sources: Mapping[str, Any]) -> None:
    where = f"chains/{row['id']}.yaml"
    name = required(row, "name", where)
    full_name = row.get("full_name", name)
    source, source_en = _source(row, sources)
    Chain.objects.update_or_create(
        id=row["id"],
        defaults={
            "code": required(row, "code", where),
            "name": name["zh"],
            "name_en": name["en"],
            "full_name": full_name["zh"],
            "full_name_en": full_name["en"],
            "parent_id": row.get("parent"),
            "status": row.get("status", "draft"),
            "source": source,
            "source_en": source_en,
            "position": position,
        },
    )


def _load_places(row: Mapping[str, Any], *, counties: set[str]) -> None:
    ChainPlace.objects.filter(chain_id=row["id"]).delete()
    ChainPlace.objects.bulk_create(
        ChainPlace(chain_id=row["id"], county_id=place["region"], note=place.get("note", ""))
        for place in row.get("places", ())
        if place["region"] in counties
    )


def _load_choices(row: Mapping[str, Any], *, counties: set[str], sources: Mapping[str, Any]) -> int:
    CountyChoice.objects.filter(chain_id=row["id"]).delete()
    rows = [choice for choice in row.get("county_choices", ()) if choice["region"] in counties]
    for choice in rows:
        chosen, reported, doubt = (
            choice.get(key) or {} for key in ("sub_field", "reported_industry", "doubt")
        )
        source, source_en = _source(choice, sources)
        CountyChoice.objects.create(
            chain_id=row["id"],
            county_id=choice["region"],
            sub_field=chosen.get("zh", ""),
            sub_field_en=chosen.get("en", ""),
            field_chain_id=choice.get("chain") or choice.get("chain_hint"),
            reported=reported.get("zh", ""),
            reported_en=reported.get("en", ""),
            doubt=doubt.get("zh", ""),
            doubt_en=doubt.get("en", ""),
            status=choice.get("status", "unverified"),
            source=source,
            source_en=source_en,
        )
    return len(rows)


def _source(row: Mapping[str, Any], sources: Mapping[str, Any]) -> tuple[str, str]:
    title = sources.get(row.get("source", ""), {}).get("title", {})
    return title.get("zh", ""), title.get("en", "")
