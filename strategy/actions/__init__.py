"""Writes to the strategy."""
