"""A plan as typst sets it: A4, numbered sections, every statement with its source in small type."""

from __future__ import annotations

from django.utils.translation import gettext

from lianzhang.web.plans.document import Grid, Plan, Section, Statement
from lianzhang.web.ui.typesetting import FONTS, quoted

#: From so many columns on a table is set small.
_WIDE = 8


def source_of(plan: Plan) -> str:
    """The document in typst's language."""
    lines = "\n".join(
        f"#align(center, text(9pt, fill: gray.darken(40%))[#{quoted(line)}])" for line in plan.lines
    )
    sections = "\n".join(_section(number, each) for number, each in enumerate(plan.sections, start=1))
    return f"""#set page(paper: "a4", margin: (x: 20mm, y: 22mm), numbering: "1 / 1")
#set text(font: {FONTS}, size: 10.5pt, lang: "zh")
#set par(leading: 0.75em, justify: false)
#show table.cell: set par(justify: false, leading: 0.5em)
#align(center, text(18pt, weight: "bold")[#{quoted(plan.title)}])
{lines}
#v(4mm)
{sections}
"""


def _section(number: int, part: Section) -> str:
    heading = quoted(f"{number}. {part.title}")
    title = f'#block(above: 6mm, below: 3mm, sticky: true, text(13pt, weight: "bold")[#{heading}])'
    if not part.given:
        return f"{title}\n#text(fill: gray.darken(40%))[#{quoted(part.empty)}]"
    grids = "\n".join(_grid(grid) for grid in part.grids)
    return "\n".join([title, grids, *(_statement(each) for each in part.statements)])


def _statement(each: Statement) -> str:
    doubt = gettext("注意：%(doubt)s") % {"doubt": each.doubt} if each.doubt else ""
    small = gettext("；").join(part for part in (each.source, doubt) if part)
    return (
        f"#block(above: 3mm, below: 3mm)[#{quoted(each.text)} "
        f"#text(8pt, fill: gray.darken(40%))[#{quoted(gettext('（来源：%(source)s）') % {'source': small})}]]"
    )


def _grid(grid: Grid) -> str:
    size = "6.5pt" if len(grid.head) >= _WIDE else "8pt"
    head = ", ".join(f"strong[#{quoted(cell)}]" for cell in grid.head)
    cells = ",\n".join(", ".join(f"[#{quoted(cell)}]" for cell in row) for row in grid.rows)
    widths = ", ".join(["1.6fr", *["1fr"] * (len(grid.head) - 1)])
    note = f"\n#text(8pt, fill: gray.darken(40%))[#{quoted(grid.source)}]" if grid.source else ""
    return (
        f'#block(above: 3mm, below: 1.5mm, sticky: true, text(9.5pt, weight: "bold")[#{quoted(grid.caption)}])\n'
        f"#text({size})[#table(columns: ({widths}), stroke: 0.4pt + gray, inset: 3pt,\n"
        f"table.header({head}),\n{cells})]{note}"
    )
