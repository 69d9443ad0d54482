"""The lists of the chains, one list with its rows, one row with its history, a row written."""

from __future__ import annotations

from collections import Counter
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lianzhang.casework import may
from lianzhang.casework.ledger import Freshness, Ledger
from lianzhang.chain import ChainMap, from_plain
from lianzhang.kernel import Conflict, LianzhangError, NotAllowed, clock
from lianzhang.tables.export import Listing, export_xlsx
from lianzhang.web.chains import queries as chains
from lianzhang.web.chains import words
from lianzhang.web.chains.queries import Chain
from lianzhang.web.ledgers import queries
from lianzhang.web.ledgers.actions.gaps import INTO, fill_from_map
from lianzhang.web.ledgers.actions.keep import add_row, change_row, confirm, take_step
from lianzhang.web.ledgers.forms import RowForm, StepForm
from lianzhang.web.ledgers.models import LedgerRow
from lianzhang.web.people.permission import require

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def chain_of(request: HttpRequest, slug: str) -> Chain:
    """The chain, if the reader may see its lists."""
    found = next((chain for chain in queries.visible_chains(request.actor) if chain.pk == slug), None)
    if found is None:
        raise Http404
    return found


def ledger_of(ledger_id: str) -> Ledger:
    """The list, if the pack has it."""
    found = queries.ledgers().get(ledger_id)
    if found is None:
        raise Http404
    return found


def map_of(chain: Chain) -> ChainMap | None:
    """The chain's map in force."""
    version = chains.in_force(chain)
    return from_plain(version.content) if version else None


def crumbs(*further: tuple[str, str]) -> list[dict[str, str]]:
    """The way to a page below the lists."""
    rows = [(gettext("图谱清单"), reverse("ledgers:all")), *further]
    way = [{"label": label, "href": href} for label, href in rows[:-1]]
    return [*way, {"label": rows[-1][0]}]


@require("ledger.see")
@require_safe
def all_lists(request: HttpRequest) -> HttpResponse:
    """Every list of every chain in charge, with how many rows stand how."""
    visible = queries.visible_chains(request.actor)
    rows = queries.shown(queries.visible_to(request.actor))
    counts = Counter((each.row.chain_id, each.ledger.id, each.freshness) for each in rows)
    lists = queries.ledgers().all
    table = [
        (
            chain,
            [
                (
                    ledger,
                    words.spoken(ledger.name),
                    [(fresh, counts[chain.pk, ledger.id, fresh]) for fresh in Freshness],
                )
                for ledger in lists
            ],
        )
        for chain in visible
    ]
    pressing = [
        each for each in rows if each.freshness in {Freshness.overdue, Freshness.near, Freshness.stale}
    ]
    context = {"table": table, "pressing": pressing[:30], "basis": words.spoken(queries.ledgers().basis)}
    return render(request, "ledgers/all.html", context)


@require("ledger.see")
@require_safe
def one_list(request: HttpRequest, slug: str, ledger_id: str) -> HttpResponse:
    """The rows of one list of one chain; `?state=` narrows to how they stand."""
    chain, ledger = chain_of(request, slug), ledger_of(ledger_id)
    rows = queries.shown(queries.visible_to(request.actor).filter(chain=chain, ledger=ledger_id))
    wanted = request.GET.get("state", "")
    chain_map = map_of(chain)
    context = {
        "chain": chain,
        "ledger": ledger,
        "name": words.spoken(ledger.name),
        "crumbs": crumbs((words.name(chain), ""), (words.spoken(ledger.name), "")),
        "rows": [each for each in rows if wanted in ("", each.freshness)],
        "counts": [
            (fresh, words.spoken(fresh.label), sum(each.freshness is fresh for each in rows))
            for fresh in Freshness
        ],
        "wanted": wanted,
        "nodes": {node.id: words.spoken(node.name) for node in chain_map} if chain_map else {},
        "may_write": may(request.actor, "ledger.write", queries.subject_of(chain, request.actor)).allowed
        or bool(request.actor.region_code),
        "from_map": ledger_id in INTO and chain_map is not None,
    }
    return render(request, "ledgers/list.html", context)


@require("ledger.see")
@require_safe
def table(request: HttpRequest, slug: str, ledger_id: str) -> HttpResponse:
    """The list as an Excel file."""
    chain, ledger = chain_of(request, slug), ledger_of(ledger_id)
    rows = queries.shown(queries.visible_to(request.actor).filter(chain=chain, ledger=ledger_id))
    own = [(column.id, column.label.zh) for column in ledger.columns]
    heads = (
        "事项",
        "环节",
        "县区",
        "责任单位",
        "岗位",
        "联系人",
        "时限",
        "状态",
        "判断",
        "来源",
        "截至",
        "确认",
    )
    listing = Listing(
        title=f"{chain.name} {ledger.name.zh}",
        about=(
            (gettext("数据截至"), clock.today().isoformat()),
            (gettext("导出人"), request.actor.name),
            (gettext("密级"), gettext("内部资料")),
        ),
        headers=(*heads, *(label for _, label in own)),
        rows=[_cells(each, own) for each in rows],
    )
    response = HttpResponse(export_xlsx(listing), content_type=XLSX)
    name = quote(f"{chain.name}_{ledger.name.zh}_{clock.today():%Y%m%d}.xlsx")
    response["Content-Disposition"] = f"attachment; filename=\"list.xlsx\"; filename*=UTF-8''{name}"
    return response


def _cells(each: queries.Shown, own: list[tuple[str, str]]) -> list[Any]:
    row = each.row
    county, unit = row.county, row.organisation
    return [
        row.title, row.node, county.name if county else "", unit.name if unit else "", row.post, row.contact, row.due,
        each.state.label.zh, each.freshness.label.zh, row.source, row.as_of, row.confirmed_at.date(),
        *(row.values.get(key, "") for key, _ in own),
    ]  # fmt: skip


@require("ledger.see")
@require_safe
def one_row(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """One row with everything that happened to it and the steps that may follow."""
    return render(request, "ledgers/row.html", _row_context(request, _row(request, row_id)))


def _row(request: HttpRequest, row_id: UUID) -> LedgerRow:
    row = queries.one(request.actor, row_id)
    if row is None:
        raise Http404
    return row


def _row_context(request: HttpRequest, row: LedgerRow, **more: Any) -> dict[str, Any]:
    shown = queries.shown([row])
    if not shown:
        raise Http404
    ledger, chain_map = shown[0].ledger, map_of(row.chain)
    node = chain_map.by_id.get(row.node) if chain_map else None
    subject = queries.subject_of(row.chain, request.actor, row.county)
    return {
        "row": row,
        "shown": shown[0],
        "state": words.spoken(shown[0].state.label),
        "fresh": words.spoken(shown[0].freshness.label),
        "node": (row.node, words.spoken(node.name)) if node else None,
        "values": [(words.spoken(column.label), row.values.get(column.id, "")) for column in ledger.columns],
        "steps": [
            (
                step,
                words.spoken(ledger.state(step.before).label) if step.before else "",
                words.spoken(ledger.state(step.after).label),
            )
            for step in row.steps.select_related("by")
        ],
        "step_form": StepForm(
            ledger=ledger, state=row.state, initial={"version": row.version, "due": row.due}
        ),
        "may_write": may(request.actor, "ledger.write", subject).allowed,
        "crumbs": crumbs(
            (words.name(row.chain), ""),
            (words.spoken(ledger.name), reverse("ledgers:list", args=[row.chain_id, ledger.id])),
            (row.title, ""),
        ),
        **more,
    }


@require("ledger.write")
@require_http_methods(["GET", "POST"])
def new_row(request: HttpRequest, slug: str, ledger_id: str) -> HttpResponse:
    """Add a row."""
    chain, ledger = chain_of(request, slug), ledger_of(ledger_id)
    form = RowForm(
        request.POST or None,
        ledger=ledger,
        chain_map=map_of(chain),
        initial={"node": request.GET.get("node", "")},
    )
    if request.method == "POST" and form.is_valid():
        row = add_row(request.actor, slug, ledger_id, **form.written())
        return redirect("ledgers:row", row.pk)
    return _write(request, chain, ledger, form)


@require("ledger.write")
@require_http_methods(["GET", "POST"])
def edit_row(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Write a row again."""
    row = _row(request, row_id)
    ledger = ledger_of(row.ledger)
    form = RowForm(
        request.POST or None, ledger=ledger, chain_map=map_of(row.chain), initial=RowForm.initial_of(row)
    )
    if request.method == "POST" and form.is_valid():
        change_row(request.actor, row.pk, version=form.cleaned_data["version"] or 0, **form.written())
        return redirect("ledgers:row", row.pk)
    return _write(request, row.chain, ledger, form)


def _write(request: HttpRequest, chain: Chain, ledger: Ledger, form: RowForm) -> HttpResponse:
    name = words.spoken(ledger.name)
    here = reverse("ledgers:list", args=[chain.pk, ledger.id])
    context = {
        "chain": chain,
        "ledger": ledger,
        "name": name,
        "form": form,
        "crumbs": crumbs((words.name(chain), ""), (name, here), (gettext("登记"), "")),
    }
    return render(request, "ledgers/write.html", context, status=400 if form.errors else 200)


@require("ledger.write")
@require_POST
def step(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Take a step."""
    row = _row(request, row_id)
    form = StepForm(request.POST, ledger=ledger_of(row.ledger), state=row.state)
    if form.is_valid():
        given = form.cleaned_data
        try:
            take_step(request.actor, row.pk, given.pop("target"), **given)
        except (NotAllowed, Conflict):
            raise
        except LianzhangError as error:
            form.add_error(None, words.spoken(error.what))
        else:
            return redirect("ledgers:row", row.pk)
    return render(request, "ledgers/row.html", _row_context(request, row, step_form=form), status=400)


@require("ledger.write")
@require_POST
def confirm_row(request: HttpRequest, row_id: UUID) -> HttpResponse:
    """Confirm a row for this month."""
    text = request.POST.get("version", "")
    row = confirm(request.actor, row_id, version=int(text) if text.isascii() and text.isdigit() else 0)
    return redirect("ledgers:row", row.pk)


@require("ledger.write")
@require_POST
def fill(request: HttpRequest, slug: str, ledger_id: str) -> HttpResponse:
    """Add what the map shows and the list lacks."""
    chain = chain_of(request, slug)
    fill_from_map(request.actor, chain, ledger_of(ledger_id).id)
    return redirect("ledgers:list", slug, ledger_id)
