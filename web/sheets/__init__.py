"""Reading files people upload."""
