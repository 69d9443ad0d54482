"""What rests on an import: later words about enterprises that it brought, and what people began with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from django.db.models import F, Q

from lianzhang.kernel import Conflict, Text
from lianzhang.web.registry.models import (
    BrandListing,
    Contact,
    Correction,
    Enterprise,
    EnterpriseName,
    EnterpriseValue,
    ExportRecord,
    Recording,
    SubjectLink,
    SupplyLink,
    TitleChange,
    TitleHolding,
)

_GROUPS: tuple[tuple[Any, Text], ...] = (
    (EnterpriseName, Text("名称", "names")),
    (EnterpriseValue, Text("数据", "values")),
    (TitleHolding, Text("称号", "titles")),
    (BrandListing, Text("品牌", "brands")),
    (ExportRecord, Text("出口", "exports")),
    (Contact, Text("联系人", "contacts")),
)
#: Records whose place a later one may have taken.
REPLACED: tuple[Any, ...] = (EnterpriseName, BrandListing, ExportRecord, SupplyLink, Contact)
#: What other nouns keep about an enterprise, by model.
KINDS: Mapping[str, Text] = MappingProxyType(
    {
        "analyses.scenario": Text("保存的断供情景", "saved outage scenarios"),
        "cases.request": Text("诉求", "requests"),
        "chains.placement": Text("产业链上的落位（有人判断过）", "places on chains that somebody decided"),
        "charges.charge": Text("包保", "charges"),
        "facts.fact": Text("通报里的数据", "figures of bulletins"),
        "ledgers.ledgerrow": Text("图谱清单", "lists behind the map"),
        "visits.visit": Text("走访", "visits"),
    }
)
#: What the program made by itself and takes away by itself.
_OF_THE_PROGRAM = MappingProxyType({"chains.placement": Q(state="proposed")})
#: Enterprises, and things of each, that a refusal names.
_FIRMS, _THINGS = 10, 5


@dataclass(frozen=True, slots=True)
class Rest:
    """One thing that rests on an enterprise (its id)."""

    enterprise: str
    what: Text


class StillNeeded(Conflict):
    """What an import brought cannot be taken back, because something rests on it.

    `lines` say what, by enterprise; `more` how many enterprises they leave out.
    """

    def __init__(self, lines: list[Text], more: int) -> None:
        self.lines, self.more = lines, more
        others = [Text(f"另有{more}家", f"{more} more enterprises")] if more else []
        zh, en = (
            "；".join(one.zh for one in [*lines, *others]),
            "; ".join(one.en for one in [*lines, *others]),
        )
        super().__init__(
            Text(
                f"不能整批撤销：这批带来的内容已有别的记录或事项依托。{zh}。",
                f"The batch cannot be undone: other records and work rest on what it brought. {en}.",
            ),
            Text(
                "后来的导入可以先撤；已有诉求、走访等事项的，请逐项更正，或与正确的那家判为同一企业。",
                "Undo later imports first. Where requests, visits and the like exist, correct item by item, "
                "or judge the record to be one with the right enterprise.",
            ),
        )


def refuse_if_needed(rows: list[Recording], further: Iterable[Rest] = ()) -> None:
    """Raise `StillNeeded` when anything rests on what these recordings wrote; `further` is what the caller knows of."""
    brought = Enterprise.objects.filter(recording__in=rows)
    found = [
        *_written_upon(rows, brought),
        *_titles_told_of(rows),
        *_replaced_since(rows),
        *_decided(brought),
        *_begun(brought),
        *further,
    ]
    if not found:
        return
    of_firm: dict[str, list[Text]] = defaultdict(list)
    for one in found:
        if one.what not in of_firm[one.enterprise]:
            of_firm[one.enterprise].append(one.what)
    names = dict(Enterprise.objects.filter(pk__in=list(of_firm)[:_FIRMS]).values_list("pk", "name"))
    lines = [_line(names.get(pk, pk), whats) for pk, whats in list(of_firm.items())[:_FIRMS]]
    raise StillNeeded(lines, len(of_firm) - len(lines))


def _line(name: str, whats: list[Text]) -> Text:
    zh, en = "、".join(one.zh for one in whats[:_THINGS]), ", ".join(one.en for one in whats[:_THINGS])
    more = len(whats) - _THINGS
    return Text(
        f"“{name}”：{zh}{f'等{len(whats)}项' if more > 0 else ''}",
        f"“{name}”: {en}{f' and {more} more' if more > 0 else ''}",
    )


def _written_upon(rows: list[Recording], brought: Any) -> Iterator[Rest]:
    """What was said later of enterprises that came with the import."""
    later = {"recording__withdrawn_at": None}
    for model, words in _GROUPS:
        found = model.objects.filter(enterprise__in=brought, **later).exclude(recording__in=rows).order_by()
        for firm, source in found.values_list("enterprise_id", "recording__source").distinct():
            yield Rest(firm, Text(f"{words.zh}（{source}）", f"{words.en} ({source})"))
    links = SupplyLink.objects.filter(Q(buyer__in=brought) | Q(supplier__in=brought), **later)
    ids = set(brought.values_list("pk", flat=True))
    for link in links.exclude(recording__in=rows):
        said = f"{link.supplier_name} → {link.buyer_name}"
        for end in {link.buyer_id, link.supplier_id} & ids:
            yield Rest(str(end), Text(f"供应关系 {said}", f"supply link {said}"))


def _titles_told_of(rows: list[Recording]) -> Iterator[Rest]:
    """Titles of the import of which something was said later: re-checked, lapsed, revoked."""
    later = TitleChange.objects.filter(holding__recording__in=rows, recording__withdrawn_at=None)
    for change in later.exclude(recording__in=rows).select_related("holding"):
        title = change.holding.title
        yield Rest(
            change.holding.enterprise_id,
            Text(f"称号“{title}”后来的变动", f"what became of the title “{title}”"),
        )


def _replaced_since(rows: list[Recording]) -> Iterator[Rest]:
    """The records of the import whose place a later one has taken."""
    for model in REPLACED:
        later = model.objects.filter(recording__in=rows, superseded__withdrawn_at=None)
        later = later.exclude(superseded=None).exclude(superseded__in=rows)
        # An older word may have come in closed, by what was written before it.
        for found in later.filter(superseded__gt=F("recording")).select_related("superseded"):
            firm = found.buyer_id or found.supplier_id if model is SupplyLink else found.enterprise_id
            source = found.superseded.source
            yield Rest(firm, Text(f"后来的更正（{source}）", f"a later correction ({source})"))


def _decided(brought: Any) -> Iterator[Rest]:
    """What people decided in the registry itself about enterprises that came with the import."""
    merged = Text("与别家判为同一企业", "judged to be one with another")
    for firm in brought.exclude(merged_into=None) | brought.filter(merged__isnull=False):
        yield Rest(firm.pk, merged)
    for firm in brought.exclude(organisation=None).select_related("organisation"):
        user = firm.organisation.name
        yield Rest(firm.pk, Text(f"已关联企业单位“{user}”", f"linked with the organisation “{user}”"))
    for model, words in (
        (Correction, Text("企业提出的更正", "corrections of the enterprise")),
        (SubjectLink, Text("通报主体的确认", "confirmed subjects of bulletins")),
    ):
        rows: Any = model
        for firm in (
            rows.objects.filter(enterprise__in=brought).order_by().values_list("enterprise", flat=True)
        ):
            yield Rest(firm, words)


def _begun(brought: Any) -> Iterator[Rest]:
    """What other nouns keep that points to enterprises of the import, whichever nouns there are.

    Their numbers are named where they have some, never their titles: not everybody may read them.
    """
    for model, column in outside_columns():
        label = model._meta.label_lower
        rows = model.objects.filter(**{f"{column}__in": brought}).exclude(
            _OF_THE_PROGRAM.get(label, Q(pk=None))
        )
        words = KINDS.get(label) or Text(str(model._meta.verbose_name), str(model._meta.verbose_name))
        for row in rows.order_by("pk"):
            number = getattr(row, "number", None)
            said = words if not number else Text(f"{words.zh} {number}", f"{words.en} {number}")
            if number and str(number).startswith(words.zh):
                said = Text(str(number), said.en)
            yield Rest(getattr(row, f"{column}_id"), said)


def outside_columns() -> Iterator[tuple[Any, str]]:
    """Every column of another noun that points to an enterprise, as the model and the name of the column."""
    for field in Enterprise._meta.get_fields(include_hidden=True):
        model: Any = field.related_model
        points_here = field.auto_created and not field.concrete and model is not None
        if points_here and model._meta.app_label != "registry" and not model._meta.auto_created:
            yield model, field.field.name  # type: ignore[union-attr]
