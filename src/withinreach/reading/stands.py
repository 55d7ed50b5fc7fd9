"""Places beside a word for weapons: where a reader takes them to be when no verb says it.

"The jets that sleep at X", "a brigade in X", "put it in X": no list of verbs is long enough. So any
place behind a preposition counts whose nearest noun is a weapon, unless a word between them tells
of an attack, a flight, a show or a sale. Such places are too weak to be origins by themselves;
claims that name no other origin lead back to them.
"""

from __future__ import annotations

from collections.abc import Iterator

from withinreach.reading.masked import NAMED, PLACE, MaskedSentence
from withinreach.reading.people import PEOPLE
from withinreach.reading.phrases import any_of, pattern
from withinreach.reading.sites import ASSUMED, SitePhrase
from withinreach.reading.weapons import WEAPON_WORD

__all__ = ["find_stands"]

_WINDOW = 150
_PREPOSITION = pattern(
    r"\b"
    + any_of(
        "in at near on outside inside around above over behind along across from into to onto off",
        "throughout beside close_to out_of",
    )
    # A name that was read already is blank: no word stretches over it.
    + r"\s{1,2}(?:(?!"
    + any_of("in at near on from to into by with for and or but that which who")
    + r"\b)[a-z'-]+\s{1,2}(?:of\s{1,2}(?:the\s{1,2})?)?){0,5}?$"
)
_LIST = pattern(
    rf"{PLACE}(?:(?:\s*,\s*(?:(?:and|or)\s+)?|\s+(?:and|or|nor)\s+)"
    rf"(?:(?:in|at|near|on|from|the|both|either)\s+){{0,2}}{PLACE})*"
)
# What carries a range: weapons, those who serve them, circles on a map.
_CARRIER = any_of(
    "aircraft jets? fighters? planes? squadrons? brigades? regiments? battalions? batter(?:y|ies)",
    "units? machines? trucks? pods? tubes? circles? rings? arcs? vehicles? sukhois? migs?",
    "rafales? mirages?",
    "gripens? kfirs? warships? frigates? corvettes? destroyers? cruisers? submarines? gunboats?",
    r"those(?=\s*$|_(?:at|in|near|on|outside|around)\b) ships?(?=\s*$)",
)
_NOUN = pattern(
    rf"\b(?P<people>{PEOPLE})\b|\b(?:{WEAPON_WORD}|{_CARRIER})\b|{NAMED}|\b(?P<it>it|them|they"
    rf"|one|any|some)\b"
)
_CLAUSE = pattern(
    r"[;:—]|,\s+(?:and|but|while|whereas|although|so|as|who)\s|\b(?:but|while|whereas|because)\b"
)
# Between a weapon and the place: it is hit, passed, shown or sold there, not kept.
_ELSEWHERE = pattern(
    r"\b(?:"
    + any_of(
        r"hits? hitting struck strikes? striking attack\w* target\w* reach\w* threaten\w* cover\w*",
        r"land(?:s|ed|ing)? fell falls? falling explod\w+ crash\w* slamm\w+ aim(?:s|ed|ing)?",
        r"against",
        r"towards? kill\w* wound\w* injur\w* shot_down down(?:s|ed|ing) intercept\w* destroy\w*",
        r"bomb(?:s|ed|ing) shell(?:s|ed|ing) pound\w* rain\w* damag\w* said says told warned",
        r"argued",
        r"sold sells? bought buys? order(?:s|ed) parad\w+ shown unveil\w* display\w* exhibit\w*",
        r"test-?\w* heard overhead pass(?:es|ed|ing) cross(?:es|ed|ing) demonstrat\w+ debris",
        r"wreckage",
        r"fragments? parts? components? made designed developed invented supplied budget talks",
        r"sanctions? policy program(?:me)?s? deals? ban treaty debate news experts? headed bound",
    )
    + r"|(?:can|could|may|might|will|would|cannot|can't|couldn't)\b"
    r"(?!\s+(?:(?:also|then|soon|now)\s+)?(?:be|go|stay|sit|stand|remain)\b)"
    r")\b"
)
# "Put it in X", "if they were taken to X": only a case or an order makes a pronoun a weapon here.
_CASE_OF_IT = pattern(
    r"(?:^\W*(?:[a-z]+ly\s+|then\s+|now\s+)?[a-z]+|\b(?:if|once|were|should|when|unless|or|to"
    r"|and|suppose))\s+"
    r"(?:(?:somebody|someone|anyone|they|you|we|one|the\s+[a-z]+)\s+)?(?:[a-z'-]+\s+){0,2}$"
)
# "Set up in the hills", "Flying out of X": a clause that opens with a participle.
_PARTICIPLE = pattern(
    r"(?:^|.*[,;:—]\s+)\W*(?:(?:even|only|but|and|if|when|or|once)\s+)*(?:[a-z]+(?:ed|ing|en|wn)"
    r"|set|put|shot|left)"
    r"(?:\s+(?:up|out|down|back|straight|instead))*(?:\s+[a-z]+ly)?\s*$"
)
_OF_PEOPLE = pattern(
    r"\b(?:speak|talk|reach|ask|meet|writ|address|visit|quot|cit|interview|born|arriv|report|liv"
    r"|work|return"
    r"|serv|stud|teach|answer|question|rais|educat|read|look|warn|say|add|accord|includ|depend"
    r"|refer|comment|react|detain|arrest|retir|elect)\w*\s*$"
)
# "If crews were sent forward to X": whoever goes there, the weapons go with them.
_CASE_MOVED = pattern(
    r"^\W*(?:[a-z]+\s+){0,8}?(?:if|once|were|should|unless)\s+[^,]{2,60}"
    r"\b(?:sent|moved|brought|taken|flown|driven|shifted|deployed|based|stationed|relocated)\b"
)
# "Missiles that his men keep at X": the verb is about the weapon, whoever is its subject.
_KEPT = pattern(
    r"\b(?:keep|kept|hold|held|bas|station|operat|fly|flies|flew|stor|hous|deploy|run|field"
    r"|maintain|park)"
    r"(?:s|es|ed|ing|e)?\s*$"
)
_MOVED = pattern(
    r"\b"
    + any_of(
        "go(?:es)? went gone mov(?:e|ed|es|ing) send(?:s|ing)? sent tak(?:e|en|es|ing) brought",
        "br[io]ng(?:s|ing)?",
        "ship(?:ped|s|ping) carr(?:y|ied|ies) truck(?:ed|s) flown fly shift(?:ed|ing)? haul(?:ed)?",
        "transferr(?:ed|ing) deliver(?:ed|ing|s)? return(?:ed|ing|s)? driv(?:e|es|en|ing) drove",
        "rolled railed towed",
        "put",
        "rush(?:ed|ing)? relocat(?:ed|ing|e) pull(?:ed|ing)? hurried lent posted redeployed",
    )
    + r"\b"
)
_AIMED = pattern(
    r"\b(?:fir(?:e|es|ed|ing)|launch(?:es|ed|ing)?|lob(?:s|bed|bing)?|shoot(?:s|ing)?|shot"
    r"|hurl(?:s|ed|ing)?"
    r"|aim(?:s|ed|ing)?|direct(?:s|ed|ing)?)\s*$"
)
# "Refugees from X", "bought from X": no place from which a weapon flies.
_FROM_OTHER = pattern(
    rf"\b(?:{PEOPLE}|"
    + any_of(
        "people men women families refugees pilgrims tourists traders farmers fishermen voters",
        "guests",
        "far away different apart hidden safe free withdr\\w+ retreat\\w* back came come comes",
        "coming",
        "bought buy purchas\\w+ order\\w* import\\w* suppl\\w+ receiv\\w+ got arriv\\w*",
        "return\\w* fl(?:ee|ed)",
        "evacuat\\w* expel\\w* report\\w* reports? speaking news pictures images separat\\w+",
        "learn\\w*",
        "speech address broadcast interview statement drawn photographs video orders? pressure",
        "support help letter message calls? visit\\w* heard",
    )
    + r")(?:\s+(?:only|mostly|just|also))?\s*$"
)


def find_stands(sentence: MaskedSentence) -> Iterator[SitePhrase]:
    """Yield the places beside a weapon of a sentence about weapons, in order."""
    masked, done = sentence.masked, -1
    nouns: set[int] = set()
    for offset in sentence.places_in(0, len(masked)):
        if offset < done:
            continue
        before = masked[max(0, offset - _WINDOW) : offset]
        words = _PREPOSITION.search(before)
        if words is None:
            continue
        leading, preposition = before[: words.start()], words[0].split()[0]
        is_from = preposition == "from" and not _FROM_OTHER.search(leading)
        start = words.start() if is_from else _start(leading, preposition)
        if start is None:
            continue
        at = offset - len(before) + start
        # "In X, outside Y, in the province of Z": the first place is the one.
        if at in nouns:
            continue
        nouns.add(at)
        listed = _LIST.match(masked, offset)
        end = done = offset if listed is None else listed.end()
        places = tuple(sentence.places_in(offset, end))
        assumed = bool(ASSUMED.search(before[start:]))
        yield SitePhrase(at, end, places, assumed, is_from, False, sure=False)


def _start(before: str, preposition: str) -> int | None:
    """Return where the weapon stands in the words before a preposition, None without one."""
    clause = _CLAUSE.split(before)[-1]
    shift = len(before) - len(clause)
    if preposition in ("at", "on", "into", "over") and _AIMED.search(clause):
        return None
    if preposition in ("to", "into", "onto", "in", "at") and _CASE_MOVED.search(clause):
        return shift
    nouns = list(_NOUN.finditer(clause))
    armed = [noun for noun in nouns if noun["people"] is None and not noun["it"]]
    if armed and _KEPT.search(clause):
        return shift + armed[-1].start()
    if nouns:
        noun = nouns[-1]
        between = clause[noun.end() :]
        goes_there = preposition not in ("to", "into", "onto") or _MOVED.search(clause)
        is_weapon = noun["people"] is None and (
            not noun["it"] or _CASE_OF_IT.search(clause[: noun.start()]) is not None
        )
        if is_weapon and goes_there and not _ELSEWHERE.search(between):
            return shift + noun.start()
    opening = _PARTICIPLE.search(clause)
    if opening and not _OF_PEOPLE.search(clause) and not _ELSEWHERE.search(clause):
        return shift
    return None
