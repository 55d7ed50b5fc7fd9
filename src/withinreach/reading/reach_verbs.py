"""Verbs of reaching: those that carry a weapon to its target, and any other that a weapon has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from withinreach.reading.masked import NAMED, PLACE, RANGE
from withinreach.reading.negation import TOO_LITTLE, negated
from withinreach.reading.people import PEOPLE
from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.reach_states import ASKED, Predicate, overlaps
from withinreach.reading.weapons import WEAPON_WORD

__all__ = ["find_verbs"]
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
    "come_(?:down_on|down_in|anywhere_near)",
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
    + rf"\b|\b{TOO_LITTLE}\b|(?:ca|wo|could|would|might)n't\b"
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
_SENTENCE_PART = pattern(r"[;:—]|,\s+(?:but|and)\s")
_NEITHER = pattern(r"\s+(?:neither|no|none\s+of|not)\b(?!\s+(?:only|just|merely))")
# "that reach", "do not extend to", "the X reaches": reach without "can".
_STATED = pattern(r"(?:reach|threaten|cover|extend|stretch|take|get)\b")
_STATED_BY = pattern(
    rf"(?:\b{WEAPON_WORD}\s[^.;,]{{0,60}}?{PLACE}\s+|\b(?:{WEAPON_WORD}|that|which|they|not"
    rf"|do|does|(?:do|does)n't)\s+|{NAMED}\s+)"
    r"(?:(?:now|already|also|only|easily|even)\s+)*$|\bwe\s+(?:now\s+)?$"
)
_REACHING = pattern(rf"(?:{RANGE}|\b(?:range|reach|radius|missiles?|rockets?))\s*,?\s*$")
_JOINED = pattern(
    r"(?!.*\b(?:was|were|is|are|has|had|have|said|but|that)\b)"
    r".{0,110}\b(?:and|or)\s+(?:(?:also|even|perhaps|to)\s+)*$"
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
_REACHER = pattern(rf"\b(?:{WEAPON_WORD}|it|they|these|those|that|which|you|we)\b|{NAMED}")
_SUBJECT = pattern(
    rf"\b(?P<people>{PEOPLE}|he|she|who)\b|\b(?:{WEAPON_WORD}|it|they|these|those|that|which|you"
    rf"|we|aircraft"
    rf"|jets?|fighters?|planes?|brigades?|batter(?:y|ies)|regiments?|squadrons?)\b|{NAMED}"
)


def find_verbs(masked: str, found: Sequence[Predicate]) -> Iterator[Predicate]:
    """Yield the verbs of a masked sentence that tell reach, outside the predicates `found`."""
    verbs: list[Predicate] = []
    for match in _VERB.finditer(masked):
        if not overlaps(found, match):
            predicate = _verb(masked, match, verbs[-1] if verbs else None)
            if predicate is not None:
                verbs.append(predicate)
    yield from verbs
    for match in _ANY_VERB.finditer(masked) if _REACHER.search(masked) else ():
        # What the verbs above have decided stands.
        if _VERB.match(masked, match.start("verb")) or overlaps([*found, *verbs], match):
            continue
        if _is_of_weapon(masked, match):
            denied = match["not"] or match["modal"].endswith(("not", "n't"))
            yield Predicate(*match.span("verb"), not denied, "after")


def _is_of_weapon(masked: str, match: re.Match[str]) -> bool:
    """Return whether a weapon, or a word that stands for it, is the subject of any other verb."""
    clause = _SENTENCE_PART.split(masked[max(0, match.start() - 90) : match.start()])[-1]
    nouns = list(_SUBJECT.finditer(clause))
    return bool(nouns) and nouns[-1]["people"] is None and not ASKED.search(clause)


def _may_join(enabler: str, between: str) -> bool:
    """Return whether a verb can hang on an enabling word: "allow Iran to strike" names a place."""
    if enabler.startswith(("allow", "enabl", "let", "permit")):
        between = _WHOM.sub("", between)
    # "can, from X, reach Y"
    between = _FROM_PLACE.sub("", between)
    return _SAME_CLAUSE.fullmatch(between) is not None


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
    denied = negated(masked, start) or _NEITHER.match(masked, match.end()) is not None
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
