"""Spreadsheets and texts: what people upload is read here, and what they download is written here."""
