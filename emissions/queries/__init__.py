"""Reads of klimaregnskapet. All figures are tCO2e, gases summed by the database."""
