"""One-time links stand in addresses, and addresses stand in logs: there their secret is left out."""

from __future__ import annotations

import logging
import re

# When it was made, and a signature.
_TOKEN = re.compile(r"\b[0-9a-z]{6,8}-[0-9a-f]{32}\b")


def without_secrets(text: str) -> str:
    return _TOKEN.sub("…", text)


class HidesSecrets(logging.Filter):
    """Of a handler: what it writes has no secrets."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        plain = without_secrets(said)
        if plain != said:
            record.msg, record.args = plain, None
        return True
