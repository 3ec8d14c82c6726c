"""What a monthly file may do without being asked about."""

from __future__ import annotations

# More than a fifth at once is rather half a file than a month: in a municipality of some thousand employees
# about one in a hundred leaves each month, and a reorganisation is not a matter for this file.
MOST_ENDED_PERCENT = 20


def ends_too_many(ended: int, active: int) -> bool:
    """Whether so many of those with a role lose it that somebody must say that it is right."""
    return 100 * ended > MOST_ENDED_PERCENT * active
