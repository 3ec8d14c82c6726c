"""A gate in front of the test's database, which can be shut and opened: a database that is away."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from django.db import connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo


@dataclass
class Gate:
    """Lets connections through while it is open. `refused` counts those that came while it was shut."""

    url: str
    refused: int = 0
    _open: bool = True
    _sockets: list[socket.socket] = field(default_factory=list)

    def shut(self) -> None:
        """Every connection ends, and new ones too: as when the server is stopped."""
        self._open = False
        for one in self._sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
        self._sockets.clear()

    def open(self) -> None:
        self._open = True

    def let_in(self, client: socket.socket) -> None:
        if not self._open:
            self.refused += 1
            client.close()
            return
        server = _to_database()
        self._sockets += [client, server]
        for pair in ((client, server), (server, client)):
            threading.Thread(target=_carry, args=pair, daemon=True).start()


@contextmanager
def gate() -> Iterator[Gate]:
    """A gate on a port of its own, with the address of the test's database through it."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        address = {"dbname": connection.settings_dict["NAME"], "host": "127.0.0.1", "port": port}
        made = Gate(make_conninfo(os.environ["DATABASE_URL"], **address))
        threading.Thread(target=_receive, args=(listener, made), daemon=True).start()
        try:
            yield made
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            made.shut()


def _receive(listener: socket.socket, made: Gate) -> None:
    with suppress(OSError):
        while True:
            made.let_in(listener.accept()[0])


def _carry(source: socket.socket, goal: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            goal.sendall(data)
    for one in (source, goal):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
    source.close()


def _to_database() -> socket.socket:
    where = conninfo_to_dict(os.environ["DATABASE_URL"])
    host, port = str(where.get("host") or "localhost"), int(where.get("port") or 5432)
    if not host.startswith("/"):
        return socket.create_connection((host, port))
    server = socket.socket(socket.AF_UNIX)
    server.connect(f"{host}/.s.PGSQL.{port}")
    return server
