"""Writes to the strategy."""

from strategy.actions.responsibility import RefusedResponsibility, change_responsible

__all__ = [
    "RefusedResponsibility",
    "change_responsible",
]
