"""What a text says: places, ranges, origins and claims, each with its span."""

from withinreach.reading.read import read

__all__ = ["read"]
