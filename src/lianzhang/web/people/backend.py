"""Sign-in by account name and password."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from lianzhang.web.people.models import Person, normal_username


class NameAndPassword:
    """The one way in. An unknown name costs the same time as a wrong password."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Person | None:
        """The active person with this name and password, or None."""
        if username is None or password is None:
            return None
        person = Person.objects.filter(username=normal_username(username)).first()
        if person is None or not person.has_usable_password():
            make_password(password)
            return None
        return person if person.check_password(password) and person.is_active else None

    def get_user(self, user_id: uuid.UUID | str) -> Person | None:
        """The person behind a session, as long as the account is in use."""
        person = Person.objects.filter(pk=user_id).first()
        return person if person is not None and person.is_active else None
