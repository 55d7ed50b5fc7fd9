"""The options of every command; imports nothing heavy, so that --help answers at once."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from withinreach import __version__
from withinreach.cli.range_option import ranges_km

__all__ = ["parsed", "parser"]

_DESCRIPTION = """\
Reads range claims in a news article, draws exact range rings without a
network, and says which of the claims hold."""

_EPILOG = """\
ARTICLE is a .txt, .md or .html file or - for standard input; SCENARIO is a
.toml file that `withinreach scenario` wrote. Without either, --from, --range
and --to say what to draw.

  withinreach map article.html -o map.html
  withinreach map --from "Sindh, Pakistan" --range 300 --to Delhi -o map.html
  withinreach scenario article.txt -o mine.toml     correct it by hand, then:
  withinreach check mine.toml

exit codes: 0 done, 1 error, 2 wrong usage, 3 nothing to draw (no origin or no
range)"""


def parsed(argv: Sequence[str] | None) -> argparse.Namespace:
    """Return the options of a command line; wrong usage ends the run with exit code 2."""
    top = parser()
    options = top.parse_args(argv)
    jsonl = options.command == "places" and options.jsonl
    if jsonl and options.format not in (None, "jsonl"):
        top.error(f"--jsonl writes JSON lines and nothing else: leave out -f {options.format}")
    return options


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    top = argparse.ArgumentParser(
        prog="withinreach",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"withinreach {__version__}")
    verbs = top.add_subparsers(dest="command", required=True, metavar="COMMAND", title="commands")

    _draws(verbs, "map", "an interactive map as one HTML file that opens offline", output=True)
    places = _verb(verbs, "places", "the places that an article names")
    _source(places, "ARTICLE", "the article: a file, or - for standard input")
    _online(places)
    _output(places, ["table", "json", "jsonl", "geojson", "csv"])
    places.add_argument(
        "--jsonl",
        action="store_true",
        help='many articles: {"id", "text"} lines in, one line of places, ranges, claims out',
    )
    places.add_argument(
        "--jobs", type=_count, default=1, metavar="N", help="processes for --jsonl (default 1)"
    )
    scenario = _verb(verbs, "scenario", "what an article says, as a file to correct by hand")
    _source(scenario, "ARTICLE|SCENARIO", "an article or a scenario")
    _by_hand(scenario)
    scenario.add_argument(
        "--schema", action="store_true", help="the JSON Schema of scenario files, for editors"
    )
    _online(scenario)
    _output(scenario, ["toml", "json"])
    rings = _draws(verbs, "rings", "the rings as GeoJSON")
    _output(rings, ["geojson"])
    reach = _draws(verbs, "reach", "the towns and targets inside every ring")
    _output(reach, ["table", "csv", "json", "geojson"])
    check = _draws(verbs, "check", "a verdict on every claim, with the reason")
    _output(check, ["text", "json", "markdown"])
    report = _draws(verbs, "report", "all of it in one folder, tied together by index.html")
    report.add_argument("-o", "--output", required=True, metavar="DIR", help="the folder to write")
    report.add_argument("--force", action="store_true", help="replace the files of an older report")
    geocode = _verb(verbs, "geocode", "look up places by name, offline")
    geocode.add_argument(
        "name", nargs="+", metavar="NAME", help='such as "Rutba" or "Paris, Texas"'
    )
    geocode.add_argument("-n", "--limit", type=_count, default=5, help="candidates (default 5)")
    _online(geocode)
    _output(geocode, ["table", "json", "geojson"])
    distance = _verb(verbs, "distance", "the distance between two places or areas, as an interval")
    distance.add_argument("a", metavar="A", help="a place, such as Aden or 45.04,12.78 (lon,lat)")
    distance.add_argument("b", metavar="B", help="another one")
    _online(distance)
    _output(distance, ["text", "json"])
    _atlas(_verb(verbs, "atlas", "add files of outlines or places, or download one"))
    return top


def _atlas(atlas: argparse.ArgumentParser) -> None:
    actions = atlas.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser(
        "add",
        help="add the outlines or the places of a file",
        description="Add a file of outlines (GeoJSON, TopoJSON, GeoPackage or zipped Shapefile), "
        "or of places (a GeoNames dump such as IQ.txt, or the zip file of it).",
    )
    add.add_argument("file", metavar="FILE")
    add.add_argument("--name-column", metavar="NAME", help="the column of names, if not found")
    add.add_argument("--code-column", metavar="NAME", help="the column of ISO 3166-2 codes")
    actions.add_parser(
        "list", help="what was added", description="List what was added, on standard output."
    )
    remove = actions.add_parser(
        "remove", help="remove what was added", description="Remove what was added."
    )
    remove.add_argument("name", metavar="NAME", help="its name in `withinreach atlas list`")
    fetch = actions.add_parser(
        "fetch",
        help="download the provinces of the world",
        description="Download Natural Earth's provinces (public domain) and add them.",
    )
    fetch.add_argument("what", choices=["natural-earth"])
    fetch.add_argument("--url", help="another address of the same file")
    fetch.add_argument("--sha256", metavar="HEX", help="what the file's SHA-256 must be")


def _verb(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    summary: str,
) -> argparse.ArgumentParser:
    return verbs.add_parser(
        name,
        help=summary,
        description=summary[0].upper() + summary[1:] + ".",
        allow_abbrev=False,
    )


def _draws(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    summary: str,
    *,
    output: bool = False,
) -> argparse.ArgumentParser:
    verb = _verb(verbs, name, summary)
    _source(verb, "ARTICLE|SCENARIO", "an article or a scenario; - for standard input")
    _by_hand(verb)
    _online(verb)
    verb.add_argument(
        "--min-population",
        type=_persons,
        default=100_000,
        metavar="N",
        help="list towns from N people on (default 100000; 0 lists all)",
    )
    if output:
        verb.add_argument("-o", "--output", required=True, metavar="FILE", help="the file to write")
        verb.add_argument("--force", action="store_true", help="replace an existing file")
    return verb


def _online(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--online",
        metavar="NAME",
        help="ask this geocoder of geopy's for names that the atlas lacks, such as nominatim",
    )
    verb.add_argument("--online-url", metavar="URL", help="the address of a server of your own")


def _source(verb: argparse.ArgumentParser, metavar: str, text: str) -> None:
    verb.add_argument("source", nargs="?", metavar=metavar, help=text)


def _by_hand(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--scenario", action="store_true", help="standard input is a scenario, not an article"
    )
    verb.add_argument(
        "--from",
        dest="origins",
        action="append",
        default=[],
        metavar="PLACE",
        help='an origin, such as "Sindh, Pakistan"; may be given again',
    )
    verb.add_argument(
        "--range",
        dest="ranges_km",
        type=ranges_km,
        default=(),
        metavar="KM[,KM]",
        help='ranges, such as 300 or 200,700 (two ranges, in km), "1,300 km" (one range, '
        'as it has a unit), "200-700 km", "435 miles" or "300 nm"',
    )
    verb.add_argument(
        "--to",
        dest="targets",
        action="append",
        default=[],
        metavar="PLACE[,PLACE]",
        help="targets; may be given again",
    )


def _output(verb: argparse.ArgumentParser, formats: list[str]) -> None:
    verb.add_argument(
        "-o", "--output", default="-", metavar="FILE", help="a file; - is standard output (default)"
    )
    verb.add_argument("--force", action="store_true", help="replace an existing file")
    verb.add_argument(
        "-f",
        "--format",
        choices=formats,
        help=f"default: by the ending of FILE, else {formats[0]}",
    )


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f'"{text}" is no number from 1 on')
    return int(text)


def _persons(text: str) -> int:
    plain = text.replace(",", "").replace("_", "")
    if not plain.isdigit():
        raise argparse.ArgumentTypeError(f'"{text}" is no number of people')
    return int(plain)
