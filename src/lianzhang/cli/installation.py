"""One installation: a data folder and a database, made ready before anything is served."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from lianzhang.kernel.errors import LianzhangError, SettingsError
from lianzhang.kernel.text import Text

LAPTOP, SERVER = "lianzhang.web.settings.laptop", "lianzhang.web.settings.server"


@dataclass(frozen=True, slots=True)
class Installation:
    """Where everything lies. An empty `database` means SQLite inside `home`."""

    home: Path
    database: str = ""
    settings: str = LAPTOP

    @property
    def is_sqlite(self) -> bool:
        """Whether one process only may write."""
        return not self.database


def default_home() -> Path:
    """`LIANZHANG_HOME`, or `lianzhang` in the user's own folder."""
    return Path(os.environ.get("LIANZHANG_HOME") or Path.home() / "lianzhang").expanduser()


def make_home(home: Path) -> None:
    """Create the data folder for its owner alone; raises `SettingsError` when that cannot be."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = home / ".writable"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        raise SettingsError(
            Text(
                f"数据文件夹 {home} 不能写入（{error.strerror}）。",
                f"The data folder {home} cannot be written ({error.strerror}).",
            ),
            Text("请用 --home 另选一个文件夹。", "Choose another folder with --home."),
        ) from error


def open_installation(installation: Installation) -> None:
    """Choose the settings for this process and its children, keep its files private, start Django."""
    os.umask(0o077)
    os.environ["LIANZHANG_HOME"] = str(installation.home.resolve())
    os.environ["LIANZHANG_DATABASE"] = installation.database
    os.environ["DJANGO_SETTINGS_MODULE"] = installation.settings
    import django

    django.setup()


def prepare_database() -> None:
    """Make the signing key, bring the tables to this version, load the city's pack. Safe to repeat."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import OperationalError, connection

    from lianzhang.web.chains.actions.load_pack import load_pack
    from lianzhang.web.settings.environment import read_secret_key

    read_secret_key(Path(settings.LIANZHANG_HOME) / "secret.key")
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except OperationalError as error:
        raise LianzhangError(
            Text(
                f"连不上数据库：{str(error).strip()}。",
                f"The database cannot be reached: {str(error).strip()}.",
            ),
            Text(
                "请核对 --database 的地址、用户和口令，并确认数据库已启动。",
                "Check address, user and password of --database, and that the database runs.",
            ),
        ) from error
    load_pack(settings.LIANZHANG_PACK)
    connection.close()


def collect_static_files() -> None:
    """Write the browser files with hashed names where the server settings serve them from."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False)


def refuse_failed_checks() -> None:
    """Raise `SettingsError` with the first thing that keeps this installation from working."""
    from django.core.checks import Error, run_checks

    failures = [item for item in run_checks(include_deployment_checks=False) if isinstance(item, Error)]
    if failures:
        first = failures[0]
        raise SettingsError(
            Text(f"不能启动：{first.msg}", f"Cannot start: {first.msg}"),
            Text(str(first.hint), str(first.hint)) if first.hint else None,
        )
