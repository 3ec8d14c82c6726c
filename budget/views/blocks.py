"""Figures pasted together: each is saved by itself, and all of them are undone as one change."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponse

from organisation.rules import AuthenticatedRequest
from web.actors import part_of
from web.grid import BLOCK_PARAMETER

_BLOCK = re.compile(r"[0-9a-f]{32}")

View = Callable[..., HttpResponse]


def in_block(view: View) -> View:
    """The view, remembering which pasted block the posted cell came with, if it came with one.

    Only a mark portal.js could have made is kept. It joins nobody else's changes: undo asks who made them.
    """

    @wraps(view)
    def remembering(request: AuthenticatedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        block = request.POST.get(BLOCK_PARAMETER, "")
        with part_of(block if _BLOCK.fullmatch(block) else ""):
            return view(request, *args, **kwargs)

    return remembering
