"""A province and the town that it is named after: which of the two a bare name means."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from withinreach.atlas.names import fold, without_article
from withinreach.reading.weighing import Namesakes, apart_km

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from withinreach.atlas.table import PlaceTable

__all__ = ["town_first"]

_TOWN, _REGION = 0, 2
# As near as two answers to "where" that the weights were fitted to take for the same.
_SAME_KM = 161.0
# A province that is much more than its town is better known ("Quebec", "Okinawa", "Sinaloa").
_LEAST_OF_PROVINCE = 0.1
# "Hrodna" is Grodno spelled otherwise; Mehtar Lam is not Laghman.
_LEAST_ALIKE = 0.6


def town_first(
    one: Namesakes, share: NDArray[np.float64], table: PlaceTable
) -> NDArray[np.float64]:
    """Return the probabilities of namesakes, a likeliest province's exchanged with its town's.

    The weights do not tell a province from its town where the two are near each other. A bare name
    means the town, as in datelines, where the town bears it and has a good part of the province's
    people.
    """
    best = int(share.argmax())
    if one.kind[best] != _REGION or one.state[best] == 0:
        return share
    beside = (one.kind == _TOWN) & (one.country == one.country[best])
    beside &= apart_km(one, one.xyz[best : best + 1])[:, 0] < _SAME_KM
    province = one.rows[best]
    for i in beside.nonzero()[0].tolist():
        town = one.rows[i]
        if table.persons[town] >= _LEAST_OF_PROVINCE * max(table.persons[province], 1) and _alike(
            table.name(int(town)), table.name(int(province)), one.state[i] == one.state[best]
        ):
            swapped = share.copy()
            swapped[[best, i]] = share[[i, best]]
            return swapped
    return share


def _alike(town: str, province: str, is_in_it: bool) -> bool:
    """Return whether a town's own name is the province's.

    That of one that lies in the province may be spelled otherwise or longer ("Nabatieh et Tahta");
    Quezon City is no town of Quezon.
    """
    name, other = without_article(fold(province)), without_article(fold(town))
    if not is_in_it:
        return other == name
    start = " ".join(other.split()[: name.count(" ") + 1])
    return SequenceMatcher(None, start, name).ratio() >= _LEAST_ALIKE
