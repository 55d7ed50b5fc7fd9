"""What the sentences of a text tell of weapons: where they stand, and which places were hit.

A strike that was reported ("the missile hit Riyadh last week") is no claim of reach: its place is a
target, and nothing more is said of it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from withinreach.reading.discourse import Discourse
from withinreach.reading.masked import MaskedSentence, contains, starting_within
from withinreach.reading.reported import reported_hit
from withinreach.reading.sentences import lowered, sentences
from withinreach.reading.sites import SITE_GATE, SitePhrase, find_sites
from withinreach.reading.stands import find_stands
from withinreach.reading.statements import PlaceMention, RangeStatement
from withinreach.reading.weapons import ARMED, WEAPON, WeaponName, has_weapon_word

__all__ = ["FoundSite", "ReadSentence", "Told", "what_is_told"]

# So many sentences that name places before one about weapons may tell where these stand.
_LEADING_UP = 3
# So many sentences on, one without a place may still be about those named.
_LEANS = 2


class FoundSite(NamedTuple):
    """A mention that a sentence gives as an origin, and how; offsets are those of the text."""

    mention: PlaceMention
    phrase: SitePhrase
    start: int
    end: int


class ReadSentence(NamedTuple):
    """A sentence that names a place or a weapon, or follows one; counted from 0, and its paragraph.

    One that only leads up to weapons (not `about_weapons`) tells places they may stand at, and
    claims nothing.
    """

    number: int
    paragraph: int
    masked: MaskedSentence
    about_weapons: bool = True


class Told(NamedTuple):
    """The places where weapons stand, those that were reported hit, and the sentences, in order."""

    sites: tuple[FoundSite, ...] = ()
    hit: tuple[PlaceMention, ...] = ()
    sentences: tuple[ReadSentence, ...] = ()


def what_is_told(
    text: str,
    places: Sequence[PlaceMention],
    ranges: Sequence[RangeStatement],
    weapons: Sequence[WeaponName],
) -> Told:
    """Read a text whose places, ranges and weapons are known, all in text order.

    Linear in the length of the text.
    """
    low = lowered(text)
    if not weapons and not has_weapon_word(text):
        return Told()
    discourse = Discourse()
    sites: list[FoundSite] = []
    hit: list[PlaceMention] = []
    place_starts = [m.start for m in places]
    range_starts = [r.start for r in ranges]
    weapon_starts = [w.start for w in weapons]
    # In a text that states a range, plain "weapons" are those; elsewhere they may be knives.
    about = WEAPON if ranges else ARMED
    previous_end = paragraph = 0
    named_at = -_LEANS
    read: list[ReadSentence] = []
    leading_up: deque[ReadSentence] = deque(maxlen=_LEADING_UP)
    for number, (start, end) in enumerate(sentences(text)):
        if "\n\n" in text[previous_end:start]:
            paragraph += 1
        previous_end = end
        discourse.next_sentence()
        here = starting_within(places, place_starts, start, end)
        stated = starting_within(ranges, range_starts, start, end)
        named = starting_within(weapons, weapon_starts, start, end)
        armed = bool(stated or named or about.search(low, start, end))
        # "They could not." leans on the places that were named just before.
        if not (here or armed or (discourse.about_weapons and number - named_at <= _LEANS)):
            continue
        named_at = number if here else named_at
        sentence = MaskedSentence(text, low, start, end, here, stated, named)
        discourse.see(sentence, armed=armed)
        if here:
            found = [FoundSite(m, phrase, start, end) for m, phrase in _sites(sentence, discourse)]
            if found:
                discourse.go_on_about_weapons()
            sites += found
        if discourse.about_weapons:
            hit += [sentence.places[offset] for offset in reported_hit(sentence)]
            read += leading_up
            leading_up.clear()
            read.append(ReadSentence(number, paragraph, sentence))
        else:
            leading_up.append(ReadSentence(number, paragraph, sentence, about_weapons=False))
    return Told(tuple(sites), tuple(hit), tuple(read))


def _sites(
    sentence: MaskedSentence, discourse: Discourse
) -> Iterator[tuple[PlaceMention, SitePhrase]]:
    """Yield the places that a sentence gives as origins, and those beside a word for weapons."""
    phrases: list[SitePhrase] = []
    if SITE_GATE.search(sentence.masked):
        phrases = find_sites(
            sentence, about_weapons=discourse.about_weapons, about_sites=discourse.about_sites
        )
    for phrase in phrases:
        for offset in phrase.places:
            sentence.blank(offset)
    for offset in sentence.anchors:
        sentence.blank(offset)
    found = [(sentence.places[o], phrase) for phrase in phrases for o in phrase.places]
    # "sent to its allies in Iraq and hidden near Najaf": the finer place is the one.
    for outer, phrase in found:
        if not _is_country(outer) or not any(
            contains(outer, inner) for inner, _ in found if inner is not outer
        ):
            yield outer, phrase
    if discourse.about_weapons and not sentence.masked.endswith("?"):
        for phrase in find_stands(sentence):
            for offset in phrase.places:
                yield sentence.places[offset], phrase


def _is_country(mention: PlaceMention) -> bool:
    return mention.place is not None and mention.place.kind == "country"
