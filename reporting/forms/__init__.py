"""Forms of reporting, a module for each kind of page."""
