"""Take over the enterprises that a pack knows from public reports, with their sources and doubts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from lianzhang.casework import Actor
from lianzhang.kernel.pack import Pack, open_pack, required
from lianzhang.web.registry import base_facts, queries
from lianzhang.web.registry.actions.enter import enter
from lianzhang.web.registry.entries import Entries, NameEntry, NewEnterprise, Source, TitleEntry, ValueEntry
from lianzhang.web.registry.samples import MARK, Samples

FILE = "enterprises.yaml"


def load_enterprises(actor: Actor, pack_id: str) -> int:
    """Add the enterprises of the pack that the registry does not have; returns how many were added.

    What was loaded before is left as it is, with all that people did to it since. The pack's doubts stay on
    each enterprise and on each of its values. Raises `PackError` for a malformed file, and adds nothing then.
    """
    pack = open_pack(pack_id)
    content = pack.read_yaml(FILE)
    rows = required(content, "enterprises", FILE)
    there = queries.stored(str(required(row, "id", FILE)) for row in rows)
    by_source: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        if row["id"] not in there:
            by_source[row.get("source", "")].append(row)
    with transaction.atomic():
        for source, some in by_source.items():
            enter(actor, _entries(some), source=_source(pack, source, collected=content["collected"]))
    return sum(len(some) for some in by_source.values())


def load_samples(actor: Actor, pack_id: str = "demo") -> int:
    """Add the invented firms of the demonstration; returns how many. Loading them again adds nothing."""
    entries = Samples(open_pack(pack_id).read_yaml(FILE)).entries()
    if queries.stored({entries.new[0].id}):
        return 0
    enter(actor, entries, source=Source(kind="sample", name=f"{MARK}（程序生成）", as_of=date(2025, 6, 30)))
    return len(entries.new)


def _source(pack: Pack, source: str, *, collected: date) -> Source:
    known = pack.read_yaml("pack.yaml")["sources"].get(source)
    if known is None:
        return Source(kind="pack", name="出处未记", as_of=collected)
    dated = known.get("date")
    # A standard or an undated report speaks as of the day on which it was read.
    return Source(kind="pack", name=known["title"]["zh"], as_of=dated or collected)


def _entries(rows: Iterable[Mapping[str, Any]]) -> Entries:
    new, names, values, titles = [], [], [], []
    for row in rows:
        pk, doubt = str(row["id"]), str(row["status"])
        new.append(
            NewEnterprise(
                id=pk,
                name=required(row, "name", FILE),
                name_kind="registered" if row["full"] else "short",
                doubt=doubt,
                remark=row.get("remark", ""),
            )
        )
        for kind in ("short", "former", "english"):
            names += [
                NameEntry(enterprise=pk, name=name, kind=kind, doubt=doubt)
                for name in row.get(f"{kind}_names", ())
            ]
        values += list(_values(row, pk, doubt))
        titles += [TitleEntry(enterprise=pk, doubt=doubt, **title) for title in row.get("titles", ())]
    return Entries(new=new, names=names, values=values, titles=titles)


def _values(row: Mapping[str, Any], pk: str, doubt: str) -> Iterable[ValueEntry]:
    for fact, text in (
        (base_facts.COUNTY, row.get("county", "")),
        (base_facts.PRODUCTS, "\n".join(row.get("products", ()))),
        ("listed_main_market", "yes" if row.get("listed") else ""),
    ):
        if text:
            yield ValueEntry(enterprise=pk, fact=fact, text=text, doubt=doubt)
    if row.get("chains"):
        # Who stands on which chain was sorted by product, not said by anybody.
        yield ValueEntry(enterprise=pk, fact="chains", text="\n".join(row["chains"]), doubt="draft")
