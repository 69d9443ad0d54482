"""The WSGI entry that any Python web server can run."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianzhang.web.settings.laptop")

application = get_wsgi_application()
