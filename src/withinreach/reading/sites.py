"""Where a sentence says that weapons stand, are made or are launched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from withinreach.reading.masked import NAMED, PLACE, RANGE, MaskedSentence
from withinreach.reading.weapons import WEAPON_WORD

__all__ = ["SITE_GATE", "SitePhrase", "find_sites"]

# Sentences without one of these stems name no site and are not looked at.
SITE_GATE = re.compile(
    r"smuggl|br[io]ng|brought|relocat|introduc|rush|shift|\bput|stand|flown|fly|host|field|held\b|holds"
    r"|launch|fired?\b|firing|shot\b|deploy|station|\bbase|position|placed|install|\bsited\b|store|stored"
    r"|kept|keeps|hidden|hous|factor|plant\b|plants\b|depot|warehouse|silo|missile|rocket|artiller|drone"
    r"|batter|arsenal|stockpil|from\b|moved|moving|transfer|ship|sent\b|deliver|assembl|manufactur|produc"
    r"|built|\bone\b|garrison|brigade|howitzer"
)

_WEAPON = rf"(?:{WEAPON_WORD}|{NAMED})"
# Up to a few words between a preposition and its place ("from bases in", "near the town of").
_FILL = r"(?:(?:coast|border|base|site|location)\s+at\s+|(?!(?:to|against|toward|towards|could|can|would|may|might|that|which|who|and|or|but|at)\b)[a-z'-]+\s+){0,6}?"
_PREP = r"(?:in|at|near|on|around|inside|outside|across|along|throughout|within|from|close\s+to|to|into)"
_AND = r"\s*,?\s*(?:and|or|as\s+well\s+as|and/or)\s+(?:(?:in|at|near|from|around|on|the|both|also|elsewhere|even|perhaps|possibly)\s+){0,4}"
_LIST = rf"(?P<list>{PLACE}(?:(?:\s*,\s*(?:the\s+)?{PLACE})*{_AND}{PLACE})?)"
_PAIR = rf"(?P<list>{PLACE}(?:{_AND}{PLACE})?)"

_LAUNCHED = re.compile(
    rf"\b(?P<verb>(?:test-|re)?(?:launch(?:ed|ing|es)?|fir(?:ed|ing|es?)|shot|shoot(?:ing|s)?|lobb(?:ed|ing)|operat(?:ed|es|ing)"
    rf"|flown|fly(?:ing)?|unleash(?:ed|ing)))(?:\s+(?!(?:at|against|toward|towards)\b)(?:[a-z'-]+|{NAMED}|{RANGE}),?){{0,9}}?"
    rf"\s+(?P<prep>from|out\s+of)\s+(?:either\s+|both\s+)?{_FILL}{_LIST}"
)
_STANDS = re.compile(
    rf"\b(?P<verb>(?:re|pre)?-?(?:deploy(?:ed|ing|s)?|station(?:ed|ing)?|based|position(?:ed|ing)?|plac(?:ed|ing)|puts?|putting"
    rf"|install(?:ed|ing|s)?|sited|locat(?:ed|ing)|stor(?:ed|ing|es)|kept|keeps?|hid(?:den|es|ing)?|hous(?:ed|es|ing)|assembl(?:ed|es|ing)"
    rf"|manufactur(?:ed|es|ing)|produc(?:ed|es|ing)|built|mak(?:es|ing)|made|stockpil(?:ed|es|ing)|park(?:ed|ing)|concentrat(?:ed|ing)"
    rf"|set\s+up|field(?:ed|ing|s)|stands?|standing|held|holds?|caching|cached))\s+"
    rf"(?:(?!(?:in|at|near|to|by|against|could|can|would|said)\b)(?:[a-z'-]+|{NAMED}|{RANGE}),?\s+){{0,12}}?"
    rf"(?P<prep>{_PREP})\s+{_FILL}{_LIST}"
)
_MOVED = re.compile(
    rf"\b(?P<verb>mov(?:ed|es|ing|e)|transfer(?:red|ring|s)?|ship(?:ped|ping|s)|sent|send(?:ing|s)?|deliver(?:ed|ing|s)?|brought"
    rf"|bring(?:ing|s)?|smuggl(?:ed|ing|es)|relocat(?:ed|ing|es?)|introduc(?:ed|ing)|rush(?:ed|ing)|return(?:ed)|shift(?:ed|ing)|flown)\s+"
    rf"(?:(?!(?:to|into|by|against|could|can|would|said|in)\b)(?:[a-z'-]+|{NAMED}|{RANGE}|{PLACE}),?\s+){{0,10}}?"
    rf"(?P<prep>to|into|in)\s+{_FILL}{_LIST}"
)
_SITE_NOUN = (
    r"(?:factor(?:y|ies)|plants?|facilit(?:y|ies)|depots?|warehouses?|silos?|bases?|airfields?|sites?|launch\s*pads?|brigades?"
    r"|garrisons?|bunkers?|tunnels?|positions?|arsenals?|stockpiles?|caches?|workshops?|hangars?|regiments?|complex(?:es)?)"
)
_NOUN_IN = re.compile(
    rf"\b(?:(?P<site>{_SITE_NOUN})\s+(?:(?:located|situated|also|now|deep|hidden|exist(?:s|ing)?|is|are|was|were|being\s+built|under\s+construction)\s+)*"
    rf"(?:in|at|near|on|outside|inside|around|across|close\s+to)"
    rf"|(?P<weapon>{_WEAPON})\s+(?:(?:now|already|still|hidden|currently|systems?|batter(?:y|ies)|launchers?|units?|are|that\s+are|which\s+are)\s+)*"
    rf"(?:in|near|inside|around|across|outside|along|throughout|on(?=\s+the\s+(?:[a-z]+\s+)?(?:coast|islands?|outskirts|edge|border|plains?|heights))))\s+{_FILL}{_LIST}"
)
_ONE_IN = re.compile(
    rf"\b(?P<verb>one|another|(?:a|the)\s+(?:second|third|fourth|first|other|last|largest|main)|two|three|others?)\s+"
    rf"(?:(?:more|is|are|was|were|also|of\s+them)\s+)*(?:(?:in|at|near|outside)\s+)+{_FILL}(?P<list>{PLACE})"
    rf"|\b(?:have|has|had|with|and)\s+(?:also\s+)?(?P<bare>one|another)\s+(?P<list2>{PLACE})"
)
_FROM = re.compile(
    rf"(?P<lead>^|[,;:—–]\s*|\b(?:that|and|but|even|then|or|not|range|reach)\s+|{_WEAPON}\s+|{RANGE}\s+|{PLACE}\s*,?\s+)"
    rf"from\s+(?:either\s+|both\s+)?{_FILL}{_PAIR}"
)
_BASED = re.compile(rf"(?P<list>{PLACE})-based\s+(?:[a-z-]+\s+){{0,3}}?{_WEAPON}")
_HOSTS = re.compile(
    rf"(?P<list>{PLACE})\s*,?\s+(?:(?:which|already|now|also|will|would|to)\s+)*(?:hosts?|hosting|houses)\s+(?:[a-z'-]+\s+){{0,5}}?{_WEAPON}"
)
# Somebody else's station: an analyst based in a capital, troops stationed in a country.
_PEOPLE = (
    r"(?:troops?|soldiers?|analysts?|experts?|think[\s-]tanks?|institutes?|reporters?|journalists?|correspondents?|compan(?:y|ies)"
    r"|firms?|groups?|officials?|diplomats?|scholars?|researchers?|centres?|centers?|universit(?:y|ies)|agenc(?:y|ies)|personnel"
    r"|forces|peacekeepers|advisers?|advisors?|ambassadors?|embassy|refugees|residents|film|movies?|aid|food|supplies|talks|colonel"
    r"|spokes(?:man|woman|person)|teams?|militias?)"
)
_SUBJECT = re.compile(
    rf"\b(?:(?P<people>{_PEOPLE})|(?P<weapon>{WEAPON_WORD}))\b|(?P<named>{NAMED})"
)
_WEAPONS = re.compile(rf"\b{WEAPON_WORD}\b|{NAMED}")
_IF = re.compile(
    r"\bhad\s+(?:they|it|the)\b|\b(?:if|were|should|would|could|might|may|once|unless|when|plans?|planned|planning|wants?|considering|consider|threaten(?:s|ed)?"
    r"|propos(?:ed|es|al))\b"
)
_CLAUSE = re.compile(r"[,;:]|\b(?:but|while|which|that|and)\b")
_CIVIL = re.compile(
    r"\b(?:nuclear|power|chemical|steel|car|desalination|water|sewage|oil|gas|cement|crime|heritage|holy|construction)\s+$"
)
_STRUCK = re.compile(
    r"[^.;,]{0,40}?\b(?:was|were|been|being|be)\s+(?:[a-z]+ly\s+)?(?:hit|struck|attacked|targeted|destroyed|bombed|shelled)\b"
)
_ONE_SITE = re.compile(
    r"\b(?:a|an|one|the|another|single|its|this)\s+(?:[a-z-]+\s+){0,4}(?:factory|plant|facility|depot|warehouse|silo|base|airfield|site"
    r"|brigade|garrison|bunker|position|workshop|complex|arsenal|launcher|battery|location|spot)\s"
)


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
    led_by_from: bool


def find_sites(
    sentence: MaskedSentence,
    target_spans: Sequence[tuple[int, int]],
    *,
    about_weapons: bool,
    about_sites: bool,
) -> list[SitePhrase]:
    """Return the origin phrases of a sentence in order.

    `target_spans` are the stretches after words such as "could hit": a base in them is a target.
    `about_weapons` tells that the sentence or the one before speaks of weapons, `about_sites` that
    it speaks of places where they are made or kept.
    """
    masked = sentence.masked
    found: list[SitePhrase] = []

    def add(
        match: re.Match[str],
        *,
        launched: bool = False,
        single: bool = False,
        led: bool = False,
        group: str = "list",
    ) -> None:
        offsets = tuple(sentence.places_in(*match.span(group)))
        if not offsets or any(set(offsets) & set(other.places) for other in found):
            return
        start = match.end("lead") if "lead" in match.re.groupindex else match.start()
        words = masked[start : match.start(group)]
        before = masked[max(0, match.start() - 60) : match.start()]
        clause = _CLAUSE.split(before)[-1]
        assumed = bool(_IF.search(clause) or _IF.search(words))
        one = single or bool(_ONE_SITE.search(" " + before[-30:] + words + " "))
        found.append(SitePhrase(start, match.end(group), offsets, assumed, launched, one, led))

    if about_weapons:
        for match in _LAUNCHED.finditer(masked):
            add(match, launched=True, led=True)
    for match in _STANDS.finditer(masked):
        if about_weapons and _is_weapon(masked, match) and not _in(match, target_spans, "list"):
            add(match)
    for match in _MOVED.finditer(masked):
        if match["prep"] == "in" and not match["verb"].startswith(("introduc", "deliver")):
            continue
        if about_weapons and _is_weapon(masked, match):
            add(match)
    if "-based" in masked:
        for match in _BASED.finditer(masked):
            add(match)
    if "host" in masked or "houses" in masked:
        for match in _HOSTS.finditer(masked):
            add(match)
    for match in _NOUN_IN.finditer(masked):
        if _in(match, target_spans, "list") or _STRUCK.match(masked, match.end()):
            continue
        if match["site"]:
            civil = _CIVIL.search(masked[max(0, match.start() - 20) : match.start()])
            if about_weapons and not civil:
                add(match, single=not match["site"].endswith("s"))
        else:
            add(match)
    if about_sites:
        for match in _ONE_IN.finditer(masked):
            add(match, single=True, group="list" if match["list"] else "list2")
    if about_weapons and "from" in masked:
        for match in _FROM.finditer(masked):
            if not _IN_A_SPAN.match(masked, match.end()):
                add(match, launched=True, led=True)
    return sorted(found)


# "from X to Y" tells a stretch, not an origin.
_IN_A_SPAN = re.compile(
    rf"\s*,?\s*(?:(?:all\s+the\s+way|in\s+the\s+[a-z]+)\s+)*to\s+(?:the\s+)?(?:[a-z]+\s+){{0,3}}?{PLACE}"
)


def _in(match: re.Match[str], spans: Sequence[tuple[int, int]], group: str) -> bool:
    return any(start <= match.start(group) < end for start, end in spans)


def _is_weapon(masked: str, match: re.Match[str]) -> bool:
    """Return whether it is weapons that stand or are moved: the nearest noun before the place."""
    inner = list(_SUBJECT.finditer(masked, match.start(), match.start("list")))
    if inner:
        return any(m["people"] is None for m in inner)
    before = list(_SUBJECT.finditer(masked, max(0, match.start() - 90), match.start()))
    return not before or before[-1]["people"] is None
