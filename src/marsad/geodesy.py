"""Distances over the Earth. Ground floor: imported by the places and the incidents."""

from __future__ import annotations

import math

EARTH_RADIUS_KM = 6371.0088


def great_circle_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Distance over the Earth's surface in kilometres.

    Haversine on a sphere: within 0.5 % of the ellipsoid. Points are (latitude, longitude) in
    decimal degrees, WGS 84.

    Raises:
        ValueError: a latitude beyond ±90 or a longitude beyond ±180.
    """
    for latitude, longitude in (a, b):
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValueError(f"({latitude}, {longitude}) is no latitude and longitude")
    phi1, phi2 = math.radians(a[0]), math.radians(b[0])
    half_phi = (phi2 - phi1) / 2
    half_lambda = math.radians(b[1] - a[1]) / 2
    h = math.sin(half_phi) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(half_lambda) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))
