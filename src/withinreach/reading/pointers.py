"""Words that stand for places named before: "it" in "it is out of reach", "both", "the city".

They are few, and too few for weights: only words that tell of reach right beside one make a claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from withinreach.reading.spoken import Spoken, SpokenSentence, SpokenText
from withinreach.reading.statements import Asserted

__all__ = ["pointers"]

_ALL = frozenset(("both", "neither"))
_TOWNS = frozenset("city town capital port harbour harbor village".split())
_THE = frozenset(("the", "that", "this"))
_MODALS = frozenset(
    "is are was were can could would will may might does do did cannot can't couldn't won't"
    " wouldn't doesn't don't didn't isn't aren't".split()
)
_WORDS = _ALL | _TOWNS | _MODALS | {"it"}
# "It could be hit", "it is out of range" is a place; "it could be fired", "it is able to" a weapon.
_SUFFERS = frozenset(("be", "out", "within", "beyond", "outside", "inside", "safe", "reached"))
_DOES = frozenset("able unable fired launched used moved to".split())
# "Could hit it", "short of it", "too short for it"; not "to get it" or "to fire it".
_AIMS = frozenset(
    "hit hits strike strikes reach reaches reached cover covers threaten threatens touch shell"
    " bombard attack".split()
)
_STOPS = frozenset((".", ",", ";", ":", "!", "—", "–", "<end>"))
# "In the capital" tells where something is.
_WHERE = frozenset("in of from near at outside around to for".split())
_ASIDE = frozenset("in at near from outside around".split())
# So many words on or back, and in an apposition before.
_AHEAD, _BACK, _BESIDE = 6, 4, 5
# So many sentences back a place may be meant.
_MEMORY = 2


def pointers(text: SpokenText) -> Iterator[Spoken]:
    """Yield the places that words of a text say to be in or out of reach, as if named there."""
    before: list[list[Spoken]] = []
    number = -1
    for sentence, places in text.by_sentence():
        if sentence.read.number != number + 1:
            before = []
        number = sentence.read.number
        aimed = [place for place in places if _may_be_meant(place)]
        if sentence.read.about_weapons and not sentence.answer_awaited:
            for at, word in enumerate(sentence.words.words):
                if word not in _WORDS:
                    continue
                named = [*before, [place for place in aimed if place.at < at]]
                said = _said(at, word, sentence)
                for meant in _meant(at, word, sentence, named) if said is not None else ():
                    yield replace(meant, sentence=sentence, at=at, first=at, last=at, said=said)
        before = [*before[1 - _MEMORY :], aimed]


def _may_be_meant(place: Spoken) -> bool:
    """Return whether a sentence speaks of a place.

    Not in "an analyst in X said", nor in "from X it is out of reach", where the weapons are.
    """
    is_aside = place.sentence.words[place.first - 1] in _ASIDE
    return not (place.is_frame or is_aside or place.stands > 0)


def _said(at: int, word: str, sentence: SpokenSentence) -> Asserted | None:
    """Return what the words right beside a word say of it."""
    words, meanings = sentence.words, sentence.meanings
    if _is_answer(at, word, sentence):
        return "cannot_reach" if meanings.denies(at, at + 2) else "can_reach"
    told, end = meanings.nearest_after(at, _AHEAD)
    between = words.between(at + 1, end)
    if word == "it" and _is_object(at, sentence):
        told, between = meanings.nearest_before(at, _BACK)[0], []
    elif word in ("both", "neither") and (told == "nothing" or word == "neither"):
        denied = word == "neither" or "not" in words.between(at + 1, at + 3)
        told = meanings.nearest_before(at, _BACK)[0] if told == "nothing" else told
        told = f"not {told}" if denied and told in ("reached", "in danger") else told
    if told == "nothing" or "<place>" in between:
        return None
    return "cannot_reach" if told in ("not reached", "safe", "not in danger") else "can_reach"


def _meant(
    at: int, word: str, sentence: SpokenSentence, named: Sequence[Sequence[Spoken]]
) -> Sequence[Spoken]:
    """Return the places that a word stands for, none where it stands for none or for a weapon.

    `named` are the places of the sentences before and of its own so far.
    """
    words = sentence.words
    following = words[at + 1]
    latest = [place for places in named for place in places]
    if _is_answer(at, word, sentence):
        before = named[-2] if len(named) > 1 else []
        return _list_of(before[-1], before) if before else ()
    if word in _ALL and (following in _MODALS or following in _STOPS or following == "from"):
        if "<place>" in words.between(at + 1, at + 4):
            return ()
        lists = [_list_of(place, places) for places in named for place in places]
        return next((found for found in reversed(lists) if len(found) > 1), ())
    # "X is beyond it": the weapon.
    if word == "it" and not named[-1]:
        follows = words.between(at + 1, at + _AHEAD)
        suffers = following in _MODALS and not _SUFFERS.isdisjoint(follows[:3])
        suffers = suffers and _DOES.isdisjoint(follows)
        return latest[-1:] if suffers or _is_object(at, sentence) else ()
    if word in _TOWNS and words[at - 1] in _THE and words[at - 2] not in _WHERE:
        # "X, the capital": X itself is spoken of.
        beside = words.between(at - _BESIDE, at)
        if following in ("of", "<place>", ",") or ("<place>" in beside and "," in beside):
            return ()
        return [place for place in latest if place.kind == "town"][-1:]
    return ()


def _is_answer(at: int, word: str, sentence: SpokenSentence) -> bool:
    """Return whether a sentence is but "They could not." and a word its verb."""
    words = sentence.words.words
    short = words[2:] in (["."], ["not", "."])
    return at == 1 and short and word in _MODALS and words[0] in ("it", "they")


def _is_object(at: int, sentence: SpokenSentence) -> bool:
    """Return whether a word is what is reached: "hit it", "short of it", "too short for it"."""
    one, two = sentence.words[at - 1], sentence.words[at - 2]
    return one in _AIMS or (one in ("of", "for") and two == "short")


def _list_of(place: Spoken, places: Sequence[Spoken]) -> list[Spoken]:
    return [other for other in places if other.first == place.first]
