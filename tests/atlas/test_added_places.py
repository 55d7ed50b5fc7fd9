"""GeoNames dumps of a user's own: rows invented here, in the format of the real files."""

import io
import resource
import subprocess
import sys
import zipfile

import numpy as np
import pytest

from withinreach.atlas.add_dump import add_dump
from withinreach.atlas.added import added, remove_added
from withinreach.atlas.added_places import places_folder
from withinreach.atlas.gazetteer import Gazetteer
from withinreach.atlas.geonames_dump import BadLine, is_dump, read_dump
from withinreach.atlas.lookup import inside
from withinreach.atlas.names import fold
from withinreach.atlas.table import PlaceTable
from withinreach.errors import AtlasError, OutputError, WithinreachWarning
from withinreach.reading import read

RUTBA = 98677  # Ar Ruţbah is in the shipped table under this number


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("WITHINREACH_DATA", str(tmp_path / "data"))
    PlaceTable.open.cache_clear()
    yield
    PlaceTable.open.cache_clear()


def line(geonameid, name, **cells):
    """Return a line of a dump; Anbar (code 01) in Iraq unless told otherwise."""
    known = {
        "others": "", "lat": "33.1", "lon": "41.2", "class_": "P", "code": "PPL", "country": "IQ",
        "division": "01", "persons": "0",
    }  # fmt: skip
    assert set(cells) <= set(known)
    c = known | cells
    return "\t".join(
        [str(geonameid), name, name, c["others"], c["lat"], c["lon"], c["class_"], c["code"],
         c["country"], "", c["division"], "", "", "", c["persons"], "", "300", "Asia/Baghdad",
         "2024-01-01"]
    )  # fmt: skip


def dump(tmp_path, *lines, name="IQ.txt", end="\n"):
    path = tmp_path / name
    path.write_bytes("".join(one + end for one in lines).encode())
    return path


QUXABAD = "Qūxābād,قوكساباد"
IRAQ = (
    line(50_000_001, "Quxabad", others=f"Quksabad,{QUXABAD},QXB,http://x.org/a", persons="900"),
    line(50_000_002, "Al Quxiyah"),
    line(50_000_003, "Quxland District", class_="A", code="ADM3"),
    line(50_000_004, "Wadi Qux", class_="H", code="STM", lat="33.4"),
    line(50_000_005, "Jabal Qux", class_="T", code="MTS", division="99"),
    line(50_000_006, "Qux Air Base", class_="S", code="AIRB"),
    line(50_000_007, "Qux Spring", class_="H", code="SPNG"),
    line(50_000_008, "Old Qux", code="PPLH"),
    line(RUTBA, "Ar Ruţbah", persons="22370"),
    line(50_000_009, "Euphrates River", class_="H", code="STM", lat="33.5", lon="43.0"),
)  # fmt: skip


def found(name):
    return [one.place for one in PlaceTable.open().find(name, limit=10)]


def test_the_gazetteer_finds_what_was_added(tmp_path):
    shipped = len(PlaceTable.open())
    assert found("Quxabad") == []
    result = add_dump(dump(tmp_path, *IRAQ))
    assert result.by_kind == {"town": 2, "region": 1, "water": 1, "other": 1}
    assert result.known_before == 2
    assert (result.countries, result.bad_count) == (("IQ",), 0)
    table = PlaceTable.open()
    assert len(table) == shipped + 5

    (place,) = found("Quxabad")
    assert (place.id, place.kind, place.country) == ("geonames:50000001", "town", "IQ")
    assert (place.admin1, place.population_persons) == ("Anbar", 900)
    assert (place.lon, place.lat, place.source) == (41.2, 33.1, "GeoNames")
    for name in ("Quksabad", "قوكساباد", "QŪXĀBĀD", "Quxabad, Anbar", "Quxabad, Iraq"):
        assert found(name) == [place], name
    assert found("Quxabad, Syria") == []
    assert found("QXB") == []
    # The rules of the language hold for added names too, and so does the look-up by sound.
    assert [p.name for p in found("Quxiyah")] == ["Al Quxiyah"]
    assert "Al Quxiyah" in [p.name for p in found("Quxiyya")]
    assert [(p.name, p.kind) for p in found("Wadi Qux")] == [("Wadi Qux", "water")]
    assert found("Jabal Qux")[0].admin1 is None
    assert found("Quxland District")[0].uncertainty_km == 15.0
    for refused in ("Qux Air Base", "Qux Spring", "Old Qux"):
        assert found(refused) == []
    assert Gazetteer().geocode("Quxabat").raw["name"] == "Quxabad"


def test_what_ships_is_there_once_and_unchanged(tmp_path):
    before = PlaceTable()
    add_dump(dump(tmp_path, *IRAQ))
    table = PlaceTable.open()
    ids = [table.id(row) for row in table.rows("Ar Ruţbah").tolist()]
    assert ids.count(f"geonames:{RUTBA}") == 1
    rivers = [p for p in found("Euphrates River") if p.kind == "water"]
    assert len(rivers) == 1
    assert table.town_count == before.town_count
    assert table.capitals == before.capitals
    for name in ("Paris", "Kerbala", "Tripoli", "Georgia", "xyzzy"):
        assert table.rows(name).tolist() == before.rows(name).tolist()
        assert (
            table.weights_of_key(fold(name)).tolist() == before.weights_of_key(fold(name)).tolist()
        )
    assert table.prefixes("new york city hall") == ["new york city", "new york"]
    assert [one.place for one in table.find("Paris, Texas")] == [
        one.place for one in before.find("Paris, Texas")
    ]
    for row in range(0, len(before), 9973):
        assert table.place(row) == before.place(row)


def test_an_added_namesake_takes_its_place_by_its_people(tmp_path):
    small = line(50_000_001, "Paris", persons="150")
    large = line(50_000_002, "Kerbala", persons="40000000", country="")
    add_dump(dump(tmp_path, small, large))
    table = PlaceTable.open()
    weights = table.weights_of_key("paris")
    assert (np.diff(weights.astype(float)) <= 0).all()
    assert len(weights) == len(table.rows("Paris"))
    assert found("Paris")[0].country == "FR"
    assert found("Kerbala")[0].id == "geonames:50000002"
    assert found("Kerbala")[0].country is None
    assert "paris" in table.trie
    assert table.prefixes("kerbala") == ["kerbala"]
    assert table.trie.keys("quxnone") == []
    assert table.trie.keys("kerbala")[0] == "kerbala"


def test_containment_goes_by_the_shipped_provinces(tmp_path):
    add_dump(dump(tmp_path, *IRAQ))
    table = PlaceTable.open()
    row = int(table.rows("Quxabad")[0])
    anbar, nineveh = (int(table.rows(name)[0]) for name in ("Anbar", "Nineveh"))
    assert inside(table, row, anbar)
    assert not inside(table, row, nineveh)


def test_an_article_names_what_was_added(tmp_path):
    text = "BAGHDAD - Missiles were stationed in the town of Quxabad, Iraq, officials said."
    add_dump(dump(tmp_path, *IRAQ))
    mentions = {m.name: m.place for m in read(text, PlaceTable.open()).places}
    assert mentions["Quxabad"].id == "geonames:50000001"


def test_adding_again_replaces(tmp_path):
    def content():
        files = sorted(path for path in places_folder().rglob("*") if path.is_file())
        return {path.relative_to(places_folder()): path.read_bytes() for path in files}

    path = dump(tmp_path, *IRAQ)
    first = add_dump(path)
    before = content()
    assert add_dump(path) == first
    assert content() == before
    add_dump(dump(tmp_path, line(50_000_020, "Newqux"), name="iraq-new.txt"))
    assert found("Quxabad") == []
    assert [p.name for p in found("Newqux")] == ["Newqux"]
    assert [(one.name, one.holds, one.count) for one in added()] == [("iq", "places", 1)]


def test_countries_stay_apart(tmp_path):
    add_dump(dump(tmp_path, *IRAQ))
    syria = line(50_000_030, "Quxqamishli", country="SY", division="01")
    add_dump(dump(tmp_path, syria, name="SY.txt"))
    assert [one.name for one in added()] == ["iq", "sy"]
    assert found("Quxabad")
    assert found("Quxqamishli")
    add_dump(dump(tmp_path, line(50_000_031, "Quxhoms", country="SY"), *IRAQ, name="both.txt"))
    assert [one.name for one in added()] == ["iq-sy"]
    with pytest.raises(AtlasError, match=r"IQ was added before .* atlas remove iq-sy"):
        add_dump(dump(tmp_path, *IRAQ))
    assert found("Quxhoms")
    remove_added("iq-sy")
    assert found("Quxabad") == []
    assert added() == ()
    with pytest.raises(AtlasError, match="nothing was added"):
        remove_added("iq-sy")


def test_a_zip_file_is_read_as_it_is(tmp_path):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "not the dump\n" * 9999)
        archive.writestr("IQ.txt", "".join(f"{one}\r\n" for one in IRAQ))
    path = tmp_path / "IQ.zip"
    path.write_bytes(packed.getvalue())
    assert is_dump(path)
    assert add_dump(path).count == 5
    assert found("Quxabad")
    path.write_bytes(packed.getvalue()[:200])
    with pytest.raises(AtlasError, match="cannot be read"):
        add_dump(path)
    assert found("Quxabad")


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        ("50000090\tQux\t\t", "4 columns, not 19"),
        (line("Q1", "Qux"), "geonameid 'Q1' is no number"),
        (line(10**12, "Qux"), "none of GeoNames'"),
        (line(50_000_090, "Qux", lat="93"), "latitude '93'"),
        (line(50_000_090, "Qux", lon="nan"), "longitude 'nan'"),
        (line(50_000_090, "Qux", lon=""), "longitude ''"),
        (line(50_000_090, "Qux", persons="many"), "population 'many'"),
        (line(50_000_090, "Qux", country="IRQ"), "country code 'IRQ'"),
        (line(50_000_090, "Qux", country="QQ"), "country code 'QQ'"),
        (line(50_000_090, " \x00\x1b "), "no name"),
        ("x" * 1_000_000, "1 columns"),
    ],
)
def test_a_bad_line_is_named_and_passed_over(tmp_path, bad, said):
    result = add_dump(dump(tmp_path, bad, IRAQ[0], bad, IRAQ[1]))
    assert result.count == 2
    assert result.bad_count >= 2
    assert result.bad_lines[0].number == 1
    assert said in result.bad_lines[0].said
    assert len(result.bad_lines[0].said) < 60


@pytest.mark.parametrize(
    ("name", "content", "meant"),
    [
        ("IQ.txt", b"any words", True),
        ("places.tsv", IRAQ[0].encode(), True),
        ("places.tsv", b"a\tb\n", False),
        ("borders.txt", b'{"type": "FeatureCollection", "features": []}', False),
        ("borders.geojson", b'{"type": "FeatureCollection", "features": []}', False),
        ("borders.zip", b"PK and no more", False),
    ],
)
def test_a_dump_is_told_from_boundaries(tmp_path, name, content, meant):
    path = tmp_path / name
    path.write_bytes(content)
    assert is_dump(path) is meant


def test_bytes_that_are_no_text_are_a_bad_line(tmp_path):
    path = tmp_path / "IQ.txt"
    path.write_bytes(b"\xef\xbb\xbf" + IRAQ[0].encode() + b"\n\xff\xfe\n\n" + IRAQ[1].encode())
    rows = list(read_dump(path, {"IQ"}))
    assert [row.name for row in rows if not isinstance(row, BadLine)] == ["Quxabad", "Al Quxiyah"]
    assert [row for row in rows if isinstance(row, BadLine)] == [BadLine(2, "not UTF-8")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"\n\n", "it is empty"),
        (b"some words\nand more\n", "line 1: 1 columns, not 19"),
        (b"IQ\t10001\tBaghdad\n" * 1000, "line 1: 3 columns, not 19"),
        (b"\x00" * 100_000, "line 1: 1 columns, not 19"),
    ],
)
def test_a_file_that_is_no_dump_is_refused(tmp_path, content, said):
    path = tmp_path / "IQ.txt"
    path.write_bytes(content)
    with pytest.raises(AtlasError, match=said):
        add_dump(path)
    assert list(places_folder().iterdir()) == []


def test_a_dump_of_known_places_and_a_missing_one(tmp_path):
    with pytest.raises(AtlasError, match="knows all of its 1 places"):
        add_dump(dump(tmp_path, line(RUTBA, "Ar Ruţbah")))
    with pytest.raises(AtlasError, match="cannot be read"):
        add_dump(tmp_path / "nothing.txt")


@pytest.mark.parametrize("harm", ["cut", "gone", "about", "version"])
def test_a_damaged_folder_is_left_out_with_a_warning(tmp_path, harm):
    path = dump(tmp_path, *IRAQ)
    add_dump(path)
    add_dump(dump(tmp_path, line(50_000_030, "Quxqamishli", country="SY"), name="SY.txt"))
    folder = places_folder() / "iq"
    if harm == "cut":
        column = folder / "0" / "lon.npy"
        column.write_bytes(column.read_bytes()[:-8])
    elif harm == "gone":
        (folder / "0" / "keys.marisa").unlink()
    elif harm == "about":
        (folder / "about.json").write_text("{")
    else:
        about = folder / "about.json"
        about.write_text(about.read_text().replace('"version":1', '"version":99'))
    PlaceTable.open.cache_clear()
    with pytest.warns(WithinreachWarning, match="left out"):
        assert found("Quxabad") == []
    assert found("Quxqamishli")
    with pytest.warns(WithinreachWarning, match="left out"):
        assert [(one.name, one.count) for one in added()] == [("iq", -1), ("sy", 1)]
    with pytest.warns(WithinreachWarning, match="left out"):
        add_dump(path)
    assert found("Quxabad")


def test_a_folder_that_cannot_be_written_is_said_so(tmp_path, monkeypatch):
    path = dump(tmp_path, *IRAQ)
    monkeypatch.setenv("WITHINREACH_DATA", str(path / "below a file"))
    with pytest.raises(OutputError, match="cannot be written"):
        add_dump(path)


_ADD = "import sys; from withinreach.atlas.add_dump import add_dump; add_dump(sys.argv[1])"


def run_add(path, before=None):
    command = [sys.executable, "-W", "error", "-c", _ADD, str(path)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=before)


@pytest.mark.skipif(sys.platform == "win32", reason="limits are POSIX's")
def test_a_full_disk_leaves_what_was_there(tmp_path):
    add_dump(dump(tmp_path, *IRAQ))
    rows = [line(51_000_000 + i, f"Quxville {i}") for i in range(3000)]
    larger = dump(tmp_path, *rows, name="more.txt")
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))  # noqa: E731
    process = run_add(larger, limit)
    assert "OutputError" in process.communicate()[1]
    PlaceTable.open.cache_clear()
    assert found("Quxabad")
    assert [path.name for path in places_folder().iterdir()] == ["iq"]


def test_two_processes_add_at_once(tmp_path):
    one = dump(tmp_path, *(line(51_000_000 + i, f"Quxone {i}") for i in range(500)), name="a.txt")
    other = dump(tmp_path, *(line(52_000_000 + i, f"Quxtwo {i}") for i in range(500)), name="b.txt")
    processes = [run_add(path) for path in (one, other, one, other)]
    assert [process.communicate()[1] for process in processes] == [""] * 4
    assert [path.name for path in places_folder().iterdir()] == ["iq"]
    assert bool(found("Quxone 7")) != bool(found("Quxtwo 7"))


def test_a_table_is_whole_while_others_add(tmp_path):
    one = dump(tmp_path, *(line(51_000_000 + i, f"Quxone {i}") for i in range(300)), name="a.txt")
    other = dump(tmp_path, *(line(52_000_000 + i, f"Quxtwo {i}") for i in range(500)), name="b.txt")
    add_dump(one)
    table = PlaceTable.open()
    processes = [run_add(other), run_add(one)]
    opened = 0
    while any(process.poll() is None for process in processes):
        PlaceTable.open.cache_clear()
        again = PlaceTable.open()
        opened += 1
        # Between two renames there is nothing for an instant.
        last = {300: "Quxone 299", 500: "Quxtwo 499", 0: again.name(len(again) - 1)}
        assert again.name(len(again) - 1) == last[len(again) - len(PlaceTable())]
    assert [process.communicate()[1] for process in processes] == ["", ""]
    assert opened > 2
    # The table that was opened first does not change under its user.
    assert [table.name(row) for row in table.rows("Quxone 7").tolist()] == ["Quxone 7"]


_MEASURED = """
import resource, sys
from withinreach.atlas.add_dump import add_dump
from withinreach.atlas.table import PlaceTable
PlaceTable.open().rows("Paris")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(add_dump(sys.argv[1]).count)
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss in KiB is Linux's")
def test_half_a_million_rows_take_no_more_memory_than_a_part(tmp_path):
    path = tmp_path / "US.txt"
    with path.open("w") as file:
        for i in range(500_000):
            file.write(
                line(50_000_000 + i, f"Qux{i:x}ville", others=f"Q{i:o}q", country="US") + "\n"
            )
    run = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(path)], capture_output=True, text=True, check=True
    )
    count, grown_mb = run.stdout.split()
    assert count == "500000"
    # A part of 50,000 rows; all names at once would take three times as much.
    assert float(grown_mb) < 150
    assert path.stat().st_size > 30e6
