"""Spreadsheets of lines, read and written; nothing here touches the database."""
