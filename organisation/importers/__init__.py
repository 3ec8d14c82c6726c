"""Files of units and people, read: what they would do, and writing just that."""
