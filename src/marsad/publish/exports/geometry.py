"""Geometry: a point as well-known binary, and in GeoPackage's envelope.

Reads   longitude and latitude.
Writes  bytes, little-endian.
"""

from __future__ import annotations

import struct

WGS84 = 4326
Point = tuple[float, float]


def wkb_point(point: Point) -> bytes:
    """(longitude, latitude) as an OGC well-known binary point."""
    return struct.pack("<BIdd", 1, 1, *point)


def geopackage_point(point: Point) -> bytes:
    """The point with GeoPackage's header: version 1, little-endian, no envelope, WGS 84."""
    return b"GP" + struct.pack("<BBi", 0, 1, WGS84) + wkb_point(point)
