"""The words by which a text is known to speak of weapons, and the names of single weapons."""

import re

__all__ = ["WEAPON", "WEAPON_WORD", "named_weapon"]

# General English for things that fly at a target. Aircraft and drones count: they have a reach too.
WEAPON_WORD = (
    r"(?:missiles?|rockets?|ballistics?|artillery|howitzers?|mortars?|cannons?|guns?|shells?"
    r"|warheads?|projectiles?|munitions?|bombs?|bombers?|torpedo(?:e?s)?|launchers?|weapon(?:s|ry)?"
    r"|drones?|uavs?|icbms?|irbms?|srbms?|mrbms?|slbms?|mlrs|warplanes?|fighter\s+jets?|fighters?"
    r"|interceptors?|batter(?:y|ies)|arsenals?|salvos?|barrages?|strike\s+systems?)"
)
# What makes a text one about weapons: fewer words than above, as "shell", "gun" or "battery" say
# little on their own.
WEAPON = re.compile(
    r"missile|rocket|ballistic|artillery|howitzer|warhead|projectile|munition|torpedo|drone\b|drones\b"
    r"|\b(?:mlrs|icbms?|irbms?|srbms?|uavs?|weapons?|weaponry|bombers?|launchers?|warplanes?)\b"
)
# A designation ("Agni-5", "DF-26", "R-360", "Burkan-2H"), or a capitalised name right before the
# word for the weapon ("Tochka missile").
_NAMED = re.compile(
    r"\b(?P<designation>[A-Z][A-Za-z]*(?:\s[A-Z][a-z]+)?[-‑\s]?\d{1,4}[A-Z]{0,2}\b(?!\s*(?:km|kilom|mile|mi\b)))"
    r"|\b(?P<name>[A-Z][\w'’-]{2,}(?:[\s-][A-Z][\w'’-]+)?)(?:\s+[a-z-]+){0,2}?\s+"
    r"(?:missiles?|rockets?|drones?|howitzers?|systems?)\b"
)
# Capitalised words before "missile" that name no weapon: makers' and months' names are left to
# chance, articles and demonym endings are not.
_NO_NAME = re.compile(
    r"^(?:The|A|An|These|Those|Its|Their|Such|Some|Many|Most|All|Any|Both|Each|Other|New|Long|Short"
    r"|Medium|Ballistic|Cruise|Guided|Strategic|If|When|While|And|But|With|From|Once|Even|Only|No|In"
    r"|On|At|Of|For|Because|North|South|East|West)\b|(?:ese|ian|ean|i|ish|can|aeli)$"
)


def named_weapon(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the weapons that are named between two offsets, by their shape."""
    found = []
    for match in _NAMED.finditer(text, start, end):
        span = match.span("designation") if match["designation"] else match.span("name")
        if not (match["name"] and _NO_NAME.search(match["name"])):
            found.append(span)
    return found
