"""What the documents promise exists, and what exists is documented."""

from __future__ import annotations

import re

import pytest

from tests.architecture.sources import PACKAGE, ROOT, python_files

README = (ROOT / "README.md").read_text("utf-8")
README_EN = (ROOT / "README.en.md").read_text("utf-8")
COMMAND_ONE = "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/lianzhang demo"
COMMAND_TWO = "python3 -m venv .venv && .venv/bin/pip install -e '.[test]' && .venv/bin/pytest"
DOCUMENTS = sorted(
    [ROOT / "README.md", ROOT / "README.en.md", ROOT / "DONE.md", *(ROOT / "docs").rglob("*.md")]
)
SETTING = re.compile(r"\b(?:LIANZHANG_[A-Z_]+|AUTH_PROFILE)\b")


def commands() -> list[str]:
    """Every command as it is typed, without `lianzhang`."""
    import typer.main

    from lianzhang.cli.main import app

    found: list[str] = []

    def walk(group: object, prefix: str) -> None:
        for name, command in getattr(group, "commands", {}).items():
            full = f"{prefix} {name}".strip()
            if getattr(command, "commands", None):
                walk(command, full)
            else:
                found.append(full)

    walk(typer.main.get_command(app), "")
    return found


def test_every_command_is_documented_with_each_of_its_options() -> None:
    import typer.main

    from lianzhang.cli.main import app

    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    missing = [name for name in commands() if f"## lianzhang {name}\n" not in text]
    for name in commands():
        command = typer.main.get_command(app)
        for part in name.split():
            command = command.commands[part]  # type: ignore[attr-defined]
        section = text.split(f"## lianzhang {name}\n", 1)[-1].split("\n## ", 1)[0]
        options = [
            option for parameter in command.params for option in parameter.opts if option.startswith("--")
        ]
        missing += [
            f"{name} {option}"
            for option in options
            if option not in {"--help", "--language"} and option not in section
        ]
    assert missing == []


def test_the_command_page_names_no_command_that_does_not_exist() -> None:
    text = (ROOT / "docs" / "commands.md").read_text("utf-8")
    assert sorted(re.findall(r"^## lianzhang (.+)$", text, re.MULTILINE)) == sorted(commands())


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    code = {name for path in python_files(PACKAGE) for name in SETTING.findall(path.read_text("utf-8"))}
    documented = set(SETTING.findall((ROOT / "docs" / "settings.md").read_text("utf-8")))
    # The data folder and the pack are both environment variables and settings of the same name.
    assert documented == code


def test_both_readmes_give_the_two_commands_and_ci_runs_them() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    for text in (README, README_EN):
        assert COMMAND_ONE in text
        assert COMMAND_TWO in text
    assert "install -e '.[test]'" in script
    assert "demo --no-serve" in script


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_to_files_lead_somewhere(path) -> None:  # type: ignore[no-untyped-def]
    text = path.read_text("utf-8")
    broken = [
        target
        for target in re.findall(r"\]\(([^)#\s]+)", text)
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("page", ["tour.md", "rooms.md"])
def test_files_named_on_the_tour_exist(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    named = re.findall(r"`((?:src|tests|docs|frontend)/[^`\s]+)`", text)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_room_has_its_place_on_the_page_of_rooms() -> None:
    text = (ROOT / "docs" / "rooms.md").read_text("utf-8")
    rooms = {room.name for room in PACKAGE.iterdir() if room.is_dir() and room.name != "__pycache__"}
    nouns = {path.name for path in (PACKAGE / "web").iterdir() if (path / "apps.py").is_file()}
    missing = [room for room in rooms if f"`{room}`" not in text]
    missing += [noun for noun in nouns if f"`web/{noun}`" not in text]
    assert missing == []


def test_the_change_log_knows_this_version() -> None:
    from lianzhang import __version__

    assert f"## {__version__}" in (ROOT / "CHANGELOG.md").read_text("utf-8")
