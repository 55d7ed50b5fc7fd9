"""Where sentences start and end, told from punctuation and line breaks alone."""

import re
from collections.abc import Iterator
from functools import lru_cache

from withinreach.reading.phrases import pattern

__all__ = ["MAX_SENTENCE", "lowered", "sentences"]

# Text without full stops (tables, lists of links) is cut at this length, which keeps every rule
# that looks at one sentence linear in the length of the text.
MAX_SENTENCE = 1500

_BREAK = pattern(
    r"""
    (?P<stop>[.!?…]["”’'»)\]]*)\s+(?=["“‘'«(\[]*[^\Wa-z_])  # a full stop, then a capital or a digit
    | \n[^\S\n]*(?=\n)\s*                                   # an empty line
    | \n\s*(?=[-*•–—]\s)                                    # an item of a list
    """,
    re.VERBOSE,
)
# Abbreviations after which a capital goes on with the sentence: titles, ranks, countries, units
# and months of English newspapers; and single initials.
# After "U.S." only a word that opens sentences starts a new one.
_OPENS = pattern(r"(?:A|An|The|It|Its|He|She|They|We|But|And|In|On|At|This|That|These|Those)\b")
_ABBREVIATION = pattern(
    r"""(?:^|[\s("“‘'])(?:
    (?P<initials>[A-Z] | (?:[A-Za-z]\.)+[A-Za-z]) | Mr|Mrs|Ms|Dr|Prof|Rev|Hon|Pres|Sen|Rep|Gov
    | Amb|Gen|Lt|Col|Maj|Brig|Capt|Cmdr|Cpl|Sgt|Adm|Vice\sAdm|Ret|Spc|Supt|Insp
    | St|Mt|Ft|No|Nos|vs|approx|ca|max|min
    | Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Jr|Sr|Inc|Co|Corp|Ltd|Fig
    )$""",
    re.VERBOSE,
)


@lru_cache(maxsize=1)
def lowered(text: str) -> str:
    """Return the text in lower case with every offset kept: one letter stays one letter.

    The last one is kept, as every stage asks for it.
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(lower if len(lower := c.lower()) == 1 else c for c in text)
    return low


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end offsets of the sentences of a text, without the space around them.

    >>> list(sentences("Gen. Lee spoke. It flew."))
    [(0, 15), (16, 24)]
    """
    start = 0
    for match in _BREAK.finditer(text):
        if match["stop"] == ".":
            short = _ABBREVIATION.search(text, max(start, match.start() - 12), match.start())
            if short and not (short["initials"] and _OPENS.match(text, match.end())):
                continue
        yield from _pieces(text, start, match.end())
        start = match.end()
    yield from _pieces(text, start, len(text))


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > MAX_SENTENCE:
        space = text.rfind(" ", start, start + MAX_SENTENCE)
        cut = space if space > start else start + MAX_SENTENCE
        yield from _stripped(text, start, cut)
        start = cut
    yield from _stripped(text, start, end)


def _stripped(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
