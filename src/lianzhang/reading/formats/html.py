"""Saved web pages: the article without its surroundings, one paragraph to a line.

Nothing is fetched and no entity beyond HTML's own is resolved. If an `article` or `main` element
holds the better part of the text, only that is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree
from lxml import html as lxml_html

from lianzhang.kernel.errors import UnreadableDocument
from lianzhang.kernel.period import Period
from lianzhang.kernel.text import Text
from lianzhang.reading.decode import decode
from lianzhang.reading.document import SourceDocument, date_in

# fmt: off
_DROPPED = frozenset(
    {
        "script", "style", "noscript", "template", "nav", "aside", "footer", "form", "button", "select",
        "option", "textarea", "iframe", "object", "embed", "svg", "math", "canvas", "audio", "video", "map",
        "head", "rt", "rp", "link", "meta",
    }
)
# fmt: on
# fmt: off
_BLOCKS = frozenset(
    {
        "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend",
        "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
    }
)
# fmt: on
_CELLS = frozenset({"td", "th"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "complementary", "menu"})
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\n\r\f\v]+")
_CHINESE = "\u3000-\u303f\u3400-\u9fff\uff00-\uffef"
_WRAPPED = re.compile(rf"(?<=[{_CHINESE}]) (?=[{_CHINESE}])")
# fmt: off
_DATE_NAMES = frozenset(
    {
        "pubdate", "publishdate", "publish-date", "publish_date", "publishtime", "firstpublishedtime",
        "article:published_time", "og:published_time", "og:article:published_time", "article.published",
        "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.issued", "weibo:article:create_at",
        "apub:time", "bytedance:published_time",
    }
)
# fmt: on
#: An article element counts as the text if it holds this share of it.
_MOST = 0.4
#: A list is navigation if this share of its text is links, and there are so many.
_LINKS, _MANY_LINKS = 0.8, 4


def read_html(data: bytes, *, name: str | None = None) -> SourceDocument:
    """The article of a saved page; raises `UnreadableDocument` where there is none."""
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, declared=declared[1].decode("ascii") if declared else "")
    root = _parsed(decoded.text)
    body = root.find("body")
    body = root if body is None else body
    text = _text(_article(body))
    heading = body.find(".//h1")
    title = _line(heading) if heading is not None else ""
    if title and title not in text:
        text = f"{title}\n{text}"
    title = title or _page_title(root)
    if not text.strip():
        raise UnreadableDocument(
            Text("网页里没有正文（可能由脚本生成）。", "The page holds no text; scripts may fill it in."),
            Text("请在浏览器中打开，复制正文粘贴。", "Open it in a browser, copy the text and paste it."),
        )
    return SourceDocument(text, decoded.encoding, "html", title, _published(root), name)


def _parsed(text: str) -> lxml_html.HtmlElement:
    parser = lxml_html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        if any(entry.type_name == "ERR_NO_MEMORY" for entry in parser.error_log):
            raise MemoryError from error
        raise UnreadableDocument(
            Text("网页文件已损坏，读不出正文。", "The page is broken and its text cannot be read."),
            Text("请在浏览器中打开，复制正文粘贴。", "Open it in a browser, copy the text and paste it."),
        ) from error


def _article(body: etree._Element) -> etree._Element:
    """The element that holds the article, or the body."""
    whole = _weight(body)
    candidates = [(_weight(found), found) for found in body.iter("article", "main")]
    if candidates:
        weight, found = max(candidates, key=lambda candidate: candidate[0])
        if weight >= _MOST * whole:
            return found
    return body


def _weight(element: etree._Element) -> int:
    return sum(len(piece.strip()) for piece in _pieces(element))


def _pieces(root: etree._Element) -> Iterator[str]:
    """Text in reading order, with \\n around blocks and \\t behind cells."""
    walk = etree.iterwalk(root, events=("start", "end"))
    left_out = False
    for event, element in walk:
        kind = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            left_out = element is not root and (not kind or _is_left_out(element, kind))
            if left_out:
                walk.skip_subtree()
                continue
            if kind in _BLOCKS:
                yield "\n"
            yield _SPACE.sub(" ", element.text or "")
            continue
        if kind == "br" or (kind in _BLOCKS and not left_out):
            yield "\n"
        elif kind in _CELLS:
            yield "\t"
        left_out = False
        if element is not root:
            yield _SPACE.sub(" ", element.tail or "")


def _is_left_out(element: etree._Element, kind: str) -> bool:
    if kind in _DROPPED or element.get("hidden") is not None or element.get("role") in _ROLES:
        return True
    if _HIDDEN_STYLE.search(element.get("style") or ""):
        return True
    return kind in ("ul", "ol") and _is_navigation(element)


def _is_navigation(element: etree._Element) -> bool:
    links = element.findall(".//a")
    if len(links) < _MANY_LINKS:
        return False
    whole = len("".join(map(str, element.itertext())).strip())
    linked = sum(len("".join(map(str, link.itertext())).strip()) for link in links)
    return linked >= _LINKS * whole


def _text(element: etree._Element) -> str:
    lines = []
    for line in "".join(_pieces(element)).split("\n"):
        kept = _WRAPPED.sub("", line.replace("\u00a0", " ").strip(" \t\u3000"))
        if kept:
            lines.append(re.sub(r" *\t *", "\t", kept))
    return "\n".join(lines)


def _line(element: etree._Element) -> str:
    return _text(element).replace("\n", " ").strip()


def _page_title(root: etree._Element) -> str:
    found = root.find(".//title")
    return _SPACE.sub(" ", found.text or "").strip() if found is not None else ""


def _published(root: etree._Element) -> Period | None:
    """The day of publication, where the page's own record names it."""
    for meta in root.iter("meta"):
        key = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        if key in _DATE_NAMES:
            found = date_in(meta.get("content") or "")
            if found is not None:
                return found
    for element in root.iter("time"):
        found = date_in(element.get("datetime") or "")
        if found is not None and (
            element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
        ):
            return found
    return None
