"""The page that typst sets: title, legend, and the map as an SVG that carries its own colours."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from lianzhang.web.chains.drawing import Drawn, Picture
from lianzhang.web.ui.typesetting import FONTS, quoted

#: Fill, edge, width and dashes of a box by mark: the values of `tokens.css`, which an SVG file cannot read.
_BOXES = {
    "gap": ("#fbecf0", "#9c1f3c", "1.2", "6 4"),
    "single": ("#fcf2de", "#855200", "2.4", ""),
    "weak": ("#fcf2de", "#855200", "1.2", ""),
    "strong": ("#e7f3ed", "#1b6b4a", "2.4", ""),
    "present": ("#ffffff", "#c9c5ba", "1.2", ""),
    "unknown": ("#faf9f6", "#5a5f69", "1.2", "1.5 3"),
}
_SVG_FONTS = "Noto Sans CJK SC, Source Han Sans SC, WenQuanYi Micro Hei, Microsoft YaHei, PingFang SC"


def sheet_of(
    drawn: Picture, *, title: str, lines: Sequence[str], marks: Sequence[tuple[str, str, int]], paper: str
) -> tuple[str, str]:
    """The page in typst's language and the drawing `map.svg` that it shows."""
    legend = "#h(1em)".join(
        f"#box(inset: (x: 4pt, y: 2pt), stroke: 0.6pt + rgb({quoted(_BOXES[mark][1])}))"
        f"[#text(size: 8pt)[#{quoted(f'{label} {count}')}]]"
        for mark, label, count in marks
    )
    page = f"""#set page(paper: {quoted(paper)}, flipped: true, margin: 11mm)
#set text(font: {FONTS}, size: 9pt)
#grid(columns: (1fr, auto), align: (left + bottom, right + bottom),
  text(size: 17pt, weight: "bold")[#{quoted(title)}],
  [#{quoted(" · ".join(lines))}])
#v(2mm)
{legend}
#v(2mm)
#align(center, image("map.svg", width: 100%, height: 1fr, fit: "contain"))
"""
    return page, _svg(drawn)


def _svg(drawn: Picture) -> str:
    bands = "".join(
        f'<rect x="{band.x}" y="{band.y}" width="{band.width}" height="{band.height}" rx="4" fill="#f0efe9"/>'
        f'<text x="{band.x + 12}" y="{band.y + 23}" font-size="15" font-weight="600">{escape(label)}</text>'
        for band, label in drawn.bands
    )
    lines = "".join(
        f'<path d="{line.path}" fill="none" stroke="#7c7f86" stroke-width="1.1" marker-end="url(#arrow)"/>'
        for line in drawn.lines
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {drawn.width} {drawn.height}" '
        f'width="{drawn.width}" height="{drawn.height}" font-family="{_SVG_FONTS}" fill="#1a2230">'
        '<defs><marker id="arrow" viewBox="0 0 6 6" refX="6" refY="3" markerWidth="6" markerHeight="6" '
        'orient="auto"><path d="M0 0L6 3L0 6z" fill="#7c7f86"/></marker></defs>'
        f"{bands}{lines}{''.join(_box(node) for node in drawn.nodes)}</svg>"
    )


def _box(node: Drawn) -> str:
    box, (fill, edge, width, dashes) = node.box, _BOXES[str(node.mark)]
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    word = "#4a5361" if node.mark == "present" else edge
    x, right = box.x + 9, box.x + box.width - 7
    names = "".join(
        f'<text x="{x}" y="{box.y + 17 + 15 * at}" font-size="13" font-weight="600">{escape(line)}</text>'
        for at, line in enumerate(node.lines)
    )
    leading = f"★ {node.leading}" if node.leading else ""
    notes = "".join(
        f'<text x="{x}" y="{box.y + down}" font-size="10.5" fill="#4a5361">{escape(text)}</text>'
        for down, text in ((47, node.firms), (60, leading))
        if text
    )
    return (
        f'<rect x="{box.x}" y="{box.y}" width="{box.width}" height="{box.height}" rx="3" fill="{fill}" '
        f'stroke="{edge}" stroke-width="{width}"{dashed}/>{names}{notes}'
        f'<text x="{right}" y="{box.y + box.height - 6}" font-size="10.5" font-weight="600" '
        f'text-anchor="end" fill="{word}">{escape(node.word)}</text>'
    )
