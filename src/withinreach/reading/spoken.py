"""The places that a text about weapons speaks of: each with its sentence and what is told there."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import zip_longest

from withinreach.reading.meanings import Meanings, Tells
from withinreach.reading.signed_words import SignedWords
from withinreach.reading.sites import SitePhrase
from withinreach.reading.statements import Asserted, PlaceMention, RangeStatement
from withinreach.reading.told import ReadSentence, Told

__all__ = ["Spoken", "SpokenSentence", "SpokenText", "name_of"]

_ARMS = frozenset(
    "missile missiles rocket rockets drone drones launcher launchers battery batteries brigade"
    " regiment battalion unit units howitzer howitzers artillery guns weapon weapons".split()
)
# What the sentence after a question opens with, where it answers it.
_ANSWERS = frozenset(("yes", "no", "not"))
# So many words of an answer tell of reach, and so many whether it is a yes.
_ANSWERED, _OPENS = 8, 3
# So many words, the name and the question mark among them, ask by naming a place.
_SHORT_QUESTION = 10
_ASKING = frozenset(
    "can could will would may might should shall is are was were do does did has have had who what"
    " when where why how which".split()
)
# So many words after "whether" are not said to be so.
_WHETHER = 10
_JOINS = frozenset((",", "and", "or", "nor", "to", "the", "even", "as", "well"))


@dataclass(slots=True, eq=False)
class SpokenSentence:
    """A sentence with its words and its ranges, each with the number of its word."""

    read: ReadSentence
    words: SignedWords
    meanings: Meanings
    ranges: list[tuple[RangeStatement, int]]
    first_place: int
    last_place: int
    # It names a weapon, or those who have them.
    armed: bool
    # What the sentence just before it told last of reach.
    told_before: Tells
    # Of a question: the word that the next sentence opens with, "" where none follows.
    answer: str | None = None
    # What that sentence tells of reach, and whether it opens with a denial.
    answer_tells: Tells = "nothing"
    answer_denies: bool = False

    @property
    def answer_awaited(self) -> bool:
        """Whether it is a question that the next sentence does not answer."""
        # "Minsk? Hardly." asks by the name alone.
        words = self.words.words
        alone = len(words) <= _SHORT_QUESTION and words[0] not in _ASKING
        answer = self.answer
        return answer is not None and answer not in _ANSWERS and not (answer and alone)

    def paragraphs_after(self, other: SpokenSentence) -> int:
        """Return in which paragraph after another sentence's it stands."""
        return self.read.paragraph - other.read.paragraph


@dataclass(slots=True, eq=False)
class Spoken:
    """A mention: `at` is the number of its word, `first` and `last` those of its list's ends.

    `key` is the same for all mentions of one place. `site` tells that weapons stand there, `hit`
    that it was struck, `is_frame` that it only holds another place or tells where that lies.
    """

    mention: PlaceMention
    sentence: SpokenSentence
    at: int
    key: str
    name: str
    site: SitePhrase | None
    hit: bool
    is_frame: bool
    first: int
    last: int
    # Whether the text names the place for the first time, and whether weapons stood there before.
    is_new: bool
    was_site: bool
    # What the text asserts of it as far as it has been weighed.
    said: Asserted | None = None
    # How much speaks for it as a place where weapons stand, as log-odds.
    stands: float = 0.0
    # Whether weapons stand in its country as far as the text tells, None where it tells nothing.
    is_at_home: bool | None = None
    # The most that speaks for weapons there, wherever the text names it.
    most_stands: float = 0.0
    # How many of its mentions the text says to be in or out of reach.
    times_target: int = 0
    # How often the text names it, and whether its first sentence about weapons does.
    times_named: int = 1
    is_in_lead: bool = False
    # The place that was named before it.
    previous: Spoken | None = None

    @property
    def country(self) -> str | None:
        """The country that it lies in or is, None where that is not known."""
        return None if self.mention.place is None else self.mention.place.country

    @property
    def number(self) -> int:
        return self.sentence.read.number

    @property
    def may_be_target(self) -> bool:
        """Whether the text may claim something of it here; a question does where it is answered.

        What stands after "whether" is not said.
        """
        asked = self.sentence.answer_awaited
        told = self.is_frame or self.hit
        is_open = "whether" in self.sentence.words.between(self.at - _WHETHER, self.at)
        return self.sentence.read.about_weapons and not (told or asked or is_open)

    @property
    def kind(self) -> str:
        return "unknown" if self.mention.place is None else self.mention.place.kind


class SpokenText:
    """All sentences and places of a text about weapons, in its order."""

    def __init__(self, told: Told) -> None:
        self.sentences: list[SpokenSentence] = []
        self.places: list[Spoken] = []
        self._by_number: dict[int, list[Spoken]] = defaultdict(list)
        sites = {site.mention.start: site.phrase for site in told.sites}
        hit = {mention.start for mention in told.hit}
        previous: Spoken | None = None
        said_last: Tells = "nothing"
        keys: dict[tuple[str, str | None], str] = {}
        seen: set[str] = set()
        stood: set[str] = set()
        for read in told.sentences:
            masked = read.masked
            words = SignedWords(masked.signed)
            meanings = Meanings(words.words)
            ranges = [(r, words.number(at)) for at, r in masked.ranges.items()]
            names = [name_of(mention) for mention in masked.places.values()]
            places = list(masked.places)
            sentence = SpokenSentence(
                read=read,
                words=words,
                meanings=meanings,
                ranges=ranges,
                first_place=words.number(places[0]) if places else -1,
                last_place=words.number(places[-1]) if places else -1,
                armed=bool(masked.weapons) or not _ARMS.isdisjoint(words.words),
                told_before=said_last if self._follows(read) else "nothing",
            )
            said_last = meanings.last(0, len(words.words))
            self.sentences.append(sentence)
            for mention, name, (at, first, last) in zip(
                masked.places.values(), names, _listed(words, masked.places), strict=True
            ):
                key = name
                if mention.place is not None:
                    # A province and the town of its name count as one here.
                    named = mention.name.lower(), mention.place.country
                    key = keys.setdefault(named, mention.place.id)
                start = mention.start
                spoken = Spoken(
                    mention=mention,
                    sentence=sentence,
                    at=at,
                    key=key,
                    name=name,
                    site=sites.get(start),
                    hit=start in hit,
                    is_frame=start - masked.start in masked.frames,
                    first=first,
                    last=last,
                    is_new=key not in seen,
                    was_site=key in stood,
                )
                if not spoken.is_frame:
                    spoken.previous = previous
                    previous = spoken
                self.places.append(spoken)
                self._by_number[read.number].append(spoken)
                seen.add(key)
                if spoken.site is not None:
                    stood.add(key)
        for sentence, answer in zip_longest(self.sentences, self.sentences[1:]):
            if sentence.words.words[-1:] == ["?"]:
                follows = answer is not None and answer.read.number == sentence.read.number + 1
                sentence.answer = answer.words[0] if follows else ""
                if follows:
                    sentence.answer_tells = answer.meanings.last(0, _ANSWERED)
                    sentence.answer_denies = answer.meanings.denies(0, _OPENS)

    def compare_sites(self) -> None:
        """Tell each place what the whole text says of weapons there and in its country."""
        most: dict[str, float] = {}
        sites: dict[str | None, set[str]] = defaultdict(set)
        times = Counter(place.key for place in self.places)
        lead = {p.key for p in self.places if p.sentence is self.sentences[0]}
        for place in self.places:
            place.times_named, place.is_in_lead = times[place.key], place.key in lead
            most[place.key] = max(place.stands, most.get(place.key, place.stands))
            if place.stands > 0 and place.country is not None:
                sites[place.country].add(place.key)
        for place in self.places:
            place.most_stands = most[place.key]
            if sites and place.country is not None:
                there: Set[str] = sites.get(place.country, frozenset())
                place.is_at_home = len(there) > (place.key in there)

    def _follows(self, read: ReadSentence) -> bool:
        return bool(self.sentences) and self.sentences[-1].read.number == read.number - 1

    def by_sentence(self) -> Iterator[tuple[SpokenSentence, list[Spoken]]]:
        """Yield each sentence with the places that it names."""
        for sentence in self.sentences:
            yield sentence, self.places_of(sentence)

    def places_of(self, sentence: SpokenSentence) -> list[Spoken]:
        """Return the places that a sentence names, in its order."""
        return self._by_number[sentence.read.number]


def name_of(mention: PlaceMention) -> str:
    """Return a name as it is compared: in lower case, without the article."""
    return " ".join(mention.text.lower().split()).removeprefix("the ")


def _listed(words: SignedWords, offsets: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """Yield for each place the number of its word, and of the first and last word of its list."""
    lists: list[list[int]] = []
    for offset in offsets:
        at = words.number(offset)
        between = words.between(lists[-1][-1] + 1, at) if lists else []
        if lists and (all(w in _JOINS for w in between) or between == [";", "and"]):
            lists[-1].append(at)
        else:
            lists.append([at])
    for numbers in lists:
        for at in numbers:
            yield at, numbers[0], numbers[-1]
