"""Patterns of words: built from word lists, compiled when a text first needs them."""

import re
from functools import cached_property
from typing import Any, cast

__all__ = ["any_of", "first_words", "last_words", "pattern"]


def any_of(*words: str) -> str:
    """Return the pattern of any of the words; "_" stands for the space in a phrase.

    >>> any_of("within", "beyond outside")
    '(?:within|beyond|outside)'
    """
    listed = " ".join(words).split()
    return "(?:" + "|".join(word.replace("_", r"\s+") for word in listed) + ")"


class _Pattern:
    """A regular expression that is compiled at its first use.

    There are over a hundred of them; most texts need half, and a command should answer at once.
    """

    def __init__(self, words: str, flags: int) -> None:
        self.pattern = words
        self.flags = flags

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, self.flags)

    def __getattr__(self, name: str) -> Any:
        # Kept on the object, so that this is asked once for every method.
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found


def pattern(words: str, flags: int = 0) -> re.Pattern[str]:
    """Return what `re.compile` returns for all that is done with it, compiled at first use."""
    return cast("re.Pattern[str]", _Pattern(words, flags))


def last_words(text: str, letters: int) -> str:
    """Return the whole words of the last so many letters: a cut word is another one.

    >>> last_words("a knot", 3), last_words("do not", 3)
    ('', 'not')
    """
    start = max(0, len(text) - letters)
    while 0 < start < len(text) and text[start - 1].isalnum() and text[start].isalnum():
        start += 1
    return text[start:]


def first_words(text: str, letters: int) -> str:
    """Return the whole words of the first so many letters.

    >>> first_words("its card", 7)
    'its '
    """
    end = min(letters, len(text))
    while 0 < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end -= 1
    return text[:end]
