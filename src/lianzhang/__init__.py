"""链长 — a workbench for industry-chain chiefs: bulletins become accepted, traceable figures."""

__version__ = "0.1.0"
