"""Forms of the strategy."""

from strategy.forms.measures import ResponsibleForm

__all__ = [
    "ResponsibleForm",
]
