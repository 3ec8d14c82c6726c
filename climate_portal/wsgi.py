"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "climate_portal.settings")
_portal = get_wsgi_application()

# Its module needs the settings that the line above has made ready.
from web.readable_request import ReadableEncoding  # noqa: E402

application = ReadableEncoding(_portal)
