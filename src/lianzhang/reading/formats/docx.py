"""Word files: paragraphs and tables in the order they are read, cells of a row joined by tabs.

The one part that holds the text is read directly, so nothing else in the package is ever parsed.
Deleted, hidden and doubled text (tracked changes, fallbacks, ruby readings) stays out.
"""

from __future__ import annotations

from lxml import etree

from lianzhang.kernel.errors import UnreadableDocument
from lianzhang.kernel.text import Text
from lianzhang.reading.document import SourceDocument
from lianzhang.reading.formats.package import parts_of

_MAIN, _PROPERTIES = "word/document.xml", "docProps/core.xml"
_SKIPPED = frozenset({"Fallback", "del", "moveFrom", "rt", "instrText", "delText", "sectPr", "pPr"})
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes, *, name: str | None = None) -> SourceDocument:
    """The text of a Word package; raises `UnreadableDocument` for unsafe or broken ones."""
    parts = parts_of(data, _MAIN, _PROPERTIES)
    text = _Lines().of(_parsed(parts[_MAIN]))
    return SourceDocument(text, "UTF-8", "docx", _title(parts.get(_PROPERTIES)), name=name)


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        if any(entry.type_name == "ERR_NO_MEMORY" for entry in parser.error_log):
            raise MemoryError from error
        raise UnreadableDocument(
            Text("Word 文件的正文部分已损坏。", "The text part of the Word file is broken."),
            Text(
                "请用 Word 或 WPS 打开原文件，另存为新的 docx 再上传；也可直接复制正文粘贴。",
                "Open the original in Word or WPS and save it as a new docx, or copy and paste the text.",
            ),
        ) from error


def _title(properties: bytes | None) -> str:
    if properties is None:
        return ""
    found = _parsed(properties).find("{http://purl.org/dc/elements/1.1/}title")
    return (found.text or "").strip() if found is not None else ""


class _Lines:
    """Collects lines while walking the document; open paragraphs and cells lie on stacks."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._paragraphs: list[list[str]] = []
        self._cells: list[list[str]] = []
        self._rows: list[list[str]] = []

    def of(self, root: etree._Element) -> str:
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            if not isinstance(element.tag, str):
                continue
            kind = etree.QName(element).localname
            if event == "end":
                self._close(kind)
            elif kind in _SKIPPED or (kind == "r" and _is_hidden(element)):
                walk.skip_subtree()
            else:
                self._open(kind, element.text or "")
        return "\n".join(self._lines)

    def _open(self, kind: str, text: str) -> None:
        if kind == "p":
            self._paragraphs.append([])
        elif kind == "tr":
            self._rows.append([])
        elif kind == "tc":
            self._cells.append([])
        elif self._paragraphs and kind == "t":
            self._paragraphs[-1].append(text)
        elif self._paragraphs and kind in _BREAKS:
            self._paragraphs[-1].append(_BREAKS[kind])

    def _close(self, kind: str) -> None:
        if kind == "p" and self._paragraphs:
            self._add("".join(self._paragraphs.pop()))
        elif kind == "tc" and self._cells:
            cell = " ".join(" ".join(part.split()) for part in self._cells.pop() if part.strip())
            if self._rows:
                self._rows[-1].append(cell)
        elif kind == "tr" and self._rows:
            self._add("\t".join(self._rows.pop()))

    def _add(self, line: str) -> None:
        (self._cells[-1] if self._cells else self._lines).append(line)


def _is_hidden(run: etree._Element) -> bool:
    """A run that Word does not show."""
    return any(
        isinstance(mark.tag, str) and etree.QName(mark).localname == "vanish" and _is_on(mark)
        for properties in run
        if isinstance(properties.tag, str) and etree.QName(properties).localname == "rPr"
        for mark in properties
    )


def _is_on(mark: etree._Element) -> bool:
    return next(iter(mark.attrib.values()), "1") not in ("0", "false", "off")
