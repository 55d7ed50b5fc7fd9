"""Where things are, offline: names to places, outlines, borders, published ranges."""
