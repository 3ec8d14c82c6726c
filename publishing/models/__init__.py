"""What is published of a period, frozen for each audience, and the orders that make it."""

from publishing.models.labels import AUDIENCE_LABELS, MISSING_LABEL, NOT_REPORTED_LABEL
from publishing.models.publications import Publication, SummaryOrder

__all__ = ["AUDIENCE_LABELS", "MISSING_LABEL", "NOT_REPORTED_LABEL", "Publication", "SummaryOrder"]
