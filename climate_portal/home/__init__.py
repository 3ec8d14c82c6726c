"""The portal's own pages: Min side, and what monitoring asks."""
