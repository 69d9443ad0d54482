"""The WSGI entry that any Python web server can run."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

from lianzhang.web.translations import compile_if_needed

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianzhang.web.settings.laptop")
compile_if_needed()

application = get_wsgi_application()
