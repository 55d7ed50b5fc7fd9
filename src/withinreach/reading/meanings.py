"""What words say of a place beside them: that it is reached, in danger or safe, or not so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

__all__ = ["Tells", "denies", "meaning_signs", "told_last"]

Tells = Literal["reach", "safety", "nothing"]

_DENIES = frozenset(
    "not no never neither nor none nothing nobody hardly scarcely cannot without unable fail fails"
    " failed".split()
)
# So many words after a denial are denied, too.
_DENIED = 5
# General English, so that a word which few texts have used says what its like do.
_MEANING = {
    word: meaning
    for meaning, words in {
        "safe": "safe safely spared spare spares exempt immune untouched unaffected unharmed alone"
        " out outside beyond off short escape escapes escaped miss misses missed excluded shielded"
        " sanctuary remote distant far farther further past sleep clear",
        "in danger": "fear fears feared worry worries worried concern concerns concerned trouble"
        " bother threat threats threaten threatens threatened danger dangers endangered risk"
        " exposed vulnerable open prey mercy reckon uneasy menace menaced menacing",
        "reached": "reach reaches reached reachable hit hits strike strikes struck attack attacked"
        " cover covers covered touch touched get gets got go goes fly flies carry carries extend"
        " extends stretch stretches arrive land lands fall falls fell fire fired shell shelled"
        " bombard bombarded inside within circle ring arc envelope compass radius range"
        " attainable feasible possible plausible target targets targeted",
    }.items()
    for word in words.split()
}


def told_last(words: Sequence[str]) -> Tells:
    """Return what words tell last: that something is in reach, that it is safe, or nothing.

    >>> told_last("the coast is exposed , but the capital is not in danger".split())
    'safety'
    """
    last: Tells = "nothing"
    for word, denied in _with_denials(words):
        meaning = _MEANING.get(word)
        if meaning is not None:
            last = "reach" if (meaning == "safe") == denied else "safety"
    return last


def denies(words: Sequence[str]) -> bool:
    """Return whether one of some words denies.

    >>> denies(["hardly", "."]), denies(["certainly", "."])
    (True, False)
    """
    return any(word in _DENIES or word.endswith("n't") for word in words)


def meaning_signs(words: Sequence[str], side: str) -> Iterator[str]:
    """Yield what words on one side of a place mean for it, and which of them are denied."""
    signs = set()
    for word, denied in _with_denials(words):
        if denied:
            signs.add(f"{side} not {word}")
        meaning = _MEANING.get(word)
        if meaning is not None:
            signs.add(f"{side} {'not ' if denied else ''}said to be {meaning}")
    yield from signs


def _with_denials(words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield each word that denies nothing, and whether it stands just after one that does."""
    denial = -_DENIED - 1
    for at, word in enumerate(words):
        if word in _DENIES or word.endswith("n't"):
            denial = at
        if word not in _DENIES:
            yield word, at - denial <= _DENIED
