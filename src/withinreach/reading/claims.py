"""Who is said to reach whom: claims with origin, targets, range and what is asserted.

A claim says what weapons can do. A strike that was reported ("the missile hit Riyadh last week")
is no claim of reach: its place is a target, and nothing more is said of it. Questions, threats
("vowed to strike"), needs ("would need 900 km to reach") and what stands after "whether" assert
nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import NamedTuple

from withinreach.reading.anaphora import spoken_of
from withinreach.reading.clauses import SentenceReader
from withinreach.reading.discourse import Discourse
from withinreach.reading.masked import MaskedSentence, starting_within
from withinreach.reading.predicates import Predicate
from withinreach.reading.sentences import lowered, sentences
from withinreach.reading.sites import SitePhrase
from withinreach.reading.statements import ClaimStatement, PlaceMention, RangeStatement
from withinreach.reading.weapons import ARMED, WEAPON, WeaponName, has_weapon_word

__all__ = ["FoundSite", "ReadSentence", "Told", "find_claims"]

# So many sentences that name places before one about weapons may tell where these stand.
_LEADING_UP = 3


class FoundSite(NamedTuple):
    """A mention that a sentence gives as an origin, and how; offsets are those of the text."""

    mention: PlaceMention
    phrase: SitePhrase
    start: int
    end: int


class ReadSentence(NamedTuple):
    """A sentence that names a place or a weapon; `number` and `paragraph` count from 0.

    One that only leads up to weapons (not `about_weapons`) tells places they may stand at, and
    claims nothing.
    """

    number: int
    paragraph: int
    masked: MaskedSentence
    predicates: tuple[Predicate, ...]
    about_weapons: bool = True


class Told(NamedTuple):
    """What was read of origins, claims and places that were reported hit, in text order."""

    sites: tuple[FoundSite, ...] = ()
    claims: tuple[ClaimStatement, ...] = ()
    hit: tuple[PlaceMention, ...] = ()
    sentences: tuple[ReadSentence, ...] = ()


def find_claims(
    text: str,
    places: Sequence[PlaceMention],
    ranges: Sequence[RangeStatement],
    weapons: Sequence[WeaponName],
) -> Told:
    """Read the claims of a text whose places, ranges and weapons are known, all in text order.

    A claim whose sentence states no range has the one stated last before it for the same weapon,
    or right after it. Linear in the length of the text.
    """
    low = lowered(text)
    if not weapons and not has_weapon_word(text):
        return Told()
    discourse = Discourse(ranges)
    sites: list[FoundSite] = []
    claims: list[ClaimStatement] = []
    hit: list[PlaceMention] = []
    place_starts = [m.start for m in places]
    range_starts = [r.start for r in ranges]
    weapon_starts = [w.start for w in weapons]
    # In a text that states a range, plain "weapons" are those; elsewhere they may be knives.
    about = WEAPON if ranges else ARMED
    previous_end = 0
    read: list[ReadSentence] = []
    leading_up: deque[ReadSentence] = deque(maxlen=_LEADING_UP)
    paragraph = 0
    for number, (start, end) in enumerate(sentences(text)):
        if "\n\n" in text[previous_end:start]:
            paragraph += 1
        previous_end = end
        here = starting_within(places, place_starts, start, end)
        stated = starting_within(ranges, range_starts, start, end)
        named = starting_within(weapons, weapon_starts, start, end)
        armed = stated or named or about.search(low, start, end)
        leans = not here and discourse.about_weapons and any(discourse.spoken_of)
        if not (here or armed or leans):
            discourse.next_sentence()
            continue
        sentence = MaskedSentence(text, low, start, end, here, stated, named)
        discourse.see(sentence, armed=bool(armed))
        predicates: Sequence[Predicate] = ()
        said: list[ClaimStatement] = []
        if here or leans:
            reader = SentenceReader(sentence, discourse)
            standing = reader.sites()
            said = list(reader.claims())
            predicates = reader.predicates
            sites += [FoundSite(mention, phrase, start, end) for mention, phrase in standing]
            claims += said
            hit += reader.hit()
            if said or standing:
                discourse.go_on_about_weapons()
        topics: list[PlaceMention] = []
        if not discourse.about_weapons:
            leading_up.append(ReadSentence(number, paragraph, sentence, (), about_weapons=False))
        else:
            read += leading_up
            leading_up.clear()
            read.append(ReadSentence(number, paragraph, sentence, tuple(predicates)))
            # Of a claim, what it says to be in reach.
            topics = [m for one in said[-1:] for m in one.targets]
            topics = topics or spoken_of(sentence, len(sentence.masked))
        discourse.next_sentence(topics)
    return Told(tuple(sites), tuple(claims), tuple(hit), tuple(read))
