"""The words by which a sentence says that something can or cannot reach a place.

All lists are general English: verbs that carry a weapon to its target, words that make them a
capability rather than an event, words that deny it, and states such as "within range".
"""

from __future__ import annotations

from withinreach.reading.masked import PLACE
from withinreach.reading.negation import negated
from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.reach_states import ABLE, ADVERBS, Predicate, find_states, overlaps
from withinreach.reading.reach_verbs import find_verbs

__all__ = ["REACH_GATE", "Predicate", "find_predicates"]

# Sentences without one of these stems claim nothing and are not looked at.
REACH_GATE = pattern(
    any_of(
        r"reach rang \bhit stri?k struck threat target attack cover distance bombard bomb shell",
        r"destroy menac engag pound short touch as_far_as too_far too_distant fall extend",
        r"fire[ds]?\b",
        r"firing \bput sights crosshair expos vulnerab endanger takes?_in span stretch encompass",
        r"launch aimed danger risk safe beyond outside inside within out_of enough suffic",
        r"mercy play\b",
        r"\b(?:get|go|fly|travel|make_it|come|arrive|appear|drop|rain|switch|turn|wake)s?_",
        r"be_(?:over|above|on)",
        r"flatten \blevel raze wreck cripple paraly knock_out take_out blast devast smash silenc",
        r"damag harm",
        r"burn annihil have_a_go sweep domin command blockade close",
    )
)
_AS_FAR_AS = pattern(
    rf"\b(?:as\s+far\s+(?:(?:away|north|south|east|west|inland)\s+)?as|all\s+the\s+way\s+to"
    rf"|out\s+to)\s+(?:[a-z]+\s+){{0,3}}?(?={PLACE})"
)
_SPEAKS_OF_REACH = pattern(
    r"\b(?:rang(?:e|es|ing)|reach|targets?|targeting|hit|strike|cover(?:s|ing)?|cities)\b[^.;]*$"
)
_AIMED = pattern(
    rf"\b{ABLE}(?:\s+(?P<not>not|never|no\s+longer))?\s+be\s+(?:fired|launched|used|aimed"
    rf"|directed)"
    rf"\b[^.;]{{0,60}}?\b(?:at|against|on|into|towards?)\s+(?=(?:[a-z]+\s+){{0,4}}{PLACE})"
)
# "A radius of 770 km, sufficient for X": a length is measured against a way.
_ENOUGH_FOR = pattern(
    r"\b(?:enough|suffices?|sufficient|adequate|(?P<too>insufficient|too\s+(?:short|little)))\s+for\s+"
    rf"(?=(?:[a-z]+\s+){{0,3}}{PLACE})"
)
# "What it cannot reach is X."
_CLEFT = pattern(
    rf"\bwhat\s+[^.;{PLACE[0]}]{{2,50}}\b(?P<modal>cannot|(?:can|could|do|does|would)(?:\s+not"
    rf"|n't)?)\s+"
    rf"(?:reach|hit|strike"
    rf"|do)\b(?:[^.;{PLACE[0]}]{{0,40}}?\bfrom\s+(?:the\s+)?{PLACE})?[^.;{PLACE[0]}]{{0,40}}?"
    r"\b(?:is|was)\s+(?:(?:to\s+)?(?:reach|hit|strike|threaten|shoot\s+at)\s+)?"
)
# "hit A from B and C from D": the verb serves twice.
_AGAIN_FROM = pattern(
    rf"\bfrom\s+(?:[a-z]+\s+){{0,4}}{PLACE}(?P<and>\s*,?\s+(?:and"
    rf"|or)\s+)(?=(?:the\s+)?{PLACE}\s+from\s+(?:the\s+)?(?:[a-z]+\s+){{0,4}}{PLACE})"
)
_SHORT_OF = pattern(
    rf"\b(?:falls?|fell|falling|stops?|is|are|remains?)\s+{ADVERBS}"
    r"(?:[\d,.]+\s*(?:km|kilomet(?:er|re)s?|miles?)\s+)?short\s+of\b"
    r"(?:\s+(?:reaching|hitting|striking))?"
)
# "They are no danger to X", "the guns pose a threat to X".
_DANGER_TO = pattern(
    r"\b(?:is|are|was|were|be|remains?|poses?|posed|represents?)\s+(?:(?P<no>no|not\s+an?|hardly\s+an?)|an?)"
    r"\s+(?:(?:[a-z]+\s+)?(?:danger|threat|menace))\s+(?:to|for)\b"
)


def find_predicates(masked: str) -> list[Predicate]:
    """Return the predicates of a masked sentence in order, none of which overlap."""
    found = find_states(masked)
    for match in _SHORT_OF.finditer(masked) if "short" in masked else ():
        if not overlaps(found, match):
            found.append(Predicate(match.start(), match.end(), False, "after"))
    for match in _DANGER_TO.finditer(masked):
        if not overlaps(found, match):
            can = match["no"] is None and not negated(masked, match.start())
            found.append(Predicate(match.start(), match.end(), can, "after"))
    for match in _AIMED.finditer(masked) if " be " in masked else ():
        if not overlaps(found, match):
            denied = match["not"] or match["modal"].endswith(("not", "n't"))
            found.append(Predicate(match.end() - 1, match.end(), not denied, "after"))
    for match in _CLEFT.finditer(masked) if "what " in masked else ():
        if not overlaps(found, match):
            can = not match["modal"].endswith(("not", "n't"))
            found.append(Predicate(match.start(), match.end(), can, "after"))
    found += find_verbs(masked, found)
    for match in _AS_FAR_AS.finditer(masked):
        if not overlaps(found, match) and _SPEAKS_OF_REACH.search(
            masked, max(0, match.start() - 40), match.start()
        ):
            can = not negated(masked, match.start())
            found.append(Predicate(match.start(), match.end(), can, "after"))
    for match in _ENOUGH_FOR.finditer(masked) if " for " in masked else ():
        if not overlaps(found, match):
            can = not negated(masked, match.start()) and match["too"] is None
            found.append(Predicate(match.start(), match.end(), can, "after"))
    for match in _AGAIN_FROM.finditer(masked) if found and " from " in masked else ():
        verb = max((p for p in found if p.end <= match.start()), default=None)
        if verb is not None and verb.form == "after" and match.start() - verb.end < 120:
            found.append(Predicate(*match.span("and"), verb.can, "after"))
    return sorted(found)
