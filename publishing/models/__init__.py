"""What is published of a period, frozen for each audience, and the orders that make it."""

from publishing.models.publications import AUDIENCE_LABELS, Publication, SummaryOrder

__all__ = ["AUDIENCE_LABELS", "Publication", "SummaryOrder"]
