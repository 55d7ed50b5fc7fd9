"""Errors and warnings with one root each; every message says what, where and what to do."""

__all__ = [
    "ArticleError",
    "AtlasError",
    "NothingToDrawError",
    "OutputError",
    "ScenarioError",
    "WithinreachError",
    "WithinreachWarning",
]


class WithinreachError(Exception):
    """Root of all errors that a user can mend."""


class ArticleError(WithinreachError):
    """The article cannot be read: missing, empty, binary, too large."""


class AtlasError(WithinreachError):
    """A place or an outline is not in the atlas, or its tables are missing."""


class ScenarioError(WithinreachError):
    """A scenario does not hold together; the message names the key."""


class NothingToDrawError(WithinreachError):
    """There is no origin or no range, so that no ring can be drawn."""


class OutputError(WithinreachError):
    """A result cannot be written: the file exists, the folder is missing."""


class WithinreachWarning(UserWarning):
    """Root of all warnings: something was read or judged with a doubt worth telling."""
