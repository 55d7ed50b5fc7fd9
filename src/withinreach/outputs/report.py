"""The report: all that a scenario gives, in one folder, tied together by index.html."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from withinreach.errors import OutputError
from withinreach.files import check_writable, write_whole
from withinreach.outputs.page_words import page_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from withinreach.reach import Reach
    from withinreach.rings import Ring
    from withinreach.scenario import Scenario
    from withinreach.verdict import Verdict

__all__ = ["REPORT_FILES", "check_folder", "report_files", "write_report"]

# What each file is for, in the words of the index; index.html itself comes last.
REPORT_FILES = {
    "map.html": "the interactive map: one file, opens offline in any browser",
    "map.svg": "the static map for print and layout programs",
    "map.png": "the static map as a picture",
    "verdicts.md": "every verdict with its reason, for an editor's desk",
    "verdicts.json": "the same for programs",
    "rings.geojson": "origins, rings, targets and places for QGIS or geojson.io",
    "cities.csv": "the targets and every listed place inside a ring, for a spreadsheet",
    "scenario.toml": "what was read; correct it and run the report again",
}


def report_files(
    scenario: Scenario,
    rings: Sequence[Ring],
    reach: Reach,
    verdicts: Sequence[Verdict],
    *,
    page: str,
    scenario_toml: str,
) -> dict[str, str | bytes]:
    """Return the content of every file of a report by its name; the same input, the same bytes.

    `page` is the interactive map's HTML, `scenario_toml` the scenario file.
    """
    from withinreach.outputs.figure import figure_png, figure_svg, static_map
    from withinreach.outputs.geojson import feature_collection
    from withinreach.outputs.records import verdict_records
    from withinreach.outputs.table import reach_csv
    from withinreach.outputs.verdicts import verdicts_markdown

    collection = feature_collection(scenario, rings=rings, reach=reach, verdicts=verdicts)
    figure = static_map(scenario, rings, reach, verdicts)
    return {
        "map.html": page,
        "map.svg": figure_svg(figure),
        "map.png": figure_png(figure),
        "verdicts.md": verdicts_markdown(scenario, verdicts),
        "verdicts.json": _json(verdict_records(scenario, verdicts)),
        "rings.geojson": _json(collection),
        "cities.csv": reach_csv(reach),
        "scenario.toml": scenario_toml,
        "index.html": _index(scenario, reach, verdicts),
    }


def write_report(
    folder: str | Path, files: Mapping[str, str | bytes], *, force: bool = False
) -> Path:
    """Write the files of a report; the folder is made if it is missing.

    Nothing is written when one of them exists already, unless with `force`.
    """
    folder = check_folder(folder, force=force)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"{folder}: the folder cannot be made ({reason})") from None
    for name, content in files.items():
        write_whole(folder / name, content, force=force)
    return folder


def check_folder(folder: str | Path, *, force: bool = False) -> Path:
    """Return the folder if a report can be written there, else raise `OutputError`."""
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"{folder}: a file, not a folder; give another name")
    if not folder.exists():
        if not folder.parent.is_dir():
            raise OutputError(
                f"{folder}: the folder {folder.parent} does not exist; create it first"
            )
        return folder
    for name in (*REPORT_FILES, "index.html"):
        check_writable(folder / name, force=force)
    return folder


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _index(scenario: Scenario, reach: Reach, verdicts: Sequence[Verdict]) -> str:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    loader = PackageLoader("withinreach.outputs", "templates")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    words = page_words(scenario, reach, verdicts)
    return environment.get_template("report.html.j2").render(page=words, files=REPORT_FILES) + "\n"
