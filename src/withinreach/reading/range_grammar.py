"""The words around a length that make it a weapon's range, or something else.

All lists are general English of news pages: verbs that reach, nouns that are measured in km, and
what lies, lives or falls within a distance.
"""

from __future__ import annotations

from typing import Literal

from withinreach.reading.figures import is_figure, is_flown
from withinreach.reading.phrases import first_words, last_words, pattern
from withinreach.reading.quantities import Length
from withinreach.reading.weapons import WEAPON, WEAPON_WORD

__all__ = ["LengthTold", "bounds_km", "is_hole", "length_told"]

# A weapon's range, that of a radar or a car, what lies so far away, what is so long, what was flown
# once, or nothing that the grammar knows.
LengthTold = Literal["range", "of another thing", "place", "measure", "flight", "unknown"]

# Words between "range" and the figure that do not break the tie: verbs of being and estimating,
# adverbs, "with a payload of ..." is none of them.
_LINK = (
    r"(?:of|is|are|was|were|be|been|being|lies?|runs?|spans?|to|at|from|between|anywhere|somewhere|by|about|as|it|that"
    r"|has|have|had|a|an|the|just|only|well|much|far|high|long|short|low|up|now|around|some|nearly"
    r"|over|under|more|less|than|least|most|exceed(?:s|ing)?|reach(?:es|ing)?|estimated|put"
    r"|believed"
    r"|thought|said|known|reported|reportedly|claimed|stated|advertised|listed|given|quoted"
    r"|extend(?:s"
    r"|ed|ing)?|increased?|boosted|raised|doubled|tripled|reduced|cut|limited|capped|restricted"
    r"|vary(?:ing)?|varies|could|can|may|might|would|will|distances?|maximum|minimum|roughly|likely"
    r"|approximately|almost|probably|possibly|perhaps|officially|and|or|for|which|beyond|within|out"
    r"|farther|further|greater|longer|shorter|anything|either|pegged|fixed|set|rated|assessed"
    r"|measured|usually|often|generally|commonly|normally|typically|officially"
    r"|calculated|reckoned|judged|understood|held|kept)"
)
_RANGE_NOUN = pattern(
    rf"\b(?:rang(?:es?|ed|ing)|radius|radii|reach(?=\s+(?:of|is|was|at|to)\b|\s*[(:]?$))"
    rf"(?:\s+of\s+(?:the|its|their|these|those|such)?\s*(?:[\w'’-]+\s+){{0,3}}(?=is|are|was|were))?"
    rf"(?:[\s,:(—–\"“'‘-]+{_LINK})*[\s,:(—–\"“'‘-]*$"
)
_RANGE_ASIDE = pattern(
    r"\b(?:ranges?|radius)\b(?:[^.;:]{0,70}?\b(?:of|at|to|as|is|are|was|be|between|exceeding"
    r"|from))\s*$"
)
_ASIDE_BREAKS = pattern(
    r"\b(?:altitude|height|apogee|flew|flown|travell?ed|fell|landed|splash|crash|border|coast"
    r"|lies|lie"
    r"|located|away|payload|speed|depth|north|south|east|west|debris|distance\s+between|km\b"
    r"|miles?\b"
    r"|out\s+of\s+range|in\s+range|hit|hitting|reach|precision|accura\w+|within)"
)
_AFTER_RANGE = pattern(
    r"[\s-]*(?:plus)?[\s-]*(?:(?:maximum|max|operational|effective|firing|strike|striking|combat"
    r"|flight|estimated|declared|missile|tactical|short|medium|long|intermediate)[\s-]+)*"
    r"(?:of\s+)?(?:ranges?|ranged|radius|reach)\b(?!\s+of\s+(?:hills|mountains))"
)
_AFTER_WEAPON = pattern(rf"[\s-]+(?:(?:[a-z][a-z'’-]*)[\s-]+){{0,4}}?{WEAPON_WORD}\b")
_AFTER_WEAPON_BREAKS = pattern(
    r"[\s-]+(?:away|from|of|for|in|at|on|and|or|by|to|per|off|the|with|against|before|into|after"
    r"|when|as|but|that|if|while|is|was)\b"
)
# "R from X", "R north of X": places something unless a weapon is said to reach that far.
_PLACES = pattern(
    r"[\s,-]*(?:(?:to\s+the|due|further|farther)\s+)?(?:north|south|east|west|offshore|inland"
    r"|upstream"
    r"|downstream|downrange|off\b|from\b|away\b|apart|distant|outside|inside|behind|across"
    r"|into\b|deep"
    r"|further|ahead|beyond|short\s+of|down\s+the|up\s+the|along|back|closer|nearer|between)"
)
_MEASURES = pattern(
    r"[\s,-]*(?:(?:long|wide|deep|high|tall|thick|broad|above|up\s+in|altitude|in\s+(?:altitude"
    r"|height"
    r"|diameter|length|width|space)|of\s+(?:altitude|height|road|track|border|coast|front"
    r"|territory|depth|trench|fence|tunnel|(?:[\w-]+\s+)?(?:pipe|cable|wire))|an\s+hour|per\b|a\s+(?:second|day|week)|each\s+day"
    r"|square"
    r"|cubic|journey|trip|drive|walk|march|trek|ride|race|run|trail|flight\b|commute)"
    r"|(?:[\s-]+(?!(?:of|from|to|in|at|and|on|the|does|do|did|not|can|could|will|would|is"
    r"|was)\b)[\w-]+){0,2}[\s-]+(?:border|frontier|roads?|highway|motorway|railway|line|front"
    r"|frontline"
    r"|coast|coastline|shore|pipeline|cable|fence|wall|tunnel|trench|strip|stretch|corridor"
    r"|route|zone"
    r"|buffer|perimeter|canal|river|strait|channel|gap|convoy|column|queue|apogee|altitude"
    r"|ceiling)\b)"
)
_ENABLED = (
    r"(?:\b(?:can|could|cannot|may|might|would|will|able|unable|capable|incapable|capability"
    r"|ability"
    r"|capacity|enough|designed|meant|built|allow(?:s|ed|ing)?|enabl(?:es?|ed|ing)|let(?:s|ting)?"
    r"|potential|power|permit(?:s|ted|ting)?|needed|(?:said|believed|thought|reported|claimed"
    r"|known|estimated|reckoned|expected|supposed)\s+to)\b|(?:ca|wo|could|would)n['’]t\b)"
)
_REACHES = (
    r"(?:reach(?:es|ing)?|hit(?:s|ting)?|strik(?:es?|ing)|fl(?:y|ies|ying)|travel(?:s|l?ing)?"
    r"|fir(?:es?|ing)"
    r"|launch(?:es|ing)?|shoot(?:s|ing)?|lob(?:s|bing)?|attack(?:s|ing)?|target(?:s|ing)?"
    r"|cover(?:s|ing)?"
    r"|glid(?:es?|ing)|steer(?:ed|s)?|control(?:led|s)?|carry(?:ing)?|deliver(?:s|ing)?|go(?:es"
    r"|ing)?|propel(?:s|ling)?|engag(?:es?|ing)|destroy(?:s|ing)?"
    r"|threaten(?:s|ing)?|extend(?:s|ing)?|bombard(?:ing)?|shell(?:ing)?|send(?:ing)?|hurl(?:ing)?"
    r"|touch(?:ing)?|sail(?:ing)?|operat(?:e|es|ing))"
)
# What is between a verb that reaches and its distance when the distance is the weapon's own.
_OBJECT = (
    r"(?:(?:targets?|objects?|objectives?|objective|anything|anyone|everything|something|cities"
    r"|towns"
    r"|places|points?|sites?|ships|vessels|carriers|bases|airfields|positions|areas|locations"
    r"|aircraft"
    r"|tanks|troops|it|them|military|enemy|moving|ground|naval|land|sea|fixed|stationary|warships"
    r"|facilities|infrastructure|a|an|the|any|all|its|their|at|to|out|up|over|for|from|as|far|away"
    r"|distances?|ranges?|range|of|within|anywhere|some|about|roughly|nearly|around|almost|more"
    r"|than|only|just"
    r"|accurately|precisely|deep|and|or|destroy|hit|strike|radius|in|between|no|farther|further"
    r"|warheads?|payloads?|rockets?|missiles?|shells?|projectiles?|conventional|nuclear|heavy|light"
    r"|(?:single|\d+(?:[.,]\d+)?[\s-]?(?:kg|kilograms?|kilogrammes?|pounds?|lbs?|tons?|tonnes?))"
    r"|well)\b[\s,-]*)"
)
_CAPABLE = pattern(
    rf"{_ENABLED}(?:[^.;]{{0,45}}?)\b{_REACHES}\s+{_OBJECT}*$|\b(?:that|which|it|they|these"
    rf"|missiles?|rockets?"
    rf"|drones?|shells?|bombs?)\s+(?:only\s+)?(?:reach(?:es)?|fl(?:ies|y)|travels?|glides?|goes"
    rf"|go)\s+{_OBJECT}*$"
    rf"|\b{_REACHES}\s+{_OBJECT}*(?:distances?|ranges?|range)\s+{_OBJECT}*$"
    r"|\b(?:effective|lethal|accurate)\s+(?:out\s+)?(?:to|at|over"
    r"|up\s+to)\s+(?:distances?\s+of\s+)?$"
    rf"|{_ENABLED}\s+be\s+(?:fired|launched|steered|controlled"
    rf"|guided)\s+(?:over\s+distances\s+of\s+)?(?:from\s+|over\s+|at\s+|up\s+to\s+)*$"
    rf"|\b(?:flies|fly)\s+{_OBJECT}*$"
    r"|(?:missiles?|rockets?|\b[a-z]+-(?:\d+\w{0,2}|[ivx]+))\s*\(\s*$"
    r"|\b(?:maximum|firing|striking|flight|launch|engagement|standoff)\s+distances?\s+(?:of|is)\s+$"
)
# "limited to 280 km", "a limit of 2,000 km", "credited with 350 km": only of a weapon.
_LIMITED = pattern(
    r"\b(?:limited|held|capped|restricted|confined)\s+(?:by\s+(?:[\w'’-]+\s+){1,4})?(?:to|at)\s+$"
    r"|\b(?:limits?|figures?)\s+(?:of|is|was)\s+$"
    r"|\b(?:credited|advertised|listed|rated|quoted)\s+(?:with|at|as)\s+$"
    r"|,\s+with\s+(?:its|their)\s+$"
)
# "missiles of 300 km"; "the rockets, 80 km, could"; "the short variant, 165 km."
_OF_LENGTH = pattern(rf"\b{WEAPON_WORD}\s+of\s+$")
_APPOSED = pattern(
    rf"\b(?:{WEAPON_WORD}|variants?|versions?|models?|types?|class|ones?)\s*,\s*(?:with\s+)?$"
)
_AFTER_NAME = pattern(
    r"['’]?s?(?:\s+(?:missiles?|rockets?|drones?))?\s*(?:,\s*(?:with\s+)?|\(\s*|\s+with\s+)$"
)
_ASIDE_ENDS = pattern(r"\s*(?:[,.;)]|$|(?:by|according)\b)")
# "can exceed 500 km": the verb belongs to the length.
_CAN = pattern(r"\b(?:can|could|may|might|would|will)\s+[\"“'‘]?$")
_ONLY_A_PLACE = pattern(r",\s*(?:which\s+(?:is|lies)\s+)?(?:some|about|just|only)?\s*$")
_WHOSE = pattern(r"\bwhose\s+$")
_WITHIN = pattern(
    r"\bwithin\s+(?:a|an|the|its|their|striking\s+distance\s+of|range\s+of|radius\s+of|reach\s+of"
    r"|roughly|only)?\s*(?:radius\s+of\s+|distance\s+of\s+|range\s+of\s+)?$"
)
# People and wreckage within a distance: evacuations, earthquakes, falls, approaches.
_NO_REACH = pattern(
    r"\b(?:landed|lands|fell|fall|falling|came|come|coming|passed|exploded|crashed|advanced"
    r"|advance|moved"
    r"|got|live|lives|living|evacuat\w+|residents|homes|houses|epicent\w+|search\w*|accura\w+"
    r"|precision"
    r"|debris|sailed|flew\s+within|approached|banned|forbidden|no-fly|exclusion|quake|earthquake"
    r"|blast"
    r"|shockwave|heard|shook|windows|alert\w*|sirens?|deployed|based|stationed|placed|troops"
    r"|closed|splash\w*)\b"
)
_AROUND = pattern(
    r"\b(?:evacuat\w+|residents|homes|houses|epicent\w+|search\w*|debris|exclusion|no-fly|blast"
    r"|shockwave|quake|earthquake|windows|contaminat\w+|banned|sealed|cordon\w*|accura\w+"
    r"|precision)\b"
)
_OTHER_THING = pattern(
    r"\b(?:electric|evs?|hybrid|cars?|bus(?:es)?|scooters?|sedan|suvs?|vans?|lorr(?:y|ies)|trains?"
    r"|bikes?|bicycles?|radars?|sensors?|cameras?|telescopes?|transmitters?|antennas?"
    r"|sonar"
    r"|walkie|signals?|phones?|mountains?|birds?|whales?|ferr(?:y|ies)|helicopters?"
    r"|charge|motorcycles?)\b"
)
_THING = pattern(rf"{_OTHER_THING.pattern}|\b{WEAPON_WORD}\b")
_CANNOT = pattern(
    r"\b(?:cannot|unable|incapable|never|not|neither|nor|none|no\s+longer)\b|n['’]t\b"
)
_CHANGED = pattern(
    r"\b(?:extend(?:ed|ing|s)?|increas(?:ed|ing|es?)|boost(?:ed|ing|s)?|rais(?:ed|ing|es?)"
    r"|improv(?:ed|es)"
    r"|upgrad(?:ed|es)|doubl(?:ed|es|ing)|lengthen(?:ed|ing)|grew|grown|lift(?:ed|ing)|rose|risen"
    r"|went|gone|cut|reduced)\b[^.;]{0,60}\bfrom\s+$"
)
_DEAD_ZONE = pattern(
    r"\b(?:minimum|min\.?)\s+(?:\w+\s+)?(?:range|distance)\s+(?:of|is|was)\s+(?:about\s+)?$"
    r"|\b(?:dead|blind)\s+zone\s+(?:of|is)\s+(?:about\s+)?$|\b(?:closer"
    r"|nearer)\s+than\s+(?:about\s+)?$"
)
_LESS_THAN = pattern(r"(?:less|under|below)")


def is_hole(before: str, words: str, after: str) -> bool:
    """Return whether a length is said to be a dead zone: "cannot hit targets closer than 40 km"."""
    if _DEAD_ZONE.search(last_words(before, 60)):
        return "than" not in before[-20:] or bool(_CANNOT.search(before))
    return bool(
        _LESS_THAN.match(words)
        and after.lstrip().startswith("away")
        and _CANNOT.search(last_words(before, 80))
    )


def length_told(
    before: str, after: str, *, goes_on: bool, about_weapons: bool, name_end: int | None = None
) -> LengthTold:
    """Return what a length is, told from the words around it in lower case.

    `goes_on` tells that the same sentence has stated a range already, `about_weapons` that it or
    one just before it speaks of weapons; `name_end` is where it named a weapon last, None where it
    names none.
    """
    near = last_words(before, 160)
    if _MEASURES.match(after):
        return "measure"
    placed = _PLACES.match(after)
    if _is_range(before, after, bool(placed), about_weapons, name_end):
        return "range" if _of_a_weapon(before, after) else "of another thing"
    if _ASIDE_ENDS.match(after) and (
        _APPOSED.search(near) or (name_end is not None and _AFTER_NAME.match(before, name_end))
    ):
        return "range"
    if placed:
        return "place"
    if is_flown(before):
        return "flight"
    if about_weapons and is_figure(before, after):
        return "range" if _of_a_weapon(before, after) else "of another thing"
    return "range" if goes_on and _GAPPED.search(near) else "unknown"


def _is_range(
    before: str, after: str, placed: bool, about_weapons: bool, name_end: int | None
) -> bool:
    """Return whether the words say that something has a length as its range."""
    near = last_words(before, 160)
    if _AFTER_RANGE.match(after) or (
        _AFTER_WEAPON.match(after) and not _AFTER_WEAPON_BREAKS.match(after)
    ):
        return True
    noun = _RANGE_NOUN.search(near)
    if noun and not (placed and near.rstrip().endswith((",", "range"))):
        return not (noun[0].startswith("radi") and _AROUND.search(near))
    aside = _RANGE_ASIDE.search(near)
    if aside and not _ASIDE_BREAKS.search(aside[0], 5):
        return True
    if _CAPABLE.search(near) and not _ONLY_A_PLACE.search(near):
        return True
    if not placed and _LIMITED.search(near):
        return about_weapons
    if not placed and (_WHOSE.search(near) or _OF_LENGTH.search(near) or _CAN.search(near)):
        return True
    if _WITHIN.search(near) and not _NO_REACH.search(near):
        return bool(name_end is not None or WEAPON.search(before) or WEAPON.search(after))
    return False


# "... a range of 300 km and the Burkan-2 800 km": the verb of the first half serves the second.
_GAPPED = pattern(
    r"(?:,|;|\b(?:and|or|while|but|to|versus|against|up\s+from|compared\s+(?:to|with)))\s+"
    r"(?:(?:the|its|their|a|an|for|that\s+of|those\s+of|only|just)\s+)*"
    r"(?:(?!(?:is|are|was|were|has|had|lies|flew|fell|hit|landed|from|in|at|on|of|to|with|by|which"
    r"|that|who|said|about|one|ones)\b)[\w'’-]+\s+){0,5}(?:(?:one|ones|some)\s+of\s+)?$"
)


def _of_a_weapon(before: str, after: str) -> bool:
    """Return whether the nearest thing named is a weapon rather than a car, a radar or a hill."""
    things = [match[0] for match in _THING.finditer(last_words(before, 120))]
    if things:
        return not _OTHER_THING.match(things[-1])
    return not _OTHER_THING.search(first_words(after, 30))


def bounds_km(length: Length, before: str) -> tuple[float | None, float | None]:
    """Return the lowest and highest range that a length tells behind some words."""
    low_km: float | None = length.low_km
    if low_km is None and length.bound == "at_least":
        refused = _CANNOT.search(last_words(before, 80)) and _CAPABLE.search(
            last_words(before, 160)
        )
        return (None, length.high_km) if refused else (length.high_km, None)
    if low_km is not None and _CHANGED.search(last_words(before, 100)):
        low_km = None
    return low_km, length.high_km
