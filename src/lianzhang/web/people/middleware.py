"""Between Django's session and the pages: limits, identity, first steps, and errors in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from lianzhang.kernel import Conflict, LianzhangError, NotAllowed, clock
from lianzhang.web.database.held_up import is_held_up
from lianzhang.web.journal.actions.record import record_refused
from lianzhang.web.people import identity, passwords
from lianzhang.web.people.actions import sessions
from lianzhang.web.people.pages import refusals
from lianzhang.web.people.permission import Forbidden, OutsideView

Answer = Callable[[HttpRequest], HttpResponse]

#: Seconds between two writes of “last seen”, so that not every page costs a write.
_SEEN_EVERY = 60
#: Pages that stay open to somebody who must first choose a new password.
_BEFORE_FIRST_STEPS = {"people:password", "people:logout", "set_language"}


class SessionLimitsMiddleware:
    """Ends sessions that were idle, open for too long, or whose owner left."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Check the session before anything else looks at it."""
        if request.user.is_authenticated:
            now = int(clock.now().timestamp())
            opened = request.session.get("opened", 0)
            seen = request.session.get("seen", 0)
            if now - opened > settings.SESSION_COOKIE_AGE or now - seen > settings.SESSION_IDLE_SECONDS:
                logout(request)
                request.session["ended"] = "idle"
            else:
                if now - seen >= _SEEN_EVERY:
                    request.session["seen"] = now
                sessions.note_address(request)
        return self.get_response(request)


class IdentityMiddleware:
    """Sets `request.actor`, `request.holding`, `request.holdings` and those of delegations once per request."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Find out as whom the person acts."""
        person = request.user if request.user.is_authenticated else None
        request.holdings = identity.holdings_of(person) if person else []
        request.delegations = identity.delegations_to(person, request.holdings) if person else []
        request.delegation = identity.chosen_delegation(request.delegations, request.session)
        own = identity.chosen(request.holdings, request.session) if person else None
        request.holding = request.delegation.holding if request.delegation else own
        request.actor = identity.actor_of(person, request.holding, stands_in=request.delegation is not None)
        response = self.get_response(request)
        if person is not None:
            # Pages of signed-in people hold their data: no shared or later copy may be shown.
            response.setdefault("Cache-Control", "no-store")
        return response


class FirstStepsMiddleware:
    """Whoever has a password from another hand, or an expired one, chooses their own first."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Lead to the password page where needed."""
        person = request.user
        if person.is_authenticated and (person.must_change_password or passwords.has_expired(person)):
            try:
                name = resolve(request.path_info).view_name
            except Resolver404:
                name = ""
            if name not in _BEFORE_FIRST_STEPS:
                return redirect("people:password")
        return self.get_response(request)


class ErrorsMiddleware:
    """Turns refusals, conflicts and other errors with words into pages; refusals also go to the journal."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass on; the work happens when a page raises. No address has a NUL, which PostgreSQL takes for an error."""
        return refusals.not_found(request) if "\0" in request.path_info else self.get_response(request)

    def process_exception(self, request: Any, error: Exception) -> HttpResponse | None:
        """The page for `error`, or None for what nobody foresaw. The page's transaction is over by now."""
        if isinstance(error, Forbidden):
            record_refused(request.actor, error.verb, error.subject, error.what.zh)
        if isinstance(error, OutsideView):
            return refusals.not_found(request)
        if isinstance(error, NotAllowed):
            return refusals.sentence(request, error, status=403)
        if isinstance(error, Conflict):
            return refusals.sentence(request, error, status=409)
        if is_held_up(error):
            return refusals.busy(request, error)
        if isinstance(error, LianzhangError):
            return refusals.sentence(request, error, status=400)
        return None
