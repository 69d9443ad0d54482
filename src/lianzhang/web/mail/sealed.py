"""Addresses and codes as they are stored."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from lianzhang.web.people.sealing import seal, unseal

_PURPOSE = "mail address"


def sealed(address: str) -> str:
    """The address as it is stored; nothing for nothing."""
    return seal(address.encode(), purpose=_PURPOSE) if address else ""


def opened(stored: str) -> str:
    """The address in full: for its owner's page and for sending."""
    return unseal(stored, purpose=_PURPOSE).decode() if stored else ""


def code_digest(person_id: object, address: str, code: str) -> str:
    """A keyed digest that belongs to this person, address and code."""
    said = f"{person_id}|{address}|{code}".encode()
    return hmac.new(str(settings.SECRET_KEY).encode(), said, hashlib.sha256).hexdigest()
