"""Compiled translations, made from the `.po` files when they are missing or older.

Released packages carry them; a checkout gets them here, at start and before the tests.
"""

from __future__ import annotations

import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import lianzhang

#: The time written into what is compiled: the same as in a built package, whose files are left alone.
EPOCH = datetime.fromtimestamp(0, UTC)


def sources() -> list[Path]:
    """Every `.po` file of the package."""
    root = Path(lianzhang.__file__).resolve().parent
    return sorted(root.glob("**/locale/*/LC_MESSAGES/*.po"))


def compile_if_needed() -> list[Path]:
    """Write each missing or outdated `.mo`; returns those written. Without Babel nothing is written."""
    outdated = [source for source in sources() if _is_outdated(source)]
    if not outdated:
        return []
    try:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po
    except ModuleNotFoundError:
        # An installed package carries its `.mo` files; the pages stay Chinese if somebody removed them.
        return []
    written = []
    for source in outdated:
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        catalogue.creation_date = EPOCH
        target = source.with_suffix(".mo")
        # Written beside and moved, so that a second process never reads half a file.
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, suffix=".part")
        with os.fdopen(descriptor, "wb") as file:
            write_mo(file, catalogue)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(target)
        written.append(target)
    return written


def _is_outdated(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime
