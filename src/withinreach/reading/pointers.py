"""Words that stand for places named before: "it" in "it is out of reach", "both", "the city".

What is claimed of such a word is weighed as if the place were named there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from withinreach.reading.spoken import Spoken, SpokenSentence, SpokenText

__all__ = ["pointers"]

_ALL = frozenset(("both", "neither"))
_TOWNS = frozenset("city town capital port harbour harbor village".split())
_THE = frozenset(("the", "that", "this"))
_MODALS = frozenset(
    "is are was were can could would will may might does do did cannot can't couldn't won't"
    " wouldn't doesn't don't didn't isn't aren't".split()
)
# "It could be hit", "it is out of range": not the weapon, but a place.
_SUFFERS = frozenset(("be", "out", "within", "beyond", "outside", "inside", "safe", "reached"))
_STOPS = frozenset((".", ",", ";", ":", "!", "—", "–", "<end>"))
# "They could not."
_PRONOUNS = frozenset(("it", "they", "that", "we", "you"))
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
    following = words[at + 1]
    # "From X it is out of reach": not X, where the weapons are.
    aimed = [[place for place in places if place.stands <= 0] for places in named]
    latest = [place for places in aimed for place in places]
    asserts = following in _MODALS and "<place>" not in words.between(at + 1, at + 4)
    if word in _ALL and (asserts or following in _STOPS or following == "from"):
        lists = [_list_of(place, places) for places in aimed for place in places]
        return next((found for found in reversed(lists) if len(found) > 1), ())
    # "X is beyond it": the weapon.
    if word == "it" and not aimed[-1]:
        follows = words.between(at + 1, at + 4)
        suffers = following in _MODALS and "able" not in follows
        suffers = suffers and not _SUFFERS.isdisjoint(follows)
        return latest[-1:] if suffers or _is_reached(at, sentence) else ()
    if word in _TOWNS and _THE.intersection((words[at - 1], words[at - 2])):
        if following in ("of", "<place>") or words[at - 1] == "<place>":
            return ()
        return [place for place in latest if place.kind == "town"][-1:]
    if word in _MODALS and at == 1 and words[0] in _PRONOUNS and len(words.words) <= _SHORT:
        before = aimed[-2] if len(aimed) > 1 and (following == "not" or following in _STOPS) else []
        return _list_of(before[-1], before) if before else ()
    return ()


def _is_reached(at: int, sentence: SpokenSentence) -> bool:
    """Return whether a word is what is reached: "hit it", "short of it", "too short for it"."""
    begin = at - 2 if sentence.words[at - 1] in ("of", "for") else at - 1
    return sentence.meanings.tells(begin, at)


def _list_of(place: Spoken, places: Sequence[Spoken]) -> list[Spoken]:
    return [other for other in places if other.first == place.first]
