"""Pages of matches: an enterprise's own, an officer's look at any enterprise, and the self-test of a visitor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_safe

from lianzhang.casework import ANONYMOUS
from lianzhang.kernel import FactValue, KnownFact, LianzhangError, clock, fact_dictionary
from lianzhang.kernel.pack import open_pack
from lianzhang.policy import Question, ask
from lianzhang.web.matches.actions.answer import answer
from lianzhang.web.matches.forms import AnswerForm, SelfTestForm
from lianzhang.web.matches.groups import GROUPS, Match, gap_words, grouped, match
from lianzhang.web.matches.ladders import ladders
from lianzhang.web.matches.offers import Offered, offers
from lianzhang.web.measures.known import known_facts
from lianzhang.web.people.permission import open_page, require
from lianzhang.web.registry import queries as registry
from lianzhang.web.subscriptions.queries import follows

Facts = dict[str, FactValue | KnownFact | None]


@dataclass(frozen=True, slots=True)
class Desk:
    """One enterprise with what is known of it and what it can be matched with."""

    enterprise: Any
    facts: Facts
    offered: list[Offered]
    own: bool


def _own_desk(request: HttpRequest) -> Desk | None:
    """The desk of the signed-in enterprise; None while its account is not linked to an enterprise."""
    enterprise = registry.own(request.actor)
    return None if enterprise is None else _desk(request, enterprise, own=True)


def _desk(request: HttpRequest, enterprise: Any, *, own: bool) -> Desk:
    today = clock.today()
    return Desk(enterprise, known_facts(enterprise.pk, on=today), offers(request.actor, on=today), own=own)


@require("match.see")
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """What my enterprise is entitled to, what it nearly is, what is open, what is not for it."""
    desk = _own_desk(request)
    if desk is None:
        return render(request, "matches/unlinked.html")
    return render(request, "matches/groups.html", _groups(request, desk))


@require("match.study")
@require_safe
def study(request: HttpRequest, enterprise_id: str) -> HttpResponse:
    """The same for an officer who looks at one enterprise."""
    enterprise = registry.one(request.actor, enterprise_id)
    if enterprise is None:
        raise Http404
    return render(request, "matches/groups.html", _groups(request, _desk(request, enterprise, own=False)))


def _groups(request: HttpRequest, desk: Desk) -> dict[str, Any]:
    language = _language()
    found = grouped(desk.offered, desk.facts, on=clock.today())
    asked = _question(desk)
    wanted = request.GET.get("group", "")
    shown = wanted if wanted in GROUPS else next((name for name in GROUPS if found[name]), "entitled")
    return {
        "enterprise": desk.enterprise,
        "own": desk.own,
        "tabs": [
            {
                "href": f"?group={name}",
                "label": label.say(language),
                "current": name == shown,
                "count": len(found[name]),
            }
            for name, label in GROUPS.items()
        ],
        "group": shown,
        "matches": [_row(one, language) for one in found[shown]],
        "question": asked.fact.ask.say(language) if asked else "",
        "opens": len(asked.opens) if asked else 0,
    }


def _row(one: Match, language: str) -> dict[str, Any]:
    failed = one.first_failed
    dictionary = fact_dictionary(open_pack(settings.LIANZHANG_PACK))
    return {
        "key": one.offered.key,
        "title": one.offered.rule.title.say(language),
        "origin": one.offered.origin.say(language),
        "standing": one.offered.standing,
        "gives": one.offered.gives,
        "gaps": [gap_words(reason).say(language) for reason in one.gaps],
        "missing": [dictionary[name].label.say(language) for name in one.missing[:3] if name in dictionary],
        "more_missing": max(0, len(one.missing) - 3),
        "failed": gap_words(failed).say(language) if failed is not None and one.group == "not_for" else "",
    }


@require("match.see")
@require_safe
def detail(request: HttpRequest, key: str) -> HttpResponse:
    """Every condition of one offer: clause, need, have, gap, source; what is wrong can be corrected."""
    desk = _own_desk(request)
    if desk is None:
        return render(request, "matches/unlinked.html")
    followed = {"follow_key": key, "follows": follows(request.actor, key)}
    return render(request, "matches/detail.html", _detail(desk, key) | followed)


@require("match.study")
@require_safe
def study_detail(request: HttpRequest, enterprise_id: str, key: str) -> HttpResponse:
    """The same for an officer."""
    enterprise = registry.one(request.actor, enterprise_id)
    if enterprise is None:
        raise Http404
    return render(request, "matches/detail.html", _detail(_desk(request, enterprise, own=False), key))


def _detail(desk: Desk, key: str) -> dict[str, Any]:
    offered = next((item for item in desk.offered if item.key == key), None)
    if offered is None:
        raise Http404
    one = match(offered, desk.facts, on=clock.today())
    language = _language()
    return {
        "enterprise": desk.enterprise,
        "own": desk.own,
        "match": one,
        "title": offered.rule.title.say(language),
        "group": GROUPS[one.group].say(language),
        "document": offered.rule.document,
        "document_title": offered.rule.document.title.say(language),
        "reasons": [
            {
                "reason": reason,
                "label": reason.fact.label.say(language) if reason.fact else "",
                "need": reason.need.say(language),
                "have": reason.have.say(language),
                "gap": reason.fact.write(abs(reason.gap), language)
                if reason.gap is not None and reason.fact
                else "",
                "source": reason.known.source if reason.known else "",
                "period": reason.known.period if reason.known else "",
                "confidence": reason.confidence.label.say(language),
                "met": _met(reason),
            }
            for reason in one.evaluation.reasons
        ],
        "stated": [line.say(language) for line in offered.rule.stated],
        "warnings": [line.say(language) for line in one.evaluation.warnings],
        "score": one.evaluation.score,
    }


def _met(reason: Any) -> str:
    """`yes`, `no` or `unknown` as the condition counts here, the sense of a `not` turned round."""
    word = reason.counts.value
    if reason.negated and word in ("yes", "no"):
        return "no" if word == "yes" else "yes"
    return str(word)


@require("match.see")
@require_safe
def ladder(request: HttpRequest) -> HttpResponse:
    """Where the enterprise stands on the cultivation ladder, and what the next rung takes."""
    desk = _own_desk(request)
    if desk is None:
        return render(request, "matches/unlinked.html")
    return render(request, "matches/ladder.html", _ladder(desk))


@require("match.study")
@require_safe
def study_ladder(request: HttpRequest, enterprise_id: str) -> HttpResponse:
    """The same for an officer."""
    enterprise = registry.one(request.actor, enterprise_id)
    if enterprise is None:
        raise Http404
    return render(request, "matches/ladder.html", _ladder(_desk(request, enterprise, own=False)))


def _ladder(desk: Desk) -> dict[str, Any]:
    return {
        "enterprise": desk.enterprise,
        "own": desk.own,
        "ladders": ladders(desk.facts, on=clock.today(), language=_language()),
    }


@require("match.answer")
@require_http_methods(["GET", "POST"])
def next_question(request: HttpRequest) -> HttpResponse:
    """One question at a time, the one whose answer settles most; the lists move at once."""
    desk = _own_desk(request)
    if desk is None:
        return render(request, "matches/unlinked.html")
    skipped = set(request.session.get("skipped_questions", ()))
    if request.method == "POST" and request.POST.get("skip"):
        request.session["skipped_questions"] = sorted({*skipped, request.POST["skip"][:60]})
        return redirect("matches:ask")
    if request.method == "POST":
        fact = fact_dictionary(open_pack(settings.LIANZHANG_PACK)).get(request.POST.get("fact", ""))
        if fact is None:
            raise Http404
        form = AnswerForm(request.POST, fact=fact)
        if form.is_valid():
            before = grouped(desk.offered, desk.facts, on=clock.today())
            try:
                answer(request.actor, desk.enterprise.pk, fact, form.value, period=form.period)
            except LianzhangError as error:
                form.add_error(None, error.say(_language()))
            else:
                after = grouped(
                    desk.offered, known_facts(desk.enterprise.pk, on=clock.today()), on=clock.today()
                )
                messages.success(request, _moved(before, after))
                return redirect("matches:ask")
        return render(request, "matches/ask.html", {"form": form, "fact": fact, "question": None}, status=400)
    asked = _question(desk, without=skipped)
    form = AnswerForm(fact=asked.fact) if asked else None
    return render(
        request, "matches/ask.html", {"form": form, "question": asked, "fact": asked.fact if asked else None}
    )


def _moved(before: dict[str, list[Match]], after: dict[str, list[Match]]) -> str:
    counts = {name: len(after[name]) - len(before[name]) for name in GROUPS}
    language = _language()
    parts = [f"{GROUPS[name].say(language)} {n:+d}" for name, n in counts.items() if n]
    if not parts:
        return gettext("已记下。清单没有变化。")
    return gettext("已记下。清单变化：%(moved)s。") % {"moved": "，".join(parts)}


def _question(desk: Desk, without: set[str] = frozenset()) -> Question | None:  # type: ignore[assignment]
    pack = open_pack(settings.LIANZHANG_PACK)
    found = ask([item.rule for item in desk.offered], desk.facts, fact_dictionary(pack), on=clock.today())
    # What the office knows in part is settled by the office: the enterprise proposes a correction.
    stated = {name for name, value in desk.facts.items() if value is not None}
    return next((item for item in found if item.fact.name not in without | stated), None)


@open_page
@require_http_methods(["GET", "POST"])
def self_test(request: HttpRequest) -> HttpResponse:
    """A visitor's test: the answers are judged and forgotten, nothing is stored or logged."""
    form = SelfTestForm(request.POST or None)
    shown: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        offered = offers(request.actor if request.actor.is_signed_in else ANONYMOUS, on=clock.today())
        found = grouped(offered, form.facts, on=clock.today())
        language = _language()
        shown["groups"] = [
            (label.say(language), [_row(one, language) for one in found[name]])
            for name, label in GROUPS.items()
        ]
    response = render(request, "matches/self_test.html", shown, status=400 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def _language() -> str:
    return get_language() or "zh-hans"
