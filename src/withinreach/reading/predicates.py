"""The words by which a sentence says that something can or cannot reach a place.

All lists are general English: verbs that carry a weapon to its target, words that make them a
capability rather than an event, words that deny it, and states such as "within range".
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from withinreach.reading.masked import NAMED, PLACE, RANGE
from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.sites import PEOPLE
from withinreach.reading.weapons import WEAPON_WORD

__all__ = ["REACH_GATE", "Predicate", "find_predicates"]

# Sentences without one of these stems claim nothing and are not looked at.
REACH_GATE = pattern(
    any_of(
        r"reach rang \bhit stri?k struck threat target attack cover distance bombard bomb shell",
        r"destroy menac engag pound short touch as_far_as too_far too_distant fall extend",
        r"fire[ds]?\b",
        r"firing \bput sights crosshair expos vulnerab endanger takes?_in span stretch encompass",
        r"launch aimed danger risk safe beyond outside inside out_of enough sufficient mercy",
        r"play\b",
        r"\b(?:get|go|fly|travel|make_it|come|arrive|appear|drop|rain|switch|turn|wake)s?_",
        r"be_(?:over|above|on)",
        r"flatten \blevel raze wreck cripple paraly knock_out take_out blast devast smash silenc",
        r"damag harm",
        r"burn annihil have_a_go sweep domin command blockade close",
    )
)

_PARTICIPLE = any_of(
    "hitting striking reaching targeting threatening attacking bombarding shelling covering",
    "destroying touching engaging pounding menacing landing_on landing_in firing_on firing_at",
    "firing_into flying_as_far_as flying_to getting_to",
)
_PRESENT_FORM = any_of(
    "reaches threatens covers takes_in encompasses spans menaces extends_to extends_as_far_as",
    "closes commands dominates lands_in comes_down_(?:in|on) stretches_to stretches_as_far_as",
    "gets_(?:(?:you|us|them|one|it)_)?(?:to|as_far_as)",
)
_INFINITIVE = any_of(
    "hit strike reach target threaten attack bombard shell cover destroy touch engage pound menace",
    "endanger obliterate wipe_out take_in land_in land_on fire_on fire_at fire_into be_aimed_at",
    "get_there make_it_(?:to|as_far_as) take_(?:them|it|you|one|us)_(?:to|as_far_as)",
    "(?:get|fly|travel|go|extend|stretch)_(?:(?:all_the_way|right|out|anywhere_near|near|close)_)?(?:to|as_far_as)",
    "get_(?:you|us|them|one|it|anyone)_(?:to|as_far_as) get_anywhere_near",
    "come_(?:down_on|anywhere_near)",
    "fall_on rain_(?:down_)?on drop_on flatten level raze wreck cripple paraly[sz]e knock_out",
    "take_out",
    "bomb blast devastate smash silence damage harm burn annihilate have_a_go_at",
    "be_(?:over|above|on_top_of)",
    "come_to put_(?:one|a_[a-z]+|rockets|missiles|bombs)_(?:on|into) arrive_(?:in|at|over)",
    "appear_over sweep dominate command blockade close switch_off turn_off wake_up",
    "have_(?:hit|struck|reached|threatened|covered|touched|bombed|got(?:ten)?_(?:to|as_far_as)|come_down_on)",
    "be_(?:fired|launched|used)_(?:at|on|against|into|to_(?:hit|strike|reach|attack|target))",
)
# "strike a deal", "reach an agreement", "hit back": these verbs with another sense.
_OTHER_SENSE = any_of(
    "back out_at out_to a_deal (?:an?_)?agreement a_(?:truce|ceasefire|compromise|settlement)",
    "a_(?:peak|speed) an_altitude a_height speeds fear",
)
_VERB = pattern(
    rf"\b(?:(?P<ing>{_PARTICIPLE})|(?P<present>{_PRESENT_FORM})|(?P<plain>{_INFINITIVE}))\b"
    rf"(?!\s+{_OTHER_SENSE})"
)
# "strike", "target" and "reach" are nouns too: after these words they are.
_NOUN_BEFORE = pattern(
    r"\b"
    + any_of(
        "a an the its their his any each every this that such of air missile drone precision",
        "possible potential first surgical nuclear rocket deadly previous last",
    )
    + r"\s+$"
)
_TOO_LITTLE = r"too\s+(?:short|weak|limited|slow|little|small|low|few)"
_SAID_TO = (
    r"(?:said|believed|thought|reported|claimed|known|estimated|reckoned|expected|supposed|likely)"
)
_ENABLED = pattern(
    r"\b"
    + any_of(
        "can could cannot may might would will 'll 'd able unable capable incapable capability",
        "capacity ability potential power means enough sufficient insufficient allow(?:s|ed|ing)?",
        "enabl(?:es?|ed|ing) lets? letting permit(?:s|ted|ting)? designed meant intended built",
        r"fail(?:s|ed)? (?:range|reach|legs)(?=_to\b)",
        rf"{_SAID_TO}(?=_to\b)",
    )
    + rf"\b|\b{_TOO_LITTLE}\b|(?:ca|wo|could|would|might)n't\b"
)
_NOT = r"(?:\b(?:not|never|nor|no\s+longer)\b|n't\b)"
_NEGATION = pattern(
    r"\b"
    + any_of(
        "cannot unable incapable never not(?!_(?:only|just|merely|to_mention)) neither nor none",
        "no_longer insufficient without lacks? lacked lacking fail(?:s|ed)?_to hardly short_of",
        "out_of beyond nowhere_near far_from den(?:y|ies|ied)",
        rf"no_(?=(?:[a-z-]+_){{0,3}}?(?:{WEAPON_WORD}|way|capability|ability|capacity|means|system))",
    )
    + rf"\b|\b{_TOO_LITTLE}\b"
    r"|(?:ca|wo|could|would|do|does|did|is|are|was|were|might|has|have)n't\b"
)
# A denial reaches from its clause's start to the verb; these words start another clause.
_CLAUSE = pattern(
    rf"[;:—]|,\s+(?:but|while|whereas|and|whose|which|who)\s|\b(?:but|while|whereas)\b|{PLACE}\s*,"
)
# What may stand between "could" and "hit": no place, no new clause.
_SAME_CLAUSE = pattern(rf"[^;:.—{PLACE[0]}]*")
_CUTS = pattern(
    r",\s+(?:but|while|whereas|which|who|although|and\s+(?:the|a|an|its|their)\b)"
    r"|\b(?:because|while|whereas|which|who|after|before)\b"
)
_FROM_PLACE = pattern(rf"^\s+(?:not\s+)?from\s+(?:the\s+)?{PLACE}(?=\s)")
_WHOM = pattern(rf"^\s+{PLACE}(?:'s?\s+[a-z]+)?(?=\s+to\b)")
# Needs, threats and plans assert nothing, unless "can" comes after them; doubts never do.
_WISHES = pattern(
    r"\b"
    + any_of(
        "need(?:s|ed|ing)? requir(?:es?|ed|ing) threaten(?:s|ed|ing)?_to vow(?:s|ed)?",
        "order(?:s|ed)?",
        "wants?_to tried trying tries plans?_to planned refus(?:es|ed) decid(?:ed|es)",
    )
    + r"\b(?!.*\b(?:could|can|capable)\b)"
)
# "if these can hit X" supposes; "if moved to Y they can hit X" asserts.
_SUPPOSED = pattern(rf"\bif\s[^,;{PLACE[0]}]*$")
_DOUBTS = pattern(r"\b(?:whether|unclear|unknown)\b")
# "an argument over how much of the South lies within their range" asserts nothing.
_ASKED = pattern(r"\b(?:whether|how\s+(?:much|many|far))\b")
_SENTENCE_PART = pattern(r"[;:—]|,\s+(?:but|and)\s")
_NEITHER = pattern(r"\s+(?:neither|no|none\s+of|not)\b(?!\s+(?:only|just|merely))")
# "that reach", "do not extend to", "the X reaches": reach without "can".
_STATED = pattern(r"(?:reach|threaten|cover|extend|stretch|take|get)\b")
_STATED_BY = pattern(
    rf"(?:\b{WEAPON_WORD}\s[^.;,]{{0,60}}?{PLACE}\s+|\b(?:{WEAPON_WORD}|that|which|they|not"
    rf"|(?:do|does)n't)\s+|{NAMED}\s+)"
    r"(?:(?:now|already|also|only|easily)\s+)*$|\bwe\s+(?:now\s+)?$"
)
_REACHING = pattern(rf"(?:{RANGE}|\b(?:range|reach|radius|missiles?|rockets?))\s*,?\s*$")
_JOINED = pattern(
    r"(?!.*\b(?:was|were|is|are|has|had|have|said|but|that)\b)"
    r".{0,110}\b(?:and|or)\s+(?:(?:also|even|perhaps|to)\s+)*$"
)
_ABLE = r"(?P<modal>can|could|may|might|would|will|cannot|(?:ca|wo|could|would)n't)"
_AS_FAR_AS = pattern(
    rf"\b(?:as\s+far\s+(?:(?:away|north|south|east|west|inland)\s+)?as|all\s+the\s+way\s+to"
    rf"|out\s+to)\s+(?:[a-z]+\s+){{0,3}}?(?={PLACE})"
)
_SPEAKS_OF_REACH = pattern(
    r"\b(?:rang(?:e|es|ing)|reach|targets?|targeting|hit|strike|cover(?:s|ing)?|cities)\b[^.;]*$"
)
_AIMED = pattern(
    rf"\b{_ABLE}(?:\s+(?P<not>not|never|no\s+longer))?\s+be\s+(?:fired|launched|used|aimed"
    rf"|directed)"
    rf"\b[^.;]{{0,60}}?\b(?:at|against|on|into|towards?)\s+(?=(?:[a-z]+\s+){{0,4}}{PLACE})"
)
# "A radius of 770 km, sufficient for X": a length is measured against a way.
_ENOUGH_FOR = pattern(
    r"\b(?:enough|sufficient|adequate|(?P<too>insufficient|too\s+(?:short|little)))\s+for\s+"
    rf"(?=(?:[a-z]+\s+){{0,3}}{PLACE})"
)
_NEITHER_OF = pattern(r"\b(?:neither|none\s+of|nowhere\s+in)\b[^.;]{0,110}$")
_ADVERBS = r"(?:(?:just|well|far|a\s+little|some|about|[a-z]+ly)\s+|" + RANGE + r"\s+)*"
_IS = r"(?:is|are|was|were|be|lies?|falls?|stays?|remains?|sits?)"
# "What it cannot reach is X."
_CLEFT = pattern(
    rf"\bwhat\s+[^.;{PLACE[0]}]{{2,50}}\b(?:cannot|(?:can|could|do|does|would)(?:\s+not|n't))\s+"
    rf"(?:reach|hit|strike"
    rf"|do)\b(?:[^.;{PLACE[0]}]{{0,40}}?\bfrom\s+(?:the\s+)?{PLACE})?[^.;{PLACE[0]}]{{0,40}}?"
    r"\b(?:is|was)\s+(?:(?:to\s+)?(?:reach|hit|strike|threaten|shoot\s+at)\s+)?"
)
# "hit A from B and C from D": the verb serves twice.
_AGAIN_FROM = pattern(
    rf"\bfrom\s+(?:[a-z]+\s+){{0,4}}{PLACE}(?P<and>\s*,?\s+(?:and"
    rf"|or)\s+)(?=(?:the\s+)?{PLACE}\s+from\s+(?:the\s+)?(?:[a-z]+\s+){{0,4}}{PLACE})"
)
# "could flatten X", "will hold X by the throat": a weapon with any verb and a place as its object,
# but for verbs of staying, sending and dealing.
_ANY_VERB = pattern(
    r"\b(?P<modal>can|could|may|might|would|will|cannot|(?:ca|wo|could|would)n't)\s+"
    r"(?P<not>(?:not|never|no\s+longer|hardly)\s+)?(?:[a-z]+ly\s+|even\s+|also\s+|then\s+"
    r"|still\s+)*"
    r"(?P<verb>(?!"
    + any_of(
        "be have do remain stay leave enter return withdraw deploy station base move send sell",
        "supply",
        "give buy use help support back defend protect shield guard deter see meet join follow",
        "affect",
        "concern worry involve allow let make mean cost take need want like say tell ask urge",
        "force",
        "push pay free save recogni[sz]e condemn warn accuse blame answer put place bring keep",
        "leave",
        "launch fire carry spare miss avoid cross pass overfly invite please visit host face",
        "benefit",
        "reassure calm alarm embarrass isolate",
    )
    + r"\b)[a-z]+)\s+"
    r"(?:(?:the|all|most|of|whole|entire|half|any|every|each|parts?|city|town|port|corner"
    r"|village|capital"
    rf"|centre|center|streets)\s+){{0,4}}(?={PLACE})"
)
REACHER = pattern(rf"\b(?:{WEAPON_WORD}|it|they|these|those|that|which|you|we)\b|{NAMED}")
_SUBJECT = pattern(
    rf"\b(?P<people>{PEOPLE}|he|she|who)\b|\b(?:{WEAPON_WORD}|it|they|these|those|that|which|you"
    rf"|we|aircraft"
    rf"|jets?|fighters?|planes?|brigades?|batter(?:y|ies)|regiments?|squadrons?)\b|{NAMED}"
)
_SHORT_OF = pattern(
    rf"\b(?:falls?|fell|falling|stops?|is|are|remains?)\s+{_ADVERBS}short\s+of\b"
    r"(?:\s+(?:reaching|hitting|striking))?"
)

_WHOSE_RANGE = (
    any_of(
        "the its their easy missile firing striking rocket artillery strike maximum full effective",
        "same our your my his her such those these said outer inner",
        r"comfortable theoretical potential direct immediate weapons? drone a whose this that",
        rf"[a-z-]+'s? {PLACE}'s? {RANGE} {NAMED}(?:'s?)?",
    )
    + r"\s+"
)
_RANGE_NOUN = any_of(
    "ranges? reach radius (?:striking|strike|firing|missile)_distance gunsights crosshairs sights",
    "circles? rings? umbrella envelope footprint perimeter bubble arc grasp compass",
)
_STATE = pattern(
    rf"\b(?:(?P<out>out\s+of|outside(?:\s+of)?|beyond|past)|within|inside|into|under|in)\s+"
    rf"(?:{_WHOSE_RANGE}){{0,5}}?{_RANGE_NOUN}\b|\b(?P<danger>in\s+danger|at\s+risk"
    r"|under\s+(?:[a-z'-]+\s+){0,3}?(?:threat|fire|missiles|rockets|guns?|drones|control)"
    r"|at\s+gunpoint"
    r"|reachable|vulnerable|exposed|covered)\b"
    r"|\b(?:at\s+(?:its|their|our|his)\s+mercy|in(?:to)?\s+play)\b"
    r"|\b(?P<safe>safe\s+from)\b|\b(?:within|inside)\s+(?:it|them|that)\b"
    rf"|\b{_IS}\s+{_ADVERBS}inside(?=\s*(?:[,.;]|$))"
    r"|\b(?P<beyond>(?:beyond|outside|out\s+of)\s+(?:it|them|that)|out\s+of\s+the\s+question"
    rf"|{_IS}\s+{_ADVERBS}outside(?=\s*(?:[,.;]|$))"
    r"|too\s+(?:far|distant|remote)(?:\s+away)?"
    rf"|(?:falls?|fell|lies|lie|is|are|sits?)\s+{_ADVERBS}short\s+of\s+(?:it|that|them))\b"
)
# "in the range of 300 km" and "in range terms" tell no state.
_NO_STATE = pattern(rf"\s+of\s+(?:(?:about|some|up\s+to)\s+)*(?:\d|{RANGE})|\s+terms")
_PUTS = pattern(
    r"\b"
    + any_of(
        "puts? putting brings? bringing brought places? placing leaves? leaving left keeps?",
        "keeping",
        rf"makes? have has with(?=_(?:[a-z'-]+_){{0,3}}{PLACE}) holds? holding",
    )
    # "Put it on X and Y is in range": there it stands.
    + r"\b(?!\s+(?:it|them|these|those|one|an?\s+[a-z-]+|the(?:\s+same)?\s+[a-z-]+)\s+"
    r"(?:[a-z]+\s+){0,2}(?:on|at|in|near|outside|along)\b)"
)
_STRUCK = any_of(
    "hit struck reached targeted attacked threatened shelled bombarded destroyed covered exposed",
    "vulnerable endangered reachable",
)
_IN_DANGER = any_of(
    "under_(?:threat|fire|attack) at_risk in_danger in_the_(?:crosshairs|firing_line)"
)
_ALSO = (
    r"(?:(?:also|easily|even|then|now|all|both|too|already|thus|therefore|instead|directly)\s+)*"
)
_PASSIVE = pattern(
    rf"\b(?:{_ABLE}\s+(?P<not>(?:not|never|no\s+longer)\s+)?{_ALSO}(?:be\s+{_ALSO}(?:{_STRUCK}"
    rf"|{_IN_DANGER})"
    rf"|come\s+{_ALSO}{_IN_DANGER})"
    rf"|(?:is|are|was|were|(?:has|have|had)\s+been|lies?)\s+(?P<is_not>(?:not|never"
    rf"|no\s+longer)\s+)?{_ALSO}"
    rf"(?:covered|exposed|vulnerable|threatened|endangered|reachable|{_IN_DANGER}))\b"
)
_BREAK = pattern(
    rf"[;:—]|,?\s+(?:but(?!\s+also)|while|whereas|although|though)\s|\.\s|,\s+(?:and|or)\s+"
    rf"(?!(?:(?:the|even|perhaps|also|in)\s+)*{PLACE})|\bwhere\b"
    r"|\bthat\s(?!(?:type|kind|sort|class|range|weapon|missile|rocket|drone|system|size|family)\b)"
)

Form = Literal["after", "before", "put"]


class Predicate(NamedTuple):
    """Words that tell reach: offsets in the masked sentence, and where its targets stand.

    `form` is "after" when targets follow, "before" when they are the subject, "put" when they stand
    between `put_at` and the predicate ("puts X within range") or follow it.
    """

    start: int
    end: int
    can: bool
    form: Form
    put_at: int = -1


def find_predicates(masked: str) -> list[Predicate]:
    """Return the predicates of a masked sentence in order, none of which overlap."""
    found: list[Predicate] = []
    for match in _PASSIVE.finditer(masked):
        denied = match["not"] or match["is_not"] or (match["modal"] or "").endswith(("not", "n't"))
        denied = denied or _NEITHER_OF.search(masked, max(0, match.start() - 120), match.start())
        found.append(Predicate(match.start(), match.end(), not denied, "before"))
    for match in _STATE.finditer(masked):
        tells = match["beyond"] or not _NO_STATE.match(masked, match.end())
        state = _state(masked, match) if tells and not _overlaps(found, match) else None
        if state is not None:
            found.append(state)
    for match in _SHORT_OF.finditer(masked) if "short" in masked else ():
        if not _overlaps(found, match):
            found.append(Predicate(match.start(), match.end(), False, "after"))
    for match in _AIMED.finditer(masked) if " be " in masked else ():
        if not _overlaps(found, match):
            denied = match["not"] or match["modal"].endswith(("not", "n't"))
            found.append(Predicate(match.end() - 1, match.end(), not denied, "after"))
    for match in _CLEFT.finditer(masked) if "what " in masked else ():
        if not _overlaps(found, match):
            found.append(Predicate(match.start(), match.end(), False, "after"))
    last: Predicate | None = None
    for match in _VERB.finditer(masked):
        if not _overlaps(found, match):
            predicate = _verb(masked, match, last)
            if predicate is not None:
                found.append(predicate)
                last = predicate
    for match in _ANY_VERB.finditer(masked) if REACHER.search(masked) else ():
        # What the verbs above have decided stands.
        if _VERB.match(masked, match.start("verb")) or _overlaps(found, match):
            continue
        if _is_of_weapon(masked, match):
            denied = match["not"] or match["modal"].endswith(("not", "n't"))
            found.append(Predicate(*match.span("verb"), not denied, "after"))
    for match in _AS_FAR_AS.finditer(masked):
        if not _overlaps(found, match) and _SPEAKS_OF_REACH.search(
            masked, max(0, match.start() - 40), match.start()
        ):
            can = not _negated(masked, match.start())
            found.append(Predicate(match.start(), match.end(), can, "after"))
    for match in _ENOUGH_FOR.finditer(masked) if " for " in masked else ():
        if not _overlaps(found, match):
            can = not _negated(masked, match.start()) and match["too"] is None
            found.append(Predicate(match.start(), match.end(), can, "after"))
    for match in _AGAIN_FROM.finditer(masked) if found and " from " in masked else ():
        verb = max((p for p in found if p.end <= match.start()), default=None)
        if verb is not None and verb.form == "after" and match.start() - verb.end < 120:
            found.append(Predicate(*match.span("and"), verb.can, "after"))
    return sorted(found)


def _is_of_weapon(masked: str, match: re.Match[str]) -> bool:
    """Return whether a weapon, or a word that stands for it, is the subject of any other verb."""
    clause = _SENTENCE_PART.split(masked[max(0, match.start() - 90) : match.start()])[-1]
    nouns = list(_SUBJECT.finditer(clause))
    return bool(nouns) and nouns[-1]["people"] is None and not _ASKED.search(clause)


def _overlaps(found: list[Predicate], match: re.Match[str]) -> bool:
    return any(p.start <= match.start() < p.end for p in found)


def _state(masked: str, match: re.Match[str]) -> Predicate | None:
    window = masked[max(0, match.start() - 60) : match.start()]
    clause = _BREAK.split(window)[-1]
    if _ASKED.search(clause):
        return None
    denied = bool(_NEGATION.search(clause))
    if match["out"]:
        denied = not re.search(_NOT, clause)
    can = denied if match["safe"] else not (denied or match["beyond"])
    last = None
    for put in _PUTS.finditer(masked, max(0, match.start() - 200), match.start()):
        if not _BREAK.search(masked, put.end(), match.start()):
            last = put
    if match["danger"] and last is None:
        return None
    if last is None or match["beyond"] or match["safe"]:
        return Predicate(match.start(), match.end(), can, "before")
    return Predicate(match.start(), match.end(), can, "put", last.end())


def _may_join(enabler: str, between: str) -> bool:
    """Return whether a verb can hang on an enabling word: "allow Iran to strike" names a place."""
    if enabler.startswith(("allow", "enabl", "let", "permit")):
        between = _WHOM.sub("", between)
    # "can, from Zahedan, reach Quetta"
    between = _FROM_PLACE.sub("", between)
    return _SAME_CLAUSE.fullmatch(between) is not None


def _negated(masked: str, position: int) -> bool:
    return bool(_NEGATION.search(_CLAUSE.split(masked[max(0, position - 120) : position])[-1]))


def _verb(masked: str, match: re.Match[str], last: Predicate | None) -> Predicate | None:
    start = match.start()
    window = masked[max(0, start - 110) : start]
    if match["plain"] and _NOUN_BEFORE.search(window):
        return None
    if _SUPPOSED.search(window):
        return None
    # A missile "lands in X" in a report, too; from somewhere it lands by its range.
    if match[0].startswith(("lands", "comes")) and "from " not in window:
        return None
    stated = Predicate(start, match.end(), True, "after")
    denied = _negated(masked, start) or _NEITHER.match(masked, match.end()) is not None
    for enabler in reversed(list(_ENABLED.finditer(window))):
        between = window[enabler.end() :]
        if not _may_join(enabler[0], between) or _CUTS.search(between) or len(between) > 90:
            continue
        asked = window[max(0, enabler.start() - 40) :]
        if _WISHES.search(asked) or _DOUBTS.search(_SENTENCE_PART.split(window)[-1]):
            return None
        return stated._replace(can=not denied)
    if last is not None and not match["present"] and _JOINED.fullmatch(masked[last.end : start]):
        return stated._replace(can=last.can)
    if match["present"] or (
        match["plain"] and _STATED.match(match["plain"]) and _STATED_BY.search(window)
    ):
        return stated._replace(can=not denied)
    if match["ing"] and _REACHING.search(window):
        return stated
    return None
