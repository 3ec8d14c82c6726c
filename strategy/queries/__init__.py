"""Reads about strategies, targets, measures and hearings."""
