"""Pure reckoning of reporting: the standard library and the room's enums only."""
