"""Word lists as patterns."""

__all__ = ["any_of"]


def any_of(*words: str) -> str:
    """Return the pattern of any of the words; "_" stands for the space in a phrase.

    >>> any_of("within", "beyond outside")
    '(?:within|beyond|outside)'
    """
    listed = " ".join(words).split()
    return "(?:" + "|".join(word.replace("_", r"\s+") for word in listed) + ")"
