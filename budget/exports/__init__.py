"""The budget as files: data (JSON, CSV, XLSX) and the document (PDF). All from the one table."""
