"""Names that the atlas lacks, asked of an online geocoder: only when the user wants it."""

from __future__ import annotations

import inspect
import math
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

from withinreach.atlas.lookup import Found
from withinreach.atlas.names import fold
from withinreach.atlas.online_cache import AnswerCache
from withinreach.atlas.online_kinds import kind_of_answer
from withinreach.atlas.place import Place
from withinreach.errors import AtlasError, WithinreachWarning

if TYPE_CHECKING:
    from geopy.geocoders.base import Geocoder
    from geopy.location import Location

__all__ = ["OnlineGeocoder"]

# One request a second is what Nominatim's usage policy allows; others get no more from here.
_PAUSE_S = 1.0
_TIMEOUT_S = 10.0
_USER_AGENT = "withinreach"
_CANDIDATES = 5
# How likely an online answer is the place that a text means; a guess, and told as one.
_SCORE = 0.5
# Coordinates are rounded to a hundredth of a degree: a town, never a spot in it.
_DIGITS = 2
_LEAST_UNCERTAINTY_KM = 2.0
_LARGEST_UNCERTAINTY_KM = 1000.0
_KM_PER_DEG = 111.2


class OnlineGeocoder:
    """A geopy geocoder as a fallback, asked at most once a second and once for each name.

    `geocoder` is a name that geopy knows ("nominatim", "photon") or a geocoder of geopy's that is
    set up already; `url` is the address of a server of the user's own. Answers are kept in
    `cache_path`, by default in the user's cache folder. After a failure or `timeout_s` seconds
    there is one warning, and this object asks nothing more. Raises `AtlasError` for a name that
    geopy does not know, and for a service that needs an access key.
    """

    def __init__(
        self,
        geocoder: str | Geocoder,
        *,
        url: str | None = None,
        cache_path: Path | None = None,
        timeout_s: float = _TIMEOUT_S,
        pause_s: float = _PAUSE_S,
    ) -> None:
        self._geocoder: Any = _named(geocoder, url) if isinstance(geocoder, str) else geocoder
        self.name = str(geocoder if isinstance(geocoder, str) else type(geocoder).__name__)
        domain = getattr(self._geocoder, "domain", None)
        self._service = f"{self.name.lower()} {domain or ''}".strip()
        self._by = f"found online by {self.name}" + (f" ({domain})" if domain else "")
        self._cache = AnswerCache(cache_path)
        self._timeout_s = timeout_s
        self._pause_s = pause_s
        self._has_failed = False

    def find(self, query: str) -> Found | None:
        """Return the town, region or water that a name means, None where the service knows none.

        Buildings, facilities and streets are refused, and coordinates are rounded to about 1 km.
        """
        query = " ".join(query.split())
        if not fold(query):
            return None
        kept = self._kept(query)
        if kept is not None:
            return kept[0] if kept else None
        if self._has_failed:
            return None
        self._cache.wait_for_turn(self._service, self._pause_s)
        try:
            places = [self._place(location) for location in self._ask(query)]
        except Exception as error:
            self._has_failed = True
            warnings.warn(
                f"{self._service}: {_reason(error)}; going on offline, without answers from there",
                WithinreachWarning,
                stacklevel=2,
            )
            return None
        found = [Found(place, _SCORE, (self._by,)) for place in places if place is not None][:1]
        self._cache.put(self._service, query, msgspec.json.encode(found))
        return found[0] if found else None

    def _kept(self, query: str) -> list[Found] | None:
        content = self._cache.get(self._service, query)
        try:
            return None if content is None else msgspec.json.decode(content, type=list[Found])
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None

    def _ask(self, query: str) -> list[Location]:
        """Ask in a thread of its own: a server that sends a byte now and then never times out."""
        answer: list[Any] = []
        failure: list[Exception] = []

        def ask() -> None:
            try:
                answer.append(self._geocoder.geocode(query, **self._options()))
            except Exception as error:
                failure.append(error)

        thread = threading.Thread(target=ask, daemon=True)
        thread.start()
        thread.join(self._timeout_s)
        if failure:
            raise failure[0]
        if not answer:
            raise TimeoutError
        found = answer[0] or []
        return list(found) if isinstance(found, list | tuple) else [found]

    def _options(self) -> dict[str, Any]:
        wanted = {
            "exactly_one": False,
            "timeout": self._timeout_s,
            "limit": _CANDIDATES,
            "language": "en",
            "addressdetails": True,
        }
        known = inspect.signature(self._geocoder.geocode).parameters
        return {key: value for key, value in wanted.items() if key in known}

    def _place(self, location: Location) -> Place | None:
        kind = kind_of_answer(location.raw)
        lon, lat = round(float(location.longitude), _DIGITS), round(location.latitude, _DIGITS)
        if kind is None or not (-180 <= lon <= 180 and -90 <= lat <= 90):
            return None
        if lon == lat == 0:  # geopy's point for an answer without one; no place is there
            return None
        from withinreach.atlas.world import country_at

        written = location.raw.get("name")
        name = written if isinstance(written, str) and written else location.address.split(",")[0]
        name = "".join(c for c in " ".join(name.split()) if c.isprintable())[:100]
        if not name:
            return None
        return Place(
            id=f"online:{fold(name).replace(' ', '-')}:{lon:g}:{lat:g}",
            name=name,
            kind=kind,
            lon=lon,
            lat=lat,
            country=country_at(lon, lat),
            uncertainty_km=_uncertainty_km(location.raw, kind),
            source=self._by,
        )


def _reason(error: Exception) -> str:
    """Return why a service gave no answer, without the layers that it came through."""
    from geopy.adapters import AdapterHTTPError
    from geopy.exc import GeocoderTimedOut, GeocoderUnavailable

    if isinstance(error.__cause__, AdapterHTTPError):
        return f"it answers {error.__cause__.status_code}"
    if isinstance(error, TimeoutError | GeocoderTimedOut):
        return "no answer in time"
    if isinstance(error, GeocoderUnavailable) or isinstance(error.__context__, OSError):
        return "it cannot be reached"
    return " ".join(str(error).split())[:120] or type(error).__name__


def _named(name: str, url: str | None) -> Any:
    from geopy.adapters import URLLibAdapter
    from geopy.exc import GeocoderNotFound
    from geopy.geocoders import get_geocoder_for_service

    try:
        service = get_geocoder_for_service(name)
    except GeocoderNotFound:
        raise AtlasError(
            f"{name!r} is no geocoder that geopy knows; nominatim and photon need no access key"
        ) from None
    # geopy's other adapter asks up to twice more at once when an answer is late: against the pause.
    options: dict[str, Any] = {"user_agent": _USER_AGENT, "adapter_factory": URLLibAdapter}
    if url is not None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc:
            raise AtlasError(f"{url}: give an address that starts with https://")
        if "domain" not in inspect.signature(service).parameters:
            raise AtlasError(f"{name} takes no address of its own; nominatim and photon do")
        options |= {"scheme": parts.scheme, "domain": parts.netloc + parts.path.rstrip("/")}
    try:
        return service(**options)
    except Exception as error:
        raise AtlasError(
            f"{name} cannot be used by its name alone ({error}); set it up with geopy in Python "
            "and hand it over: wr.study(..., online=geocoder)"
        ) from None


def _uncertainty_km(raw: dict[str, Any], kind: str) -> float:
    """Return half the diagonal of an answer's box, for all that is larger than a town."""
    if kind in ("town", "neighbourhood"):
        return _LEAST_UNCERTAINTY_KM
    try:
        south, north, west, east = (float(side) for side in raw["boundingbox"])
    except (KeyError, TypeError, ValueError):
        return _LARGEST_UNCERTAINTY_KM
    height_deg = north - south
    width_deg = (east - west) * math.cos(math.radians((north + south) / 2))
    half_km = math.hypot(height_deg, width_deg) / 2 * _KM_PER_DEG
    return round(min(max(half_km, _LEAST_UNCERTAINTY_KM), _LARGEST_UNCERTAINTY_KM), 1)
