"""The firms and links of the outage studies, and an officer who may save."""

from tests.web.outages.conftest import officer

__all__ = ["officer"]
