"""The file of anchors beside the database: one line of JSON for each time the end was written down."""

from __future__ import annotations

import json
import os
from pathlib import Path

from django.conf import settings

from lianzhang.kernel import LianzhangError, Text
from lianzhang.kernel.event import canonical
from lianzhang.web.journal.verify import Anchor


class AnchorFileDamaged(LianzhangError):
    """A line of the file is no anchor."""


def path() -> Path:
    """Where the anchors are: in the data folder, outside the database. A copy elsewhere is better still."""
    return Path(settings.LIANZHANG_HOME) / "anchors.log"


def read() -> list[Anchor]:
    """All anchors, oldest first; none when there is no file. Raises AnchorFileDamaged, naming the line."""
    file = path()
    if not file.exists():
        return []
    anchors: list[Anchor] = []
    for number, line in enumerate(file.read_bytes().splitlines(), start=1):
        anchor = _anchor_of(line)
        if anchor is None or (anchors and anchor.seq <= anchors[-1].seq):
            raise AnchorFileDamaged(
                Text(f"锚点文件 {file} 第 {number} 行已损坏。", f"Line {number} of {file} is damaged."),
                Text(
                    "请用异地保存的副本核对；不要手工修改此文件。",
                    "Compare it with the copy kept elsewhere; do not edit the file by hand.",
                ),
            )
        anchors.append(anchor)
    return anchors


def append(anchor: Anchor) -> None:
    """Add one line and wait until the disk has it."""
    file = path()
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    line = canonical({"at": anchor.at, "count": anchor.count, "hash": anchor.hash, "seq": anchor.seq})
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, line + b"\n")
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _anchor_of(line: bytes) -> Anchor | None:
    try:
        fields = json.loads(line)
        if canonical(fields) != line or set(fields) != {"at", "count", "hash", "seq"}:
            return None
        anchor = Anchor(at=fields["at"], seq=fields["seq"], hash=fields["hash"], count=fields["count"])
    except (ValueError, TypeError):
        return None
    whole_numbers = all(type(number) is int for number in (anchor.seq, anchor.count))
    return anchor if whole_numbers and isinstance(anchor.hash, str) else None
