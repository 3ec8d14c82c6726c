"""Everything that changes a climate budget. Figures change only while it is a draft."""
