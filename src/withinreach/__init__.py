"""Read range claims in a news article, draw exact rings, and say which claims hold."""

__version__ = "0.1.0"
