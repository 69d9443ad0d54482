"""What the server does not hold until somebody asks for it."""

from __future__ import annotations

import subprocess
import sys

#: Solvers, compilers and readers of documents, of which each takes megabytes that most servers never use.
HEAVY = ("scipy", "numba", "openpyxl", "docx", "pypdfium2", "fastexcel", "typst", "duckdb", "ibis")


def test_the_addresses_of_all_pages_load_no_solver_compiler_or_reader_of_documents() -> None:
    program = (
        "import os, sys; os.environ['DJANGO_SETTINGS_MODULE'] = 'lianzhang.web.settings.laptop'\n"
        "import django; django.setup()\n"
        "import lianzhang.web.urls\n"
        f"print(*({{name.split('.')[0] for name in sys.modules}} & set({HEAVY})))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
