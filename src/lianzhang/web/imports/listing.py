"""The enterprises as a list to be exported, in the columns of the template, so that it imports again as it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from lianzhang.casework import Actor
from lianzhang.kernel import clock
from lianzhang.tables import FieldType, need_kind
from lianzhang.tables.export import Cell, Listing
from lianzhang.tables.templates import header
from lianzhang.web.imports.firms import Firms
from lianzhang.web.imports.stored import firm_values
from lianzhang.web.registry.listing import listed

#: Contacts leave the system on their own way, with a reason and an approval.
_LEFT_OUT = frozenset({"contact_name", "contact_duty", "contact_phone", "year", "ticked"})


def enterprises_listing(actor: Actor, wanted: dict[str, Any] | None = None) -> Listing:
    """The enterprises that `actor` may see, narrowed as the list on screen is by `wanted`."""
    kind = need_kind("enterprises")
    fields = [item for item in kind.fields if item.id not in _LEFT_OUT and not item.yearly]
    ids = pl.Series(
        "known",
        list(listed(actor, wanted or {}).order_by("pk").values_list("pk", flat=True)),
        dtype=pl.String,
    )
    frame = firm_values(Firms(), ids, [item.id for item in fields])

    def rows() -> Iterator[list[Cell]]:
        for row in frame.iter_rows(named=True):
            yield [_cell(row.get(item.id), item.type) for item in fields]

    about = (("数据截至", clock.today().isoformat()), ("导出人", actor.name), ("内部资料", "是"))
    return Listing("企业名录", about, tuple(header(item) for item in fields), rows())


def _cell(text: str | None, kind: FieldType) -> Cell:
    if text is None:
        return None
    if kind in (FieldType.DATE, FieldType.DUE):
        return date.fromisoformat(text)
    if kind is FieldType.AMOUNT and " " not in text:
        return Decimal(text)
    return text.replace(" ", ";") if kind is FieldType.INDUSTRY else text
