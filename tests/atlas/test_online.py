"""The online fallback against a server of the test's own that speaks Nominatim's answers."""

import sqlite3
import subprocess
import sys
import threading
import time
import warnings
from itertools import pairwise

import pytest
from tests.nominatim import FACTORY, TOWN

from withinreach.atlas.online import OnlineGeocoder
from withinreach.atlas.online_cache import AnswerCache
from withinreach.atlas.online_kinds import kind_of_answer
from withinreach.errors import AtlasError, WithinreachWarning


@pytest.fixture(autouse=True)
def own_folders(tmp_path, monkeypatch):
    monkeypatch.setenv("WITHINREACH_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("WITHINREACH_DATA", str(tmp_path / "data"))


def online(nominatim, **options):
    return OnlineGeocoder("nominatim", url=nominatim.url, **{"pause_s": 0.0, **options})


def test_a_town_is_found_and_says_by_whom(nominatim):
    found = online(nominatim).find("Quxabad")
    assert (found.place.name, found.place.kind, found.place.country) == ("Quxabad", "town", "IQ")
    assert (found.place.lon, found.place.lat) == (42.99, 35.12)
    assert found.place.uncertainty_km == 2.0
    said = f"found online by nominatim (127.0.0.1:{nominatim.server_port})"
    assert found.reasons == (said,)
    assert found.place.source == said
    assert 0 < found.score < 1
    assert [(q, agent) for q, agent, _ in nominatim.requests] == [("Quxabad", "withinreach")]


def test_a_region_has_the_extent_of_its_box(nominatim):
    found = online(nominatim).find("Quxland")
    assert found.place.kind == "region"
    # Half the diagonal of 2 by 2 degrees at 35 degrees north: 111.2 * hypot(1, cos(35 degrees)).
    assert found.place.uncertainty_km == pytest.approx(143.8, abs=0.2)


def test_what_is_finer_than_a_town_is_refused(nominatim):
    assert online(nominatim).find("Qux Works") is None
    nominatim.answers["quxabad"] = [FACTORY, TOWN]
    assert online(nominatim).find("Quxabad").place.name == "Quxabad"


def test_a_second_call_is_answered_from_the_cache(nominatim):
    first = online(nominatim).find("Quxabad")
    assert online(nominatim).find("  Quxabad ") == first
    assert online(nominatim).find("Nowhere") is None
    assert online(nominatim).find("Nowhere") is None
    assert [q for q, _, _ in nominatim.requests] == ["Quxabad", "Nowhere"]
    nominatim.shutdown()
    assert online(nominatim).find("Quxabad") == first


def failing(nominatim, **options):
    """Ask for a name that fails and one more; return the one warning."""
    geocoder = online(nominatim, **options)
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert geocoder.find("Quxabad") is None
        assert geocoder.find("Quxland") is None
    (warning,) = caught
    assert issubclass(warning.category, WithinreachWarning)
    assert "going on offline" in str(warning.message)
    return str(warning.message)


def test_a_slow_server_is_not_waited_for(nominatim):
    nominatim.wait_s = 2.0
    begun = time.monotonic()
    assert "no answer in time" in failing(nominatim, timeout_s=0.3)
    assert time.monotonic() - begun < 1.5
    time.sleep(0.3)  # a request that is tried again comes after the answer is given up
    assert len(nominatim.requests) == 1


def test_a_server_that_sends_a_byte_now_and_then_is_not_waited_for(nominatim):
    nominatim.drip = True
    begun = time.monotonic()
    assert "no answer in time" in failing(nominatim, timeout_s=0.4)
    assert time.monotonic() - begun < 1.5


@pytest.mark.parametrize("status", [403, 429, 500, 503])
def test_a_server_that_refuses_is_asked_no_more(nominatim, status):
    nominatim.status = status
    assert str(status) in failing(nominatim)
    assert len(nominatim.requests) == 1


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{ broken",
        b"<html>sign in first</html>",
        b"\xff\xfe\x00",
        b'["text"]',
        b"42",
        b'{"error": "out of order"}',
        b'[{"lat": "north", "lon": "1", "display_name": "X"}]',
        b'[{"lat": "NaN", "lon": "1", "display_name": "X", "class": "place", "type": "town"}]',
    ],
)
def test_an_answer_that_cannot_be_read_is_a_warning(nominatim, body):
    nominatim.body = body
    failing(nominatim)


def test_a_server_that_is_gone_is_a_warning(nominatim):
    geocoder = OnlineGeocoder("nominatim", url="http://127.0.0.1:9", pause_s=0)
    with pytest.warns(WithinreachWarning, match="127.0.0.1:9: it cannot be reached; going on"):
        assert geocoder.find("Quxabad") is None


def test_an_empty_answer_is_no_failure(nominatim):
    nominatim.body = b"[]"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert online(nominatim).find("Quxabad") is None


@pytest.mark.parametrize(("lat", "lon"), [("95", "10"), ("1e400", "0")])
def test_coordinates_off_the_earth_are_refused(nominatim, lat, lon):
    nominatim.answers["quxabad"] = [TOWN | {"lat": lat, "lon": lon}]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert online(nominatim).find("Quxabad") is None


def test_an_answer_without_coordinates_is_not_at_0_0(nominatim):
    nominatim.body = b'[{"display_name": "X", "class": "place", "type": "town"}]'
    assert online(nominatim).find("Quxabad") is None


def test_a_failure_is_not_kept(nominatim):
    nominatim.status = 500
    failing(nominatim)
    nominatim.status = 200
    assert online(nominatim).find("Quxabad").place.name == "Quxabad"


def test_requests_lie_a_pause_apart_for_all_objects(nominatim):
    names = [f"Nowhere {i}" for i in range(4)]
    geocoders = [online(nominatim, pause_s=0.25) for _ in range(2)]
    threads = [
        threading.Thread(target=geocoder.find, args=(name,))
        for geocoder, pair in zip(geocoders, (names[:2], names[2:]), strict=True)
        for name in pair[:1]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for geocoder, name in zip(geocoders, (names[1], names[3]), strict=True):
        geocoder.find(name)
    times = sorted(asked_at for _, _, asked_at in nominatim.requests)
    assert len(times) == 4
    assert min(b - a for a, b in pairwise(times)) > 0.2


def test_a_clock_that_ran_wrong_does_not_stop_the_queue(tmp_path):
    cache = AnswerCache()
    cache.wait_for_turn("x", 1e9)
    begun = time.monotonic()
    AnswerCache().wait_for_turn("x", 0.0)
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("content", [b"no database" * 400, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_corrupt_cache_is_begun_anew(nominatim, tmp_path, content):
    first = online(nominatim).find("Quxabad")
    path = tmp_path / "cache" / "online.sqlite"
    path.write_bytes(content)
    with pytest.warns(WithinreachWarning, match="begun anew"):
        assert online(nominatim).find("Quxabad") == first
    assert online(nominatim).find("Quxabad") == first
    assert len(nominatim.requests) == 2


def test_a_broken_answer_in_the_cache_is_asked_for_again(nominatim, tmp_path):
    first = online(nominatim).find("Quxabad")
    with sqlite3.connect(tmp_path / "cache" / "online.sqlite") as database:
        database.execute("UPDATE answer SET content = ?", (b'[{"place": 3}]',))
    database.close()
    assert online(nominatim).find("Quxabad") == first
    assert len(nominatim.requests) == 2


def test_a_cache_that_cannot_be_written_is_a_warning(nominatim, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("WITHINREACH_CACHE", str(tmp_path / "file" / "below"))
    geocoder = online(nominatim)
    with pytest.warns(WithinreachWarning, match="cannot be kept"):
        first = geocoder.find("Quxabad")
    assert first.place.name == "Quxabad"
    assert geocoder.find("Quxabad") == first
    assert len(nominatim.requests) == 1


_WRITER = """
import sys
from withinreach.atlas.online_cache import AnswerCache
cache = AnswerCache()
for i in range(200):
    cache.put("s", f"{sys.argv[1]}-{i}", sys.argv[1].encode() * 50)
    assert cache.get("s", f"{sys.argv[1]}-{i}") is not None
"""


def test_two_processes_write_at_once():
    writers = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", _WRITER, name]) for name in "ab"
    ]
    assert [writer.wait(60) for writer in writers] == [0, 0]
    cache = AnswerCache()
    for name in "ab":
        assert cache.get("s", f"{name}-199") == name.encode() * 50
        assert all(cache.get("s", f"{name}-{i}") is not None for i in range(200))


def test_any_geopy_geocoder_will_do(nominatim):
    from geopy.geocoders import Nominatim

    geocoder = Nominatim(
        user_agent="mine", scheme="http", domain=f"127.0.0.1:{nominatim.server_port}"
    )
    found = OnlineGeocoder(geocoder, pause_s=0).find("Quxabad")
    assert found.place.name == "Quxabad"
    assert "Nominatim" in found.reasons[0]
    assert nominatim.requests[0][1] == "mine"


def test_names_and_addresses_that_cannot_be_used():
    with pytest.raises(AtlasError, match="nominatim and photon"):
        OnlineGeocoder("nobody")
    with pytest.raises(AtlasError, match="set it up"):
        OnlineGeocoder("bing")
    with pytest.raises(AtlasError, match="https://"):
        OnlineGeocoder("nominatim", url="127.0.0.1:80")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ({"class": "place", "type": "village", "addresstype": "village"}, "town"),
        ({"class": "boundary", "type": "administrative", "addresstype": "city"}, "town"),
        ({"class": "boundary", "type": "administrative", "addresstype": "country"}, "country"),
        ({"class": "boundary", "type": "administrative", "addresstype": "state"}, "region"),
        ({"class": "place", "type": "suburb", "addresstype": "suburb"}, "neighbourhood"),
        ({"class": "place", "type": "locality", "addresstype": "locality"}, None),
        ({"class": "place", "type": "isolated_dwelling"}, None),
        ({"class": "place", "type": "house"}, None),
        ({"class": "highway", "type": "residential", "addresstype": "road"}, None),
        ({"class": "military", "type": "naval_base", "addresstype": "military"}, None),
        ({"class": "aeroway", "type": "aerodrome"}, None),
        ({"class": "amenity", "type": "townhall", "addresstype": "amenity"}, None),
        ({"class": "natural", "type": "bay", "addresstype": "bay"}, "water"),
        ({"class": "natural", "type": "peak"}, None),
        (
            {
                "type": "Feature",
                "geometry": {"type": "Point"},
                "properties": {"osm_key": "place", "osm_value": "hamlet", "type": "locality"},
            },
            "town",
        ),
        (
            {
                "type": "Feature",
                "properties": {"osm_key": "man_made", "osm_value": "works", "type": "house"},
            },
            None,
        ),
        ({"types": ["locality", "political"], "address_components": [{"types": ["x"]}]}, "town"),
        ({"types": ["premise"], "address_components": [{"types": ["locality"]}]}, None),
        ({"place_type": ["place"], "type": "Feature"}, "town"),
        ({"place_type": ["poi"], "type": "Feature"}, None),
        ({"resultType": "locality", "localityType": "city"}, "town"),
        ({"resultType": "houseNumber"}, None),
        ({"fcl": "P", "fcode": "PPLA"}, "town"),
        ({"fcl": "S", "fcode": "MILB"}, None),
        ({"components": {"_category": "place", "_type": "city"}}, "town"),
        ({}, None),
        (None, None),
    ],
)
def test_kinds_of_answers_of_many_services(raw, kind):
    assert kind_of_answer(raw) == kind
