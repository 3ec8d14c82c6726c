"""Pages of the strategy."""

from strategy.views.edition_effect import edition_effect
from strategy.views.measures import measure, responsible
from strategy.views.strategies import detail, index

__all__ = [
    "detail",
    "edition_effect",
    "index",
    "measure",
    "responsible",
]
