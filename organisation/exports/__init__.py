"""Units and people as spreadsheets."""
