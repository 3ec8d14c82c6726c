"""Klimaregnskap as spreadsheets."""
