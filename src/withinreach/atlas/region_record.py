"""What an outline file knows of a region besides its shape."""

from typing import Literal

import msgspec

__all__ = ["RegionRecord"]


class RegionRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A region of an outline file.

    `id` is ISO 3166-2 where the region has such a code, else words joined by hyphens; `country` is
    ISO 3166-1 alpha-2 and None for a region of several countries or of none that all accept. The
    true edge lies within `uncertainty_km` of the drawn one.
    """

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: Literal["region"] = "region"
    country: str | None = None
    uncertainty_km: float
    source: str
    as_of: str = ""
    note: str = ""
