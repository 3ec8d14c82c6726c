"""A form of the chain sent twice does its work once."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from web.once import claim_submission, finish_submission, submitted_result


def do_once(*, by: AbstractBaseUser, token: str, work: Callable[[], str]) -> str:
    """Where the form leads: what `work` answers the first time, and the same address every time after.

    `work` calls an action, which says why. What it raises passes through, and the form can be sent again.
    Raises InvalidSubmission.
    """
    with transaction.atomic():
        claim = claim_submission(token, by)
        if claim is None:
            return submitted_result(token, by)
        url = work()
        finish_submission(claim, url)
        return url
