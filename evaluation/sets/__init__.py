"""One scorer for each public data set."""
