"""E-mail addresses: two spellings of one address are one."""

from __future__ import annotations

import re
import unicodedata

# Signs nobody sees, which come along when an address is pasted.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def normal_address(text: str) -> str:
    """The address as it is stored: «Kari <Kari.Hansen@Kommune.NO>» is kari.hansen@kommune.no.

    Lower case, without signs nobody sees, name, brackets, `mailto:` and a full stop after the domain; a
    domain in Norwegian letters is written as mail servers write it. What is no address is given back as
    plainly as it can be: whoever asks validates it.
    """
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).strip()
    if found := re.search(r"<([^<>]*)>\s*$", plain):
        plain = found[1].strip()
    plain = re.sub(r"^mailto:\s*", "", plain, flags=re.IGNORECASE).lower()
    name, at, domain = plain.rpartition("@")
    if not at:
        return plain
    return f"{name.strip()}@{_plain_domain(domain.strip().rstrip('.'))}"


def _plain_domain(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain
