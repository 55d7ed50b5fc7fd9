"""The JSON Schema of scenario files, by which editors check and complete them."""

from __future__ import annotations

from typing import Any

import msgspec

from withinreach.scenario.model import Scenario

__all__ = ["scenario_schema"]


def scenario_schema() -> dict[str, Any]:
    """Return the schema (JSON Schema 2020-12), made from the types that files are checked with.

    >>> scenario_schema()["$defs"]["Range"]["required"]
    ['id']
    """
    schema = msgspec.json.schema(Scenario)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A scenario of withinreach",
        **schema,
    }
