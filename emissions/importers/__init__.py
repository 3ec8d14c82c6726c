"""Reading files of emission statistics; nothing here touches the database."""
