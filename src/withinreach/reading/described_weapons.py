"""How weapons are told apart without a name: "the medium rocket", "the short type"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from withinreach.reading.signed_words import SignedWords

__all__ = ["descriptions", "descriptions_around"]

# What a description stands before: weapons, and what a text calls one once it is known.
_NOUNS = frozenset(
    "missile missiles rocket rockets drone drones gun guns howitzer howitzers shell shells mortar"
    " mortars round rounds launcher launchers battery batteries weapon weapons system systems type"
    " types version versions variant variants model models kind sort one ones calibre caliber tube"
    " tubes aircraft jet jets artillery".split()
)
# Words that point, count or judge, and so tell no weapon from another; general English.
_EMPTY = frozenset(
    "the a an this that these those its their his her our your my some any all no each every such"
    " same and or of for with by from to in on at as is are was were be been has have had can could"
    " would will may might not only own other another more most few many several two three four"
    " five six eight ten new range ranged guided made built designed ballistic cruise - <weapon>"
    " <place> <range>".split()
)
_STOPS = frozenset((",", ";", ":", ".", "—", "–", "(", ")"))
_LONGEST = 5
# So many words after a figure may still describe its weapon: "a 40-km short-range type".
_AFTER = 6


def descriptions(words: SignedWords, start: int, end: int) -> frozenset[str]:
    """Return the words that describe the weapons named between two words of a sentence.

    >>> sorted(descriptions(SignedWords("the old long-range type and the medium rocket"), 0, 99))
    ['long', 'medium', 'old']
    """
    found: set[str] = set()
    stretch = words.between(start, end)
    for at, word in enumerate(stretch):
        if word in _NOUNS:
            before = stretch[max(0, at - _LONGEST) : at]
            cut = max((i + 1 for i, w in enumerate(before) if _ends(w)), default=0)
            found.update(w for w in before[cut:] if w not in _EMPTY and not w.isdigit())
    return frozenset(found)


def descriptions_around(words: SignedWords, ranges: Sequence[int]) -> Iterator[frozenset[str]]:
    """Yield how the weapon of each range of a sentence is described, in order.

    `ranges` are the numbers of their words.
    """
    begin = 0
    for at, following in zip(ranges, [*ranges[1:], len(words.words)], strict=False):
        after = words.between(at + 1, min(following, at + 1 + _AFTER))
        end = next((i for i, word in enumerate(after) if word in _STOPS), len(after))
        yield descriptions(words, begin, at + 1 + end)
        begin = at + 1


def _ends(word: str) -> bool:
    return word in _STOPS or word in _NOUNS or word in ("and", "or", "than", "of", "with")
