"""Files that come with a step: few, small, of known kinds, never opened by us, photos without their place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from lianzhang.kernel import LianzhangError, Text

MOST_FILES, MOST_BYTES = 5, 10 * 2**20
#: First bytes of the kinds that are taken, and what they are served as. Packed ones are never unpacked.
_KINDS: tuple[tuple[bytes, str, tuple[str, ...]], ...] = (
    (b"\xff\xd8\xff", "image/jpeg", (".jpg", ".jpeg")),
    (b"\x89PNG\r\n\x1a\n", "image/png", (".png",)),
    (b"%PDF-", "application/pdf", (".pdf",)),
    (b"PK\x03\x04", "application/octet-stream", (".docx", ".xlsx", ".pptx", ".wps", ".et", ".ofd")),
    (b"\xd0\xcf\x11\xe0", "application/octet-stream", (".doc", ".xls", ".ppt", ".wps", ".et")),
)


class UnfitFile(LianzhangError):
    """A file that is not taken."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A file that is taken, as it is kept."""

    name: str
    content: bytes
    type: str


def fit(files: Iterable[Any]) -> list[Fit]:
    """The uploaded files as they are kept. Raises UnfitFile with the name of the one that is not taken."""
    files = list(files)
    if len(files) > MOST_FILES:
        raise UnfitFile(
            Text(f"一次最多{MOST_FILES}个附件。", f"At most {MOST_FILES} files at a time."),
            Text("请分次补充。", "Add the others later."),
        )
    return [_fit(file) for file in files]


def _fit(file: Any) -> Fit:
    name = str(file.name).replace("\\", "/").rsplit("/", 1)[-1][-120:]
    if file.size > MOST_BYTES:
        raise UnfitFile(
            Text(f"附件“{name}”超过10 MiB。", f"“{name}” is larger than 10 MiB."),
            Text("请压缩图片或分成几份。", "Make it smaller or split it."),
        )
    content = file.read(MOST_BYTES + 1)
    for head, kind, endings in _KINDS:
        if content.startswith(head) and name.lower().endswith(endings):
            return Fit(name, without_place(content) if kind == "image/jpeg" else content, kind)
    raise UnfitFile(
        Text(f"附件“{name}”不是可收的类型，或内容与后缀不符。", f"“{name}” is not of a kind that is taken."),
        Text("可用照片（JPG、PNG）、PDF、Word、Excel。", "Use photos (JPG, PNG), PDF, Word or Excel files."),
    )


def without_place(photo: bytes) -> bytes:
    """A JPEG without its APP1 segments, which hold where and with what it was taken."""
    kept, at = bytearray(photo[:2]), 2
    while at + 4 <= len(photo) and photo[at] == 0xFF and photo[at + 1] not in (0xDA, 0xD9):
        length = int.from_bytes(photo[at + 2 : at + 4], "big")
        if photo[at + 1] != 0xE1:
            kept += photo[at : at + 2 + length]
        at += 2 + max(length, 2)
    return bytes(kept) + photo[at:]
