"""What words say of a place beside them: that it is reached, in danger or safe, or not so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

__all__ = ["Tells", "denies", "meaning_signs", "nearest", "tells", "told_last"]

Tells = Literal["reach", "safety", "nothing"]

_DENIES = frozenset(
    "not no never neither nor none nothing nobody hardly scarcely cannot without unable fail fails"
    " failed".split()
)
# So many words after a denial are denied, too; so many after "out of", if they tell of reach.
_DENIED, _OUTSIDE = 5, 3
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


def tells(word: str) -> bool:
    """Return whether a word tells of reach or safety."""
    return word in _MEANING


def told_last(words: Sequence[str]) -> Tells:
    """Return what words tell last: that something is in reach, that it is safe, or nothing.

    >>> told_last("the coast is exposed , but the capital is not in danger".split())
    'safety'
    """
    last: Tells = "nothing"
    for _, word, denied in _with_denials(words):
        meaning = _MEANING.get(word)
        if meaning is not None:
            last = "reach" if (meaning == "safe") == denied else "safety"
    return last


def nearest(words: Sequence[str], *, from_end: bool = False) -> tuple[str, list[str]]:
    """Return what the first of some words that means something says, and the words before it.

    With `from_end` it is the last, and the words after it; "nothing" where none means anything.

    >>> nearest("the coast is out of reach of".split(), from_end=True)
    ('not reached', ['of'])
    """
    told = [
        (at, f"{'not ' if denied else ''}{_MEANING[word]}")
        for at, word, denied in _with_denials(words)
        if word in _MEANING
    ]
    if not told:
        return "nothing", []
    at, meaning = told[-1 if from_end else 0]
    return meaning, list(words[at + 1 :] if from_end else words[:at])


def denies(words: Sequence[str]) -> bool:
    """Return whether one of some words denies.

    >>> denies(["hardly", "."]), denies(["certainly", "."])
    (True, False)
    """
    return any(_is_denial(word) for word in words)


def meaning_signs(words: Sequence[str], side: str) -> Iterator[str]:
    """Yield what words on one side of a place mean for it, and which of them are denied."""
    signs = set()
    for _, word, denied in _with_denials(words):
        if denied:
            signs.add(f"{side} not {word}")
        meaning = _MEANING.get(word)
        if meaning is not None:
            signs.add(f"{side} {'not ' if denied else ''}said to be {meaning}")
    yield from signs


def _with_denials(words: Sequence[str]) -> Iterator[tuple[int, str, bool]]:
    """Yield the number of each word that denies nothing, it, and whether it is denied itself.

    A word is denied just after one that denies, a word of reach after "out of" and the like, too.
    """
    denial, outside = -_DENIED - 1, -_OUTSIDE - 1
    for at, word in enumerate(words):
        if _is_denial(word):
            denial = at
            continue
        if word in ("beyond", "outside") or (word == "of" and words[at - 1] == "out"):
            outside = at
        elif word == "<place>":
            outside = -_OUTSIDE - 1
        denied = at - denial <= _DENIED
        if _MEANING.get(word) == "reached" and at - outside <= _OUTSIDE:
            denied = not denied
        yield at, word, denied


def _is_denial(word: str) -> bool:
    return word in _DENIES or word.endswith("n't")
