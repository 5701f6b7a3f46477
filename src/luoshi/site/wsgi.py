"""The server's entry: ``granian --interface wsgi luoshi.site.wsgi:application``."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")
application = get_wsgi_application()
