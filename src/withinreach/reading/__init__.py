"""What a text says: places, ranges, origins and claims, each with its span."""
