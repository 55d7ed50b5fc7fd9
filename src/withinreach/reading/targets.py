"""Which places of a masked sentence a predicate is about: the list before or after it."""

from __future__ import annotations

from collections.abc import Sequence

from withinreach.reading.masked import NAMED, PLACE, RANGE, MaskedSentence
from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.predicates import Predicate

__all__ = [
    "LIST",
    "OF_PLACE",
    "clause_end",
    "excepted",
    "next_targets",
    "targets_end",
    "targets_of",
]

_PART = any_of(
    "the all most much parts? whole rest entire of cities city capitals? ports? towns? even both",
    "in also perhaps on",
)
# One way to match each: a list of many places must not be read in all ways that there are.
_AND = (
    r"(?>\s*(?:(?:(?:all\s+the\s+way|down|up|right)\s+)?\b(?:to|through)\b"
    r"|,\s*(?:and|or|nor|but\s+also|even|perhaps|possibly|as\s+well\s+as|still\s+less"
    r"|much\s+less|let\s+alone)?"
    rf"|/|\b(?:and|or|nor|as\s+well\s+as|still\s+less|much\s+less"
    rf"|let\s+alone)\b(?:,[^,;{PLACE[0]}]{{1,60}},)?)\s*(?:{_PART}\s+)*"
    r"(?:(?:the\s+)?(?:[a-z'-]+\s+){0,2}(?:at|of|in|near|around)\s+(?:the\s+)?)?)"
)
LIST = rf"{PLACE}(?:{_AND}{PLACE})*"
# Where a list of targets ends: a new clause, a means, a cause.
_STOP_WORD = any_of(
    "but though although even_though while whereas because which who whose that if when",
    "where after",
    "before since said says say told would could can may might will is are was were has have",
    "had does",
    "do did with using by via despite according than until unless once should so warned warns",
    "claimed claims added noted announced reported declared confirmed insisted argued",
    "estimated wrote not without across_the_border_from launched fired based deployed",
    r"stationed remains? lies (?<!well\s)(?<!far\s)as(?!_well|_far) for_(?:the_first|instance)",
)
_STOP = pattern(
    rf"[.!?:—–]|;(?!\s*(?:(?:and|or)\s+)?(?:the\s+)?{PLACE}(?!{PLACE[0]})(?!\s+(?:it|they|you"
    rf"|we)\b))|(?:^|[\s,]){_STOP_WORD}(?=[\s,.;]|$)"
)
_FROM = pattern(r"(?:^|[\s,])from\s")
# "targets from A to B" tells a stretch of targets; "fly from A to B" and "from A" an origin.
_STRETCH = pattern(
    rf"(?:^|[\s,])from\s+[^.;:{PLACE[0]}]{{0,40}}{PLACE}[^.;:]{{0,60}}?\b(?:to|through)\s+"
    rf"(?:[a-z'-]+\s+){{0,4}}?{PLACE}"
)
_FLIGHT = pattern(
    r"\b(?:fl[iy]\w*|mov\w+|travel\w*|flown|launch\w*|fired|firing|road|drive|shipped)\s*$"
)
_BREAK = pattern(
    r"[;:—]|,?\s+(?:but(?!\s+also)|while|whereas|although|though)\s|\.\s|\bwhere\b"
    r"|\bthat\s(?!(?:type|kind|sort|class|range|weapon|missile|rocket|drone|system|size|family)\b)"
    rf"|,\s+(?:and|or)\s+(?!(?:(?:the|even|perhaps|also|in)\s+)*{PLACE})"
)
_NO_PART_OF_SUBJECT = any_of(
    "and or by from with against near to officials? says? said missiles? rockets? launchers?"
)
# The subject right before a predicate: a list, what is said aside of it, a few words.
_SUBJECT = pattern(
    rf"(?P<list>{LIST})(?:'s?\s+(?:[a-z]+\s+){{1,3}})?"
    rf"(?:\s+(?:itself|alone|proper)|\s+and\s+(?:its|their)\s+[a-z]+"
    r"|\s+and\s+the\s+(?:[a-z'-]+\s+){1,4}(?:at|of|in|near)\s+[a-z'-]+)?"
    rf"(?:\s*,(?:(?:[^,;{PLACE[0]}]|,(?=\d)){{1,80}}|\s*(?:'s|the|an?|which"
    rf"|where|home)\b[^,;]{{1,90}}),)?"
    r"(?:\s+and\s+(?:thus|so|therefore|hence|now|still)\b"
    rf"|\s+(?!{_NO_PART_OF_SUBJECT}\b)(?:[a-z'-]+|{RANGE})"
    r"|\s*,\s*(?:too|both|however|though|meanwhile|therefore)\s*,?"
    # "The north, from A to B, is within reach".
    r"|\s*,\s+(?:is|are|was|were|lies?|falls?)){0,9}\s*,?\s*$"
)
_LONGEST_SUBJECT = 250
_CONDITION_TO = pattern(
    r"\b(?:if|once|when|were|should|had|after)\b[^.;:]{3,110}"
    r"\b(?:to|at|in|on|near|into|from|outside)\s+(?:the\s+)?$"
)
# "Adana they could not reach."
_FRONTED = pattern(
    rf"(?P<list>{LIST})(?:\s*,[^,;{PLACE[0]}]{{1,80}},)?\s+(?:it|they|these"
    rf"|those|you|we)\s+"
    r"(?:can|could|cannot|may|might|would|will|(?:ca|wo|could|would)n't)(?:\s+(?:not|never))?\s+$"
    rf"|(?P<whom>{PLACE})\s*,\s+(?:which|that)\s+(?:(?:[a-z'-]+|{NAMED})\s+){{1,5}}"
    r"(?:can|could|cannot|would|will|(?:ca|wo|could|would)n't)(?:\s+(?:not|never))?\s+$"
)
OF_PLACE = pattern(
    r"\s+of\s+(?:"
    + any_of(
        "either both the all most much cities city capitals? targets ports? towns? like such",
        "as in of",
        "parts? places bases even including at least",
    )
    + rf"\s+)*(?={PLACE})"
)
_LISTED = pattern(
    r"\s*,?\s*(?:"
    + any_of(
        "is are would will be instead then also includes? including such as like among them",
        "they were",
        "now : ,",
    )
    + rf"\s*)+(?:the\s+)?(?:[a-z]+\s+){{0,3}}(?={PLACE})"
)
# "Within range of the rockets are Metula and Kiryat Shmona".
_INVERTED = pattern(
    rf"\s+of\s[^.;,{PLACE[0]}]{{3,80}}\s(?:is|are|lies?)\s+(?:[a-z]+\s+){{0,4}}?(?={PLACE})"
)
# "brings X into range, he said, and Y"
_PUT_GOES_ON = pattern(
    rf"(?:\s*,[^,;{PLACE[0]}]{{1,40}})?\s*,\s*and\s+(?:also\s+)?(?=(?:the\s+(?:[a-z]+\s+){{0,3}})?{PLACE}\s*(?:[,.;]|$))"
)
_LIST_FOLLOWS = pattern(rf"\s*(?:of\s+)?(?:(?:the|all|most|much)\s+)*(?:[a-z]+\s+of\s+)?{PLACE}")
_NEW_SUBJECT = pattern(
    r"\s*(?:'s\s+(?:[a-z-]+\s+){1,4})?(?:,[^,;.\ue000]{1,90},)?\s*(?:"
    + any_of(
        "stays? falls? sits? cannot can't couldn't isn't aren't",
        "has had have is was were are said says would could can will may might did does do",
        "responded",
        "denied insists? warned called answered remains? lies",
    )
    + r"|on\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\s+[a-z]+ed)\b"
)
_PASSING = pattern(
    r"(?<!ships )(?<!vessels )(?<!shipping )(?<!targets )\b"
    + any_of("across through via past along bordering between")
    + r"\s+(?:the\s+)?$|\b(?:fl(?:y|ies|ew|own|ying|ight)|pass(?:es|ed|ing)?|cross\w*|travel\w*)\b"
    r"[^,;.\ue000]{0,25}\bover\s+(?:the\s+)?$"
)
_BUT_NOT = pattern(
    rf"(?:\s*from\s+(?:[a-z'-]+\s*){{1,5}})?"
    rf"(?:[^.;{PLACE[0]}]{{0,60}}?(?=,\s*(?:but|though|although|yet)\b))?"
    r"[\s,]*(?:(?:but|though|although|and|while|yet)\s+)?(?:not|never|neither)\s+"
    rf"(?:(?:to|yet|as\s+far\s+as|even|in|at|on)\s+)*"
    rf"(?=(?:the\s+)?(?:[a-z'-]+\s+(?:of|at|in|on)\s+)?{PLACE})"
)


def targets_of(sentence: MaskedSentence, predicates: Sequence[Predicate], number: int) -> list[int]:
    """Return the offsets of the places that one of the predicates of a sentence is about."""
    predicate = predicates[number]
    if predicate.form == "before":
        return _before(sentence, predicates, number)
    if predicate.form == "put":
        between = sentence.places_in(predicate.put_at, predicate.start)
        if between:
            more = _PUT_GOES_ON.match(sentence.masked, predicate.end)
            return between if more is None else between + next_targets(sentence, more.end())
        subject = _before(sentence, predicates, number)
        if subject and not _LIST_FOLLOWS.match(sentence.masked, predicate.end):
            return subject
    following = [p.start for p in predicates[number + 1 :]]
    end = min([targets_end(sentence.masked, predicate.end), *following])
    after = _cut(sentence, sentence.places_in(predicate.end, end), predicate.end)
    if after or predicate.form != "after":
        return after
    fronted = _FRONTED.search(sentence.masked, max(0, predicate.start - 120), predicate.start)
    return [] if fronted is None else sentence.places_in(*fronted.span(fronted.lastgroup or 0))


def _before(sentence: MaskedSentence, predicates: Sequence[Predicate], number: int) -> list[int]:
    predicate, masked = predicates[number], sentence.masked
    begin = max(predicate.start - _LONGEST_SUBJECT, 0, *(p.end for p in predicates[:number]))
    subject = _SUBJECT.search(masked, begin, predicate.start)
    if subject is not None:
        listed = sentence.places_in(*subject.span("list"))
        at = subject.start("list")
        # "If they were moved to A, B and C would be in range": the comma ends the condition.
        condition = _CONDITION_TO.search(masked, max(0, at - 120), at)
        if condition and len(listed) > 1 and masked[at:].lstrip(PLACE[0]).startswith(","):
            return listed[1:]
        return listed
    link = (
        OF_PLACE.match(masked, predicate.end)
        or _LISTED.match(masked, predicate.end)
        or _INVERTED.match(masked, predicate.end)
    )
    return [] if link is None else next_targets(sentence, link.end())


def next_targets(sentence: MaskedSentence, start: int) -> list[int]:
    """Return the list of places that begins at an offset."""
    return _cut(sentence, sentence.places_in(start, targets_end(sentence.masked, start)), start)


def excepted(sentence: MaskedSentence, predicate: Predicate, after: Sequence[int]) -> list[int]:
    """Return the places after "but not", right behind the targets or one of some offsets."""
    if predicate.form == "before":
        return []
    is_put = predicate.form == "put"
    end = predicate.end if is_put else targets_end(sentence.masked, predicate.end)
    for start in (end, *(offset for offset in after if offset >= end)):
        match = _BUT_NOT.match(sentence.masked, start)
        if match is not None:
            return next_targets(sentence, match.end())
    return []


def targets_end(masked: str, start: int) -> int:
    """Return where a list of targets that begins at an offset ends."""
    stop = _STOP.search(masked, start)
    end = len(masked) if stop is None else stop.start()
    origin = _FROM.search(masked, start, end)
    if origin is None:
        return end
    stretch = _STRETCH.match(masked, origin.start())
    if stretch is None or _FLIGHT.search(masked, max(0, origin.start() - 30), origin.start() + 1):
        return origin.start()
    after = _FROM.search(masked, stretch.end(), end)
    return end if after is None else after.start()


def clause_end(masked: str, start: int, end: int) -> int:
    """Return where the clause that begins at an offset ends."""
    found = _BREAK.search(masked, start, end)
    return end if found is None else found.start()


def _cut(sentence: MaskedSentence, offsets: list[int], start: int) -> list[int]:
    """Drop places that are passed on the way or begin a clause of their own."""
    kept: list[int] = []
    for offset in offsets:
        end = offset + len(sentence.places[offset].text)
        if kept and _NEW_SUBJECT.match(sentence.masked, end):
            break
        if not _PASSING.search(sentence.masked, max(start, offset - 60), offset):
            kept.append(offset)
    return kept
