"""`lianzhang chain place`: which enterprises of a registry stand on which nodes, and the words that say so."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lianzhang.cli.chain.maps import map_of_chain
from lianzhang.cli.metrics.tables import read_table, write_tables
from lianzhang.cli.speech import console, help_text, say
from lianzhang.kernel.errors import LianzhangError
from lianzhang.kernel.text import Text

if TYPE_CHECKING:
    import polars as pl

    from lianzhang.chain import Node, NodeTerms
    from lianzhang.chain.placing import Scopes

HELP = help_text(
    "把企业落到环节上：按经营范围、产品、行业代码，每一条都附凭据。",
    "Place enterprises on nodes by scope, products and industry class, each with its evidence.",
)


def place(
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="PLACES.parquet", help=help_text("结果写到这里", "where the places go")
        ),
    ],
    chain: Annotated[
        str,
        typer.Option("--chain", show_default=False, metavar="ID", help=help_text("产业链编号", "the chain")),
    ] = "",
    nodes: Annotated[
        Path | None,
        typer.Option(
            "--nodes",
            show_default=False,
            metavar="N.json",
            help=help_text("不用图谱，用这个文件里的用语", "terms from this file instead of a map"),
        ),
    ] = None,
    registry: Annotated[
        Path | None,
        typer.Option(
            "--registry",
            show_default=False,
            metavar="R.parquet",
            help=help_text("企业表，Parquet 或 CSV；默认用企业库", "Parquet or CSV; default: the database's"),
        ),
    ] = None,
    items: Annotated[
        Path | None,
        typer.Option(
            "--items",
            show_default=False,
            metavar="FOLDER",
            help=help_text("切好的经营范围存在这里，下次直接用", "keep the cut scopes here for the next run"),
        ),
    ] = None,
) -> None:
    """Place the registry and write the places; nothing is written when anything fails."""
    from lianzhang.chain.placing import place_registry

    _one_of(chain, nodes)
    if registry is None:
        _open_database()
    terms, described = _nodes(chain, nodes, in_force=registry is None)
    table = _registry(registry)
    scopes = _scopes(table, items)
    with _bar(len(terms)) as advance:
        places = place_registry(table, terms, described=described, scopes=scopes, progress=advance)
    write_tables({out: lambda path: places.write_parquet(path)})
    enterprises = places["uscc"].n_unique()
    say(
        Text(
            f"{table.height}家企业，{len(terms)}个环节；落位{places.height}条，涉及{enterprises}家，写入 {out}。",
            f"{table.height} enterprises, {len(terms)} nodes; {places.height} places of {enterprises} "
            f"enterprises, written to {out}.",
        )
    )


def _one_of(chain: str, path: Path | None) -> None:
    if bool(chain) == (path is not None):
        raise LianzhangError(
            Text("请给出 --chain 或 --nodes 其中一个。", "Give either --chain or --nodes."),
        )


def _nodes(chain: str, path: Path | None, *, in_force: bool) -> tuple[Sequence[NodeTerms], Sequence[Node]]:
    """The terms to place by; of a chain those of its published map when the database is used."""
    if path is not None:
        return _nodes_of_file(path), ()
    described: Sequence[Node] = map_of_chain(chain).nodes
    if in_force:
        from lianzhang.web.chains.placing import map_in_force

        published = map_in_force(chain)
        described = published.nodes if published is not None else described
    return [node.terms for node in described], described


def _nodes_of_file(path: Path) -> list[NodeTerms]:
    from lianzhang.chain import NodeTerms

    try:
        rows = json.loads(path.read_text(encoding="utf-8-sig"))
        nodes = [
            NodeTerms(str(row["id"]), *(_words(row.get(key, [])) for key in ("any", "veto", "needs")))
            for row in rows
        ]
        names = [node.id for node in nodes]
        twice = [name for name in names if names.count(name) > 1]
        if twice or not nodes:
            raise ValueError(f"{twice[0]!r} twice" if twice else "no node")
        return nodes
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise LianzhangError(
            Text(f"读不了环节用语 {path}（{error}）。", f"The terms of {path} cannot be read ({error})."),
            Text(
                '应是 [{"id": "N1", "any": ["轴承制造"], "veto": ["除外"]}, …]。',
                'They are [{"id": "N1", "any": ["轴承制造"], "veto": ["除外"]}, …].',
            ),
        ) from error


def _words(value: object) -> tuple[str, ...]:
    words = [word.strip() for word in value if isinstance(word, str)] if isinstance(value, list) else [""]
    if not all(words) or len(words) != len(value):  # type: ignore[arg-type]
        raise ValueError(f"no list of words: {value!r}")
    return tuple(words)


def _registry(path: Path | None) -> pl.DataFrame:
    if path is None:
        from lianzhang.web.chains.placing import registry_table

        stored: pl.DataFrame = registry_table()
        return stored
    return read_table(path, columns=("uscc", "scope", "products", "industry"))


def _open_database() -> None:
    """Load the web shell; only a run without --registry pays for it."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianzhang.web.settings.laptop")
    django.setup()
    from django.db import connection

    if "chains_mapversion" not in connection.introspection.table_names():
        raise LianzhangError(
            Text(
                "这里还没有企业库：数据库尚未建立。", "There is no registry yet: the database was not set up."
            ),
            Text(
                "请先运行 lianzhang up，或用 --registry 给出企业表。",
                "Run lianzhang up first, or give a registry with --registry.",
            ),
        )


def _scopes(table: pl.DataFrame, folder: Path | None) -> Scopes | None:
    """The interned scopes kept in `folder`, when they are of this very table; made there otherwise."""
    import polars as pl

    from lianzhang.chain.placing import Scopes

    if folder is None or table.schema.get("scope") != pl.String:
        return None
    mark = sha256(table["scope"].fill_null("").hash(seed=0).to_numpy().tobytes()).hexdigest()
    kept = folder / "of.txt"
    if kept.is_file() and kept.read_text(encoding="utf-8").strip() == mark:
        return Scopes.read(folder)
    if folder.is_dir() and any(folder.iterdir()) and not kept.is_file():
        raise LianzhangError(
            Text(f"{folder} 里有别的文件。", f"{folder} holds other files."),
            Text("请换一个空文件夹。", "Choose an empty folder."),
        )
    scopes = Scopes.from_texts(table["scope"])
    kept.unlink(missing_ok=True)
    scopes.write(folder)
    kept.write_text(mark, encoding="utf-8")
    return scopes


@contextmanager
def _bar(total: int) -> Iterator[Callable[[int], None]]:
    """A progress bar on the terminal; calls say how many nodes are done."""
    from rich.progress import Progress

    with Progress(console=console(errors=True), transient=True) as progress:
        task = progress.add_task("", total=total)
        yield lambda count: progress.update(task, completed=count)
