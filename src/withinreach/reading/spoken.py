"""The places that a text about weapons speaks of: each with its sentence and the grammar's view."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import zip_longest

from withinreach.reading.claims import ReadSentence, Told
from withinreach.reading.meanings import Tells, denies, told_last
from withinreach.reading.signed_words import SignedWords
from withinreach.reading.sites import SitePhrase
from withinreach.reading.statements import Asserted, ClaimStatement, PlaceMention, RangeStatement

__all__ = ["Spoken", "SpokenSentence", "SpokenText", "name_of"]

_ARMS = frozenset(
    "missile missiles rocket rockets drone drones launcher launchers battery batteries brigade"
    " regiment battalion unit units howitzer howitzers artillery guns weapon weapons".split()
)
# So many sentences on, a claim made before has nothing to do with a place any more.
_CLAIM_MEMORY = 5
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
_JOINS = frozenset((",", "and", "or", "nor", "to", "the", "even", "as", "well"))


@dataclass(slots=True, eq=False)
class SpokenSentence:
    """A sentence with its words, its ranges (each with the number of its word) and its claims."""

    read: ReadSentence
    words: SignedWords
    ranges: list[tuple[RangeStatement, int]]
    first_place: int
    last_place: int
    claims: int
    # The last claim before it was made so many sentences ago.
    since_claim: int
    # The weapon that the text named last, up to the end of the sentence.
    topic: str | None
    # It names a weapon, or those who have them.
    armed: bool
    # What the sentence just before it told last of reach.
    told_before: Tells
    # Of a question: the word that the next sentence opens with, "" where none follows.
    answer: str | None = None
    # What that sentence tells of reach, and whether it opens with a denial.
    answer_tells: Tells = "nothing"
    answer_denies: bool = False

    def paragraphs_after(self, other: SpokenSentence) -> int:
        """Return in which paragraph after another sentence's it stands."""
        return self.read.paragraph - other.read.paragraph


@dataclass(slots=True, eq=False)
class Spoken:
    """A mention: `at` is the number of its word, `first` and `last` those of its list's ends.

    `key` is the same for all mentions of one place. `site`, `claims`, `starts`, `hit` and
    `is_frame` are what the grammar says: where weapons stand, the claims on it, those from it, a
    strike on it, a place that only holds another one or tells where it lies.
    """

    mention: PlaceMention
    sentence: SpokenSentence
    at: int
    key: str
    name: str
    site: SitePhrase | None
    claims: Sequence[ClaimStatement]
    starts: bool
    hit: bool
    is_frame: bool
    # Another sentence makes a claim on it ("it", "the city"), and its own none by the grammar.
    is_meant_later: bool
    first: int
    last: int
    # What the text has said of the same place before.
    is_new: bool
    was_target: bool
    was_origin: bool
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
        """Whether the text may claim something of it here; a question does where it is answered."""
        answer = self.sentence.answer
        # "Minsk? Hardly." asks by the name alone.
        words = self.sentence.words.words
        alone = len(words) <= _SHORT_QUESTION and words[0] not in _ASKING
        asked = answer is not None and answer not in _ANSWERS and not (answer and alone)
        told = self.is_frame or self.is_meant_later
        return self.sentence.read.about_weapons and not told and not asked

    @property
    def kind(self) -> str:
        return "unknown" if self.mention.place is None else self.mention.place.kind


class SpokenText:
    """All places and ranges of a text as the grammar reads them, in text order."""

    def __init__(self, told: Told) -> None:
        self.sentences: list[SpokenSentence] = []
        self.places: list[Spoken] = []
        self._by_start: dict[int, Spoken] = {}
        claims: dict[int, list[ClaimStatement]] = defaultdict(list)
        starts: set[int] = set()
        meant_later: set[int] = set()
        by_sentence: dict[int, int] = defaultdict(int)
        for claim in told.claims:
            by_sentence[claim.start] += 1
            if claim.origin is not None:
                starts.add(claim.origin.start)
            for mention in claim.targets:
                # One on a place that another sentence named is no business of that sentence.
                if claim.start <= mention.start < claim.end:
                    claims[mention.start].append(claim)
                else:
                    meant_later.add(mention.start)
        sites = {site.mention.start: site.phrase for site in told.sites}
        hit = {mention.start for mention in told.hit}
        previous: Spoken | None = None
        said_last: Tells = "nothing"
        topic: str | None = None
        claimed_at = -_CLAIM_MEMORY
        keys: dict[tuple[str, str | None], str] = {}
        seen: set[str] = set()
        targets: set[str] = set()
        origins: set[str] = set()
        for read in told.sentences:
            masked = read.masked
            words = SignedWords(masked.signed)
            ranges = [(r, words.number(at)) for at, r in masked.ranges.items()]
            topic = next((name.lower() for name in reversed(masked.weapons.values())), topic)
            since = min(_CLAIM_MEMORY, read.number - claimed_at)
            names = [name_of(mention) for mention in masked.places.values()]
            places = list(masked.places)
            sentence = SpokenSentence(
                read=read,
                words=words,
                ranges=ranges,
                first_place=words.number(places[0]) if places else -1,
                last_place=words.number(places[-1]) if places else -1,
                claims=by_sentence[masked.start],
                since_claim=since,
                topic=topic,
                armed=bool(masked.weapons) or not _ARMS.isdisjoint(words.words),
                told_before=said_last if self._follows(read) else "nothing",
            )
            said_last = told_last(words.words)
            if sentence.claims:
                claimed_at = read.number
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
                    claims=claims.get(start, ()),
                    starts=start in starts,
                    hit=start in hit,
                    is_frame=start - masked.start in masked.frames,
                    is_meant_later=start in meant_later and start not in claims,
                    first=first,
                    last=last,
                    is_new=key not in seen,
                    was_target=key in targets,
                    was_origin=key in origins,
                )
                if not spoken.is_frame:
                    spoken.previous = previous
                    previous = spoken
                self.places.append(spoken)
                self._by_start[start] = spoken
                seen.add(key)
                if spoken.claims:
                    targets.add(key)
                if spoken.site is not None or spoken.starts:
                    origins.add(key)
        for sentence, answer in zip_longest(self.sentences, self.sentences[1:]):
            if sentence.words.words[-1:] == ["?"]:
                follows = answer is not None and answer.read.number == sentence.read.number + 1
                sentence.answer = answer.words[0] if follows else ""
                if follows:
                    sentence.answer_tells = told_last(answer.words.words[:_ANSWERED])
                    sentence.answer_denies = denies(answer.words.words[:_OPENS])

    def named_before(
        self, sentence: SpokenSentence, claims: Sequence[ClaimStatement]
    ) -> Iterator[Spoken]:
        """Yield the places of a sentence's claims that another sentence named, as if at its end."""
        end = len(sentence.words.words)
        for claim in claims:
            for mention in claim.targets:
                if not claim.start <= mention.start < claim.end:
                    named = self._by_start[mention.start]
                    yield replace(
                        named,
                        sentence=sentence,
                        at=end,
                        first=end,
                        last=end,
                        claims=[claim],
                        said=claim.asserted,
                    )

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
        named: dict[int, list[Spoken]] = defaultdict(list)
        for spoken in self.places:
            named[spoken.number].append(spoken)
        for sentence in self.sentences:
            yield sentence, named[sentence.read.number]


def name_of(mention: PlaceMention) -> str:
    """Return a name as it is compared: in lower case, without the article."""
    return " ".join(mention.text.lower().split()).removeprefix("the ")


def _listed(words: SignedWords, offsets: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """Yield for each place the number of its word, and of the first and last word of its list."""
    lists: list[list[int]] = []
    for offset in offsets:
        at = words.number(offset)
        if lists and all(w in _JOINS for w in words.between(lists[-1][-1] + 1, at)):
            lists[-1].append(at)
        else:
            lists.append([at])
    for numbers in lists:
        for at in numbers:
            yield at, numbers[0], numbers[-1]
