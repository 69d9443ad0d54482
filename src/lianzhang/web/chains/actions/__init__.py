"""Writes of this noun, one verb a file."""

from lianzhang.web.chains.actions.load_pack import Loaded, load_pack

__all__ = ["Loaded", "load_pack"]
