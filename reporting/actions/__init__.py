"""Writes of tertial reporting. Every action takes the actor as `by=` and is one transaction."""
