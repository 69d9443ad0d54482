"""Rows whose cells are in order and that cannot be written all the same, each told why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import polars as pl

from lianzhang.casework import VERBS, Actor, Scope, Subject, may
from lianzhang.kernel import Period
from lianzhang.tables import Checked
from lianzhang.tables.difference import Known, canonical
from lianzhang.tables.values import reason
from lianzhang.tables.values.column import Reason
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


def refuse_backwards(checked: Checked) -> None:
    """Titles that would end before they were given: one of the two days is wrong, and nobody can say which."""
    good = checked.good
    if not {"awarded", "valid_until"} <= set(good.columns):
        return
    both = good.drop_nulls(["awarded", "valid_until"]).select("row", "awarded", "valid_until")
    wrong = [row for row, given, until in both.iter_rows() if until < Period.parse(given).start]
    checked.refuse_rows(
        wrong,
        "valid_until",
        reason(
            "ends_before",
            "有效期至早于认定时间；请核对这两个日期哪一个写错了。",
            "The title ends before it was awarded; check which of the two days is wrong.",
        ),
    )


def refuse_repeated(checked: Checked, known: Known) -> None:
    """Rows that speak of what an earlier row speaks of, though under another name or without its code.

    Which of the two counts nobody could say, and each import of the table would change one into the other.
    """
    good = canonical(checked.good)
    found = known.match(good).filter((pl.col("like") == "") & pl.col("identity").is_not_null())
    twice = found.filter(pl.col("identity").is_duplicated()).select("row", "identity", "known")
    clash = _clash if checked.kind.id in ("enterprises", "figures") else _always
    earlier: dict[str, list[dict[str, Any]]] = {}
    refused: dict[int, list[int]] = {}
    own = pl.col("row").replace(checked.parts) if checked.parts else pl.col("row")
    for row in twice.join(good, on="row").sort(own, "row").iter_rows(named=True):
        before = earlier.setdefault(row["identity"], [])
        first = next((one["row"] for one in before if clash(one, row)), None)
        if first is None:
            before.append(row)
        else:
            refused.setdefault(first, []).append(row["row"])
    for first, rows in refused.items():
        checked.refuse_rows(
            rows,
            "supplier" if checked.kind.id == "links" else "name",
            _repeated(checked.parts.get(first, first)),
        )


def _always(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return True


def _clash(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Of an enterprise: whether the rows differ. Of a new one: unless two codes tell two namesakes apart."""
    if one["known"] is None:
        return not (one.get("credit_code") and other.get("credit_code"))
    told = one.keys() - {"row", "identity", "known", "name", "credit_code"}
    return any(one[key] and other[key] and one[key] != other[key] for key in told)


def _repeated(first: int) -> Reason:
    return reason(
        "duplicate",
        f"与第{first}行说的是同一家企业的同一件事；请合并成一行，或写明信用代码加以区别。",
        f"Speaks of the same as row {first}; make one row of the two, or tell them apart by their codes.",
    )
