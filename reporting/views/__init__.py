"""Pages of tertial reporting."""
