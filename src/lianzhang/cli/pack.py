"""`lianzhang pack`: check the data of a city, or begin the data of another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lianzhang.cli.speech import LanguageOption, help_text, say
from lianzhang.kernel.errors import LianzhangError, PackError
from lianzhang.kernel.text import Text

if TYPE_CHECKING:
    from lianzhang.kernel.pack import Pack

HELP = help_text("数据包：检查、新建。", "Packs: check one, begin one.")

app = typer.Typer(help=HELP, no_args_is_help=True, rich_markup_mode=None)


def pack_named(pack: str) -> Pack:
    """A bundled pack by its id, or a pack in a folder."""
    from lianzhang.kernel.pack import Pack, open_pack

    folder = Path(pack)
    if folder.is_dir():
        return Pack(folder.resolve().name, folder.resolve())
    return open_pack(pack)


@app.command(
    "check",
    help=help_text(
        "逐个检查数据包的事实、规则、参数；第一处错误说明文件、行号和改法。",
        "Check facts, rules and parameters of a pack; the first fault is named with file, line and remedy.",
    ),
)
def check(
    pack: Annotated[
        str, typer.Argument(metavar="PACK", help=help_text("数据包编号或文件夹", "id or folder of a pack"))
    ] = "liaocheng",
    language_option: LanguageOption = "",
) -> None:
    """Load everything of a pack that is checked at load, and judge its worked cases."""
    from lianzhang.kernel import Regions, fact_dictionary
    from lianzhang.policy import (
        cases,
        check_questions,
        exemption_list,
        faults,
        named_tiers,
        rule_book,
        size_standards,
    )

    opened = pack_named(pack)
    regions = Regions.from_pack(opened)
    facts = fact_dictionary(opened)
    rules = rule_book(opened)
    size_standards(opened)
    named_tiers(opened)
    if opened.has("exemptions.yaml"):
        exemption_list(opened)
        check_questions(opened)
    worked = list(cases(opened))
    wrong = [fault for case in worked for fault in faults(case, rules)]
    if wrong:
        raise LianzhangError(
            Text(
                f"样例与预期不符（共{len(wrong)}处）：\n" + "\n".join(text.zh for text in wrong[:10]),
                f"Worked cases turn out otherwise ({len(wrong)}):\n"
                + "\n".join(text.en for text in wrong[:10]),
            ),
            Text("请改规则，或改样例的预期。", "Correct the rule, or what the case expects."),
        )
    kinds: dict[str, int] = {}
    for rule in rules:
        kinds[rule.kind.value] = kinds.get(rule.kind.value, 0) + 1
    told = "、".join(f"{kind} {count}" for kind, count in kinds.items())
    say(
        Text(
            f"数据包没有错误：区划{len(list(regions))}个，事实{len(facts)}项，规则{len(rules)}条（{told}），样例{len(worked)}个。",
            f"The pack is sound: {len(list(regions))} divisions, {len(facts)} facts, {len(rules)} rules ({told}), "
            f"{len(worked)} worked cases.",
        )
    )


@app.command(
    "new",
    help=help_text(
        "为另一个市建一个空的数据包文件夹，填好后用 pack check 检查。",
        "Begin an empty pack for another city; fill it in and check it with `pack check`.",
    ),
)
def new(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=help_text("新文件夹", "a new folder"))],
    city: Annotated[str, typer.Option(metavar="NAME", help=help_text("市的名称", "name of the city"))],
    code: Annotated[str, typer.Option(metavar="CODE", help=help_text("行政区划代码", "division code"))],
    language_option: LanguageOption = "",
) -> None:
    """Write the smallest pack that passes its check; refuses a folder with something in it."""
    if not (code.isascii() and code.isdigit() and len(code) == 6):
        raise PackError(
            Text(f"“{code}”不是六位行政区划代码。", f"“{code}” is not a division code of six digits."),
            Text("例如 371500。", "For example 371500."),
        )
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise LianzhangError(
            Text(f"“{folder}”已存在且不是空文件夹。", f"“{folder}” exists and is no empty folder."),
            Text("请换一个新的文件夹。", "Choose a new folder."),
        )
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in _files(folder.name, city, code).items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content, encoding="utf-8")
    say(
        Text(
            f"已建数据包 {folder}。请填写后运行 lianzhang pack check {folder}。",
            f"Pack {folder} begun. Fill it in, then run lianzhang pack check {folder}.",
        )
    )


def _files(pack_id: str, city: str, code: str) -> dict[str, str]:
    """The files of the smallest pack; facts are copied from the bundled one, since rules share their names."""
    from lianzhang.kernel.pack import open_pack

    model = open_pack("liaocheng")
    files = {
        "pack.yaml": (
            f"id: {pack_id}\nname: {{zh: {city}产业链数据包, en: {city} pack}}\n"
            f'version: "0.1"\njurisdiction: "{code}"\n'
        ),
        "regions.yaml": (
            f'regions:\n  - {{id: "{code}", code: "{code}", name: {city}, name_en: {city}, level: city}}\n'
            f"  # 逐个写县（市、区）。 One row for each county.\n"
            f'  - {{id: "{code[:4]}02", code: "{code[:4]}02", name: 待填县, name_en: to be filled in, level: county,'
            f' parent: "{code}"}}\n'
        ),
    }
    return files | {path: model.read_text(path) for path in model.files("facts")}
