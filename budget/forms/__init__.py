"""Forms of the climate budget."""
