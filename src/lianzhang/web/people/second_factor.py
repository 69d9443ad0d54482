"""Time-based one-time codes (RFC 6238: six digits, 30 seconds, SHA-1 as all authenticator apps expect)."""

from __future__ import annotations

import base64
import os
from urllib.parse import quote

import qrcode
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor import InvalidToken
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from qrcode.image.svg import SvgPathImage

from lianzhang.kernel import clock
from lianzhang.web.people.models import Person
from lianzhang.web.people.sealing import unseal

PURPOSE = "second-factor"
_STEP_SECONDS = 30
_SEED_BYTES = 20
#: Steps before and after the present one that are accepted: telephones run up to half a minute wrong.
_DRIFT_STEPS = 1


def new_seed() -> bytes:
    """A fresh secret to be shared with the person's telephone."""
    return os.urandom(_SEED_BYTES)


def seed_of(person: Person) -> bytes | None:
    """The person's secret, or None without a second factor."""
    return unseal(person.second_factor, purpose=PURPOSE) if person.second_factor else None


def matching_step(seed: bytes, code: str, *, after: int = 0) -> int | None:
    """The time step that `code` belongs to, later than `after`; None when the code is wrong or used up."""
    digits = "".join(code.split())
    if not (digits.isascii() and digits.isdecimal()):
        return None
    codes = TOTP(seed, 6, SHA1(), _STEP_SECONDS)  # noqa: S303 - the algorithm of the standard
    present = int(clock.now().timestamp()) // _STEP_SECONDS
    for step in range(present - _DRIFT_STEPS, present + _DRIFT_STEPS + 1):
        try:
            codes.verify(digits.encode(), step * _STEP_SECONDS)
        except InvalidToken:
            continue
        return step if step > after else None
    return None


def typed_form(seed: bytes) -> str:
    """The secret as a person types it into an app, in groups of four."""
    text = base64.b32encode(seed).decode("ascii")
    return " ".join(text[start : start + 4] for start in range(0, len(text), 4))


def picture(seed: bytes, *, username: str) -> str:
    """The secret as an SVG drawing of a QR code, without style attributes."""
    label = quote(f"链长:{username}", safe="")
    secret = base64.b32encode(seed).decode("ascii")
    address = f"otpauth://totp/{label}?secret={secret}&issuer={quote('链长')}"
    drawing = qrcode.make(address, image_factory=SvgPathImage, border=2)
    return str(drawing.to_string(encoding="unicode"))
