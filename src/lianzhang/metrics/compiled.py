"""Compiled loops: kept on disk where a folder can be written, compiled anew where none can."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile at first use, without the interpreter lock; keep the machine code between runs if possible.

    Numba keeps it beside the source, else in the user's cache folder (`NUMBA_CACHE_DIR` wins). With a
    read-only installation and no home it raises; then every run compiles for itself.
    """
    try:
        return cast(Function, njit(cache=True, nogil=True, fastmath={"contract"})(function))
    except RuntimeError:
        return cast(Function, njit(nogil=True, fastmath={"contract"})(function))
