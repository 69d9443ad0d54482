"""What the surroundings decide: data folder, database address, secret key, lists of names."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from lianzhang.kernel import SettingsError, Text

#: Longer than the fifty characters below which Django calls a key weak.
SECRET_KEY_CHARACTERS = 64


def home() -> Path:
    """The data folder: `LIANZHANG_HOME`, or `lianzhang` in the user's own folder. Not created here."""
    return Path(os.environ.get("LIANZHANG_HOME") or Path.home() / "lianzhang").expanduser()


def names(variable: str) -> list[str]:
    """A comma-separated environment variable as a list without empty parts."""
    return [part.strip() for part in os.environ.get(variable, "").split(",") if part.strip()]


def choice(variable: str, allowed: tuple[str, ...]) -> str:
    """One of `allowed`; the first is the default. Raises SettingsError on anything else."""
    value = os.environ.get(variable) or allowed[0]
    if value not in allowed:
        listed = ", ".join(allowed)
        raise SettingsError(
            Text(f"环境变量 {variable} 的值“{value}”无效。", f"{variable} is {value!r}, which is unknown."),
            Text(f"请改为以下之一：{listed}。", f"Use one of: {listed}."),
        )
    return value


def whole_number(variable: str, default: int) -> int:
    """A whole number from the environment. Raises SettingsError when it is not one."""
    text = os.environ.get(variable) or str(default)
    if not text.isdecimal():
        raise SettingsError(
            Text(
                f"环境变量 {variable} 应为整数，现为“{text}”。",
                f"{variable} must be a whole number: {text!r}.",
            ),
        )
    return int(text)


def database(address: str, *, folder: Path) -> dict[str, Any]:
    """Django's database entry for `postgres://user:password@host:port/name`, or SQLite when empty."""
    if not address:
        return {
            "ENGINE": "lianzhang.web.database.sqlite",
            "NAME": folder / "lianzhang.sqlite3",
            "CONN_MAX_AGE": 60,
            "OPTIONS": {"timeout": 20, "transaction_mode": "IMMEDIATE"},
        }
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise SettingsError(
            Text("数据库地址无法识别。", "The database address is not understood."),
            Text(
                "请写成 postgres://用户:口令@主机:端口/库名。",
                "Write it as postgres://user:password@host:port/name.",
            ),
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": 10,
            # Milliseconds: a page may not hold a query, an idle transaction or a lock for longer.
            "options": "-c statement_timeout=30000"
            " -c idle_in_transaction_session_timeout=60000 -c lock_timeout=5000",
        },
    }


def mail(address: str) -> dict[str, Any]:
    """Django's mail settings for `LIANZHANG_MAIL`. Raises SettingsError, which repeats no password."""
    if address in ("", "console"):
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        port = -1
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname or port == -1:
        raise SettingsError(
            Text("邮件地址 LIANZHANG_MAIL 无法识别。", "LIANZHANG_MAIL is not understood."),
            Text(
                "请写 console，或 smtp://用户:口令@主机:端口。",
                "Write console, or smtp://user:password@host:port.",
            ),
        )
    user = unquote(parts.username or "")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port or (465 if parts.scheme == "smtps" else 587 if user else 25),
        "EMAIL_HOST_USER": user,
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        # A password is never said in the clear.
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(user),
        "EMAIL_TIMEOUT": 20,
    }


def read_secret_key(path: Path) -> str:
    """The installation's secret key, made on first use and readable by its owner alone.

    Raises SettingsError when other users of the machine can read the file.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(SECRET_KEY_CHARACTERS))
            file.flush()
            os.fsync(file.fileno())
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise SettingsError(
            Text(f"密钥文件 {path.name} 可被他人读取。", f"The key file {path.name} is readable by others."),
            Text(f"请执行 chmod 600 {path}。", f"Run chmod 600 {path}."),
        )
    key = path.read_text(encoding="ascii").strip()
    if len(key) < SECRET_KEY_CHARACTERS:
        raise SettingsError(
            Text(f"密钥文件 {path} 不完整。", f"The key file {path} is incomplete."),
            Text(
                "请从备份恢复；没有备份时删除它，所有人需重新登录。",
                "Restore it from the backup; without one delete it, and everybody signs in again.",
            ),
        )
    return key
