"""Reading files for the climate budget; nothing here touches the database."""

from budget.importers.reference import FilePath, read_reference, reference_file

__all__ = ["FilePath", "read_reference", "reference_file"]
