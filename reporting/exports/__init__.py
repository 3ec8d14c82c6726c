"""Files of what is reported."""
