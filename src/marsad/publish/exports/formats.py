"""Formats: those that can be exported, by name.

Reads   the format's module, when it is asked for: some import much.
"""

from __future__ import annotations

from importlib import import_module

from marsad.publish.exports.format import Format

_MODULES = {
    "csv": "incidents_csv",
    "claims": "claims_csv",
    "xlsx": "xlsx",
    "acled": "acled",
    "ucdp-ged": "ucdp_ged",
    "plover": "plover",
    "geojson": "geojson",
    "geopackage": "geopackage",
    "parquet": "parquet",
    "hxl": "hxl",
    "jsonld": "jsonld",
    "ftm": "ftm",
}
FORMAT_NAMES: tuple[str, ...] = tuple(_MODULES)


def load_format(name: str) -> Format:
    """The format of that name, one of FORMAT_NAMES."""
    found = import_module(f"marsad.publish.exports.{_MODULES[name]}").FORMAT
    assert isinstance(found, Format)
    return found
