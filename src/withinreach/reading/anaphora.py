"""Which places named before "it", "both", "the city" or "the islands" mean."""

from __future__ import annotations

from collections.abc import Sequence

from withinreach.reading.masked import PLACE, MaskedSentence
from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.predicates import Predicate
from withinreach.reading.statements import PlaceMention

__all__ = ["ALL", "IT", "NAMED_SO", "meant_by", "pointing_word", "spoken_of"]

ALL, IT = "all", "it"
_TOWN = frozenset(("city", "town", "capital", "port", "harbour", "harbor", "village"))
_NOUN = any_of(
    "city town capital port harbour harbor village islands? archipelago peninsula shoal reef",
    "straits? canal dam region province",
)
_ADJECTIVE = r"(?:(?!of\b|in\b|at\b|to\b|from\b)[a-z-]+\s+)?"
# "The capital", "the port city": words for a place that has been named.
NAMED_SO = rf"(?:the|that)\s+{_ADJECTIVE}{_NOUN}"
_BOTH = pattern(r"\s*(?:of\s+)?(?:both|them|either|all\s+(?:three|of\s+them))\b")
_SHORT_OF_IT = pattern(r"\bshort\s+of\s+(?:it|that|them)$")
_SUBJECT = pattern(
    rf"\b(?:(?P<both>both|all\s+(?:three|of\s+them))|it|that|this|(?:the|that)\s+{_ADJECTIVE}(?P<noun>{_NOUN})(?:\s+itself)?)"
    rf"(?:\s*,[^,;{PLACE[0]}]{{1,60}},)?\s+(?:(?!and\b|or\b)[a-z]+\s+){{0,4}}$"
)
_OBJECT = pattern(rf"\s+(?:it|(?:the|that)\s+{_ADJECTIVE}(?P<noun>{_NOUN}))\b")
# "Experts in X said that it ...": the sentence is not about X.
_ASIDE = pattern(r"\b(?:in|at|near|from|outside|around)\s+(?:the\s+)?$")
_WINDOW = 140


def pointing_word(masked: str, predicate: Predicate) -> str | None:
    """Return what stands in place of a predicate's places: ALL, IT, or a noun; None for nothing."""
    if _BOTH.match(masked, predicate.end):
        return ALL
    if _SHORT_OF_IT.search(masked, predicate.start, predicate.end):
        return IT
    if predicate.form == "after":
        if masked.endswith("there", 0, predicate.end):
            return IT
        found = _OBJECT.match(masked, predicate.end)
    elif predicate.form == "before":
        found = _SUBJECT.search(masked, max(0, predicate.start - _WINDOW), predicate.start)
    else:
        return None
    if found is None:
        return None
    if predicate.form == "before" and found["both"]:
        return ALL
    return found["noun"] or IT


def spoken_of(sentence: MaskedSentence, end: int) -> list[PlaceMention]:
    """Return what a sentence speaks of up to an offset: no origins, and nothing "in" or "from"."""
    masked = sentence.masked
    return [
        sentence.places[offset]
        for offset in sentence.places_in(0, end)
        if not _ASIDE.search(masked, max(0, offset - 30), offset)
    ]


def meant_by(
    word: str,
    own: Sequence[PlaceMention],
    before: Sequence[Sequence[PlaceMention]],
    last: Sequence[PlaceMention],
) -> tuple[PlaceMention, ...]:
    """Return the places that a word means, none where it may mean several or nothing.

    `own` is what its sentence speaks of before it, `before` what each sentence just before it
    did; `last` are the targets of the claim just made.
    """
    if word == ALL:
        return tuple(last)
    if word == IT:
        nearest = next((one for one in (own, *reversed(before), last) if one), ())
        return tuple(nearest) if len(nearest) == 1 else ()
    spoken = [*last, *(mention for places in before for mention in places), *own]
    word = word.split()[-1]
    if word in _TOWN:
        fitting = [m for m in spoken if m.place is not None and m.place.kind == "town"]
    else:
        fitting = [m for m in spoken if word.rstrip("s") in m.text.lower()]
    return tuple(fitting[-1:])
