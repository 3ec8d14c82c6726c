"""Writes to klimaregnskapet: a new edition with its figures, the upload it came from, and undoing it."""
