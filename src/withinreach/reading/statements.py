"""What a text says, with the span of every statement: mentions, ranges, sites, claims."""

from typing import Literal

import msgspec

from withinreach.atlas.missiles import MissileMention
from withinreach.atlas.place import Place

__all__ = [
    "Asserted",
    "Candidate",
    "ClaimStatement",
    "OriginStatement",
    "PlaceMention",
    "RangeStatement",
    "Reading",
    "Relation",
    "Role",
    "Site",
]

Role = Literal["origin", "target", "context"]
Asserted = Literal["can_reach", "cannot_reach"]
Site = Literal["named site", "assumed launch area"]


class Candidate(msgspec.Struct, frozen=True):
    """One reading of a name: a place, its score in [0, 1], and why, in words."""

    place: Place
    score: float
    reasons: tuple[str, ...] = ()


class Relation(msgspec.Struct, frozen=True, kw_only=True):
    """A place told from another one: "north of Kerbala", "40 km north of Mosul", "near Homs".

    `anchors` are the places it is told from (two for "between A and B"); `bearing_deg` is the
    direction of the words (north is 0), None where none is named; `distance_km` is None where the
    text gives none.
    """

    anchors: tuple[Place, ...]
    bearing_deg: float | None = None
    distance_km: float | None = None
    text: str = ""


class PlaceMention(msgspec.Struct, frozen=True, kw_only=True):
    """A place name in the text, and the place it stands for.

    `start` and `end` are string offsets into the article's text and cover words such as "western";
    `name` is the looked-up name alone. `part` is the direction that clips the place's outline
    ("western" in "western Anbar"), None when the whole is meant; `described` is a direction that
    only describes it ("Iraq's western Anbar province"). `point` is lon, lat in degrees of a named
    part, or of where a relation puts a place that the atlas lacks. `place` is None when the mention
    cannot be fixed: then `candidates` and `reasons` say why.
    """

    start: int
    end: int
    text: str
    name: str
    place: Place | None
    candidates: tuple[Candidate, ...] = ()
    score: float = 0.0
    reasons: tuple[str, ...] = ()
    part: str | None = None
    described: str | None = None
    point: tuple[float, float] | None = None
    relation: Relation | None = None
    role: Role = "context"


class RangeStatement(msgspec.Struct, frozen=True, kw_only=True):
    """A stated range. One figure gives `min_km` None, "more than 300 km" gives `max_km` None."""

    start: int
    end: int
    text: str
    min_km: float | None
    max_km: float | None
    hole_km: float | None = None
    said_by: str | None = None
    missile: str | None = None


class OriginStatement(msgspec.Struct, frozen=True, kw_only=True):
    """A mention that the text gives as a place to launch from, make or keep missiles.

    `basis` is "extent" when the text means the whole area and "doubt" when it means one spot in it.
    `start`, `end` span the sentence.
    """

    mention: PlaceMention
    site: Site
    basis: Literal["extent", "doubt"]
    start: int
    end: int


class ClaimStatement(msgspec.Struct, frozen=True, kw_only=True):
    """Who is said to reach whom. `origin` None: the text leaves it open. Spans the sentence."""

    origin: PlaceMention | None
    targets: tuple[PlaceMention, ...]
    range: RangeStatement | None
    asserted: Asserted
    condition: str | None = None
    said_by: str | None = None
    start: int
    end: int
    text: str


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """All that was read in one text, each list in text order; mentions carry their role."""

    text: str
    places: tuple[PlaceMention, ...] = ()
    ranges: tuple[RangeStatement, ...] = ()
    origins: tuple[OriginStatement, ...] = ()
    claims: tuple[ClaimStatement, ...] = ()
    missiles: tuple[MissileMention, ...] = ()
