"""The stages of a project in order. What evidence opens each is data of the pack."""

from __future__ import annotations

STAGES = ("lead", "talks", "signed", "landed", "started", "building", "finished", "producing", "in_effect")
