"""Pages of the strategy."""

from strategy.views.measures import measure, responsible
from strategy.views.strategies import detail, index

__all__ = [
    "detail",
    "index",
    "measure",
    "responsible",
]
