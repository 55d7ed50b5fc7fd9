"""Words that stand for places named before: "it" in "it is out of reach", "both", "the city".

What is claimed of such a word is weighed as if the place were named there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from withinreach.reading.spoken import Spoken, SpokenSentence, SpokenText

__all__ = ["pointers"]

_ALL = frozenset(("both", "either", "neither", "them"))
_TOWNS = frozenset("city town capital port harbour harbor village".split())
_THE = frozenset(("the", "that", "this"))
_MODALS = frozenset(
    "is are was were can could would will may might does do did cannot can't couldn't won't"
    " wouldn't doesn't don't didn't isn't aren't".split()
)
# "It could be hit", "it is out of range": not the weapon, but a place.
_SUFFERS = frozenset("be out within in beyond outside inside safe reached hit".split())
_SHORT = 5
# So many sentences back a place may be meant.
_MEMORY = 2


def pointers(text: SpokenText) -> Iterator[Spoken]:
    """Yield the places that words of a text stand for, as if they were named there."""
    before: list[list[Spoken]] = []
    number = -1
    for sentence, places in text.by_sentence():
        if sentence.read.number != number + 1:
            before = []
        number = sentence.read.number
        if sentence.read.about_weapons and not sentence.answer_awaited:
            for at, word in enumerate(sentence.words.words):
                own = [place for place in places if place.at < at and not place.is_frame]
                for meant in _meant(at, word, sentence, [*before, own]):
                    yield replace(
                        meant,
                        sentence=sentence,
                        at=at,
                        first=at,
                        last=at,
                        pointer=word,
                        site=None,
                        hit=False,
                        is_new=False,
                        previous=own[-1] if own else meant,
                    )
        before = [*before[1 - _MEMORY :], [p for p in places if not p.is_frame]]


def _meant(
    at: int, word: str, sentence: SpokenSentence, named: Sequence[Sequence[Spoken]]
) -> Sequence[Spoken]:
    """Return the places that a word stands for, none where it stands for none or for a weapon.

    `named` are the places of the sentences before and of its own so far.
    """
    words = sentence.words
    # "From X it is out of reach": not X, where the weapons are.
    latest = [place for places in named for place in places if place.stands <= 0]
    if word in _ALL and words[at + 1] != "<place>":
        if word == "them" and not _after_reach(at, sentence):
            return ()
        lists = [_list_of(place, places) for places in named for place in places]
        return next((found for found in reversed(lists) if len(found) > 1), ())
    if word == "it":
        follows = words.between(at + 1, at + 4)
        suffers = bool(follows) and follows[0] in _MODALS and not _SUFFERS.isdisjoint(follows)
        return latest[-1:] if suffers or _after_reach(at, sentence) else ()
    if word in _TOWNS and _THE.intersection((words[at - 1], words[at - 2])):
        if words[at + 1] in ("of", "<place>") or words[at - 1] == "<place>":
            return ()
        return [place for place in latest if place.kind == "town"][-1:]
    if word in _MODALS and at <= 1 and len(words.words) <= _SHORT and len(named) > 1:
        # "They could not."
        return _list_of(named[-2][-1], named[-2]) if named[-2] and not named[-1] else ()
    return ()


def _after_reach(at: int, sentence: SpokenSentence) -> bool:
    return sentence.meanings.tells(at - 2, at)


def _list_of(place: Spoken, places: Sequence[Spoken]) -> list[Spoken]:
    return [other for other in places if other.first == place.first]
