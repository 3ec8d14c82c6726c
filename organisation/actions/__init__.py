"""Writes to the organisation."""
