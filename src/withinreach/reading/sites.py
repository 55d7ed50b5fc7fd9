"""Where a sentence says that weapons stand, are made or are launched."""

from __future__ import annotations

import re
from typing import NamedTuple

from withinreach.reading.masked import NAMED, PLACE, RANGE, MaskedSentence
from withinreach.reading.people import PEOPLE
from withinreach.reading.phrases import any_of, last_words, pattern
from withinreach.reading.weapons import WEAPON_WORD

__all__ = ["ASSUMED", "SITE_GATE", "SitePhrase", "find_sites"]

# Sentences without one of these stems name no site and are not looked at.
SITE_GATE = pattern(
    any_of(
        r"launch fire[ds]?\b firing shot\b deploy station \bbase position place install mount",
        r"\bsited\b stor(?:e|ing) kept\b keeps\b hidden hous factor plants?\b depot silo",
        r"missile rocket",
        r"artiller drone batter arsenal stockpil from\b mov(?:e|ing) transfer ship sen[dt] deliver",
        r"assembl manufactur produc built \bone\b garrison brigade howitzer smuggl br[io]ng",
        r"brought",
        r"\bguns?\b mortar relocat introduc rush shift \bput stand flown fly host field",
        r"held\b holds? airbase (?:range|reach)_at\b",
    )
)

_WEAPON = rf"(?:{WEAPON_WORD}|{NAMED})"
_WORD = rf"(?:[a-z'-]+|{NAMED}|{RANGE}),?\s+"
# Up to a few words between a preposition and its place ("from bases in", "near the town of").
_FILL = (
    r"(?:[a-z'-]+\s+at\s+|(?!"
    + any_of(
        "to against toward towards could can would may might that which who where there here and",
        "or but at",
    )
    + r"\b)[a-z'-]+\s+){0,6}?"
)
_AND = (
    r"\s*,?\s*(?:and/or|and|or|as\s+well\s+as)\s+"
    r"(?:(?:in|at|near|from|around|on|the|both|also|elsewhere|even|perhaps|possibly)\s+){0,4}"
)
_PLACE = PLACE.removesuffix("+")
_LIST = (
    rf"(?P<list>{PLACE}(?:(?:\s*,\s*(?:the\s+)?{PLACE})*{_AND}{PLACE}"
    rf"(?!{_PLACE})(?!\s*,?\s+(?:from|too|as\s+well|also)\b))?)"
)
# After "from A, B ..." the comma may end the phrase: only "and" makes a list.
_PAIR = rf"(?P<list>{PLACE}(?:{_AND}{PLACE}(?!{_PLACE})(?!\s*,?\s+(?:from|too|as\s+well|also)\b))?)"

_LAUNCHED = pattern(
    r"\b(?:test-|re)?"
    + any_of(
        "launch(?:ed|ing|es)? fir(?:ed|ing|es?) shot shoot(?:ing|s)? lobb(?:ed|ing) flown",
        "operat(?:ed|es|ing) fly(?:ing)? unleash(?:ed|ing) sent t(?:ake|akes|aken|aking|ook)_off",
    )
    + rf"\s+(?:(?!(?:at|against|towards?)\b){_WORD}){{0,9}}?"
    r"(?:from|out\s+of|by\s+(?:[a-z]+\s+){0,3}?(?:off|in|near|over))\s+(?:(?:either|both)\s+)?"
    rf"{_FILL}{_LIST}"
)
_STAY = any_of(
    "(?:re|pre)?-?deploy(?:ed|ing|s)? station(?:ed|ing)? based position(?:ed|ing)",
    "plac(?:ed|ing|es?) puts? putting install(?:ed|ing|s)? mount(?:ed|ing) sited locat(?:ed|ing)",
    "stor(?:ed|ing|es?) kept keeps? hid(?:den|es|ing)? hous(?:ed|es|ing) assembl(?:ed|es|ing)",
    "manufactur(?:ed|es|ing) produc(?:ed|es|ing) built mak(?:es|ing) made stockpil(?:ed|es|ing)",
    "garrisoned park(?:ed|ing) concentrat(?:ed|ing) set_up field(?:ed|ing|s) stands? standing held",
    "holds?",
    "drawn_up lined_up dug_in massed emplaced seen spotted turned_up left_behind",
)
_STANDS = pattern(
    rf"\b{_STAY}\s+(?:(?!(?:in|at|near|to|by|against|could|can|would|said)\b){_WORD}){{0,12}}?"
    + any_of(
        "in at near on around inside outside across along throughout within from close_to to into"
    )
    + rf"\s+{_FILL}{_LIST}"
)
_MOVE = any_of(
    "mov(?:ed|es|ing|e) transfer(?:red|ring|s)? ship(?:ped|ping|s) sent send(?:ing|s)?",
    "deliver(?:ed|ing|s)? brought bring(?:ing|s)? smuggl(?:ed|ing|es) relocat(?:ed|ing|es?) flown",
    "introduc(?:ed|ing) rush(?:ed|ing) returned shift(?:ed|ing)",
)
_MOVED = pattern(
    rf"\b{_MOVE}\s+(?:(?!(?:to|into|by|against|could|can|would|said|in)\b)"
    rf"(?:closer\s+to\s+the\s+(?:[a-z]+\s+)?[a-z]+,?\s+|{_WORD}|{PLACE},?\s+)){{0,10}}?"
    rf"(?:to|into|(?<=introduced\s)in)\s+{_FILL}{_LIST}"
)
_SITE = any_of(
    "factor(?:y|ies) plants? facilit(?:y|ies) depots? warehouses? silos? bases? airbases?",
    "airfields?",
    "sites? launch_pads? brigades? garrisons? bunkers? tunnels? positions? arsenals? stockpiles?",
    "caches? workshops? hangars? regiments? battalions? complex(?:es)?",
)
_STATE_WORDS = any_of(
    "located situated dug_in entrenched buried concealed somewhere also now already still",
    "deep hidden exists? existing is are was were",
    "currently",
    "being_built under_construction systems? batter(?:y|ies) launchers? units? that_are which_are",
)
_LYING = (
    r"on(?=\s+the\s+(?:[a-z]+\s+)?"
    r"(?:coast|islands?|outskirts|edge|border|plains?|heights|side)|\s+\ue000)"
)
_NOUN_IN = pattern(
    rf"\b(?:(?P<site>{_SITE})\s+(?:for\s+(?:{_WORD}){{1,3}}?)?(?:{_STATE_WORDS}\s+)*(?:in|at"
    rf"|near|on|outside|inside|around|across|close\s+to)"
    rf"|{_WEAPON}\s+(?:with\s+(?:an?\s+)?(?:[a-z-]+\s+)?ranges?\s+of\s+{RANGE}\s+)?"
    rf"(?:{_STATE_WORDS}\s+)*(?:in|near|inside|around|across|outside|along|throughout|{_LYING})"
    rf"|(?:\b(?:launchers?|batter(?:y|ies)|artillery)|\bthe\s+(?:[a-z]+\s+)?(?:missiles|rockets"
    rf"|drones|guns)|\b(?:its|their)\s+(?:range|reach))\s+at)"
    rf"\s+{_FILL}{_LIST}"
)
# "one in A and another in B" after a word for a factory or a base; headlines drop the "in".
_ONE_IN = pattern(
    r"\b(?:one|another|(?:a|the)\s+(?:second|third|fourth|first|other|last|largest|main)|two"
    r"|three|others?)\s+"
    rf"(?:(?:more|is|are|was|were|also|of\s+them)\s+)*(?:(?:in|at|near"
    rf"|outside)\s+)+{_FILL}(?P<list>{PLACE})"
    rf"|\b(?:have|has|had|with|and)\s+(?:also\s+)?(?:one|another)\s+(?P<bare>{PLACE})"
)
# "From these positions A and B are within reach".
_POINTED = rf"(?:these|those|this|that)\s+[a-z-]+\s+{PLACE}"
# "From A", where a clause begins or after the weapon, its range or the target.
_FROM = pattern(
    rf"(?:^\s*|[,;:—–]\s*|\b(?:that|and|but|even|then|or|not|range|reach"
    rf"|hit|struck|reached|targeted|attacked|shelled|covered|threatened|reachable)\s+"
    rf"|{_WEAPON}\s+|{RANGE}\s+|{PLACE}\s*,?\s+)"
    rf"(?P<phrase>from\s+(?:(?:either|both)\s+)?(?!{_POINTED}){_FILL}{_PAIR})"
)
_BASED = pattern(rf"(?P<list>{PLACE})-based\s+(?:[a-z-]+\s+){{0,3}}?{_WEAPON}")
_HOSTS = pattern(
    rf"(?P<list>{PLACE})\s*,?\s+(?:(?:which|already|now|also|will|would|to)\s+)*(?:hosts?"
    rf"|hosting|houses)\s+"
    rf"(?:[a-z'-]+\s+){{0,5}}?{_WEAPON}"
)
# "from X to Y" tells a stretch, not an origin.
_TO_PLACE = pattern(
    rf"\s*,?\s*(?:(?:all\s+the\s+way"
    rf"|in\s+the\s+[a-z]+)\s+)*(?:to|through)\s+(?:the\s+)?(?:[a-z]+\s+){{0,3}}?{PLACE}"
)
_SUBJECT = pattern(rf"\b(?:(?P<people>{PEOPLE})|{WEAPON_WORD})\b|{NAMED}")
_WEAPON_OR_LAUNCH = pattern(rf"\b{WEAPON_WORD}\b|{NAMED}|\blaunch")
_CIVIL = pattern(
    r"\b"
    + any_of(
        "nuclear power chemical steel car desalination water sewage oil gas cement crime heritage",
        "holy construction",
    )
    + r"\s+$"
)
_WAS_STRUCK = pattern(
    r"[^.;,]{0,40}?\b(?:was|were|been|being|be)\s+(?:[a-z]+ly\s+)?"
    r"(?:hit|struck|attacked|targeted|destroyed|bombed|shelled)\b"
)
# A base or a site may be anything; a depot or a silo in a text about missiles is theirs.
_ANY_SITE = pattern(r"(?:air)?bases?|airfields?|sites?|facilit|position|complex")
_AIMED_AT = pattern(
    r"\b(?:hit|hitting|struck|attacked|targeted|bombed|destroyed|shelled|shelling|pounded|raided"
    r"|(?:fired|launched|lobbed|aimed)\b[^.;]{0,60}?"
    r"\b(?:at|on|into|against|towards?))\s+(?:[a-z'-]+\s+|\ue000+\s+){0,5}$"
)
# "fired rockets on X" is no place where rockets stand.
_FIRED_ON = pattern(rf"\b(?:fir|launch|lobb|rain|shower)\w+\s[^.;]{{0,30}}?\bon\s+{PLACE}")
# Shown, sold or seen off there: parades and fairs are no places where weapons stand.
_SHOWN = pattern(
    r"\b(?:showed\s+(?:off|its|their)|display(?:ed|ing)|parad(?:ed|ing)|unveil(?:ed|ing)"
    r"|exhibit(?:ed|ing)"
    r"|demonstrat(?:ed|ing)|bought|ordered)\s+[^.;,]{0,45}$"
)
ASSUMED = pattern(
    r"\bhad\s+(?:they|it|the)\b|\b"
    + any_of(
        "if were should would could might may once unless when plan(?:s|ned|ning)? wants?",
        "consider(?:ing)? threaten(?:s|ed)? propos(?:ed|es|al)",
    )
    + r"\b"
)
_CLAUSE = pattern(r"[,;:]|\b(?:but|while|which|that|and)\b")
_ONE_SITE = pattern(
    r"\b(?:an?|one|the|another|single|its|this)\s+(?:[a-z-]+\s+){0,4}"
    + any_of(
        "factory plant facility depot warehouse silo base airbase airfield site brigade garrison",
        "bunker position workshop complex arsenal launcher battery location spot",
    )
    + r"\s"
)
_ORDER = pattern(r"\W*(?:put|move|place|park|station|deploy|bring|drive|take)\s")
_SUPPOSED = pattern(r"^\W*(?:if|once|were|should|with)\b[^,;:]*$")
_GOES_ON = pattern(r"\s+(?:is|are|comes?|falls?|lies?|would|will|can|could)\b")


class SitePhrase(NamedTuple):
    """A phrase that gives places as origins; offsets are those of the masked sentence.

    `assumed` when the words put a case ("if deployed in"), `launched` when they tell of a launch
    rather than of a place where weapons stay, `single` when they tell of one spot.
    """

    start: int
    end: int
    places: tuple[int, ...]
    assumed: bool
    launched: bool
    single: bool
    sure: bool = True


def find_sites(
    sentence: MaskedSentence,
    *,
    about_weapons: bool,
    about_sites: bool,
) -> list[SitePhrase]:
    """Return the origin phrases of a sentence in order.

    `about_weapons` tells that the sentence or the one before speaks of weapons, `about_sites` that
    it speaks of places where they are made or kept.
    """
    masked = sentence.masked
    found: list[SitePhrase] = []

    def add(
        match: re.Match[str], *, group: str = "list", launched: bool = False, single: bool = False
    ) -> None:
        offsets = tuple(sentence.places_in(*match.span(group)))
        if len(offsets) > 1 and _GOES_ON.match(masked, match.end(group)):
            # "Put it on A and B is in range"; "if it stood in A, B and C would be in range".
            if len(offsets) == 2 and _ORDER.match(masked):
                offsets = offsets[:1]
            elif _SUPPOSED.search(masked, 0, match.start(group)):
                comma = masked.find(",", offsets[0])
                offsets = tuple(o for o in offsets if comma < 0 or o < comma)
        if not offsets or any(not set(offsets).isdisjoint(other.places) for other in found):
            return
        start = match.start("phrase") if "phrase" in match.re.groupindex else match.start()
        words = masked[start : match.start(group)]
        before = masked[max(0, start - 60) : start]
        assumed = bool(ASSUMED.search(_CLAUSE.split(before)[-1]) or ASSUMED.search(words))
        one_site = single or bool(_ONE_SITE.search(f" {last_words(before, 30)}{words} "))
        found.append(SitePhrase(start, match.end(group), offsets, assumed, launched, one_site))

    if about_weapons:
        for match in _LAUNCHED.finditer(masked):
            add(match, launched=True)
        for match in _STANDS.finditer(masked):
            if _is_weapon(masked, match):
                add(match)
        for match in _MOVED.finditer(masked) if "to " in masked else ():
            if _is_weapon(masked, match):
                add(match)
    if "-based" in masked:
        for match in _BASED.finditer(masked):
            add(match)
    if "host" in masked or "houses" in masked:
        for match in _HOSTS.finditer(masked):
            add(match)
    for match in _NOUN_IN.finditer(masked):
        if _WAS_STRUCK.match(masked, match.end()):
            continue
        if match["site"] is None:
            before = masked[max(0, match.start() - 60) : match.start()]
            fired_on = _FIRED_ON.search(masked, max(0, match.start() - 40), match.end())
            if not (fired_on or _SHOWN.search(before)):
                add(match)
        elif (
            about_weapons
            and _is_of_weapons(masked, match)
            and not _CIVIL.search(masked, max(0, match.start() - 20), match.start())
        ):
            add(match, single=not match["site"].endswith("s"))
    if about_sites:
        for match in _ONE_IN.finditer(masked):
            add(match, group="list" if match["list"] else "bare", single=True)
    if about_weapons and "from" in masked:
        for match in _FROM.finditer(masked):
            if not _TO_PLACE.match(masked, match.end()):
                add(match, launched=True)
    return sorted(found)


def _is_of_weapons(masked: str, match: re.Match[str]) -> bool:
    before = masked[max(0, match.start() - 90) : match.start()]
    if _AIMED_AT.search(before):
        return False
    if not _ANY_SITE.match(match["site"]):
        return True
    clause = _CLAUSE.split(before)[-1] + match["site"]
    return bool(_WEAPON_OR_LAUNCH.search(clause) or _WEAPON_OR_LAUNCH.match(masked, match.start()))


def _is_weapon(masked: str, match: re.Match[str]) -> bool:
    """Return whether it is weapons that stand or are moved: the nearest noun before the place."""
    inner = list(_SUBJECT.finditer(masked, match.start(), match.start("list")))
    if inner:
        return any(noun["people"] is None for noun in inner)
    before = list(_SUBJECT.finditer(masked, max(0, match.start() - 90), match.start()))
    return not before or before[-1]["people"] is None
