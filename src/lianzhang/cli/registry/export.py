"""`lianzhang registry export`: the enterprises as a file that imports again as it is, or as the list shows them."""

from __future__ import annotations

import sys
from typing import Annotated, Any

import typer

from lianzhang.cli.registry.places import DatabaseOption, HomeOption, act, check_out, write
from lianzhang.cli.speech import help_text
from lianzhang.kernel import LianzhangError, Text

HELP = help_text(
    "导出企业名录（xlsx 或 csv）：默认可以原样再导入；给 --columns 则与网页上所见相同。",
    "Export the enterprises: the file imports again as it is; with --columns it is what the web shows.",
)


def _option(flag: str, zh: str, en: str) -> Any:
    return typer.Option(flag, help=help_text(zh, en), show_default=False)


def export(
    out: Annotated[
        str,
        typer.Option(
            "--out",
            metavar="OUT",
            help=help_text(
                "写到这份 xlsx 或 csv；- 为标准输出（csv）", "xlsx or csv file; - is standard output"
            ),
        ),
    ] = "-",
    words: Annotated[
        str, _option("--words", "名称、首字母、代码或产品", "name, initials, code, product")
    ] = "",
    county: Annotated[str, _option("--county", "县区编号，- 为未写明", "id of a county; - for unknown")] = "",
    industry: Annotated[str, _option("--industry", "行业代码开头", "how the industry code begins")] = "",
    title: Annotated[str, _option("--title", "曾获称号", "title ever named")] = "",
    chain: Annotated[str, _option("--chain", "产业链编号", "id of a chain")] = "",
    doubt: Annotated[
        str, _option("--doubt", "quoted、draft 或 unverified", "quoted, draft or unverified")
    ] = "",
    samples: Annotated[str, _option("--samples", "only 或 none", "only or none")] = "",
    columns: Annotated[
        str,
        _option(
            "--columns", "列，用逗号隔开；usual 为常用列", "columns with commas; usual for the usual ones"
        ),
    ] = "",
    home: HomeOption = "",
    database: DatabaseOption = "",
) -> None:
    """Write the list of enterprises."""
    check_out("" if out == "-" else out)
    actor = act(home, database)
    filters = {
        "words": words,
        "county": county,
        "industry": industry,
        "title": title,
        "chain": chain,
        "doubt": doubt,
        "samples": samples,
    }
    wanted = {name: value for name, value in filters.items() if value}
    as_book = out.lower().endswith(".xlsx")
    content = _as_seen(actor, wanted, columns, as_book) if columns else _for_import(actor, wanted, as_book)
    if out == "-":
        sys.stdout.buffer.write(content)
    else:
        write(out, content)


def _for_import(actor: Any, wanted: dict[str, Any], as_book: bool) -> bytes:
    from lianzhang.tables.export import export_csv, export_xlsx
    from lianzhang.web.imports.listing import enterprises_listing

    listing = enterprises_listing(actor, wanted)
    return export_xlsx(listing) if as_book else export_csv(listing)


def _as_seen(actor: Any, wanted: dict[str, Any], columns: str, as_book: bool) -> bytes:
    from lianzhang.web.registry import export as files
    from lianzhang.web.registry.columns import USUAL_IN_FILES, all_columns, chosen_columns
    from lianzhang.web.registry.listing import listed

    ids = [one.strip() for one in columns.split(",") if one.strip() and one.strip() != "usual"]
    known = {column.id for column in all_columns()}
    strange = [one for one in ids if one not in known]
    if strange:
        among = "、".join(sorted(known)[:40])
        raise LianzhangError(
            Text(f"没有“{strange[0]}”这一列。", f"There is no column “{strange[0]}”."),
            Text(f"可用的列有：{among}……", f"Columns are: {among} …"),
        )
    chosen = chosen_columns(ids, otherwise=USUAL_IN_FILES)
    said = "; ".join(f"{name} {value}" for name, value in wanted.items())
    rows = listed(actor, wanted).iterator(chunk_size=500)
    if as_book:
        content: bytes = files.workbook(actor, rows, chosen, filters=said)
        return content
    return b"".join(files.lines(actor, rows, chosen, filters=said))
