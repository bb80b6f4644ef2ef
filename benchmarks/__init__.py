"""Measures marsad beside bare spaCy, in the same run on the same texts."""
