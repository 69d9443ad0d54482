"""`python -m lianzhang.web …`: Django's own commands (migrate, check, makemigrations) with our settings."""

from __future__ import annotations

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one Django command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianzhang.web.settings.laptop")
    execute_from_command_line(["python -m lianzhang.web", *sys.argv[1:]])


if __name__ == "__main__":
    main()
