"""Start-up checks, in the words of those who run the installation."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import connection
from django.db.utils import OperationalError
from django.utils.translation import gettext as _

from lianzhang.kernel.event import digest
from lianzhang.web.database.writer import needs_one_writer

#: File systems over a network, where SQLite's locks cannot be relied on.
_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "ceph", "glusterfs", "lustre"}
#: Published test vector of GB/T 32905: the digest of "abc".
_SM3_OF_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@register(Tags.database)
def sqlite_is_safe(app_configs: Any = None, databases: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Whether this SQLite, where it is used, keeps what it was given."""
    if connection.vendor != "sqlite" or not databases:
        return []
    messages: list[CheckMessage] = []
    if needs_one_writer(sqlite3.sqlite_version_info):
        messages.append(
            Info(
                _("SQLite %(version)s 有 WAL 重置缺陷（3.51.3 修复）：已改为同一时刻只有一个写入者。")
                % {"version": sqlite3.sqlite_version},
                hint=_("正式使用请改用 PostgreSQL 15 以上。"),
                id="lianzhang.I001",
            )
        )
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous")
        if cursor.fetchone()[0] < 2:
            messages.append(
                Error(_("SQLite 未启用 synchronous=FULL，断电可能丢失已提交的内容。"), id="lianzhang.E001")
            )
        cursor.execute("PRAGMA foreign_keys")
        if cursor.fetchone()[0] != 1:
            messages.append(Error(_("SQLite 未启用外键约束。"), id="lianzhang.E002"))
    kind = file_system_of(Path(str(connection.settings_dict["NAME"])))
    if kind in _NETWORK:
        messages.append(
            Error(
                _("数据库文件位于网络文件系统（%(kind)s），SQLite 的锁在其上不可靠。") % {"kind": kind},
                hint=_("请把 LIANZHANG_HOME 设到本机磁盘，或改用 PostgreSQL。"),
                id="lianzhang.E003",
            )
        )
    return messages


@register(Tags.database)
def postgresql_is_safe(app_configs: Any = None, databases: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Whether PostgreSQL, where it is used, is set to survive a power cut."""
    if connection.vendor != "postgresql" or not databases:
        return []
    messages: list[CheckMessage] = []
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)",
                [
                    [
                        "fsync",
                        "full_page_writes",
                        "data_checksums",
                        "synchronous_commit",
                        "server_encoding",
                    ]
                ],
            )
            found = dict(cursor.fetchall())
    except OperationalError as error:
        return [
            Error(
                _("连接不上 PostgreSQL：%(reason)s") % {"reason": str(error).strip()},
                hint=_("请检查 LIANZHANG_DATABASE 中的地址、口令，以及数据库是否已启动。"),
                id="lianzhang.E010",
            )
        ]
    for name in ("fsync", "full_page_writes"):
        if found.get(name) != "on":
            messages.append(
                Error(
                    _("PostgreSQL 的 %(name)s 已关闭，断电会损坏数据。") % {"name": name},
                    hint=_("请在 postgresql.conf 中打开它并重启数据库。"),
                    id="lianzhang.E011",
                )
            )
    if found.get("synchronous_commit") == "off":
        messages.append(
            Error(_("PostgreSQL 的 synchronous_commit 为 off，断电会丢失已确认的操作。"), id="lianzhang.E012")
        )
    if found.get("server_encoding") != "UTF8":
        messages.append(Error(_("PostgreSQL 数据库的编码不是 UTF8，汉字可能无法保存。"), id="lianzhang.E013"))
    if found.get("data_checksums") != "on":
        messages.append(
            Warning(
                _("PostgreSQL 未启用数据校验和，磁盘损坏可能不被发现。"),
                hint=_("新建实例时使用 initdb --data-checksums。"),
                id="lianzhang.W014",
            )
        )
    return messages


@register(Tags.security)
def journal_hash_works(app_configs: Any = None, **_kwargs: Any) -> list[CheckMessage]:
    """Whether the chosen hash gives the published digest on this machine."""
    if settings.JOURNAL_HASH != "sm3":
        return []
    try:
        works = digest("sm3", b"abc") == _SM3_OF_ABC
    except ValueError:
        works = False
    if works:
        return []
    return [
        Error(
            _("本机的加密库不能正确计算 SM3，操作日志无法使用它。"),
            hint=_("请改装带国密算法的 OpenSSL 3，或设 LIANZHANG_JOURNAL_HASH=sha256。"),
            id="lianzhang.E020",
        )
    ]


def file_system_of(path: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """Kind of the file system that holds `path`; empty where the system does not tell."""
    if not mounts.exists():
        return ""
    place = str(path.resolve())
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        mounted = fields[1].replace("\\040", " ")
        inside = place == mounted or place.startswith(mounted.rstrip("/") + "/")
        if inside and len(mounted) >= len(best):
            best, kind = mounted, fields[2]
    return kind
