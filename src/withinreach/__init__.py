"""Read range claims in a news article, draw exact rings, and say which claims hold.

>>> import withinreach as wr
>>> study = wr.study("seeds/iraq-2018.md")
>>> study.verdicts[0].verdict
'fails'
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from withinreach.atlas.gazetteer import Gazetteer
    from withinreach.chain import Study, study, study_places, study_text
    from withinreach.scenario import Scenario

__version__ = "0.1.0"

__all__ = [
    "Gazetteer",
    "Scenario",
    "Study",
    "__version__",
    "study",
    "study_places",
    "study_text",
]

_HOMES = {
    "Gazetteer": "withinreach.atlas.gazetteer",
    "Scenario": "withinreach.scenario",
    "Study": "withinreach.chain",
    "study": "withinreach.chain",
    "study_places": "withinreach.chain",
    "study_text": "withinreach.chain",
}


def __getattr__(name: str) -> Any:
    """Import on first use (PEP 562), so that the command line starts at once."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
