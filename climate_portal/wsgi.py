"""The WSGI application that gunicorn serves."""

import os
import sys

from django.core.wsgi import get_wsgi_application

from climate_portal import environment

# What gunicorn takes as «will not start», rather than as a worker to start again.
CANNOT_START = 3

if not environment.text("DATABASE_URL"):
    # Commands start a database of their own; a web server that did would serve an empty portal.
    print(  # noqa: T201
        "DATABASE_URL mangler. Sett den til adressen til PostgreSQL, for eksempel "
        "postgresql://klimaportalen@localhost/klimaportalen, og start på nytt. Se docs/drift.md.",
        file=sys.stderr,
    )
    sys.exit(CANNOT_START)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "climate_portal.settings")
_portal = get_wsgi_application()

# Its module needs the settings that the line above has made ready.
from web.readable_request import ReadableEncoding  # noqa: E402

application = ReadableEncoding(_portal)
