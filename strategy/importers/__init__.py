"""Reading spreadsheets of measures."""
