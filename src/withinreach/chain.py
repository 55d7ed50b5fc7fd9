"""The whole chain in one object: article, places, scenario, rings, reach, verdicts, outputs."""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from withinreach.article import Article, article_from_text, read_article
from withinreach.errors import ArticleError, NothingToDrawError, WithinreachWarning
from withinreach.reach import LISTED_PERSONS, Reach, reach_of
from withinreach.rings import Ring, rings
from withinreach.scenario import (
    Scenario,
    is_located,
    scenario_from_places,
    scenario_from_reading,
    with_places,
    with_ranges,
)
from withinreach.verdict import Verdict, judge

if TYPE_CHECKING:
    import folium
    from geopy.geocoders.base import Geocoder

    from withinreach.atlas.online import OnlineGeocoder
    from withinreach.atlas.place import Place
    from withinreach.atlas.table import PlaceTable
    from withinreach.reading.statements import PlaceMention, Reading

__all__ = ["Study", "study", "study_places", "study_text"]

# Drawn rings lie within this of the true ring: half a pixel where a ring fills the screen.
_PAGE_TOLERANCE_M = 200.0
_EXPORT_TOLERANCE_M = 10.0


class Study:
    """All results of one article or scenario; each is computed when first asked for.

    `article` and `reading` are None for a study of a scenario; `scenario_file` is the text of its
    file then. `min_persons` is the population from which listed places count.
    """

    def __init__(
        self,
        scenario: Scenario,
        *,
        article: Article | None = None,
        reading: Reading | None = None,
        scenario_file: str | None = None,
        min_persons: int = LISTED_PERSONS,
    ) -> None:
        self.scenario = scenario
        self.scenario_file = scenario_file
        self.article = article
        self.reading = reading
        self.min_persons = min_persons

    @property
    def places(self) -> tuple[PlaceMention, ...]:
        """The place mentions of the article, in text order; empty for a scenario."""
        return () if self.reading is None else self.reading.places

    @cached_property
    def rings(self) -> tuple[Ring, ...]:
        """Outer and inner rings, exact to 10 m along their edges."""
        return rings(self.scenario, tolerance_m=_EXPORT_TOLERANCE_M)

    @cached_property
    def reach(self) -> Reach:
        """Which listed places and targets each ring covers."""
        return reach_of(self.scenario, _place_table(), min_persons=self.min_persons)

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What the scenario says of every claim."""
        return judge(self.scenario)

    def adding(self, origins: Sequence[Place], targets: Sequence[Place]) -> Study:
        """Return a study with origins and targets added by hand, each pair asked about."""
        return Study(
            with_places(self.scenario, origins, targets),
            article=self.article,
            reading=self.reading,
            scenario_file=self.scenario_file,
            min_persons=self.min_persons,
        )

    def check_drawable(self) -> None:
        """Raise `NothingToDrawError` when there is no origin or no range, and say what to do."""
        if not any(is_located(origin) for origin in self.scenario.origins):
            raise NothingToDrawError(
                "no place to launch from was found; name one with --from, or edit the file that "
                "`withinreach scenario` writes"
            )
        if not self.scenario.ranges:
            raise NothingToDrawError(
                "no range was found; give one with --range, for example --range 300,700"
            )

    def map(self) -> folium.Map:
        """Return the interactive map; `.save("map.html")` writes a page that opens offline."""
        from withinreach.outputs.webmap import web_map

        self.check_drawable()
        drawn = rings(self.scenario, tolerance_m=_PAGE_TOLERANCE_M)
        return web_map(self.scenario, drawn, self.reach, self.verdicts)

    def page(self) -> str:
        """Return the self-contained HTML page of the map."""
        from withinreach.outputs.webmap import page_html

        self.check_drawable()
        drawn = rings(self.scenario, tolerance_m=_PAGE_TOLERANCE_M)
        return page_html(self.scenario, drawn, self.reach, self.verdicts)

    def to_geojson(self, path: str | Path | None = None, *, force: bool = False) -> dict[str, Any]:
        """Return all origins, rings, targets and listed places as a FeatureCollection.

        With `path` it is written there too.
        """
        from withinreach.files import write_whole
        from withinreach.outputs.geojson import feature_collection

        self.check_drawable()
        collection = feature_collection(
            self.scenario, rings=self.rings, reach=self.reach, verdicts=self.verdicts
        )
        if path is not None:
            write_whole(path, json.dumps(collection, ensure_ascii=False) + "\n", force=force)
        return collection

    def report(self, folder: str | Path, *, force: bool = False) -> Path:
        """Write map, rings, cities, scenario, verdicts and an index.html into a folder.

        The folder is made if it is missing; existing files are replaced only with `force`.
        """
        from withinreach.outputs.report import check_folder, report_files, write_report

        check_folder(folder, force=force)
        self.check_drawable()
        files = report_files(
            self.scenario,
            self.rings,
            self.reach,
            self.verdicts,
            page=self.page(),
            scenario_toml=self.scenario_toml(),
        )
        return write_report(folder, files, force=force)

    def scenario_toml(self) -> str:
        """Return the scenario as a commented TOML file, to be corrected by hand.

        A scenario that came from a file keeps that file's comments.
        """
        from withinreach.scenario.file_write import dump_scenario, extend_scenario_text

        if self.scenario_file is not None:
            return extend_scenario_text(self.scenario_file, self.scenario)
        return dump_scenario(self.scenario, self.reading)

    def _repr_html_(self) -> str:
        from withinreach.notebook import card_html

        return card_html(self)


def study(
    source: str | Path | BinaryIO,
    *,
    name: str | None = None,
    ranges_km: Sequence[float] = (),
    min_persons: int = LISTED_PERSONS,
    online: str | Geocoder | OnlineGeocoder | None = None,
) -> Study:
    """Study an article or a scenario (`.toml`) from a path or an open binary file.

    `ranges_km` stand in where an article states no range. A path that does not exist is an error
    (`ArticleError`, `ScenarioError`), never taken as a text; for a text there is `study_text`.
    Where a scenario's article lies beside it and has changed since, a `WithinreachWarning` says so.
    `online` is asked for names of an article that the atlas lacks: a geopy geocoder or its name,
    such as "nominatim"; without it nothing is asked of anyone.

    >>> import withinreach as wr
    >>> wr.study("seeds/iraq-2018.md").scenario.ranges[0].max_km
    700.0
    """
    name = name or (str(source) if isinstance(source, str | Path) else None)
    if name is not None and name.lower().endswith(".toml"):
        from withinreach.scenario.file_read import load_scenario, scenario_text

        text = scenario_text(source, name=name)
        scenario = load_scenario(text, name=name)
        _check_article(scenario, Path(name).parent)
        return Study(with_ranges(scenario, ranges_km), scenario_file=text, min_persons=min_persons)
    article = read_article(source, name=name)
    return _study_article(article, ranges_km=ranges_km, min_persons=min_persons, online=online)


def study_text(
    text: str,
    *,
    title: str | None = None,
    ranges_km: Sequence[float] = (),
    min_persons: int = LISTED_PERSONS,
    online: str | Geocoder | OnlineGeocoder | None = None,
) -> Study:
    """Study the words of an article; arguments as for `study`."""
    article = article_from_text(text, title=title)
    return _study_article(article, ranges_km=ranges_km, min_persons=min_persons, online=online)


def study_places(
    origins: Sequence[Place],
    targets: Sequence[Place] = (),
    *,
    ranges_km: Sequence[float],
    min_persons: int = LISTED_PERSONS,
) -> Study:
    """Study places and ranges (km) given by hand, without an article."""
    return Study(scenario_from_places(origins, ranges_km, targets), min_persons=min_persons)


def _study_article(
    article: Article,
    *,
    ranges_km: Sequence[float],
    min_persons: int,
    online: str | Geocoder | OnlineGeocoder | None,
) -> Study:
    from withinreach.reading import read

    reading = read(article.text, _place_table(), online=_fallback(online))
    scenario = with_ranges(scenario_from_reading(article, reading), ranges_km)
    return Study(scenario, article=article, reading=reading, min_persons=min_persons)


def _check_article(scenario: Scenario, folder: Path) -> None:
    """Warn when the article that lies beside a scenario is not the text it was written from."""
    source = scenario.source
    if source.text_sha256 is None or source.file is None or Path(source.file).name != source.file:
        return
    try:
        article = read_article(folder / source.file)
    except ArticleError:
        return
    if article.text_sha256 != source.text_sha256:
        warnings.warn(
            f"{folder / source.file} has changed since this scenario was written from it: its "
            "quotes may no longer be there; write the scenario again, or correct it",
            WithinreachWarning,
            stacklevel=3,
        )


def _fallback(online: str | Geocoder | OnlineGeocoder | None) -> OnlineGeocoder | None:
    if online is None:
        return None
    from withinreach.atlas.online import OnlineGeocoder

    return online if isinstance(online, OnlineGeocoder) else OnlineGeocoder(online)


def _place_table() -> PlaceTable:
    from withinreach.atlas.table import PlaceTable

    return PlaceTable.open()
