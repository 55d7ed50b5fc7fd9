"""The words by which a text is known to speak of weapons, and the weapons that it names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol, TypeVar

from withinreach.atlas.missiles import find_missiles, missile
from withinreach.errors import AtlasError
from withinreach.reading.phrases import pattern
from withinreach.reading.sentences import lowered

__all__ = [
    "ARMED",
    "WEAPON",
    "WEAPON_WORD",
    "WeaponName",
    "has_weapon_word",
    "outside",
    "weapon_names",
]

# General English for things that fly at a target. Aircraft and drones count: they have a reach too.
WEAPON_WORD = (
    r"(?:missiles?|rockets?|ballistics?|artillery|howitzers?|mortars?|cannons?|guns?|shells?"
    r"|warheads?|projectiles?|munitions?|bombs?|bombers?|torpedo(?:e?s)?|launchers?|weapon(?:s|ry)?"
    r"|drones?|uavs?|icbms?|irbms?|srbms?|mrbms?|slbms?|mlrs|warplanes?|fighter\s+jets?"
    r"|interceptors?|batter(?:y|ies)|arsenals?|salvos?|barrages?|strike\s+systems?)"
)
_COMBAT_AIRCRAFT = (
    r"combat\s+(?:radius|radii|range)|fighter\s+jet|jet\s+fighter|attack\s+(?:jet|aircraft)"
)
# What makes a text one about weapons: fewer words than above, as "shell", "gun" or "battery" say
# little on their own. Every branch begins with a letter, which lets `re` skip most of a text.
WEAPON = pattern(
    r"missile|rocket|ballistic|artillery|howitzer|warhead|projectile|munition|torpedo|drones?\b"
    r"|mlrs\b|icbms?\b|irbms?\b|srbms?\b|uavs?\b|weapon(?:s|ry)?\b|bombers?\b|launchers?\b"
    rf"|warplanes?\b|{_COMBAT_AIRCRAFT}"
)
# What makes one sentence speak of weapons that reach far.
ARMED = pattern(
    r"missile|rocket|ballistic|artillery|howitzer|projectile|torpedo|launcher|warplane"
    rf"|{_COMBAT_AIRCRAFT}"
    r"|\b(?:mortars?|drones?|uavs?|icbms?|irbms?|srbms?|mrbms?|mlrs|bombers?)\b"
)
# A letter, then a figure or a letter behind a hyphen: "DF-26", "Burkan-2H", "Agni-V", "Polonez-M";
# "I-10" is a road.
_DESIGNATION = pattern(
    r"\b[A-Z]{2,4}\d{1,3}[A-Z]?(?=s?\b)"
    r"|\b(?!I[-‑]\d)[A-Z][^\W\d_]*[-‑](?:\d{1,4}[A-Z]{0,3}|[IVX]{1,4}[A-Z]?|(?<=[a-z][-‑])[A-Z])(?=s?\b)"
    r"(?![-‑]?\s?(?:km|kilom|mile|year)|[-‑]\w)"
)
_FAMILY = pattern(r"([A-Z][a-z]{3,})[-‑]")
_NO_FAMILY = frozenset(
    "Type Block Mark Group Class Model Route Boeing Covid Airbus Project".split()
)
_NAME = (
    r"(?!(?:The|A|An|These|Those|Its)\s)[A-Z][\w'’]+(?:[-‑]\w+)*"
    r"(?:\s(?:[A-Z][\w'’-]*|[IVX]+|\d{1,3}[A-Z]?)\b)*"
)
# Words between the name and "missile". General English of the trade.
_KIND = (
    r"(?:ballistic|cruise|guided|strategic|tactical|artillery|hypersonic|supersonic|stealth|attack"
    r"|kamikaze|suicide|surface[\s-]to[\s-]\w+|air[\s-]to[\s-]\w+|\w+-launched|land[\s-]attack"
    r"|anti-\w+|\w+-range|short|medium|long|range|multiple|launch|rocket|missile|nuclear-capable"
    r"|\w+-fuel(?:l?ed)?|new|heavy|\w+-tonn?e?|loitering)"
)
# The word for the weapon is looked for first, as it is rare; then what stands before it.
_WORD = pattern(r"\b(?:missile|rocket|drone|howitzer|launcher|system|batter(?:y|ie)|munition)s?\b")
_AT_MOST = 110
_BEFORE_WORD = pattern(
    r"(?<!\b[Ii]n\s)(?<!\b[Tt]o\s)(?<![Ii]nto\s)(?<!\b[Aa]t\s)(?<![Ff]rom\s)(?<![Nn]ear\s)"
    rf"\b(?P<names>{_NAME}(?:\s*,\s*{_NAME})*(?:\s*,?\s+(?:and|or)\s+{_NAME})?)(?:\s+{_KIND})*\s+$"
)
_APPOSED = pattern(
    rf"\b(?P<names>{_NAME})\s*,?\s+(?:the|a|an|another|its)\s+(?:[\w'’-]+\s+){{0,4}}$"
)
# "their longest-range missile, the Toufan," and "a missile called Qadr".
_NAMED_AFTER = pattern(
    rf"(?:\s*,\s+the|,?\s+(?:called|named|dubbed|nicknamed|designated"
    rf"|known\s+as)(?:\s+the)?)\s+(?P<name>{_NAME})(?=\s*[,.;:)(])"
    rf"|\s(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?P<beside>{_NAME})(?=\s*[,.;:)(]"
    rf"|\s+(?:is|has|can|could|with|which|from)\b)"
)
# "The Tayf could get to ...", "Tayf, with up to 350 km, may ...": persons have no article, and
# towns neither fly nor have a range.
_REACHING = pattern(
    r"\b[Tt]he\s+(?P<name>[A-Z][a-z]{2,})(?<!s)(?:\s*,[^,.;:]{3,60},)?\s+(?:can(?:not|['’]t)?"
    r"|could(?:n['’]t)?|flies|has\s+a\s+range)\b"
    r"|\b(?P<figure>[A-Z][a-z]{2,}),\s+with\s+(?:up\s+to\s+|some\s+|about\s+|its\s+"
    r"|a\s+range\s+of\s+){0,2}\d[\d,.]*[\s-]?(?:km|kilomet|mile)"
)
_APPOSITION_ENDS = pattern(
    r"\s*[,.;:)(]|\s+(?:with|that|which|of|from|made|built|bought|developed|capable|able|in|has)\b"
)
# "Iran's Qadr", "Chinese-made A-200".
_OWNER = pattern(r"^.*['’]s?\s+|^(?:\w+[-‑][a-z]{4,}\s+)+")
_SPLIT = pattern(r"\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+")
# Capitalised words before "missile" that name no weapon: words that open sentences, demonyms by
# their endings, and who owns it (armies, alliances, armed groups).
_NO_NAME = pattern(
    r"^(?:The|A|An|This|That|These|Those|Its|Their|His|Her|Our|Such|Some|Many|Most|All|Any|Both"
    r"|Each"
    r"|Other|Another|None|Several|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten"
    r"|Eleven|Twelve|Dozens|Hundreds|New|Old|Long|Short"
    r"|Medium|Ballistic|Cruise|Guided|Strategic|Tactical|If|When|While|And|But|With|From|Once|Even"
    r"|Only|No|In|On|At|Of|For|By|As|Because|North|South|East|West|More|Few|Fewer|Modern|Soviet"
    r"|French|Dutch|Greek|Thai|Czech|Turkish|Turkmen|Tajik|Uzbek|Kazakh|Kyrgyz|American"
    r"|Regiment|Brigade|Battalion|Corps|Division|Army|Navy|Air\sForce|Guards?|Guard|NATO|UN|EU|US|UK|USA|IRGC|IDF|ISIS|PLA"
    r"|Senate|Council|Ministry|Parliament|President|Minister|General|King|Court|Union|Alliance"
    r"|Government|Hezbollah|Hamas|Houthis?|Taliban|Pentagon|Kremlin|Enemy|Suspected|Land|Surface|Anti|Air"
    r"|Intercontinental|Nuclear|Hypersonic|Artillery|Rocket|Missile|Drone|Launch|Defen[cs]e)\b"
    r"|[-‑](?:era|[a-z]{4,})$|(?:ese|[aei]an|ish|raeli|aqi"
    r"|emeni|audi|stani|awaiti|irati|ahraini|atari|mani|['’]s?)$"
)
# A text with more names than this lists an arsenal; the rest of the names is left unread.
_MOST = 200


_PLURAL = pattern(r"\b[A-Z][a-z]{3,}s\b")


@lru_cache(maxsize=1)
def has_weapon_word(text: str) -> bool:
    """Return whether a text has a word for a weapon; asked by every stage that reads it."""
    return WEAPON.search(lowered(text)) is not None


class WeaponName(NamedTuple):
    """A weapon named in a text: its span and its name as written, without a plural s."""

    start: int
    end: int
    name: str


def weapon_names(text: str, not_names: Collection[str] = ()) -> list[WeaponName]:
    """Return the weapons that a text names, in order.

    They are those of the atlas, and others told by their shape or their neighbours.
    `not_names` are names known to be something else, such as the text's places.

    >>> [w.name for w in weapon_names("Tochka missiles were fired. The Tochka is old.")]
    ['Tochka', 'Tochka']
    """
    listed_names = {mention.text for mention in find_missiles(text)}
    if not listed_names and not has_weapon_word(text):
        return []
    names = {match[0] for match in _DESIGNATION.finditer(text)}
    # "The X-2 ... the X".
    names |= {m[1] for name in names if (m := _FAMILY.match(name)) and m[1] not in _NO_FAMILY}
    for word in _WORD.finditer(lowered(text)):
        begin, end = max(0, word.start() - _AT_MOST), word.start()
        match = _BEFORE_WORD.search(text, begin, end)
        if match is None and _APPOSITION_ENDS.match(text, word.end()):
            match = _APPOSED.search(text, begin, end)
        after = _NAMED_AFTER.match(text, word.end())
        called = "" if after is None else after["name"] or after["beside"]
        if called and not _NO_NAME.search(called):
            names.add(called)
        for listed in () if match is None else _SPLIT.split(match["names"]):
            name = _OWNER.sub("", listed)
            if len(name) > 2 and name[0].isupper() and not _NO_NAME.search(name):
                names.add(name)
    reaching = (match["name"] or match["figure"] for match in _REACHING.finditer(text))
    names.update(name for name in reaching if not _NO_NAME.search(name))
    names.difference_update(not_names)
    # The atlas tells by their company the missiles that share a town's name.
    names |= listed_names
    names |= {name for name in map(_singular, set(_PLURAL.findall(text))) if name}
    if not names:
        return []
    longest_first = sorted(names, key=lambda name: (-len(name), name))[:_MOST]
    anywhere = pattern(
        rf"(?<![\w-])(?P<name>{'|'.join(map(re.escape, longest_first))})(?:['’]?s)?(?![\w-])"
    )
    return [WeaponName(*m.span("name"), m["name"]) for m in anywhere.finditer(text)]


class _Span(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_Spanned = TypeVar("_Spanned", bound=_Span)


def outside(taken: Sequence[_Span], spans: Iterable[_Spanned]) -> Iterator[_Spanned]:
    """Yield what is no part of a weapon's name, or of whatever else has taken a part of the text.

    `taken` are in text order and do not overlap.
    """
    starts = [one.start for one in taken]
    for span in spans:
        before = bisect_left(starts, span.end) - 1
        if before < 0 or taken[before].end <= span.start:
            yield span


def _singular(plural: str) -> str | None:
    """Return the name in "Iskanders" when it is a missile's: persons and towns have no plural."""
    name = plural.removesuffix("s")
    try:
        missile(name)
    except AtlasError:
        return None
    return name
