"""Named reads of tertial reporting."""
