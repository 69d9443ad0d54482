"""Short secrets in the database, sealed with a key that is not in the database.

A sealed value reads `algorithm$key$nonce$ciphertext`, so that a later algorithm or key can be told apart.
"""

from __future__ import annotations

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from lianzhang.kernel import SettingsError, Text

_ALGORITHM = "aes256gcm"
_NONCE_BYTES = 12


def seal(secret: bytes, *, purpose: str) -> str:
    """Encrypt `secret` for one purpose; a value sealed for another purpose does not open."""
    nonce = os.urandom(_NONCE_BYTES)
    sealed = AESGCM(_key(purpose)).encrypt(nonce, secret, purpose.encode())
    return "$".join((_ALGORITHM, "1", _text(nonce), _text(sealed)))


def unseal(sealed: str, *, purpose: str) -> bytes:
    """The secret inside. Raises SettingsError when it was sealed with another key."""
    try:
        algorithm, _, nonce, content = sealed.split("$")
        if algorithm != _ALGORITHM:
            raise ValueError(algorithm)
        return AESGCM(_key(purpose)).decrypt(_bytes(nonce), _bytes(content), purpose.encode())
    except (ValueError, InvalidTag) as error:
        raise SettingsError(
            Text(
                "加密字段无法解开：密钥文件与数据库不匹配。",
                "A sealed field does not open: key file and database differ.",
            ),
            Text(
                "请恢复与该数据库同时使用的 secret.key。",
                "Restore the secret.key that was used with this database.",
            ),
        ) from error


def _key(purpose: str) -> bytes:
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"lianzhang/{purpose}/1".encode())
    return derive.derive(str(settings.SECRET_KEY).encode())


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode("ascii")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode("ascii"))
