"""A form that makes something new does so once, however often it is sent."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.base_user import AbstractBaseUser

from web.actors import acting
from web.once import claim_submission, finish_submission, submitted_result


def do_once(*, by: AbstractBaseUser, token: str, reason: str, work: Callable[[], str]) -> str:
    """Where the form leads: what `work` answers the first time, and the same address every time after.

    What `work` raises passes through, and the form can be sent again. Raises InvalidSubmission.
    """
    with acting(by, reason):
        claim = claim_submission(token, by)
        if claim is None:
            return submitted_result(token, by)
        url = work()
        finish_submission(claim, url)
        return url
