"""Areas that are awkward: bent, with a hole, across ±180°, round a pole; and samples of them."""

from itertools import pairwise

import numpy as np
import shapely
from pyproj import Geod
from shapely import MultiPolygon, Polygon

GEOD = Geod(ellps="WGS84")
BENT = Polygon([(38.8, 33.4), (42.4, 31.1), (44, 32.2), (42.5, 33), (42.5, 34.4), (41.2, 34.6)])
HOLED = Polygon(
    [(0, 40), (10, 40), (10, 48), (0, 48)], [[(3, 42), (3, 46), (7, 46), (7, 42), (3, 42)]]
)
ISLES = MultiPolygon(
    [
        Polygon([(177, -18.5), (180, -18.5), (180, -16), (177, -16)]),
        Polygon([(-180, -18.5), (-179, -18.5), (-179, -16), (-180, -16)]),
    ]
)
POLAR = Polygon([(-180, -90), (180, -90), (180, -70), (60, -66), (-60, -72), (-180, -70)])
AREAS = {"bent": BENT, "holed": HOLED, "isles": ISLES, "polar": POLAR}


def samples(area, step_m=300):
    lons, lats = [], []
    for part in shapely.get_parts(area):
        lines = [part.exterior, *part.interiors] if part.geom_type == "Polygon" else [part]
        for line in lines:
            c = list(line.coords)
            for (x0, y0), (x1, y1) in pairwise(c):
                count = max(int(GEOD.inv(x0, y0, x1, y1)[2] // step_m), 1)
                between = GEOD.npts(x0, y0, x1, y1, count)
                lons += [x0, *(p[0] for p in between)]
                lats += [y0, *(p[1] for p in between)]
    return np.array(lons), np.array(lats)
