"""The question of permission as pages and actions ask it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, reverse

from lianzhang.casework import VERBS, Actor, Refused, Subject, may, may_ever
from lianzhang.kernel import NotAllowed, Text

__all__ = [
    "Forbidden",
    "OutsideView",
    "Subject",
    "may",
    "may_ever",
    "may_open",
    "open_page",
    "require",
    "require_for",
    "verb_of",
]

View = Callable[..., HttpResponse]

#: Kinds of things that are seen through another kind: claims stand on the page of their bulletin.
_SEEN_AS = {"claim": "bulletin"}
#: Room for an address in the journal.
_LONGEST_SUBJECT = 120


class Forbidden(NotAllowed):
    """The actor may not do this; carries what was tried, for the journal."""

    def __init__(self, verb: str, subject: str, reason: Text) -> None:
        remedy = Text("可在“我的权限”页查看自己能办的事项。", "“My permissions” lists what you may do.")
        super().__init__(reason, remedy)
        self.verb = verb
        self.subject = subject[:_LONGEST_SUBJECT]


class OutsideView(Forbidden):
    """The subject is none of the actor's business: to them it looks as if it did not exist."""


def require(verb: str) -> Callable[[View], View]:
    """Let only roles that have `verb` open the page; this also names the verb for the table of addresses.

    This is the question about the role. Whether the role's arm reaches the thing shown is asked by
    `require_for` or `visible_to` once the thing is known.
    """
    if verb not in VERBS:
        raise KeyError(f"no such verb: {verb}; declare it in lianzhang.casework.verbs")

    def around(view: View) -> View:
        @wraps(view)
        def asked(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            answer = may_ever(request.actor, verb)  # type: ignore[attr-defined]
            if isinstance(answer, Refused):
                raise Forbidden(verb, request.path, answer.reason)
            return view(request, *arguments, **named)

        asked.verb = verb  # type: ignore[attr-defined]
        return asked

    return around


def open_page(view: View) -> View:
    """A page for everybody, signed in or not."""

    @wraps(view)
    def opened(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        return view(request, *arguments, **named)

    opened.verb = None  # type: ignore[attr-defined]
    return login_not_required(opened)


def require_for(actor: Actor, verb: str, subject: Subject) -> None:
    """Raise unless `actor` may do `verb` to `subject`.

    OutsideView when the actor may not even see a subject of this kind and place (shown as “not found”),
    Forbidden with the reason otherwise.
    """
    answer = may(actor, verb, subject)
    if not isinstance(answer, Refused):
        return
    seeing = f"{_SEEN_AS.get(subject.kind, subject.kind)}.see"
    visible = seeing in VERBS and may(actor, seeing, subject).allowed
    raise (Forbidden if visible else OutsideView)(verb, str(subject), answer.reason)


def verb_of(view: object) -> str | None:
    """The verb that a page asks for; None for open pages and for pages that only ask for a sign-in."""
    return getattr(view, "verb", None)


def may_open(actor: Actor, address: str, **named: object) -> bool:
    """Whether the actor's role may open the page with this address name, such as `journal:list`."""
    view = resolve(reverse(address, kwargs=named)).func
    verb = verb_of(view)
    if verb is None:
        return actor.is_signed_in or not getattr(view, "login_required", True)
    return may_ever(actor, verb).allowed
