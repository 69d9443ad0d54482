"""The store of original files: named by their SHA-256, written once, never changed, on no web path."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from lianzhang.kernel import LianzhangError, Text


class OriginalMissing(LianzhangError):
    """The database knows a document whose bytes are not in the store, or not the same any more."""


def folder() -> Path:
    """Where the originals lie."""
    return Path(settings.LIANZHANG_HOME) / "documents"


def digest(content: bytes) -> str:
    """The name of these bytes."""
    return hashlib.sha256(content).hexdigest()


def keep(content: bytes) -> str:
    """Store the bytes and return their name; bytes that are there already are left alone.

    They are on the disk, name included, before this returns: a row that points at them may be committed.
    """
    name = digest(content)
    place = folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = place / name
    if target.exists():
        return name
    descriptor, temporary = tempfile.mkstemp(prefix=".", suffix=".part", dir=place)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(place)
    return name


def fetch(name: str) -> bytes:
    """The bytes of this name. Raises OriginalMissing when they are gone or have been changed."""
    try:
        content = (folder() / name).read_bytes()
    except OSError as error:
        raise OriginalMissing(
            Text("存档的原件不在了。", "The stored original is gone."),
            Text(f"请从备份恢复 documents/{name}。", f"Restore documents/{name} from the backup."),
        ) from error
    if digest(content) != name:
        raise OriginalMissing(
            Text("存档的原件与入库时不一致。", "The stored original is not what was received."),
            Text(f"请从备份恢复 documents/{name}。", f"Restore documents/{name} from the backup."),
        )
    return content


def _sync_folder(place: Path) -> None:
    if os.name != "posix":
        return  # Windows has no directory handles to synchronise
    descriptor = os.open(place, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
