"""Files out of the strategy."""
