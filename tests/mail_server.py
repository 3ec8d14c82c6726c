"""A small SMTP server on loopback, for tests that need a real one: it can be down, refuse, and hesitate."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage


@dataclass
class MailServer:
    """What it has been told to do, and what it has taken. A message counts when 250 has been answered."""

    port: int = 0
    taken: list[bytes] = field(default_factory=list)
    connections: int = 0
    # Address → what is answered to RCPT TO instead of 250.
    refused: dict[str, str] = field(default_factory=dict)
    # Answered to DATA's end instead of 250.
    refuses_data: str = ""
    # Called when a whole message has come, before it is answered; may wait.
    before_answer: Callable[[], None] = lambda: None

    def messages(self) -> list[EmailMessage]:
        return [email.message_from_bytes(raw, policy=email.policy.default) for raw in self.taken]  # type: ignore[misc]


class _Handler(socketserver.StreamRequestHandler):
    timeout = 60

    def handle(self) -> None:
        server: MailServer = self.server.mail  # type: ignore[attr-defined]
        server.connections += 1
        try:
            self.talk(server)
        except (ConnectionError, TimeoutError):
            return

    def talk(self, server: MailServer) -> None:
        self.say("220 test")
        while line := self.rfile.readline():
            command = line.decode().strip()
            word = command[:4].upper()
            if word == "QUIT":
                self.say("221 bye")
                return
            if word == "RCPT":
                address = command.partition("<")[2].rstrip(">")
                self.say(server.refused.get(address, "250 ok"))
            elif word == "DATA":
                self.say("354 go on")
                self.take(server)
            else:
                self.say("250 ok")

    def take(self, server: MailServer) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        if not line:
            return
        server.before_answer()
        if server.refuses_data:
            self.say(server.refuses_data)
            return
        # Nobody is there to hear the answer when the sender was killed: then it was not taken.
        self.say("250 taken")
        server.taken.append(b"".join(lines))

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
        self.wfile.flush()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


@contextmanager
def mail_server(port: int = 0) -> Iterator[MailServer]:
    """Listening on loopback until the block ends; port 0 takes a free one."""
    with _Server(("127.0.0.1", port), _Handler) as listener:
        mail = MailServer(port=listener.server_address[1])
        listener.mail = mail  # type: ignore[attr-defined]
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield mail
        finally:
            listener.shutdown()
            thread.join(10)


def never_take_the_first(server: MailServer) -> tuple[threading.Event, threading.Event]:
    """(came, go on): the first message to come is held until told to go on, and is never taken.

    As for a real server whose sender is gone when it would answer.
    """
    came, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        if came.is_set():
            return
        came.set()
        go_on.wait(60)
        raise ConnectionResetError

    server.before_answer = hold
    return came, go_on
