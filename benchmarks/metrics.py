"""All benchmarks of the measures, one after the other.

    pip install -r benchmarks/requirements.txt
    python benchmarks/metrics.py

Runs systemic_risk.py, complexity.py and agglomeration.py, each in a process of its own so that memory is told
apart; ends at the first that finds an answer to be wrong.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PARTS = (
    ("systemic_risk.py", "--large"),
    ("complexity.py", "--large"),
    ("agglomeration.py",),
)


def main() -> None:
    """Run the parts."""
    for name, *options in PARTS:
        print(f"— {name} {' '.join(options)}", flush=True)
        done = subprocess.run([sys.executable, str(Path(__file__).with_name(name)), *options], check=False)
        if done.returncode:
            sys.exit(done.returncode)


if __name__ == "__main__":
    main()
