"""Boundary files of the user's own, and the one download, against a server of the test's own."""

import gzip
import hashlib
import io
import json
import resource
import sqlite3
import struct
import subprocess
import sys
import threading
import time
import zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import shapefile
import shapely
from pyproj import CRS, Transformer

from withinreach.atlas.download import download, fetch_natural_earth
from withinreach.atlas.folders import data_folder
from withinreach.atlas.place import Place
from withinreach.atlas.place_outlines import outline_id_of
from withinreach.atlas.regions import outline
from withinreach.atlas.user_outlines import add_outlines, user_stores
from withinreach.errors import AtlasError, OutputError, WithinreachWarning

# Two provinces of the test's own country; the second is written with crossing edges.
NORTH = [(10.0, 51.0), (12.0, 51.0), (12.0, 53.0), (10.0, 53.0), (10.0, 51.0)]
SOUTH = [(10.0, 50.0), (12.0, 50.0), (12.0, 51.0), (10.0, 51.0), (10.0, 50.0)]
BROKEN = [(10.0, 50.0), (12.0, 51.0), (12.0, 50.0), (10.0, 51.0), (10.0, 50.0)]


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WITHINREACH_DATA", str(tmp_path / "data"))
    user_stores.cache_clear()
    yield
    user_stores.cache_clear()


def feature(ring, **columns):
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": columns, "geometry": geometry}


def geojson(*features, **members):
    return json.dumps({"type": "FeatureCollection", "features": list(features), **members}).encode()


def write(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def in_metres(ring, crs="EPSG:3857"):
    turn = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform
    return [turn(x, y) for x, y in ring]


def as_geojson(ring):
    return geojson(feature(ring, name="Northland", iso_3166_2="QX-N"))


def as_gzipped_geojson(ring):
    return gzip.compress(as_geojson(ring))


def as_topojson(ring):
    member = {"type": "Polygon", "arcs": [[0]], "properties": {"NAME": "Northland"}}
    member["properties"]["ISO_3166_2"] = "QX-N"
    objects = {"provinces": {"type": "GeometryCollection", "geometries": [member]}}
    return json.dumps({"type": "Topology", "objects": objects, "arcs": [ring]}).encode()


def as_geopackage(ring, number=4326):
    crs = CRS(number)
    database = sqlite3.connect(":memory:")
    database.executescript(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name, srs_id, organization,"
        " organization_coordsys_id, definition);"
        "CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id);"
        'CREATE TABLE "prov""inces" (fid INTEGER, geom BLOB, name TEXT, iso_3166_2 TEXT);'
    )
    database.execute(
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, 'EPSG', ?, ?)",
        (crs.name, number, number, crs.to_wkt()),
    )
    database.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'POLYGON', ?)",
        ('prov"inces', number),
    )
    shape = shapely.Polygon(ring)
    envelope = struct.pack("<4d", *(shape.bounds[i] for i in (0, 2, 1, 3)))
    blob = b"GP\x00\x03" + struct.pack("<i", number) + envelope + shape.wkb
    database.execute('INSERT INTO "prov""inces" VALUES (1, ?, ?, ?)', (blob, "Northland", "QX-N"))
    database.commit()
    return database.serialize()


def as_zipped_shapefile(ring, crs=None):
    shp, shx, dbf = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with shapefile.Writer(shp=shp, shx=shx, dbf=dbf) as writer:
        writer.field("name", "C", size=40)
        writer.field("iso_3166_2", "C", size=8)
        writer.poly([ring[::-1]])
        writer.record("Northland", "QX-N")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for ending, stream in (("shp", shp), ("shx", shx), ("dbf", dbf)):
            archive.writestr(f"folder/provinces.{ending}", stream.getvalue())
        if crs is not None:
            archive.writestr("folder/provinces.prj", CRS(crs).to_wkt("WKT1_ESRI"))
    return out.getvalue()


FORMATS = [as_geojson, as_gzipped_geojson, as_topojson, as_geopackage, as_zipped_shapefile]


@pytest.mark.parametrize("written", FORMATS)
def test_all_formats_give_the_same_outline(tmp_path, written):
    added = add_outlines(write(tmp_path, "boundaries.dat", written(NORTH)))
    assert (added.count, added.with_code, added.mended) == (1, 1, 0)
    assert added.reprojected_from is None
    found = outline("region:QX-N")
    assert found.name == "Northland"
    assert found.country == "QX"
    assert found.geometry.equals(shapely.Polygon(NORTH))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "old.geojson",
            geojson(
                feature(in_metres(NORTH), name="Northland", iso_3166_2="QX-N"),
                crs={"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}},
            ),
        ),
        ("utm.gpkg", as_geopackage(in_metres(NORTH, "EPSG:32632"), 32632)),
        ("mercator.zip", as_zipped_shapefile(in_metres(NORTH), "EPSG:3857")),
    ],
)
def test_other_crs_are_reprojected(tmp_path, name, content):
    added = add_outlines(write(tmp_path, name, content))
    assert added.reprojected_from is not None
    corners = shapely.MultiPoint(NORTH[:4])
    assert outline("region:QX-N").geometry.hausdorff_distance(corners.convex_hull) < 1e-6


def test_metres_without_a_crs_are_refused(tmp_path):
    path = write(tmp_path, "metres.zip", as_zipped_shapefile(in_metres(NORTH)))
    with pytest.raises(AtlasError, match="no degrees"):
        add_outlines(path)


def test_an_unknown_crs_is_refused(tmp_path):
    crs = {"type": "name", "properties": {"name": "urn:nobody:knows:this"}}
    path = write(tmp_path, "x.geojson", geojson(feature(NORTH, name="N"), crs=crs))
    with pytest.raises(AtlasError, match="not known"):
        add_outlines(path)


def test_broken_outlines_are_mended_and_points_left_out(tmp_path):
    point = {"type": "Feature", "properties": {"name": "P"}}
    point["geometry"] = {"type": "Point", "coordinates": [11, 51]}
    nothing = {"type": "Feature", "properties": {"name": "E"}, "geometry": None}
    content = geojson(feature(BROKEN, name="Bow", iso_3166_2="QX-B"), point, nothing)
    added = add_outlines(write(tmp_path, "b.geojson", content))
    assert (added.count, added.mended, added.without_polygon) == (1, 1, 2)
    shape = outline("region:QX-B").geometry
    assert shape.is_valid
    assert shape.area == pytest.approx(1.0)


def test_pieces_of_one_code_are_one_outline(tmp_path):
    content = geojson(
        feature(NORTH, name="Land", iso_3166_2="QX-L"),
        feature(SOUTH, name="Land, south", iso_3166_2="QX-L"),
    )
    assert add_outlines(write(tmp_path, "b.geojson", content)).count == 1
    assert outline("region:QX-L").geometry.area == pytest.approx(6.0)


def test_an_added_outline_goes_before_the_shipped_one(tmp_path):
    shipped = outline("region:IQ-AN").geometry
    path = write(tmp_path, "b.geojson", geojson(feature(NORTH, name="Mine", iso_3166_2="IQ-AN")))
    add_outlines(path, uncertainty_km=7)
    mine = outline("region:IQ-AN")
    assert mine.geometry.equals(shapely.Polygon(NORTH))
    assert not mine.geometry.equals(shipped)
    assert mine.uncertainty_km == 7
    assert outline("region:crimea").name == "Crimea"


def test_columns_can_be_named(tmp_path):
    content = geojson(feature(NORTH, bezeichnung="Nordland", kennung="QX-N"))
    path = write(tmp_path, "b.geojson", content)
    with pytest.raises(AtlasError, match="bezeichnung, kennung"):
        add_outlines(path)
    added = add_outlines(path, name_column="Bezeichnung", code_column="kennung")
    assert (added.name_column, added.code_column) == ("bezeichnung", "kennung")
    assert outline("region:QX-N").name == "Nordland"
    with pytest.raises(AtlasError, match="'missing'"):
        add_outlines(path, name_column="missing")
    with pytest.raises(AtlasError, match="ISO 3166-2"):
        add_outlines(path, name_column="bezeichnung", code_column="bezeichnung")


def test_without_codes_country_and_name_tell(tmp_path):
    iraq = [(43.0, 33.0), (44.0, 33.0), (44.0, 34.0), (43.0, 34.0), (43.0, 33.0)]
    add_outlines(write(tmp_path, "b.geojson", geojson(feature(iraq, name="Țest\x00 \u202eland"))))
    found = outline("region:IQ-test-land")
    assert found.country == "IQ"
    assert found.name == "Țest land"


def test_a_province_is_known_by_the_other_names_of_its_file(tmp_path):
    columns = {"name": "Nordland", "name_en": "", "name_alt": "Northia|Nordland| Septentria "}
    add_outlines(write(tmp_path, "b.geojson", geojson(feature(NORTH, **columns, iso_a2="QX"))))
    (store,) = user_stores()
    assert store.records[0].aliases == ("Northia", "Septentria")
    place = Place(id="t", name="Northia", kind="region", lon=0.0, lat=0.0, country="QX")
    assert outline_id_of(place) == "region:QX-nordland"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cannot be read"),
        (b"\xff\xfe\x00garbage", "cannot be read"),
        (b"[1, 2]", "cannot be read"),
        (b'{"type": "FeatureCollection", "features": [', "cannot be read"),
        (b'{"type": "Topology", "objects": {}, "arcs": 3}', "not a TopoJSON"),
        (b"SQLite format 3\x00" + b"\x00" * 100, "cannot be read"),
        (b"PK\x03\x04 and no more", "cannot be read"),
        (b"\x1f\x8b\x08 and no more", "cannot be read"),
        (geojson(), "none of its 0 features"),
        (geojson(feature([(0, 0), (1, 1)], name="N")), "no readable geometry"),
        (as_zipped_shapefile(NORTH)[:400], "cannot be read"),
    ],
)
def test_other_files_get_one_clear_line(tmp_path, content, said):
    path = write(tmp_path, "b.dat", content)
    with pytest.raises(AtlasError, match=said) as caught:
        add_outlines(path)
    assert "\n" not in str(caught.value).strip()
    assert not (data_folder() / "outlines").exists()


def test_missing_files_and_folders_are_said_so(tmp_path):
    with pytest.raises(AtlasError, match="cannot be read"):
        add_outlines(tmp_path / "nothing.geojson")
    with pytest.raises(AtlasError, match="cannot be read"):
        add_outlines(tmp_path)


def test_a_data_folder_that_cannot_be_written_is_said_so(tmp_path, monkeypatch):
    path = write(tmp_path, "b.geojson", as_geojson(NORTH))
    monkeypatch.setenv("WITHINREACH_DATA", str(path / "below a file"))
    with pytest.raises(OutputError, match="cannot be written"):
        add_outlines(path)


def test_a_corrupt_store_is_left_out_with_a_warning(tmp_path):
    add_outlines(write(tmp_path, "good.geojson", as_geojson(NORTH)))
    good = data_folder() / "outlines" / "good-geojson.geom"
    for name, content in (("empty", b""), ("cut", good.read_bytes()[:-40]), ("text", b"x" * 99)):
        (good.parent / f"{name}.geom").write_bytes(content)
        user_stores.cache_clear()
        with pytest.warns(WithinreachWarning, match="left out"):
            assert outline("region:QX-N").name == "Northland"
        (good.parent / f"{name}.geom").unlink()


def test_a_province_of_the_table_gets_the_added_outline(tmp_path, shared):
    place = Place(
        id="t", name="Ninawa", kind="region", lon=42.8, lat=36.2, country="IQ", admin1="Nineveh"
    )
    assert outline_id_of(place) is None
    add_outlines(shared / "reference" / "ne_admin1.topo.json.gz")
    assert outline_id_of(place) == "region:IQ-NI"
    by_towns = Place(
        id="t", name="Mosul's land", kind="region", lon=42.8, lat=36.2, country="IQ",
        admin1="Nineveh",
    )  # fmt: skip
    assert outline_id_of(by_towns) == "region:IQ-NI"
    town = Place(id="t", name="Ninawa", kind="town", lon=42.8, lat=36.2, country="IQ")
    assert outline_id_of(town) is None


def test_the_real_file_of_the_world(shared):
    added = add_outlines(shared / "reference" / "ne_admin1.topo.json.gz")
    assert added.count > 4_500
    assert added.with_code > 4_500
    assert outline("region:IQ-AN").geometry.is_valid
    chukotka = outline("region:RU-CHU").geometry
    assert chukotka.is_valid
    assert chukotka.bounds[::2] == pytest.approx((-180, 180))


class Server(ThreadingHTTPServer):
    """A publisher on loopback whose manners a test sets."""

    daemon_threads = True

    def __init__(self, content):
        super().__init__(("127.0.0.1", 0), Handler)
        self.content = content
        self.etag = '"v1"'
        self.break_at = None
        self.ranges_served = True
        self.piece_bytes = 1 << 20
        self.pause_s = 0.0
        self.status = None
        self.requests = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/files/provinces.zip"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        server = self.server
        wanted = self.headers.get("Range")
        server.requests.append(wanted)
        if server.status is not None:
            self.send_error(server.status)
            return
        start = 0
        if wanted and server.ranges_served and self.headers.get("If-Range") == server.etag:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
        body = server.content[start:]
        self.send_response(206 if start else 200)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", server.etag)
        self.end_headers()
        for i in range(0, len(body[: server.break_at]), server.piece_bytes):
            self.wfile.write(body[: server.break_at][i : i + server.piece_bytes])
            time.sleep(server.pause_s)

    def log_message(self, *arguments):
        pass


@pytest.fixture
def server():
    with Server(as_zipped_shapefile(NORTH, "EPSG:4326")) as publisher:
        threading.Thread(target=publisher.serve_forever, args=(0.01,), daemon=True).start()
        yield publisher
        publisher.shutdown()


def test_fetch_adds_what_the_publisher_has(server):
    steps = []
    digest = hashlib.sha256(server.content).hexdigest()
    added = fetch_natural_earth(
        url=server.url, sha256=digest.upper(), progress=lambda *step: steps.append(step)
    )
    assert added.count == 1
    assert outline("region:QX-N").geometry.equals(shapely.Polygon(NORTH))
    assert steps[-1] == (len(server.content), len(server.content))
    kept = sorted(path.name for path in (data_folder() / "downloads").glob("[!.]*"))
    assert kept == ["provinces.zip"]


def test_a_broken_download_goes_on_where_it_stopped(server, tmp_path):
    target = tmp_path / "x.zip"
    server.break_at = 300
    with pytest.raises(AtlasError, match="run it again"):
        download(server.url, target)
    assert not target.exists()
    server.break_at = None
    download(server.url, target)
    assert target.read_bytes() == server.content
    assert server.requests == [None, "bytes=300-"]


def test_a_new_version_is_not_mixed_with_the_old(server, tmp_path):
    target = tmp_path / "x.zip"
    server.break_at = 300
    with pytest.raises(AtlasError):
        download(server.url, target)
    server.break_at, server.etag, server.content = None, '"v2"', b"another version" * 100
    download(server.url, target)
    assert target.read_bytes() == server.content


def test_a_server_without_ranges_starts_anew(server, tmp_path):
    target = tmp_path / "x.zip"
    server.break_at, server.ranges_served = 300, False
    with pytest.raises(AtlasError):
        download(server.url, target)
    server.break_at = None
    download(server.url, target)
    assert target.read_bytes() == server.content


def test_a_wrong_checksum_adds_nothing(server):
    with pytest.raises(AtlasError, match="SHA-256"):
        fetch_natural_earth(url=server.url, sha256="0" * 64)
    assert list((data_folder() / "downloads").glob("[!.]*")) == []
    assert user_stores() == ()


@pytest.mark.parametrize("status", [404, 416, 500])
def test_a_server_that_refuses_is_named(server, tmp_path, status):
    server.status = status
    with pytest.raises(AtlasError, match=str(status)):
        download(server.url, tmp_path / "x.zip")


def test_no_server_and_no_web_address(tmp_path):
    with Server(b"") as gone:
        url = gone.url
    with pytest.raises(AtlasError, match="download failed"):
        download(url, tmp_path / "x.zip")
    with pytest.raises(AtlasError, match="https://"):
        download((tmp_path / "x").as_uri(), tmp_path / "x.zip")


def test_an_interrupted_write_leaves_the_old_file(server, tmp_path):
    target = tmp_path / "x.zip"
    target.write_bytes(b"old and whole")
    server.break_at = 10
    with pytest.raises(AtlasError):
        download(server.url, target)
    assert target.read_bytes() == b"old and whole"


_ADD = """
import sys
from withinreach.atlas.user_outlines import add_outlines
for _ in range(20):
    add_outlines(sys.argv[1])
"""
_FETCH = """
import sys
from withinreach.atlas.download import fetch_natural_earth
fetch_natural_earth(url=sys.argv[1])
"""


def started(program, argument, limit_bytes=None):
    """Start a program of its own, which may write no file larger than the limit."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, limit_bytes))

    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", program, str(argument)],
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=None if limit_bytes is None else limit,
    )


def dense(name):
    """Return a file of many outlines of one name each, as large as the disk in the tests."""
    ring = shapely.get_coordinates(shapely.Point(10, 50).buffer(1, quad_segs=200)).tolist()
    return geojson(*(feature(ring, name=f"{name} {i}", iso_a2="QX") for i in range(20)))


def test_a_full_disk_keeps_the_outlines_of_before(tmp_path):
    add_outlines(write(tmp_path, "b.geojson", as_geojson(NORTH)))
    write(tmp_path, "b.geojson", dense("Large"))
    said = started(_ADD, tmp_path / "b.geojson", 30_000).communicate()[1]
    assert "OutputError" in said
    assert "cannot be written" in said
    user_stores.cache_clear()
    assert outline("region:QX-N").name == "Northland"
    kept = [path.name for path in (data_folder() / "outlines").iterdir()]
    assert kept == ["b-geojson.geom"]


def test_a_full_disk_breaks_a_download_that_can_go_on(server):
    server.content = gzip.compress(dense("Large"), compresslevel=0)
    said = started(_FETCH, server.url, 100_000).communicate()[1]
    assert "OutputError" in said
    assert "cannot be written" in said
    kept = data_folder() / "downloads"
    assert sorted(path.name for path in kept.glob("[!.]*")) == [
        "provinces.zip.etag",
        "provinces.zip.part",
    ]
    have = (kept / "provinces.zip.part").stat().st_size
    assert server.content.startswith((kept / "provinces.zip.part").read_bytes())
    assert fetch_natural_earth(url=server.url).count == 20
    assert server.requests[-1] == f"bytes={have}-"


def test_two_processes_add_one_file_at_once(tmp_path):
    path = write(tmp_path, "b.geojson", as_geojson(NORTH))
    processes = [started(_ADD, path) for _ in range(2)]
    assert [process.communicate()[1] for process in processes] == ["", ""]
    assert outline("region:QX-N").geometry.equals(shapely.Polygon(NORTH))
    assert len(list((data_folder() / "outlines").iterdir())) == 1


def test_two_processes_fetch_at_once(server):
    server.content = gzip.compress(dense("Large"), compresslevel=0)
    server.piece_bytes, server.pause_s = 1 << 16, 0.1
    processes = [started(_FETCH, server.url) for _ in range(2)]
    assert [process.communicate()[1] for process in processes] == ["", ""]
    assert (data_folder() / "downloads" / "provinces.zip").read_bytes() == server.content
    assert len(user_stores()[0].records) == 20


def test_a_part_that_was_tampered_with_is_found_by_its_checksum(server, tmp_path):
    digest = hashlib.sha256(server.content).hexdigest()
    target = tmp_path / "x.zip"
    server.break_at = 300
    with pytest.raises(AtlasError):
        download(server.url, target, sha256=digest)
    part = tmp_path / "x.zip.part"
    part.write_bytes(b"?" * part.stat().st_size)
    server.break_at = None
    with pytest.raises(AtlasError, match="SHA-256"):
        download(server.url, target, sha256=digest)
    download(server.url, target, sha256=digest)
    assert target.read_bytes() == server.content


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="the rule of free desktops")
def test_the_data_folder_follows_the_platform(tmp_path, monkeypatch):
    monkeypatch.delenv("WITHINREACH_DATA")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert data_folder() == tmp_path / "withinreach"
    monkeypatch.delenv("XDG_DATA_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert data_folder() == tmp_path / "home" / ".local" / "share" / "withinreach"
    assert outline("region:crimea").name == "Crimea"
