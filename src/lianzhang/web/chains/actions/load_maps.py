"""Give each chain of the pack its first map."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from lianzhang.casework.roles import PROGRAM
from lianzhang.chain import load_map, to_plain
from lianzhang.kernel import clock
from lianzhang.kernel.pack import open_pack
from lianzhang.web.chains.models import Chain, MapVersion
from lianzhang.web.journal.actions.record import record


def load_maps(pack_id: str = "") -> int:
    """Publish the pack's map of every chain that has none yet; returns how many.

    A map that people have edited since is left alone: the pack only gives the first version.
    """
    pack = open_pack(pack_id or settings.LIANZHANG_PACK)
    known = set(Chain.objects.filter(maps=None).values_list("pk", flat=True))
    loaded = 0
    for path in pack.files("chains"):
        chain_map = load_map(pack.read_text(path), file=f"{pack.id}/{path}")
        if not chain_map.nodes or chain_map.chain not in known:
            continue
        with transaction.atomic():
            MapVersion.objects.create(
                chain_id=chain_map.chain,
                number=1,
                state=MapVersion.State.PUBLISHED,
                content=to_plain(chain_map),
                note=f"{pack.id}/{path}",
                published_at=clock.now(),
            )
            record(PROGRAM, "map.publish", f"chain:{chain_map.chain}", after={"version": 1, "from": path})
        loaded += 1
    return loaded
