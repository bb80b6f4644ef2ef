"""Data sets: rows that other people coded, read as what that data set says."""
