"""Bytes to text, with the encoding found out and named; nothing is replaced in silence.

UTF-8 proves itself; GB18030 and Big5 share most byte pairs, so of two possible readings the one made
of everyday characters is taken. A file that is sound but for a stray byte is read with U+FFFD in its
place, which the damage report then shows.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from lianzhang.kernel.errors import UnreadableDocument
from lianzhang.kernel.text import Text
from lianzhang.reading.character_odds import odds_of_reading

#: One byte in so many may be beyond repair before the file as a whole counts as unreadable.
_SOUND_BYTES_PER_BAD_ONE = 1000
#: A single broken character is let pass in a file of any length.
_ONE_CHARACTER = 3
#: So many characters tell two encodings apart.
_SAMPLE = 3000
#: Mean odds below which a decoded text is no Chinese, and the length from which the mean counts.
_NO_CHINESE = -12.5
_MEANINGFUL = 20
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
#: Encodings by the name shown, the codecs to try for each, most likely first.
_CODECS = {"UTF-8": ("utf-8",), "GB18030": ("gb18030",), "Big5": ("cp950", "big5hkscs")}
_DECLARED = {
    "utf-8": "UTF-8",
    "utf8": "UTF-8",
    "gb2312": "GB18030",
    "gbk": "GB18030",
    "gb18030": "GB18030",
    "x-gbk": "GB18030",
    "big5": "Big5",
    "big5-hkscs": "Big5",
    "x-x-big5": "Big5",
}
_CONTROL = bytes([*range(1, 9), *range(14, 26), *range(28, 32)])
_NOT_ASCII = re.compile("[^\x00-\x7f]")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the encoding it was in, and how many bytes could not be read."""

    text: str
    encoding: str
    bad_bytes: int = 0


def decode(data: bytes, *, declared: str = "") -> Decoded:
    """The text of `data`; raises `UnreadableDocument` where no encoding fits.

    `declared` is an encoding that the document itself names; it breaks ties and is not believed blindly.
    """
    for mark, codec, label in _MARKS:
        if data.startswith(mark):
            return _by_mark(data[len(mark) :], codec, label)
    _refuse_binary(data)
    sound = _sound_readings(data)
    if "UTF-8" in sound:
        return Decoded(sound["UTF-8"], "UTF-8")
    wanted = _DECLARED.get(declared.strip().lower(), "")
    if sound:
        odds = {label: _plausibility(text) for label, text in sound.items()}
        best = max(odds, key=lambda label: odds[label] + (1.0 if label == wanted else 0.0))
        if odds[best] > _NO_CHINESE:
            return Decoded(sound[best], best)
        raise _unknown_encoding()
    return _nearly_sound(data)


def _by_mark(data: bytes, codec: str, label: str) -> Decoded:
    """A file that names its own encoding in the first bytes."""
    try:
        return Decoded(data.decode(codec), label)
    except UnicodeDecodeError:
        mended = _mend(data, codec)
        if mended is None:
            raise _unknown_encoding() from None
        return Decoded(mended[0], label, mended[1])


def _refuse_binary(data: bytes) -> None:
    if b"\0" in data:
        place = data.index(b"\0")
        raise UnreadableDocument(
            Text(
                f"文件第{place + 1}个字节是空字节（NUL），这不是文本文件，或没有标明是 UTF-16。",
                f"Byte {place + 1} of the file is NUL: this is no text file, or UTF-16 without its mark.",
            ),
            Text(
                "请用原来的程序打开，另存为 UTF-8 文本、docx 或带文字的 PDF 再上传。",
                "Open it in the program it came from and save it as UTF-8 text, docx or a PDF with text.",
            ),
        )
    controls = len(data) - len(data.translate(None, _CONTROL))
    if controls > max(2, len(data) // 500):
        raise UnreadableDocument(
            Text(
                f"文件含{controls}个控制字节，是二进制文件，不是文字。",
                f"The file holds {controls} control bytes: it is binary, not text.",
            ),
            Text(
                "请上传 txt、html、docx 或带文字的 PDF，或直接粘贴正文。",
                "Upload txt, html, docx or a PDF with text, or paste the text itself.",
            ),
        )


def _sound_readings(data: bytes) -> dict[str, str]:
    """Every encoding in which all bytes are valid; UTF-8 alone if it is one of them."""
    found: dict[str, str] = {}
    for label, names in _CODECS.items():
        for name in names:
            try:
                found[label] = data.decode(name)
                break
            except UnicodeDecodeError:
                continue
        if label in found and label == "UTF-8":
            break
    return found


def _plausibility(text: str) -> float:
    """Mean odds of the characters beyond ASCII; 0 for a text that has hardly any."""
    telling = _NOT_ASCII.findall(text[: 4 * _SAMPLE])[:_SAMPLE]
    if not telling:
        return 0.0
    mean = odds_of_reading("".join(telling)) / len(telling)
    return mean if len(telling) >= _MEANINGFUL else max(mean, _NO_CHINESE + 0.1)


def _nearly_sound(data: bytes) -> Decoded:
    """The most plausible encoding in which next to all bytes are valid."""
    best: tuple[float, Decoded] | None = None
    for label, names in _CODECS.items():
        mended = _mend(data, names[0])
        if mended is None:
            continue
        odds = _plausibility(mended[0])
        if odds > _NO_CHINESE and (best is None or odds > best[0]):
            best = odds, Decoded(mended[0], label, mended[1])
    if best is None:
        raise _unknown_encoding()
    return best[1]


def _mend(data: bytes, codec: str) -> tuple[str, int] | None:
    """The text with U+FFFD for each bad stretch, and the bad bytes; None if there are too many."""
    allowed = max(_ONE_CHARACTER, len(data) // _SOUND_BYTES_PER_BAD_ONE)
    parts: list[str] = []
    place = bad = 0
    view = memoryview(data)
    while place < len(data):
        try:
            parts.append(str(view[place:], codec))
            break
        except UnicodeDecodeError as error:
            parts.append(str(view[place : place + error.start], codec) + "\ufffd")
            # A cut-off final character counts once, however many of its bytes are left.
            bad += 1 if place + error.end >= len(data) else error.end - error.start
            place += error.end
            if bad > allowed:
                return None
    return "".join(parts), bad


def _unknown_encoding() -> UnreadableDocument:
    return UnreadableDocument(
        Text(
            "认不出文字编码：按 UTF-8、GB18030、Big5 读出来都不成文。",
            "The encoding is unknown: neither UTF-8 nor GB18030 nor Big5 makes sense of the file.",
        ),
        Text(
            "请用记事本或 WPS 打开，确认文字正常后另存为 UTF-8，再上传；也可直接粘贴正文。",
            "Open it in an editor, check that it reads well, save it as UTF-8 and upload that; "
            "or paste the text.",
        ),
    )
