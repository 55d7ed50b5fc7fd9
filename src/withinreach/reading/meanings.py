"""What words say of a place beside them: that it is reached, in danger or safe, or not so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

__all__ = ["Meanings", "Tells"]

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


# "Missiles of short range" are not short of a place, nor in range of it.
_LENGTHS = frozenset(("short", "medium", "intermediate", "long"))
_RANGES = frozenset(("range", "ranged", "ranges", "distance"))
# What is asked or doubted is not said.
_DOUBTS = frozenset(
    "whether unclear unknown uncertain doubtful disputed doubt doubts doubted wonder wonders"
    " wondered asked asks ask debate question questioned".split()
)


class Meanings:
    """What the words of a sentence say of reach or safety, and which of them are denied.

    All numbers are those of words, from 0.

    >>> said = Meanings("the coast is out of reach , but the capital is exposed".split())
    >>> said.last(0, 6), said.last(0, 12), said.nearest_before(6, 4)
    ('safety', 'reach', ('not reached', 6))
    """

    def __init__(self, words: Sequence[str]) -> None:
        self._words = [
            (word, None if _tells_a_length(words, at) else _MEANING.get(word), denied)
            for at, (word, denied) in enumerate(_with_denials(words))
        ]

    def last(self, start: int, end: int) -> Tells:
        """Return what the words from one number up to another tell last."""
        for _, meaning, denied in reversed(self._words[max(0, start) : max(0, end)]):
            if meaning is not None:
                return "reach" if (meaning == "safe") == denied else "safety"
        return "nothing"

    def denies(self, start: int, end: int) -> bool:
        """Return whether one of the words from one number up to another is a denial."""
        return any(_is_denial(word) for word, _, _ in self._words[max(0, start) : max(0, end)])

    def tells(self, start: int, end: int) -> bool:
        """Return whether one of some words tells of reach or safety."""
        return self.last(start, end) != "nothing"

    def nearest_before(self, number: int, within: int) -> tuple[str, int]:
        """Return what the nearest such word before another says, and the number after its own."""
        for at in range(number - 1, max(-1, number - 1 - within), -1):
            if self._words[at][1] is not None:
                return self._said(at), at + 1
        return "nothing", number

    def nearest_after(self, number: int, within: int) -> tuple[str, int]:
        """Return what the nearest such word after another says, and its number."""
        for at in range(number + 1, min(len(self._words), number + 1 + within)):
            if self._words[at][1] is not None:
                return self._said(at), at
        return "nothing", number

    def signs(self, start: int, end: int, side: str) -> set[str]:
        """Return what words on one side of a place mean for it, and which of them are denied."""
        signs = set()
        for word, meaning, denied in self._words[max(0, start) : max(0, end)]:
            if denied:
                signs.add(f"{side} not {word}")
            if meaning is not None:
                signs.add(f"{side} {'not ' if denied else ''}said to be {meaning}")
            if word in _DOUBTS:
                signs.add(f"{side} in doubt")
        return signs

    def _said(self, at: int) -> str:
        _, meaning, denied = self._words[at]
        return f"{'not ' if denied else ''}{meaning}"


def _with_denials(words: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield each word, and whether it is denied.

    A word is denied just after one that denies, a word of reach after "out of" and the like, too.
    """
    denial, outside = -_DENIED - 1, -_OUTSIDE - 1
    for at, word in enumerate(words):
        if _is_denial(word):
            denial = at
            yield word, False
            continue
        if word in ("beyond", "outside") or (word == "of" and words[at - 1] == "out"):
            outside = at
        elif word == "<place>":
            outside = -_OUTSIDE - 1
        denied = at - denial <= _DENIED
        if at - outside <= _OUTSIDE and _MEANING.get(word) == "reached":
            denied = not denied
        yield word, denied


def _tells_a_length(words: Sequence[str], at: int) -> bool:
    """Return whether a word is part of "short range", "long-range" and the like."""
    beside = words[at + 1 : at + 3] if words[at] in _LENGTHS else words[max(0, at - 2) : at][::-1]
    near = beside[1:] if beside[:1] == ["-"] else beside[:1]
    others = _RANGES if words[at] in _LENGTHS else _LENGTHS if words[at] in _RANGES else frozenset()
    return not others.isdisjoint(near)


def _is_denial(word: str) -> bool:
    return word in _DENIES or word.endswith("n't")
