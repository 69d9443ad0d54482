"""One machine, its own browser: plain HTTP on the loopback address, files served by the program."""

from __future__ import annotations

from lianzhang.web.settings.base import *  # noqa: F403

WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
#: Nothing is collected: whitenoise finds the files where they lie.
STATIC_ROOT = None  # type: ignore[assignment]
