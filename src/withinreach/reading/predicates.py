"""The words by which a sentence says that something can or cannot reach a place."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from withinreach.reading.masked import NAMED, PLACE, RANGE
from withinreach.reading.weapons import WEAPON_WORD

__all__ = ["REACH_GATE", "Predicate", "find_predicates", "next_break", "targets_end"]

# Sentences without one of these stems claim nothing and are not looked at.
REACH_GATE = re.compile(
    r"reach|rang|sights|crosshair|expos|vulnerab|endanger|takes?\s+in|span|stretch|encompass|\bhit|str[iu]k|strik|threat|target|attack|cover|distance|bombard|shell|destroy|menac|engag|pound|short"
    r"|touch|as\s+far\s+as|too\s+(?:far|distant)|fall|extend|fir(?:ed|ing|e)\b|\bput"
)

_VERB = re.compile(
    r"\b(?:(?P<ing>hitting|striking|reaching|targeting|threatening|attacking|bombarding|shelling|covering|destroying|touching|engaging|pounding"
    r"|menacing|landing\s+(?:on|in)|firing\s+(?:on|at|into)|flying\s+(?:as\s+far\s+as|to))"
    r"|(?P<third>reaches|threatens|covers|takes\s+in|encompasses|spans|menaces|targets|strikes|hits|extends\s+(?:to|as\s+far\s+as)|stretches\s+to)"
    r"|(?P<plain>hit|strike|reach|target|threaten|attack|bombard|shell|cover|destroy|touch|engage|pound|menace|endanger|obliterate|wipe\s+out|fly\s+(?:as\s+far\s+as|to)"
    r"|travel\s+(?:as\s+far\s+as|to)|go\s+as\s+far\s+as|extend\s+(?:to|as\s+far\s+as)|stretch\s+(?:to|as\s+far\s+as)|take\s+in|have\s+(?:hit|struck|reached|threatened|covered)|get\s+(?:to|as\s+far\s+as)|land\s+(?:in|on)|fire\s+(?:on|at|into)|be\s+(?:fired|launched|used)\s+(?:at|on|against|into|to\s+(?:hit|strike|reach|attack|target))"
    r"|be\s+aimed\s+at|make\s+it\s+to))\b(?!\s+(?:back|out\s+(?:at|to)|a\s+deal|an?\s+agreement|agreement|a\s+(?:truce|ceasefire|compromise|settlement|peak|speed)|an\s+altitude|a\s+height|speeds|fear))"
)
# "target", "strike", "range" are nouns too: after these words they are.
_NOUN_BEFORE = re.compile(
    r"\b(?:a|an|the|its|their|his|any|each|every|this|that|such|of|air|missile|drone|precision|possible|potential|first|surgical|nuclear|rocket|deadly|previous|last)\s+$"
)
_ENABLED = re.compile(
    r"\b(?:(?P<modal>can|could|cannot|may|might|would|will|'ll|'d)|able|unable|capable|incapable|capability|capacity|ability|potential|power|means"
    r"|enough|sufficient|insufficient|allow(?:s|ed|ing)?|enabl(?:es?|ed|ing)|lets?|letting|permit(?:s|ted|ting)?|designed|believed|meant|intended"
    r"|built|too\s+(?:short|weak|limited|slow|little|small|low|few)|(?:range|reach|legs)(?=\s+to\b)|fail(?:s|ed)?|puts?\s+(?:it|them)\s+in\s+a\s+position)\b"
    r"|(?:ca|wo|could|would|might)n't\b"
)
_NEGATION = re.compile(
    r"\b(?:cannot|can\s+not|unable|incapable|never|not(?!\s+(?:only|just|merely|to\s+mention))|neither|nor|none|no\s+longer|insufficient|without|lacks?|lacked|lacking"
    r"|too\s+(?:short|weak|limited|slow|little|small|low|few)(?!\s+to\s+stop)|fail(?:s|ed)?\s+to|hardly|short\s+of|out\s+of|beyond|nowhere\s+near|far\s+from"
    rf"|no\s+(?=(?:[a-z-]+\s+){{0,3}}?(?:{WEAPON_WORD}|way|capability|ability|capacity|means|system|variant))|den(?:y|ies|ied))\b|(?:ca|wo|could|would|do|does|did|is|are|was|were|might|has|have)n't\b"
)
# What may stand between "could" and "hit": no place, no new clause.
_BETWEEN = re.compile(rf"(?:[^;:.—{PLACE[0]}]|{RANGE})*")
_CUTS = re.compile(
    r",\s+(?:but|while|whereas|which|who|and\s+(?:the|a|an|its|their)\b|although)|\b(?:because|while|whereas|which|who|after|before)\b"
)
_ASKED = re.compile(
    r"\b(?:need(?:s|ed|ing)?|requir(?:es?|ed|ing)|whether|threaten(?:s|ed|ing)?\s+to|vow(?:s|ed)?|order(?:s|ed)?|wants?\s+to|tried|trying|tries|plans?\s+to|planned|refus(?:es|ed)|unclear|unknown|decid(?:ed|es))\b"
)
_SO_FAR = re.compile(
    r"\b(?:as\s+far\s+(?:away\s+)?as|all\s+the\s+way\s+to|out\s+to)\s+(?:[a-z]+\s+){0,3}?(?=\ue000)"
)
_SHORT_OF = re.compile(
    r"\b(?:falls?|fell|falling|stops?|is|are|remains?)\s+(?:just\s+|well\s+|far\s+|a\s+little\s+|some\s+|about\s+|\ue001+\s+)*short\s+of\b(?:\s+(?:reaching|hitting|striking))?"
)
_DISTANCE = r"(?:(?:the|its|their|easy|missile|firing|striking|rocket|artillery|strike|maximum|full|effective|comfortable|theoretical|potential|direct|immediate|weapons?|drone|a|whose|[a-z-]+'s?|\ue000+'s?|\ue001+|\ue002+)\s+){0,5}?(?:range|ranges|reach|radius|(?:striking|strike|firing|missile)\s+distance|gunsights|crosshairs|sights)\b"
_STATE = re.compile(
    rf"\b(?:(?P<out>out\s+of|outside(?:\s+of)?|beyond|past)|(?P<in>within|inside|into|under|in))\s+{_DISTANCE}"
    rf"|\b(?P<far>too\s+(?:far|distant|remote)(?:\s+away)?)\b|\b(?P<fall>(?:falls?|fell|lies|lie|is|are|sits?)\s+(?:just\s+|well\s+|far\s+)*(?:short\s+of\s+(?:it|that|them)))"
)
# "the range of" alone states nothing; "in range terms", "in the range of 300 km" neither.
_NO_STATE = re.compile(rf"\s+of\s+(?:about\s+|some\s+|up\s+to\s+)*(?:\d|{RANGE})|\s+terms")
_PUTS = re.compile(
    r"\b(?:put|puts|putting|bring|brings|bringing|brought|place|places|placing|leave|leaves|leaving|left|keep|keeps|keeping|make|makes|bringing|have|has|with)\b"
)
_PASSIVE = re.compile(
    r"\b(?:(?P<modal>can|could|may|might|would|will|cannot|(?:ca|wo|could|would)n't)\s+(?:(?P<not>not|never|no\s+longer)\s+)?(?:also\s+|easily\s+|even\s+|then\s+|now\s+)*be|(?:is|are|was|were|lies?)(?=\s+(?:[a-z]+\s+){0,2}(?:vulnerable|exposed|covered|threatened|endangered)\b))"
    r"(?:\s+(?:(?:all|also|too|now|already|thus|therefore|instead|directly|equally)\s+){0,2}(?:exposed|vulnerable|endangered|hit|struck|reached|targeted|attacked|threatened|shelled|bombarded|destroyed|covered|hit\s+or\s+[a-z]+))?\b"
)
_PASSIVE_VERB = re.compile(
    r"\b(?:hit|struck|reached|targeted|attacked|threatened|shelled|bombarded|destroyed|covered|exposed|vulnerable|endangered)$|\bto$"
)

# Where a list of targets ends: a new clause, a means, a cause.
_STOP = re.compile(
    rf"[.!?:—–]|;(?!\s*(?:and\s+|or\s+)?(?:the\s+)?{PLACE})"
    r"|(?:^|[\s,])(?:but|though|although|while|whereas|because|which|who|whose|that|if|when|where|after|before|since|said|says|say|told|would|could|can|may|might|will|is"
    r"|are|was|were|has|have|had|does|do|did|with|using|by|via|despite|according|than|until|unless|once|should|so|warned|warns|claimed|claims|added|noted|not|without|across\s+the\s+border\s+from|launched|fired|based|deployed|stationed|remains?|lies|whose|even\s+though|as\s+(?!well|far)|for\s+(?:the\s+first|instance))(?=[\s,.;]|$)"
)
_FROM = re.compile(r"(?:^|[\s,])from\s")
_STRETCH = re.compile(
    rf"(?:^|[\s,])from\s+[^.;:{PLACE[0]}]{{0,40}}{PLACE}[^.;:]{{0,60}}?\b(?:to|through)\s+(?:[a-z'-]+\s+){{0,4}}?{PLACE}"
)
_FLIGHT = re.compile(
    r"\b(?:fl[iy]\w*|mov\w+|travel\w*|flown|launch\w*|fired|firing|road|drive|shipped)\s*$"
)
_BREAK = re.compile(
    r"[;:—]|,?\s+(?:but|while|whereas|although|though)\s|\.\s|,\s+(?:and|or)\s+(?!(?:the\s+|even\s+|perhaps\s+|also\s+|in\s+)*\ue000)|\bwhere\b|\bthat\s"
)


class Predicate(NamedTuple):
    """Words that tell reach: offsets in the masked sentence, and where its targets stand.

    `form`: "after" when targets follow, "before" when they are the subject, "put" when they stand
    between `put_at` and the predicate or follow it.
    """

    start: int
    end: int
    can: bool
    form: Literal["after", "before", "put"]
    put_at: int = -1


def find_predicates(masked: str) -> list[Predicate]:
    """Return the predicates of a masked sentence in order, none of which overlap."""
    found: list[Predicate] = []
    for state in _STATE.finditer(masked):
        if _NO_STATE.match(masked, state.end()) and not state["far"]:
            continue
        found.append(_state(masked, state))
    for short in _SHORT_OF.finditer(masked):
        if not any(p.start <= short.start() < p.end for p in found):
            found.append(Predicate(short.start(), short.end(), False, "after"))
    for passive in _PASSIVE.finditer(masked):
        if _PASSIVE_VERB.search(passive[0]):
            negative = passive["not"] or (passive["modal"] or "").endswith(("cannot", "n't"))
            found.append(Predicate(passive.start(), passive.end(), not negative, "before"))
    taken = [(p.start, p.end) for p in found]
    last_enabled: Predicate | None = None
    for verb in _VERB.finditer(masked):
        if any(start <= verb.start() < end for start, end in taken):
            continue
        predicate = _verb(masked, verb, last_enabled)
        if predicate is not None:
            found.append(predicate)
            last_enabled = predicate
    for far in _SO_FAR.finditer(masked):
        near = masked[max(0, far.start() - 40) : far.start()]
        if not any(start <= far.start() < end for start, end in taken) and re.search(
            r"\b(?:rang(?:e|es|ing)|reach|target(?:s|ing)?|hit|strike|cover(?:s|ing)?|cities)\b[^.;]*$",
            near,
        ):
            found.append(
                Predicate(far.start(), far.end(), not _negated(masked, far.start()), "after")
            )
    return sorted(found)


def _state(masked: str, match: re.Match[str]) -> Predicate:
    negated = bool(match["out"] or match["far"] or match["fall"])
    window = masked[max(0, match.start() - 60) : match.start()]
    clause = _BREAK.split(window)[-1]
    if not negated and _NEGATION.search(clause):
        negated = True
    elif match["out"] and re.search(r"\b(?:not|no\s+longer|never|nor)\b|n't\b", clause):
        negated = False
    puts = [
        m
        for m in _PUTS.finditer(masked, max(0, match.start() - 200), match.start())
        if not _BREAK.search(masked, m.end(), match.start())
    ]
    form: Literal["put", "before"] = "put" if puts and not match["far"] else "before"
    put_at = puts[-1].end() if form == "put" else -1
    return Predicate(match.start(), match.end(), not negated, form, put_at)


def _negated(masked: str, position: int) -> bool:
    window = masked[max(0, position - 120) : position]
    clause = re.split(
        r"[;:—]|,\s+(?:but|while|whereas)\s|\bbut\b|,\s+and\s|\bwhile\b|\bwhereas\b|\ue000+\s*,",
        window,
    )[-1]
    return bool(_NEGATION.search(clause))


def _verb(masked: str, match: re.Match[str], last: Predicate | None) -> Predicate | None:
    start = match.start()
    window_start = max(0, start - 110)
    window = masked[window_start:start]
    if match["ing"] is None and _NOUN_BEFORE.search(window):
        return None
    enablers = list(_ENABLED.finditer(window))
    while enablers:
        between = window[enablers[-1].end() :]
        if _BETWEEN.fullmatch(between) and not _CUTS.search(between) and len(between.split()) <= 14:
            asked = _ASKED.search(window, max(0, enablers[-1].start() - 40))
            if asked and not re.search(r"\bcould|\bcan\b|capable", window[asked.end() :]):
                return None
            return Predicate(start, match.end(), not _negated(masked, start), "after")
        enablers.pop()
    if last is not None and last.form == "after":
        joined = masked[last.end : start]
        if (
            len(joined) < 120
            and re.search(r"\b(?:and|or)\s+(?:also\s+|even\s+|perhaps\s+|to\s+)?$", joined)
            and not match["third"]
        ):
            if not re.search(r"\b(?:was|were|is|are|has|had|have|said|but|that)\b", joined):
                return Predicate(start, match.end(), last.can, "after")
    if match["third"] and match["third"] not in {"targets", "strikes", "hits"}:
        return Predicate(start, match.end(), not _negated(masked, start), "after")
    if match["plain"] and _PRESENT.match(match["plain"]) and re.search(
        rf"\b(?:{WEAPON_WORD}|that|which|they|do\s+not|don't|does\s+not|doesn't|not|to)\s+(?:now\s+|already\s+|also\s+|only\s+|easily\s+)*$|{NAMED}\s+$",
        window,
    ):
        if re.search(r"\bto\s+$", window):
            return None
        return Predicate(start, match.end(), not _negated(masked, start), "after")
    if match["ing"] in {"reaching", "covering", "threatening"} and re.search(
        rf"(?:{RANGE}|range|reach|radius|missiles?|rockets?)\s*,?\s*$", window
    ):
        return Predicate(start, match.end(), True, "after")
    return None


# Present forms that tell reach without "can": "missiles that reach", "does not extend to".
_PRESENT = re.compile(r"(?:reach|threaten|cover|extend|stretch|take)\b")


def targets_end(masked: str, start: int) -> int:
    """Return where a list of targets that begins at an offset ends."""
    stretch = _STRETCH.match(masked, start) or _STRETCH.search(masked, start)
    stop = _STOP.search(masked, start)
    end = len(masked) if stop is None else stop.start()
    origin = _FROM.search(masked, start, end)
    if origin is not None:
        if (
            stretch is not None
            and stretch.start() <= origin.start()
            and not _FLIGHT.search(masked[: origin.start()])
        ):
            after = _FROM.search(masked, stretch.end(), end)
            return end if after is None else after.start()
        end = origin.start()
    return end


def next_break(masked: str, start: int, end: int) -> int:
    """Return where the clause that begins at an offset ends."""
    found = _BREAK.search(masked, start, end)
    return end if found is None else found.start()
