"""Rows whose cells are in order and that cannot be written all the same, each told why."""

from __future__ import annotations

import polars as pl

from lianzhang.casework import VERBS, Actor, Scope, Subject, may
from lianzhang.tables import Checked
from lianzhang.tables.difference import Known, canonical
from lianzhang.tables.values import reason
from lianzhang.web.registry import queries as registry


def refuse_strangers(checked: Checked, known: Known) -> None:
    """Rows about enterprises that the registry does not have."""
    found = known.match(canonical(checked.good))
    strangers = found.filter(pl.col("firm").is_null() & (pl.col("like") == ""))["row"].to_list()
    checked.refuse_rows(
        strangers,
        "supplier" if checked.kind.id == "links" else "name",
        reason(
            "unknown_enterprise",
            "企业库里没有这家企业；请先导入企业名录，或核对名称和信用代码。",
            "The registry does not have this enterprise; import the list of enterprises, or check name and code.",
        )
        if checked.kind.id != "links"
        else reason(
            "unknown_enterprise",
            "供需两家在企业库里都认不出；请写登记的全称或信用代码，或先导入其中一家。",
            "Neither of the two is known in the registry; give full names or codes, or import one of them first.",
        ),
    )
    if checked.kind.id == "links":
        one = found.filter(pl.col("supplier_id") == pl.col("buyer_id"))["row"].to_list()
        checked.refuse_rows(
            one,
            "buyer",
            reason(
                "own_supplier",
                "供应企业和采购企业是同一家；请核对哪一个写错了。",
                "Supplier and buyer are one enterprise; check which of the two is wrong.",
            ),
        )


def refuse_out_of_reach(actor: Actor, checked: Checked, known: Known, *, verb: str) -> None:
    """Rows about enterprises of other counties; of a supply link one end in the actor's own county is enough."""
    if VERBS[verb].scopes.get(actor.role) is not Scope.own_county:
        return
    found = known.match(canonical(checked.good))
    ends = ["supplier_id", "buyer_id"] if checked.kind.id == "links" else ["firm"]
    firms = registry.stored({pk for end in ends for pk in found[end].drop_nulls()})
    reached = {
        pk
        for pk, firm in firms.items()
        if may(actor, verb, Subject(kind="enterprise", region_code=firm.region or None)).allowed
    }
    strange = [
        row
        for row, *ids in found.select("row", *ends).iter_rows()
        if any(ids) and not any(pk in reached for pk in ids)
    ]
    checked.refuse_rows(
        strange,
        "supplier" if checked.kind.id == "links" else "name",
        reason(
            "other_county",
            "企业库里这家企业不在本县（市、区）；请交给它所在的县或链长办导入。",
            "In the registry this enterprise lies in another county; leave it to that county or the chain office.",
        ),
    )
