"""The firm's contact: the phone is sealed at rest, masked on pages, and checked by its last four digits."""

from __future__ import annotations

import hashlib
import hmac
import re

from django.conf import settings

from lianzhang.web.people.sealing import seal, unseal

_PURPOSE = "request contact"
PHONE = re.compile(r"^\+?[\d\s()-]{7,20}$")


def sealed(phone: str) -> str:
    """The phone as it is stored; nothing for nothing."""
    return seal(phone.encode(), purpose=_PURPOSE) if phone else ""


def masked(stored: str) -> str:
    """The stored phone as pages show it: 138****5678."""
    if not stored:
        return ""
    digits = opened(stored)
    return f"{digits[:3]}****{digits[-4:]}" if len(digits) >= 8 else "****"


def opened(stored: str) -> str:
    """The stored phone in full, for those in charge."""
    return unseal(stored, purpose=_PURPOSE).decode() if stored else ""


def check_of(phone: str) -> str:
    """A keyed digest of the last four digits; nothing when there are fewer."""
    digits = "".join(sign for sign in phone if sign.isdigit())[-4:]
    if len(digits) < 4:
        return ""
    return hmac.new(str(settings.SECRET_KEY).encode(), digits.encode(), hashlib.sha256).hexdigest()
