"""The signs by which a place is told to be one that weapons can or cannot reach."""

from __future__ import annotations

from collections.abc import Iterator

from withinreach.reading.spoken import Spoken

__all__ = ["target_signs"]

_BEFORE, _AFTER = 12, 8
# What is said of reach farther away is said of another place.
_NEAR = 40
# Words so near that lean on what was told before, or turn it; general English.
_BESIDE = 6
_CUTS = frozenset((";", ":", "—", "–", ",", "but", "while", "whereas", "though", "although"))
_CUES = frozenset(
    "too also so nor neither likewise same well both either even and but not no yes only or as"
    " while whereas though however".split()
)


def target_signs(spoken: Spoken) -> Iterator[str]:
    """Yield the signs of one place that a text speaks of."""
    sentence = spoken.sentence
    words = sentence.words
    if spoken.site is not None:
        yield f"site {_flags(spoken.site.assumed, spoken.site.launched, spoken.site.single)}"
    yield f"kind {spoken.kind}"
    yield f"at home {spoken.is_at_home}"
    yield f"stands {max(-4, min(3, round(spoken.stands)))}"
    yield f"most stands {max(-4, min(3, round(spoken.most_stands)))}"
    if sentence.ranges:
        yield "range"
    if spoken.is_new:
        yield "new"
    if spoken.was_site:
        yield "was site"
    if sentence.answer is not None:
        yield "question"
        yield f"question answered {sentence.answer}"
        yield f"question told {sentence.answer_tells}"
        yield f"question denied {sentence.answer_denies}"
    if spoken.first != spoken.at:
        yield "in list"
    yield f"places {min(4, len(sentence.read.masked.places))}"
    if spoken.at == sentence.first_place:
        yield "first place"
    yield from words.beside(spoken.at, spoken.at, 4, 3, "word")
    yield from words.beside(spoken.first, spoken.last, 4, 3, "list")
    yield f"two before {words[spoken.first - 2]} {words[spoken.first - 1]}"
    yield f"two after {words[spoken.last + 1]} {words[spoken.last + 2]}"
    for word in set(words.between(spoken.first - _BEFORE, spoken.first)):
        yield f"before {word}"
    for word in set(words.between(spoken.last + 1, spoken.last + 1 + _AFTER)):
        yield f"after {word}"
    meanings = sentence.meanings
    yield from meanings.signs(spoken.first - _BEFORE, spoken.first, "before")
    yield from meanings.signs(spoken.last + 1, spoken.last + 1 + _BEFORE, "after")
    yield from _before_signs(spoken)
    yield from _reach_signs(spoken)


def _before_signs(spoken: Spoken) -> Iterator[str]:
    """Yield what was told just before and of the place before, and the words that lean on it."""
    sentence = spoken.sentence
    words = sentence.words
    ahead = sentence.meanings.last(spoken.first - _NEAR, spoken.first)
    behind = sentence.meanings.last(spoken.last + 1, spoken.last + 1 + _NEAR // 2)
    yield f"sentence before tells {sentence.told_before}"
    yield f"ahead tells {ahead}"
    yield f"behind tells {behind}"
    yield f"tells {sentence.told_before} {ahead} {behind}"
    last = sentence.told_before if ahead == "nothing" else ahead
    cues = _CUES.intersection(words.between(spoken.first - _BESIDE, spoken.last + 1 + _BESIDE))
    for cue in cues:
        yield f"{last} told, then {cue}"
    previous = spoken.previous
    if previous is None or spoken.number - previous.number > 1:
        return
    where = "before"
    if previous.sentence is sentence:
        where = "list" if previous.first == spoken.first else "same"
    yield f"previous {previous.said} {where}"
    for cue in cues:
        yield f"previous {previous.said} {where} {cue}"
    if where == "same":
        for word in set(words.between(previous.last + 1, spoken.first)[:_AFTER]):
            yield f"previous {previous.said} then {word}"


def _reach_signs(spoken: Spoken) -> Iterator[str]:
    """Yield the nearest words of reach or safety on either side, how near, and what is between."""
    words, meanings = spoken.sentence.words, spoken.sentence.meanings
    left, after = meanings.nearest_before(spoken.at, _NEAR)
    yield from _gap("left", left, words.between(after, spoken.at))
    right, at = meanings.nearest_after(spoken.at, _NEAR)
    yield from _gap("right", right, words.between(spoken.at + 1, at))


def _gap(side: str, told: str, between: list[str]) -> Iterator[str]:
    yield f"{side} {told}"
    if told == "nothing":
        return
    yield f"{side} {told} {min(6, len(between) // 2)}"
    yield f"{side} {told} cut {not _CUTS.isdisjoint(between)}"
    yield f"{side} places {min(4, between.count('<place>'))}"
    for word in set(between):
        yield f"{side} between {word}"


def _flags(*flags: bool) -> str:
    return "".join("+" if flag else "-" for flag in flags)
