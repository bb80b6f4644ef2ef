"""Reproducible training of the parts of marsad that were fitted on data."""
