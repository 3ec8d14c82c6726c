"""gunicorn for the portal: `gunicorn -c deploy/gunicorn.conf.py climate_portal.wsgi`."""

import gc
import os
from typing import Any

wsgi_app = "climate_portal.wsgi"
bind = os.environ.get("PORTAL_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 4
# A gthread worker accepts a thousand connections by default and loses them all if it dies; what it has
# not accepted stays in the kernel's queue for the next one.
worker_connections = 2 * threads
# A leak somewhere then costs a restart now and then, never the machine.
max_requests = 2000
max_requests_jitter = 400
# The code is loaded once and shared by the workers.
preload_app = True
timeout = 60
graceful_timeout = 25
# Heartbeat files on a disk can block a worker long enough to be taken for dead.
MEMORY = "/dev/shm"  # noqa: S108
worker_tmp_dir = MEMORY if os.access(MEMORY, os.W_OK) else None
# It would listen in the home folder; nothing here uses it.
control_socket_disable = True


def when_ready(server: Any) -> None:
    """Before the workers are made: what is loaded now lives as long as the process, so the collector need not
    go through it, nor touch the pages the workers share. A large page makes tens of thousands of objects that
    are gone with it; at the usual threshold they start the collector a hundred times.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(25_000, 20, 50)
