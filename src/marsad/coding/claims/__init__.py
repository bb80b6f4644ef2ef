"""The way out: readings become claims, and claims are related to each other."""
