"""Importing a file: choose it, match its columns, see what it says, confirm, receipt; and undoing it."""
