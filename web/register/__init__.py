"""What a register has beside its rows: columns, list, files out and in. See docs/development.md."""
