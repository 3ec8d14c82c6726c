"""Whose request it is, by address: behind a proxy the header says, and only a trusted proxy is believed."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

Address = IPv4Address | IPv6Address
# What a web server on a unix socket says of its peer; named so among the trusted.
UNIX = "unix"
NOBODYS = "0.0.0.0"  # noqa: S104 - nothing listens there
# A longer chain of proxies than anybody has: what is left of it is not read.
MOST_HOPS = 20


def client_address(request: HttpRequest) -> str:
    """The right-most address that is no trusted proxy's.

    What a client writes into the header stands to the left of what the proxies add, and is not read. Where
    the next one is no address, it is nobody's word: the proxy that sent it stands for it.
    """
    peer = _read(request.META.get("REMOTE_ADDR", ""))
    if not _is_trusted(peer):
        return str(peer or NOBODYS)
    nearest = peer
    for written in reversed(request.headers.get("X-Forwarded-For", "").split(",")[-MOST_HOPS:]):
        address = _read(written)
        if address is None:
            break
        nearest = address
        if not _is_trusted(address):
            break
    return str(nearest or NOBODYS)


def _is_trusted(address: Address | None) -> bool:
    trusted = settings.TRUSTED_PROXIES
    if address is None:
        return UNIX in trusted
    return any(address in network for network in trusted if network != UNIX)


def _read(written: str) -> Address | None:
    """An address as proxies write it, with a port or without."""
    text = written.strip()
    if text.startswith("["):
        text = text[1:].partition("]")[0]
    elif text.count(":") == 1:
        text = text.partition(":")[0]
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
