"""Importing a file: choose it, match its columns, see what it says, confirm, receipt; and undoing it."""

from emissions.views.imports.columns import columns
from emissions.views.imports.receipt import receipt, undo
from emissions.views.imports.review import confirm, preview
from emissions.views.imports.upload import reading, upload

__all__ = ["columns", "confirm", "preview", "reading", "receipt", "undo", "upload"]
