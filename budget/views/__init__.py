"""Pages and answers of the climate budget."""
